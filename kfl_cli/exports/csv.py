"""CSV: one line an occurrence (RFC 4180), UTF-8, in words of the reader's language, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind, Precision
from kfl_cli.exports.iso_dates import iso_ends
from kfl_cli.releases.identity import Uids
from kfl_cli.text.commonmark import lines

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.exports.wording import Wording
    from kfl_cli.language.translator import Translator
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_FORMULA = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""The characters that begin a formula, with their wide forms of East Asian keyboards."""


def heads(say: Translator) -> tuple[str, ...]:
    """Return the heads of the columns; those of ids are for programs, and the same in every language."""
    return (
        say.text("Start date"),
        say.text("Start time"),
        say.text("End date"),
        say.text("End time"),
        say.text("When"),
        say.text("Title"),
        say.text("Part of"),
        say.text("Region"),
        say.text("Location"),
        say.text("Category"),
        say.text("Kind of date"),
        say.text("Precision"),
        say.text("Status"),
        say.text("Question"),
        say.text("Responsible"),
        say.text("Audience"),
        say.text("Note"),
        say.text("Description"),
        say.text("Links"),
        "id",
        "activity",
        "task",
        "uid",
    )


def render(schedule: Schedule, context: Context) -> bytes:
    """Return a header and a line an occurrence, in the order of their days; the author's own columns come last."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=context.csv_separator)
    own = tuple(dict.fromkeys(label for activity in schedule.plan.activities for label, _ in activity.more))
    writer.writerow(_safe(cell) for cell in (*heads(context.wording.say), *own))
    uids = Uids(schedule.plan.id)
    for occurrence in schedule.by_date:
        more = {} if occurrence.task else dict(occurrence.activity.more)
        texts = (" ".join(more.get(label, "").split()) for label in own)
        cells = (*_cells(occurrence, context.wording), *_ids(occurrence), uids.of(occurrence), *texts)
        writer.writerow(_safe(cell) for cell in cells)
    return buffer.getvalue().encode()


def _cells(occurrence: Occurrence, wording: Wording) -> tuple[str, ...]:
    """Return what people read of an occurrence."""
    activity = occurrence.activity
    return (
        *(cell for end in iso_ends(occurrence, wording.plan.timezone) for cell in _day_and_clock(end or "")),
        wording.when(occurrence),
        occurrence.title,
        activity.title if occurrence.task else "",
        wording.scope(occurrence),
        occurrence.location or "",
        wording.plan.category_names[activity.category] if activity.category else "",
        "" if occurrence.precision is Precision.UNSET else _kind(occurrence.kind, wording.say),
        _precision(occurrence.precision, wording.say),
        wording.status(occurrence.status) or wording.say.text("Confirmed"),
        occurrence.question or "",
        "; ".join(wording.assignments(occurrence.responsible)),
        "; ".join(wording.assignments(occurrence.audience)),
        occurrence.note or "",
        "" if occurrence.task else "\n".join(lines(occurrence.activity.description or "")),
        "\n".join(link.url for link in occurrence.all_links),
    )


def _day_and_clock(moment: str) -> tuple[str, str]:
    """Return the day and the clock time of an ISO text, each empty where there is none."""
    day, _, clock = moment.partition("T")
    return day, clock[: len("09:00")]


def _kind(kind: Kind, say: Translator) -> str:
    match kind:
        case Kind.EVENT:
            return say.text("Event")
        case Kind.PERIOD:
            return say.text("Period")
        case Kind.DEADLINE:
            return say.text("Deadline")


def _precision(precision: Precision, say: Translator) -> str:
    match precision:
        case Precision.TIME:
            return say.text("Clock time")
        case Precision.DAY:
            return say.text("Day")
        case Precision.WEEK:
            return say.text("Week")
        case Precision.MONTH:
            return say.text("Month")
        case Precision.SEASON:
            return say.text("Half-year")
        case Precision.YEAR:
            return say.text("Year")
        case Precision.RANGE:
            return say.text("From–to")
        case Precision.UNSET:
            return say.text("Not dated")


def _ids(occurrence: Occurrence) -> tuple[str, ...]:
    return occurrence.id, occurrence.activity.id, occurrence.task.id if occurrence.task else ""


def _safe(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula: those begin with = + - @, a tab or a return."""
    first = next((character for character in cell if character.isprintable() and not character.isspace()), "")
    return f"'{cell}" if first in _FORMULA else cell
