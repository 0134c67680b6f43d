"""Markdown: the familiar table Når | Aktiviteter | Ansvar | Målgruppe, as GFM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.exports.activity_rows import activity_rows
from kfl_cli.exports.schedule_template import document
from kfl_cli.schedule.closed_periods import closed_periods

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.schedule.occurrence import Schedule


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the selection as a GFM document; the template is told which columns would be empty."""
    closed = closed_periods(schedule.plan, context.selection)
    rows = activity_rows(schedule, context.wording, closed)
    empty = tuple(name for name in ("responsible", "audience") if not any(getattr(row, name) for row in rows))
    return document(schedule, context, "plan.md.j2", rows=rows, empty=empty)
