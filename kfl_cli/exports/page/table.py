"""The table of a page: a row a date, by month; periods by half-year; what many dates share is said once, below."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind
from kfl_cli.exports.drawings.marks import day_of
from kfl_cli.exports.drawings.school_year import FIRST_MONTH
from kfl_cli.exports.numbering import DateNumbers, is_mark
from kfl_cli.language.vocabularies.vocabulary import Season
from kfl_cli.plan.model import Status

if TYPE_CHECKING:
    from kfl_cli.exports.wording import ActivityRow, Wording
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity


class DateRow(Struct, frozen=True):
    """A date as a row of the table."""

    id: str
    """Of the occurrence."""
    number: str
    kind: str
    """``event``, ``deadline`` or ``period``."""
    tentative: bool
    cancelled: bool
    when: str
    start: str
    """ISO date, for ``<time>``; empty where open."""
    title: str
    part_of: str
    """For a task: the title of its activity."""
    scope: str
    location: str
    status: str
    question: str
    note: str
    """Of the session or the task itself."""
    links: tuple[tuple[str, str], ...]
    """Of the task itself."""
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    text: ActivityRow | None
    """What its activity says, where this is the only row that could."""
    more: str
    """Id of the activity, where what it says stands below the table."""


class MonthBlock(Struct, frozen=True):
    """Rows under a heading: a month, the periods of a half-year, or what is not dated."""

    id: str
    title: str
    lines: tuple[DateRow, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its dates."""
        return tuple(line.id for line in self.lines)


class More(Struct, frozen=True):
    """What an activity with several dates says of them all."""

    row: ActivityRow
    numbers: tuple[str, ...]
    ids: tuple[str, ...]


class Table(Struct, frozen=True):
    """The table, and what stands below it."""

    groups: tuple[MonthBlock, ...]
    more: tuple[More, ...]


def table(schedule: Schedule, numbers: DateNumbers, wording: Wording) -> Table:
    """Return the rows of a schedule in the order of their dates."""
    more: list[tuple[Occurrence, More]] = []
    found: list[tuple[tuple[date, int], Occurrence, DateRow]] = []
    for entry in schedule.activities:
        row = wording.row(entry)
        own = [each for each in entry.occurrences if each.task is None]
        says = bool(row.description or row.note or row.tasks or row.links)
        alone = own[0] if len(own) == 1 else None
        if says and not alone:
            ordered = sorted(entry.occurrences, key=lambda each: each.order)
            marks = tuple(dict.fromkeys(numbers.of(each) for each in ordered))
            more.append((ordered[0], More(row, marks, tuple(each.id for each in ordered))))
        for each in entry.occurrences:
            text = row if says and each is alone else None
            line = _line(each, entry, numbers, wording, text, entry.activity.id if says and not alone else "")
            found.append((_place(each), each, line))
    found.sort(key=lambda each: (each[0], each[1].order))
    groups = tuple(
        _group(place, tuple(line for *_, line in own), wording)
        for place, own in groupby(found, key=lambda each: each[0])
    )
    return Table(groups, tuple(each for _, each in sorted(more, key=lambda each: each[0].order)))


def _place(occurrence: Occurrence) -> tuple[date, int]:
    """Return the first day of the group that an occurrence is in, and 0 for periods, which stand before the months."""
    window = occurrence.window
    if window.unset:
        return date.max, 0
    if is_mark(occurrence):
        return day_of(occurrence).replace(day=1), 1
    first = window.start or window.end or date.max
    return date(first.year, FIRST_MONTH if first.month >= FIRST_MONTH else 1, 1), 0


def _group(place: tuple[date, int], lines: tuple[DateRow, ...], wording: Wording) -> MonthBlock:
    first, is_month = place
    words, say = wording.words, wording.say
    if first == date.max:
        return MonthBlock("uten-dato", say.text("Not dated"), lines)
    if is_month:
        return MonthBlock(f"maned-{first:%Y-%m}", f"{words.months[first.month - 1].capitalize()} {first.year}", lines)
    season = Season.AUTUMN if first.month == FIRST_MONTH else Season.SPRING
    name = (words.seasons_definite[season] or words.seasons[season])[0]
    return MonthBlock(f"perioder-{first:%Y-%m}", f"{say.text('Periods')}, {name} {first.year}", lines)


def _line(
    occurrence: Occurrence,
    entry: ScheduledActivity,
    numbers: DateNumbers,
    wording: Wording,
    text: ActivityRow | None,
    more: str,
) -> DateRow:
    task, session, activity = occurrence.task, occurrence.session, entry.activity
    kind = "period" if not is_mark(occurrence) else "deadline" if occurrence.kind is Kind.DEADLINE else "event"
    start = occurrence.window.end if kind == "deadline" else occurrence.window.start or occurrence.window.end
    note = task.note if task else session.note if session else None
    return DateRow(
        id=occurrence.id,
        number=numbers.of(occurrence),
        kind=kind,
        tentative=occurrence.status is Status.TENTATIVE,
        cancelled=occurrence.status is Status.CANCELLED,
        when=wording.when(occurrence),
        start=start.isoformat() if start else "",
        title=occurrence.title,
        part_of=activity.title if task else "",
        scope=wording.scope(occurrence),
        location=occurrence.location or "",
        status=wording.status(occurrence.status),
        question=occurrence.question or "",
        note=note or "",
        links=wording.links(task.links) if task else (),
        responsible=wording.assignments(occurrence.responsible),
        audience=wording.assignments(occurrence.audience),
        text=text,
        more=more,
    )
