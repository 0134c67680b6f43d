"""Points of which the year, or all but the number of the day, may still be missing."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from kfl_cli.dates.expressions import AcademicYear, Day, HalfYear, Month, MonthPart, Point, Week, Year
from kfl_cli.dates.saying import write
from kfl_cli.diagnostics import Message
from kfl_cli.words import Part, SchoolYear, Season, Vocabulary


@dataclass(frozen=True, slots=True)
class Partial:
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
    part: Part = Part.EARLY
    school_year: SchoolYear = SchoolYear.SCHOOL
    end: int = 0
    """Where it ends in the text."""


def whole_point(partial: Partial) -> Point | Message:
    """Return the point, or why there is none such; the year must be known."""
    year, month = partial.year or 0, partial.month or 0
    if partial.kind in {Day, Month, MonthPart} and not 1 <= month <= 12:  # noqa: PLR2004
        return Message("there is no month {month}", month=month)
    if partial.kind is Day:
        days = calendar.monthrange(year, month)[1]
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
