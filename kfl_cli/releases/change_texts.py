"""Changes as texts for readers: a section for each activity, most important first, in one language."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind, say_window
from kfl_cli.language.days import say_plain_day
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.releases.diff import CANCELLED, OF_DATES, Change, ChangeKind, compare, date_change, rank, words_of
from kfl_cli.releases.published_occurrence import Named, Published, say_published
from kfl_cli.releases.reach import published_reach
from kfl_cli.text.names import title_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kfl_cli.language.translator import Translator
    from kfl_cli.plan.labels import Labels
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.ledger import Ledger
    from kfl_cli.releases.version import Version
    from kfl_cli.schedule.select import Selection

SEPARATOR = " → "

_WITH_DATE = OF_DATES | {ChangeKind.CANCELLED, ChangeKind.NEW, ChangeKind.DONE}
"""The kinds of change whose text has the date."""


_LOSING = {ChangeKind.CANCELLED, ChangeKind.PEOPLE, ChangeKind.TEXT}
"""The kinds of change by which an occurrence can cease to concern a reader, its days aside."""


class ChangeLine(Struct, frozen=True):
    """One change of an activity, as text."""

    label: str
    """What changed; of an activity with several dates, also of which."""
    text: str
    """Its state before and after, or the new one where that says it all."""


class ChangeSection(Struct, frozen=True):
    """All changes of one activity."""

    title: str
    """Of the activity; where one of its dates has changed, with whom that is for, and the date unless a line has it."""
    lines: tuple[ChangeLine, ...]
    """The most important first."""


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
        """Return a section for each activity, in the order of their first changes."""
        by_activity: dict[str, list[Change]] = {}
        for change in changes:
            by_activity.setdefault(change.activity, []).append(change)
        return [self._section(each) for each in by_activity.values()]

    def _section(self, changes: list[Change]) -> ChangeSection:
        """Return the section of an activity; what is the same for several of its dates is said once."""
        items = {change.shown.id: change.shown for change in changes}
        alone = len(items) == 1
        title = self.label(changes[0].shown) if alone else self._common_title(list(items.values()))
        whose: dict[tuple[str, str], list[Change]] = {}
        for change in changes:
            for line in self.lines(change):
                whose.setdefault(line, []).append(change)
        if alone and not any(change.kind in _WITH_DATE for change in changes):
            title = f"{title}, {self.when(changes[0].shown)}"
        lines = (
            ChangeLine(label if alone else self._with_whose(label, title, of, len(items)), text)
            for (label, text), of in whose.items()
        )
        return ChangeSection(title, tuple(lines))

    def _common_title(self, items: list[Published]) -> str:
        """Return the title of an activity of which several dates have changed."""
        own = {item.title for item in items if not item.task}
        if len(own) == 1:
            return own.pop()
        activity = items[0].id.split("/")[0]
        return self.titles.get(activity) or items[0].text.split("\n")[0] or items[0].title

    def _with_whose(self, label: str, title: str, changes: list[Change], of: int) -> str:
        """Return what changed, and which of the activity's dates: by title, whom it is for, or the day."""
        if len(changes) == of:
            return label
        names: dict[str, None] = {}
        for change in changes:
            item = change.shown
            words = [*([item.title] if item.title != title else []), *(name for _, name in item.scopes)]
            if not words or (len(changes) == 1 and change.kind not in _WITH_DATE):
                words.append(self.when(item))
            names.update(dict.fromkeys(words))
        return f"{label} – {', '.join(names)}"

    def label(self, item: Published) -> str:
        """Return a title with whom it is for."""
        return title_for(item.title, [name for _, name in item.scopes])

    def when(self, item: Published) -> str:
        """Return the date of an occurrence as people say it."""
        return say_published(item, self.language, self.plan_language)

    def days(self, item: Published) -> str:
        """Return the days of a date, or its words with the zone: for two dates whose words are the same."""
        if item.timezone:
            return f"{self.when(item)} ({item.timezone})"
        return say_window(item.window, deadline=item.kind is Kind.DEADLINE, words=VOCABULARIES[self.language])

    def lines(self, change: Change) -> list[tuple[str, str]]:
        """Return what changed, and its state before and after, for each thing that did."""
        say, before, after = self.say.text, change.before, change.after
        if change.kind is ChangeKind.CANCELLED or before is None or after is None:
            item = before or change.shown
            date = say("had no date") if before and before.window.unset else self.when(item)
            label = say("Cancelled") if change.kind is ChangeKind.CANCELLED else say("New")
            return [(label, ", ".join(each for each in (date, item.location) if each))]
        match change.kind:
            case ChangeKind.UNDATED:
                return [(say("No date any more"), self.because(change, self.when(before)))]
            case ChangeKind.MOVED:
                return [(say("Moved"), self.because(change, self.both(*self.two_dates(before, after))))]
            case ChangeKind.DATED:
                was_open = before.window.unset
                text = self.when(after) if was_open else self.both(*self.two_dates(before, after))
                return [(say("Date fixed"), self.because(change, text))]
            case ChangeKind.LOCATION:
                return [(say("New place"), self.both(before.location, after.location, say("no place")))]
            case ChangeKind.STATUS:
                return [(say("New status"), self.both(self.status(before), self.status(after)))]
            case ChangeKind.DONE:
                return [(say("Done"), self.when(after))]
            case ChangeKind.PEOPLE:
                return list(self.people(before, after))
            case _:
                return list(self.words(before, after))

    def both(self, before: str, after: str, none: str = "") -> str:
        """Return «before → after», with ``none`` in place of an empty text."""
        none = none or self.say.text("none")
        return f"{before or none}{SEPARATOR}{after or none}"

    def two_dates(self, before: Published, after: Published) -> tuple[str, str]:
        """Return the old and the new date, so that they can be told apart."""
        same = self.when(before) == self.when(after)
        return (self.days(before), self.days(after)) if same else (self.when(before), self.when(after))

    def because(self, change: Change, dates: str) -> str:
        """Return the dates of a change with the activity that they changed along with."""
        if change.cause is None:
            return dates
        say = self.say.text
        causes = {
            ChangeKind.UNDATED: say("because «{title}» has no date any more"),
            ChangeKind.MOVED: say("because «{title}» has moved"),
            ChangeKind.DATED: say("because «{title}» has a date"),
        }
        return f"{dates} ({causes[change.cause].format(title=self.titles.get(change.because, change.because))})"

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

    def people(self, before: Published, after: Published) -> Iterator[tuple[str, str]]:
        """Return the responsible parties and the audience before and after, if they changed."""
        say = self.say.text
        if before.responsible != after.responsible:
            yield say("Responsible"), self.both(_names(before.responsible), _names(after.responsible))
        if before.audience != after.audience:
            yield say("Audience"), self.both(_names(before.audience), _names(after.audience))

    def words(self, before: Published, after: Published) -> Iterator[tuple[str, str]]:
        """Return the short texts before and after, and that the description changed."""
        say = self.say.text
        if before.title != after.title:
            yield say("New title"), self.both(f"«{before.title}»", f"«{after.title}»")
        if before.question != after.question and before.question:
            yield say("Settled"), before.question
        if before.question != after.question and after.question:
            yield say("Not settled"), after.question
        if before.scopes != after.scopes:
            yield say("Region"), self.both(_names(before.scopes), _names(after.scopes), say("all regions"))
        if before.category != after.category:
            yield say("Category"), self.both(_names(before.category), _names(after.category))
        if before.text != after.text:
            yield say("New text"), say("the description is new")
        if not date_change(before, after) and words_of(before) != words_of(after):
            yield say("New text"), self.wording(before, after)

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
    """Return the changes that concern the reader before or after.

    What only does after is new to them. Of what only does before, they are told why, and nothing of what it is now.
    """
    concerned: dict[Change, None] = {}
    lost: dict[str, list[Change]] = {}
    for change in changes:
        before, after = (
            state is not None and published_reach(state, plan).concerns(selection)
            for state in (change.before, change.after)
        )
        if after and not before and change.before is not None:
            if change.shown.status != CANCELLED:
                concerned[Change(ChangeKind.NEW, None, change.after)] = None
        elif before or after:
            concerned[change] = None
        if before and change.after is not None and not after:
            lost.setdefault(change.after.id, []).append(change)
    for others in lost.values():
        if any(change.kind in _LOSING for change in others):
            for change in others:
                if change.kind not in _LOSING:
                    del concerned[change]
    return sorted(concerned, key=rank)


def _names(named: Named) -> str:
    return ", ".join(text for _, text in named)


def as_text(sections: Iterable[ChangeSection]) -> str:
    """Return changes as plain text, for a terminal or a mail."""
    blocks = ("\n".join([section.title, *(f"  {_line(line)}" for line in section.lines)]) for section in sections)
    return "\n\n".join(blocks)


def _line(line: ChangeLine) -> str:
    return f"{line.label}: {line.text}"
