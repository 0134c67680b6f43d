"""When an occurrence begins and ends, as ISO 8601 texts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kfl_cli.dates import Timed

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence


def iso_day(day: object) -> str | None:
    """Return a day as an ISO 8601 text, None where there is none."""
    return str(day) if day else None


def ends(occurrence: Occurrence, timezone: str) -> tuple[str | None, str | None]:
    """Return first and last day, or both clock times with their offset, as ISO 8601 texts; None where open."""
    when = occurrence.when
    if not isinstance(when, Timed):
        return iso_day(occurrence.window.start), iso_day(occurrence.window.end)
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

    zone = ZoneInfo(timezone)
    start = datetime.combine(when.first, when.start, zone).isoformat()
    return start, datetime.combine(when.last, when.end, zone).isoformat() if when.end else None
