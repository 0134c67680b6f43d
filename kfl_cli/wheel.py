"""The year wheel: where everything stands, as plain numbers. A template draws it.

A wheel is a school year, from August at the top, clockwise. Its rings are, from the outside in: weeks, months, what is
for all, each region (or the groups of the one that is selected), and the periods. Nothing overlaps: marks of a ring
that would are one mark, and periods are packed in lanes.

Angles are degrees, 0 at the top and clockwise; lengths are units of the drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind
from kfl_cli.model import Status
from kfl_cli.numbering import Numbers, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.resolve import Occurrence, Schedule

_FIRST_MONTH = 8
_TURN = 320.0
"""Degrees that a year takes; the rest is for the names of the rings."""
_MOST_RINGS = 7
"""Rings for regions; of more, all regions share one."""
_MOST_LANES = 4
"""Lanes for periods; what does not fit stands in the table only."""
_DIGIT = 0.62
"""Width of a sign, as a share of the height of its font."""
_AIR = 3.0
"""Between two marks."""


@dataclass(frozen=True, slots=True)
class Size:
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


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the drawing, seen from its middle."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One or several dates of a ring."""

    at: Point
    turn: float
    """How a wide mark is turned, so that it lies along its ring."""
    half: float
    """Half its width, along the ring."""
    height: float
    """Half its height."""
    font: float
    label: str
    kind: str
    """``event``, ``deadline`` or ``several``."""
    tentative: bool
    texts: tuple[str, ...]
    """What it stands for, one a date."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text along a ring; ``turn`` is how it is turned so that nobody has to read upside down."""

    text: str
    at: Point
    turn: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the ring of months."""

    path: str
    label: Label
    season: str
    """``spring`` or ``autumn``."""
    line: tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Ring:
    """What is for all, or for a region."""

    name: str
    radius: float
    width: float
    path: str
    label: Label | None
    """Its name, where there is room for it."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A period, or what is left of it in this year."""

    path: str
    label: Label | None
    letter: str
    open_end: bool
    text: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """A school year."""

    first: date
    last: date
    size: Size
    months: tuple[Month, ...]
    weeks: tuple[tuple[Point, Point, Label | None], ...]
    """Tick from–to, and the number of every second week."""
    rings: tuple[Ring, ...]
    periods: tuple[Period, ...]
    left_out: int
    """Periods for which there is no lane."""

    @property
    def dates(self) -> int:
        """How many dates are marked."""
        return len({text for ring in self.rings for mark in ring.marks for text in mark.texts})


@dataclass(frozen=True, slots=True)
class Names:
    """The words of a drawing."""

    months: tuple[str, ...]
    for_all: str
    texts: dict[str, str]
    """What readers see of an occurrence, by its id."""


def wheels(schedule: Schedule, numbers: Numbers, names: Names, leaves: frozenset[str], size: Size) -> list[Wheel]:
    """Return a wheel for each school year in which something is dated; ``leaves`` is the selected region, if any."""
    shown = [each for each in schedule.occurrences if not each.window.unset and each.status is not Status.CANCELLED]
    years = sorted({year for each in shown for year in _years(each)})
    return [_Drawing(schedule, numbers, names, leaves, size, year).wheel(shown) for year in years]


def _years(occurrence: Occurrence) -> Iterable[int]:
    """Return the school years that an occurrence reaches into, by the year of their August."""
    start, end = occurrence.window.start, occurrence.window.end
    first, last = start or end, end or start
    if first is None or last is None or is_mark(occurrence):
        day = last or first
        return [_school_year(day)] if day else []
    return range(_school_year(first), _school_year(last) + 1)


def _school_year(day: date) -> int:
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def place(angle: float, radius: float) -> Point:
    """Return the point at an angle and a distance from the middle."""
    turned = math.radians(angle)
    return Point(round(radius * math.sin(turned), 1), round(-radius * math.cos(turned), 1))


def sector(start: float, end: float, inner: float, outer: float) -> str:
    """Return the SVG path of a piece of a ring."""
    a, b, c, d = place(start, outer), place(end, outer), place(end, inner), place(start, inner)
    large = int(end - start > 180)  # noqa: PLR2004  half a turn
    return (
        f"M{a.x} {a.y}A{outer:g} {outer:g} 0 {large} 1 {b.x} {b.y}"
        f"L{c.x} {c.y}A{inner:g} {inner:g} 0 {large} 0 {d.x} {d.y}Z"
    )


def label(text: str, angle: float, radius: float, font: float) -> Label:
    """Return a text that crosses a ring's middle at an angle."""
    turned = angle % 360
    upside_down = 95 < turned < 265  # noqa: PLR2004  the lower half
    shift = font * 0.35
    return Label(text, place(angle, radius + shift if upside_down else radius - shift), turned - 180 * upside_down)


@dataclass(slots=True)
class _Drawing:
    schedule: Schedule
    numbers: Numbers
    names: Names
    leaves: frozenset[str]
    size: Size
    year: int

    @property
    def first(self) -> date:
        return date(self.year, _FIRST_MONTH, 1)

    @property
    def last(self) -> date:
        return date(self.year + 1, _FIRST_MONTH, 1) - timedelta(days=1)

    def angle(self, day: date) -> float:
        """Return where a day begins; days outside the year are at its ends."""
        inside = min(max(day, self.first), self.last + timedelta(days=1))
        return (inside - self.first).days / ((self.last - self.first).days + 1) * _TURN

    def wheel(self, shown: list[Occurrence]) -> Wheel:
        own = [each for each in shown if self.year in _years(each)]
        periods, left_out = self.periods([each for each in own if not is_mark(each)])
        return Wheel(
            first=self.first,
            last=self.last,
            size=self.size,
            months=tuple(self.months()),
            weeks=tuple(self.weeks()) if self.size.numbered else (),
            rings=tuple(self.rings([each for each in own if is_mark(each)])),
            periods=periods,
            left_out=left_out,
        )

    # months and weeks

    def months(self) -> Iterator[Month]:
        inner, outer = self.size.months
        for step in range(12):
            month = (_FIRST_MONTH - 1 + step) % 12
            first = date(self.year + (month + 1 < _FIRST_MONTH), month + 1, 1)
            last = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
            start, end = self.angle(first), self.angle(last)
            name = self.names.months[month]
            text = f"{name} {first.year}" if month in {0, _FIRST_MONTH - 1} and self.size.numbered else name
            text = text if self.size.numbered else text[:3]
            middle = label(text, (start + end) / 2, (inner + outer) / 2, self.size.font)
            line = place(start, self.size.periods[0]), place(start, outer)
            yield Month(sector(start, end, inner, outer), middle, "spring" if month < 6 else "autumn", line)  # noqa: PLR2004

    def weeks(self) -> Iterator[tuple[Point, Point, Label | None]]:
        outer = self.size.months[1]
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        while monday <= self.last:
            week = monday.isocalendar().week
            text = label(str(week), self.angle(monday + timedelta(days=3)), outer + 20, 15) if week % 2 == 0 else None
            yield place(self.angle(monday), outer + 2), place(self.angle(monday), outer + 8), text
            monday += timedelta(days=7)

    # rings

    def rings(self, marks: list[Occurrence]) -> Iterator[Ring]:
        groups = self.ring_names()
        inner, outer = self.size.rings
        width = (outer - inner) / (len(groups) + 1)
        for index, (scopes, name) in enumerate([(None, self.names.for_all), *groups]):
            radius = outer - width * (index + 0.5)
            own = [each for each in marks if self.belongs(each, scopes)]
            fits = len(name) * self.size.font * _DIGIT < math.radians(360 - _TURN) * radius - 8
            named = label(name, (360 + _TURN) / 2, radius, self.size.font) if fits and self.size.numbered else None
            path = sector(0, _TURN, radius - width / 2, radius + width / 2)
            yield Ring(name, round(radius, 1), round(width, 1), path, named, tuple(self.marks(own, radius, width)))

    def ring_names(self) -> list[tuple[frozenset[str], str]]:
        """Return the smallest parts of the plan, and the name, of each ring for some."""
        plan = self.schedule.plan
        leaves = self.leaves or frozenset(plan.all_leaves)
        whole = [(frozenset(plan.leaves[region.id]), region.name) for region in plan.regions]
        inside = [(parts, name) for parts, name in whole if parts & leaves]
        if len(inside) == 1:
            return [(frozenset({leaf}), plan.scope_names[leaf]) for leaf in plan.all_leaves if leaf in leaves]
        if len(inside) > _MOST_RINGS:
            return [(leaves, ", ".join(name for _, name in inside[:2]) + " …")]
        return inside

    def belongs(self, occurrence: Occurrence, ring: frozenset[str] | None) -> bool:
        """Return whether an occurrence stands in the ring of some parts, or (None) in the ring of what is for all."""
        own = frozenset(self.schedule.plan.leaves_of(occurrence.scopes))
        everybody = not occurrence.scopes or own >= (self.leaves or frozenset(self.schedule.plan.all_leaves))
        single = bool(self.leaves) and len(self.leaves) == 1
        if ring is None:
            return not occurrence.scopes or (everybody and not single)
        return bool(own & ring) and bool(occurrence.scopes) and (single or not everybody)

    def marks(self, occurrences: list[Occurrence], radius: float, room: float) -> Iterator[Mark]:
        """Return the marks of a ring; those that would overlap are one, until none do."""
        height = min(self.size.mark, room / 2 - 1)
        placed: list[tuple[list[Occurrence], tuple[float, float]]] = []
        for occurrence in sorted(occurrences, key=lambda each: each.order):
            group, box = [occurrence], self.box([occurrence], radius, height)
            while placed and placed[-1][1][1] > box[0]:
                group = placed.pop()[0] + group
                box = self.box(group, radius, height)
            placed.append((group, box))
        for group, (start, end) in placed:
            yield self.mark(group, (start + end) / 2, radius, height)

    def box(self, group: list[Occurrence], radius: float, height: float) -> tuple[float, float]:
        """Return the angles between which a mark stands, and nothing else of its ring may."""
        days = [self.angle(_day(each)) for each in group]
        half = math.degrees((self.half_width(group, height) + _AIR / 2) / radius)
        middle = (days[0] + days[-1]) / 2
        return middle - half, middle + half

    def half_width(self, group: list[Occurrence], height: float) -> float:
        if not self.size.numbered:
            return height
        return max(height, len(self.label_of(group)) * self.font(height) * _DIGIT / 2 + 5)

    def font(self, height: float) -> float:
        return min(self.size.font, height * 1.25)

    def label_of(self, group: list[Occurrence]) -> str:
        """Return the numbers of a mark: «15», «15–17», «18, 21», or the first and how many more."""
        first, last = self.numbers.of(group[0]), self.numbers.of(group[-1])
        if len(group) == 1:
            return first
        if int(last) - int(first) + 1 == len(group):
            return f"{first}–{last}"
        return f"{first}, {last}" if len(group) == 2 else f"{first} +{len(group) - 1}"  # noqa: PLR2004

    def mark(self, group: list[Occurrence], angle: float, radius: float, height: float) -> Mark:
        half = self.half_width(group, height)
        upside_down = 90 < angle % 360 < 270  # noqa: PLR2004  the lower half
        kinds = {each.kind for each in group}
        kind = "several" if len(kinds) > 1 else "deadline" if Kind.DEADLINE in kinds else "event"
        return Mark(
            at=place(angle, radius),
            turn=round(angle - 180 * upside_down, 1) if half > height + 2 else 0,
            half=round(half, 1),
            height=round(height, 1),
            font=round(self.font(height), 1),
            label=self.label_of(group) if self.size.numbered else "",
            kind=kind,
            tentative=all(each.status is Status.TENTATIVE for each in group),
            texts=tuple(self.names.texts[each.id] for each in group),
        )

    # periods

    def periods(self, occurrences: list[Occurrence]) -> tuple[tuple[Period, ...], int]:
        """Return the periods packed in lanes, the longest outermost, and how many there is no lane for."""
        inner, outer = self.size.periods
        width = (outer - inner) / _MOST_LANES
        lanes: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_LANES)]
        found, left_out = [], 0
        spans = self.spans(occurrences)
        for letter, start, end, open_end, text in sorted(spans, key=lambda each: (each[1] - each[2], *each)):
            lane = next((i for i, taken in enumerate(lanes) if all(end <= a or b <= start for a, b in taken)), None)
            if lane is None:
                left_out += 1
                continue
            lanes[lane].append((start, end))
            radius = outer - width * (lane + 0.5)
            room = math.radians(end - start) * radius
            fits = self.size.numbered and room > len(letter) * self.size.font * _DIGIT + 6
            named = label(letter, (start + end) / 2, radius, self.size.font) if fits else None
            path = sector(start, end, radius - width / 2 + 1, radius + width / 2 - 1)
            found.append(Period(path, named, letter, open_end, text))
        return tuple(found), left_out

    def spans(self, occurrences: list[Occurrence]) -> list[tuple[str, float, float, bool, str]]:
        """Return letter, first and last angle, whether the end is open, and the text, of each activity's period."""
        by_letter: dict[str, list[Occurrence]] = {}
        for each in occurrences:
            by_letter.setdefault(self.numbers.of(each), []).append(each)
        found = []
        for letter, own in by_letter.items():
            starts = [each.window.start or self.first for each in own]
            ends = [each.window.end for each in own]
            last = max((end for end in ends if end), default=None)
            open_end = None in ends
            end = self.last if open_end or last is None else last
            start_angle = self.angle(min(starts))
            end_angle = max(self.angle(end + timedelta(days=1)), start_angle + 1)
            found.append((letter, start_angle, end_angle, open_end, self.names.texts[own[0].id]))
        return found


def _day(occurrence: Occurrence) -> date:
    """Return the day on which an occurrence stands: its first, of a deadline its last."""
    start, end = occurrence.window.start, occurrence.window.end
    day = end if occurrence.kind is Kind.DEADLINE else start or end
    if day is None:  # pragma: no cover  undated occurrences have no mark
        raise ValueError(occurrence.id)
    return day
