"""The layout of the year wheel as plain numbers; a template draws it.

A wheel is a school year, from August at the top, clockwise. Its rings are, from the outside in: weeks, months, a track
for all, one for each region (or for the groups of the selected one), and the periods.

Angles are degrees, 0 at the top and clockwise; lengths are units of the drawing.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.exports.drawings.circle import CurvedLabel, curved_label, point_at, sector
from kfl_cli.exports.drawings.closed_days import closed_on
from kfl_cli.exports.drawings.lettering import DIGIT_WIDTH, Captions, bold_width
from kfl_cli.exports.drawings.marks import Cluster, Mark, Point, clusters, mark_of, numbers_of
from kfl_cli.exports.drawings.periods import Lanes, YearPeriod, periods_in
from kfl_cli.exports.drawings.school_year import FIRST_MONTH, by_school_year, ends_of, season_class
from kfl_cli.exports.drawings.tracks import Track, by_track, tracks
from kfl_cli.exports.numbering import DateNumbers, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_ARC = 320.0
"""Degrees that a year takes; the rest is for the names of the rings."""


_MOST_RINGS = 7
"""Rings for regions; more regions than that share one ring."""


_LANES = 4
"""Lanes for periods; those for which there is none stand in the table only."""


class Size(Struct, frozen=True):
    """The measures of a drawing: a large one with numbers, or a small one for a phone."""

    radius: float
    months: tuple[float, float]
    """Inner and outer radius of the ring of months."""
    rings: tuple[float, float]
    """Inner and outer radius of the rings for all and for regions."""
    periods: tuple[float, float]
    """Inner and outer radius of the ring of periods."""
    font: float
    mark: float
    """Half the height of a mark."""
    numbered: bool


LARGE = Size(420, (350, 388), (190, 344), (104, 184), 15, 12, numbered=True)


SMALL = Size(160, (126, 152), (66, 122), (36, 62), 13, 4, numbered=False)


class MonthSector(Struct, frozen=True):
    """A month of the ring of months."""

    path: str
    label: CurvedLabel
    season: str
    """``spring``, ``summer`` or ``autumn``."""
    border: tuple[Point, Point, Point]
    """Points of its beginning: at the innermost period, at the innermost ring, and outside."""


class WeekTick(Struct, frozen=True):
    """The beginning of a week outside the ring of months."""

    inner: Point
    outer: Point
    label: CurvedLabel | None
    """The number of every second week."""


class ClosedArc(Struct, frozen=True):
    """A closed period in a ring."""

    path: str
    title: str


class Ring(Struct, frozen=True):
    """A track as a ring."""

    name: str
    leaves: frozenset[str] | None
    """The smallest groups that it is for; None for all."""
    radius: float
    width: float
    path: str
    label: CurvedLabel | None
    """Its name, where there is room for it."""
    marks: tuple[Mark, ...]
    closed: tuple[ClosedArc, ...]


class PeriodArc(Struct, frozen=True):
    """A period, or the part of it that lies in the year."""

    path: str
    label: CurvedLabel | None
    """Its letter, where there is room for it."""
    letter: str
    open_end: bool
    title: str
    ids: tuple[str, ...]


class Wheel(Struct, frozen=True):
    """A school year."""

    first: date
    last: date
    size: Size
    months: tuple[MonthSector, ...]
    weeks: tuple[WeekTick, ...]
    rings: tuple[Ring, ...]
    periods: tuple[PeriodArc, ...]
    left_out: int
    """Number of periods for which there is no lane."""
    arc: float = _ARC
    """Degrees that the year takes."""

    @property
    def marked(self) -> int:
        """Number of dates that are marked."""
        return len({id_ for ring in self.rings for mark in ring.marks for id_ in mark.ids})


def wheels(
    schedule: Schedule,
    numbers: DateNumbers,
    captions: Captions,
    selected: frozenset[str],
    size: Size,
    closed: Sequence[ClosedPeriod] = (),
) -> list[Wheel]:
    """Return a wheel for each school year in which something is dated.

    ``selected`` are the leaves of the selected region, empty without one; ``closed`` are the closed periods to show.
    """
    years = by_school_year(schedule.occurrences, schedule.plan)
    return [
        _WheelLayout(schedule, numbers, captions, selected, closed, size, year).wheel(occurrences)
        for year, occurrences in years.items()
    ]


class _WheelLayout(Struct, frozen=True):
    """Places the occurrences of a school year."""

    schedule: Schedule
    numbers: DateNumbers
    captions: Captions
    selected: frozenset[str]
    closed: Sequence[ClosedPeriod]
    size: Size
    year: int

    def wheel(self, occurrences: list[Occurrence]) -> Wheel:
        first, last = ends_of(self.year)
        periods, left_out = self.periods([each for each in occurrences if not is_mark(each)])
        return Wheel(
            first=first,
            last=last,
            size=self.size,
            months=_months(self.year, self.size, self.captions.months),
            weeks=_weeks(self.year, self.size) if self.size.numbered else (),
            rings=tuple(self.rings([each for each in occurrences if is_mark(each)])),
            periods=periods,
            left_out=left_out,
        )

    # rings

    def rings(self, dates: list[Occurrence]) -> Iterator[Ring]:
        """Return the rings from the outside in."""
        plan = self.schedule.plan
        ordered = tracks(plan, self.selected, self.captions.for_all, _MOST_RINGS)
        dates_by_track = by_track(dates, ordered, plan, self.selected)
        inner, outer = self.size.rings
        width = (outer - inner) / len(ordered)
        for index, (track, on_it) in enumerate(zip(ordered, dates_by_track, strict=True)):
            radius = outer - width * (index + 0.5)
            yield self.ring(track, radius, width, tuple(self.marks(on_it, radius, width)))

    def ring(self, track: Track, radius: float, width: float, marks: tuple[Mark, ...]) -> Ring:
        size = self.size
        fits = bold_width(track.name) * size.font < math.radians(360 - _ARC) * radius - 8
        label = curved_label(track.name, (360 + _ARC) / 2, radius, size.font) if fits and size.numbered else None
        path = sector(0, _ARC, radius - width / 2, radius + width / 2)
        closed = tuple(self.closed_arcs(track, radius, width))
        return Ring(track.name, track.leaves, round(radius, 1), round(width, 1), path, label, marks, closed)

    def closed_arcs(self, track: Track, radius: float, width: float) -> Iterator[ClosedArc]:
        """Return the closed periods of a ring."""
        for id_, first, last in closed_on(track, self.closed, *ends_of(self.year)):
            start, end = _angle_of(first, self.year), _angle_of(last + timedelta(days=1), self.year)
            path = sector(start, end, radius - width / 2 + 1, radius + width / 2 - 1)
            yield ClosedArc(path, self.captions.texts[id_])

    def marks(self, dates: list[Occurrence], radius: float, width: float) -> Iterator[Mark]:
        """Return the marks of a ring."""
        half_height = min(self.size.mark, width / 2 - 2)
        placed = clusters(
            dates,
            lambda day: math.radians(_angle_of(day, self.year)) * radius,
            lambda together: self.half_width(together, half_height),
        )
        for cluster in placed:
            yield self.mark(cluster, math.degrees(cluster.middle / radius), radius, half_height)

    def half_width(self, dates: Sequence[Occurrence], half_height: float) -> float:
        """Return half the width of the mark of some dates: a dot, or what their numbers need."""
        if not self.size.numbered:
            return half_height
        text = numbers_of(dates, self.numbers)
        return max(half_height, len(text) * self.font(half_height) * DIGIT_WIDTH / 2 + 5)

    def font(self, half_height: float) -> float:
        """Return the height of the font in a mark."""
        return min(self.size.font, half_height * 1.25)

    def mark(self, cluster: Cluster, angle: float, radius: float, half_height: float) -> Mark:
        half_width = self.half_width(cluster.occurrences, half_height)
        upside_down = 90 < angle % 360 < 270  # noqa: PLR2004  the lower half
        return mark_of(
            cluster,
            self.captions,
            point_at(angle, radius),
            half_width,
            half_height,
            numbers_of(cluster.occurrences, self.numbers) if self.size.numbered else "",
            turn=round(angle - 180 * upside_down, 1) if half_width > half_height + 2 else 0,
            font=round(self.font(half_height), 1),
        )

    # periods

    def periods(self, occurrences: list[Occurrence]) -> tuple[tuple[PeriodArc, ...], int]:
        """Return the periods packed in lanes, the longest outermost, and the number of those without a lane."""
        lanes = Lanes(_LANES)
        placed, left_out = [], 0
        for period in periods_in(self.year, occurrences, self.numbers, self.schedule.plan):
            start = _angle_of(period.first, self.year)
            end = max(_angle_of(period.last + timedelta(days=1), self.year), start + 1)
            lane = lanes.take(start, end)
            if lane is None:
                left_out += 1
            else:
                placed.append(self.period(period, start, end, lane))
        return tuple(placed), left_out

    def period(self, period: YearPeriod, start: float, end: float, lane: int) -> PeriodArc:
        """Return a period between two angles in a lane."""
        inner, outer = self.size.periods
        width = (outer - inner) / _LANES
        radius = outer - width * (lane + 0.5)
        room = math.radians(end - start) * radius
        fits = self.size.numbered and room > len(period.letter) * self.size.font * DIGIT_WIDTH + 6
        label = curved_label(period.letter, (start + end) / 2, radius, self.size.font) if fits else None
        path = sector(start, end, radius - width / 2 + 1, radius + width / 2 - 1)
        title = self.captions.texts[period.ids[0]]
        return PeriodArc(path, label, period.letter, period.open_end, title, period.ids)


def _angle_of(day: date, year: int) -> float:
    """Return the angle at which a day begins in a school year; days outside it are at its ends."""
    first, last = ends_of(year)
    inside = min(max(day, first), last + timedelta(days=1))
    return (inside - first).days / ((last - first).days + 1) * _ARC


# --- months and weeks, kept in memory since all wheels of a school year share them -----------------------------------


@cache
def _months(year: int, size: Size, names: tuple[str, ...]) -> tuple[MonthSector, ...]:
    inner, outer = size.months
    sectors = []
    for step in range(12):
        month = (FIRST_MONTH - 1 + step) % 12
        first = date(year + (month + 1 < FIRST_MONTH), month + 1, 1)
        following = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
        start, end = _angle_of(first, year), _angle_of(following, year)
        name = f"{names[month]} {first.year}" if month in {0, FIRST_MONTH - 1} else names[month]
        label = curved_label(name if size.numbered else name[:3], (start + end) / 2, (inner + outer) / 2, size.font)
        border = point_at(start, size.periods[0]), point_at(start, size.rings[0]), point_at(start, outer)
        sectors.append(MonthSector(sector(start, end, inner, outer), label, season_class(month + 1), border))
    return tuple(sectors)


@cache
def _weeks(year: int, size: Size) -> tuple[WeekTick, ...]:
    outer = size.months[1]
    first, last = ends_of(year)
    monday = first + timedelta(days=-first.weekday() % 7)
    ticks = []
    while monday <= last:
        week, angle = monday.isocalendar().week, _angle_of(monday, year)
        middle = _angle_of(monday + timedelta(days=3), year)
        label = curved_label(str(week), middle, outer + 20, 15) if week % 2 == 0 else None
        ticks.append(WeekTick(point_at(angle, outer + 2), point_at(angle, outer + 8), label))
        monday += timedelta(days=7)
    return tuple(ticks)
