"""The plan as its author wrote it: frozen, typed values. Their places in the file take no part in equality.

No value refers back to one that holds it, so the collector need not track those that are many (``gc=False``).
"""

from __future__ import annotations

import enum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli import dates
from kfl_cli.findings.finding import FromFile, Rule, Span
from kfl_cli.plan.scopes import Region, Scopes

if TYPE_CHECKING:
    from datetime import date, datetime

    from kfl_cli.dates import Kind, Precision, Seasons, Timed, When, Window
    from kfl_cli.plan.labels import Labels
    from kfl_cli.plan.parties import Collectives, Party
    from kfl_cli.plan.yaml.nodes import Mapping
    from kfl_cli.text.kinds import Exact, Markdown, Sentence


class Status(enum.Enum):
    """How certain an occurrence is, or that it is done."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    DONE = "done"

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to settle or to do: it is done, or does not take place."""
        return self in {Status.CANCELLED, Status.DONE}


class Category(FromFile, frozen=True):
    """A kind of activity, by which readers can choose and which has a colour."""

    id: Exact
    name: Sentence
    aliases: tuple[Sentence, ...] = ()
    node: Mapping | None = None


class Assignment(Struct, frozen=True, gc=False):
    """A party that answers for something or that something is for, with what is said of it there."""

    party: Exact
    note: Sentence | None = None
    count: int | None = None


class Link(Struct, frozen=True, gc=False):
    """An address and its title."""

    url: Exact
    title: Sentence | None = None


class Goal(Struct, frozen=True):
    """A goal of the plan: an intention and the aims under it."""

    intention: Sentence
    aims: tuple[Sentence, ...] = ()


class Contact(Struct, frozen=True):
    """The person or office that readers can ask."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    url: str | None = None


class Dated(Struct, frozen=True, gc=False):
    """A date as written and as read, with its properties; all occurrences of one wording share the value."""

    text: str
    when: When
    kind: Kind
    precision: Precision
    references: tuple[str, ...]
    """Ids of the activities that it names."""
    is_counted: bool
    """Whether it counts days, weeks or months from something."""
    is_worded: bool
    """Whether readers see the author's words: a period that begins with a word and names no activity or day."""
    is_written_day: bool
    """Whether the author wrote the day itself, or the days."""
    has_clock: bool
    """Whether it has a clock time; a deadline may too."""
    stretches: tuple[Timed, ...]
    """The clock times of an event, one stretch after the other; none of whole days, periods and deadlines."""
    due: datetime | None
    """The local time at which a deadline is; None where it has no clock time."""

    @classmethod
    def of(cls, text: str, when: When) -> Dated:
        """Return the date that ``text`` was read into."""
        kind, references = when.kind, when.references
        return cls(
            text=text,
            when=when,
            kind=kind,
            precision=when.precision,
            references=references,
            is_counted=when.is_counted,
            is_worded=kind is dates.Kind.PERIOD and not (text[:1].isdigit() or references or when.is_written_day),
            is_written_day=when.is_written_day,
            has_clock=when.has_clock,
            stretches=dates.stretches(when),
            due=dates.due_at(when),
        )


class Session(FromFile, frozen=True, gc=False):
    """One dated holding of an activity; a field that is None is inherited from the activity."""

    id: Exact
    scopes: tuple[Exact, ...]
    """Ids of the regions and groups that it is for; none means those of the activity."""
    when: Dated | None
    title: Sentence | None = None
    location: Sentence | None = None
    status: Status | None = None
    question: Sentence | None = None
    capacity: int | None = None
    """How many there is room for."""
    note: Sentence | None = None
    responsible: tuple[Assignment, ...] | None = None
    audience: tuple[Assignment, ...] | None = None
    links: tuple[Link, ...] = ()
    """Its own, beside those of the activity."""
    node: Mapping | None = None


class Task(FromFile, frozen=True, gc=False):
    """A part of an activity; a status and parties that are None are those of the activity."""

    id: Exact
    title: Sentence
    when: Dated | None = None
    status: Status | None = None
    responsible: tuple[Assignment, ...] | None = None
    audience: tuple[Assignment, ...] | None = None
    note: Sentence | None = None
    links: tuple[Link, ...] = ()
    node: Mapping | None = None


class Ignore(FromFile, frozen=True):
    """A rule whose findings are left out, for the whole plan or for one activity.

    The reason beside it must be there, but is not kept: it is for readers of the file.
    """

    rule: Rule
    span: Span


class Activity(FromFile, frozen=True, gc=False):
    """One row of the plan."""

    id: Exact
    title: Sentence
    when: Dated | None = None
    regions: tuple[Exact, ...] = ()
    """Ids of the regions and groups that it concerns; none means all."""
    location: Sentence | None = None
    status: Status = Status.CONFIRMED
    question: Sentence | None = None
    capacity: int | None = None
    """How many there is room for."""
    responsible: tuple[Assignment, ...] = ()
    audience: tuple[Assignment, ...] = ()
    category: Exact | None = None
    """The id of its category."""
    description: Markdown | None = None
    """CommonMark."""
    more: tuple[tuple[Sentence, Sentence], ...] = ()
    """Columns of the author's own: label and text."""
    note: Sentence | None = None
    source: Sentence | None = None
    links: tuple[Link, ...] = ()
    unsaid: tuple[Exact, ...] = ()
    """Which of the keys ``responsible`` and ``audience`` are not in the file; a list left empty says: nobody."""
    sessions: tuple[Session, ...] = ()
    unread_sessions: int = 0
    """Sessions of the file that are not among ``sessions``, since they could not be read."""
    tasks: tuple[Task, ...] = ()
    after: tuple[Exact, ...] = ()
    uid: Exact | None = None
    ignore: tuple[Ignore, ...] = ()
    node: Mapping | None = None


class Closure(FromFile, frozen=True):
    """A period without meetings."""

    when: Dated
    why: Sentence
    regions: tuple[Exact, ...] = ()
    node: Mapping | None = None


class Travel(Struct, frozen=True):
    """The time on the way between two regions or groups, in hours."""

    between: tuple[Exact, Exact]
    hours: float


class Plan(FromFile, frozen=True, dict=True):
    """A whole plan file."""

    id: Exact
    title: Sentence
    language: Exact
    timezone: Exact
    version: date | None
    period: Window | None
    period_when: Dated | None
    seasons: Seasons
    country: Exact
    visibility: Exact
    goals: tuple[Goal, ...]
    contact: Contact | None
    labels: Labels
    links: tuple[Link, ...]
    accessibility_statement: Sentence | None
    source: Sentence | None
    regions: tuple[Region, ...]
    parties: tuple[Party, ...]
    collectives: Collectives
    categories: tuple[Category, ...]
    closed: tuple[Closure, ...]
    travel: tuple[Travel, ...]
    activities: tuple[Activity, ...]
    ignore: tuple[Ignore, ...] = ()
    node: Mapping | None = None

    @cached_property
    def closed_windows(self) -> tuple[tuple[Closure, Window], ...]:
        """The closed periods with their days; those without any left out."""
        windows = (
            (closure, dates.window_of(closure.when.when, self.seasons, lambda _: dates.UNSET))
            for closure in self.closed
        )
        return tuple(
            (closure, window)
            for closure, window in windows
            if not isinstance(window, dates.DateProblem) and not window.unset
        )

    @cached_property
    def party_names(self) -> dict[str, str]:
        """Name by party id."""
        return {party.id: party.name for party in self.parties}

    @cached_property
    def category_names(self) -> dict[str, str]:
        """Name by category id, in the order of the plan."""
        return {category.id: category.name for category in self.categories}

    def named(self, assignment: Assignment) -> str:
        """Return the name of a party with its note or count: «Styrer (2 per barnehage)»."""
        name = self.party_names[assignment.party]
        extra = assignment.note or (str(assignment.count) if assignment.count else "")
        return f"{name} ({extra})" if extra else name

    @cached_property
    def scopes(self) -> Scopes:
        """The regions and groups, and which of them lie in which."""
        return Scopes.of(self.regions)
