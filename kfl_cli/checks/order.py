"""Rules on the order of dates, and on the days between them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, time
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli import dates
from kfl_cli.dates import Kind
from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.completeness import (
    DEADLINE_TOO_LATE,
    NUMBERS_OUT_OF_ORDER,
    OUT_OF_ORDER,
    TASK_OUTSIDE_ACTIVITY,
    UNEVEN_SPACING,
)
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Rule, Span
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity

Moment = tuple[date, time]
"""A day and a clock time of it."""
_NEVER: Moment = date.min, time.min
_FEWEST_GROUPS = 3
"""The fewest groups among which one can be an outlier."""
_LEAST_DAYS = 7
_LEAST_SHARE = 0.25
"""How far from the median an outlier is at least: in days, and as a share of the median."""


def out_of_order(schedule: Schedule) -> Iterator[Diagnostic]:
    """Find dates that begin before what their activity comes ``after`` is over, for the same region or group."""
    by_id = {scheduled.activity.id: scheduled for scheduled in schedule.activities}
    ends_of = cache(lambda id_: _Ends.of(schedule, by_id[id_]))
    for scheduled in schedule.activities:
        if not scheduled.activity.after or scheduled.activity.id in schedule.without_order:
            continue
        begins = _begins(scheduled)
        for id_ in scheduled.activity.after:
            for later, earlier in ends_of(id_).violated(schedule, begins) if id_ in by_id else ():
                yield _wrong_order(schedule, later, earlier)


def numbers_out_of_order(facts: Facts) -> Iterator[Diagnostic]:
    """Find dates that come before those of the activity with the number before: «Workshop 2» before «Workshop 1»."""
    schedule = facts.schedule
    for before, scheduled in facts.series:
        if before.activity.id in scheduled.activity.after:
            continue  # out_of_order reports it
        for later, earlier in violations(schedule, before, scheduled):
            title = schedule.label(later)
            message = Message("«{title}» comes before «{first}»", title=title, first=earlier.title)
            related = (Related(Message("«{title}» here", title=schedule.label(earlier)), earlier.span),)
            remedy = Advice(
                Message("move one of the two; `after: {id}` says that the order matters", id=before.activity.id)
            )
            yield Diagnostic(NUMBERS_OUT_OF_ORDER, later.span, message, remedy, related)


def violations(
    schedule: Schedule, before: ScheduledActivity, scheduled: ScheduledActivity
) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Return each date of ``scheduled`` that begins before one of ``before`` can be over, with the last such one."""
    return _Ends.of(schedule, before).violated(schedule, _begins(scheduled))


class _Ends(Struct, frozen=True):
    """When the dates of an activity can be over at the earliest, for each leaf; sorted, so that a search is short."""

    last: Moment
    """The last of all ends."""
    by_leaf: dict[str, tuple[list[Moment], list[Occurrence]]]
    """The ends, sorted; and for each of them, the last occurrence of those that end then or later."""

    @classmethod
    def of(cls, schedule: Schedule, scheduled: ScheduledActivity) -> _Ends:
        ends_of: dict[str, list[tuple[Moment, Occurrence]]] = defaultdict(list)
        for occurrence in scheduled.current:
            end = _end(occurrence)
            if end is not None:
                for leaf in schedule.plan.scopes.leaves(occurrence.scopes):
                    ends_of[leaf].append((end, occurrence))
        by_leaf = {}
        for leaf, ends in ends_of.items():
            ends.sort(key=itemgetter(0))
            last = [each for _, each in ends]
            for index in range(len(last) - 2, -1, -1):
                last[index] = max(last[index], last[index + 1], key=lambda each: each.order)
            by_leaf[leaf] = [end for end, _ in ends], last
        return cls(max((ends[-1] for ends, _ in by_leaf.values()), default=_NEVER), by_leaf)

    def violated(
        self, schedule: Schedule, begins: list[tuple[Moment, Occurrence]]
    ) -> Iterator[tuple[Occurrence, Occurrence]]:
        """Return each date that begins before one of these can be over, with the last of these that it must come after.

        ``begins`` is sorted.
        """
        for begin, later in begins:
            if begin >= self.last:
                return
            known = (self.by_leaf.get(leaf) for leaf in schedule.plan.scopes.leaves(later.scopes))
            violated = [
                last[index] for ends, last in filter(None, known) if (index := bisect_right(ends, begin)) < len(ends)
            ]
            if violated:
                yield later, max(violated, key=lambda each: each.order)


def _begins(scheduled: ScheduledActivity) -> list[tuple[Moment, Occurrence]]:
    """Return the dates of an activity and when each begins at the latest, sorted by that."""
    begins = ((_begin(each), each) for each in scheduled.current)
    return sorted(((begin, each) for begin, each in begins if begin), key=itemgetter(0))


def _begin(occurrence: Occurrence) -> Moment | None:
    """Return when an occurrence begins at the latest; without a clock time, after all others of its day."""
    day = occurrence.window.start if occurrence.kind is Kind.EVENT else occurrence.window.end
    return (day, time.max if occurrence.clock is None else occurrence.clock) if day else None


def _end(occurrence: Occurrence) -> Moment | None:
    """Return when an occurrence is over at the earliest; without a clock time, before all others of its day."""
    day, stretches = _earliest_end(occurrence), occurrence.dated.stretches
    clock = (stretches[-1].end or stretches[-1].start) if stretches else occurrence.clock
    return (day, clock or time.min) if day else None


def _earliest_end(occurrence: Occurrence) -> date | None:
    window = occurrence.window
    return window.start if occurrence.kind is Kind.PERIOD else window.end


def _wrong_order(schedule: Schedule, later: Occurrence, earlier: Occurrence) -> Diagnostic:
    title = schedule.label(later)
    message = Message("«{title}» comes before «{first}», which it must come after", title=title, first=earlier.title)
    if later.order >= earlier.order and earlier.kind is not Kind.DEADLINE:
        message = Message(
            "«{title}» begins before «{first}», which it must come after, is over", title=title, first=earlier.title
        )
    day = _earliest_end(earlier)
    related_message = Message("«{title}» here", title=schedule.label(earlier))
    if earlier.kind is Kind.DEADLINE and day:
        related_message = Message("«{title}» is due {day}", title=schedule.label(earlier), day=day)
    remedy = Advice(Message("move one of the two, or mend `after:`"))
    related = (Related(related_message, earlier.span),)
    return Diagnostic(OUT_OF_ORDER, later.span, message, remedy, related)


def deadline_too_late(facts: Facts) -> Iterator[Diagnostic]:
    """Find tasks with a deadline after the last day of the activity that they prepare."""
    for own, tasks, _ in facts.prepared:
        last = _last_day(own)
        for task in tasks:
            due = task.window.end
            if task.kind is Kind.DEADLINE and due and last and due > last:
                message = Message("the deadline, {day}, is after «{title}»", day=due, title=task.activity.title)
                remedy = Advice(
                    Message(
                        "move it to before {day}; work that comes afterwards can say so: «by 3 days after {id}»",
                        day=last,
                        id=task.activity.id,
                    )
                )
                yield _outside(task, message, remedy, DEADLINE_TOO_LATE)


def task_outside_activity(facts: Facts) -> Iterator[Diagnostic]:
    """Find tasks dated outside the period of their activity, or after its day."""
    for own, tasks, scheduled in facts.prepared:
        last, is_period = _last_day(own), all(each.kind is Kind.PERIOD for each in own)
        for task in tasks:
            start = task.window.start
            if task.kind is not Kind.DEADLINE and start and last and start > last:
                yield _misplaced(task, Message("{day} is after «{title}»", day=start, title=task.activity.title))
            elif is_period and not dates.lies_within(task.when, task.window, scheduled.window):
                ends = (task.window.start, task.window.end)
                day = next(day for day in ends if day and not dates.Window(day, day).within(scheduled.window))
                written = scheduled.activity.when.text if scheduled.activity.when else ""
                yield _misplaced(task, Message("{day} lies outside «{window}»", day=day, window=written))


def _last_day(own: list[Occurrence]) -> date | None:
    """Return the last day of an activity that is on certain days; None for one that is a period."""
    is_event = all(each.kind is Kind.EVENT for each in own)
    return max((each.window.end for each in own if each.window.end), default=None) if is_event else None


def _misplaced(task: Occurrence, message: Message) -> Diagnostic:
    remedy = Advice(Message("move the task, or mend the `when:` of its activity"))
    return _outside(task, message, remedy, TASK_OUTSIDE_ACTIVITY)


def _outside(task: Occurrence, message: Message, remedy: Advice, rule: Rule) -> Diagnostic:
    where = span_of(task.activity.node, "when")
    return Diagnostic(
        rule, task.span, message, remedy, (Related(Message("«{title}» here", title=task.activity.title), where),)
    )


def uneven_spacing(facts: Facts) -> Iterator[Diagnostic]:
    """Find groups that have many more or fewer days between two activities in a row than the others."""
    by_id = {scheduled.activity.id: scheduled for scheduled in facts.schedule.activities}
    pairs = {
        (id_, scheduled.activity.id): (by_id[id_], scheduled)
        for scheduled in facts.schedule.activities
        for id_ in scheduled.activity.after
        if id_ in by_id
    }
    for first, second in facts.series:
        pairs.setdefault((first.activity.id, second.activity.id), (first, second))
    reported: set[Span] = set()
    for first, second in pairs.values():
        if first.activity.sessions and second.activity.sessions:
            for finding in _spacing(facts, first, second):
                if finding.span not in reported:
                    reported.add(finding.span)
                    yield finding


def _spacing(facts: Facts, first: ScheduledActivity, second: ScheduledActivity) -> Iterator[Diagnostic]:
    days = _days_between(facts, first, second)
    if len(days) < _FEWEST_GROUPS or min(gap for _, gap in days) < 0:
        return
    from statistics import median  # noqa: PLC0415  slow to load, and not needed to export a plan

    middle = median(gap for _, gap in days)
    days.sort(key=lambda each: (each[1], each[0].order))
    shortest, longest = days[0], days[-1]
    outlier, other = (shortest, longest) if middle - shortest[1] >= longest[1] - middle else (longest, shortest)
    if abs(outlier[1] - middle) >= max(_LEAST_DAYS, _LEAST_SHARE * middle):
        message = Message(
            "«{first}» → «{second}»: {days} days for {scope}, {other_days} for {other}; the median is {middle}",
            first=first.activity.title,
            second=second.activity.title,
            days=outlier[1],
            scope=facts.names(outlier[0].scopes),
            other_days=other[1],
            other=facts.names(other[0].scopes),
            middle=f"{middle:g}",
        )
        yield Diagnostic(
            UNEVEN_SPACING, outlier[0].span, message, Advice(Message("move one of the sessions, if that can be done"))
        )


def _days_between(facts: Facts, first: ScheduledActivity, second: ScheduledActivity) -> list[tuple[Occurrence, int]]:
    """Return the first session of each group in the second activity, and the days since its first in the first."""
    starts: dict[str, date] = {}
    for occurrence in first.current:
        for leaf in facts.scopes.leaves(occurrence.scopes):
            if occurrence.window.start:
                starts[leaf] = min(occurrence.window.start, starts.get(leaf, occurrence.window.start))
    days: dict[tuple[str, ...], tuple[Occurrence, int]] = {}
    for occurrence in sorted(second.current, key=lambda each: each.order):
        before = [starts[leaf] for leaf in facts.scopes.leaves(occurrence.scopes) if leaf in starts]
        if before and occurrence.window.start and occurrence.scopes:
            days.setdefault(occurrence.scopes, (occurrence, (occurrence.window.start - min(before)).days))
    return list(days.values())
