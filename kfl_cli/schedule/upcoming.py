"""The occurrences ahead of a day: those that start, are due or are going on."""

from __future__ import annotations

import enum
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind, Window
from kfl_cli.plan.model import Status
from kfl_cli.schedule.gathering_criteria import takes_place_once
from kfl_cli.schedule.select import within_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.plan.model import Activity, Plan, Session, Task
    from kfl_cli.schedule.occurrence import Occurrence, Order, Schedule


_LATELY = 14
"""Days that a deadline is overdue in a plan in which nothing is said to be done."""

_YEAR = 366
"""Days that a deadline is overdue in any other plan."""


class Phase(enum.Enum):
    """Why an occurrence matters on a day."""

    STARTS = "starts"
    DUE = "due"
    WITHIN = "within"
    ONGOING = "ongoing"
    OVERDUE = "overdue"


class UpcomingOccurrence(Struct, frozen=True):
    """An occurrence that lies ahead of a day or goes on then."""

    occurrence: Occurrence
    phase: Phase
    day: date | None
    """The day it starts, is due or was due; if it is going on, its last day, None where that is open.

    Of what takes place within some days, the first on which it can.
    """


class Upcoming(Struct, frozen=True):
    """The occurrences ahead of ``today``, soonest first."""

    today: date
    days: int
    overdue: tuple[UpcomingOccurrence, ...]
    """What should be done by now and is not said to be, the latest first."""
    coming: tuple[UpcomingOccurrence, ...]
    within: tuple[UpcomingOccurrence, ...]
    """What can take place then, on a day that is not known."""
    ongoing: tuple[UpcomingOccurrence, ...]
    next: UpcomingOccurrence | None
    """The first occurrence after the days asked for."""
    last_day: date | None
    """The last known day of any occurrence in the schedule, past ones included."""
    first_day: date | None
    """The first known day of any occurrence."""


def look_ahead(schedule: Schedule, today: date, days: int) -> Upcoming:
    """Return the occurrences of a schedule that lie ahead of ``today``; ``days`` are counted from tomorrow."""
    plan = schedule.plan
    windows = [(each, within_period(each.window, plan)) for each in schedule.occurrences]
    items = [item for item in (_item(each, window, today) for each, window in windows) if item]
    horizon = today + timedelta(days=days) if (date.max - today).days > days else date.max
    ahead = sorted((item for item in items if item.phase is not Phase.ONGOING), key=_order)
    later = [item for item in ahead if item.day and item.day > horizon]
    coming = [item for item in ahead if item.day and item.day <= horizon]
    known = [day for _, window in windows for day in (window.start, window.end) if day]
    return Upcoming(
        today=today,
        days=days,
        overdue=_overdue(schedule, today),
        coming=tuple(item for item in coming if item.phase is not Phase.WITHIN),
        within=tuple(item for item in coming if item.phase is Phase.WITHIN),
        ongoing=tuple(sorted((item for item in items if item.phase is Phase.ONGOING), key=_order)),
        next=_first(later),
        last_day=max(known, default=None),
        first_day=min(known, default=None),
    )


def _overdue(schedule: Schedule, today: date) -> tuple[UpcomingOccurrence, ...]:
    """Return the deadlines and tasks that were due before ``today`` and are neither done nor cancelled.

    Where nothing in the plan is said to be done, its author keeps no account of it: only what was due lately counts.
    """
    first = today - timedelta(days=min(_YEAR if _keeps_account(schedule.plan) else _LATELY, today.toordinal() - 1))
    late = []
    for occurrence in schedule.occurrences:
        day = occurrence.window.end
        is_to_do = occurrence.task is not None or occurrence.kind is Kind.DEADLINE
        if is_to_do and day is not None and first <= day < today and not occurrence.status.is_over:
            late.append(UpcomingOccurrence(occurrence, Phase.OVERDUE, day))
    return tuple(sorted(late, key=lambda item: (today - (item.day or today), item.occurrence.order)))


def _keeps_account(plan: Plan) -> bool:
    """Return whether anything in a plan is said to be done."""
    parts: Iterator[Activity | Session | Task] = chain.from_iterable(
        (each, *each.sessions, *each.tasks) for each in plan.activities
    )
    return any(part.status is Status.DONE for part in parts)


def _first(items: Iterable[UpcomingOccurrence]) -> UpcomingOccurrence | None:
    return next(iter(items), None)


def _order(item: UpcomingOccurrence) -> tuple[date, Order]:
    return item.day or date.max, item.occurrence.order


def _item(occurrence: Occurrence, window: Window, today: date) -> UpcomingOccurrence | None:
    """Return an occurrence with its phase on ``today``; None where it is past, done or not dated."""
    start, end = window.start, window.end
    if window.unset or (end is not None and end < today) or occurrence.status is Status.DONE:
        return None
    if occurrence.kind is Kind.DEADLINE:
        return UpcomingOccurrence(occurrence, Phase.DUE, end)
    if takes_place_once(occurrence):
        return UpcomingOccurrence(occurrence, Phase.WITHIN, max(start or today, today))
    if start is not None and (start > today or (start == today and _has_first_day(occurrence))):
        return UpcomingOccurrence(occurrence, Phase.STARTS, start)
    return UpcomingOccurrence(occurrence, Phase.ONGOING, occurrence.window.end)


def _has_first_day(occurrence: Occurrence) -> bool:
    """Return whether the first of its days is meant: «mai 2022» does not start on the 1st."""
    dated = occurrence.dated
    return dated.kind is Kind.EVENT or dated.is_written_day or occurrence.window.end is None
