"""What a date expression is: immutable values, and the days that it can mean."""

from __future__ import annotations

import enum
from datetime import date, time
from typing import TYPE_CHECKING, final

from msgspec import Struct

from kfl_cli.findings.finding import Advice, offer
from kfl_cli.language.message import did_you_mean
from kfl_cli.language.vocabularies import MonthThird, SchoolYear, Season, Unit

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Remedy, Rule, Span
    from kfl_cli.language.message import Message

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are taken for slips of the pen."""
LONGEST = 200
"""Characters in a date expression."""
FARTHEST = 9999
"""Days, weeks or months in an offset."""


class Window(Struct, frozen=True, gc=False):
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


@final
class Day(Struct, frozen=True, gc=False):
    """``8. september 2017``."""

    date: date


class Week(Struct, frozen=True, gc=False):
    """``uke 10 2018``."""

    year: int
    week: int


class MonthPart(Struct, frozen=True, gc=False):
    """``primo mars 2018``."""

    year: int
    month: int
    part: MonthThird


class Month(Struct, frozen=True, gc=False):
    """``mars 2018``."""

    year: int
    month: int


class HalfYear(Struct, frozen=True, gc=False):
    """``høst 2017``, or with an article ``høsten 2017``."""

    year: int
    season: Season
    definite: bool


class Year(Struct, frozen=True, gc=False):
    """``2018``."""

    year: int


class AcademicYear(Struct, frozen=True, gc=False):
    """``skoleåret 2017/2018``: 1 August 2017 to 31 July 2018."""

    year: int
    name: SchoolYear


Point = Day | Week | MonthPart | Month | HalfYear | Year | AcademicYear


@final
class Range(Struct, frozen=True, gc=False):
    """``18.–19. januar 2018``, ``mars–juni 2018``, ``høst 2017 – høst 2018``."""

    first: Point
    last: Point


@final
class Timed(Struct, frozen=True, gc=False):
    """``31.10.2017 kl. 09.30–15.30``; no end time where none is written."""

    first: date
    start: time
    last: date
    end: time | None


@final
class Reference(Struct, frozen=True, gc=False):
    """The id of an activity, as written."""

    id: str


@final
class Offset(Struct, frozen=True, gc=False):
    """``2 uker før X``: the one day that lies so far before X's first day, or after X's last."""

    amount: int
    unit: Unit
    before: bool
    anchor: Anchor


Anchor = Point | Range | Timed | Reference | Offset


@final
class Before(Struct, frozen=True, gc=False):
    """``før X``: a deadline on the day before X's first day."""

    anchor: Anchor


@final
class By(Struct, frozen=True, gc=False):
    """``senest X``: a deadline on X's last day."""

    anchor: Anchor


@final
class After(Struct, frozen=True, gc=False):
    """``etter X``: from the day after X's last day."""

    anchor: Anchor


@final
class Since(Struct, frozen=True, gc=False):
    """``fra X``: from X's first day."""

    anchor: Anchor


@final
class Between(Struct, frozen=True, gc=False):
    """``etter X, før Y``."""

    lower: After | Since
    upper: Before | By


@final
class Unset(Struct, frozen=True, gc=False):
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


class DateProblem(Struct, frozen=True, gc=False):
    """Why a date cannot be read or resolved."""

    rule: Rule
    message: Message
    advice: Message | None = None
    """The remedy in words, for where no date is near."""
    near: tuple[str, ...] = ()
    """One or two dates, in whole texts, that may have been meant."""

    @property
    def hint(self) -> Message | None:
        """The remedy as a sentence."""
        return did_you_mean(self.near) or self.advice

    def remedy(self, span: Span) -> Remedy | None:
        """Return the remedy for a date whose text stands at ``span``."""
        return offer(self.near, span) or (Advice(self.advice) if self.advice else None)


Seasons = tuple[tuple[Season, tuple[int, int], tuple[int, int]], ...]
"""Season, (month, day) of its first day, (month, day) of its last; a last before its first lies in the next year."""

SEASONS: Seasons = ((Season.SPRING, (1, 1), (6, 30)), (Season.AUTUMN, (8, 1), (12, 31)))
"""What vår and høst cover unless the plan says otherwise: 1.1.–30.6. and 1.8.–31.12."""


class DateError(Exception):
    """Ends the reading or resolving of one date; never leaves ``kfl_cli.dates``."""

    def __init__(self, problem: DateProblem) -> None:
        """Carry ``problem``."""
        super().__init__(problem)
        self.problem = problem
