"""What the drawings have in common: who has a row, which dates become one mark, which period lies where.

A row is a ring of the wheel or a line of the timeline. Positions are lengths along a row, in units of the drawing.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind
from kfl_cli.exports.numbering import DateNumbers, is_mark
from kfl_cli.plan.model import Plan, Status
from kfl_cli.schedule.select import within_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kfl_cli.schedule.occurrence import Occurrence

FIRST_MONTH = 8


DIGIT = 0.62
"""Width of a sign, as a share of the height of its font."""


AIR = 4.0
"""Between two marks."""


class Captions(Struct, frozen=True):
    """The words of a drawing."""

    months: tuple[str, ...]
    for_all: str
    texts: dict[str, str]
    """What readers see of an occurrence, by its id."""
    day_point: str = "."
    """What follows the number of a day."""


class Point(Struct, frozen=True):
    """A place in the drawing, seen from its middle (wheel) or its upper left corner (timeline)."""

    x: float
    y: float


class Mark(Struct, frozen=True):
    """One or several dates of a row."""

    at: Point
    turn: float
    """How a wide mark is turned, so that it lies along its ring."""
    half: float
    """Half its width, along the row."""
    height: float
    """Half its height."""
    font: float | None
    """None where it is that of the drawing."""
    label: str
    kind: str
    """``event``, ``deadline`` or ``several``."""
    tentative: bool
    texts: tuple[str, ...]
    """What it stands for, one a date."""
    ids: tuple[str, ...]
    """The occurrences."""

    @property
    def wide(self) -> bool:
        """Whether it is more than a dot."""
        return self.half > self.height + 2


class Cluster(Struct, frozen=True):
    """Dates that are one mark, and where it stands."""

    occurrences: tuple[Occurrence, ...]
    middle: float
    half: float
    lane: int


class Stretch(Struct, frozen=True):
    """A period, or what lies of it in a school year; occurrences of one letter are one."""

    letter: str
    first: date
    last: date
    open_end: bool
    ids: tuple[str, ...]

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.last - self.first).days + 1


class Track(Struct, frozen=True):
    """Who has a ring or a line of their own; no parts for what is for all."""

    name: str
    parts: frozenset[str] | None


# --- school years ----------------------------------------------------------------------------------------------------


def drawn(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return what drawings show: all that is dated and not cancelled."""
    return [each for each in occurrences if not each.window.unset and each.status is not Status.CANCELLED]


def school_years(occurrences: Iterable[Occurrence], plan: Plan) -> list[int]:
    """Return the school years in which something is dated, by the year of their August."""
    return sorted({year for each in occurrences for year in years_of(each, plan)})


def years_of(occurrence: Occurrence, plan: Plan) -> Iterable[int]:
    """Return the school years that an occurrence reaches into; one without end, until the end of the plan's period."""
    window = within_period(occurrence.window, plan)
    start, end = window.start, window.end
    first, last = start or end, end or start
    if first is None or last is None or is_mark(occurrence):
        day = last or first
        return [school_year(day)] if day else []
    return range(school_year(first), school_year(last) + 1)


def school_year(day: date) -> int:
    """Return the year in whose August a school year begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def year_bounds(year: int) -> tuple[date, date]:
    """Return the first and the last day of a school year."""
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 1) - timedelta(days=1)


def season_of(month: int) -> str:
    """Return the half-year whose colour a month has: ``spring``, ``autumn``, or ``summer`` between them."""
    return "spring" if month < FIRST_MONTH - 1 else "summer" if month < FIRST_MONTH else "autumn"


def day_of(occurrence: Occurrence) -> date:
    """Return the day on which an occurrence stands: its first, of a deadline its last."""
    start, end = occurrence.window.start, occurrence.window.end
    day = end if occurrence.kind is Kind.DEADLINE else start or end
    if day is None:  # pragma: no cover  undated occurrences have no mark
        raise ValueError(occurrence.id)
    return day


# --- rows ------------------------------------------------------------------------------------------------------------


def rows(plan: Plan, leaves: frozenset[str], for_all: str, most: int | None = None) -> list[Track]:
    """Return a row for all and one for each region, or for each group of the only one that is selected.

    ``leaves`` are the smallest parts of the selected region, if any; more than ``most`` regions share one row.
    """
    inside = leaves or plan.scopes.leaf_set()
    own = [Track(region.name, plan.scopes.leaf_set((region.id,))) for region in plan.regions]
    own = [track for track in own if track.parts and not track.parts.isdisjoint(inside)]
    if len(own) == 1:
        own = [Track(plan.scopes.names[leaf], frozenset({leaf})) for leaf in plan.scopes.leaves() if leaf in inside]
    elif most is not None and len(own) > most:
        own = [Track(", ".join(row.name for row in own[:2]) + " …", inside)]
    return [Track(for_all, None), *own]


def by_row(
    occurrences: Iterable[Occurrence], found: Sequence[Track], plan: Plan, leaves: frozenset[str]
) -> list[list[Occurrence]]:
    """Return what stands in each row: in the first what is for all, in the others what is for some."""
    inside = leaves or plan.scopes.leaf_set()
    where = {leaf: index for index, row in enumerate(found) for leaf in row.parts or ()}
    stands: list[list[Occurrence]] = [[] for _ in found]
    for occurrence in occurrences:
        own = plan.scopes.leaf_set(occurrence.scopes) if occurrence.scopes else inside
        for_all = not occurrence.scopes or (own >= inside and len(leaves) != 1)
        for index in [0] if for_all else sorted({where[leaf] for leaf in own & inside}):
            stands[index].append(occurrence)
    return stands


# --- marks -----------------------------------------------------------------------------------------------------------


def groups(
    occurrences: Iterable[Occurrence],
    position: Callable[[date], float],
    half_width: Callable[[Sequence[Occurrence]], float],
    lanes: int = 1,
    ends: tuple[float, float] = (-math.inf, math.inf),
) -> list[Cluster]:
    """Return the marks of a row: each in the first lane with room; where there is none, those that overlap are one.

    None reaches over the ``ends`` of the row.
    """
    placed: list[list[Cluster]] = [[] for _ in range(lanes)]

    def grouped(own: tuple[Occurrence, ...], lane: int) -> Cluster:
        half = half_width(own) + AIR / 2
        middle = (position(day_of(own[0])) + position(day_of(own[-1]))) / 2
        return Cluster(own, min(max(middle, ends[0] + half), ends[1] - half), half, lane)

    for occurrence in sorted(occurrences, key=lambda each: (day_of(each), each.order)):
        alone = [grouped((occurrence,), lane) for lane in range(lanes)]
        free = (each for each in alone if not _overlaps(placed[each.lane], each))
        group = next(free, alone[-1])
        own = placed[group.lane]
        while _overlaps(own, group):
            group = grouped(own.pop().occurrences + group.occurrences, group.lane)
        own.append(group)
    return [group for lane in placed for group in lane]


def _overlaps(before: list[Cluster], group: Cluster) -> bool:
    return bool(before) and before[-1].middle + before[-1].half > group.middle - group.half


def label_of(group: Sequence[Occurrence], numbers: DateNumbers) -> str:
    """Return the numbers of a mark: «15», «15–17», «18, 21», or the first and how many more."""
    first, last = numbers.of(group[0]), numbers.of(group[-1])
    if len(group) == 1:
        return first
    if int(last) - int(first) + 1 == len(group):
        return f"{first}–{last}"
    return f"{first}, {last}" if len(group) == 2 else f"{first} +{len(group) - 1}"  # noqa: PLR2004


def kind_of(group: Sequence[Occurrence]) -> str:
    """Return the shape of a mark."""
    kinds = {each.kind for each in group}
    return "several" if len(kinds) > 1 else "deadline" if Kind.DEADLINE in kinds else "event"


def mark_of(
    own: tuple[Occurrence, ...],
    names: Captions,
    at: Point,
    half: float,
    height: float,
    label: str,
    *,
    turn: float = 0,
    font: float | None = None,
) -> Mark:
    """Return the mark of some dates at a place."""
    return Mark(
        at=at,
        turn=turn,
        half=round(half, 1),
        height=round(height, 1),
        font=font,
        label=label,
        kind=kind_of(own),
        tentative=all(each.status is Status.TENTATIVE for each in own),
        texts=tuple(names.texts[each.id] for each in own),
        ids=tuple(each.id for each in own),
    )


def bold_width(text: str) -> float:
    """Return about how wide a bold text is at most, in heights of its font."""
    return sum(_bold_width(sign) for sign in text)


def _bold_width(sign: str) -> float:
    if sign in "WMÆŒ@%" or unicodedata.east_asian_width(sign) in "WF":
        return 1.1
    return 0.82 if sign.isupper() else 0.65


# --- periods ---------------------------------------------------------------------------------------------------------


def stretches(occurrences: Iterable[Occurrence], numbers: DateNumbers, year: int, plan: Plan) -> list[Stretch]:
    """Return the periods of a school year, the longest first."""
    first, last = year_bounds(year)
    by_letter: dict[str, list[Occurrence]] = {}
    for each in occurrences:
        by_letter.setdefault(numbers.of(each), []).append(each)
    found = []
    for letter, own in by_letter.items():
        ends = [within_period(each.window, plan).end or last for each in own]
        open_end = any(each.window.end is None for each in own)
        start = max(min(each.window.start or first for each in own), first)
        stop = min(max(ends), last)
        found.append(Stretch(letter, start, max(start, stop), open_end, tuple(each.id for each in own)))
    return sorted(found, key=lambda each: (-each.days, len(each.letter), each.letter))


def lane_for(lanes: list[list[tuple[float, float]]], start: float, end: float) -> int | None:
    """Take the first lane in which nothing lies between two positions, and return it; None where there is none."""
    for index, taken in enumerate(lanes):
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            return index
    return None
