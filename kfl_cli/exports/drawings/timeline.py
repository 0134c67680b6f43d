"""The layout of the timeline as plain numbers; a template draws it.

A timeline is a school year, from the first month with something in it to the last. Under months and weeks lie a row for
all, one for each region (or for the groups of the selected one), and the periods.

Lengths are units of the drawing, counted from its upper left corner.
"""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.exports.drawings.closed_days import closed_on
from kfl_cli.exports.drawings.lettering import DIGIT_WIDTH, Captions, bold_width
from kfl_cli.exports.drawings.marks import Cluster, Mark, Point, clusters, day_of, mark_of, numbers_of
from kfl_cli.exports.drawings.periods import Lanes, YearPeriod, periods_in
from kfl_cli.exports.drawings.school_year import by_school_year, season_class
from kfl_cli.exports.drawings.tracks import Track, by_track, tracks
from kfl_cli.exports.numbering import DateNumbers, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

WIDTH = 1200.0


LEFT = 184.0
"""The beginning of the days; the names of the rows stand before it."""


FONT = 14.0


_RIGHT = WIDTH - 6
"""The end of the days."""


_HEAD = 58.0
"""Height of months and weeks."""


_LANES = 3
"""Marks above each other in one row."""


_LANE_HEIGHT = 42.0


_HALF_MARK = 12.0
"""Half the height of a mark."""


_NAME_HEIGHT = 18.0
"""Height of a line of a row's name."""


_PERIOD_LANES = 10
"""Lanes for periods; those for which there is none stand in the table only."""


_PERIOD_HEIGHT = 30.0


_GAP = 6.0


_TWO_WEEKS = 46.0
"""Width that the numbers of two weeks need."""


class MonthColumn(Struct, frozen=True):
    """A month at the head."""

    name: str
    x: float
    width: float
    season: str
    """``spring``, ``summer`` or ``autumn``."""


class WeekLabel(Struct, frozen=True):
    """The number of a week at the head."""

    x: float
    week: int


class DatedMark(Struct, frozen=True):
    """A mark with the days of the month under it."""

    mark: Mark
    days: str
    """«18.», «13.–19.»."""
    days_at: Point


class ClosedBar(Struct, frozen=True):
    """A closed period in a row."""

    x: float
    width: float
    title: str


class TimelineRow(Struct, frozen=True):
    """A track as a row."""

    name_lines: tuple[str, ...]
    """Its name, on as many lines as it needs."""
    leaves: frozenset[str] | None
    """The smallest groups that it is for; None for all."""
    y: float
    height: float
    marks: tuple[DatedMark, ...]
    closed: tuple[ClosedBar, ...]


class PeriodBar(Struct, frozen=True):
    """A period, or the part of it that lies in the year."""

    x: float
    y: float
    width: float
    height: float
    letter: str
    title: str
    titled: bool
    """Whether the title has room in the bar."""
    open_end: bool
    ids: tuple[str, ...]


class Timeline(Struct, frozen=True):
    """A school year, or the months of it that are used."""

    year: int
    first: date
    last: date
    height: float
    months: tuple[MonthColumn, ...]
    weeks: tuple[WeekLabel, ...]
    rows: tuple[TimelineRow, ...]
    bars: tuple[PeriodBar, ...]
    bars_y: float
    left_out: int
    """Number of periods for which there is no lane."""

    @property
    def days_width(self) -> float:
        """Width of all days."""
        return _RIGHT - LEFT

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    @property
    def marked(self) -> int:
        """Number of dates that are marked."""
        return len({id_ for row in self.rows for dated in row.marks for id_ in dated.mark.ids})


def timelines(
    schedule: Schedule,
    numbers: DateNumbers,
    captions: Captions,
    selected: frozenset[str],
    closed: Sequence[ClosedPeriod] = (),
) -> list[Timeline]:
    """Return a timeline for each school year in which something is dated.

    ``selected`` are the leaves of the selected region, empty without one; ``closed`` are the closed periods to show.
    """
    drawings = []
    for year, occurrences in by_school_year(schedule.occurrences, schedule.plan).items():
        dates = [occurrence for occurrence in occurrences if is_mark(occurrence)]
        lasting = (occurrence for occurrence in occurrences if not is_mark(occurrence))
        periods = periods_in(year, lasting, numbers, schedule.plan)
        days = [day for period in periods for day in (period.first, period.last)] + [day_of(each) for each in dates]
        first, last = min(days).replace(day=1), _end_of_month(max(days))
        drawings.append(
            _TimelineLayout(schedule, numbers, captions, selected, closed, year, first, last).timeline(dates, periods)
        )
    return drawings


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


class _TimelineLayout(Struct, frozen=True):
    """Places the occurrences of a school year between its first and its last day."""

    schedule: Schedule
    numbers: DateNumbers
    captions: Captions
    selected: frozenset[str]
    closed: Sequence[ClosedPeriod]
    year: int
    first: date
    last: date

    @property
    def day_width(self) -> float:
        return (_RIGHT - LEFT) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """Return the beginning of a day."""
        return LEFT + (day - self.first).days * self.day_width

    def timeline(self, dates: list[Occurrence], periods: list[YearPeriod]) -> Timeline:
        rows, rows_end = self.rows(dates)
        bars, left_out, height = self.bars(periods, rows_end)
        return Timeline(
            year=self.year,
            first=self.first,
            last=self.last,
            height=height,
            months=self.months(),
            weeks=tuple(self.weeks()),
            rows=rows,
            bars=bars,
            bars_y=rows_end,
            left_out=left_out,
        )

    # head

    def months(self) -> tuple[MonthColumn, ...]:
        """Return the months, all with their whole names where there is room for that, else all shortened."""
        firsts = [self.first]
        while _end_of_month(firsts[-1]) < self.last:
            firsts.append(_end_of_month(firsts[-1]) + timedelta(days=1))
        for letters in (None, 3, 1):
            columns = tuple(self.month(first, letters) for first in firsts)
            if all(bold_width(column.name) * FONT < column.width for column in columns):
                break
        return columns

    def month(self, first: date, letters: int | None) -> MonthColumn:
        """Return a month with so many letters of its name; January and the first one have the year too."""
        name = self.captions.months[first.month - 1].capitalize()[:letters]
        with_year = letters != 1 and (first.month == 1 or first == self.first)
        width = ((_end_of_month(first) - first).days + 1) * self.day_width
        text = f"{name} {first.year}" if with_year else name
        return MonthColumn(text, round(self.x(first), 1), round(width, 1), season_class(first.month))

    def weeks(self) -> Iterator[WeekLabel]:
        """Return every week with its middle, or every second one where they are narrow."""
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        step = 1 if 7 * self.day_width > _TWO_WEEKS / 2 + FONT else 2
        while monday + timedelta(days=6) <= self.last:
            week = monday.isocalendar().week
            if week % step == 0:
                yield WeekLabel(round(self.x(monday) + 3.5 * self.day_width, 1), week)
            monday += timedelta(days=7)

    # rows

    def rows(self, dates: list[Occurrence]) -> tuple[tuple[TimelineRow, ...], float]:
        """Return the rows below each other, and where they end; none in a year that has only periods."""
        plan = self.schedule.plan
        rows, y = [], _HEAD
        ordered = tracks(plan, self.selected, self.captions.for_all) if dates else []
        for track, on_it in zip(ordered, by_track(dates, ordered, plan, self.selected), strict=True):
            row = self.row(track, on_it, y)
            rows.append(row)
            y += row.height + _GAP
        return tuple(rows), y

    def row(self, track: Track, dates: list[Occurrence], y: float) -> TimelineRow:
        placed = clusters(dates, lambda day: self.x(day) + self.day_width / 2, self.half_width, _LANES, (LEFT, _RIGHT))
        lanes = max((cluster.lane for cluster in placed), default=0) + 1
        letters = int(len(track.name) * (LEFT - _GAP) / (bold_width(track.name) * FONT))
        name_lines = tuple(textwrap.wrap(track.name, max(1, letters)))
        height = max(lanes * _LANE_HEIGHT, len(name_lines) * _NAME_HEIGHT) + _GAP
        marks = tuple(self.mark(cluster, y + height) for cluster in placed)
        closed = tuple(
            ClosedBar(
                round(self.x(start), 1),
                round(((end - start).days + 1) * self.day_width, 1),
                self.captions.texts[id_],
            )
            for id_, start, end in closed_on(track, self.closed, self.first, self.last)
        )
        return TimelineRow(name_lines, track.leaves, round(y, 1), round(height, 1), marks, closed)

    def half_width(self, dates: Sequence[Occurrence]) -> float:
        """Return half the width that some dates need, the same in every language: for mark and days with points."""
        longest = max(len(numbers_of(dates, self.numbers)), len(_days(dates, ".")))
        return max(_HALF_MARK, longest * FONT * DIGIT_WIDTH / 2 + 3)

    def mark(self, cluster: Cluster, row_end: float) -> DatedMark:
        """Return the mark of a cluster, its lane counted from the end of the row upwards."""
        middle = row_end - _GAP / 2 - (cluster.lane + 0.5) * _LANE_HEIGHT
        at = Point(round(cluster.middle, 1), round(middle - FONT / 2, 1))
        text = numbers_of(cluster.occurrences, self.numbers)
        half_width = max(_HALF_MARK, len(text) * FONT * DIGIT_WIDTH / 2 + 4)
        mark = mark_of(cluster, self.captions, at, half_width, _HALF_MARK, text)
        return DatedMark(
            mark, _days(cluster.occurrences, self.captions.day_point), Point(at.x, round(at.y + _HALF_MARK + FONT, 1))
        )

    # periods

    def bars(self, periods: list[YearPeriod], y: float) -> tuple[tuple[PeriodBar, ...], int, float]:
        """Return the periods packed in lanes, the number of those without a lane, and where they end."""
        lanes = Lanes(_PERIOD_LANES)
        bars, left_out = [], 0
        for period in periods:
            start = self.x(period.first)
            least = len(period.letter) * FONT * DIGIT_WIDTH + _GAP
            end = max(start + period.days * self.day_width, start + least)
            start, end = min(start, _RIGHT - (end - start)), min(end, _RIGHT)
            lane = lanes.take(start, end)
            if lane is None:
                left_out += 1
            else:
                bars.append(self.bar(period, start, end, y + lane * _PERIOD_HEIGHT))
        return tuple(bars), left_out, round(y + lanes.used * _PERIOD_HEIGHT, 1)

    def bar(self, period: YearPeriod, start: float, end: float, y: float) -> PeriodBar:
        title = self.captions.texts[period.ids[0]]
        return PeriodBar(
            x=round(start, 1),
            y=round(y, 1),
            width=round(end - start, 1),
            height=_PERIOD_HEIGHT - 4,
            letter=period.letter,
            title=title,
            titled=(len(period.letter) + 1 + len(title)) * FONT * DIGIT_WIDTH < end - start - 2 * _GAP,
            open_end=period.open_end,
            ids=period.ids,
        )


def _days(dates: Sequence[Occurrence], point: str) -> str:
    """Return the days of the month of some dates: «18.», «13.–19.»."""
    first, last = (f"{day_of(each).day}{point}" for each in (dates[0], dates[-1]))
    return first if day_of(dates[0]) == day_of(dates[-1]) else f"{first}–{last}"
