"""The half of the grammar that reads points and ranges of points: «8. september 2017», «uke 10–12 2018»."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from msgspec.structs import replace

from kfl_cli.dates.expressions import Range
from kfl_cli.dates.faults import (
    DateFaultError,
    Fault,
    MissingYear,
    NoSuchPoint,
    ReversedRange,
    SchoolYearApart,
    ShortYear,
    SingleSchoolYear,
    SlashDate,
    Unreadable,
    WrongWeek,
    WrongWeekday,
    YearOutside,
)
from kfl_cli.dates.lexer import (
    CLOCK,
    END,
    ISO_DATE,
    ISO_WEEK,
    MONTH,
    NUMBER,
    PART,
    SCHOOL_YEAR,
    SEASON,
    SIGN,
    UNIT,
    WEEKDAY,
    Cursor,
    Token,
)
from kfl_cli.dates.points import (
    AcademicYear,
    Day,
    HalfYear,
    Month,
    MonthPart,
    Nonexistent,
    Partial,
    Point,
    Week,
    Year,
    weeks_of,
)
from kfl_cli.dates.windows import FIRST_YEAR, LAST_YEAR, SEASONS
from kfl_cli.language.vocabularies import MonthThird, SchoolYear, Unit

if TYPE_CHECKING:
    from collections.abc import Callable


_BETWEEN_WEEKS = frozenset({"-", "/", "+", ",", "og", "and"})


class PointParser(Cursor):
    """A parser of points and of ranges from one point to another; the grammar stands in ``Parser``.

    A point is read as a ``Partial``, since its year may stand behind the end of its range, and is then completed.
    """

    def __init__(self, text: str, could_have_year: Callable[[MissingYear], bool] = lambda _: True) -> None:
        """Read ``text``; ``could_have_year`` says whether it could be read with the year that it lacks."""
        super().__init__(text)
        self.could_have_year = could_have_year

    def fail(self, fault: Fault | None = None) -> NoReturn:
        raise DateFaultError(fault or Unreadable())

    def number(self) -> int:
        token = self.accept(NUMBER)
        if token is None or len(token.text) > 4:  # noqa: PLR2004  no number in a date is longer than a year
            self.fail()
        return token.value

    # points

    def point(self, first: Partial | None) -> Partial:
        """Read one point; ``first`` is the beginning of the range it closes."""
        partial = replace(self.any_point(first), end=self.tokens[self.position - 1].end)
        if partial.kind is Day and partial.year is not None and first is None:
            self.week_note(partial, partial)
        return partial

    def any_point(self, first: Partial | None) -> Partial:
        token = self.token
        if NUMBER.fits(token):
            return self.numeric(first)
        self.take()
        if MONTH.fits(token):
            return self.month(token)
        if ISO_DATE.fits(token):
            return Partial(Day, token.start, *token.value)
        if ISO_WEEK.fits(token):
            year, week = token.value
            return Partial(Week, token.start, year, number=week)
        if WEEKDAY.fits(token):
            return self.weekday(token, first)
        if UNIT.fits(token) and token.value is Unit.WEEK:
            return self.week(token.start)
        if PART.fits(token):
            return self.month_part(token)
        if SEASON.fits(token):
            return Partial(HalfYear, token.start, self.year(), season=token.value)
        if SCHOOL_YEAR.fits(token):
            return self.school_year(token)
        self.fail()

    def weekday(self, weekday: Token[int], first: Partial | None) -> Partial:
        self.accept_sign(",")
        day = self.any_point(first)
        if day.kind is not Day:
            self.fail()
        return replace(day, weekday=weekday.value, start=weekday.start)

    def year(self) -> int | None:
        """Read a year, if one stands here; «/» or «,» may come before it."""
        skip = 1 if self.token.text in {",", "/"} and len(self.ahead().text) == 4 else 0  # noqa: PLR2004
        token = self.ahead(skip)
        if not NUMBER.fits(token):
            return None
        if len(token.text) == 2 and self.ahead(skip + 1).text not in {".", ":", "-"}:  # noqa: PLR2004
            self.fail(ShortYear(token.start, token.end))
        if len(token.text) != 4:  # noqa: PLR2004
            return None
        self.position += skip + 1
        return token.value

    def week(self, start: int) -> Partial:
        number = self.number()
        self.accept_sign(".")
        return Partial(Week, start, self.year(), number=number)

    def week_note(self, first: Partial, last: Partial) -> None:
        """Pass over the weeks that stand after a day or days, «(uke 36)», where each of them has one of the days."""
        noted = self.noted_weeks()
        if not noted or not FIRST_YEAR <= (first.year or 0) <= (last.year or 0) <= LAST_YEAR:
            return
        start, end = first.as_point(), last.as_point()
        if not isinstance(start, Day) or not isinstance(end, Day):
            return
        if not first.fits(start) or not last.fits(end):
            return
        weeks = weeks_of(start.date, end.date)
        if not {number.value for number in noted} <= {*weeks}:
            right = "–".join(str(week) for week in dict.fromkeys((weeks[0], weeks[-1])))
            self.fail(WrongWeek(noted[0].start, noted[-1].end, right))
        self.position += 2 + 2 * len(noted)

    def noted_weeks(self) -> list[Token[int]]:
        """Return the numbers of the weeks that stand in brackets here: «(uke 36)», «(uke 13–14)», «(uke 13 og 14)»."""
        opening, unit, number, joint, other, closing = (self.ahead(step) for step in range(6))
        if opening.text != "(" or unit.value is not Unit.WEEK or not NUMBER.fits(number):
            return []
        if joint.text == ")":
            return [number]
        is_pair = joint.text in _BETWEEN_WEEKS and NUMBER.fits(other) and closing.text == ")"
        return [number, other] if is_pair and NUMBER.fits(other) else []

    def month_part(self, part: Token[MonthThird]) -> Partial:
        self.accept_sign("-")
        return replace(self.bare_month(), kind=MonthPart, part=part.value, start=part.start)

    def bare_month(self) -> Partial:
        token = self.accept(MONTH)
        month = self.month(token) if token else None
        if month is None or month.kind is not Month:
            self.fail()
        return month

    def month(self, token: Token[int]) -> Partial:
        """Read «mars 2018», or the English «March 8, 2018»."""
        self.accept_sign(".")
        day = self.token
        if NUMBER.fits(day) and len(day.text) <= 2:  # noqa: PLR2004
            following = self.ahead(2 if self.ahead().text == "," else 1)
            if following.kind is NUMBER and len(following.text) == 4:  # noqa: PLR2004
                self.take()
                return Partial(Day, token.start, self.year(), token.value, day.value)
        return Partial(Month, token.start, self.year(), token.value)

    def school_year(self, token: Token[SchoolYear]) -> Partial:
        first = self.year()
        partial = Partial(AcademicYear, token.start, first, school_year=token.value, end=token.end)
        if first is None:
            self.yearless(partial)
        if self.token.text in {"/", "-"} and len(self.ahead().text) == 2:  # noqa: PLR2004
            self.fail(ShortYear(token.start, len(self.text), partial))
        second = self.year() if self.token.text == "/" or self.accept_sign("-") else None
        if second is None:
            self.fail(SingleSchoolYear(first, token.value))
        if second != first + 1:
            self.fail(SchoolYearApart(first, token.value))
        return partial

    def numeric(self, first: Partial | None) -> Partial:
        """Read a point that begins with a number: a day, a year, or the end of «uke 10–12 2018»."""
        token = self.token
        value = self.number()
        if len(token.text) == 4:  # noqa: PLR2004
            return Partial(Year, token.start, value)
        if first is not None and first.kind is Week and (self.token.kind in {NUMBER, END} or self.token.text == ","):
            return Partial(Week, token.start, self.year(), number=value)
        if self.token.text == "/":
            self.slash_date(token.start, value)
        has_point = self.accept_sign(".")
        if self.token.kind is MONTH:
            return replace(self.bare_month(), kind=Day, number=value, start=token.start)
        if has_point and self.token.kind is NUMBER and len(self.token.text) <= 2:  # noqa: PLR2004
            month = self.number()
            self.accept_sign(".")
            return Partial(Day, token.start, self.year(), month, value)
        if self.token.text == "-" and first is None:
            return Partial(Day, token.start, number=value)
        self.fail()

    def slash_date(self, start: int, day: int) -> NoReturn:
        """Refuse «8/9», which Norwegians read as 8 September and others as 9 August, and say what else is wrong."""
        first = self.day_and_month(start, day)
        last, other_day = None, self.ahead()
        if self.token.text == "-" and NUMBER.fits(other_day) and self.ahead(2).text == "/":
            self.position += 2
            last = self.day_and_month(other_day.start, other_day.value)
            first = replace(first, year=last.year)
        if first.year is None:
            self.yearless(first, last)
        meant = self.complete(first) if last is None else self.ends(first, last)
        self.fail(SlashDate(first.start, (last or first).end, meant))

    def day_and_month(self, start: int, day: int) -> Partial:
        """Read the rest of «8/9», «8/9-2017» or «8/9 2017», whose day has been read."""
        self.accept_sign("/")
        month = self.number()
        if month >= FIRST_YEAR and day <= 12:  # noqa: PLR2004  «3/2018»
            self.fail(SlashDate(start, self.tokens[self.position - 1].end, Partial(Month, start, month, day)))
        after = self.ahead() if self.token.text in {"/", "-"} else self.token
        if NUMBER.fits(after) and len(after.text) == 2 and self.ahead(2).text != "/":  # noqa: PLR2004
            self.fail(ShortYear(start, after.end, Partial(Day, start, 2000 + after.value, month, day)))
        year = None
        if after.kind is NUMBER and len(after.text) == 4:  # noqa: PLR2004
            if self.token.kind is SIGN:
                self.take()
            year = self.number()
        return Partial(Day, start, year, month, day, end=self.tokens[self.position - 1].end)

    # ranges

    def at_range(self, first: Partial) -> bool:
        """Return whether a range goes on here: «/» joins months, weeks, half-years and ISO dates, not bare numbers."""
        if self.token.kind is not SIGN:
            return False
        return self.token.text == "-" or (
            self.token.text == "/"
            and (first.kind in {Month, Week, HalfYear} or (first.kind is Day and first.year is not None))
        )

    def ends(self, first: Partial, last: Partial) -> Range:
        written, first = first, replace(first, year=first.year or last.year, month=first.month or last.month)
        if (first.kind is Year) != (last.kind is Year):
            self.fail()
        ends = Range(self.complete(replace(first, weekday=None), last), self.complete(last, first))
        if ends.last.days(SEASONS)[1] < ends.first.days(SEASONS)[0]:
            self.fail(ReversedRange(written, last, ends))
        self.complete(first, last)
        if first.kind is last.kind is Day:
            self.week_note(first, last)
        return ends

    # from partial to whole

    def yearless(self, first: Partial, last: Partial | None = None) -> NoReturn:
        """Report that the year is missing, where all the rest can be read: else it may stand in what cannot."""
        fault = MissingYear(first, last)
        if not (self.at_end() or self.at_time()) or not self.could_have_year(fault):
            self.fail()
        self.fail(fault)

    def at_end(self) -> bool:
        """Return whether the expression, or its part before a comma, ends here."""
        return self.token.kind is END or self.token.text == "," or (self.token.text == "." and self.ahead().kind is END)

    def complete(self, partial: Partial, other: Partial | None = None) -> Point:
        """Turn a point with a year into its value; ``other`` is the other end of its range."""
        if partial.year is None:
            self.yearless(partial, None if other is None or other.start < partial.start else other)
        if not FIRST_YEAR <= partial.year <= LAST_YEAR:
            self.fail(YearOutside(partial.year))
        point = partial.as_point()
        if isinstance(point, Nonexistent):
            self.fail(NoSuchPoint(partial, point))
        if isinstance(point, Day) and not partial.fits(point):
            noted = self.noted_weeks()
            self.fail(WrongWeekday(partial, point, (noted[0].start, noted[-1].end) if noted else None))
        return point

    def at_time(self) -> bool:
        token, after = self.token, self.ahead()
        if token.text == ",":
            token, after = after, self.ahead(2)
        return token.kind is CLOCK or (token.kind is NUMBER and after.text in {".", ":"})
