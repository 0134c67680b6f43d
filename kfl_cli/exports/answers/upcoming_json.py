"""Upcoming occurrences, as JSON: the structs are the contract with other programs (docs/exports.md)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind
from kfl_cli.exports.answers.upcoming import closed_phase, days_text, until_text
from kfl_cli.exports.json import named_scopes
from kfl_cli.exports.json_contract import NamedJson
from kfl_cli.plan.model import Status
from kfl_cli.schedule.upcoming import Phase
from kfl_cli.text.json import JsonObject, printable_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.upcoming import Upcoming, UpcomingOccurrence


class UpcomingOccurrenceJson(JsonObject, frozen=True):
    """An occurrence that starts, is due or is going on."""

    id: str
    title: str
    scope: NamedJson | None
    scopes: tuple[NamedJson, ...]
    phase: Phase
    kind: Kind
    day: date | None
    days_until: int | None
    until_text: str
    start: date | None
    end: date | None
    when_text: str
    status: Status
    location: str | None
    responsible: tuple[str, ...]
    audience: tuple[str, ...]


class UpcomingClosedJson(JsonObject, frozen=True):
    """A closed period that begins or goes on."""

    why: str
    regions: tuple[NamedJson, ...]
    phase: Phase
    day: date | None
    days_until: int | None
    until_text: str
    start: date | None
    end: date | None
    when_text: str


class UpcomingJson(JsonObject, frozen=True):
    """The occurrences ahead of a day, soonest first, then those that are going on."""

    today: date
    days: int
    overdue: tuple[UpcomingOccurrenceJson, ...]
    """Deadlines and tasks that should be done by now, the latest first."""
    items: tuple[UpcomingOccurrenceJson, ...]
    next: UpcomingOccurrenceJson | None
    last_day: date | None
    closed: tuple[UpcomingClosedJson, ...]


def as_json(ahead: Upcoming, wording: Wording, closed: Sequence[ClosedPeriod] = ()) -> str:
    """Return what is ahead as a JSON text of lines."""
    document = UpcomingJson(
        today=ahead.today,
        days=ahead.days,
        overdue=tuple(_occurrence(upcoming, ahead.today, wording) for upcoming in ahead.overdue),
        items=tuple(
            _occurrence(upcoming, ahead.today, wording) for upcoming in (*ahead.coming, *ahead.within, *ahead.ongoing)
        ),
        next=_occurrence(ahead.next, ahead.today, wording) if ahead.next else None,
        last_day=ahead.last_day,
        closed=tuple(_closed(period, ahead.today, wording) for period in closed),
    )
    return printable_json(document) + "\n"


def _closed(period: ClosedPeriod, today: date, wording: Wording) -> UpcomingClosedJson:
    phase, day = closed_phase(period, today)
    return UpcomingClosedJson(
        why=period.closure.why,
        regions=named_scopes(period.closure.regions, wording.plan),
        phase=phase,
        day=day,
        days_until=(day - today).days if day else None,
        until_text=days_text(phase, day, today, wording),
        start=period.window.start,
        end=period.window.end,
        when_text=wording.written(period.closure.when),
    )


def _occurrence(upcoming: UpcomingOccurrence, today: date, wording: Wording) -> UpcomingOccurrenceJson:
    occurrence = upcoming.occurrence
    day = None if upcoming.phase is Phase.WITHIN else upcoming.day
    scopes = named_scopes(occurrence.scopes, wording.plan)
    return UpcomingOccurrenceJson(
        id=occurrence.id,
        title=occurrence.title,
        scope=scopes[0] if len(scopes) == 1 else None,
        scopes=scopes,
        phase=upcoming.phase,
        kind=occurrence.kind,
        day=day,
        days_until=(day - today).days if day else None,
        until_text=until_text(upcoming, today, wording),
        start=occurrence.window.start,
        end=occurrence.window.end,
        when_text=wording.when(occurrence),
        status=occurrence.status,
        location=occurrence.location,
        responsible=tuple(assignment.party for assignment in occurrence.responsible),
        audience=tuple(assignment.party for assignment in occurrence.audience),
    )
