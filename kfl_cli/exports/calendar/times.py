"""When an entry is: as whole days, or as clock times in the plan's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kfl_cli.dates import DEADLINE, PERIOD

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kfl_cli.dates import Kind, Window
    from kfl_cli.exports.calendar.slots import Slot
    from kfl_cli.exports.context import PeriodsShown

UTC_ZONES = {"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "GMT", "Etc/GMT", "Universal", "Etc/Universal", "UCT", "Etc/UCT"}
"""The names of zones that are UTC: their times are written with Z, and they need no VTIMEZONE."""


_ASSUMED_LENGTH = timedelta(hours=1)
"""Of an event without an end, and of a deadline with a clock time."""


_DAY = timedelta(days=1)


_NEAR = timedelta(hours=4)
"""Within so long of a change of the clock, times are written in UTC."""


@cache
def basic(day: date) -> str:
    """Return a day or local time in the basic format of ISO 8601; many entries share theirs."""
    return day.isoformat().replace("-", "").replace(":", "")


class Times:
    """Writes when the entries of a calendar are."""

    def __init__(self, timezone: str, periods_shown: PeriodsShown) -> None:
        """Take the zone of clock times, and how periods are shown."""
        self.timezone = timezone
        self.periods_shown = periods_shown
        self._is_utc = timezone in UTC_ZONES
        self._near_days: dict[date, bool] = {}

    def start(self, slot: Slot | None, kind: Kind, window: Window) -> str:
        """Return the value of DTSTART: a clock time where there is one, else the first day."""
        return self._ends(slot)[0] if slot else basic(self._days(kind, window)[0])

    def lines(self, slot: Slot | None, kind: Kind, window: Window) -> bytes:
        """Return DTSTART and DTEND; of whole days, DTEND is the day after the last (RFC 5545 §3.6.1).

        An event without an end time gets an hour, and its description says so: clients give one without DTEND none or
        an hour, and Outlook shows one of no length as a line. A deadline gets the hour before its clock time.
        """
        if slot:
            start, end = self._ends(slot)
        else:
            first, last = self._days(kind, window)
            start, end = basic(first), basic(last + _DAY)
        return self.line("DTSTART", start) + self.line("DTEND", end)

    def due(self, slot: Slot | None, window: Window) -> str:
        """Return the value of DUE: the clock time at which something is over or due, else its last day, if any."""
        if slot:
            return self._values(self._aware(slot.end or slot.at))[0]
        return basic(window.end) if window.end else ""

    def line(self, name: str, value: str) -> bytes:
        """Return a property whose value is a day or a clock time."""
        if "T" not in value:
            return f"{name};VALUE=DATE:{value}\r\n".encode()
        zone = "" if value.endswith("Z") else f";TZID={self.timezone}"
        return f"{name}{zone}:{value}\r\n".encode()

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

    def _ends(self, slot: Slot) -> tuple[str, ...]:
        """Return the values of both ends of a slot."""
        at = self._aware(slot.at)
        if slot.is_due:
            return self._values(self._shifted(at, -_ASSUMED_LENGTH), at)
        return self._values(at, self._aware(slot.end) if slot.end else self._shifted(at, _ASSUMED_LENGTH))

    def _values(self, *moments: datetime) -> tuple[str, ...]:
        """Write moments in the plan's zone; in UTC if one lies in the night when clocks change.

        No local time says which of two hours is meant when they go back: from 02.30 to 02.30, an hour later, would last
        no time at all. When they go forward, clients differ on the hours before.
        """
        in_utc = [each.astimezone(UTC) for each in moments]
        if self._is_utc or any(map(self._is_near_change, in_utc)):
            return tuple(f"{basic(each.replace(tzinfo=None))}Z" for each in in_utc)
        return tuple(basic(each.replace(tzinfo=None)) for each in moments)

    def _is_near_change(self, moment: datetime) -> bool:
        """Return whether clocks change within a few hours of a moment in UTC.

        Fast path: they do so on few days, and the entries of a calendar share theirs.
        """
        day = moment.date()
        if day not in self._near_days:
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            self._near_days[day] = self._changes_between(midnight - _NEAR, midnight + _DAY + _NEAR)
        return self._near_days[day] and self._changes_between(moment - _NEAR, moment + _NEAR)

    def _changes_between(self, start: datetime, end: datetime) -> bool:
        return start.astimezone(self._zone).utcoffset() != end.astimezone(self._zone).utcoffset()

    def _aware(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self._zone)

    def _shifted(self, moment: datetime, length: timedelta) -> datetime:
        """Return the local time so much later, over a change of the clock too."""
        return (moment.astimezone(UTC) + length).astimezone(self._zone)

    @cached_property
    def _zone(self) -> ZoneInfo:
        from zoneinfo import ZoneInfo  # noqa: PLC0415  only for clock times

        return ZoneInfo(self.timezone)
