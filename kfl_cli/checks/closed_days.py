"""Rules on days that are not for work: holidays, weekends, closed periods, July."""

from __future__ import annotations

from datetime import time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from kfl_cli.dates import Kind, Timed, names_weekday
from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.days_and_clashes import (
    BRIDGE_DAY,
    CLOSED_PERIOD,
    DERIVED_CLOSED_DAY,
    HALF_DAY,
    JULY,
    NO_WORKING_DAY,
    PUBLIC_HOLIDAY,
    UNKNOWN_HOLIDAYS,
    WEEKEND,
)
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.schedule.closing_criteria import knows_closure, names_eve, says_closed, says_weekend
from kfl_cli.schedule.gathering_criteria import is_gathering
from kfl_cli.schedule.working_days import HOME, norwegian_half_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Rule
    from kfl_cli.schedule.occurrence import Occurrence

_JULY = 7
_NOON = time(12)
_LONGEST_EVENT = 7
"""Days; of what lasts longer, people know that it goes over weekends and holidays."""


class _Reason(NamedTuple):
    """Why a day is not for work."""

    rule: Rule
    message: Message
    related: tuple[Related, ...] = ()
    why: str = ""
    """Of a closed period."""


def unknown_holidays(facts: Facts) -> Iterator[Diagnostic]:
    """Find a country whose holidays are not known."""
    if facts.unknown_holidays:
        country, span = facts.plan.country, span_of(facts.plan.node, "plan", "country")
        message = Message(
            "the public holidays of «{country}» are not known, so dates on them are not found", country=country
        )
        yield Diagnostic(UNKNOWN_HOLIDAYS, span, message, Advice(facts.unknown_holidays))


def closed_day(facts: Facts) -> Iterator[Diagnostic]:
    """Find days and deadlines on holidays, in weekends and closed periods, and on days squeezed in between."""
    reason_of = cache(partial(_reason, facts))  # many dates share their day and whom they are for
    for occurrence in facts.current:
        days = _days(occurrence)
        if all(map(facts.workdays.is_plain, days)):
            continue
        leaves = facts.scopes.leaf_set(occurrence.scopes)
        if says_closed(occurrence):
            continue
        reasons = ((day, reason_of(leaves, day, at_end=day in {days[0], days[-1]})) for day in days)
        known = partial(_is_known, facts, occurrence, days)
        day, reason = next(((day, reason) for day, reason in reasons if reason and not known(reason)), (days[0], None))
        if reason is None:
            continue
        if occurrence.dated.is_written_day:
            yield _finding(facts, occurrence, day, reason)
        elif reason.rule is not BRIDGE_DAY:
            yield _derived(facts, occurrence, days[0])


def _is_known(facts: Facts, occurrence: Occurrence, days: list[date], reason: _Reason) -> bool:
    """Return whether an author knew of a reason: its word or the weekday stands there, or it is a whole weekend."""
    if reason.rule is CLOSED_PERIOD:
        return knows_closure(occurrence, reason.why)
    if reason.rule is WEEKEND and (says_weekend(occurrence) or _has_weekend(facts, days)):
        return True
    return occurrence.dated.is_written_day and names_weekday(occurrence.dated.text)


def _has_weekend(facts: Facts, days: list[date]) -> bool:
    """Return whether days end with all of a weekend."""
    return len(days) > 1 and all(map(facts.workdays.is_weekend, days[-2:]))


def _days(occurrence: Occurrence) -> list[date]:
    """Return the days on which people must be there, or the day that something is due."""
    start, end = occurrence.window.start, occurrence.window.end
    if end is None or occurrence.kind is Kind.PERIOD:
        return []
    if start is None or start == end or occurrence.kind is Kind.DEADLINE:
        return [end]
    length = (end - start).days + 1
    return [start + timedelta(days=step) for step in range(length)] if length <= _LONGEST_EVENT else []


def _reason(facts: Facts, leaves: frozenset[str], day: date, *, at_end: bool) -> _Reason | None:
    """Return why a day is not for work, by the strongest reason; None for a working day."""
    workdays = facts.workdays
    holiday = workdays.holiday(day)
    if holiday:
        message = Message("{day} is a public holiday: {holiday}", day=day, holiday=holiday)
        return _Reason(PUBLIC_HOLIDAY, message)
    closures, parts = workdays.closed(day, leaves)
    if closures:
        why = closures[0].why
        message = Message("{day} lies in a closed period: {why}", day=day, why=why)
        if parts != leaves:
            names = facts.names(leaf for leaf in facts.scopes.leaves() if leaf in parts)
            message = Message("{day} lies in a closed period for {scopes}: {why}", day=day, scopes=names, why=why)
        related = tuple(Related(Message("closed here"), span_of(each.node, "when")) for each in closures[:3])
        return _Reason(CLOSED_PERIOD, message, related, why)
    if workdays.is_weekend(day):
        message = Message("{day} is in a weekend", day=day)
        return _Reason(WEEKEND, message) if at_end else None
    if workdays.is_bridge(day):
        message = Message("{day} is squeezed in between a public holiday and a weekend", day=day)
        return _Reason(BRIDGE_DAY, message)
    return None


def _finding(facts: Facts, occurrence: Occurrence, day: date, reason: _Reason) -> Diagnostic:
    first = _days(occurrence)[0] if occurrence.kind is Kind.EVENT else day
    before = facts.workdays.last_before(first, facts.scopes.leaf_set(occurrence.scopes))
    remedy = Advice(Message("the last working day before is {day}", day=before)) if before else None
    return Diagnostic(reason.rule, occurrence.span, reason.message, remedy, reason.related)


def _derived(facts: Facts, occurrence: Occurrence, day: date) -> Diagnostic:
    title = facts.schedule.label(occurrence)
    before = facts.workdays.last_before(day, facts.scopes.leaf_set(occurrence.scopes))
    message = Message("«{title}» falls on {day}, which is no working day", title=title, day=day)
    if before:
        message = Message(
            "«{title}» falls on {day}; the last working day before is {before}", title=title, day=day, before=before
        )
    return Diagnostic(DERIVED_CLOSED_DAY, occurrence.span, message)


def half_day(facts: Facts) -> Iterator[Diagnostic]:
    """Find gatherings that reach past noon on half working days, unless a day of them is free anyway."""
    if facts.plan.country != HOME:
        return
    half_days_of, workdays = cache(norwegian_half_days), facts.workdays
    for occurrence in facts.current:
        days = _days(occurrence)
        half = next((day for day in days if day in half_days_of(day.year)), None)
        if half is None or not _past_noon(occurrence, half) or workdays.is_bridge(half):
            continue
        if not (is_gathering(occurrence) and occurrence.dated.is_written_day) or names_eve(occurrence):
            continue
        leaves = facts.scopes.leaf_set(occurrence.scopes)
        if all(workdays.is_working(day, leaves) for day in days):
            message = Message("{day} is a half working day: {name}", day=half, name=half_days_of(half.year)[half])
            remedy = Advice(Message("end it by 12.00, or choose another day"))
            yield Diagnostic(HALF_DAY, occurrence.span, message, remedy)


def _past_noon(occurrence: Occurrence, day: date) -> bool:
    """Return whether an occurrence goes on after noon of a day of it; without an end, whether it begins then."""
    when = occurrence.when
    if not isinstance(when, Timed) or day != when.last:
        return True
    return when.end > _NOON if when.end else when.start >= _NOON


def july(facts: Facts) -> Iterator[Diagnostic]:
    """Find days and deadlines in July."""
    if facts.plan.country != HOME:
        return
    for occurrence in facts.current:
        start, end = occurrence.window.start, occurrence.window.end
        ends = (start, end) if occurrence.kind is Kind.EVENT else (end,) if occurrence.kind is Kind.DEADLINE else ()
        days = [day for day in ends if day and day.month == _JULY]
        if days and occurrence.dated.is_written_day and not says_closed(occurrence):
            message = Message("{day} is in July, when most are on holiday", day=days[0])
            remedy = Advice(Message("move it to June or August"))
            yield Diagnostic(JULY, occurrence.span, message, remedy)


def no_working_day(facts: Facts) -> Iterator[Diagnostic]:
    """Find periods without a working day."""
    for occurrence in facts.current:
        start, end = occurrence.window.start, occurrence.window.end
        if start is None or end is None or occurrence.kind is Kind.DEADLINE:
            continue
        if occurrence.kind is Kind.EVENT and (end - start).days < _LONGEST_EVENT:
            continue
        leaves = facts.scopes.leaf_set(occurrence.scopes)
        if facts.workdays.first_for_some(start, end, leaves) is None:
            closures = [each for day in (start, end) for each in facts.workdays.closed(day, leaves)[0]]
            if says_closed(occurrence) or any(knows_closure(occurrence, each.why) for each in closures):
                continue
            message = Message("there is no working day from {start} to {end}", start=start, end=end)
            related = tuple(Related(Message("closed here"), span_of(each.node, "when")) for each in closures[:1])
            remedy = Advice(Message("choose another period"))
            yield Diagnostic(NO_WORKING_DAY, occurrence.span, message, remedy, related)
