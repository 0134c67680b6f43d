"""The open questions of a plan, by who answers for it: the answer of ``kfl open``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.dates import Kind, say_window
from kfl_cli.exports.json_contract import NamedJson
from kfl_cli.schedule.open_questions import Gap, GapKind
from kfl_cli.text.github_markdown import block, inline
from kfl_cli.text.json import JsonObject, printable_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.occurrence import Schedule, ScheduledActivity
    from kfl_cli.schedule.open_questions import OpenQuestions


class GapJson(JsonObject, frozen=True):
    """Something that an activity leaves open, as a whole or for some of its dates."""

    open: GapKind
    activity: str
    title: str
    occurrences: tuple[str, ...]
    question: str | None
    text: str
    line: int


class ResponsibleJson(JsonObject, frozen=True):
    """The open questions that a party answers for; null for those that nobody answers for."""

    responsible: NamedJson | None
    items: tuple[GapJson, ...]


class OpenQuestionsJson(JsonObject, frozen=True):
    """All open questions, by who answers for it."""

    groups: tuple[ResponsibleJson, ...]
    count: int


def as_json(questions: OpenQuestions, wording: Wording) -> str:
    """Return what is open as a JSON text of lines."""
    names = wording.plan.party_names
    groups = tuple(
        ResponsibleJson(NamedJson(party, names[party]) if party else None, tuple(_gap(gap, wording) for gap in gaps))
        for party, gaps in questions.by_party.items()
    )
    return printable_json(OpenQuestionsJson(groups, questions.count))


def _gap(gap: Gap, wording: Wording) -> GapJson:
    return GapJson(
        open=gap.kind,
        activity=gap.activity.id,
        title=gap.activity.title,
        occurrences=() if gap.of_activity else tuple(occurrence.id for occurrence in gap.occurrences),
        question=gap.question or None,
        text=_what(gap, wording),
        line=gap.span.line,
    )


def as_text(questions: OpenQuestions, wording: Wording, schedule: Schedule, bold: Callable[[str], str]) -> str:
    """Return what is open as a paragraph a party, with activities and their dates; ``bold`` marks the party."""
    paragraphs = []
    for party, lines in _by_party(questions, wording, schedule):
        paragraphs.append("\n".join([bold(party), *(f"  {activity}\n      {what}" for activity, what in lines)]))
    return "\n\n".join(paragraphs)


def as_markdown(questions: OpenQuestions, wording: Wording, schedule: Schedule) -> str:
    """Return what is open as Markdown, a section a party."""
    sections = []
    for party, lines in _by_party(questions, wording, schedule):
        items = (f"- {block(activity)}: {inline(what)}" for activity, what in lines)
        sections.append("\n".join([f"## {inline(party)}", "", *items]))
    return "\n\n".join(sections)


def _by_party(
    questions: OpenQuestions, wording: Wording, schedule: Schedule
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Return each party, with a line for each activity: its title and date, and all that is open of it."""
    scheduled = {each.activity.id: each for each in schedule.activities}
    for party, gaps in questions.by_party.items():
        by_activity: dict[str, list[Gap]] = {}
        for gap in gaps:
            by_activity.setdefault(gap.activity.id, []).append(gap)
        lines = []
        for id_, gaps_of_activity in by_activity.items():
            activity = gaps_of_activity[0].activity
            when = _when(scheduled[id_], wording)
            what = "; ".join(_what_for_whom(gap, wording) for gap in gaps_of_activity)
            lines.append((f"{activity.title} – {when}" if when else activity.title, what))
        name = wording.plan.party_names[party] if party else wording.say.text("Nobody answers for")
        yield name, lines


def _when(scheduled: ScheduledActivity, wording: Wording) -> str:
    """Return when an activity is, as its row has it; of one that has only sessions, from the first to the last."""
    activity, window = scheduled.activity, scheduled.window
    if activity.when:
        return "" if window.unset else wording.written(activity.when)
    dates = sorted(scheduled.current, key=lambda occurrence: occurrence.order)
    said = list(dict.fromkeys(wording.when(each) for each in dates))
    if all(each.kind is Kind.EVENT for each in dates):
        return said[0] if len(said) == 1 else say_window(window, deadline=False, words=wording.words)
    return " – ".join(dict.fromkeys((said[0], said[-1])))


def _what_for_whom(gap: Gap, wording: Wording) -> str:
    """Return what is open, after the tasks, regions and groups that it is open for, if it is not for all."""
    occurrences = () if gap.of_activity else gap.occurrences
    names = [
        occurrence.task.title if occurrence.task else wording.scope(occurrence)
        for occurrence in occurrences
        if occurrence.task or occurrence.scopes
    ]
    return f"{', '.join(dict.fromkeys(names))}: {_what(gap, wording)}" if names else _what(gap, wording)


def _what(gap: Gap, wording: Wording) -> str:
    """Return what is open."""
    say = wording.say
    match gap.kind:
        case GapKind.QUESTION:
            return gap.question
        case GapKind.TENTATIVE:
            return say.text("tentative")
        case GapKind.DATE:
            return say.text("no date yet")
        case GapKind.RESPONSIBLE:
            return say.text("nobody answers for it")
        case GapKind.AUDIENCE:
            return say.text("no audience")
        case _:
            return say.text("no place")
