"""The clock times of a date: the stretches of an event, the moment of a deadline."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kfl_cli.dates.expressions import Before, By, HoursEachDay, Timed
from kfl_cli.dates.windows import Kind

if TYPE_CHECKING:
    from kfl_cli.dates.expressions import When


def stretches(when: When) -> tuple[Timed, ...]:
    """Return the clock times of an event, one stretch after the other; none of whole days, periods and deadlines."""
    match when:
        case Timed() if when.kind is Kind.EVENT:
            return (when,)
        case HoursEachDay() if when.kind is Kind.EVENT:
            return when.days
    return ()


def due_at(when: When) -> datetime | None:
    """Return the local time at which a deadline is; None where it has no clock time."""
    match when:
        case By(Timed(_, start, last, end) | HoursEachDay(_, start, last, end)):
            return datetime.combine(last, end or start)
        case Before(Timed(first, start) | HoursEachDay(first, start)):
            return datetime.combine(first, start)
    return None
