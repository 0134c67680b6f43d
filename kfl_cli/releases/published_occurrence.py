"""An occurrence as its readers see it, in plain values that can be kept and compared: the unit of a release.

Two are equal if no reader would see a difference, in whatever form the author writes the date. The texts are those of
the plan; words of kfl (weekdays, «Frist») are added when it is shown, so that a new version of kfl changes nothing.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from kfl_cli import dates
from kfl_cli.dates import HoursEachDay, Kind, Timed, Window
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.plan.model import Status
from kfl_cli.releases.identity import Uids
from kfl_cli.text.kinds import Exact, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kfl_cli.plan.model import Assignment, Link, Plan, Task
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

Named = tuple[tuple[Exact, Sentence], ...]
"""Pairs of an id and the text that readers see for it."""

_TO = "–"


_DIGESTED_AS = {"references": "after"}
"""The name in the digest, where it is not that of the field: ledgers that were written stay valid."""


class Published(Struct, frozen=True):
    """One occurrence as its readers see it."""

    id: Exact
    title: Sentence
    kind: Kind
    status: Exact
    task: Exact = ""
    """Id of the task, if it is the date of one."""
    start: Exact = ""
    """``2018-01-18``, with a clock time ``2018-01-18T09:30``; empty where open."""
    end: Exact = ""
    when: Exact = ""
    """The wording of periods, and of dates that refer to activities; empty where readers see the days alone."""
    references: tuple[Exact, ...] = ()
    """Ids of the activities that its date refers to."""
    scopes: Named = ()
    location: Sentence = ""
    question: Sentence = ""
    responsible: Named = ()
    audience: Named = ()
    text: Sentence = ""
    """Description, the author's own columns, notes, tasks and links, one a line."""
    task_responsible: tuple[Exact, ...] = ()
    """Parties that answer for an undated task of the activity, which is part of this occurrence."""
    task_audience: tuple[Exact, ...] = ()
    """Parties that such a task is for."""
    within: tuple[Exact, ...] = ()
    """Regions that the groups among its scopes lie in."""
    timezone: Exact = ""
    """The zone of its clock times."""
    hours: Exact = ""
    """``09:00–15:00`` on each of its days, where those are several; start and end are then days."""
    category: Named = ()
    """The category of its activity, if it has one."""

    @property
    def digest(self) -> str:
        """A fingerprint of all fields: the first 32 hexadecimal digits of a SHA-256."""
        return digest_of({name: value for name, value in asdict(self).items() if value})

    @property
    def visible(self) -> Published:
        """A copy with only what readers see, for comparing: without ids, and without the parties of its tasks."""
        return replace(self, id="", task="", references=(), task_responsible=(), task_audience=(), within=())

    @property
    def window(self) -> Window:
        """Its days."""
        return Window(_day(self.start[:10]), _day(self.end[:10] or (self.start[:10] if "T" in self.start else "")))

    @property
    def order(self) -> tuple[date, str, date]:
        """The sort key: first day (undated ones come last), clock time, last day."""
        start, end = self.window.start, self.window.end
        clock = self.start[11:] or self.hours or (self.end[11:] if self.kind is Kind.DEADLINE else "")
        return start or end or date.max, clock, end or start or date.max

    @property
    def timed(self) -> Timed | HoursEachDay | None:
        """Its date where that is an event with clock times."""
        if self.hours:
            start_time, end_time = map(time.fromisoformat, self.hours.split(_TO))
            first, last = date.fromisoformat(self.start), date.fromisoformat(self.end)
            return HoursEachDay(first, start_time, last, end_time)
        if "T" not in self.start:
            return None
        start = datetime.fromisoformat(self.start)
        end = datetime.fromisoformat(self.end) if self.end else None
        return Timed(start.date(), start.time(), (end or start).date(), end.time() if end else None)

    @property
    def stretches(self) -> tuple[Timed, ...]:
        """Its clock times, one stretch after the other; none of whole days, periods and deadlines."""
        return dates.stretches(self.timed) if self.timed else ()

    @property
    def due(self) -> datetime | None:
        """The local time at which a deadline is; None where it has no clock time."""
        return datetime.fromisoformat(self.end) if self.kind is Kind.DEADLINE and "T" in self.end else None


def digest_of(values: Mapping[str, object]) -> str:
    """Return the digest of an occurrence with these fields, which are those that are not empty."""
    named = {_DIGESTED_AS.get(name, name): value for name, value in values.items()}
    return hashlib.sha256(msgspec.json.encode(named, order="sorted")).hexdigest()[:32]


def say_published(item: Published, language: str, plan_language: str) -> str:
    """Return the date of an occurrence as people say it."""
    words = VOCABULARIES[language]
    if item.when and not item.references:
        when = dates.parse(item.when) if language != plan_language else None
        return item.when if when is None or isinstance(when, dates.DateProblem) else dates.say(when, words)
    if item.timed:
        return dates.say(item.timed, words)
    return dates.say_window(item.window, deadline=item.kind is Kind.DEADLINE, words=words)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def publish(schedule: Schedule) -> dict[str, Published]:
    """Return all occurrences of a schedule as readers see them, by their UIDs."""
    return dict(published_occurrences(schedule))


def published_occurrences(schedule: Schedule) -> Iterator[tuple[str, Published]]:
    """Make the occurrences of a schedule as readers see them one after the other, each with its UID."""
    plan = schedule.plan
    uids = Uids(plan.id)
    titles = {activity.id: activity.title for activity in plan.activities}
    return ((uids.of(each), _published(each, plan, titles)) for each in schedule.occurrences)


def _published(occurrence: Occurrence, plan: Plan, titles: Mapping[str, str]) -> Published:
    start, end, hours = _ends(occurrence)
    parents = plan.scopes.parents
    references = tuple(dict.fromkeys(occurrence.dated.references))
    dated = occurrence.dated
    has_words = occurrence.kind is Kind.PERIOD and not dated.is_written_day
    worded = references or has_words or (dated.has_clock and not dated.stretches)
    return Published(
        id=occurrence.id,
        title=occurrence.title,
        kind=occurrence.kind,
        status=occurrence.status.value,
        task=occurrence.task.id if occurrence.task else "",
        start=start,
        end=end,
        when=_wording(occurrence, plan, titles) if worded else "",
        references=references,
        scopes=tuple((scope, plan.scopes.names[scope]) for scope in occurrence.scopes),
        location=occurrence.location or "",
        question=occurrence.question or "",
        responsible=_named(occurrence.responsible, plan),
        audience=_named(occurrence.audience, plan),
        text="\n".join(_lines(occurrence, plan)),
        task_responsible=_parties(each.responsible for each in _undated(occurrence)),
        task_audience=_parties(each.audience for each in _undated(occurrence)),
        within=tuple(dict.fromkeys(parents[scope] for scope in occurrence.scopes if scope in parents)),
        timezone=plan.timezone if dated.stretches or dated.due else "",
        hours=hours,
        category=((category, plan.category_names[category]),) if (category := occurrence.activity.category) else (),
    )


def _ends(occurrence: Occurrence) -> tuple[str, str, str]:
    """Return start and end of an occurrence, and its hours where it has the same on several days."""
    window, stretches, due = occurrence.window, occurrence.dated.stretches, occurrence.dated.due
    if len(stretches) == 1:
        only = stretches[0]
        return (
            _iso(datetime.combine(only.first, only.start)),
            _iso(only.end and datetime.combine(only.last, only.end)),
            "",
        )
    hours = (_iso(stretches[0].start), _iso(stretches[0].end)) if stretches else ()
    return _iso(window.start), _iso(due or window.end), _TO.join(hours)


def _iso(moment: datetime | date | time | None) -> str:
    """Write a day, a clock time to the minute or both; nothing for None."""
    if moment is None:
        return ""
    if isinstance(moment, datetime | time):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()


def _wording(occurrence: Occurrence, plan: Plan, titles: Mapping[str, str]) -> str:
    """Return a date in its author's words; if those are numbers or ids, in the words of the plan's language."""
    dated = occurrence.dated
    if dated.is_worded:
        return dated.text
    return dates.say(dated.when, VOCABULARIES[plan.language], titles)


def _named(assignments: Iterable[Assignment], plan: Plan) -> Named:
    return tuple((each.party, plan.named(each)) for each in assignments)


def _undated(occurrence: Occurrence) -> list[Task]:
    """Return the undated tasks of an activity, which are part of each of its own occurrences."""
    return [] if occurrence.task else [task for task in occurrence.activity.tasks if task.when is None]


def _parties(assigned: Iterable[tuple[Assignment, ...] | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.party for assignments in assigned for each in assignments or ()))


def _lines(occurrence: Occurrence, plan: Plan) -> list[str]:
    """Return the other texts of an occurrence, a line each: of a task its own, of an activity also its tasks."""
    activity, task = occurrence.activity, occurrence.task
    if task:
        return [activity.title, *_texts(task.note), *_links(task.links)]
    title = [activity.title] if occurrence.title != activity.title else []
    note = activity.note if occurrence.session else None
    more = [f"{label}: {text}" for label, text in activity.more]
    lines = [*title, *_texts(activity.description, *more, occurrence.note, note), *_links(occurrence.all_links)]
    for task in activity.tasks:
        people = "; ".join(text for _, text in _named((*(task.responsible or ()), *(task.audience or ())), plan))
        name = f"✓ {task.title}" if task.status is Status.DONE else task.title
        pieces = (name, task.when.text if task.when else "", people, task.note or "")
        lines += [f"• {' – '.join(piece for piece in pieces if piece)}", *_links(task.links)]
    return lines


def _texts(*texts: str | None) -> list[str]:
    return [text.strip() for text in texts if text]


def _links(links: Iterable[Link]) -> list[str]:
    addresses = [(link.title, link.url.removeprefix("mailto:")) for link in links]
    return [f"{title}: {address}" if title and title != address else address for title, address in addresses]
