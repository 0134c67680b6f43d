"""Beginning and end of an occurrence as ISO 8601 texts, for JSON and CSV."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kfl_cli.dates import Timed
    from kfl_cli.schedule.occurrence import Occurrence


def iso_ends(occurrence: Occurrence, timezone: str) -> tuple[str | None, str | None]:
    """Return first and last day, or both clock times with the offset of the zone; None where open.

    Of several days with the same hours they are the beginning of the first and the end of the last.
    """
    dated = occurrence.dated
    if dated.stretches:
        return iso_stretch(dated.stretches[0], timezone)[0], iso_stretch(dated.stretches[-1], timezone)[1]
    if dated.due:
        return None, _iso(dated.due, timezone)
    start, end = occurrence.window.start, occurrence.window.end
    return start.isoformat() if start else None, end.isoformat() if end else None


def iso_stretch(stretch: Timed, timezone: str) -> tuple[str, str | None]:
    """Return both clock times of a stretch with the offset of the zone; no end where none is written."""
    start = datetime.combine(stretch.first, stretch.start)
    return _iso(start, timezone), _iso(datetime.combine(stretch.last, stretch.end), timezone) if stretch.end else None


def _iso(local: datetime, timezone: str) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

    return local.replace(tzinfo=ZoneInfo(timezone)).isoformat()
