"""The points that dates are made of, from a day to a year: each kind of point is one class.

A class says all that is particular to its kind: ``of`` makes it of what was read, or says why there is no such point;
``days`` gives its first and last day; ``say`` writes it; ``kind`` and ``precision`` classify it. ``Point`` is the union
of the classes, by which mypy demands all of these of each.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, assert_never, final

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.dates.windows import Kind, Precision
from kfl_cli.language.days import say_day
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import MonthThird, SchoolYear, Season

if TYPE_CHECKING:
    from kfl_cli.dates.windows import Seasons
    from kfl_cli.language.vocabularies import Vocabulary

Days = tuple[date, date]
"""First and last day, both included."""


class Standalone(Struct, frozen=True, gc=False):
    """A date that refers to no activity and is counted from nothing."""

    references: ClassVar[tuple[str, ...]] = ()
    is_counted: ClassVar[bool] = False
    has_clock: ClassVar[bool] = False
    is_written_day: ClassVar[bool] = False


@final
class Day(Standalone, frozen=True, gc=False):
    """``8. september 2017``."""

    kind: ClassVar[Kind] = Kind.EVENT
    precision: ClassVar[Precision] = Precision.DAY
    is_written_day: ClassVar[bool] = True
    date: date

    @classmethod
    def of(cls, partial: Partial) -> Day | Nonexistent:
        """Return the day, if there is one."""
        year, month = partial.year or 0, partial.month or 0
        if not _is_month(month):
            is_swapped = _is_month(partial.number)
            swapped = replace(partial, month=partial.number, number=month)
            return Nonexistent(_no_month(month), swapped if is_swapped else _in_month(partial))
        last = month_end(year, month).day
        if not 1 <= partial.number <= last:
            return Nonexistent(
                Message("that month of {year} has {days} days", year=year, days=last), _in_month(partial)
            )
        return cls(date(year, month, partial.number))

    def days(self, _: Seasons) -> Days:
        """Return the day as first and as last."""
        return self.date, self.date

    def say(self, words: Vocabulary) -> str:
        """Write the day with its weekday and week."""
        return say_day(self.date, words)


@final
class Week(Standalone, frozen=True, gc=False):
    """``uke 10 2018``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.WEEK
    year: int
    week: int

    @classmethod
    def of(cls, partial: Partial) -> Week | Nonexistent:
        """Return the week, if its year has one of this number."""
        year = partial.year or 0
        weeks = date(year, 12, 28).isocalendar().week
        if not 1 <= partial.number <= weeks:
            nearest = replace(partial, number=min(max(partial.number, 1), 52))
            return Nonexistent(Message("{year} has {weeks} weeks", year=year, weeks=weeks), nearest)
        return cls(year, partial.number)

    def days(self, _: Seasons) -> Days:
        """Return its Monday and its Sunday."""
        monday = date.fromisocalendar(self.year, self.week, 1)
        return monday, monday + timedelta(days=6)

    def say(self, words: Vocabulary) -> str:
        """Write ``uke 10 2018``."""
        return f"{words.week} {self.week} {self.year}"


@final
class MonthPart(Standalone, frozen=True, gc=False):
    """``primo mars 2018``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    year: int
    month: int
    part: MonthThird

    @classmethod
    def of(cls, partial: Partial) -> MonthPart | Nonexistent:
        """Return the part of a month, if there is such a month."""
        year, month = partial.year or 0, partial.month or 0
        return cls(year, month, partial.part) if _is_month(month) else Nonexistent(_no_month(month), _in_month(partial))

    def days(self, _: Seasons) -> Days:
        """Return the 1st and 10th, the 11th and 20th, or the 21st and the last day of the month."""
        match self.part:
            case MonthThird.EARLY:
                return date(self.year, self.month, 1), date(self.year, self.month, 10)
            case MonthThird.MID:
                return date(self.year, self.month, 11), date(self.year, self.month, 20)
            case MonthThird.LATE:
                return date(self.year, self.month, 21), month_end(self.year, self.month)
        assert_never(self.part)

    def say(self, words: Vocabulary) -> str:
        """Write ``primo mars 2018``."""
        return f"{words.parts[self.part][0]} {words.months[self.month - 1]} {self.year}"


@final
class Month(Standalone, frozen=True, gc=False):
    """``mars 2018``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.MONTH
    year: int
    month: int

    @classmethod
    def of(cls, partial: Partial) -> Month | Nonexistent:
        """Return the month, if there is one of this number."""
        year, month = partial.year or 0, partial.month or 0
        return cls(year, month) if _is_month(month) else Nonexistent(_no_month(month), _in_month(partial))

    def days(self, _: Seasons) -> Days:
        """Return its first and last day."""
        return date(self.year, self.month, 1), month_end(self.year, self.month)

    def say(self, words: Vocabulary) -> str:
        """Write ``mars 2018``."""
        return f"{words.months[self.month - 1]} {self.year}"


@final
class HalfYear(Standalone, frozen=True, gc=False):
    """``høst 2017``, or with an article ``høsten 2017``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.SEASON
    year: int
    season: Season
    definite: bool

    @classmethod
    def of(cls, partial: Partial) -> HalfYear:
        """Return the half-year; every year has both."""
        return cls(partial.year or 0, *partial.season)

    def days(self, seasons: Seasons) -> Days:
        """Return its first and last day, as the plan sets them; 29 February is the 28th where there is none."""
        first, last = next((first, last) for season, first, last in seasons if season is self.season)
        end_year = self.year if last >= first else self.year + 1
        return _day_of_year(self.year, *first), _day_of_year(end_year, *last)

    def say(self, words: Vocabulary) -> str:
        """Write ``høst 2017``, with the article where one was read and the language has it."""
        names = words.seasons_definite[self.season] if self.definite else ()
        return f"{(names or words.seasons[self.season])[0]} {self.year}"


@final
class Year(Standalone, frozen=True, gc=False):
    """``2018``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.YEAR
    year: int

    @classmethod
    def of(cls, partial: Partial) -> Year:
        """Return the year."""
        return cls(partial.year or 0)

    def days(self, _: Seasons) -> Days:
        """Return 1 January and 31 December."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def say(self, _: Vocabulary) -> str:
        """Write ``2018``."""
        return str(self.year)


@final
class AcademicYear(Standalone, frozen=True, gc=False):
    """``skoleåret 2017/2018``: 1 August 2017 to 31 July 2018."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.YEAR
    year: int
    name: SchoolYear

    @classmethod
    def of(cls, partial: Partial) -> AcademicYear:
        """Return the year that begins in the year of ``partial``."""
        return cls(partial.year or 0, partial.school_year)

    def days(self, _: Seasons) -> Days:
        """Return 1 August and 31 July."""
        return date(self.year, 8, 1), date(self.year + 1, 7, 31)

    def say(self, words: Vocabulary) -> str:
        """Write ``skoleåret 2017/2018``."""
        return f"{words.school_years[self.name][0]} {self.year}/{self.year + 1}"


Point = Day | Week | MonthPart | Month | HalfYear | Year | AcademicYear


class Partial(Struct, frozen=True):
    """A point as read, of which the year, or all but the number of the day, may come from the end of its range."""

    kind: type[Point]
    start: int
    """Where it begins in the text."""
    year: int | None = None
    month: int | None = None
    number: int = 0
    """Day of the month, or week of the year."""
    weekday: int | None = None
    season: tuple[Season, bool] = (Season.SPRING, False)
    """A half-year, and whether it has the article."""
    part: MonthThird = MonthThird.EARLY
    school_year: SchoolYear = SchoolYear.SCHOOL
    end: int = 0
    """Where it ends in the text."""

    def as_point(self) -> Point | Nonexistent:
        """Return the point that it is, if there is one; the year must be known."""
        return self.kind.of(self)

    def fits(self, point: Point) -> bool:
        """Return whether ``point`` falls on the weekday that was written, if one was."""
        return not isinstance(point, Day) or self.weekday in {None, point.date.weekday()}


class Nonexistent(Struct, frozen=True):
    """Why there is no such point: the 31st of February, week 53 of a year with 52."""

    reason: Message
    nearest: Partial
    """A point that may have been meant: day and month swapped, or the last that there is."""


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def weeks_of(first: date, last: date) -> list[int]:
    """Return the numbers of the ISO weeks that some days lie in, in order."""
    mondays = range((last - first).days // 7 + 2)
    weeks = (min(first + timedelta(days=7 * step), last).isocalendar()[:2] for step in mondays)
    return [week for _, week in dict.fromkeys(weeks)]


def _day_of_year(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, month_end(year, month).day))


def _is_month(number: int) -> bool:
    return 1 <= number <= 12  # noqa: PLR2004  months of a year


def _no_month(number: int) -> Message:
    return Message("there is no month {month}", month=number)


def _in_month(partial: Partial) -> Partial:
    """Return ``partial`` with the nearest month that there is, and the nearest day in it."""
    month = min(max(partial.month or 0, 1), 12)
    last = month_end(partial.year or 1, month).day
    return replace(partial, month=month, number=min(max(partial.number, 1), last))
