"""A plan in days: its activities with their occurrences."""

from __future__ import annotations

from datetime import date, time
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.findings.finding import FromFile, Span
from kfl_cli.plan.model import Activity, Assignment, Dated, Link, Plan, Session, Status, Task
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.text.names import title_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli import dates
    from kfl_cli.dates import Kind, Precision, Window
    from kfl_cli.plan.scopes import ScopeIds

Order = tuple[date, time, date]
"""First day, clock time and last day of an occurrence; what has the same stands in the order of the plan."""


class Occurrence(FromFile, frozen=True, gc=False):
    """An activity × session or group, or a dated task, with its days."""

    id: str
    activity: Activity
    title: str
    scopes: ScopeIds
    dated: Dated
    window: Window
    status: Status
    location: str | None
    question: str | None
    note: str | None
    responsible: tuple[Assignment, ...]
    audience: tuple[Assignment, ...]
    capacity: int | None = None
    """How many there is room for."""
    task: Task | None = None
    session: Session | None = None
    allowed: Window | None = None
    """For a session: the window of its activity, as its group has it."""

    @property
    def when(self) -> dates.When:
        """Its date as read."""
        return self.dated.when

    @property
    def kind(self) -> Kind:
        """Whether it is an event, a period or a deadline."""
        return self.dated.kind

    @property
    def precision(self) -> Precision:
        """How exactly its date is known."""
        return self.dated.precision

    @property
    def clock(self) -> time | None:
        """The clock time at which it begins, or is due; None of whole days and periods."""
        if self.dated.due:
            return self.dated.due.time()
        return self.dated.stretches[0].start if self.dated.stretches else None

    @property
    def span(self) -> Span:
        """Where its date stands in the file."""
        return span_of((self.session or self.task or self.activity).node, "when")

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of its session or task, beside those of its activity."""
        owner = self.session or self.task
        return owner.links if owner else ()

    @property
    def all_links(self) -> tuple[Link, ...]:
        """Its links as readers of a calendar or a table get them: its own first, then those of its activity.

        A task has its own only.
        """
        return self.links if self.task else self.links + self.activity.links

    @property
    def scope(self) -> str | None:
        """The one region or group it is for; None where it is for all or for several."""
        return self.scopes[0] if len(self.scopes) == 1 else None

    @property
    def order(self) -> Order:
        """The sort key: first day (undated occurrences come last), clock time, last day."""
        return order_of(self.window, self.clock or time.min)


def order_of(window: Window, clock: time = time.min) -> Order:
    """Return the sort key of some days."""
    start, end = window.start, window.end
    return start or end or date.max, clock, end or start or date.max


class ScheduledActivity(Struct, frozen=True, gc=False):
    """An activity of the schedule with its own window and its occurrences."""

    activity: Activity
    window: Window
    occurrences: tuple[Occurrence, ...]
    tasks: tuple[Occurrence, ...] = ()
    """The occurrences of all dated tasks, also those that a selection leaves out of ``occurrences``."""

    @property
    def current(self) -> list[Occurrence]:
        """The occurrences of the activity itself that are dated and not cancelled."""
        return [
            occurrence
            for occurrence in self.occurrences
            if occurrence.task is None and occurrence.status is not Status.CANCELLED and not occurrence.window.unset
        ]

    @property
    def order(self) -> Order:
        """The sort key of its row: that of the first of its own dates; tasks may lie long before it."""
        own = (occurrence.order for occurrence in self.occurrences if occurrence.task is None)
        return min(own, default=order_of(self.window))


class Schedule(Struct, frozen=True):
    """A resolved plan: its activities in reading order."""

    plan: Plan
    activities: tuple[ScheduledActivity, ...]
    without_order: frozenset[str] = frozenset()
    """Ids of the activities whose ``after`` go round in a ring, or lead to one."""

    @property
    def occurrences(self) -> Iterator[Occurrence]:
        """All occurrences in reading order."""
        return (occurrence for scheduled in self.activities for occurrence in scheduled.occurrences)

    @property
    def by_date(self) -> list[Occurrence]:
        """All occurrences in the order of their dates; those of one date in reading order."""
        return sorted(self.occurrences, key=attrgetter("order"))

    def label(self, occurrence: Occurrence) -> str:
        """Return the title of an occurrence in a finding: with the region or group it is for, where that is one."""
        names = [self.plan.scopes.names[occurrence.scope]] if occurrence.scope else []
        return title_for(occurrence.title, names)
