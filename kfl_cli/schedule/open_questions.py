"""Gaps of a plan: questions, tentative or undated activities, missing parties, places and hours."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Precision
from kfl_cli.plan.model import Activity, Status
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.schedule.gathering_criteria import is_gathering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.findings.finding import Span
    from kfl_cli.plan.model import Plan, Session, Task
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity


class GapKind(enum.Enum):
    """The kinds of gaps, in the order of reports; the value is the name in JSON."""

    QUESTION = "question"
    TENTATIVE = "tentative"
    DATE = "date"
    RESPONSIBLE = "responsible"
    AUDIENCE = "audience"
    LOCATION = "place"
    CLOCK_TIME = "clock-time"


_PARTIES = {GapKind.RESPONSIBLE: "responsible", GapKind.AUDIENCE: "audience"}

_LEAST_SHARE = {"responsible": 0.25, "audience": 0.5}
"""The share of activities that have a key in a plan that has the column; where fewer have it, it is missing in none.

Work that only those see who do it has no audience, so there that share is larger.
"""


class Gap(Struct, frozen=True):
    """Something that an activity leaves open, as a whole or for some of its dates."""

    kind: GapKind
    activity: Activity
    occurrences: tuple[Occurrence, ...] = ()
    """The dates for which it is open; none if the activity itself leaves it open."""
    question: str = ""
    of_activity: bool = True
    """Whether the activity as a whole leaves it open, not only the ``occurrences``."""

    @property
    def span(self) -> Span:
        """The place in the file where it would be mended: the activity, or the first of its dates."""
        first = self.occurrences[0] if self.occurrences and not self.of_activity else None
        part = first and (first.session or first.task)
        node = part.node if part else self.activity.node
        keys = {GapKind.QUESTION: "question", GapKind.DATE: "when"}
        return span_of(node, keys[self.kind]) if self.kind in keys else span_of(node)

    @property
    def asked(self) -> bool:
        """Whether a question of the plan says what is open."""
        return bool(self.activity.question) or any(occurrence.question for occurrence in self.occurrences)


def gaps(schedule: Schedule) -> Iterator[Gap]:
    """Return all that is open, in reading order, and of an activity in the order of ``GapKind``."""
    order = list(GapKind).index
    columns = _columns(schedule.plan)
    for scheduled in schedule.activities:
        if not scheduled.activity.status.is_over:
            yield from sorted(_gaps(scheduled, columns), key=lambda gap: order(gap.kind))


def questions(schedule: Schedule) -> Iterator[Gap]:
    """Return the questions among what is open, without looking at the rest of the plan, as ``gaps`` does."""
    for scheduled in schedule.activities:
        if not scheduled.activity.status.is_over:
            yield from _questions(scheduled)


class OpenQuestions(Struct, frozen=True):
    """The gaps of a plan, by the party that answers for them."""

    by_party: dict[str | None, list[Gap]]
    """In the order of the plan's parties, those without any left out; last, under None, what nobody answers for."""
    count: int
    """How many are open; what several answer for stands under each of them, and counts once."""


def by_responsible(schedule: Schedule, parties: tuple[str, ...] = ()) -> OpenQuestions:
    """Return what is open but for clock times, grouped by who answers for it; of ``parties``, or of all.

    What a collective party answers for stands under that party, for its members too.
    """
    collectives, asked = schedule.plan.collectives, frozenset(parties)
    groups: dict[str | None, list[Gap]] = {each.id: [] for each in schedule.plan.parties} | {None: []}
    count = 0
    for gap in gaps(schedule):
        answering = [
            party
            for party in _responsible(gap)
            if not asked or (party is not None and not asked.isdisjoint(collectives.reached([party])))
        ]
        if gap.kind is not GapKind.CLOCK_TIME and answering:
            count += 1
            for party in answering:
                groups[party].append(gap)
    return OpenQuestions({each: open_ for each, open_ in groups.items() if open_}, count)


def _responsible(gap: Gap) -> list[str | None]:
    """Return the parties that answer for what is open, each once; None where nobody does."""
    parts = gap.occurrences or (gap.activity,)
    return list(dict.fromkeys(assignment.party for part in parts for assignment in part.responsible)) or [None]


def _columns(plan: Plan) -> frozenset[str]:
    """Return those of the keys of parties that the activities of a plan have, as a column of a table has cells."""
    if not plan.parties:
        return frozenset()
    said = {key: sum(_says(activity, key) for activity in plan.activities) for key in _LEAST_SHARE}
    return frozenset(
        key for key, number in said.items() if number and number >= _LEAST_SHARE[key] * len(plan.activities)
    )


def _says(activity: Activity, key: str) -> bool:
    """Return whether an activity, or a session or task of it, says something under a key of parties."""
    if key not in activity.unsaid:
        return True
    parts: tuple[Session | Task, ...] = (*activity.sessions, *activity.tasks)
    return any(getattr(part, key) is not None for part in parts)


def _gaps(scheduled: ScheduledActivity, columns: frozenset[str]) -> Iterator[Gap]:
    activity = scheduled.activity
    yield from _questions(scheduled)
    dates = [each for each in scheduled.occurrences if each.task is None and not each.status.is_over]
    lacking: dict[GapKind, list[Occurrence]] = {}
    for occurrence in dates:
        for kind in _lacks(occurrence):
            lacking.setdefault(kind, []).append(occurrence)
    for kind, occurrences in lacking.items():
        key = _PARTIES.get(kind)
        if key is None or (key in columns and key in activity.unsaid):
            yield Gap(kind, activity, tuple(occurrences), of_activity=len(occurrences) == len(_asked(kind, dates)))
    for occurrence in scheduled.occurrences if activity.tasks else ():
        if occurrence.task and occurrence.precision is Precision.UNSET and not occurrence.status.is_over:
            yield Gap(GapKind.DATE, activity, (occurrence,), of_activity=False)


def _questions(scheduled: ScheduledActivity) -> Iterator[Gap]:
    """Return the question of an activity, where a date of its own is not over, and those of its sessions."""
    activity = scheduled.activity
    own = [each for each in scheduled.occurrences if each.task is None]
    dates = [each for each in own if not each.status.is_over]
    if activity.question and (dates or not own):
        yield Gap(GapKind.QUESTION, activity, (), activity.question)
    for occurrence in dates:
        if occurrence.session and occurrence.session.question:
            yield Gap(GapKind.QUESTION, activity, (occurrence,), occurrence.session.question, of_activity=False)


def _lacks(occurrence: Occurrence) -> list[GapKind]:
    """Return the kinds of what is open for one date of an activity."""
    kinds = []
    if occurrence.status is Status.TENTATIVE:
        kinds.append(GapKind.TENTATIVE)
    if occurrence.precision is Precision.UNSET:
        kinds.append(GapKind.DATE)
    if not occurrence.responsible:
        kinds.append(GapKind.RESPONSIBLE)
    if not occurrence.audience and not _names_regions(occurrence):
        kinds.append(GapKind.AUDIENCE)
    if is_gathering(occurrence):
        if not occurrence.location:
            kinds.append(GapKind.LOCATION)
        if occurrence.precision is not Precision.TIME and occurrence.dated.is_written_day:
            kinds.append(GapKind.CLOCK_TIME)
    return kinds


def _names_regions(occurrence: Occurrence) -> bool:
    """Return whether the author named regions or groups: «1B» says whom it is for."""
    return bool(occurrence.activity.regions or (occurrence.session and occurrence.session.scopes))


def _asked(kind: GapKind, dates: list[Occurrence]) -> list[Occurrence]:
    """Return the dates that should have something: gatherings a place, those on a written day also hours."""
    if kind is GapKind.LOCATION:
        return [each for each in dates if is_gathering(each)]
    if kind is GapKind.CLOCK_TIME:
        return [each for each in dates if is_gathering(each) and each.dated.is_written_day]
    return dates
