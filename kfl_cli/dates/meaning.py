"""From an expression to its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NoReturn, TypeGuard, assert_never

from msgspec import Struct

from kfl_cli.dates.expressions import (
    FIRST_YEAR,
    LAST_YEAR,
    UNSET,
    AcademicYear,
    After,
    Anchor,
    Before,
    Between,
    By,
    DateError,
    DateProblem,
    Day,
    HalfYear,
    Kind,
    Month,
    MonthPart,
    Offset,
    Point,
    Precision,
    Range,
    Reference,
    Seasons,
    Since,
    Timed,
    Unset,
    Week,
    When,
    Window,
    Year,
)
from kfl_cli.findings.rules.dates import END_BEFORE_START, IMPOSSIBLE_DATE, OPEN_ANCHOR
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import MonthThird, Season, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


# ``isinstance`` and ``match`` take long where a value of msgspec is not of a class: what is asked of every date asks
# for its very type.

_POINTS = frozenset({Day, Week, MonthPart, Month, HalfYear, Year, AcademicYear})
_NAMELESS = _POINTS | {Timed, Range, Unset}
"""Dates that name no activity and count from nothing."""
_KINDS: Mapping[type[When], Kind] = {
    Day: Kind.EVENT,
    Timed: Kind.EVENT,
    Offset: Kind.EVENT,
    Before: Kind.DEADLINE,
    By: Kind.DEADLINE,
}


def _is_point(when: When) -> TypeGuard[Point]:
    return type(when) in _POINTS


def bounds(point: Point, seasons: Seasons) -> tuple[date, date]:
    """Return the first and last day of a point."""
    if type(point) is Day:
        return point.date, point.date
    match point:
        case Week(year, week):
            monday = date.fromisocalendar(year, week, 1)
            return monday, monday + timedelta(days=6)
        case MonthPart(year, month, part):
            return _part_bounds(year, month, part)
        case Month(year, month):
            return date(year, month, 1), month_end(year, month)
        case HalfYear(year, season):
            return _season_bounds(year, season, seasons)
        case Year(year):
            return date(year, 1, 1), date(year, 12, 31)
        case AcademicYear(year):
            return date(year, 8, 1), date(year + 1, 7, 31)
    assert_never(point)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _part_bounds(year: int, month: int, part: MonthThird) -> tuple[date, date]:
    match part:
        case MonthThird.EARLY:
            return date(year, month, 1), date(year, month, 10)
        case MonthThird.MID:
            return date(year, month, 11), date(year, month, 20)
        case MonthThird.LATE:
            return date(year, month, 21), month_end(year, month)
    assert_never(part)


def _season_bounds(year: int, season: Season, seasons: Seasons) -> tuple[date, date]:
    for known, first, last in seasons:
        if known is season:
            end_year = year if last >= first else year + 1
            first_day = min(first[1], month_end(year, first[0]).day)
            last_day = min(last[1], month_end(end_year, last[0]).day)
            return date(year, first[0], first_day), date(end_year, last[0], last_day)
    raise AssertionError(season)


class _WindowResolver(Struct, frozen=True):
    seasons: Seasons
    anchor: Callable[[str], Window]

    def when(self, when: When) -> Window:
        if type(when) is By:
            return Window(None, self.last(when.anchor))
        if type(when) is Before:
            first = self.first(when.anchor)
            return Window(None, first and _shift(first, days=-1))
        if type(when) is After:
            last = self.last(when.anchor)
            return Window(last and _shift(last, days=1), None)
        if type(when) is Since:
            return Window(self.first(when.anchor), None)
        if type(when) is Between:
            return self.between(self.when(when.lower).start, self.when(when.upper).end)
        return UNSET if type(when) is Unset else self.span(when)

    def span(self, anchor: Anchor) -> Window:
        if type(anchor) is Reference:
            return self.anchor(anchor.id)
        if type(anchor) is Timed:
            return Window(anchor.first, anchor.last)
        if type(anchor) is Offset:
            origin = self.first(anchor.anchor) if anchor.before else self.last(anchor.anchor)
            day = origin and _moved(origin, anchor.unit, -anchor.amount if anchor.before else anchor.amount)
            return Window(day, day)
        if type(anchor) is Range:
            return self.between(bounds(anchor.first, self.seasons)[0], bounds(anchor.last, self.seasons)[1])
        return Window(*bounds(anchor, self.seasons))

    def first(self, anchor: Anchor) -> date | None:
        window = self.span(anchor)
        if window.start is None and not window.unset and isinstance(anchor, Reference):
            self.open(anchor, Message("«{id}» has no first day", id=anchor.id))
        return window.start

    def last(self, anchor: Anchor) -> date | None:
        window = self.span(anchor)
        if window.end is None and not window.unset and isinstance(anchor, Reference):
            self.open(anchor, Message("«{id}» has no last day", id=anchor.id))
        return window.end

    def open(self, anchor: Reference, message: Message) -> NoReturn:
        hint = Message("give «{id}» a date with both ends, or count from something else", id=anchor.id)
        raise DateError(DateProblem(OPEN_ANCHOR, message, hint))

    def between(self, start: date | None, end: date | None) -> Window:
        if start is None or end is None:
            return UNSET
        if end < start:
            message = Message("this would end {end}, before it starts {start}", start=start, end=end)
            raise DateError(DateProblem(END_BEFORE_START, message))
        return Window(start, end)


def _shift(day: date, days: int) -> date:
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        moved = date.max
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        message = Message("this is outside the years {first}–{last}", first=FIRST_YEAR, last=LAST_YEAR)
        raise DateError(DateProblem(IMPOSSIBLE_DATE, message))
    return moved


def _moved(day: date, unit: Unit, amount: int) -> date:
    if unit is Unit.MONTH:
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415  slow to load, and few plans count in months

        total = (day + relativedelta(months=amount)) if 0 < day.year + amount / 12 < 9998 else date.max  # noqa: PLR2004
        return _shift(total, days=0)
    return _shift(day, days=amount * (7 if unit is Unit.WEEK else 1))


def resolve(when: When, seasons: Seasons, anchor: Callable[[str], Window]) -> Window | DateProblem:
    """Return the days that ``when`` means; ``anchor`` gives the window of an activity that it names.

    What hangs on something undated is undated too.
    """
    if _is_point(when):
        return Window(*bounds(when, seasons))
    try:
        return _WindowResolver(seasons, anchor).when(when)
    except DateError as failure:
        return failure.problem


def references(when: When | Anchor) -> tuple[str, ...]:
    """Return the activity ids that ``when`` names."""
    if type(when) in _NAMELESS:  # as most
        return ()
    if type(when) is Reference:
        return (when.id,)
    if type(when) is Between:
        return references(when.lower) + references(when.upper)
    if type(when) is Before or type(when) is By or type(when) is After or type(when) is Since or type(when) is Offset:
        return references(when.anchor)
    return ()


def is_counted(when: When | Anchor) -> bool:
    """Return whether a date counts days, weeks or months from something."""
    if type(when) in _NAMELESS:  # as most
        return False
    if type(when) is Between:
        return is_counted(when.lower) or is_counted(when.upper)
    if type(when) is Before or type(when) is By or type(when) is After or type(when) is Since:
        return is_counted(when.anchor)
    return type(when) is Offset


def is_worded(when: When, text: str) -> bool:
    """Return whether readers see a date in its author's words: a period that is not in numbers and hangs on nothing."""
    return kind(when) is Kind.WINDOW and not text[:1].isdigit() and not references(when)


def has_clock(when: When) -> bool:
    """Return whether a date has a clock time, a deadline's too."""
    match when:
        case Timed() | Before(Timed()) | By(Timed()) | After(Timed()) | Since(Timed()):
            return True
        case _:
            return False


def is_written_day(when: When) -> bool:
    """Return whether the author wrote the very day, or the days: not «før X», «senest uke 10», «3 dager etter X»."""
    match when:
        case Day() | Timed() | Range(Day(), Day()) | By(Day() | Timed() | Range(Day(), Day())):
            return True
        case _:
            return False


def kind(when: When) -> Kind:
    """Return what an occurrence with this date is to its readers."""
    if type(when) is Range and type(when.first) is type(when.last) is Day:
        return Kind.EVENT
    return _KINDS.get(type(when), Kind.WINDOW)


_PRECISIONS: Mapping[type[When], Precision] = {
    Day: Precision.DAY,
    Week: Precision.WEEK,
    MonthPart: Precision.RANGE,
    Month: Precision.MONTH,
    HalfYear: Precision.SEASON,
    Year: Precision.YEAR,
    AcademicYear: Precision.YEAR,
    Timed: Precision.TIME,
    Before: Precision.DAY,
    By: Precision.DAY,
    Offset: Precision.DAY,
    After: Precision.RANGE,
    Since: Precision.RANGE,
    Between: Precision.RANGE,
    Unset: Precision.UNSET,
}


def precision(when: When) -> Precision:
    """Return how exactly a date is known: the unit its author wrote; a deadline and an offset are days."""
    if type(when) is Range:
        return _PRECISIONS[type(when.first)] if type(when.first) is type(when.last) else Precision.RANGE
    return _PRECISIONS[type(when)]
