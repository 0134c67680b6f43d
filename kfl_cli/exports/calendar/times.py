"""When an event is: DTSTART and DTEND, as whole days or as clock times in the plan's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from kfl_cli.dates import DEADLINE, PERIOD, Kind, Timed, Window

if TYPE_CHECKING:
    from kfl_cli.exports.context import PeriodsShown

UTC_ZONES = {"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "GMT", "Etc/GMT", "Universal", "Etc/Universal", "UCT", "Etc/UCT"}
"""The names of zones that are UTC: their times are written with Z, and they need no VTIMEZONE."""


_ASSUMED_LENGTH = timedelta(hours=1)


_DAY = timedelta(days=1)


@cache
def basic(day: date) -> str:
    """Return a day or local time in the basic format of ISO 8601; many entries share theirs."""
    return day.isoformat().replace("-", "").replace(":", "")


class Times:
    """Writes when the events of a calendar are."""

    def __init__(self, timezone: str, periods_shown: PeriodsShown) -> None:
        """Take the zone of clock times, and how periods are shown."""
        self.timezone = timezone
        self.periods_shown = periods_shown
        self._zone, self._utc = (":", "Z") if timezone in UTC_ZONES else (f";TZID={timezone}:", "")

    def start(self, timed: Timed | None, kind: Kind, window: Window) -> str:
        """Return the value of DTSTART: the time of an event that has one, else its first day."""
        if timed:
            return basic(datetime.combine(timed.first, timed.start))
        return basic(self._days(kind, window)[0])

    def lines(self, start: str, timed: Timed | None, kind: Kind, window: Window) -> bytes:
        """Return DTSTART and DTEND; of whole days, DTEND is the day after the last (RFC 5545 §3.6.1).

        An event without an end time gets an hour, and its description says so: clients give one without DTEND none or
        an hour, and Outlook shows one of no length as a line.
        """
        if timed is None:
            end = basic(self._days(kind, window)[1] + _DAY)
            return f"DTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\n".encode()
        zone, utc = self._zone, self._utc
        end = basic(datetime.combine(timed.last, timed.end) if timed.end else self._an_hour_after(timed))
        return f"DTSTART{zone}{start}{utc}\r\nDTEND{zone}{end}{utc}\r\n".encode()

    def _days(self, kind: Kind, window: Window) -> tuple[date, date]:
        """Return the first and the last day that are shown of a window that has a day."""
        start, end = window.start, window.end
        if kind is DEADLINE:
            first = last = end or start
        elif kind is PERIOD and self.periods_shown == "start":
            first = last = start or end
        else:
            first, last = start or end, end or start
        if first is None or last is None:  # pragma: no cover  undated occurrences are left out before
            raise AssertionError(window)
        return first, last

    def _an_hour_after(self, timed: Timed) -> datetime:
        """Return the local time an hour after a start, over a change of the clock too."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415  only for clock times without an end

        zone = ZoneInfo(self.timezone)
        later = datetime.combine(timed.first, timed.start, zone).astimezone(UTC) + _ASSUMED_LENGTH
        return later.astimezone(zone).replace(tzinfo=None)
