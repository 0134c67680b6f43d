"""The rule on ids that are gone while similar ones are new: likely the same activities under other ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Advice, Diagnostic
from kfl_cli.findings.rules.releases import RENAMED
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kfl_cli.plan.model import Activity
    from kfl_cli.releases.published_occurrence import Published
    from kfl_cli.schedule.occurrence import Schedule

_ALIKE = 0.8
"""Likeness of two ids (difflib) from which one is taken for the other."""


def renamed(schedule: Schedule, released: Mapping[str, Published]) -> Iterator[Diagnostic]:
    """Find activities, sessions and tasks that are likely one that was released and is gone."""
    plan = schedule.plan
    titles = {item.id.split("/")[0]: item.title for item in released.values() if not item.task}
    known = {id_ for activity in plan.activities for id_ in (activity.id, activity.uid)}
    gone = {id_: title for id_, title in titles.items() if id_ not in known}
    for activity in plan.activities:
        if gone and activity.uid is None and activity.id not in titles:
            former = _former(activity, gone)
            if former:
                gone.pop(former)
                message = Message("«{id}» is new, and «{former}» is gone: renamed?", id=activity.id, former=former)
                remedy = Advice(
                    Message("if it is the same, keep its place in calendars with «uid: {former}»", former=former)
                )
                yield Diagnostic(RENAMED, span_of(activity.node, "id"), message, remedy)
    yield from _renamed_parts(schedule, released)


def _former(activity: Activity, gone: Mapping[str, str]) -> str | None:
    """Return the id that an activity likely had: that of the same title, else the one most like its own."""
    import difflib  # noqa: PLC0415  only where something is gone

    same = next((id_ for id_, title in gone.items() if title == activity.title), None)
    return same or next(iter(difflib.get_close_matches(activity.id, gone, 1, _ALIKE)), None)


def _renamed_parts(schedule: Schedule, released: Mapping[str, Published]) -> Iterator[Diagnostic]:
    """Find sessions and tasks of an activity that are on the day of one that is gone."""
    current = {occurrence.id for occurrence in schedule.occurrences}
    gone: dict[tuple[str, str, str], str] = {}
    for item in released.values():
        if "/" in item.id and item.id not in current:
            gone[item.id.split("/")[0], item.start[:10], item.end[:10]] = item.id
    if not gone:
        return
    before = {item.id for item in released.values()}
    for occurrence in schedule.occurrences:
        part = occurrence.session or occurrence.task
        start, end = (str(day or "") for day in (occurrence.window.start, occurrence.window.end))
        former = gone.get((occurrence.activity.id, start, end))
        if part and former and occurrence.id not in before:
            former_part = former.split("/")[1]
            message = Message("«{id}» is new, and «{former}» is gone: renamed?", id=occurrence.id, former=former)
            remedy = Advice(
                Message("if it is the same, keep its place in calendars with «id: {former}»", former=former_part)
            )
            yield Diagnostic(RENAMED, span_of(part.node), message, remedy)
