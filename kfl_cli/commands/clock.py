"""The clock: the only place that reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from kfl_cli.commands.options import settings

if TYPE_CHECKING:
    from kfl_cli.plan.model import Plan


def today(plan: Plan) -> date:
    """Return the day to look from: the one asked for, else today in the time zone of the plan."""
    chosen = settings().today
    if chosen is not None:
        return chosen
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only if no day was asked for

    return datetime.now(ZoneInfo(plan.timezone)).date()


def now() -> datetime:
    """Return the time in UTC, in whole seconds; if a day to look from was asked for, its midnight."""
    chosen = settings().today
    return datetime.combine(chosen, time(), UTC) if chosen else datetime.now(UTC).replace(microsecond=0)
