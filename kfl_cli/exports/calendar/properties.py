"""The properties that events and to-dos have in common: which entry it is, what, where and who."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kfl_cli.dates import DEADLINE, PERIOD
from kfl_cli.exports.calendar.content_line import escape, fold, text_property
from kfl_cli.exports.calendar.description import TEMPLATE, Description, trimmed
from kfl_cli.exports.wording import link_title
from kfl_cli.plan.model import Status
from kfl_cli.releases.identity import Uids
from kfl_cli.releases.reach import published_reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.exports.context import Context
    from kfl_cli.plan.model import Link, Plan, Task
    from kfl_cli.releases.change_texts import ChangeWording
    from kfl_cli.releases.ledger import State
    from kfl_cli.releases.published_occurrence import Published
    from kfl_cli.releases.standing import Standing
    from kfl_cli.schedule.occurrence import Occurrence

_ESCAPED = re.compile("%[89A-F]", re.IGNORECASE)
"""The beginning of a percent-encoded octet beyond ASCII."""


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters: the texts of a plan have none, but its templates may."""


_STAMP = "%Y%m%dT%H%M%SZ"


class Properties:
    """Writes the properties that events and to-dos have in common, for one plan in one language."""

    def __init__(self, plan: Plan, context: Context) -> None:
        """Compute what all entries share, and cache the texts that many of them repeat."""
        self.plan = plan
        self.context = context
        self.wording = context.wording
        self.uids = Uids(plan.id)
        self.stamp = _stamp(plan, context.standing)
        self.say = cache(context.wording.say.text)
        self.parties = cache(context.wording.assignments)
        self.line = cache(text_property)
        self.categories = cache(self._categories)

    def identity(self, uid: str, event_uid: str) -> bytes:
        """Return which entry it is, and which of two copies of it is newer."""
        state = self.context.standing.states.get(event_uid) if self.context.standing else None
        stamp = f"{state.stamp:{_STAMP}}" if state else self.stamp
        sequence = state.sequence if state else 0
        return f"UID:{uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{sequence}\r\n".encode()

    def completed(self, event_uid: str) -> str:
        """Return when an occurrence was said to be done (UTC): the moment of the release, or of the plan's version.

        Empty where neither is known.
        """
        standing = self.context.standing
        moment = standing.completed.get(event_uid) if standing else None
        if moment:
            return f"{moment:{_STAMP}}"
        return self.stamp if self.plan.version or (standing and standing.states) else ""

    def details(self, occurrence: Occurrence) -> tuple[bytes, ...]:
        """Return description, place, categories, address and who answers for it."""
        description = self.description(occurrence)
        links = occurrence.all_links
        url = _first_url(links) if links else None
        names = ", ".join(self.parties(occurrence.responsible))
        return (
            text_property("DESCRIPTION", description) if description else b"",
            self.line("LOCATION", occurrence.location) if occurrence.location else b"",
            self.categories(occurrence.scopes, self.kind_word(occurrence), occurrence.activity.category),
            fold(f"URL:{url}") if url else b"",
            self.line("CONTACT", names) if names else b"",
        )

    def kind_word(self, occurrence: Occurrence) -> str:
        """Return what a deadline or a period is called; empty for days, and for what has no date."""
        kind = occurrence.dated.kind
        if kind is DEADLINE:
            return self.say("Deadline")
        return self.say("Period") if kind is PERIOD and not occurrence.window.unset else ""

    def _categories(self, scopes: tuple[str, ...], kind_word: str, category: str | None) -> bytes:
        """Return category, regions, groups and kind; many clients split them at a comma, so there is none in one."""
        own = [self.plan.category_names[category]] if category else []
        names = [*own, *(self.plan.scopes.names[scope] for scope in scopes), *filter(None, [kind_word])]
        without_commas = (name.replace(", ", " / ").replace(",", " / ") for name in names)
        return fold(f"CATEGORIES:{','.join(map(escape, without_commas))}") if names else b""

    def description(self, occurrence: Occurrence) -> str:
        """Return all that readers must see, as plain text: many calendars show nothing but title, place and this."""
        facts = self._facts(occurrence)
        if self._has_template:
            text = self.context.templates.render(TEMPLATE, self.wording.say, **facts.values())
            return trimmed(_CONTROL.sub("", text))
        return facts.write(self.say)

    @cached_property
    def _has_template(self) -> bool:
        """Whether the plan has a template of its own for descriptions."""
        return self.context.templates.has_own(TEMPLATE)

    def _facts(self, occurrence: Occurrence) -> Description:
        activity, task, dated = occurrence.activity, occurrence.task, occurrence.dated
        written = self.wording.written(dated)
        links = occurrence.all_links
        return Description(
            kind=None if occurrence.window.unset else dated.kind,
            when=self.wording.days(occurrence) or written,
            written=written,
            moved_from=self._moved_from(occurrence),
            each_day=len(dated.stretches) > 1,
            open_end=any(stretch.end is None for stretch in dated.stretches),
            part_of=activity.title if task or occurrence.title != activity.title else "",
            responsible=self.parties(occurrence.responsible),
            audience=self.parties(occurrence.audience),
            question=occurrence.question or "",
            text="" if task else activity.description or "",
            more=() if task else activity.more,
            note=occurrence.note or "",
            activity_note="" if task or not occurrence.session else activity.note or "",
            tasks=() if task or not activity.tasks else tuple(self._tasks(occurrence)),
            task_texts=() if task or not activity.tasks else tuple(_task_texts(activity.tasks)),
            links=[_link(link) for link in links] if links else [],
        )

    def _moved_from(self, occurrence: Occurrence) -> str:
        """Return the date that an occurrence had before it moved, if that is not long ago; else nothing."""
        moved = self.context.standing.moved if self.context.standing else None
        pair = moved.get(self.uids.of(occurrence)) if moved and occurrence.status is not Status.CANCELLED else None
        return self.change_wording().two_dates(*pair)[0] if pair else ""

    def _tasks(self, occurrence: Occurrence) -> Iterator[tuple[str, str, str]]:
        """Return title, date and responsible parties of each task of an occurrence's activity."""
        for task in occurrence.activity.tasks:
            when = self.wording.written(task.when) if task.when else ""
            status = self.wording.task_status(task, occurrence.activity)
            yield (
                f"{status}: {task.title}" if status else task.title,
                when,
                ", ".join(self.parties(task.responsible or ())),
            )

    # what is gone

    def gone(self) -> Iterator[tuple[str, State]]:
        """Return the states of what is gone and concerned the reader, with their UIDs."""
        for uid, state in self.context.standing.gone.items() if self.context.standing else ():
            if self._concerned(state.published):
                yield uid, state

    def lost_days(self) -> Iterator[tuple[str, State, int]]:
        """Return the states of what had more days with hours of their own, with its UID and how many it has now."""
        for uid, (state, days) in self.context.standing.lost_days.items() if self.context.standing else ():
            if self._concerned(state.published):
                yield uid, state, days

    def _concerned(self, item: Published) -> bool:
        """Return whether something concerned the reader."""
        return published_reach(item, self.plan).concerns(self.context.selection)

    def change_wording(self) -> ChangeWording:
        """Return the wording of what is gone."""
        from kfl_cli.releases.change_texts import ChangeWording  # noqa: PLC0415  few calendars have what is gone

        return ChangeWording(self.wording.language, self.plan.language, {}, self.plan.labels)


def _stamp(plan: Plan, standing: Standing | None) -> str:
    """Return when the calendar was made; never the clock.

    That is when the latest of its entries was released, and before a first release the day of the plan's version, else
    of its period's start.
    """
    if standing and standing.states:
        return f"{max(state.stamp for state in standing.states.values()):{_STAMP}}"
    day = plan.version or (plan.period.start if plan.period else None) or date(1970, 1, 1)
    return f"{datetime.combine(day, time(), UTC):{_STAMP}}"


def _task_texts(tasks: Iterable[Task]) -> Iterator[str]:
    """Return notes and links of the tasks that have no date and so no entry of their own."""
    for task in tasks:
        texts = () if task.when else (task.note or "", *map(_link, task.links))
        yield from (f"{task.title}: {text}" for text in texts if text)


def _link(link: Link) -> str:
    title = link_title(link)
    return f"{title}: {link.url}" if title else link.url.removeprefix("mailto:")


def _first_url(links: tuple[Link, ...]) -> str | None:
    """Return the first web address that all clients read alike; the description has them all.

    A URI is ASCII (RFC 3986 §2): of one with other characters, some clients show the escaped form, others them.
    """
    urls = (link.url for link in links if link.url.lower().startswith("http"))
    return next((url for url in urls if url.isascii() and not _ESCAPED.search(url)), None)
