"""VTIMEZONE components (RFC 5545 §3.6.5) with yearly rules, for any IANA zone.

icalendar's own generator writes lists of dates, which Outlook cannot use, and puts the onset of summer time an hour
late.
"""

from __future__ import annotations

import calendar
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, LAST = 1970, 2037
"""Years in which changes of the clock are looked for; rules that still hold in the last one go on for ever."""


_OSLO = """\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""What icalendar writes for nearly every plan: loading it takes as long as writing a thousand entries."""
_OSLO_SINCE = 1996
_OSLO_CHANGES = 0x3BC4AB77
"""The checksum of the changes that it was made from; with a time zone database that knows others it is made anew."""


class Change(Struct, frozen=True):
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


@cache
def vtimezone(name: str, first_year: int) -> str:
    """Return the VTIMEZONE of an IANA zone, right from ``first_year`` on, with CRLF line breaks."""
    changes = list(changes_of(ZoneInfo(name)))
    if name == "Europe/Oslo" and first_year > _OSLO_SINCE and checksum(changes) == _OSLO_CHANGES:
        return _OSLO.replace("\n", "\r\n")
    from kfl_cli.exports.observances import component  # noqa: PLC0415  icalendar is slow to load

    return component(ZoneInfo(name), changes, first_year)


def checksum(changes: list[Change]) -> int:
    """Return a CRC-32 of all that a zone's definition is made from."""
    return zlib.crc32("\n".join(f"{c.instant}{c.before}{c.after}{c.name}{c.summer}" for c in changes).encode())


def changes_of(zone: ZoneInfo) -> Iterator[Change]:
    """Return the changes of a zone's offset, in their order."""
    at = datetime(FIRST, 1, 1, tzinfo=UTC)
    stop = datetime(LAST + 1, 1, 1, tzinfo=UTC)
    while at < stop:
        following = at + timedelta(days=14)
        if at.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change(zone, at, following)
        at = following


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> Change:
    """Find the second at which the offset changes between ``low`` and ``high``."""
    before = low.astimezone(zone).utcoffset() or timedelta()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    after = high.astimezone(zone)
    return Change(high, before, after.utcoffset() or timedelta(), after.tzname() or "", bool(after.dst()))
