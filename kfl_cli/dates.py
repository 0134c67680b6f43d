"""The date language: what an author writes under ``when:`` and the days it means.

Three steps, each a function of values: ``parse`` reads a text into a ``When`` (or says why it cannot), ``resolve``
turns that into a ``Window`` of days, ``say`` writes it as people do. Days are inclusive everywhere; whole days are
``date`` arithmetic and never a midnight in some zone; clock times are the plan's local time.

Weeks are ISO 8601 weeks: week 1 holds the year's first Thursday, a week runs from Monday to Sunday.
"""

from __future__ import annotations

import calendar
import enum
import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NoReturn, assert_never

from kfl_cli import catalogue
from kfl_cli.diagnostics import Message, Rule
from kfl_cli.words import VOCABULARIES, Part, SchoolYear, Season, Unit, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are taken for slips of the pen."""
LONGEST = 200
"""Characters in a date expression."""
FARTHEST = 9999
"""Days, weeks or months in an offset."""


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included; None where open. Both None: not yet dated."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        """Hold the order of the ends."""
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"{self.end} is before {self.start}")

    @property
    def unset(self) -> bool:
        """Whether nothing is known yet."""
        return self.start is None and self.end is None

    def within(self, other: Window) -> bool:
        """Whether no known end of this window lies outside ``other``."""
        lower, upper = other.start or date.min, other.end or date.max
        return all(lower <= end <= upper for end in (self.start, self.end) if end is not None)


UNSET = Window(None, None)


@dataclass(frozen=True, slots=True)
class Day:
    """``8. september 2017``."""

    date: date


@dataclass(frozen=True, slots=True)
class Week:
    """``uke 10 2018``."""

    year: int
    week: int


@dataclass(frozen=True, slots=True)
class MonthPart:
    """``primo mars 2018``."""

    year: int
    month: int
    part: Part


@dataclass(frozen=True, slots=True)
class Month:
    """``mars 2018``."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class HalfYear:
    """``høst 2017``, or with an article ``høsten 2017``."""

    year: int
    season: Season
    definite: bool


@dataclass(frozen=True, slots=True)
class Year:
    """``2018``."""

    year: int


@dataclass(frozen=True, slots=True)
class AcademicYear:
    """``skoleåret 2017/2018``: 1 August 2017 to 31 July 2018."""

    year: int
    name: SchoolYear


Point = Day | Week | MonthPart | Month | HalfYear | Year | AcademicYear


@dataclass(frozen=True, slots=True)
class Range:
    """``18.–19. januar 2018``, ``mars–juni 2018``, ``høst 2017 – høst 2018``."""

    first: Point
    last: Point


@dataclass(frozen=True, slots=True)
class Timed:
    """``31.10.2017 kl. 09.30–15.30``; no end time where none is written."""

    first: date
    start: time
    last: date
    end: time | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of an activity, as written."""

    id: str


@dataclass(frozen=True, slots=True)
class Offset:
    """``2 uker før X``: the one day that lies so far before X's first day, or after X's last."""

    amount: int
    unit: Unit
    before: bool
    anchor: Anchor


Anchor = Point | Range | Timed | Reference | Offset


@dataclass(frozen=True, slots=True)
class Before:
    """``før X``: a deadline on the day before X's first day."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class By:
    """``senest X``: a deadline on X's last day."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class After:
    """``etter X``: from the day after X's last day."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Since:
    """``fra X``: from X's first day."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Between:
    """``etter X, før Y``."""

    lower: After | Since
    upper: Before | By


@dataclass(frozen=True, slots=True)
class Unset:
    """``ikke fastsatt``."""


When = Point | Range | Timed | Offset | Before | By | After | Since | Between | Unset


class Kind(enum.Enum):
    """What an occurrence is to its readers."""

    EVENT = "event"
    WINDOW = "window"
    DEADLINE = "deadline"


class Precision(enum.Enum):
    """How exactly a date is known."""

    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class DateProblem:
    """Why a date cannot be read or resolved."""

    rule: Rule
    message: Message
    hint: Message | None = None


Seasons = tuple[tuple[Season, tuple[int, int], tuple[int, int]], ...]
"""Season, (month, day) of its first day, (month, day) of its last; a last before its first lies in the next year."""

SEASONS: Seasons = ((Season.SPRING, (1, 1), (6, 30)), (Season.AUTUMN, (8, 1), (12, 31)))
"""What vår and høst cover unless the plan says otherwise: 1.1.–30.6. and 1.8.–31.12."""


class _Failure(Exception):  # noqa: N818  it never leaves this module, where it carries a problem to the nearest entry
    def __init__(self, problem: DateProblem) -> None:
        super().__init__(problem)
        self.problem = problem


# --- reading ----------------------------------------------------------------------------------------------------------


class _Is(enum.Enum):
    """What a token is."""

    NUMBER = enum.auto()
    ISO_DATE = enum.auto()
    ISO_WEEK = enum.auto()
    MARK = enum.auto()
    MONTH = enum.auto()
    WEEKDAY = enum.auto()
    SEASON = enum.auto()
    PART = enum.auto()
    UNIT = enum.auto()
    SCHOOL_YEAR = enum.auto()
    BEFORE = enum.auto()
    BY = enum.auto()
    AFTER = enum.auto()
    SINCE = enum.auto()
    CLOCK = enum.auto()
    UNSET = enum.auto()
    FILLER = enum.auto()
    WORD = enum.auto()
    END = enum.auto()


_Value = int | bool | Part | Unit | SchoolYear | tuple[Season, bool] | None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Is
    text: str
    start: int
    end: int
    value: _Value = None


_LEXER = re.compile(
    r"""
    (?P<week>[0-9]{4}-W[0-9]{2}(?!\w|-[0-9](?![0-9])))
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
    | (?P<number>[0-9]+)
    | (?P<ordinal>(?<=[0-9])(?:st|nd|rd|th)\b)
    | (?P<word>[^\W\d_]+)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))  # noqa: RUF001  the dashes that word processors put in
_ID = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_WORDS = re.compile(r"[^\W\d_]+")
_MONTH_DAYS = re.compile(r"([0-9]{2})-([0-9]{2})(?:\.\.|/| *[–-] *)([0-9]{2})-([0-9]{2})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def _keywords() -> dict[tuple[str, ...], tuple[_Is, _Value]]:
    """Every word and phrase of every language, split into words."""
    found: dict[tuple[str, ...], tuple[_Is, _Value]] = {("t",): (_Is.CLOCK, None)}
    for words in VOCABULARIES.values():
        for phrase, kind, value in _phrases(words):
            found[tuple(phrase.lower().rstrip(".").split())] = (kind, value)
    return found


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in _keywords() for word in phrase)


def _phrases(words: Vocabulary) -> Iterator[tuple[str, _Is, _Value]]:
    for names in (words.months, words.months_short):
        yield from ((name, _Is.MONTH, number) for number, name in enumerate(names, 1))
    yield from ((name, _Is.MONTH, number) for name, number in words.months_other.items())
    yield from ((name, _Is.WEEKDAY, number) for number, name in enumerate(words.weekdays))
    for season in Season:
        yield from ((name, _Is.SEASON, (season, False)) for name in words.seasons[season])
        yield from ((name, _Is.SEASON, (season, True)) for name in words.seasons_definite[season])
    for part, names in words.parts.items():
        yield from ((name, _Is.PART, part) for name in names)
    for unit, (singular, plural) in words.units.items():
        yield from ((name, _Is.UNIT, unit) for name in singular + plural)
    for school_year, names in words.school_years.items():
        yield from ((name, _Is.SCHOOL_YEAR, school_year) for name in names)
    for kind, names in (
        (_Is.BEFORE, words.before),
        (_Is.BY, words.by),
        (_Is.AFTER, words.after),
        (_Is.SINCE, words.since),
        (_Is.CLOCK, words.clock),
        (_Is.UNSET, words.unset),
        (_Is.FILLER, words.filler),
    ):
        yield from ((name, kind, None) for name in names)


def _lex(text: str) -> list[_Token]:
    """Split ``text`` into tokens; words that mean nothing are dropped, an end token closes the list."""
    raw = [
        (match.lastgroup or "", match[0].lower(), *match.span())
        for match in _LEXER.finditer(text.translate(_DASHES))
        if match.lastgroup not in {"space", "ordinal"}
    ]
    tokens: list[_Token] = []
    position = 0
    while position < len(raw):
        group, lexeme, start, end = raw[position]
        position += 1
        match group:
            case "number":
                tokens.append(_Token(_Is.NUMBER, lexeme, start, end, int(lexeme)))
            case "date":
                tokens.append(_Token(_Is.ISO_DATE, lexeme, start, end))
            case "week":
                tokens.append(_Token(_Is.ISO_WEEK, lexeme, start, end))
            case "mark":
                tokens.append(_Token(_Is.MARK, lexeme, start, end))
            case _:
                kind, value, length = _keyword(raw, position - 1)
                position += length - 1
                end = raw[position - 1][3]
                if kind is not _Is.FILLER:
                    tokens.append(_Token(kind, text[start:end].lower(), start, end, value))
    tokens.append(_Token(_Is.END, "", len(text), len(text)))
    return tokens


def _keyword(raw: list[tuple[str, str, int, int]], position: int) -> tuple[_Is, _Value, int]:
    """Return kind, value and number of words of the longest known phrase at ``position``."""
    for length in (3, 2, 1):
        phrase = raw[position : position + length]
        if len(phrase) == length and all(group == "word" for group, *_ in phrase):
            known = _keywords().get(tuple(lexeme for _, lexeme, *_ in phrase))
            if known is not None:
                return (*known, length)
    return _Is.WORD, None, 1


@dataclass(frozen=True, slots=True)
class _Partial:
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


class _Parser:
    """A parser by recursive descent over the tokens of one expression.

    ::

        when      = unset | relation [ "," relation ] | offset | span
        relation  = ( before | by | after | since ) anchor
        anchor    = offset | span | activity-id
        offset    = number unit ( before | after ) anchor
        span      = timed | point [ ( "-" | "/" ) point ]
        timed     = day [ "," ] [ clock ] time [ "-" [ day [ "," ] [ clock ] ] time ]
        time      = number ( "." | ":" ) number | number         (a bare hour only after "kl.")
        point     = [ weekday ] day | week | part month year | month year | season year
                  | schoolyear year "/" year | year
        day       = iso-date | number "." number "." year | number [ "." ] month year
                  | month number [ "," ] year
        week      = iso-week | week-word number year

    In a range the first point may leave out what the last one says: ``18.–19. januar 2018``, ``mars–juni 2018``,
    ``uke 10–12 2018``. Words are those of all languages in ``words``; case, the kind of dash and spaces do not matter.
    """

    def __init__(self, text: str, period: Window | None) -> None:
        self.text = text
        self.period = period
        self.tokens = _lex(text)
        self.position = 0

    # tokens

    @property
    def token(self) -> _Token:
        return self.tokens[self.position]

    def ahead(self, steps: int = 1) -> _Token:
        return self.tokens[min(self.position + steps, len(self.tokens) - 1)]

    def take(self) -> _Token:
        token = self.token
        if token.kind is not _Is.END:
            self.position += 1
        return token

    def accept(self, kind: _Is, text: str | None = None) -> _Token | None:
        if self.token.kind is kind and (text is None or self.token.text == text):
            return self.take()
        return None

    def accept_mark(self, *marks: str) -> bool:
        return any(self.accept(_Is.MARK, mark) for mark in marks)

    def fail(self) -> NoReturn:
        raise _Failure(
            DateProblem(catalogue.UNREADABLE_DATE, Message("«{text}» is not a date kfl can read", text=self.text))
        )

    def impossible(self, message: Message, hint: Message | None = None) -> NoReturn:
        raise _Failure(DateProblem(catalogue.IMPOSSIBLE_DATE, message, hint))

    # expressions

    def when(self) -> When:
        if self.accept(_Is.UNSET):
            found: When = Unset()
        elif self.token.kind in {_Is.BEFORE, _Is.BY, _Is.AFTER, _Is.SINCE}:
            found = self.relations()
        else:
            found = self.offset() or self.span()
        self.accept_mark(".")
        if self.token.kind is not _Is.END:
            self.fail()
        return found

    def relations(self) -> When:
        first = self.relation()
        if not self.accept_mark(","):
            return first
        match first, self.relation():
            case (After() | Since() as lower, Before() | By() as upper):
                return Between(lower, upper)
            case (Before() | By() as upper, After() | Since() as lower):
                return Between(lower, upper)
        self.fail()

    def relation(self) -> Before | By | After | Since:
        match self.take().kind:
            case _Is.BEFORE:
                return Before(self.anchor())
            case _Is.BY:
                return By(self.anchor())
            case _Is.AFTER:
                return After(self.anchor())
            case _Is.SINCE:
                return Since(self.anchor())
        self.fail()

    def anchor(self) -> Anchor:
        start = self.position
        try:
            found = self.offset() or self.span()
            if self.token.kind is not _Is.END and self.token.text != ",":
                self.fail()
        except _Failure as failure:
            if failure.problem.rule is not catalogue.UNREADABLE_DATE:
                raise
            self.position = start
            return self.reference()
        return found

    def reference(self) -> Reference:
        """Read an id up to the next comma; a wording that is no date either is kept for a did-you-mean."""
        first = self.token
        words = 0
        while self.token.kind is not _Is.END and self.token.text != ",":
            words += self.take().kind is _Is.WORD
        written = self.text[first.start : self.token.start].strip().rstrip(".")
        plain = written.translate(_DASHES).lower()
        if _ID.fullmatch(plain):
            return Reference(plain)
        if not words or _respelled(written) is not None:
            self.fail()
        return Reference(written)

    def offset(self) -> Offset | None:
        if self.token.kind is not _Is.NUMBER or self.ahead().kind is not _Is.UNIT:
            return None
        if self.ahead(2).kind not in {_Is.BEFORE, _Is.AFTER}:
            self.fail()
        amount, unit, direction = self.take().value, self.take().value, self.take().kind
        if not isinstance(amount, int) or not isinstance(unit, Unit):  # pragma: no cover  the lexer's own promise
            self.fail()
        if amount > FARTHEST:
            self.impossible(Message("«{text}» counts further than {most}", text=self.text, most=FARTHEST))
        return Offset(amount, unit, direction is _Is.BEFORE, self.anchor())

    def span(self) -> Point | Range | Timed:
        first = self.point(None)
        if first.kind is Day and first.year is not None and self.at_time():
            return self.timed(first)
        if not self.at_range(first):
            return self.complete(first)
        self.take()
        last = self.point(first)
        first = replace(first, year=first.year or last.year, month=first.month or last.month)
        return self.range(first, last)

    def at_range(self, first: _Partial) -> bool:
        """Whether a range goes on here; «/» joins months, weeks, half-years and ISO dates, and never bare numbers."""
        if self.token.kind is not _Is.MARK:
            return False
        return self.token.text == "-" or (
            self.token.text == "/"
            and (first.kind in {Month, Week, HalfYear} or self.tokens[self.position - 1].kind is _Is.ISO_DATE)
        )

    def range(self, first: _Partial, last: _Partial) -> Range:
        if (first.kind is Year) != (last.kind is Year):
            self.fail()
        ends = Range(self.complete(first, last), self.complete(last, first))
        start, end = bounds(ends.first, SEASONS)[0], bounds(ends.last, SEASONS)[1]
        if end < start:
            self.reversed(first, ends)
        return ends

    def reversed(self, first: _Partial, ends: Range) -> NoReturn:
        """Say that a range ends before it starts, and what may have been meant."""
        hint = None
        earlier = replace(first, year=(first.year or 0) - 1)
        if earlier.year and ends.first != ends.last and type(ends.first) is type(ends.last):
            earlier_first = self.complete(earlier)
            if bounds(earlier_first, SEASONS)[0] <= bounds(ends.last, SEASONS)[1]:
                meant = _write(Range(earlier_first, ends.last), _language_of(self.tokens))
                hint = Message("did you mean «{text}»?", text=meant)
        message = Message("«{text}» ends before it starts", text=self.text)
        raise _Failure(DateProblem(catalogue.END_BEFORE_START, message, hint))

    # clock times

    def at_time(self) -> bool:
        kind, after = self.token.kind, self.ahead()
        if kind is _Is.MARK and self.token.text == ",":
            kind, after = self.ahead().kind, self.ahead(2)
        return kind is _Is.CLOCK or (kind is _Is.NUMBER and after.text in {".", ":"})

    def timed(self, first: _Partial) -> Timed:
        day = self.day_of(first)
        start = self.clock_time()
        last, end = day, None
        if self.accept_mark("-"):
            last = self.last_day() or day
            end = self.clock_time()
            if (last, end) <= (day, start):
                message = Message("«{text}» ends before it starts", text=self.text)
                raise _Failure(DateProblem(catalogue.END_BEFORE_START, message))
        return Timed(day, start, last, end)

    def last_day(self) -> date | None:
        """Read the day of an end time, where one is written."""
        start = self.position
        try:
            return self.day_of(self.point(None))
        except _Failure:
            self.position = start
            return None

    def day_of(self, partial: _Partial) -> date:
        day = self.complete(partial)
        if not isinstance(day, Day):
            self.fail()
        return day.date

    def clock_time(self) -> time:
        self.accept_mark(",")
        spoken = self.accept(_Is.CLOCK) is not None
        if spoken:
            self.accept_mark(".")
        hour = self.number()
        minute = 0
        if self.token.text in {".", ":"} and self.ahead().kind is _Is.NUMBER:
            self.take()
            if len(self.token.text) != 2:  # noqa: PLR2004  minutes have two digits
                self.fail()
            minute = self.number()
        elif not spoken and self.tokens[self.position - 2].text != "-":
            self.fail()
        try:
            return time(hour, minute)
        except ValueError:
            self.impossible(
                Message("«{text}» has no clock time {hour}.{minute}", text=self.text, hour=hour, minute=f"{minute:02}"),
                Message("hours go from 0 to 23, minutes from 00 to 59"),
            )

    def number(self) -> int:
        token = self.accept(_Is.NUMBER)
        if token is None or len(token.text) > 4:  # noqa: PLR2004  no number in a date is longer than a year
            self.fail()
        return int(token.text)

    # points

    def point(self, first: _Partial | None) -> _Partial:
        """Read one point; ``first`` is the beginning of the range it closes."""
        token = self.token
        match token.kind:
            case _Is.ISO_DATE:
                self.take()
                year, month, day = map(int, token.text.split("-"))
                return _Partial(Day, token.start, year, month, day)
            case _Is.ISO_WEEK:
                self.take()
                return _Partial(Week, token.start, int(token.text[:4]), number=int(token.text[6:]))
            case _Is.WEEKDAY:
                self.take()
                self.accept_mark(",")
                partial = self.point(first)
                if partial.kind is not Day or not isinstance(token.value, int):
                    self.fail()
                return replace(partial, weekday=token.value, start=token.start)
            case _Is.UNIT if token.value is Unit.WEEK:
                self.take()
                return self.week(token.start)
            case _Is.PART:
                return self.month_part()
            case _Is.MONTH:
                return self.month()
            case _Is.SEASON:
                self.take()
                if not isinstance(token.value, tuple):  # pragma: no cover  the lexer's own promise
                    self.fail()
                return _Partial(HalfYear, token.start, self.year(), season=token.value)
            case _Is.SCHOOL_YEAR:
                return self.school_year()
            case _Is.NUMBER:
                return self.numeric(first)
        self.fail()

    def year(self) -> int | None:
        """Read a year, if one stands here; «/» or «,» may come before it."""
        skip = 1 if self.token.text in {",", "/"} and len(self.ahead().text) == 4 else 0  # noqa: PLR2004
        token = self.ahead(skip)
        if token.kind is not _Is.NUMBER:
            return None
        if len(token.text) == 2 and self.ahead(skip + 1).text not in {".", ":"}:  # noqa: PLR2004
            self.short_year(token)
        if len(token.text) != 4:  # noqa: PLR2004
            return None
        self.position += skip + 1
        return int(token.text)

    def short_year(self, token: _Token) -> NoReturn:
        message = Message("«{text}» has a year of two digits", text=self.text)
        full = f"{self.text[: token.start]}20{self.text[token.start :]}"
        hint = Message("did you mean «{text}»?", text=full) if readable(full) else None
        raise _Failure(DateProblem(catalogue.SHORT_YEAR, message, hint or Message("write all four digits of the year")))

    def week(self, start: int) -> _Partial:
        number = self.number()
        self.accept_mark(".")
        return _Partial(Week, start, self.year(), number=number)

    def month_part(self) -> _Partial:
        token = self.take()
        self.accept_mark("-")
        if self.token.kind is not _Is.MONTH or not isinstance(token.value, Part):
            self.fail()
        month = self.month()
        if month.kind is not Month:
            self.fail()
        return replace(month, kind=MonthPart, part=token.value, start=token.start)

    def month(self) -> _Partial:
        """Read «mars 2018», or the English «March 8, 2018»."""
        token = self.take()
        if not isinstance(token.value, int):  # pragma: no cover  the lexer's own promise
            self.fail()
        self.accept_mark(".")
        day = self.token
        if day.kind is _Is.NUMBER and len(day.text) <= 2:  # noqa: PLR2004
            following = self.ahead(2 if self.ahead().text == "," else 1)
            if following.kind is _Is.NUMBER and len(following.text) == 4:  # noqa: PLR2004
                self.take()
                return _Partial(Day, token.start, self.year(), token.value, int(day.text))
        return _Partial(Month, token.start, self.year(), token.value)

    def school_year(self) -> _Partial:
        token = self.take()
        if not isinstance(token.value, SchoolYear):  # pragma: no cover  the lexer's own promise
            self.fail()
        first = self.year()
        if first is None:
            self.yearless(_Partial(AcademicYear, token.start, school_year=token.value))
        example = Message("write «{text}»", text=say(AcademicYear(first, token.value), _language_of(self.tokens)))
        second = self.year() if self.token.text == "/" or self.accept_mark("-") else None
        if second is None:
            problem = DateProblem(
                catalogue.UNREADABLE_DATE,
                Message("«{text}» names one year, but a school year lies in two", text=self.text),
                example,
            )
            raise _Failure(problem)
        if second != first + 1:
            self.impossible(Message("«{text}» does not name two years in a row", text=self.text), example)
        return _Partial(AcademicYear, token.start, first, school_year=token.value)

    def numeric(self, first: _Partial | None) -> _Partial:
        """Read a point that begins with a number: a day, a year, or the end of «uke 10–12 2018»."""
        token = self.token
        value = self.number()
        if len(token.text) == 4:  # noqa: PLR2004
            return _Partial(Year, token.start, value)
        if first is not None and first.kind is Week and self.token.kind in {_Is.NUMBER, _Is.END}:
            return _Partial(Week, token.start, self.year(), number=value)
        if self.token.text == "/":
            self.slash_date(token)
        pointed = self.accept_mark(".")
        if self.token.kind is _Is.MONTH:
            month = self.month()
            if month.kind is not Month:
                self.fail()
            return replace(month, kind=Day, number=value, start=token.start)
        if pointed and self.token.kind is _Is.NUMBER and len(self.token.text) <= 2:  # noqa: PLR2004
            month_number = self.number()
            year = self.year() if self.accept_mark(".") or self.token.kind is _Is.NUMBER else None
            return _Partial(Day, token.start, year, month_number, value)
        if self.token.text == "-" and first is None:
            return _Partial(Day, token.start, number=value)
        self.fail()

    def slash_date(self, day: _Token) -> NoReturn:
        """Refuse «8/9», which Norwegians read as 8 September and others as 9 August, and offer the date in full."""
        self.take()
        month = self.number()
        year = self.year() or (self.number() if self.accept_mark("-") else None)
        partial = _Partial(Day, day.start, year, month, int(day.text))
        if year is None:
            self.yearless(partial)
        written = say_plain_day(self.day_of(partial), _language_of(self.tokens))
        problem = DateProblem(
            catalogue.UNREADABLE_DATE,
            Message("«{text}» is not a date kfl can read", text=self.text),
            Message("write «{text}»", text=written),
        )
        raise _Failure(problem)

    # from partial to whole

    def yearless(self, partial: _Partial, last: _Partial | None = None) -> NoReturn:
        """Say that the year is missing, and offer those that the plan's period allows."""
        words = _language_of(self.tokens)
        stop = self.tokens[self.position - 1].end
        candidates = [
            f"{self.text[: partial.start]}{_write(found, words)}{self.text[stop:]}"
            for found in self.in_period(partial, last)
        ]
        match candidates:
            case []:
                hint = Message("write the year")
            case [only]:
                hint = Message("did you mean «{text}»?", text=only)
            case [one, other, *_]:
                hint = Message("did you mean «{text}» or «{other}»?", text=one, other=other)
        raise _Failure(
            DateProblem(catalogue.YEARLESS_DATE, Message("«{text}» has no year", text=self.text), hint),
        )

    def in_period(self, partial: _Partial, last: _Partial | None) -> Iterator[Point | Range]:
        """Return ``partial`` (up to ``last``) in each year that puts it inside the plan's period."""
        if self.period is None or self.period.start is None or self.period.end is None:
            return
        for year in range(self.period.start.year, self.period.end.year + 1):
            whole = _whole(replace(partial, year=year))
            closing = whole if last is None else _whole(replace(last, year=year))
            if isinstance(whole, Message) or isinstance(closing, Message):
                continue
            start, end = bounds(whole, SEASONS)[0], bounds(closing, SEASONS)[1]
            if self.period.start <= start <= end <= self.period.end:
                yield whole if last is None else Range(whole, closing)

    def complete(self, partial: _Partial, other: _Partial | None = None) -> Point:
        """Turn a point with a year into its value; ``other`` is the other end of its range."""
        if partial.year is None:
            if other is None or other.start < partial.start:
                self.yearless(partial)
            self.yearless(partial, other)
        if not FIRST_YEAR <= partial.year <= LAST_YEAR:
            self.impossible(
                Message(
                    "the year {year} in «{text}» is outside {first}–{last}",
                    year=partial.year,
                    text=self.text,
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                )
            )
        found = _whole(partial)
        if isinstance(found, Message):
            self.impossible(Message("«{text}»: {reason}", text=self.text, reason=found))
        if isinstance(found, Day) and partial.weekday not in {None, found.date.weekday()}:
            self.wrong_weekday(found)
        return found

    def wrong_weekday(self, day: Day) -> NoReturn:
        words = _language_of(self.tokens)
        problem = DateProblem(
            catalogue.WRONG_WEEKDAY,
            Message("«{text}» has the wrong weekday", text=self.text),
            Message("did you mean «{text}»?", text=say_day(day.date, words, week=False)),
        )
        raise _Failure(problem)


def _whole(partial: _Partial) -> Point | Message:
    """Return the point, or why there is none such; the year must be known."""
    year, month = partial.year or 0, partial.month or 0
    if partial.kind in {Day, Month, MonthPart} and not 1 <= month <= 12:  # noqa: PLR2004
        return Message("there is no month {month}", month=month)
    if partial.kind is Day:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= partial.number <= days:
            return Message("that month has {days} days", days=days)
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


def _language_of(tokens: list[_Token]) -> Vocabulary:
    """Return the vocabulary that knows most of the words; bokmål wins a draw."""
    texts = {token.text for token in tokens}
    return max(
        VOCABULARIES.values(),
        key=lambda words: len(texts & {phrase.lower() for phrase, *_ in _phrases(words)}),
    )


def _respelled(text: str) -> str | None:
    """Return ``text`` with its unknown words replaced by the nearest known ones, if that can be read."""
    import difflib  # noqa: PLC0415  only for a plan that has a fault

    pieces: list[str] = []
    position = 0
    for token in _lex(text):
        if token.kind is _Is.WORD:
            near = difflib.get_close_matches(token.text, sorted(_known_words()), 1, 0.6)
            if not near:
                return None
            pieces += text[position : token.start], near[0]
            position = token.end
    respelled = "".join(pieces) + text[position:]
    return respelled if pieces and readable(respelled) else None


def readable(text: str) -> bool:
    """Return whether ``text`` is a date expression, with the year written."""
    try:
        _Parser(text, None).when()
    except _Failure:
        return False
    return True


def is_point_in_time(id_: str) -> bool:
    """Return whether an activity's id could be taken for a date where both can stand (``før 2018``)."""
    if any(piece not in _known_words() for piece in _WORDS.findall(id_)):
        return False
    try:
        parser = _Parser(id_, None)
        parser.span()
    except _Failure:
        return False
    return parser.token.kind is _Is.END


@lru_cache(maxsize=4096)
def parse(text: str, period: Window | None = None) -> When | DateProblem:
    """Read a date expression (the grammar stands in ``_Parser``), or say what is wrong with it.

    ``period`` is the plan's; it only serves to offer a year where none is written.
    """
    if _ISO_DAY.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        try:
            return Day(date.fromisoformat(text))
        except ValueError:
            pass  # the parser knows what to say
    if len(text) > LONGEST:
        short = f"{text[:30]}…"
        return DateProblem(
            catalogue.UNREADABLE_DATE,
            Message("«{text}» is longer than a date can be ({most} characters)", text=short, most=LONGEST),
        )
    try:
        return _Parser(text, period).when()
    except _Failure as failure:
        problem = failure.problem
    if problem.rule is catalogue.UNREADABLE_DATE and problem.hint is None:
        return replace(problem, hint=_unreadable_hint(text))
    return problem


def parse_yearless(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read a part of any year, as (month, day) of its first and last day.

    ``1.8.–31.12.``, ``1. august–31. desember``, ``august–desember`` and ``08-01..12-31`` are all the same.
    """
    match = _MONTH_DAYS.fullmatch(text)
    if match:
        text = f"{int(match[2])}.{int(match[1])}.–{int(match[4])}.{int(match[3])}."
    try:
        parser = _Parser(text, None)
        first = parser.point(None)
        parser.accept_mark("-")
        last = parser.point(first)
        parser.accept_mark(".")
        whole = [_whole(replace(point, year=2020)) for point in (first, last)]  # a leap year
    except _Failure:
        return None
    if parser.token.kind is not _Is.END or first.year or last.year:
        return None
    match whole:
        case [Day() | Month() as opening, Day() | Month() as closing]:
            start, end = bounds(opening, SEASONS)[0], bounds(closing, SEASONS)[1]
            return (start.month, start.day), (end.month, end.day)
    return None


def _unreadable_hint(text: str) -> Message:
    month = _ISO_MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:  # noqa: PLR2004
        near: str | None = say(Month(int(month[1]), int(month[2])), VOCABULARIES["nb"])
    else:
        near = _respelled(text)
    if near is not None:
        return Message("did you mean «{text}»?", text=near)
    return Message("write a date such as «8. september 2017», «uke 36 2017», «høst 2017» or «før» and an activity's id")


# --- meaning ----------------------------------------------------------------------------------------------------------


def bounds(point: Point, seasons: Seasons) -> tuple[date, date]:
    """Return the first and last day of a point."""
    match point:
        case Day(day):
            return day, day
        case Week(year, week):
            monday = date.fromisocalendar(year, week, 1)
            return monday, monday + timedelta(days=6)
        case MonthPart(year, month, part):
            return _part_bounds(year, month, part)
        case Month(year, month):
            return date(year, month, 1), _month_end(year, month)
        case HalfYear(year, season):
            return _season_bounds(year, season, seasons)
        case Year(year):
            return date(year, 1, 1), date(year, 12, 31)
        case AcademicYear(year):
            return date(year, 8, 1), date(year + 1, 7, 31)
    assert_never(point)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _part_bounds(year: int, month: int, part: Part) -> tuple[date, date]:
    match part:
        case Part.EARLY:
            return date(year, month, 1), date(year, month, 10)
        case Part.MID:
            return date(year, month, 11), date(year, month, 20)
        case Part.LATE:
            return date(year, month, 21), _month_end(year, month)
    assert_never(part)


def _season_bounds(year: int, season: Season, seasons: Seasons) -> tuple[date, date]:
    for known, first, last in seasons:
        if known is season:
            end_year = year if last >= first else year + 1
            last_day = min(last[1], calendar.monthrange(end_year, last[0])[1])
            return date(year, *first), date(end_year, last[0], last_day)
    raise AssertionError(season)


@dataclass(frozen=True, slots=True)
class _Resolver:
    seasons: Seasons
    anchor: Callable[[str], Window]

    def when(self, when: When) -> Window:
        match when:
            case Unset():
                return UNSET
            case Before(anchor):
                first = self.first(anchor)
                return Window(None, first and _shift(first, days=-1))
            case By(anchor):
                return Window(None, self.last(anchor))
            case After(anchor):
                last = self.last(anchor)
                return Window(last and _shift(last, days=1), None)
            case Since(anchor):
                return Window(self.first(anchor), None)
            case Between(lower, upper):
                return self.between(self.when(lower).start, self.when(upper).end)
            case _:
                return self.span(when)

    def span(self, anchor: Anchor) -> Window:
        match anchor:
            case Range(first, last):
                return self.between(bounds(first, self.seasons)[0], bounds(last, self.seasons)[1])
            case Timed(first_day, _, last_day, _):
                return Window(first_day, last_day)
            case Reference(id_):
                return self.anchor(id_)
            case Offset(amount, unit, before, inner):
                origin = self.first(inner) if before else self.last(inner)
                day = origin and _moved(origin, unit, -amount if before else amount)
                return Window(day, day)
            case _:
                return Window(*bounds(anchor, self.seasons))

    def first(self, anchor: Anchor) -> date | None:
        window = self.span(anchor)
        if window.start is None and not window.unset:
            self.open(anchor, Message("{anchor} has no first day", anchor=_name(anchor)))
        return window.start

    def last(self, anchor: Anchor) -> date | None:
        window = self.span(anchor)
        if window.end is None and not window.unset:
            self.open(anchor, Message("{anchor} has no last day", anchor=_name(anchor)))
        return window.end

    def open(self, anchor: Anchor, message: Message) -> NoReturn:
        hint = Message("give {anchor} a date with both ends, or count from something else", anchor=_name(anchor))
        raise _Failure(DateProblem(catalogue.OPEN_ANCHOR, message, hint))

    def between(self, start: date | None, end: date | None) -> Window:
        if start is None or end is None:
            return UNSET
        if end < start:
            message = Message("this would end ({end}) before it starts ({start})", start=str(start), end=str(end))
            raise _Failure(DateProblem(catalogue.END_BEFORE_START, message))
        return Window(start, end)


def _write(span: Point | Range, words: Vocabulary) -> str:
    """Write a date as an author would: without the weekday and week that ``say`` adds."""
    return say_plain_day(span.date, words) if isinstance(span, Day) else say(span, words)


def _name(anchor: Anchor) -> str:
    return f"«{anchor.id}»" if isinstance(anchor, Reference) else f"«{say_anchor(anchor, VOCABULARIES['nb'])}»"


def _shift(day: date, days: int) -> date:
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        moved = date.max
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        message = Message("this is outside the years {first}–{last}", first=FIRST_YEAR, last=LAST_YEAR)
        raise _Failure(DateProblem(catalogue.IMPOSSIBLE_DATE, message))
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
    try:
        return _Resolver(seasons, anchor).when(when)
    except _Failure as failure:
        return failure.problem


def references(when: When | Anchor) -> tuple[str, ...]:
    """Return the activity ids that ``when`` names."""
    match when:
        case Reference(id_):
            return (id_,)
        case Before(anchor) | By(anchor) | After(anchor) | Since(anchor) | Offset(anchor=anchor):
            return references(anchor)
        case Between(lower, upper):
            return references(lower) + references(upper)
        case _:
            return ()


def kind(when: When) -> Kind:
    """Return what an occurrence with this date is to its readers."""
    match when:
        case Before() | By():
            return Kind.DEADLINE
        case Day() | Timed() | Offset() | Range(Day(), Day()):
            return Kind.EVENT
        case _:
            return Kind.WINDOW


_PRECISIONS: Mapping[type[Point], Precision] = {
    Day: Precision.DAY,
    Week: Precision.WEEK,
    MonthPart: Precision.RANGE,
    Month: Precision.MONTH,
    HalfYear: Precision.SEASON,
    Year: Precision.YEAR,
    AcademicYear: Precision.YEAR,
}


def precision(when: When) -> Precision:
    """Return how exactly a date is known: the unit its author wrote; a deadline and an offset are days."""
    match when:
        case Unset():
            return Precision.UNSET
        case Timed():
            return Precision.TIME
        case Before() | By() | Offset():
            return Precision.DAY
        case After() | Since() | Between():
            return Precision.RANGE
        case Range(first, last):
            return _PRECISIONS[type(first)] if type(first) is type(last) else Precision.RANGE
        case _:
            return _PRECISIONS[type(when)]


# --- saying -----------------------------------------------------------------------------------------------------------


def say(when: When, words: Vocabulary) -> str:
    """Write a date expression as people do: ``torsdag 18. januar 2018 (uke 3)``, ``mars–juni 2018``."""
    match when:
        case Unset():
            return words.unset[0]
        case Before(anchor):
            return f"{words.before[0]} {say_anchor(anchor, words)}"
        case By(anchor):
            return f"{words.by[0]} {say_anchor(anchor, words)}"
        case After(anchor):
            return f"{words.after[0]} {say_anchor(anchor, words)}"
        case Since(anchor):
            return f"{words.since[0]} {say_anchor(anchor, words)}"
        case Between(lower, upper):
            return f"{say(lower, words)}, {say(upper, words)}"
        case _:
            return say_anchor(when, words)


def named(when: When, names: Mapping[str, str]) -> When:
    """Return ``when`` with the ids of activities replaced by ``names``, to be said."""
    match when:
        case Before(anchor) | By(anchor) | After(anchor) | Since(anchor):
            return type(when)(_named_anchor(anchor, names))
        case Between(After(lower) | Since(lower), Before(upper) | By(upper)):
            return Between(
                type(when.lower)(_named_anchor(lower, names)),
                type(when.upper)(_named_anchor(upper, names)),
            )
        case Offset():
            return replace(when, anchor=_named_anchor(when.anchor, names))
        case _:
            return when


def _named_anchor(anchor: Anchor, names: Mapping[str, str]) -> Anchor:
    match anchor:
        case Reference(id_):
            return Reference(names.get(id_, id_))
        case Offset():
            return replace(anchor, anchor=_named_anchor(anchor.anchor, names))
        case _:
            return anchor


def say_anchor(anchor: Anchor, words: Vocabulary) -> str:
    """Write what a relation hangs on; an activity is written as its id."""
    match anchor:
        case Reference(id_):
            return id_
        case Timed():
            return _say_timed(anchor, words)
        case Range(first, last):
            return _say_range(first, last, words)
        case Offset(amount, unit, before, inner):
            count = words.units[unit][0 if amount == 1 else 1][0]
            direction = words.before[0] if before else words.after[0]
            return f"{amount} {count} {direction} {say_anchor(inner, words)}"
        case _:
            return _say_point(anchor, words)


def say_day(day: date, words: Vocabulary, *, week: bool = True) -> str:
    """Write a day with its weekday: ``torsdag 18. januar 2018 (uke 3)``."""
    text = f"{words.weekdays[day.weekday()]} {say_plain_day(day, words)}"
    return f"{text} ({words.week} {day.isocalendar().week})" if week else text


def say_time(clock: time, words: Vocabulary) -> str:
    """Write a clock time: ``09.30``."""
    return f"{clock.hour:02}{words.clock_point}{clock.minute:02}"


def say_window(window: Window, *, deadline: bool, words: Vocabulary) -> str:
    """Write resolved days: ``senest onsdag 17. januar 2018 (uke 3)``, ``3. februar–7. mars 2018``."""
    if window.start is not None and window.end is not None:
        if window.start == window.end:
            return say_day(window.start, words)
        return _say_range(Day(window.start), Day(window.end), words)
    if window.end is not None:
        prefix = f"{words.by[0]} " if deadline else ""
        return f"{prefix}{say_day(window.end, words)}"
    if window.start is not None:
        return f"{words.since[0]} {say_day(window.start, words)}"
    return words.unset[0]


def say_plain_day(day: date, words: Vocabulary, *, year: bool = True) -> str:
    """Write a day without its weekday: ``8. september 2017``."""
    text = f"{day.day}{words.day_point} {words.months[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def _say_point(point: Point, words: Vocabulary) -> str:
    match point:
        case Day(day):
            return say_day(day, words)
        case Week(year, week):
            return f"{words.week} {week} {year}"
        case MonthPart(year, month, part):
            return f"{words.parts[part][0]} {words.months[month - 1]} {year}"
        case Month(year, month):
            return f"{words.months[month - 1]} {year}"
        case HalfYear(year, season, definite):
            names = words.seasons_definite[season] if definite else ()
            return f"{(names or words.seasons[season])[0]} {year}"
        case Year(year):
            return str(year)
        case AcademicYear(year, name):
            return f"{words.school_years[name][0]} {year}/{year + 1}"
    assert_never(point)


def _say_range(first: Point, last: Point, words: Vocabulary) -> str:
    """Write both ends with an en dash between, and what they share only once."""
    match first, last:
        case Day(start), Day(end):
            return _say_days(start, end, words)
        case Week(year, week), Week(last_year, last_week) if year == last_year:
            return f"{words.week} {week}–{last_week} {year}"
        case Month(year, month), Month(last_year, last_month) if year == last_year:
            return f"{words.months[month - 1]}–{words.months[last_month - 1]} {year}"
        case _:
            return f"{_say_point(first, words)}–{_say_point(last, words)}"


def _say_days(start: date, end: date, words: Vocabulary) -> str:
    if start == end:
        return say_day(start, words)
    weeks = f" ({words.week} {start.isocalendar().week})" if start.isocalendar()[:2] == end.isocalendar()[:2] else ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{words.day_point}–{say_plain_day(end, words)}{weeks}"
    return f"{say_plain_day(start, words, year=start.year != end.year)}–{say_plain_day(end, words)}{weeks}"


def _say_timed(timed: Timed, words: Vocabulary) -> str:
    clock = f"{words.clock[0]} " if words.clock_point == "." else ""
    start = f"{say_day(timed.first, words)} {clock}{say_time(timed.start, words)}"
    if timed.end is None:
        return start
    if timed.first == timed.last:
        return f"{start}–{say_time(timed.end, words)}"
    return f"{start}–{say_day(timed.last, words)} {clock}{say_time(timed.end, words)}"
