"""From an expression to its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from kfl_cli.dates.expressions import (
    After,
    Anchor,
    Before,
    Between,
    By,
    HoursEachDay,
    Offset,
    Range,
    Reference,
    Since,
    Timed,
    Unset,
    When,
)
from kfl_cli.dates.faults import DateProblem
from kfl_cli.dates.points import Week
from kfl_cli.dates.windows import FIRST_YEAR, LAST_YEAR, UNSET, Seasons, Window
from kfl_cli.findings.rules.dates import END_BEFORE_START, IMPOSSIBLE_DATE, OPEN_ANCHOR
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import Unit

if TYPE_CHECKING:
    from collections.abc import Callable


def window_of(when: When, seasons: Seasons, anchor: Callable[[str], Window]) -> Window | DateProblem:
    """Return the days that ``when`` means; ``anchor`` gives the window of an activity that it names.

    A date that refers to something undated is undated too.
    """
    try:
        return _WindowResolver(seasons, anchor).window(when)
    except _UnresolvableError as failure:
        return failure.problem


def lies_within(when: When, window: Window, other: Window) -> bool:
    """Return whether the days of a date, ``window``, lie within others; one day of a written week is enough."""
    if window.within(other):
        return True
    starts_with_week, ends_with_week = _weeks(when)
    lower, upper = other.start or date.min, other.end or date.max
    slack = timedelta(days=6)
    start, end = window.start, window.end
    return (start is None or lower - starts_with_week * slack <= start <= upper) and (
        end is None or lower <= end <= upper + ends_with_week * slack
    )


def _weeks(when: When | Anchor) -> tuple[bool, bool]:
    """Return whether the first, and whether the last day of a date is that of a week which was written."""
    match when:
        case Week():
            return True, True
        case Range(first, last):
            return isinstance(first, Week), isinstance(last, Week)
        case Since(anchor):
            return _weeks(anchor)[0], False
        case By(anchor):
            return False, _weeks(anchor)[1]
        case Between(lower, upper):
            return _weeks(lower)[0], _weeks(upper)[1]
    return False, False


class _UnresolvableError(Exception):
    def __init__(self, problem: DateProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class _WindowResolver(Struct, frozen=True):
    seasons: Seasons
    anchor: Callable[[str], Window]

    def window(self, when: When | Anchor) -> Window:
        match when:
            case Timed() | HoursEachDay():
                return Window(when.first, when.last)
            case Range(first, last):
                return self.between(first.days(self.seasons)[0], last.days(self.seasons)[1])
            case Reference(id_):
                return self.anchor(id_)
            case Offset():
                return self.offset(when)
            case By(anchor):
                return Window(None, self.last(anchor))
            case Before(Timed(first) | HoursEachDay(first)):
                return Window(None, first)
            case Before(anchor):
                day = self.first(anchor)
                return Window(None, day and _shift(day, days=-1))
            case After(anchor):
                day = self.last(anchor)
                return Window(day and _shift(day, days=1), None)
            case Since(anchor):
                return Window(self.first(anchor), None)
            case Between(lower, upper):
                return self.between(self.window(lower).start, self.window(upper).end)
            case Unset():
                return UNSET
            case point:
                return Window(*point.days(self.seasons))

    def offset(self, offset: Offset) -> Window:
        origin = self.first(offset.anchor) if offset.before else self.last(offset.anchor)
        day = origin and _moved(origin, offset.unit, -offset.amount if offset.before else offset.amount)
        return Window(day, day)

    def first(self, anchor: Anchor) -> date | None:
        window = self.window(anchor)
        if window.start is None and not window.unset and isinstance(anchor, Reference):
            raise _open_end(anchor, Message("«{id}» has no first day", id=anchor.id))
        return window.start

    def last(self, anchor: Anchor) -> date | None:
        window = self.window(anchor)
        if window.end is None and not window.unset and isinstance(anchor, Reference):
            raise _open_end(anchor, Message("«{id}» has no last day", id=anchor.id))
        return window.end

    def between(self, start: date | None, end: date | None) -> Window:
        if start is None or end is None:
            return UNSET
        if end < start:
            message = Message("this would end {end}, before it starts {start}", start=start, end=end)
            raise _UnresolvableError(DateProblem(END_BEFORE_START, message))
        return Window(start, end)


def _open_end(anchor: Reference, message: Message) -> _UnresolvableError:
    advice = Message("give «{id}» a date with both ends, or count from something else", id=anchor.id)
    return _UnresolvableError(DateProblem(OPEN_ANCHOR, message, advice))


def _shift(day: date, days: int) -> date:
    return _checked(day + timedelta(days=days))


def _checked(moved: date) -> date:
    """Return a day that was counted, if kfl reckons with its year; no offset is long enough to leave Python's years."""
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        message = Message("this is outside the years {first}–{last}", first=FIRST_YEAR, last=LAST_YEAR)
        raise _UnresolvableError(DateProblem(IMPOSSIBLE_DATE, message))
    return moved


def _moved(day: date, unit: Unit, amount: int) -> date:
    match unit:
        case Unit.DAY:
            return _shift(day, days=amount)
        case Unit.WEEK:
            return _shift(day, days=amount * 7)
        case Unit.MONTH:
            from dateutil.relativedelta import relativedelta  # noqa: PLC0415  slow to load, few plans count in months

            return _checked(day + relativedelta(months=amount))
    assert_never(unit)
