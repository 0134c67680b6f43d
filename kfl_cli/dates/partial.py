"""Points of which the year, or all but the number of the day, may still be missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.dates.expressions import (
    SEASONS,
    AcademicYear,
    Day,
    HalfYear,
    Month,
    MonthPart,
    Point,
    Range,
    Week,
    Window,
    Year,
)
from kfl_cli.dates.meaning import bounds, month_end
from kfl_cli.dates.saying import write
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import MonthThird, SchoolYear, Season, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIKELY = 340
"""Days of a period across New Year that somebody may have meant."""


class Partial(Struct, frozen=True):
    """A point of which the year, or all but the number of the day, may come from the end of its range."""

    kind: type[Point]
    start: int
    """Where it begins in the text."""
    year: int | None = None
    month: int | None = None
    number: int = 0
    """Day of the month, or week of the year."""
    weekday: int | None = None
    season: tuple[Season, bool] = (Season.SPRING, False)
    part: MonthThird = MonthThird.EARLY
    school_year: SchoolYear = SchoolYear.SCHOOL
    end: int = 0
    """Where it ends in the text."""


def whole_point(partial: Partial) -> Point | Message:
    """Return the point, or why there is none such; the year must be known."""
    year, month = partial.year or 0, partial.month or 0
    if partial.kind in {Day, Month, MonthPart} and not 1 <= month <= 12:  # noqa: PLR2004
        return Message("there is no month {month}", month=month)
    if partial.kind is Day:
        days = month_end(year, month).day
        if not 1 <= partial.number <= days:
            return Message("that month of {year} has {days} days", year=year, days=days)
        return Day(date(year, month, partial.number))
    if partial.kind is Week:
        weeks = date(year, 12, 28).isocalendar().week
        if not 1 <= partial.number <= weeks:
            return Message("{year} has {weeks} weeks", year=year, weeks=weeks)
        return Week(year, partial.number)
    if partial.kind is MonthPart:
        return MonthPart(year, month, partial.part)
    if partial.kind is Month:
        return Month(year, month)
    if partial.kind is HalfYear:
        return HalfYear(year, *partial.season)
    return AcademicYear(year, partial.school_year) if partial.kind is AcademicYear else Year(year)


def write_partial(partial: Partial, words: Vocabulary) -> str:
    """Write a point whose year is known as an author would; empty where there is no such point."""
    found = whole_point(partial)
    return "" if isinstance(found, Message) else write(found, words)


def right_weekday(point: Point, partial: Partial) -> bool:
    """Return whether a point falls on the weekday that was written with it, if one was."""
    return not isinstance(point, Day) or partial.weekday in {None, point.date.weekday()}


def in_period(partial: Partial, last: Partial | None, period: Window | None) -> Iterator[Point | Range]:
    """Return ``partial`` (up to ``last``) in each year that puts it inside the plan's period."""
    if period is None or period.start is None or period.end is None:
        return
    for year in range(period.start.year, period.end.year + 1):
        whole = whole_point(replace(partial, year=year))
        closing = whole if last is None else whole_point(replace(last, year=year))
        if isinstance(whole, Message) or isinstance(closing, Message) or not right_weekday(whole, partial):
            continue
        start, end = bounds(whole, SEASONS)[0], bounds(closing, SEASONS)[1]
        if period.start <= start <= end <= period.end:
            yield whole if last is None else Range(whole, closing)


def nearest_point(partial: Partial) -> Partial:
    """Return a point that exists for one that does not: day and month swapped, or the last day or week there is."""
    month = partial.month or 0
    if partial.kind is Week:
        return replace(partial, number=min(max(partial.number, 1), 52))
    if partial.kind is Day and not 1 <= month <= 12 and 1 <= partial.number <= 12:  # noqa: PLR2004
        return replace(partial, month=partial.number, number=month)
    month = min(max(month, 1), 12)
    days = month_end(partial.year or 1, month).day
    return replace(partial, month=month, number=min(max(partial.number, 1), days))


def meant_range(first: Partial, ends: Range) -> Range | None:
    """Return what a range may have meant that ends before it starts: over New Year, or the other way round."""
    if type(ends.first) is not type(ends.last):
        return None
    earlier = whole_point(replace(first, year=(first.year or 0) - 1))
    if not isinstance(earlier, Message) and first.kind in {Day, Week, Month, HalfYear}:
        length = bounds(ends.last, SEASONS)[1] - bounds(earlier, SEASONS)[0]
        if earlier != ends.last and length.days < _LIKELY:
            return Range(earlier, ends.last)
    return Range(ends.last, ends.first)
