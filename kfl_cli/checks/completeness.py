"""Rules on what a plan leaves open, and on what it declares and does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Advice, Diagnostic
from kfl_cli.findings.rules.completeness import (
    COLLECTIVE_WITHOUT_MEMBERS,
    NO_AUDIENCE,
    NO_CLOCK_TIME,
    NO_PLACE,
    NO_RESPONSIBLE,
    NOT_DATED,
    OPEN_QUESTION,
    TENTATIVE,
    UNUSED_PARTY,
    UNUSED_REGION,
)
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.schedule.open_questions import Gap, GapKind, gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Rule
    from kfl_cli.plan.model import Activity, Session, Task


_EVERYBODY = frozenset({"all", "alle", "everybody", "everyone", "samtlege", "samtlige"})
"""First words of the names of parties that are others together."""


def left_open(facts: Facts) -> Iterator[Diagnostic]:
    """Find what is left open: questions, dates, parties, places, clock times."""
    for gap in gaps(facts.schedule):
        if gap.kind is not GapKind.TENTATIVE or not gap.asked:
            rule, message, advice = _gap_texts(gap, _title(facts, gap))
            yield Diagnostic(rule, gap.span, message, Advice(advice))


def _gap_texts(gap: Gap, title: Message | str) -> tuple[Rule, Message, Message]:
    """Return the rule that finds a gap, its message and the remedy."""
    match gap.kind:
        case GapKind.QUESTION:
            message = Message("«{title}» is not settled: {question}", title=title, question=gap.question)
            return OPEN_QUESTION, message, Message("when it is answered, write the answer and remove `question:`")
        case GapKind.TENTATIVE:
            message = Message("«{title}» is tentative", title=title)
            return TENTATIVE, message, Message("say under `question:` what is open")
        case GapKind.DATE:
            message = Message("«{title}» has no date yet", title=title)
            return NOT_DATED, message, _rough_date(gap)
        case GapKind.RESPONSIBLE:
            message = Message("nobody answers for «{title}»", title=title)
            return NO_RESPONSIBLE, message, Message("add `responsible:`")
        case GapKind.AUDIENCE:
            message = Message("«{title}» does not say whom it is for", title=title)
            return NO_AUDIENCE, message, Message("add `audience:`")
        case GapKind.LOCATION:
            message = Message("«{title}» has no place", title=title)
            return NO_PLACE, message, Message("add `location:`")
        case GapKind.CLOCK_TIME:
            message = Message("«{title}» has no clock time", title=title)
            return NO_CLOCK_TIME, message, Message("write the hours after the day, such as «kl. 09.00–15.00»")


def _rough_date(gap: Gap) -> Message:
    """Return the remedy for what has no date: of a session, the dates of its activity, which it must lie in."""
    when = gap.activity.when
    if when and any(each.session and each.allowed and not each.allowed.unset for each in gap.occurrences):
        return Message("write at least «{when}», as the activity has it", when=when.text)
    return Message("write at least a half-year")


def _title(facts: Facts, gap: Gap) -> Message | str:
    """Return the title of the activity, with those for whom something is open if that is not all."""
    occurrences = () if gap.of_activity else gap.occurrences
    if len(occurrences) == 1:
        return facts.schedule.label(occurrences[0])
    names = facts.names(dict.fromkeys(scope for each in occurrences for scope in each.scopes))
    return Message("{title} – {scope}", title=gap.activity.title, scope=names) if names else gap.activity.title


def unused_party(facts: Facts) -> Iterator[Diagnostic]:
    """Find parties that no activity, session or task names."""
    used: set[str] = set()
    for activity in facts.plan.activities:
        parts: tuple[Activity | Session | Task, ...] = (activity, *activity.sessions, *activity.tasks)
        for part in parts:
            used |= {assignment.party for assignment in (*(part.responsible or ()), *(part.audience or ()))}
    reached = facts.plan.collectives.reached(used)
    for party in facts.plan.parties:
        if party.id not in reached:
            message = Message("«{name}» answers for nothing, and nothing is for it", name=party.name)
            remedy = Advice(Message("remove it, or name it where it belongs"))
            yield Diagnostic(UNUSED_PARTY, span_of(party.node), message, remedy)


def collective_without_members(facts: Facts) -> Iterator[Diagnostic]:
    """Find parties called «alle …» that do not say which of the others they take in."""
    for party in facts.plan.parties if len(facts.plan.parties) > 1 else ():
        words = party.name.casefold().split()
        if words[0] in _EVERYBODY and not party.names_members:
            message = Message("«{name}» does not say who its members are", name=party.name)
            remedy = Advice(Message("add `members:` with the parties that it takes in; [] for none of them"))
            yield Diagnostic(COLLECTIVE_WITHOUT_MEMBERS, span_of(party.node), message, remedy)


def unused_region(facts: Facts) -> Iterator[Diagnostic]:
    """Find regions that no activity names, in a plan whose activities name others."""
    plan = facts.plan
    named = {scope for activity in plan.activities for scope in activity.regions}
    named |= {scope for activity in plan.activities for session in activity.sessions for scope in session.scopes}
    for region in plan.regions if named else ():
        if named.isdisjoint({region.id, *(group.id for group in region.groups)}):
            message = Message("no activity names «{name}»", name=region.name)
            remedy = Advice(Message("add its rows, or remove it"))
            yield Diagnostic(UNUSED_REGION, span_of(region.node), message, remedy)
