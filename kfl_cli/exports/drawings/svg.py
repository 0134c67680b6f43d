"""SVG: the year wheel as a drawing of its own, for a newsletter or a slide; the drawings of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from msgspec import Struct

from kfl_cli.exports.context import Context, heading
from kfl_cli.exports.drawings.rows import Captions
from kfl_cli.exports.drawings.timeline import timelines
from kfl_cli.exports.drawings.wheel import LARGE, Size, Wheel, wheels
from kfl_cli.exports.numbering import DateNumbers, is_mark, number_dates
from kfl_cli.exports.templates.environment import TemplateError
from kfl_cli.language.days import say_plain_day

if TYPE_CHECKING:
    from datetime import date

    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_ACTING = frozenset({"script", "image", "feimage", "foreignobject", "iframe", "animate", "set", "handler"})
"""Elements of SVG that run, fetch or hold what does."""


class Shown(Struct, frozen=True):
    """A period of a wheel, as a row of the list beside it."""

    letter: str
    when: str
    title: str
    ids: tuple[str, ...]


def wheel_drawings(schedule: Schedule, context: Context, numbers: DateNumbers, size: Size) -> list[dict[str, object]]:
    """Return what the template needs of the wheel of each school year in which something is dated."""
    say = context.wording.say
    found = wheels(schedule, numbers, _names(schedule, context), context.selection.leaves, size)
    return [
        {
            "wheel": wheel,
            "dial": _dial(wheel, context),
            "year": _year(wheel.first.year),
            "title": f"{say.text('Year wheel')} {_year(wheel.first.year)}",
            "about": _about(wheel.first, wheel.last, (wheel.count, len(wheel.periods) + wheel.left_out), context),
            "counts": _counts(wheel.count, len(wheel.periods) + wheel.left_out, context),
            "rings": [ring.name for ring in wheel.rings],
            "periods": _periods(wheel, schedule, context) if size.numbered else [],
            "left_out": _left_out(wheel.left_out, context),
        }
        for wheel in found
    ]


def _dial(wheel: Wheel, context: Context) -> Markup:
    """Return months and weeks, drawn once however many wheels have them."""
    key = (wheel.first.year, wheel.size.numbered)
    if key not in context.dials:
        text = context.templates.render("dial.svg.j2", context.wording.say, wheel=wheel)
        context.dials[key] = Markup(text)  # noqa: S704  what the template has escaped
    return context.dials[key]


def timeline_drawings(schedule: Schedule, context: Context, numbers: DateNumbers) -> list[dict[str, object]]:
    """Return what the template needs of the timeline of each school year in which something is dated."""
    say = context.wording.say
    found = timelines(schedule, numbers, _names(schedule, context), context.selection.leaves)
    return [
        {
            "timeline": timeline,
            "title": f"{say.text('Timeline')} {_year(timeline.year)}",
            "about": _about(
                timeline.first, timeline.last, (timeline.count, len(timeline.bars) + timeline.left_out), context
            ),
            "left_out": _left_out(timeline.left_out, context),
        }
        for timeline in found
    ]


def _left_out(number: int, context: Context) -> str:
    say = context.wording.say
    more = say.count("{n} more period stands in the table.", "{n} more periods stand in the table.", number)
    return more if number else ""


def _periods(wheel: Wheel, schedule: Schedule, context: Context) -> list[Shown]:
    """Return the periods of a wheel by their letters, with their dates in the author's words."""
    by_id = {each.id: each for each in schedule.occurrences}
    found = []
    for period in sorted(wheel.periods, key=lambda each: (len(each.letter), each.letter)):
        first = by_id[period.ids[0]]
        own = first.task.when if first.task else first.activity.when
        when = context.wording.written(own) if own else context.wording.when(first)
        found.append(Shown(period.letter, when, period.text, period.ids))
    return found


def _names(schedule: Schedule, context: Context) -> Captions:
    wording = context.wording
    texts = {each.id: _text(each, context) for each in schedule.occurrences}
    for_all = wording.say.text("all regions") if schedule.plan.regions else wording.say.text("dates")
    return Captions(wording.words.months, for_all[:1].upper() + for_all[1:], texts, wording.words.day_point)


def _text(occurrence: Occurrence, context: Context) -> str:
    """Return what a mark stands for, with its day and whom it is for; a period by its title alone."""
    wording = context.wording
    return f"{wording.full_label(occurrence)}, {wording.when(occurrence)}" if is_mark(occurrence) else occurrence.title


def _year(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"


def _about(first: date, last: date, counts: tuple[int, int], context: Context) -> str:
    days = (say_plain_day(day, context.wording.words) for day in (first, last))
    return f"{'–'.join(days)}: {', '.join(_counts(*counts, context))}"


def _counts(dates: int, periods: int, context: Context) -> tuple[str, str]:
    say = context.wording.say
    return say.count("{n} date", "{n} dates", dates), say.count("{n} period", "{n} periods", periods)


def render(schedule: Schedule, context: Context) -> bytes:
    """Return one drawing with a wheel a school year, below each other."""
    text = context.templates.render(
        "wheels.svg.j2",
        context.wording.say,
        heading=heading(schedule, context),
        wheels=wheel_drawings(schedule, context, number_dates(schedule), LARGE),
        side=2 * LARGE.radius,
        theme=escape(str(context.templates.theme)),
        filters=None,
        linked=False,
        drawing_style="",
    )
    data = text.encode()
    if context.templates.beside_plan:
        _refuse_what_acts(data)
    return data


def _refuse_what_acts(data: bytes) -> None:
    """Refuse a drawing of a plan's own templates that runs or fetches something. Raises TemplateError."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  only where a plan has templates

    try:
        elements = list(ET.fromstring(data).iter())  # noqa: S314  expat bounds what entities come to
    except ET.ParseError as error:
        raise TemplateError(f"the drawing is no XML: {error}") from error
    for element in elements:
        name = str(element.tag).rpartition("}")[2]
        acts = [key for key in element.keys() if key.lower().startswith("on")]  # noqa: SIM118  not a dict
        leads = [value for key, value in element.items() if key.endswith("href") and not value.startswith("#")]
        if name.lower() in _ACTING or acts or leads:
            raise TemplateError(f"a drawing may run and fetch nothing, and this one has <{name}>")
