"""Closed periods in drawings: bands behind the marks of the tracks that they close."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.exports.drawings.tracks import Track
    from kfl_cli.schedule.closed_periods import ClosedPeriod


def closed_on(
    track: Track, closed: Iterable[ClosedPeriod], first: date, last: date
) -> Iterator[tuple[str, date, date]]:
    """Return the closed periods of a track between two days: id, first and last day of what lies between them.

    The track for all is closed where everybody is.
    """
    for period in closed:
        closes = not (period.closure.regions if track.leaves is None else track.leaves.isdisjoint(period.leaves))
        start, end = max(period.window.start or date.min, first), min(period.window.end or date.max, last)
        if closes and start <= end:
            yield period.id, start, end
