"""Activities as rows of the familiar table Når | Aktiviteter | Ansvar | Målgruppe."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.exports.numbering import DateNumbers, number_dates
from kfl_cli.schedule.occurrence import ScheduledActivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence, Schedule


class DateLine(Struct, frozen=True):
    """A date of an activity, with what it does not share with the activity."""

    scope: str
    """The regions and groups it is for; empty where those are the activity's."""
    when: str
    status: str
    """Empty where it is the activity's."""
    location: str
    """Its own place."""
    name: str
    """What it is called where its details stand apart from its day: its scope, or its day; empty for an only date."""
    details: tuple[str, ...]
    """Title, note, question and parties of its own."""
    links: tuple[tuple[str, str], ...]
    """Title and address of links of its own."""
    start: str
    """ISO date, for ``<time>``; empty where open."""
    number: str
    """Its number or letter."""


class TaskRow(Struct, frozen=True):
    """A task of an activity."""

    title: str
    status: str
    """Empty where it is the activity's."""
    when: tuple[str, ...]
    """Its dates, with the region or group where there are several."""
    responsible: str
    audience: str
    note: str
    links: tuple[tuple[str, str], ...]
    """Title and address."""
    numbers: tuple[str, ...]
    """Numbers or letters of its dates."""


class ActivityRow(Struct, frozen=True):
    """An activity as a row."""

    id: str
    title: str
    when: str
    """The date of the whole activity, in the author's words."""
    parts: tuple[DateLine, ...]
    """Its dates."""
    region: str
    location: str
    status: str
    description: str
    """CommonMark."""
    more: tuple[tuple[str, str], ...]
    """Label and text of the author's own columns."""
    note: str
    question: str
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    tasks: tuple[TaskRow, ...]
    links: tuple[tuple[str, str], ...]
    """Title and address."""

    @property
    def overall(self) -> str:
        """The date of the whole activity, empty where its only date is the same."""
        unscoped = [part.when for part in self.parts if not part.scope]
        return "" if len(self.parts) == 1 and unscoped == [self.when] else self.when


def activity_rows(schedule: Schedule, wording: Wording, closed: Sequence[ClosedPeriod] = ()) -> list[ActivityRow]:
    """Return a row for each activity with occurrences, in the order of their own first days; undated ones last.

    Closed periods stand among them, unless there is nothing else.
    """
    kept = [scheduled for scheduled in schedule.activities if scheduled.occurrences]
    rows: list[ClosedPeriod | ScheduledActivity] = [*closed, *kept] if kept else []
    ordered = sorted(rows, key=attrgetter("order"))
    numbers = number_dates(schedule)
    return [
        activity_row(each, wording, numbers) if isinstance(each, ScheduledActivity) else _closed_row(each, wording)
        for each in ordered
    ]


def _closed_row(period: ClosedPeriod, wording: Wording) -> ActivityRow:
    """Return a closed period as a row."""
    return ActivityRow(
        id=period.id,
        title=period.closure.why,
        when=wording.written(period.closure.when),
        parts=(),
        region=wording.scopes(period.closure.regions),
        location="",
        status=wording.closed_status(period),
        description="",
        more=(),
        note="",
        question="",
        responsible=(),
        audience=(),
        tasks=(),
        links=(),
    )


def activity_row(scheduled: ScheduledActivity, wording: Wording, numbers: DateNumbers | None = None) -> ActivityRow:
    """Return an activity as a row; without ``numbers``, its dates have none."""
    activity = scheduled.activity
    dates = [occurrence for occurrence in scheduled.occurrences if occurrence.task is None]
    return ActivityRow(
        id=activity.id,
        title=activity.title,
        when=wording.written(activity.when) if activity.when else "",
        parts=tuple(_date_lines(dates, wording, numbers)),
        region=wording.scopes(activity.regions),
        location=activity.location or "",
        status=wording.status(activity.status),
        description=activity.description or "",
        more=activity.more,
        note=activity.note or "",
        question=activity.question or "",
        responsible=wording.assignments(activity.responsible),
        audience=wording.assignments(activity.audience),
        tasks=tuple(_task_rows(scheduled, wording, numbers)),
        links=wording.links(activity.links),
    )


def _date_lines(dates: Iterable[Occurrence], wording: Wording, numbers: DateNumbers | None) -> Iterator[DateLine]:
    """Return the dates of an activity in their order."""
    ordered = sorted(dates, key=attrgetter("order"))
    scopes = [wording.scope(each) if each.id != each.activity.id else "" for each in ordered]
    holdings = Counter(scopes)
    for occurrence, scope in zip(ordered, scopes, strict=True):
        first, when = occurrence.window.start or occurrence.window.end, wording.when(occurrence)
        named = holdings[scope] == 1 if scope else len(ordered) == 1
        yield DateLine(
            scope=scope,
            when=when,
            status=wording.own_status(occurrence),
            location=wording.own_location(occurrence),
            name=scope if named else ", ".join(filter(None, (scope, when))),
            details=wording.details(occurrence),
            links=wording.links(occurrence.links),
            start=first.isoformat() if first else "",
            number=numbers.of(occurrence) if numbers else "",
        )


def _task_rows(scheduled: ScheduledActivity, wording: Wording, numbers: DateNumbers | None) -> Iterator[TaskRow]:
    """Return all tasks of an activity, each with those of its dates that the selection keeps, or with all of them."""
    for task in scheduled.activity.tasks:
        dates = [occurrence for occurrence in scheduled.occurrences if occurrence.task is task]
        dates = dates or [occurrence for occurrence in scheduled.tasks if occurrence.task is task]
        yield TaskRow(
            title=task.title,
            status=wording.task_status(task, scheduled.activity),
            when=tuple(_task_dates(dates, wording)),
            responsible=", ".join(wording.assignments(task.responsible or ())),
            audience=", ".join(wording.assignments(task.audience or ())),
            note=task.note or "",
            links=wording.links(task.links),
            numbers=tuple(filter(None, (numbers.of(occurrence) for occurrence in dates))) if numbers else (),
        )


def _task_dates(dates: list[Occurrence], wording: Wording) -> Iterator[str]:
    """Return the dates of a task, with the region or group where there are several."""
    for occurrence in dates:
        when = wording.when(occurrence)
        yield f"{wording.scope(occurrence)}: {when}" if len(dates) > 1 else when
