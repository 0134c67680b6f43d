"""Marks: the dates of a track as dots and boxes, those that would overlap as one.

Positions and widths are lengths along the track, in units of the drawing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind
from kfl_cli.plan.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from kfl_cli.exports.drawings.lettering import Captions
    from kfl_cli.exports.numbering import DateNumbers
    from kfl_cli.schedule.occurrence import Occurrence

_GAP = 4.0
"""Least distance between two marks."""


class Point(Struct, frozen=True):
    """A point of the drawing, counted from its middle (wheel) or its upper left corner (timeline)."""

    x: float
    y: float


class Mark(Struct, frozen=True):
    """One or several dates of a track."""

    at: Point
    """Its middle."""
    turn: float
    """Degrees by which a wide mark is turned, so that it lies along its ring."""
    half_width: float
    half_height: float
    font: float | None
    """Height of its font; None where it is that of the drawing."""
    numbers: str
    """The numbers of its dates, empty in a small drawing: «15–17»."""
    kind: str
    """``event``, ``deadline`` or ``several``."""
    tentative: bool
    texts: tuple[str, ...]
    """Text of each date."""
    ids: tuple[str, ...]
    """The occurrences."""

    @property
    def wide(self) -> bool:
        """Whether it is wider than a dot."""
        return self.half_width > self.half_height + 2


class Cluster(Struct, frozen=True):
    """Dates that become one mark, and the place of it on the track."""

    occurrences: tuple[Occurrence, ...]
    middle: float
    half_width: float
    """Half the gap to its neighbours included."""
    lane: int


def day_of(occurrence: Occurrence) -> date:
    """Return the day under which an occurrence stands: its first, of a deadline its last."""
    start, end = occurrence.window.start, occurrence.window.end
    day = end if occurrence.kind is Kind.DEADLINE else start or end
    if day is None:  # pragma: no cover  undated occurrences have no mark
        raise ValueError(occurrence.id)
    return day


def clusters(
    occurrences: Iterable[Occurrence],
    position: Callable[[date], float],
    half_width: Callable[[Sequence[Occurrence]], float],
    lanes: int = 1,
    ends: tuple[float, float] = (-math.inf, math.inf),
) -> list[Cluster]:
    """Return the clusters of a track: each date in the first lane with room, else one with those that it overlaps.

    ``position`` places a day, ``half_width`` measures the mark of some dates. No cluster reaches over the ``ends``.
    """
    by_lane: list[list[Cluster]] = [[] for _ in range(lanes)]

    def cluster(dates: tuple[Occurrence, ...], lane: int) -> Cluster:
        half = half_width(dates) + _GAP / 2
        middle = (position(day_of(dates[0])) + position(day_of(dates[-1]))) / 2
        return Cluster(dates, min(max(middle, ends[0] + half), ends[1] - half), half, lane)

    for occurrence in sorted(occurrences, key=lambda each: (day_of(each), each.order)):
        candidates = [cluster((occurrence,), lane) for lane in range(lanes)]
        free = (candidate for candidate in candidates if not _overlaps(by_lane[candidate.lane], candidate))
        placed = next(free, candidates[-1])
        before = by_lane[placed.lane]
        while _overlaps(before, placed):
            placed = cluster(before.pop().occurrences + placed.occurrences, placed.lane)
        before.append(placed)
    return [placed for lane in by_lane for placed in lane]


def _overlaps(before: list[Cluster], cluster: Cluster) -> bool:
    """Return whether a cluster lies on the last of those before it."""
    return bool(before) and before[-1].middle + before[-1].half_width > cluster.middle - cluster.half_width


def numbers_of(dates: Sequence[Occurrence], numbers: DateNumbers) -> str:
    """Return the numbers of a mark: «15», «15–17», «18, 21», or the first and how many more."""
    first, last = numbers.of(dates[0]), numbers.of(dates[-1])
    if len(dates) == 1:
        return first
    if int(last) - int(first) + 1 == len(dates):
        return f"{first}–{last}"
    return f"{first}, {last}" if len(dates) == 2 else f"{first} +{len(dates) - 1}"  # noqa: PLR2004  a pair


def mark_of(
    cluster: Cluster,
    captions: Captions,
    at: Point,
    half_width: float,
    half_height: float,
    numbers: str,
    *,
    turn: float = 0,
    font: float | None = None,
) -> Mark:
    """Return the mark of a cluster at a point."""
    dates = cluster.occurrences
    kinds = {occurrence.kind for occurrence in dates}
    return Mark(
        at=at,
        turn=turn,
        half_width=round(half_width, 1),
        half_height=round(half_height, 1),
        font=font,
        numbers=numbers,
        kind="several" if len(kinds) > 1 else "deadline" if Kind.DEADLINE in kinds else "event",
        tentative=all(occurrence.status is Status.TENTATIVE for occurrence in dates),
        texts=tuple(captions.texts[occurrence.id] for occurrence in dates),
        ids=tuple(occurrence.id for occurrence in dates),
    )
