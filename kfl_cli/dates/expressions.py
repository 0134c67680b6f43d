"""The expressions of the date language, made of points: immutable values, which know neither plan nor text.

Each answers what is asked of all: its ``kind`` and ``precision``; its ``references``, the ids of the activities that it
names; ``is_counted``, whether it counts days, weeks or months from something; ``has_clock``, whether it has a clock
time, which a deadline may too; ``is_written_day``, whether the author wrote the very day, or the days, as opposed to
«før X», «senest uke 10», «3 dager etter X».
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, final

from msgspec import Struct

from kfl_cli.dates.points import Day, Point, Standalone
from kfl_cli.dates.windows import Kind, Precision

if TYPE_CHECKING:
    from datetime import date, time

    from kfl_cli.language.vocabularies import Unit

FARTHEST = 9999
"""Days, weeks or months in an offset."""
MOST_DAYS = 7
"""Days that are an event; what lasts longer is a period, whichever way it is written."""


def _kind_of(first: date, last: date) -> Kind:
    return Kind.EVENT if (last - first).days < MOST_DAYS else Kind.PERIOD


@final
class Range(Struct, frozen=True, gc=False):
    """``18.–19. januar 2018``, ``mars–juni 2018``, ``høst 2017 – høst 2018``."""

    references: ClassVar[tuple[str, ...]] = ()
    is_counted: ClassVar[bool] = False
    has_clock: ClassVar[bool] = False
    first: Point
    last: Point

    @property
    def kind(self) -> Kind:
        """An event where it is at most a week of days."""
        if isinstance(self.first, Day) and isinstance(self.last, Day):
            return _kind_of(self.first.date, self.last.date)
        return Kind.PERIOD

    @property
    def precision(self) -> Precision:
        """The unit of its ends, where they have the same."""
        return self.first.precision if type(self.first) is type(self.last) else Precision.RANGE

    @property
    def is_written_day(self) -> bool:
        """Whether both ends are days."""
        return isinstance(self.first, Day) and isinstance(self.last, Day)


class _Clocked(Standalone, frozen=True, gc=False):
    """Days with clock times."""

    has_clock: ClassVar[bool] = True
    is_written_day: ClassVar[bool] = True
    first: date
    start: time
    last: date

    @property
    def kind(self) -> Kind:
        """An event where it is at most a week."""
        return _kind_of(self.first, self.last)

    @property
    def precision(self) -> Precision:
        """A clock time; days where it is a period."""
        return Precision.TIME if self.kind is Kind.EVENT else Precision.DAY


@final
class Timed(_Clocked, frozen=True, gc=False):
    """``31.10.2017 kl. 09.30–15.30``; no end time where none is written."""

    end: time | None


@final
class HoursEachDay(_Clocked, frozen=True, gc=False):
    """``18.–19. januar 2018 kl. 9–15``: several days, with the same hours on each."""

    end: time

    @property
    def days(self) -> tuple[Timed, ...]:
        """Each of the days with its hours."""
        length = (self.last - self.first).days + 1
        days = (self.first + timedelta(days=step) for step in range(length))
        return tuple(Timed(day, self.start, day, self.end) for day in days)


@final
class Reference(Struct, frozen=True, gc=False):
    """The id of an activity, as written."""

    is_counted: ClassVar[bool] = False
    has_clock: ClassVar[bool] = False
    is_written_day: ClassVar[bool] = False
    id: str

    @property
    def references(self) -> tuple[str, ...]:
        """The id."""
        return (self.id,)


@final
class Offset(Struct, frozen=True, gc=False):
    """``2 uker før X``: the one day that lies so far before X's first day, or after X's last."""

    kind: ClassVar[Kind] = Kind.EVENT
    precision: ClassVar[Precision] = Precision.DAY
    is_counted: ClassVar[bool] = True
    has_clock: ClassVar[bool] = False
    is_written_day: ClassVar[bool] = False
    amount: int
    unit: Unit
    before: bool
    anchor: Anchor

    @property
    def references(self) -> tuple[str, ...]:
        """The activities that it is counted from."""
        return self.anchor.references


Anchor = Point | Range | Timed | HoursEachDay | Reference | Offset


class _Anchored(Struct, frozen=True, gc=False):
    """A word and what it is said of: the answers to most questions are those of the latter."""

    anchor: Anchor

    @property
    def references(self) -> tuple[str, ...]:
        """The activities that are named."""
        return self.anchor.references

    @property
    def is_counted(self) -> bool:
        """Whether days, weeks or months are counted."""
        return self.anchor.is_counted

    @property
    def has_clock(self) -> bool:
        """Whether there is a clock time."""
        return self.anchor.has_clock


class _Deadline(_Anchored, frozen=True, gc=False):
    """A day by which something is to be done."""

    kind: ClassVar[Kind] = Kind.DEADLINE

    @property
    def precision(self) -> Precision:
        """A clock time where there is one, else a day."""
        return Precision.TIME if self.has_clock else Precision.DAY


@final
class Before(_Deadline, frozen=True, gc=False):
    """``før X``: a deadline on the day before X's first day; on that day where X has a clock time."""

    is_written_day: ClassVar[bool] = False


@final
class By(_Deadline, frozen=True, gc=False):
    """``senest X``: a deadline on X's last day, at its clock time if it has one."""

    @property
    def is_written_day(self) -> bool:
        """Whether its last day is a day that was written."""
        return self.anchor.is_written_day


@final
class After(_Anchored, frozen=True, gc=False):
    """``etter X``: from the day after X's last day."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    is_written_day: ClassVar[bool] = False


@final
class Since(_Anchored, frozen=True, gc=False):
    """``fra X``: from X's first day."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    is_written_day: ClassVar[bool] = False


Relation = Before | By | After | Since


@final
class Between(Struct, frozen=True, gc=False):
    """``etter X, før Y``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    has_clock: ClassVar[bool] = False
    is_written_day: ClassVar[bool] = False
    lower: After | Since
    upper: Before | By

    @property
    def references(self) -> tuple[str, ...]:
        """The activities that either end names."""
        return self.lower.references + self.upper.references

    @property
    def is_counted(self) -> bool:
        """Whether an end is counted."""
        return self.lower.is_counted or self.upper.is_counted


@final
class Unset(Standalone, frozen=True, gc=False):
    """``ikke fastsatt``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.UNSET


When = Point | Range | Timed | HoursEachDay | Offset | Relation | Between | Unset
