"""SVG: the year wheel as a drawing of its own, for a newsletter or a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.dates import say_plain_day
from kfl_cli.exports.context import heading
from kfl_cli.numbering import Numbers, is_mark, number
from kfl_cli.wheel import LARGE, Names, Size, Wheel, wheels

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.resolve import Occurrence, Schedule


def drawings(schedule: Schedule, context: Context, numbers: Numbers, size: Size) -> list[dict[str, object]]:
    """Return what the template needs of each school year in which something is dated."""
    view = context.view
    texts = {each.id: _text(each, context) for each in schedule.occurrences}
    names = Names(view.words.months, _capital(view.say.text("all regions")), texts)
    found = wheels(schedule, numbers, names, context.selection.leaves, size)
    return [_values(wheel, context) for wheel in found]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(occurrence: Occurrence, context: Context) -> str:
    """Return what a mark stands for, with its day and whom it is for; a period by its title alone."""
    view = context.view
    return f"{view.full_label(occurrence)}, {view.when(occurrence)}" if is_mark(occurrence) else occurrence.title


def _values(wheel: Wheel, context: Context) -> dict[str, object]:
    say = context.view.say
    year = f"{wheel.first.year}/{wheel.last.year % 100:02}"
    dates = say.count("{n} date", "{n} dates", wheel.dates)
    periods = say.count("{n} period", "{n} periods", len(wheel.periods) + wheel.left_out)
    first, last = (say_plain_day(day, context.view.words) for day in (wheel.first, wheel.last))
    return {
        "wheel": wheel,
        "year": year,
        "title": f"{say.text('Year wheel')} {year}",
        "about": f"{first}–{last}: {dates}, {periods}",
        "counts": (dates, periods),
        "rings": [ring.name for ring in wheel.rings],
    }


def render(schedule: Schedule, context: Context) -> bytes:
    """Return one drawing with a wheel a school year, below each other."""
    values = drawings(schedule, context, number(schedule), LARGE)
    text = context.templates.render(
        "wheels.svg.j2", context.view.say, heading=heading(schedule, context), wheels=values, side=2 * LARGE.radius
    )
    return text.encode()
