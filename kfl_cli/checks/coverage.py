"""Rules on whether every region and group has its sessions, and as many as the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.completeness import MUNICIPALITY_NOT_ONCE, REGION_COVERED_TWICE, REGION_WITHOUT_SESSION
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.schedule.coverage import sessions_by_leaf
from kfl_cli.text.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Span
    from kfl_cli.plan.scopes import Group, Municipality, Region
    from kfl_cli.schedule.occurrence import Occurrence, ScheduledActivity


def region_without_session(facts: Facts) -> Iterator[Diagnostic]:
    """Find regions and groups for which an activity has no session, or fewer than for the others."""
    for scheduled in _with_sessions(facts):
        held = sessions_by_leaf(facts.plan, scheduled, cancelled=False)
        known = sessions_by_leaf(facts.plan, scheduled, cancelled=True)
        usual = _usual(held)
        for number in range(usual):
            leaves = [leaf for leaf, each in held.items() if len(each) == number == len(known[leaf])]
            if leaves:
                yield _too_few(facts, scheduled, leaves, number, usual)


def _with_sessions(facts: Facts) -> Iterator[ScheduledActivity]:
    """Return the activities that have sessions and are not cancelled or done, in a plan with regions."""
    for scheduled in facts.schedule.activities if facts.plan.regions else ():
        activity = scheduled.activity
        if activity.sessions and not activity.status.is_over:
            yield scheduled


def _usual(counts: dict[str, list[Occurrence]]) -> int:
    """Return how many sessions most regions and groups have; at least one."""
    often = Counter(len(each) for each in counts.values() if each)
    return min(often, key=lambda number: (-often[number], number), default=1)


def _too_few(facts: Facts, scheduled: ScheduledActivity, leaves: list[str], number: int, usual: int) -> Diagnostic:
    activity, names = scheduled.activity, facts.names(_whole(facts, leaves))
    if number == 0:
        message = Message("«{title}» has no session for {scopes}", title=activity.title, scopes=names)
    else:
        message = Message(
            "«{title}» has fewer sessions for {scopes} than for the others: {number}, not {usual}",
            title=activity.title,
            scopes=names,
            number=number,
            usual=usual,
        )
    remedy = Advice(Message("add the session, or say under `region:` whom the activity concerns"))
    if number:
        remedy = Advice(Message("add what is missing, or remove what the others have too much"))
    return Diagnostic(REGION_WITHOUT_SESSION, span_of(activity.node), message, remedy)


def _whole(facts: Facts, leaves: list[str]) -> list[str]:
    """Return ``leaves`` in the order of the plan, with a region in place of all its groups."""
    scopes = []
    for region in facts.plan.regions:
        parts = facts.scopes.leaves((region.id,))
        scopes += [region.id] if set(parts) <= set(leaves) else [part for part in parts if part in leaves]
    return scopes


def region_covered_twice(facts: Facts) -> Iterator[Diagnostic]:
    """Find regions and groups for which an activity has more sessions than for the others."""
    for scheduled in _with_sessions(facts):
        counts = sessions_by_leaf(facts.plan, scheduled, cancelled=False)
        usual = _usual(counts)
        doubled: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for leaf, sessions in counts.items():
            if len(sessions) > usual:
                doubled[tuple(each.id for each in sessions)].append(leaf)
        for leaves in doubled.values():
            yield _too_many(facts, scheduled, leaves, counts[leaves[0]])


def _too_many(facts: Facts, scheduled: ScheduledActivity, leaves: list[str], sessions: list[Occurrence]) -> Diagnostic:
    message = Message(
        "«{title}» has {n} sessions for {scopes}, more than for the others",
        title=scheduled.activity.title,
        n=len(sessions),
        scopes=facts.names(_whole(facts, leaves)),
    )
    *others, last = sessions
    related = tuple(
        Related(Message("«{title}» here", title=facts.schedule.label(each)), _span_of_session(each)) for each in others
    )
    remedy = Advice(Message("remove one of them, or say in its `for:` whom it is meant for"))
    return Diagnostic(REGION_COVERED_TWICE, _span_of_session(last), message, remedy, related)


def _span_of_session(occurrence: Occurrence) -> Span:
    return span_of(occurrence.session.node if occurrence.session else None)


def municipality_not_once(facts: Facts) -> Iterator[Diagnostic]:
    """Find municipalities in two groups or regions, and those of a region that are in none of its groups."""
    seen: dict[str, tuple[Region | Group, Region, Municipality]] = {}
    doubled: set[str] = set()
    for region in facts.plan.regions:
        grouped = {slug(each.name) for group in region.groups for each in group.municipalities}
        parts: tuple[Region | Group, ...] = (region, *region.groups)
        for part in parts:
            for town in part.municipalities:
                known = seen.get(slug(town.name))
                if known and not (known[0] is region and part is not region):
                    doubled.add(slug(town.name))
                    yield _twice(town, known[0].name, part.name, known[2])
                else:
                    seen[slug(town.name)] = (part, region, town)
        for town in region.municipalities if grouped else ():
            if slug(town.name) not in grouped and slug(town.name) not in doubled:
                message = Message("{town} is in none of the groups of {region}", town=town.name, region=region.name)
                remedy = Advice(Message("add it to one of them"))
                yield Diagnostic(MUNICIPALITY_NOT_ONCE, town.span, message, remedy)


def _twice(town: Municipality, first: str, second: str, other: Municipality) -> Diagnostic:
    if first == second:
        message = Message("{town} stands twice under {scope}", town=town.name, scope=first)
    else:
        message = Message("{town} is both in {first} and in {second}", town=town.name, first=first, second=second)
    related = (Related(Message("first here"), other.span),)
    remedy = Advice(Message("remove one of the two")) if first == second else Advice(Message("keep it in one of them"))
    return Diagnostic(MUNICIPALITY_NOT_ONCE, town.span, message, remedy, related)
