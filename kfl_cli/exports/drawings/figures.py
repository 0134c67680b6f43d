"""Figures: the wheels and timelines of a plan with the texts that stand in and beside them, for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from kfl_cli.exports.drawings.lettering import Captions
from kfl_cli.exports.drawings.timeline import Timeline, timelines
from kfl_cli.exports.drawings.wheel import Size, Wheel, wheels
from kfl_cli.exports.numbering import DateNumbers, is_mark
from kfl_cli.language.days import say_plain_day
from kfl_cli.schedule.closed_periods import closed_periods

if TYPE_CHECKING:
    from datetime import date

    from kfl_cli.exports.context import Context
    from kfl_cli.language.translator import Translator
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence, Schedule


class PeriodRow(Struct, frozen=True):
    """A period of a wheel as a row of the list beside it."""

    letter: str
    when: str
    title: str
    ids: tuple[str, ...]


class WheelFigure(Struct, frozen=True):
    """A year wheel with its texts."""

    wheel: Wheel
    dial: Markup
    """Months and weeks, drawn."""
    year: str
    """«2017/18»."""
    title: str
    about: str
    """Its first and last day, and how much it shows."""
    counts: tuple[str, str]
    """Number of dates and of periods, as text."""
    rings: tuple[str, ...]
    """Names of the rings, from the outside in."""
    periods: tuple[PeriodRow, ...]
    """Its periods by letter; none beside a small wheel."""
    left_out: str
    """How many periods it has no room for; empty where it has."""


class TimelineFigure(Struct, frozen=True):
    """A timeline with its texts."""

    timeline: Timeline
    title: str
    about: str
    """Its first and last day, and how much it shows."""
    left_out: str
    """How many periods it has no room for; empty where it has."""


def wheel_figures(schedule: Schedule, context: Context, numbers: DateNumbers, size: Size) -> list[WheelFigure]:
    """Return the wheel of each school year in which something is dated."""
    say, captions = context.wording.say, _captions(schedule, context)
    return [
        WheelFigure(
            wheel=wheel,
            dial=_dial(wheel, context),
            year=_year(wheel.first.year),
            title=f"{say.text('Year wheel')} {_year(wheel.first.year)}",
            about=_about(
                wheel.first, wheel.last, _counts(wheel.marked, len(wheel.periods) + wheel.left_out, say), context
            ),
            counts=_counts(wheel.marked, len(wheel.periods) + wheel.left_out, say),
            rings=tuple(ring.name for ring in wheel.rings),
            periods=_periods(wheel, schedule, context) if size.numbered else (),
            left_out=_left_out(wheel.left_out, say),
        )
        for wheel in wheels(schedule, numbers, captions, context.selection.leaves, size, _closed(schedule, context))
    ]


def timeline_figures(schedule: Schedule, context: Context, numbers: DateNumbers) -> list[TimelineFigure]:
    """Return the timeline of each school year in which something is dated."""
    say, captions = context.wording.say, _captions(schedule, context)
    return [
        TimelineFigure(
            timeline=line,
            title=f"{say.text('Timeline')} {_year(line.year)}",
            about=_about(line.first, line.last, _counts(line.marked, len(line.bars) + line.left_out, say), context),
            left_out=_left_out(line.left_out, say),
        )
        for line in timelines(schedule, numbers, captions, context.selection.leaves, _closed(schedule, context))
    ]


def _dial(wheel: Wheel, context: Context) -> Markup:
    """Return months and weeks, drawn once however many wheels have them."""
    key = (wheel.first.year, wheel.size.numbered)
    drawn = context.shared.dials if context.shared else {}
    if key not in drawn:
        text = context.templates.render("dial.svg.j2", context.wording.say, wheel=wheel)
        drawn[key] = Markup(text)  # noqa: S704  the template has escaped it
    return drawn[key]


def _periods(wheel: Wheel, schedule: Schedule, context: Context) -> tuple[PeriodRow, ...]:
    """Return the periods of a wheel by their letters, with their dates in the author's words."""
    wording = context.wording
    by_id = {occurrence.id: occurrence for occurrence in schedule.occurrences}
    rows = []
    for period in sorted(wheel.periods, key=lambda period: (len(period.letter), period.letter)):
        first = by_id[period.ids[0]]
        dated = first.task.when if first.task else first.activity.when
        when = wording.written(dated) if dated else wording.when(first)
        rows.append(PeriodRow(period.letter, when, period.title, period.ids))
    return tuple(rows)


def _closed(schedule: Schedule, context: Context) -> list[ClosedPeriod]:
    return closed_periods(schedule.plan, context.selection)


def _captions(schedule: Schedule, context: Context) -> Captions:
    wording = context.wording
    texts = {occurrence.id: _text(occurrence, context) for occurrence in schedule.occurrences}
    for period in _closed(schedule, context):
        texts[period.id] = f"{wording.closed(period)}, {wording.written(period.closure.when)}"
    for_all = wording.say.text("all regions") if schedule.plan.regions else wording.say.text("dates")
    return Captions(wording.words.months, for_all[:1].upper() + for_all[1:], texts, wording.words.day_point)


def _text(occurrence: Occurrence, context: Context) -> str:
    """Return the text of a date with its day and scope; of a period its title alone."""
    wording = context.wording
    return f"{wording.full_label(occurrence)}, {wording.when(occurrence)}" if is_mark(occurrence) else occurrence.title


def _year(school_year: int) -> str:
    return f"{school_year}/{(school_year + 1) % 100:02}"


def _about(first: date, last: date, counts: tuple[str, str], context: Context) -> str:
    days = (say_plain_day(day, context.wording.words) for day in (first, last))
    return f"{'–'.join(days)}: {', '.join(counts)}"


def _counts(dates: int, periods: int, say: Translator) -> tuple[str, str]:
    return say.count("{n} date", "{n} dates", dates), say.count("{n} period", "{n} periods", periods)


def _left_out(number: int, say: Translator) -> str:
    more = say.count("{n} more period stands in the table.", "{n} more periods stand in the table.", number)
    return more if number else ""
