"""The days that a date comes to, and what such a date is to its readers."""

from __future__ import annotations

import enum
from datetime import date

from msgspec import Struct

from kfl_cli.language.vocabularies import Season

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are refused as slips of the pen."""


class Window(Struct, frozen=True, gc=False):
    """First and last day, both included; None where open. Both None: not yet dated."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"{self.end} is before {self.start}")

    @property
    def unset(self) -> bool:
        """Whether neither end is known."""
        return self.start is None and self.end is None

    def within(self, other: Window) -> bool:
        """Return whether no known end of this window lies outside ``other``."""
        lower, upper = other.start or date.min, other.end or date.max
        return all(lower <= end <= upper for end in (self.start, self.end) if end is not None)


UNSET = Window(None, None)


class Kind(enum.Enum):
    """The kind of an occurrence, as its readers see it."""

    EVENT = "event"
    PERIOD = "window"
    DEADLINE = "deadline"


PERIOD, DEADLINE = Kind.PERIOD, Kind.DEADLINE
"""For what is asked of each of many dates: to look up a member of an Enum takes Python 3.11 as long as a call."""


class Precision(enum.Enum):
    """How exactly a date is known: the unit that its author wrote; a deadline and an offset are days."""

    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    UNSET = "unset"


Seasons = tuple[tuple[Season, tuple[int, int], tuple[int, int]], ...]
"""Season, (month, day) of its first day, (month, day) of its last; a last before its first lies in the next year."""

SEASONS: Seasons = ((Season.SPRING, (1, 1), (6, 30)), (Season.AUTUMN, (8, 1), (12, 31)))
"""The half-years where the plan sets none: vår 1.1.–30.6., høst 1.8.–31.12."""
