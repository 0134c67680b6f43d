"""Rules on dates that cannot be meant: outside their window or period, or at a time that the clock skips."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache, partial
from typing import TYPE_CHECKING

from kfl_cli.dates import Window, lies_within
from kfl_cli.findings.finding import Advice, Diagnostic, Related, Span
from kfl_cli.findings.rules.dates import NO_SUCH_TIME, OUTSIDE_PERIOD, SESSION_OUTSIDE_WINDOW
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from kfl_cli.schedule.occurrence import Occurrence, Schedule


def session_outside_window(schedule: Schedule) -> Iterator[Diagnostic]:
    """Find sessions that do not lie within their activity's ``when``."""
    for scheduled in schedule.activities:
        if scheduled.activity.when is None:
            continue
        for occurrence in scheduled.occurrences:
            if occurrence.allowed and not _is_within(occurrence, occurrence.allowed):
                day = _outside(occurrence.window, occurrence.allowed)
                message = Message("{day} lies outside «{window}»", day=day, window=scheduled.activity.when.text)
                place_of_window = span_of(scheduled.activity.node, "when")
                related = (Related(Message("the window of «{id}»", id=scheduled.activity.id), place_of_window),)
                remedy = Advice(Message("mend the date of the session or the `when:` of its activity"))
                yield Diagnostic(SESSION_OUTSIDE_WINDOW, occurrence.span, message, remedy, related)


def outside_period(schedule: Schedule) -> Iterator[Diagnostic]:
    """Find dates outside the plan's period; dates that refer to one of them are not reported too."""
    period, written = schedule.plan.period, schedule.plan.period_when
    if period is None or written is None:
        return
    outside = [each for each in schedule.occurrences if not _is_within(each, period)]
    followers = _followers(schedule, {each.activity.id for each in outside if not each.dated.references})
    seen: set[Span] = set()
    for occurrence in outside:
        if occurrence.span in seen or any(id_ in followers for id_ in occurrence.dated.references):
            continue
        seen.add(occurrence.span)
        if occurrence.allowed and not _is_within(occurrence, occurrence.allowed):
            continue  # reported as outside the window of its activity
        day = _outside(occurrence.window, period)
        message = Message("{day} lies outside the plan's period, «{period}»", day=day, period=written.text)
        remedy = Advice(Message("mend the year, or the period under `plan:`"))
        yield Diagnostic(OUTSIDE_PERIOD, occurrence.span, message, remedy)


def _followers(schedule: Schedule, origins: set[str]) -> set[str]:
    """Return ``origins`` and all activities whose dates refer to them, directly or through others."""
    referring: dict[str, set[str]] = {}
    for occurrence in schedule.occurrences:
        for id_ in occurrence.dated.references:
            referring.setdefault(id_, set()).add(occurrence.activity.id)
    found, ahead = set(origins), list(origins)
    while ahead:
        new = referring.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def _is_within(occurrence: Occurrence, window: Window) -> bool:
    return lies_within(occurrence.when, occurrence.window, window)


def _outside(window: Window, other: Window) -> date:
    """Return the first known end of ``window`` that lies outside ``other``."""
    ends = (end for end in (window.start, window.end) if end is not None)
    return next(end for end in ends if not Window(end, end).within(other))


def no_such_time(schedule: Schedule) -> Iterator[Diagnostic]:
    """Find clock times in the hour that is skipped when clocks go forward."""
    timed = [each for each in schedule.occurrences if each.dated.has_clock]
    if not timed:
        return
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

    exists = cache(partial(_exists, ZoneInfo(schedule.plan.timezone)))
    for occurrence in timed:
        for day, clock in _clock_times(occurrence):
            if not exists(day, clock):
                message = Message(
                    "there is no {clock} on {day}: clocks go forward that night",
                    clock=f"{clock:%H.%M}",
                    day=day,
                )
                remedy = Advice(Message("write a time an hour earlier or later"))
                yield Diagnostic(NO_SUCH_TIME, occurrence.span, message, remedy)
                break


def _clock_times(occurrence: Occurrence) -> Iterator[tuple[date, time]]:
    """Return the clock times of an event or a deadline, each with its day."""
    for stretch in occurrence.dated.stretches:
        yield stretch.first, stretch.start
        if stretch.end is not None:
            yield stretch.last, stretch.end
    if occurrence.dated.due:
        yield occurrence.dated.due.date(), occurrence.dated.due.time()


def _exists(zone: ZoneInfo, day: date, clock: time) -> bool:
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone).time() == clock
