"""The timeline: where everything stands, as plain numbers. A template draws it.

A timeline is what is dated of a school year, from the first month with something in it to the last. Under months and
weeks lie what is for all, each region (or the groups of the one that is selected), and the periods.
"""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.exports.drawings.rows import (
    DIGIT,
    Captions,
    Cluster,
    Mark,
    Point,
    Stretch,
    Track,
    bold_width,
    by_row,
    day_of,
    drawn,
    groups,
    label_of,
    lane_for,
    mark_of,
    rows,
    school_years,
    season_of,
    stretches,
    years_of,
)
from kfl_cli.exports.numbering import DateNumbers, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kfl_cli.schedule.occurrence import Occurrence, Schedule

WIDTH = 1200.0


LEFT = 184.0
"""Where the days begin; names stand before."""


FONT = 14.0


_RIGHT = WIDTH - 6


_HEAD = 58.0
"""Height of months and weeks."""


_LANES = 3
"""Marks above each other in one row."""


_LANE = 42.0


_MARK = 12.0
"""Half the height of a mark."""


_LINE = 18.0


_BARS = 10
"""Lanes for periods; what does not fit stands in the table only."""


_BAR = 30.0


_GAP = 6.0


_WIDE = 46.0
"""What two numbers of weeks need."""


class MonthColumn(Struct, frozen=True):
    """A month at the head."""

    name: str
    x: float
    width: float
    season: str
    """``spring``, ``summer`` or ``autumn``."""


class TimelineRow(Struct, frozen=True):
    """What is for all, or for a region."""

    names: tuple[str, ...]
    """Its name, on as many lines as it needs."""
    parts: frozenset[str] | None
    """The smallest parts of the plan that it is for; None for all."""
    y: float
    height: float
    marks: tuple[Mark, ...]
    days: tuple[tuple[Point, str], ...]
    """The days of the month, under the marks."""


class Bar(Struct, frozen=True):
    """A period, or what lies of it in this year."""

    x: float
    y: float
    width: float
    height: float
    letter: str
    text: str
    """Its title, where there is room for it."""
    title: str
    open_end: bool
    ids: tuple[str, ...]


class Timeline(Struct, frozen=True):
    """A school year, or what is used of it."""

    year: int
    first: date
    last: date
    height: float
    months: tuple[MonthColumn, ...]
    weeks: tuple[tuple[float, int], ...]
    lines: tuple[TimelineRow, ...]
    bars: tuple[Bar, ...]
    bars_y: float
    left_out: int
    """Periods for which there is no lane."""

    @property
    def days_width(self) -> float:
        """How wide they are."""
        return _RIGHT - LEFT

    @property
    def days(self) -> int:
        """How many days it shows."""
        return (self.last - self.first).days + 1

    @property
    def count(self) -> int:
        """How many dates are marked."""
        return len({id_ for line in self.lines for mark in line.marks for id_ in mark.ids})


def timelines(schedule: Schedule, numbers: DateNumbers, names: Captions, leaves: frozenset[str]) -> list[Timeline]:
    """Return a timeline for each school year in which something is dated; ``leaves`` is the selected region, if any."""
    shown = drawn(schedule.occurrences)
    return [_drawing(schedule, numbers, names, leaves, year, shown) for year in school_years(shown, schedule.plan)]


def _drawing(
    schedule: Schedule,
    numbers: DateNumbers,
    names: Captions,
    leaves: frozenset[str],
    year: int,
    shown: list[Occurrence],
) -> Timeline:
    own = [each for each in shown if year in years_of(each, schedule.plan)]
    marks = [each for each in own if is_mark(each)]
    periods = stretches((each for each in own if not is_mark(each)), numbers, year, schedule.plan)
    days = [day for each in periods for day in (each.first, each.last)] + [day_of(each) for each in marks]
    first, last = min(days).replace(day=1), _month_end(max(days))
    drawing = _TimelineDrawing(schedule, numbers, names, leaves, first, last)
    lines, bottom = drawing.lines(marks)
    bars, left_out, height = drawing.bars(periods, bottom)
    return Timeline(
        year=year,
        first=first,
        last=last,
        height=height,
        months=drawing.months(),
        weeks=tuple(drawing.weeks()),
        lines=lines,
        bars=bars,
        bars_y=bottom,
        left_out=left_out,
    )


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


class _TimelineDrawing(Struct, frozen=True):
    schedule: Schedule
    numbers: DateNumbers
    names: Captions
    leaves: frozenset[str]
    first: date
    last: date

    @property
    def day(self) -> float:
        """The width of a day."""
        return (_RIGHT - LEFT) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """Return where a day begins."""
        return LEFT + (day - self.first).days * self.day

    # head

    def months(self) -> tuple[MonthColumn, ...]:
        """Return the months, all by their names where there is room for it, else all shortened."""
        firsts = [self.first]
        while _month_end(firsts[-1]) < self.last:
            firsts.append(_month_end(firsts[-1]) + timedelta(days=1))
        for signs in (None, 3, 1):
            found = tuple(self.month(first, signs) for first in firsts)
            if all(bold_width(month.name) * FONT < month.width for month in found):
                break
        return found

    def month(self, first: date, signs: int | None) -> MonthColumn:
        name = self.names.months[first.month - 1].capitalize()[:signs]
        dated = signs != 1 and (first.month == 1 or first == self.first)
        width = ((_month_end(first) - first).days + 1) * self.day
        text = f"{name} {first.year}" if dated else name
        return MonthColumn(text, round(self.x(first), 1), round(width, 1), season_of(first.month))

    def weeks(self) -> Iterator[tuple[float, int]]:
        """Return the middle and the number of every week, or of every second where they are narrow."""
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        step = 1 if 7 * self.day > _WIDE / 2 + FONT else 2
        while monday + timedelta(days=6) <= self.last:
            week = monday.isocalendar().week
            if week % step == 0:
                yield round(self.x(monday) + 3.5 * self.day, 1), week
            monday += timedelta(days=7)

    # rows

    def lines(self, marks: list[Occurrence]) -> tuple[tuple[TimelineRow, ...], float]:
        """Return the rows below each other, and where they end; none in a year that has only periods."""
        plan = self.schedule.plan
        found, y = [], _HEAD
        names = rows(plan, self.leaves, self.names.for_all) if marks else []
        for row, own in zip(names, by_row(marks, names, plan, self.leaves), strict=True):
            line = self.line(row, own, y)
            found.append(line)
            y += line.height + _GAP
        return tuple(found), y

    def line(self, row: Track, own: list[Occurrence], y: float) -> TimelineRow:
        placed = groups(own, lambda day: self.x(day) + self.day / 2, self.half_width, _LANES, (LEFT, _RIGHT))
        used = max((group.lane for group in placed), default=0) + 1
        signs = int(len(row.name) * (LEFT - _GAP) / (bold_width(row.name) * FONT))
        names = tuple(textwrap.wrap(row.name, max(1, signs)))
        height = max(used * _LANE, len(names) * _LINE) + _GAP
        middles = [y + height - _GAP / 2 - (group.lane + 0.5) * _LANE for group in placed]
        marks = tuple(self.mark(group, middle - FONT / 2) for group, middle in zip(placed, middles, strict=True))
        days = tuple(
            (Point(mark.at.x, round(mark.at.y + _MARK + FONT, 1)), self.days(group.occurrences))
            for mark, group in zip(marks, placed, strict=True)
        )
        return TimelineRow(names, row.parts, round(y, 1), round(height, 1), marks, days)

    def half_width(self, group: Sequence[Occurrence]) -> float:
        longest = max(len(label_of(group, self.numbers)), len(self.days(group)))
        return max(_MARK, longest * FONT * DIGIT / 2 + 3)

    def mark(self, group: Cluster, y: float) -> Mark:
        own = group.occurrences
        text = label_of(own, self.numbers)
        half = max(_MARK, len(text) * FONT * DIGIT / 2 + 4)
        return mark_of(own, self.names, Point(round(group.middle, 1), round(y, 1)), half, _MARK, text)

    def days(self, group: Sequence[Occurrence]) -> str:
        """Return the days of the month of a mark: «18.», «13.–19.»."""
        first, last = (f"{day_of(each).day}{self.names.day_point}" for each in (group[0], group[-1]))
        return first if day_of(group[0]) == day_of(group[-1]) else f"{first}–{last}"

    # periods

    def bars(self, periods: list[Stretch], y: float) -> tuple[tuple[Bar, ...], int, float]:
        """Return the periods packed in lanes, how many there is no lane for, and where they end."""
        lanes: list[list[tuple[float, float]]] = [[] for _ in range(_BARS)]
        found, left_out = [], 0
        for each in periods:
            start = self.x(each.first)
            least = len(each.letter) * FONT * DIGIT + _GAP
            end = max(start + each.days * self.day, start + least)
            start, end = min(start, _RIGHT - (end - start)), min(end, _RIGHT)
            lane = lane_for(lanes, start, end)
            if lane is None:
                left_out += 1
                continue
            title = self.names.texts[each.ids[0]]
            fits = (len(each.letter) + 1 + len(title)) * FONT * DIGIT < end - start - 2 * _GAP
            found.append(
                Bar(
                    x=round(start, 1),
                    y=round(y + lane * _BAR, 1),
                    width=round(end - start, 1),
                    height=_BAR - 4,
                    letter=each.letter,
                    text=title if fits else "",
                    title=title,
                    open_end=each.open_end,
                    ids=each.ids,
                )
            )
        used = sum(bool(lane) for lane in lanes)
        return tuple(found), left_out, round(y + used * _BAR, 1)
