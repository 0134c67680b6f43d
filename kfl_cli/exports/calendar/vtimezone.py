"""VTIMEZONE components (RFC 5545 §3.6.5): that of Oslo as data, any other made by icalendar.

Nearly every plan has clock times in Oslo's zone, and loading icalendar takes as long as writing a thousand entries.
"""

from __future__ import annotations

import zlib
from functools import cache
from zoneinfo import ZoneInfo

from kfl_cli.exports.calendar.offset_changes import OffsetChange, changes_of

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
"""The text that icalendar writes for Oslo."""


_OSLO_SINCE = 1996


_OSLO_CHANGES = 0x3BC4AB77
"""The checksum of the changes that ``_OSLO`` describes; where the time zone database has others, icalendar is used."""


@cache
def vtimezone(name: str, first_year: int) -> str:
    """Return the VTIMEZONE of an IANA zone, right from ``first_year`` on, with CRLF line breaks."""
    changes = list(changes_of(ZoneInfo(name)))
    if name == "Europe/Oslo" and first_year > _OSLO_SINCE and checksum(changes) == _OSLO_CHANGES:
        return _OSLO.replace("\n", "\r\n")
    from kfl_cli.exports.calendar.vtimezone_by_icalendar import vtimezone_by_icalendar  # noqa: PLC0415  slow to load

    return vtimezone_by_icalendar(ZoneInfo(name), changes, first_year)


def checksum(changes: list[OffsetChange]) -> int:
    """Return a CRC-32 of all that a zone's definition is made from."""
    return zlib.crc32("\n".join(f"{c.instant}{c.before}{c.after}{c.name}{c.summer}" for c in changes).encode())
