"""Markdown: the familiar table Når | Aktiviteter | Ansvar | Målgruppe, as GFM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.dates import say_plain_day
from kfl_cli.exports.context import heading

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.resolve import Schedule


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the selection as a GFM document."""
    return page(schedule, context, "plan.md.j2")


def page(schedule: Schedule, context: Context, template: str, **more: object) -> bytes:
    """Render a template that shows the schedule as rows."""
    view, plan = context.view, schedule.plan
    text = context.templates.render(
        template,
        view.say,
        plan=plan,
        heading=heading(schedule, context),
        version=say_plain_day(plan.version, view.words) if plan.version else "",
        period=view.written(plan.period_when.when, plan.period_when.text) if plan.period_when else "",
        contact=view.contact(),
        rows=view.rows(schedule),
        history=context.history,
        site=context.site,
        **more,
    )
    return text.encode()
