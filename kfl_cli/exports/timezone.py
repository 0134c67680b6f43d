"""VTIMEZONE components (RFC 5545 §3.6.5) with yearly rules, for any IANA zone.

icalendar's own generator writes lists of dates, which Outlook cannot use, and puts the onset of summer time an hour
late.
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST, _LAST = 1970, 2037
"""Years in which changes of the clock are looked for; rules that still hold in the last one go on for ever."""


_Observance = icalendar.TimezoneStandard | icalendar.TimezoneDaylight


class _Change(Struct, frozen=True):
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
    component = icalendar.Timezone()
    component.add("tzid", name)
    zone = ZoneInfo(name)
    changes = list(_changes(zone))
    before = [change.instant for change in changes if change.instant.year < first_year]
    since = max(before, default=datetime(_FIRST, 1, 1, tzinfo=UTC))
    observances = [
        observance
        for summer in (True, False)
        for observance in _observances([change for change in changes if change.summer is summer], since)
    ]
    for observance in observances or [_constant(zone)]:
        component.add_component(observance)
    return bytes(component.to_ical(sorted=False)).decode()


def _changes(zone: ZoneInfo) -> Iterator[_Change]:
    at = datetime(_FIRST, 1, 1, tzinfo=UTC)
    stop = datetime(_LAST + 1, 1, 1, tzinfo=UTC)
    while at < stop:
        following = at + timedelta(days=14)
        if at.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change(zone, at, following)
        at = following


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> _Change:
    """Find the second at which the offset changes between ``low`` and ``high``."""
    before = low.astimezone(zone).utcoffset() or timedelta()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    after = high.astimezone(zone)
    return _Change(high, before, after.utcoffset() or timedelta(), after.tzname() or "", bool(after.dst()))


def _observances(changes: list[_Change], since: datetime) -> Iterator[_Observance]:
    """Return an observance for each run of years under one rule; those that ended before ``since`` are left out."""
    runs: list[tuple[list[_Change], frozenset[tuple[object, ...]]]] = []
    for change in changes:
        if runs:
            members, rules = runs[-1]
            common = rules & change.rules
            if common and members[-1].instant.year + 1 == change.instant.year:
                members.append(change)
                runs[-1] = (members, common)
                continue
        runs.append(([change], change.rules))
    needed = [run for run in runs if run[0][-1].instant >= since]
    for members, rules in needed:
        yield _observance(members, rules)


def _observance(members: list[_Change], rules: frozenset[tuple[object, ...]]) -> _Observance:
    first, last = members[0], members[-1]
    component: _Observance = icalendar.TimezoneDaylight() if first.summer else icalendar.TimezoneStandard()
    component.add("dtstart", first.local)
    if len(members) > 1:
        week = -1 if any(rule[0] == -1 for rule in rules) else next(iter(rules))[0]
        day = calendar.day_abbr[first.local.weekday()][:2].upper()
        rule: dict[str, object] = {"freq": "yearly", "bymonth": first.local.month, "byday": f"{week}{day}"}
        if last.instant.year < _LAST:
            rule["count"] = len(members)
        component.add("rrule", rule)
    component.add("tzname", first.name)
    component.add("tzoffsetfrom", first.before)
    component.add("tzoffsetto", first.after)
    return component


def _constant(zone: ZoneInfo) -> icalendar.TimezoneStandard:
    """Return the one observance of a zone that never changes its clocks."""
    start = datetime(_FIRST, 1, 1, tzinfo=UTC).astimezone(zone)
    component = icalendar.TimezoneStandard()
    component.add("dtstart", datetime(_FIRST, 1, 1))  # noqa: DTZ001  RFC 5545 wants local time here
    component.add("tzname", start.tzname() or zone.key)
    component.add("tzoffsetfrom", start.utcoffset() or timedelta())
    component.add("tzoffsetto", start.utcoffset() or timedelta())
    return component
