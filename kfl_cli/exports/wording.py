"""The wording of a plan for readers, in a language: titles, dates, parties and statuses of occurrences as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli import dates
from kfl_cli.language.vocabularies import VOCABULARIES, Vocabulary
from kfl_cli.plan.model import Activity, Assignment, Dated, Link, Plan, Status, Task
from kfl_cli.text.names import title_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kfl_cli.language.translator import Translator
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence, Schedule


class Wording(Struct, frozen=True):
    """The texts of one plan in one language."""

    plan: Plan
    language: str
    titles: Mapping[str, str]
    """Title by activity id, for dates that name one."""
    written_dates: dict[str, str] = field(default_factory=dict)
    """Memo of ``written`` by the text in the plan, since the same few texts recur."""

    @property
    def words(self) -> Vocabulary:
        """The words of dates in the language."""
        return VOCABULARIES[self.language]

    @property
    def say(self) -> Translator:
        """The translator of kfl's own texts, with the plan's words in place of some."""
        return self.plan.labels.translator(self.language)

    def contact(self) -> str:
        """Return the contact of the plan on one line, empty without one."""
        contact = self.plan.contact
        pieces = (contact.name, contact.email, contact.phone, contact.url) if contact else ()
        return ", ".join(piece for piece in pieces if piece)

    def scope(self, occurrence: Occurrence) -> str:
        """Return the names of the regions and groups that an occurrence is for; empty for all."""
        return self.scopes(occurrence.scopes)

    def scopes(self, scopes: tuple[str, ...]) -> str:
        """Return the names of regions and groups."""
        return ", ".join([self.plan.scopes.names[scope] for scope in scopes])

    def label(self, occurrence: Occurrence) -> str:
        """Return the title of an occurrence with the regions or groups it is for, unless the title names them."""
        return title_for(occurrence.title, [self.plan.scopes.names[scope] for scope in occurrence.scopes])

    def full_label(self, occurrence: Occurrence) -> str:
        """Return the label of an occurrence with its status, and for a task with its activity."""
        label = self.label(occurrence)
        if occurrence.task:
            label = f"{label} ({occurrence.activity.title})"
        status = self.status(occurrence.status)
        return f"{status}: {label}" if status else label

    def when(self, occurrence: Occurrence) -> str:
        """Return the date of an occurrence: in the author's words, or its days where those refer to an activity."""
        return self.days(occurrence) or self.written(occurrence.dated)

    def days(self, occurrence: Occurrence) -> str:
        """Return the days of an occurrence whose date refers to an activity or is counted; empty for other dates."""
        if not (occurrence.dated.references or occurrence.dated.is_counted):
            return ""
        deadline = occurrence.dated.kind is dates.DEADLINE
        return dates.say_window(occurrence.window, deadline=deadline, words=self.words)

    def written(self, dated: Dated) -> str:
        """Return a date in its author's words: days and weeks in full, titles in place of ids: «før Workshop 1»."""
        if dated.text not in self.written_dates:
            self.written_dates[dated.text] = self._written(dated)
        return self.written_dates[dated.text]

    def _written(self, dated: Dated) -> str:
        if self.language == self.plan.language and dated.is_worded:
            return dated.text.removesuffix(".")
        return dates.say(dated.when, self.words, self.titles)

    def assignments(self, assignments: Iterable[Assignment]) -> tuple[str, ...]:
        """Return parties with their notes and counts: «Styrer (2 per barnehage)»."""
        return tuple(self.plan.named(assignment) for assignment in assignments)

    def status(self, status: Status) -> str:
        """Return the word for a status, empty for confirmed."""
        match status:
            case Status.CONFIRMED:
                return ""
            case Status.TENTATIVE:
                return self.say.text("Tentative")
            case Status.CANCELLED:
                return self.say.text("CANCELLED")
            case Status.DONE:
                return self.say.text("Done")

    def capacity(self, capacity: int | None) -> str:
        """Return how many there is room for; empty where that is not said."""
        return f"{self.say.text('Room for')} {capacity}" if capacity else ""

    def question(self, question: str | None) -> str:
        """Return an open question, marked as one; empty without one."""
        return f"{self.say.text('Not settled')}: {question}" if question else ""

    def own_status(self, occurrence: Occurrence) -> str:
        """Return the word for the status of an occurrence, empty where it is its activity's."""
        return self._other_status(occurrence.status, occurrence.activity)

    def task_status(self, task: Task, activity: Activity) -> str:
        """Return the word for the status of a task, dated or not, empty where it is its activity's."""
        return self._other_status(task.status or activity.status, activity)

    def _other_status(self, status: Status, activity: Activity) -> str:
        return "" if status is activity.status else self.status(status) or self.say.text("Confirmed")

    def closed(self, period: ClosedPeriod) -> str:
        """Return what is closed, with its regions: «Stengt: Høstferie – Hedmarken», «Barnehagen stengt»."""
        scopes = self.scopes(period.closure.regions)
        label = ": ".join(filter(None, (self.closed_status(period), period.closure.why)))
        return f"{label} – {scopes}" if scopes else label

    def closed_status(self, period: ClosedPeriod) -> str:
        """Return the word that stands before the reason of a closed period; empty where that says it itself."""
        word = self.say.text("Closed")
        return "" if word.casefold() in period.closure.why.casefold() else word

    def own_location(self, occurrence: Occurrence) -> str:
        """Return the place of a session where that is not its activity's."""
        place = occurrence.session.location if occurrence.session else None
        return "" if place is None or place == occurrence.activity.location else " ".join(place.split())

    def details(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Return what a session or task does not share with its activity, besides date, status and place."""
        session, activity, say = occurrence.session, occurrence.activity, self.say.text
        responsible = self._own_parties(occurrence.responsible, activity.responsible)
        audience = self._own_parties(occurrence.audience, activity.audience)
        details = (
            occurrence.title if occurrence.title != activity.title else "",
            session.note if session else "",
            self.capacity(session.capacity if session else None),
            self.question(session.question if session else None),
            f"{say('Responsible')}: {responsible}" if responsible else "",
            f"{say('Audience')}: {audience}" if audience else "",
        )
        return tuple(detail for detail in details if detail)

    def _own_parties(self, parties: tuple[Assignment, ...], inherited: tuple[Assignment, ...]) -> str:
        """Return parties, empty where they are the inherited ones."""
        if parties == inherited:
            return ""
        return ", ".join(self.assignments(parties)) or self.say.text("none")

    def links(self, links: Iterable[Link]) -> tuple[tuple[str, str], ...]:
        """Return title and address of links; the title is empty where it is the address."""
        return tuple((link_title(link), link.url) for link in links)


def link_title(link: Link) -> str:
    """Return the title of a link, empty where it is its address."""
    return "" if not link.title or link.title == link.url.removeprefix("mailto:") else link.title


def wording_of(schedule: Schedule, language: str | None = None) -> Wording:
    """Return the wording of a plan in a language; without one, in the plan's own."""
    plan = schedule.plan
    titles = {activity.id: activity.title for activity in plan.activities}
    return Wording(plan, language or plan.language, titles)
