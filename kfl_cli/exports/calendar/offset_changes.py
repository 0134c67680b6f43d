"""The moments at which a time zone changes its offset from UTC, and the yearly rules that would give each."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

FIRST, LAST = 1970, 2037
"""Years in which changes of the clock are looked for; rules that still hold in the last one go on for ever."""


class OffsetChange(Struct, frozen=True):
    """A change of a zone's offset."""

    instant: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def local(self) -> datetime:
        """The onset in the offset that held before it (RFC 5545 §3.6.5)."""
        return (self.instant + self.before).replace(tzinfo=None)

    @property
    def rules(self) -> frozenset[tuple[object, ...]]:
        """The yearly rules that would give this day: the last, or the nth, such weekday of the month."""
        local = self.local
        days = calendar.monthrange(local.year, local.month)[1]
        weeks = {(local.day - 1) // 7 + 1} | ({-1} if local.day + 7 > days else set())
        return frozenset(
            (week, local.month, local.weekday(), local.time(), self.before, self.after, self.name) for week in weeks
        )


def changes_of(zone: ZoneInfo) -> Iterator[OffsetChange]:
    """Return the changes of a zone's offset, in their order."""
    at = datetime(FIRST, 1, 1, tzinfo=UTC)
    stop = datetime(LAST + 1, 1, 1, tzinfo=UTC)
    while at < stop:
        following = at + timedelta(days=14)
        if at.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change(zone, at, following)
        at = following


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> OffsetChange:
    """Find the second at which the offset changes between ``low`` and ``high``."""
    before = low.astimezone(zone).utcoffset() or timedelta()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    after = high.astimezone(zone)
    return OffsetChange(high, before, after.utcoffset() or timedelta(), after.tzname() or "", bool(after.dst()))
