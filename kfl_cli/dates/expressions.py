"""The expressions of the date language, made of points: immutable values, which know neither plan nor text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

from msgspec import Struct

from kfl_cli.dates.points import Point
from kfl_cli.dates.windows import Kind, Precision

if TYPE_CHECKING:
    from datetime import date, time

    from kfl_cli.language.vocabularies import Unit

FARTHEST = 9999
"""Days, weeks or months in an offset."""


@final
class Range(Struct, frozen=True, gc=False):
    """``18.–19. januar 2018``, ``mars–juni 2018``, ``høst 2017 – høst 2018``."""

    first: Point
    last: Point

    @property
    def kind(self) -> Kind:
        """An event where both ends are days."""
        return Kind.EVENT if self.first.kind is self.last.kind is Kind.EVENT else Kind.PERIOD

    @property
    def precision(self) -> Precision:
        """The unit of its ends, where they have the same."""
        return self.first.precision if type(self.first) is type(self.last) else Precision.RANGE


@final
class Timed(Struct, frozen=True, gc=False):
    """``31.10.2017 kl. 09.30–15.30``; no end time where none is written."""

    kind: ClassVar[Kind] = Kind.EVENT
    precision: ClassVar[Precision] = Precision.TIME
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

    kind: ClassVar[Kind] = Kind.EVENT
    precision: ClassVar[Precision] = Precision.DAY
    amount: int
    unit: Unit
    before: bool
    anchor: Anchor


Anchor = Point | Range | Timed | Reference | Offset


@final
class Before(Struct, frozen=True, gc=False):
    """``før X``: a deadline on the day before X's first day."""

    kind: ClassVar[Kind] = Kind.DEADLINE
    precision: ClassVar[Precision] = Precision.DAY
    anchor: Anchor


@final
class By(Struct, frozen=True, gc=False):
    """``senest X``: a deadline on X's last day."""

    kind: ClassVar[Kind] = Kind.DEADLINE
    precision: ClassVar[Precision] = Precision.DAY
    anchor: Anchor


@final
class After(Struct, frozen=True, gc=False):
    """``etter X``: from the day after X's last day."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    anchor: Anchor


@final
class Since(Struct, frozen=True, gc=False):
    """``fra X``: from X's first day."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    anchor: Anchor


Relation = Before | By | After | Since


@final
class Between(Struct, frozen=True, gc=False):
    """``etter X, før Y``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.RANGE
    lower: After | Since
    upper: Before | By


@final
class Unset(Struct, frozen=True, gc=False):
    """``ikke fastsatt``."""

    kind: ClassVar[Kind] = Kind.PERIOD
    precision: ClassVar[Precision] = Precision.UNSET


When = Point | Range | Timed | Offset | Relation | Between | Unset
