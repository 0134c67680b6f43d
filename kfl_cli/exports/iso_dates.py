"""Beginning and end of an occurrence as ISO 8601 texts, for JSON and CSV."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kfl_cli.dates import Timed

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence


def iso_ends(occurrence: Occurrence, timezone: str) -> tuple[str | None, str | None]:
    """Return first and last day, or both clock times with the offset of the zone; None where open."""
    when = occurrence.when
    if not isinstance(when, Timed):
        start, end = occurrence.window.start, occurrence.window.end
        return start.isoformat() if start else None, end.isoformat() if end else None
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

    zone = ZoneInfo(timezone)
    begins = datetime.combine(when.first, when.start, zone).isoformat()
    return begins, datetime.combine(when.last, when.end, zone).isoformat() if when.end else None
