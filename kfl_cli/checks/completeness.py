"""Rules on what a plan leaves open, and on what it declares and does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Advice, Diagnostic
from kfl_cli.findings.rules.completeness import (
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
    from kfl_cli.plan.model import Activity, Session, Task

_SAID = {
    GapKind.QUESTION: (
        OPEN_QUESTION,
        Message("«{title}» is not settled: {question}"),
        Message("when it is answered, write the answer and remove `question:`"),
    ),
    GapKind.TENTATIVE: (
        TENTATIVE,
        Message("«{title}» is tentative"),
        Message("say under `question:` what is open"),
    ),
    GapKind.DATE: (
        NOT_DATED,
        Message("«{title}» has no date yet"),
        Message("write at least a half-year"),
    ),
    GapKind.RESPONSIBLE: (
        NO_RESPONSIBLE,
        Message("nobody answers for «{title}»"),
        Message("add `responsible:`"),
    ),
    GapKind.AUDIENCE: (
        NO_AUDIENCE,
        Message("«{title}» does not say whom it is for"),
        Message("add `audience:`"),
    ),
    GapKind.PLACE: (
        NO_PLACE,
        Message("«{title}» has no place"),
        Message("add `location:`"),
    ),
    GapKind.CLOCK_TIME: (
        NO_CLOCK_TIME,
        Message("«{title}» has no clock time"),
        Message("write the hours after the day, such as «kl. 09.00–15.00»"),
    ),
}
"""The rule, what it says and the remedy."""


def left_open(facts: Facts) -> Iterator[Diagnostic]:
    """Find what is left open: questions, dates, parties, places, clock times."""
    for gap in gaps(facts.schedule):
        if gap.open is not GapKind.TENTATIVE or not gap.asked:
            rule, message, advice = _SAID[gap.open]
            yield Diagnostic(rule, gap.span, _message(facts, gap, message.template), Advice(advice))


def _message(facts: Facts, gap: Gap, template: str) -> Message:
    """Name the activity, and those of its dates for which something is open."""
    dates = () if gap.whole else gap.occurrences
    title: Message | str = facts.schedule.label(dates[0]) if len(dates) == 1 else gap.activity.title
    if len(dates) > 1:
        names = facts.names(dict.fromkeys(scope for each in dates for scope in each.scopes))
        title = Message("{title} – {scope}", title=title, scope=names) if names else title
    return Message(template, title=title, question=gap.question)


def unused_party(facts: Facts) -> Iterator[Diagnostic]:
    """Find parties that nothing names."""
    used: set[str] = set()
    for activity in facts.plan.activities:
        parts: tuple[Activity | Session | Task, ...] = (activity, *activity.sessions, *activity.tasks)
        for part in parts:
            used |= {assignment.party for assignment in (*(part.responsible or ()), *(part.audience or ()))}
    for party in facts.plan.parties:
        if party.id not in used:
            message = Message("«{name}» answers for nothing, and nothing is for it", name=party.name)
            remedy = Advice(Message("remove it, or name it where it belongs"))
            yield Diagnostic(UNUSED_PARTY, span_of(party.node), message, remedy)


def unused_region(facts: Facts) -> Iterator[Diagnostic]:
    """Find regions that nothing names, where others are named."""
    plan = facts.plan
    named = {scope for activity in plan.activities for scope in activity.regions}
    named |= {session.scope for activity in plan.activities for session in activity.sessions if session.scope}
    for region in plan.regions if named else ():
        if named.isdisjoint({region.id, *(group.id for group in region.groups)}):
            message = Message("no activity names «{name}»", name=region.name)
            remedy = Advice(Message("add its rows, or remove it"))
            yield Diagnostic(UNUSED_REGION, span_of(region.node), message, remedy)
