"""A template that shows a whole schedule, as Markdown or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.exports.context import Context, heading
from kfl_cli.language.days import say_plain_day

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Schedule


def document(schedule: Schedule, context: Context, template: str, **more: object) -> bytes:
    """Render a template that shows a schedule; ``more`` are values of its own."""
    wording, plan = context.wording, schedule.plan
    text = context.templates.render(
        template,
        wording.say,
        plan=plan,
        heading=heading(schedule, context),
        version=say_plain_day(plan.version, wording.words) if plan.version else "",
        period=wording.written(plan.period_when) if plan.period_when else "",
        contact=wording.contact(),
        history=context.recent_changes,
        **more,
    )
    return text.encode()
