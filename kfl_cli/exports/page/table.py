"""The table of a page: a row for each date, by month; what several dates of an activity share stands once, below."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind
from kfl_cli.exports.activity_rows import ActivityRow, activity_row
from kfl_cli.exports.drawings.marks import day_of
from kfl_cli.exports.drawings.school_year import FIRST_MONTH
from kfl_cli.exports.numbering import DateNumbers, is_mark
from kfl_cli.language.vocabularies.vocabulary import Season
from kfl_cli.plan.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.dates import Window
    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence, Order, Schedule


class DateRow(Struct, frozen=True):
    """A date as a row of the table."""

    id: str
    """Of the occurrence."""
    number: str
    """Number or letter."""
    kind: str
    """``event``, ``deadline``, ``period`` or ``closed``."""
    tentative: bool
    cancelled: bool
    done: bool
    when: str
    start: str
    """ISO date, for ``<time>``; empty where open."""
    title: str
    part_of: str
    """For a task: the title of its activity."""
    scope: str
    category: str
    """Name of the category of its activity."""
    color: int
    """The place of the category in the plan, from 1, by which it has its colour; 0 without one."""
    location: str
    status: str
    question: str
    note: str
    """Of the session or the task itself."""
    links: tuple[tuple[str, str], ...]
    """Title and address of the links of the session or the task itself."""
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    text: ActivityRow | None
    """The text of its activity, where this is its only date."""
    more: str
    """Id of its activity, where the text of that stands below the table; else empty."""


class MonthBlock(Struct, frozen=True):
    """Rows under a heading: of a month, of the periods of a half-year, or without a date."""

    id: str
    title: str
    lines: tuple[DateRow, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its dates."""
        return tuple(line.id for line in self.lines)


class SharedText(Struct, frozen=True):
    """The text of an activity with several dates."""

    row: ActivityRow
    numbers: tuple[str, ...]
    """Numbers of its dates, in their order."""
    ids: tuple[str, ...]
    """The occurrences."""


class Table(Struct, frozen=True):
    """The table, and the texts below it."""

    groups: tuple[MonthBlock, ...]
    more: tuple[SharedText, ...]
    has_responsible: bool
    """Whether any row says who answers for it."""
    has_audience: bool
    """Whether any row says whom it is for."""

    @property
    def columns(self) -> int:
        """The number of its columns: number, date, activity, and those of parties that it has."""
        return 3 + self.has_responsible + self.has_audience


def table(schedule: Schedule, numbers: DateNumbers, wording: Wording, closed: Iterable[ClosedPeriod] = ()) -> Table:
    """Return the rows of a schedule in the order of their dates, closed periods among them."""
    shared: list[tuple[Order, SharedText]] = []
    lines = [(_closed_block(each), each.order, _closed_line(each, wording)) for each in closed]
    for scheduled in schedule.activities:
        activity, row = scheduled.activity, activity_row(scheduled, wording)
        dates = [occurrence for occurrence in scheduled.occurrences if occurrence.task is None]
        has_text = bool(row.description or row.more or row.note or row.tasks or row.links)
        only_date = dates[0] if len(dates) == 1 else None
        if has_text and not only_date:
            ordered = sorted(scheduled.occurrences, key=lambda occurrence: occurrence.order)
            marks = tuple(dict.fromkeys(numbers.of(occurrence) for occurrence in ordered))
            shared.append((scheduled.order, SharedText(row, marks, tuple(occurrence.id for occurrence in ordered))))
        for occurrence in scheduled.occurrences:
            text = row if has_text and occurrence is only_date else None
            line = _line(occurrence, numbers, wording, text, activity.id if has_text and not only_date else "")
            lines.append((_block_of(occurrence), occurrence.order, line))
    lines.sort(key=itemgetter(0, 1))
    blocks = tuple(
        _block(key, tuple(line for *_, line in placed), wording)
        for key, placed in groupby(lines, key=lambda placed: placed[0])
    )
    more = tuple(text for _, text in sorted(shared, key=itemgetter(0)))
    rows: list[DateRow | ActivityRow] = [*(line for *_, line in lines), *(text.row for text in more)]
    return Table(blocks, more, any(row.responsible for row in rows), any(row.audience for row in rows))


def _block_of(occurrence: Occurrence) -> tuple[date, int]:
    """Return the key of the block that an occurrence is in: its first day, and 0 for periods, which stand first."""
    window = occurrence.window
    if window.unset:
        return date.max, 0
    if is_mark(occurrence):
        return day_of(occurrence).replace(day=1), 1
    return _half_year_of(window)


def _half_year_of(window: Window) -> tuple[date, int]:
    first = window.start or window.end or date.max
    return date(first.year, FIRST_MONTH if first.month >= FIRST_MONTH else 1, 1), 0


def _closed_block(period: ClosedPeriod) -> tuple[date, int]:
    """Return the key of the block that a closed period is in: a long one stands with the periods."""
    if period.is_long or period.window.start is None:
        return _half_year_of(period.window)
    return period.window.start.replace(day=1), 1


def _block(key: tuple[date, int], lines: tuple[DateRow, ...], wording: Wording) -> MonthBlock:
    first, is_month = key
    words, say = wording.words, wording.say
    if first == date.max:
        return MonthBlock("uten-dato", say.text("Not dated"), lines)
    if is_month:
        return MonthBlock(f"maned-{first:%Y-%m}", f"{words.months[first.month - 1].capitalize()} {first.year}", lines)
    season = Season.AUTUMN if first.month == FIRST_MONTH else Season.SPRING
    name = (words.seasons_definite[season] or words.seasons[season])[0]
    return MonthBlock(f"perioder-{first:%Y-%m}", f"{say.text('Periods')}, {name} {first.year}", lines)


def _line(
    occurrence: Occurrence, numbers: DateNumbers, wording: Wording, text: ActivityRow | None, more: str
) -> DateRow:
    """Return the row of an occurrence."""
    task, session = occurrence.task, occurrence.session
    names, category = wording.plan.category_names, occurrence.activity.category
    kind = "period" if not is_mark(occurrence) else "deadline" if occurrence.kind is Kind.DEADLINE else "event"
    start = occurrence.window.end if kind == "deadline" else occurrence.window.start or occurrence.window.end
    note = task.note if task else session.note if session else None
    return DateRow(
        id=occurrence.id,
        number=numbers.of(occurrence),
        kind=kind,
        tentative=occurrence.status is Status.TENTATIVE,
        cancelled=occurrence.status is Status.CANCELLED,
        done=occurrence.status is Status.DONE,
        when=wording.when(occurrence),
        start=start.isoformat() if start else "",
        title=occurrence.title,
        part_of=occurrence.activity.title if task else "",
        scope=wording.scope(occurrence),
        category=names[category] if category else "",
        color=list(names).index(category) + 1 if category else 0,
        location=occurrence.location or "",
        status=wording.status(occurrence.status),
        question=occurrence.question or "",
        note=note or "",
        links=wording.links(occurrence.links),
        responsible=wording.assignments(occurrence.responsible),
        audience=wording.assignments(occurrence.audience),
        text=text,
        more=more,
    )


def _closed_line(period: ClosedPeriod, wording: Wording) -> DateRow:
    """Return the row of a closed period."""
    start = period.window.start or period.window.end
    return DateRow(
        id=period.id,
        number="",
        kind="closed",
        tentative=False,
        cancelled=False,
        done=False,
        when=wording.written(period.closure.when),
        start=start.isoformat() if start else "",
        title=period.closure.why,
        part_of="",
        scope=wording.scopes(period.closure.regions),
        category="",
        color=0,
        location="",
        status=wording.closed_status(period),
        question="",
        note="",
        links=(),
        responsible=(),
        audience=(),
        text=None,
        more="",
    )
