"""The year wheel: where everything stands, as plain numbers. A template draws it.

A wheel is a school year, from August at the top, clockwise. Its rings are, from the outside in: weeks, months, what is
for all, each region (or the groups of the one that is selected), and the periods.

Angles are degrees, 0 at the top and clockwise; lengths are units of the drawing.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.exports.drawings.rows import (
    DIGIT,
    FIRST_MONTH,
    Captions,
    Cluster,
    Mark,
    Point,
    Track,
    bold_width,
    by_row,
    drawn,
    groups,
    label_of,
    lane_for,
    mark_of,
    rows,
    school_years,
    season_of,
    stretches,
    year_bounds,
    years_of,
)
from kfl_cli.exports.numbering import DateNumbers, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_TURN = 320.0
"""Degrees that a year takes; the rest is for the names of the rings."""


_MOST_RINGS = 7
"""Rings for regions; of more, all regions share one."""


_MOST_LANES = 4
"""Lanes for periods; what does not fit stands in the table only."""


class Size(Struct, frozen=True):
    """The measures of a drawing: a large one with numbers, or a small one for a phone."""

    radius: float
    months: tuple[float, float]
    """Inner and outer radius of the ring of months."""
    rings: tuple[float, float]
    periods: tuple[float, float]
    font: float
    mark: float
    """Half the height of a mark."""
    numbered: bool


LARGE = Size(420, (350, 388), (190, 344), (104, 184), 15, 12, numbered=True)


SMALL = Size(160, (126, 152), (66, 122), (36, 62), 13, 4, numbered=False)


class CurvedLabel(Struct, frozen=True):
    """A text along a ring; ``turn`` is how it is turned so that nobody has to read upside down."""

    text: str
    at: Point
    turn: float


class MonthSector(Struct, frozen=True):
    """A month of the ring of months."""

    path: str
    label: CurvedLabel
    season: str
    """``spring``, ``summer`` or ``autumn``."""
    lines: tuple[Point, Point, Point]
    """Where it begins: at the innermost period, at the innermost ring, and outside."""


class Ring(Struct, frozen=True):
    """What is for all, or for a region."""

    name: str
    parts: frozenset[str] | None
    """The smallest parts of the plan that it is for; None for all."""
    radius: float
    width: float
    path: str
    label: CurvedLabel | None
    """Its name, where there is room for it."""
    marks: tuple[Mark, ...]


class Period(Struct, frozen=True):
    """A period, or what is left of it in this year."""

    path: str
    label: CurvedLabel | None
    letter: str
    open_end: bool
    text: str
    ids: tuple[str, ...]


class Wheel(Struct, frozen=True):
    """A school year."""

    first: date
    last: date
    size: Size
    months: tuple[MonthSector, ...]
    weeks: tuple[tuple[Point, Point, CurvedLabel | None], ...]
    """Tick from–to, and the number of every second week."""
    rings: tuple[Ring, ...]
    periods: tuple[Period, ...]
    left_out: int
    """Periods for which there is no lane."""
    turn: float = _TURN

    @property
    def count(self) -> int:
        """How many dates are marked."""
        return len({id_ for ring in self.rings for mark in ring.marks for id_ in mark.ids})


def wheels(
    schedule: Schedule, numbers: DateNumbers, names: Captions, leaves: frozenset[str], size: Size
) -> list[Wheel]:
    """Return a wheel for each school year in which something is dated; ``leaves`` is the selected region, if any."""
    shown = drawn(schedule.occurrences)
    return [
        _WheelDrawing(schedule, numbers, names, leaves, size, year).wheel(shown)
        for year in school_years(shown, schedule.plan)
    ]


def point_at(angle: float, radius: float) -> Point:
    """Return the point at an angle and a distance from the middle."""
    turned = math.radians(angle)
    return Point(round(radius * math.sin(turned), 1), round(-radius * math.cos(turned), 1))


def sector(start: float, end: float, inner: float, outer: float) -> str:
    """Return the SVG path of a piece of a ring."""
    a, b, c, d = point_at(start, outer), point_at(end, outer), point_at(end, inner), point_at(start, inner)
    large = int(end - start > 180)  # noqa: PLR2004  half a turn
    return (
        f"M{a.x} {a.y}A{outer:g} {outer:g} 0 {large} 1 {b.x} {b.y}"
        f"L{c.x} {c.y}A{inner:g} {inner:g} 0 {large} 0 {d.x} {d.y}Z"
    )


def label(text: str, angle: float, radius: float, font: float) -> CurvedLabel:
    """Return a text that crosses a ring's middle at an angle."""
    turned = angle % 360
    upside_down = 95 < turned < 265  # noqa: PLR2004  the lower half
    shift = font * 0.35
    return CurvedLabel(
        text, point_at(angle, radius + shift if upside_down else radius - shift), turned - 180 * upside_down
    )


def angle_of(day: date, year: int) -> float:
    """Return where a day begins in a school year; days outside it are at its ends."""
    first, last = year_bounds(year)
    inside = min(max(day, first), last + timedelta(days=1))
    return (inside - first).days / ((last - first).days + 1) * _TURN


@cache
def months(year: int, size: Size, names: tuple[str, ...]) -> tuple[MonthSector, ...]:
    """Return the ring of months, the same for every wheel of a school year."""
    inner, outer = size.months
    found = []
    for step in range(12):
        month = (FIRST_MONTH - 1 + step) % 12
        first = date(year + (month + 1 < FIRST_MONTH), month + 1, 1)
        last = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
        start, end = angle_of(first, year), angle_of(last, year)
        text = f"{names[month]} {first.year}" if month in {0, FIRST_MONTH - 1} else names[month]
        text = text if size.numbered else text[:3]
        middle = label(text, (start + end) / 2, (inner + outer) / 2, size.font)
        lines = point_at(start, size.periods[0]), point_at(start, size.rings[0]), point_at(start, outer)
        found.append(MonthSector(sector(start, end, inner, outer), middle, season_of(month + 1), lines))
    return tuple(found)


@cache
def weeks(year: int, size: Size) -> tuple[tuple[Point, Point, CurvedLabel | None], ...]:
    """Return the ring of weeks, the same for every wheel of a school year."""
    outer = size.months[1]
    first, last = year_bounds(year)
    monday = first + timedelta(days=-first.weekday() % 7)
    found = []
    while monday <= last:
        week, angle = monday.isocalendar().week, angle_of(monday, year)
        middle = angle_of(monday + timedelta(days=3), year)
        text = label(str(week), middle, outer + 20, 15) if week % 2 == 0 else None
        found.append((point_at(angle, outer + 2), point_at(angle, outer + 8), text))
        monday += timedelta(days=7)
    return tuple(found)


class _WheelDrawing(Struct):
    schedule: Schedule
    numbers: DateNumbers
    names: Captions
    leaves: frozenset[str]
    size: Size
    year: int

    @property
    def first(self) -> date:
        return year_bounds(self.year)[0]

    @property
    def last(self) -> date:
        return year_bounds(self.year)[1]

    def angle(self, day: date) -> float:
        return angle_of(day, self.year)

    def wheel(self, shown: list[Occurrence]) -> Wheel:
        own = [each for each in shown if self.year in years_of(each, self.schedule.plan)]
        periods, left_out = self.periods([each for each in own if not is_mark(each)])
        return Wheel(
            first=self.first,
            last=self.last,
            size=self.size,
            months=months(self.year, self.size, self.names.months),
            weeks=weeks(self.year, self.size) if self.size.numbered else (),
            rings=tuple(self.rings([each for each in own if is_mark(each)])),
            periods=periods,
            left_out=left_out,
        )

    # rings

    def rings(self, marks: list[Occurrence]) -> Iterator[Ring]:
        plan = self.schedule.plan
        found = rows(plan, self.leaves, self.names.for_all, _MOST_RINGS)
        inner, outer = self.size.rings
        width = (outer - inner) / len(found)
        for index, (row, own) in enumerate(zip(found, by_row(marks, found, plan, self.leaves), strict=True)):
            radius = outer - width * (index + 0.5)
            yield self.ring(row, radius, width, tuple(self.marks(own, radius, width)))

    def ring(self, row: Track, radius: float, width: float, marks: tuple[Mark, ...]) -> Ring:
        fits = bold_width(row.name) * self.size.font < math.radians(360 - _TURN) * radius - 8
        named = label(row.name, (360 + _TURN) / 2, radius, self.size.font) if fits and self.size.numbered else None
        path = sector(0, _TURN, radius - width / 2, radius + width / 2)
        return Ring(row.name, row.parts, round(radius, 1), round(width, 1), path, named, marks)

    def marks(self, occurrences: list[Occurrence], radius: float, room: float) -> Iterator[Mark]:
        """Return the marks of a ring."""
        height = min(self.size.mark, room / 2 - 2)
        found = groups(
            occurrences,
            lambda day: math.radians(self.angle(day)) * radius,
            lambda group: self.half_width(group, height),
        )
        for group in found:
            yield self.mark(group, math.degrees(group.middle / radius), radius, height)

    def half_width(self, group: Sequence[Occurrence], height: float) -> float:
        if not self.size.numbered:
            return height
        return max(height, len(label_of(group, self.numbers)) * self.font(height) * DIGIT / 2 + 5)

    def font(self, height: float) -> float:
        return min(self.size.font, height * 1.25)

    def mark(self, group: Cluster, angle: float, radius: float, height: float) -> Mark:
        own = group.occurrences
        half = self.half_width(own, height)
        upside_down = 90 < angle % 360 < 270  # noqa: PLR2004  the lower half
        return mark_of(
            own,
            self.names,
            point_at(angle, radius),
            half,
            height,
            label_of(own, self.numbers) if self.size.numbered else "",
            turn=round(angle - 180 * upside_down, 1) if half > height + 2 else 0,
            font=round(self.font(height), 1),
        )

    # periods

    def periods(self, occurrences: list[Occurrence]) -> tuple[tuple[Period, ...], int]:
        """Return the periods packed in lanes, the longest outermost, and how many there is no lane for."""
        inner, outer = self.size.periods
        width = (outer - inner) / _MOST_LANES
        lanes: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_LANES)]
        found, left_out = [], 0
        for each in stretches(occurrences, self.numbers, self.year, self.schedule.plan):
            start = self.angle(each.first)
            end = max(self.angle(each.last + timedelta(days=1)), start + 1)
            lane = lane_for(lanes, start, end)
            if lane is None:
                left_out += 1
                continue
            radius = outer - width * (lane + 0.5)
            room = math.radians(end - start) * radius
            fits = self.size.numbered and room > len(each.letter) * self.size.font * DIGIT + 6
            named = label(each.letter, (start + end) / 2, radius, self.size.font) if fits else None
            path = sector(start, end, radius - width / 2 + 1, radius + width / 2 - 1)
            text = self.names.texts[each.ids[0]]
            found.append(Period(path, named, each.letter, each.open_end, text, each.ids))
        return tuple(found), left_out
