"""SVG: the year wheels of a plan as a drawing of its own, for a newsletter or a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from kfl_cli.exports.context import Context, heading
from kfl_cli.exports.drawings.figures import wheel_figures
from kfl_cli.exports.drawings.wheel import LARGE
from kfl_cli.exports.numbering import number_dates
from kfl_cli.exports.templates.environment import TemplateError

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Schedule

_ACTIVE = frozenset({"script", "image", "feimage", "foreignobject", "iframe", "animate", "set", "handler"})
"""Elements of SVG that run or fetch something, or hold elements that do."""


def render(schedule: Schedule, context: Context) -> bytes:
    """Return one drawing with a wheel for each school year, below each other. Raises TemplateError."""
    text = context.templates.render(
        "wheels.svg.j2",
        context.wording.say,
        heading=heading(schedule, context),
        wheels=wheel_figures(schedule, context, number_dates(schedule), LARGE),
        side=2 * LARGE.radius,
        theme=escape(str(context.templates.theme)),
        filters=None,
        linked=False,
        drawing_style="",
    )
    data = text.encode()
    if context.templates.beside_plan:
        _refuse_active(data)
    return data


def _refuse_active(data: bytes) -> None:
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
        if name.lower() in _ACTIVE or acts or leads:
            raise TemplateError(f"a drawing may run and fetch nothing, and this one has <{name}>")
