"""Periods of a school year, and lanes in which none lies on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.exports.drawings.school_year import ends_of
from kfl_cli.schedule.select import within_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kfl_cli.exports.numbering import DateNumbers
    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Occurrence


class YearPeriod(Struct, frozen=True):
    """A period, or the part of it that lies in a school year; occurrences with the same letter are one."""

    letter: str
    first: date
    last: date
    open_end: bool
    ids: tuple[str, ...]
    """The occurrences."""

    @property
    def days(self) -> int:
        """Its length."""
        return (self.last - self.first).days + 1


def periods_in(
    school_year: int, occurrences: Iterable[Occurrence], numbers: DateNumbers, plan: Plan
) -> list[YearPeriod]:
    """Return the periods of a school year, the longest first."""
    year_first, year_last = ends_of(school_year)
    by_letter: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        by_letter.setdefault(numbers.of(occurrence), []).append(occurrence)
    periods = []
    for letter, alike in by_letter.items():
        open_end = any(occurrence.window.end is None for occurrence in alike)
        first = max(min(occurrence.window.start or year_first for occurrence in alike), year_first)
        ends = [within_period(occurrence.window, plan).end or year_last for occurrence in alike]
        last = min(max(ends), year_last)
        ids = tuple(occurrence.id for occurrence in alike)
        periods.append(YearPeriod(letter, first, max(first, last), open_end, ids))
    return sorted(periods, key=lambda period: (-period.days, len(period.letter), period.letter))


class Lanes:
    """Lanes beside each other, each with the stretches between two positions that are taken."""

    def __init__(self, number: int) -> None:
        """Make a number of free lanes."""
        self.taken: list[list[tuple[float, float]]] = [[] for _ in range(number)]

    def take(self, start: float, end: float) -> int | None:
        """Take the first lane that is free between two positions, and return its index; None where there is none."""
        for index, stretches in enumerate(self.taken):
            if all(end <= before or after <= start for before, after in stretches):
                stretches.append((start, end))
                return index
        return None

    @property
    def used(self) -> int:
        """The number of lanes with something in them."""
        return sum(bool(stretches) for stretches in self.taken)
