"""What readers see of an occurrence, in the plan's language: titles, dates and parties as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli import dates
from kfl_cli.exports.numbering import DateNumbers, number_dates
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import VOCABULARIES, Vocabulary
from kfl_cli.plan.model import Assignment, Dated, Link, Plan, Status
from kfl_cli.text.names import title_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity


class DateLine(Struct, frozen=True):
    """A date of an activity and what is particular to it."""

    scope: str
    """Whom it is for, where that is not everybody whom the activity is for."""
    when: str
    status: str
    details: tuple[str, ...]
    """What it says of its own: title, place, note, question, parties."""
    start: str
    """ISO date, for ``<time>``; empty where open."""
    number: str
    """What it is called in the year wheel."""


class TaskRow(Struct, frozen=True):
    """A task of an activity."""

    title: str
    when: tuple[str, ...]
    responsible: str
    audience: str
    note: str
    links: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    """What its dates are called in the year wheel."""


class ActivityRow(Struct, frozen=True):
    """An activity as a row of the familiar table Når | Aktiviteter | Ansvar | Målgruppe."""

    id: str
    title: str
    when: str
    """The date of the whole activity, in the author's form."""
    parts: tuple[DateLine, ...]
    region: str
    location: str
    status: str
    description: str
    """CommonMark."""
    note: str
    question: str
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    tasks: tuple[TaskRow, ...]
    links: tuple[tuple[str, str], ...]
    """Title and address."""

    @property
    def overall(self) -> str:
        """The date of the whole activity, empty where its only date says the same."""
        said = [part.when for part in self.parts if not part.scope]
        return "" if len(self.parts) == 1 and said == [self.when] else self.when


class Wording(Struct, frozen=True):
    """Says things about one plan in one language."""

    plan: Plan
    language: str
    titles: Mapping[str, str]
    """Title by activity id, for dates that name one."""
    said: dict[str, str] = field(default_factory=dict)
    """Dates as readers see them by how they stand in the plan: a few words stand there again and again."""

    @property
    def words(self) -> Vocabulary:
        """The words of dates."""
        return VOCABULARIES[self.language]

    @property
    def say(self) -> Translator:
        """The words of pages."""
        return Translator(self.language)

    def contact(self) -> str:
        """Return whom readers can ask, on one line."""
        contact = self.plan.contact
        known = (contact.name, contact.email, contact.phone, contact.url) if contact else ()
        return ", ".join(each for each in known if each)

    # pieces

    def scope(self, occurrence: Occurrence) -> str:
        """Return the names of the regions and groups it is for; empty for all."""
        return self.scopes(occurrence.scopes)

    def scopes(self, scopes: tuple[str, ...]) -> str:
        """Return the names of regions and groups."""
        return ", ".join([self.plan.scopes.names[scope] for scope in scopes])

    def label(self, occurrence: Occurrence) -> str:
        """Return a title that stands alone: with the region or group, where it is for one."""
        return title_for(occurrence.title, [self.plan.scopes.names[scope] for scope in occurrence.scopes])

    def full_label(self, occurrence: Occurrence) -> str:
        """Return a title that stands alone, of a task with its activity, and what state it is in."""
        label = self.label(occurrence)
        if occurrence.task:
            label = f"{label} ({occurrence.activity.title})"
        status = self.status(occurrence.status)
        return f"{status}: {label}" if status else label

    def when(self, occurrence: Occurrence) -> str:
        """Return its date: as people say it, or the days that it comes to where it hangs on something."""
        return self.days(occurrence) or self.written(occurrence.dated)

    def days(self, occurrence: Occurrence) -> str:
        """Return the days that its date comes to, where that hangs on something or counts from it; else nothing."""
        if not (occurrence.dated.references or occurrence.dated.is_counted):
            return ""
        deadline = occurrence.kind is dates.Kind.DEADLINE
        return dates.say_window(occurrence.window, deadline=deadline, words=self.words)

    def written(self, dated: Dated) -> str:
        """Return a date as its author put it, days and weeks said in full and titles for ids: «før Workshop 1»."""
        if dated.text not in self.said:
            self.said[dated.text] = self._written(dated)
        return self.said[dated.text]

    def _written(self, dated: Dated) -> str:
        if self.language == self.plan.language and dated.is_worded:
            return dated.text.removesuffix(".")
        return dates.say(dates.named(dated.when, self.titles), self.words)

    def assignment(self, assignment: Assignment) -> str:
        """Return a party with what is said of it: «Styrer (2 per barnehage)»."""
        return self.plan.named(assignment)

    def assignments(self, assignments: Iterable[Assignment]) -> tuple[str, ...]:
        """Return several parties."""
        return tuple(self.assignment(assignment) for assignment in assignments)

    def status(self, status: Status) -> str:
        """Return what readers must be told of a status; nothing for what is confirmed."""
        match status:
            case Status.TENTATIVE:
                return self.say.text("Tentative")
            case Status.CANCELLED:
                return self.say.text("CANCELLED")
            case Status.CONFIRMED:
                return ""

    def question(self, question: str | None) -> str:
        """Return an open question as such."""
        return f"{self.say.text('Not settled')}: {question}" if question else ""

    def own_status(self, occurrence: Occurrence) -> str:
        """Return what readers must be told where a session's status is not its activity's."""
        if occurrence.status is occurrence.activity.status:
            return ""
        return self.status(occurrence.status) or self.say.text("Confirmed")

    def details(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Return what a session or task says of its own, besides its date and status."""
        session, activity, say = occurrence.session, occurrence.activity, self.say.text
        responsible = self.own_parties(occurrence.responsible, activity.responsible)
        audience = self.own_parties(occurrence.audience, activity.audience)
        found = (
            occurrence.title if occurrence.title != activity.title else "",
            session.location if session else "",
            session.note if session else "",
            self.question(session.question if session else None),
            f"{say('Responsible')}: {responsible}" if responsible else "",
            f"{say('Audience')}: {audience}" if audience else "",
        )
        return tuple(" ".join(each.split()) for each in found if each)

    def own_parties(self, own: tuple[Assignment, ...], inherited: tuple[Assignment, ...]) -> str:
        """Return parties where they are not the inherited ones."""
        if own == inherited:
            return ""
        return ", ".join(self.assignments(own)) or self.say.text("none")

    def links(self, links: Iterable[Link]) -> tuple[tuple[str, str], ...]:
        """Return title and address of links; one that is called by its address has no title."""
        return tuple((link_title(link), link.url) for link in links)

    # rows

    def rows(self, schedule: Schedule) -> list[ActivityRow]:
        """Return a row an activity, in the order of their first days; undated ones last."""
        dated = [entry for entry in schedule.activities if entry.occurrences]
        ordered = sorted(dated, key=lambda entry: min(each.order for each in entry.occurrences))
        numbers = number_dates(schedule)
        return [self.row(entry, numbers) for entry in ordered]

    def row(self, entry: ScheduledActivity, numbers: DateNumbers | None = None) -> ActivityRow:
        """Return an activity as a row; without numbers, its dates have none."""
        activity = entry.activity
        own = [each for each in entry.occurrences if each.task is None]
        return ActivityRow(
            id=activity.id,
            title=activity.title,
            when=self.written(activity.when) if activity.when else "",
            parts=tuple(self.parts(own, numbers)),
            region=self.scopes(activity.regions),
            location=activity.location or "",
            status=self.status(activity.status),
            description=activity.description or "",
            note=activity.note or "",
            question=activity.question or "",
            responsible=self.assignments(activity.responsible),
            audience=self.assignments(activity.audience),
            tasks=tuple(self.tasks(entry, numbers)),
            links=self.links(activity.links),
        )

    def parts(self, own: list[Occurrence], numbers: DateNumbers | None) -> Iterator[DateLine]:
        """Return the dates of an activity in their order; what each inherits is left to the row."""
        for occurrence in sorted(own, key=lambda each: each.order):
            activity = occurrence.activity
            first = occurrence.window.start or occurrence.window.end
            yield DateLine(
                scope=self.scope(occurrence) if occurrence.id != activity.id else "",
                when=self.when(occurrence),
                status=self.own_status(occurrence),
                details=self.details(occurrence),
                start=first.isoformat() if first else "",
                number=numbers.of(occurrence) if numbers else "",
            )

    def tasks(self, entry: ScheduledActivity, numbers: DateNumbers | None) -> Iterator[TaskRow]:
        """Return all tasks of an activity, with the dates that the selection keeps."""
        for task in entry.activity.tasks:
            own = [each for each in entry.occurrences if each.task is task]
            own = own or [each for each in entry.tasks if each.task is task]
            several = len(own) > 1
            yield TaskRow(
                title=task.title,
                when=tuple(f"{self.scope(each)}: {self.when(each)}" if several else self.when(each) for each in own),
                responsible=", ".join(self.assignments(task.responsible or ())),
                audience=", ".join(self.assignments(task.audience or ())),
                note=task.note or "",
                links=self.links(task.links),
                numbers=tuple(filter(None, (numbers.of(each) for each in own))) if numbers else (),
            )


def link_title(link: Link) -> str:
    """Return what a link is called; nothing where that is its address."""
    return "" if not link.title or link.title == link.url.removeprefix("mailto:") else link.title


def wording_of(schedule: Schedule, language: str | None = None) -> Wording:
    """Return the wording of a plan in a language; without one, in the plan's own."""
    plan = schedule.plan
    titles = {activity.id: activity.title for activity in plan.activities}
    return Wording(plan, language or plan.language, titles)
