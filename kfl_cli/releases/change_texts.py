"""Changes as texts for readers: sections with lines, most important first, in one language."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind, say_window
from kfl_cli.language.days import say_plain_day
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.releases.diff import Change, ChangeKind, compare
from kfl_cli.releases.published_occurrence import Named, Published, say_published
from kfl_cli.releases.reach import published_reach
from kfl_cli.text.names import title_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kfl_cli.language.translator import Translator
    from kfl_cli.plan.labels import Labels
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.ledger import Ledger
    from kfl_cli.releases.version import Version
    from kfl_cli.schedule.select import Selection

SEPARATOR = " → "


class ChangeLine(Struct, frozen=True):
    """One change of one occurrence, as text."""

    label: str
    """The title of the occurrence, with whom it is for; its date too, unless the text has it."""
    text: str
    """Its state before and after."""


class ChangeSection(Struct, frozen=True):
    """All changes of one kind."""

    kind: ChangeKind
    title: str
    lines: tuple[ChangeLine, ...]


class ChangeWording(Struct, frozen=True):
    """The texts of changes in one language."""

    language: str
    plan_language: str
    titles: Mapping[str, str]
    """Title by activity id, for the activity that a date moved along with."""
    labels: Labels

    @property
    def say(self) -> Translator:
        """The translator of the language, with the plan's words in place of some."""
        return self.labels.translator(self.language)

    def sections(self, changes: Iterable[Change]) -> list[ChangeSection]:
        """Return a section for each kind of change that there is."""
        by_kind: dict[ChangeKind, list[ChangeLine]] = {}
        for change in changes:
            by_kind.setdefault(change.kind, []).append(ChangeLine(self.dated_label(change), self.text(change)))
        return [ChangeSection(kind, self.title(kind), tuple(by_kind[kind])) for kind in ChangeKind if kind in by_kind]

    def title(self, kind: ChangeKind) -> str:
        """Return the heading of a kind."""
        say = self.say
        match kind:
            case ChangeKind.CANCELLED:
                return say.text("Cancelled")
            case ChangeKind.MOVED:
                return say.text("Moved")
            case ChangeKind.NEW:
                return say.text("New")
            case ChangeKind.LOCATION:
                return say.text("New place")
            case ChangeKind.STATUS:
                return say.text("New status")
            case ChangeKind.DONE:
                return say.text("Done")
            case ChangeKind.PEOPLE:
                return say.text("New people")
            case ChangeKind.TEXT:
                return say.text("New text")

    def label(self, item: Published) -> str:
        """Return a title with whom it is for."""
        return title_for(item.title, [name for _, name in item.scopes])

    def dated_label(self, change: Change) -> str:
        """Return a title with whom it is for, and the date unless the text of the change has it."""
        has_date = change.kind in {ChangeKind.CANCELLED, ChangeKind.MOVED, ChangeKind.NEW, ChangeKind.DONE}
        return self.label(change.shown) if has_date else f"{self.label(change.shown)}, {self.when(change.shown)}"

    def when(self, item: Published) -> str:
        """Return the date of an occurrence as people say it."""
        return say_published(item, self.language, self.plan_language)

    def days(self, item: Published) -> str:
        """Return the days of a date, or its words with the zone: for two dates whose words are the same."""
        if item.timezone:
            return f"{self.when(item)} ({item.timezone})"
        return say_window(item.window, deadline=item.kind is Kind.DEADLINE, words=VOCABULARIES[self.language])

    def text(self, change: Change) -> str:
        """Return the text of a change: its state before and after."""
        before, after = change.before, change.after
        if before is None or after is None or change.kind in {ChangeKind.CANCELLED, ChangeKind.DONE}:
            shown = change.shown
            return ", ".join(each for each in (self.when(shown), shown.location) if each)
        match change.kind:
            case ChangeKind.MOVED:
                return self.moved(before, after, change.because)
            case ChangeKind.LOCATION:
                return self.both(before.location, after.location, self.say.text("no place"))
            case ChangeKind.STATUS:
                return self.both(self.status(before), self.status(after))
            case ChangeKind.PEOPLE:
                return self.people(before, after)
            case _:
                return self.words(before, after)

    def both(self, before: str, after: str, none: str = "") -> str:
        """Return «before → after», with ``none`` in place of an empty text."""
        none = none or self.say.text("none")
        return f"{before or none}{SEPARATOR}{after or none}"

    def moved(self, before: Published, after: Published, because: str) -> str:
        """Return the old and the new date, and the activity that it moved along with."""
        dates = self.both(self.when(before), self.when(after))
        if self.when(before) == self.when(after):
            dates = self.both(self.days(before), self.days(after))
        if not because:
            return dates
        cause = self.say.text("because «{title}» has moved").format(title=self.titles.get(because, because))
        return f"{dates} ({cause})"

    def version(self, version: Version) -> str:
        """Return the version of a release: its day, and the number of a further release on that day."""
        day = say_plain_day(version.day, VOCABULARIES[self.language])
        return day if version.number == 1 else self.say.text("{day}, no. {n}").format(day=day, n=version.number)

    def status(self, item: Published) -> str:
        """Return the word for a status."""
        say = self.say
        words = {
            "confirmed": say.text("confirmed"),
            "tentative": say.text("tentative"),
            "cancelled": say.text("cancelled"),
            "done": say.text("done"),
        }
        return words[item.status]

    def people(self, before: Published, after: Published) -> str:
        """Return the responsible parties and the audience before and after, if they changed."""
        say = self.say
        pieces = []
        if before.responsible != after.responsible:
            pieces.append(
                f"{say.text('Responsible')}: {self.both(_names(before.responsible), _names(after.responsible))}"
            )
        if before.audience != after.audience:
            pieces.append(f"{say.text('Audience')}: {self.both(_names(before.audience), _names(after.audience))}")
        return "; ".join(pieces)

    def words(self, before: Published, after: Published) -> str:
        """Return the short texts before and after, and that the description changed."""
        say = self.say
        pieces = []
        if before.title != after.title:
            pieces.append(self.both(f"«{before.title}»", f"«{after.title}»"))
        if before.question != after.question and before.question:
            pieces.append(f"{say.text('Settled')}: {before.question}")
        if before.question != after.question and after.question:
            pieces.append(f"{say.text('Not settled')}: {after.question}")
        if before.scopes != after.scopes:
            everybody = say.text("all regions")
            pieces.append(f"{say.text('Region')}: {self.both(_names(before.scopes), _names(after.scopes), everybody)}")
        if before.category != after.category:
            pieces.append(f"{say.text('Category')}: {self.both(_names(before.category), _names(after.category))}")
        if before.text != after.text:
            pieces.append(say.text("the description is new"))
        return "; ".join(pieces) or self.wording(before, after)

    def wording(self, before: Published, after: Published) -> str:
        """Return the two wordings of a date that means the same days."""
        if self.when(before) == self.when(after):
            return self.both(before.when, after.when)
        return self.both(self.when(before), self.when(after))


class ReleaseChanges(Struct, frozen=True):
    """The changes of one release for a reader."""

    version: str
    comment: str
    sections: tuple[ChangeSection, ...]


def recent_changes(
    ledger: Ledger, selection: Selection, plan: Plan, change_wording: ChangeWording, most: int = 3
) -> list[ReleaseChanges]:
    """Return the last ``most`` releases that changed anything for the reader, newest first."""
    releases: list[ReleaseChanges] = []
    for before, release in reversed(list(pairwise(ledger.releases))):
        if len(releases) == most:
            break
        changes = compare(ledger.at(before.version), ledger.at(release.version))
        sections = change_wording.sections(concerning(changes, selection, plan))
        if sections:
            releases.append(ReleaseChanges(change_wording.version(release.version), release.comment, tuple(sections)))
    return releases


def concerning(changes: Iterable[Change], selection: Selection, plan: Plan) -> list[Change]:
    """Return the changes that concern the reader before or after; what only does after is new to them."""
    concerned: dict[Change, None] = {}
    for change in changes:
        before, after = (
            state is not None and published_reach(state, plan).concerns(selection)
            for state in (change.before, change.after)
        )
        if after and not before and change.before is not None:
            concerned[Change(ChangeKind.NEW, None, change.after)] = None
        elif before or after:
            concerned[change] = None
    ranks = list(ChangeKind)
    return sorted(concerned, key=lambda each: ranks.index(each.kind))


def _names(named: Named) -> str:
    return ", ".join(text for _, text in named)


def as_text(sections: Iterable[ChangeSection]) -> str:
    """Return changes as plain text, for a terminal or a mail."""
    blocks = ("\n".join([section.title, *(f"  {_line(line)}" for line in section.lines)]) for section in sections)
    return "\n\n".join(blocks)


def _line(line: ChangeLine) -> str:
    return f"{line.label}: {line.text}"
