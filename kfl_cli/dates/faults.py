"""The faults that a date can have: each is one class, which says its rule and its sentence.

What could be written instead is worked out by ``suggestions``, from the fault and the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

from msgspec import Struct

from kfl_cli.dates.expressions import FARTHEST
from kfl_cli.dates.windows import FIRST_YEAR, LAST_YEAR
from kfl_cli.findings.finding import Advice, offer
from kfl_cli.findings.rules.dates import (
    END_BEFORE_START,
    IMPOSSIBLE_DATE,
    SHORT_YEAR,
    UNREADABLE_DATE,
    WRONG_WEEKDAY,
    YEARLESS_DATE,
)
from kfl_cli.language.message import Message, did_you_mean

if TYPE_CHECKING:
    from kfl_cli.dates.expressions import Range
    from kfl_cli.dates.points import Day, Nonexistent, Partial, Point
    from kfl_cli.findings.finding import Remedy, Rule, Span
    from kfl_cli.language.vocabularies import SchoolYear


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


def _unreadable(text: str) -> Message:
    return Message("«{text}» is not a date kfl can read", text=text)


@final
class Unreadable(Struct, frozen=True):
    """A text that the grammar has no reading for."""

    rule: ClassVar[Rule] = UNREADABLE_DATE

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return _unreadable(text)


@final
class UnreadableClock(Struct, frozen=True):
    """``kl. 0930``, ``kl. 9.5``."""

    rule: ClassVar[Rule] = UNREADABLE_DATE

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return _unreadable(text)


@final
class SinceRange(Struct, frozen=True):
    """``fra mars–juni 2018``: would be read as without an end, and is meant with one."""

    rule: ClassVar[Rule] = UNREADABLE_DATE
    start: int
    """Where «fra» begins in the text."""
    end: int
    """Where the range begins."""

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return _unreadable(text)


@final
class SlashDate(Struct, frozen=True):
    """``8/9 2017``: 8 September to Norwegians, 9 August to others. And ``3/2018``."""

    rule: ClassVar[Rule] = UNREADABLE_DATE
    start: int
    end: int
    meant: Partial | Point | Range

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return _unreadable(text)


@final
class SingleSchoolYear(Struct, frozen=True):
    """``skoleåret 2017``."""

    rule: ClassVar[Rule] = UNREADABLE_DATE
    year: int
    name: SchoolYear

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» names one year, but a school year lies in two", text=text)


@final
class SchoolYearApart(Struct, frozen=True):
    """``skoleåret 2017/2019``."""

    rule: ClassVar[Rule] = IMPOSSIBLE_DATE
    year: int
    name: SchoolYear

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» does not name two years in a row", text=text)


@final
class NoSuchPoint(Struct, frozen=True):
    """``31. februar 2018``, ``uke 53 2018``."""

    rule: ClassVar[Rule] = IMPOSSIBLE_DATE
    partial: Partial
    why: Nonexistent

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}»: {reason}", text=text, reason=self.why.reason)


@final
class NoSuchTime(Struct, frozen=True):
    """``kl. 25.00``."""

    rule: ClassVar[Rule] = IMPOSSIBLE_DATE
    hour: int
    minute: int
    start: int
    """Where it begins in the text."""
    end: int

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        minute = f"{self.minute:02}"
        return Message("«{text}» has no clock time {hour}.{minute}", text=text, hour=self.hour, minute=minute)


@final
class YearOutside(Struct, frozen=True):
    """``31.12.1899``."""

    rule: ClassVar[Rule] = IMPOSSIBLE_DATE
    year: int

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message(
            "the year {year} in «{text}» is outside {first}–{last}",
            year=self.year,
            text=text,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )


@final
class TooFar(Struct, frozen=True):
    """``10000 dager før X``."""

    rule: ClassVar[Rule] = IMPOSSIBLE_DATE

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» counts further than {most}", text=text, most=FARTHEST)


@final
class MissingYear(Struct, frozen=True):
    """``8. september``, ``mars–juni``: all but the year is there."""

    rule: ClassVar[Rule] = YEARLESS_DATE
    first: Partial
    last: Partial | None = None
    """The other end of a range."""

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» has no year", text=text)


@final
class ShortYear(Struct, frozen=True):
    """``8.9.17``; with ``meant``, what stands from ``start`` to ``end`` is not written as kfl reads it either."""

    rule: ClassVar[Rule] = SHORT_YEAR
    start: int
    end: int
    meant: Partial | None = None

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» has a year of two digits", text=text)


@final
class ReversedRange(Struct, frozen=True):
    """``19.–18. januar 2018``."""

    rule: ClassVar[Rule] = END_BEFORE_START
    first: Partial
    """As it was written: without what stands behind the last alone."""
    last: Partial
    ends: Range

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» ends before it starts", text=text)


@final
class ReversedClock(Struct, frozen=True):
    """``kl. 15.30–09.30``."""

    rule: ClassVar[Rule] = END_BEFORE_START

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» does not end after it starts", text=text)


@final
class WrongWeekday(Struct, frozen=True):
    """``torsdag 8. september 2017``, which is a Friday."""

    rule: ClassVar[Rule] = WRONG_WEEKDAY
    partial: Partial
    day: Day
    week: tuple[int, int] | None
    """Where the number of a week that is noted behind the day begins and ends."""

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» has the wrong weekday", text=text)


@final
class WrongWeek(Struct, frozen=True):
    """``8. september 2017 (uke 37)``, which is in week 36."""

    rule: ClassVar[Rule] = WRONG_WEEKDAY
    start: int
    end: int
    weeks: str
    """The number that belongs there, or the first and the last."""

    def message(self, text: str) -> Message:
        """Return the sentence for ``text``."""
        return Message("«{text}» has the wrong week", text=text)


Fault = (
    Unreadable
    | UnreadableClock
    | SinceRange
    | SlashDate
    | SingleSchoolYear
    | SchoolYearApart
    | NoSuchPoint
    | NoSuchTime
    | YearOutside
    | TooFar
    | MissingYear
    | ShortYear
    | ReversedRange
    | ReversedClock
    | WrongWeekday
    | WrongWeek
)


class DateFaultError(Exception):
    """Ends the reading of one date; never leaves ``kfl_cli.dates``."""

    def __init__(self, fault: Fault) -> None:
        """Carry ``fault``."""
        super().__init__(fault)
        self.fault = fault
