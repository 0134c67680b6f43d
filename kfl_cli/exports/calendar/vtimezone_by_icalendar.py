"""VTIMEZONE components by icalendar, from the changes of a zone."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar

from kfl_cli.exports.calendar.offset_changes import FIRST, LAST, OffsetChange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_Observance = icalendar.TimezoneStandard | icalendar.TimezoneDaylight


def vtimezone_by_icalendar(zone: ZoneInfo, changes: list[OffsetChange], first_year: int) -> str:
    """Return the VTIMEZONE of a zone, right from ``first_year`` on, with CRLF line breaks."""
    found = icalendar.Timezone()
    found.add("tzid", zone.key)
    before = [change.instant for change in changes if change.instant.year < first_year]
    since = max(before, default=datetime(FIRST, 1, 1, tzinfo=UTC))
    observances = [
        observance
        for summer in (True, False)
        for observance in _observances([change for change in changes if change.summer is summer], since)
    ]
    for observance in observances or [_constant(zone)]:
        found.add_component(observance)
    return bytes(found.to_ical(sorted=False)).decode()


def _observances(changes: list[OffsetChange], since: datetime) -> Iterator[_Observance]:
    """Return an observance for each run of years under one rule; those that ended before ``since`` are left out.

    A rule that still holds in the last year that is looked at goes on for ever.
    """
    runs: list[tuple[list[OffsetChange], frozenset[tuple[object, ...]]]] = []
    for change in changes:
        if runs:
            members, rules = runs[-1]
            common = rules & change.rules
            if common and members[-1].instant.year + 1 == change.instant.year:
                members.append(change)
                runs[-1] = (members, common)
                continue
        runs.append(([change], change.rules))
    needed = [run for run in runs if run[0][-1].instant >= since or run[0][-1].instant.year == LAST]
    for members, rules in needed:
        yield _observance(members, rules)


def _observance(members: list[OffsetChange], rules: frozenset[tuple[object, ...]]) -> _Observance:
    first, last = members[0], members[-1]
    component: _Observance = icalendar.TimezoneDaylight() if first.summer else icalendar.TimezoneStandard()
    component.add("dtstart", first.local)
    if len(members) > 1:
        week = -1 if any(rule[0] == -1 for rule in rules) else next(iter(rules))[0]
        day = calendar.day_abbr[first.local.weekday()][:2].upper()
        rule: dict[str, object] = {"freq": "yearly", "bymonth": first.local.month, "byday": f"{week}{day}"}
        if last.instant.year < LAST:
            rule["count"] = len(members)
        component.add("rrule", rule)
    component.add("tzname", first.name)
    component.add("tzoffsetfrom", first.before)
    component.add("tzoffsetto", first.after)
    return component


def _constant(zone: ZoneInfo) -> icalendar.TimezoneStandard:
    """Return the one observance of a zone that never changes its clocks."""
    start = datetime(FIRST, 1, 1, tzinfo=UTC).astimezone(zone)
    component = icalendar.TimezoneStandard()
    component.add("dtstart", datetime(FIRST, 1, 1))  # noqa: DTZ001  RFC 5545 wants local time here
    component.add("tzname", start.tzname() or zone.key)
    component.add("tzoffsetfrom", start.utcoffset() or timedelta())
    component.add("tzoffsetto", start.utcoffset() or timedelta())
    return component
