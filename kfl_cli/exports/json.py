"""JSON: the contract that other programs hold on to (docs/exports.md, ``kfl schema --export``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kfl_cli.exports.moments import ends, iso_day
from kfl_cli.releases.identity import uid_of

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.plan.model import Assignment, Link, Plan, Task
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity

Json = dict[str, object]


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the schedule as JSON, UTF-8, two spaces an indentation."""
    plan, selection = schedule.plan, context.selection
    document = {
        "plan": _plan(plan),
        "selection": {
            "region": selection.region,
            "for": selection.party,
            "responsible": selection.responsible,
            "audience": selection.audience,
            "from": iso_day(selection.start),
            "until": iso_day(selection.until),
        },
        "activities": [_activity(entry, context) for entry in schedule.activities],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _plan(plan: Plan) -> Json:
    period = plan.period
    contact = plan.contact
    return {
        "id": plan.id,
        "title": plan.title,
        "version": iso_day(plan.version),
        "language": plan.language,
        "timezone": plan.timezone,
        "period": {"start": iso_day(period.start), "end": iso_day(period.end)} if period else None,
        "source": plan.source,
        "goals": [{"intention": goal.intention, "aims": list(goal.aims)} for goal in plan.goals],
        "contact": {"name": contact.name, "email": contact.email, "phone": contact.phone, "url": contact.url}
        if contact
        else None,
        "links": _links(plan.links),
        "regions": [
            {
                "id": region.id,
                "name": region.name,
                "municipalities": list(region.municipalities),
                "groups": [
                    {"id": group.id, "name": group.name, "municipalities": list(group.municipalities)}
                    for group in region.groups
                ],
            }
            for region in plan.regions
        ],
        "parties": [{"id": party.id, "name": party.name, "kind": party.kind} for party in plan.parties],
    }


def _activity(entry: ScheduledActivity, context: Context) -> Json:
    activity = entry.activity
    plan = context.wording.plan
    return {
        "id": activity.id,
        "title": activity.title,
        "description": activity.description,
        "when": activity.when.text if activity.when else None,
        "status": activity.status.value,
        "question": activity.question,
        "location": activity.location,
        "note": activity.note,
        "regions": [{"id": scope, "name": plan.scope_names[scope]} for scope in activity.regions],
        "window": {"start": iso_day(entry.window.start), "end": iso_day(entry.window.end)},
        "responsible": _assignments(activity.responsible, plan),
        "audience": _assignments(activity.audience, plan),
        "tasks": [_task(task, entry, plan) for task in activity.tasks],
        "links": _links(activity.links),
        "after": list(activity.after),
        "source": {
            "file": context.file,
            "line": activity.node.span.line if activity.node else None,
            "text": activity.source,
        },
        "occurrences": [occurrence_json(each, context) for each in entry.occurrences],
    }


def _assignments(assignments: tuple[Assignment, ...], plan: Plan) -> list[Json]:
    return [
        {"id": each.party, "name": plan.party_names[each.party], "note": each.note, "count": each.count}
        for each in assignments
    ]


def _links(links: tuple[Link, ...]) -> list[Json]:
    return [{"title": link.title, "url": link.url} for link in links]


def _task(task: Task, entry: ScheduledActivity, plan: Plan) -> Json:
    """Return a task; its dates are those of its occurrence, and open where it has several."""
    activity = entry.activity
    own = [each.window for each in entry.tasks if each.task is task]
    window = own[0] if len(own) == 1 else None
    return {
        "id": task.id,
        "title": task.title,
        "responsible": _assignments(activity.responsible if task.responsible is None else task.responsible, plan),
        "audience": _assignments(activity.audience if task.audience is None else task.audience, plan),
        "when": task.when.text if task.when else None,
        "start": iso_day(window.start) if window else None,
        "end": iso_day(window.end) if window else None,
        "note": task.note,
        "links": _links(task.links),
    }


def occurrence_json(occurrence: Occurrence, context: Context) -> Json:
    """Return one occurrence; days are inclusive, clock times carry the zone's offset."""
    plan = context.wording.plan
    start, end = ends(occurrence, plan.timezone)
    scope = occurrence.scope
    document: Json = {
        "id": occurrence.id,
        "uid": uid_of(plan)(occurrence),
        "title": occurrence.title,
        "scope": {"id": scope, "name": plan.scope_names[scope]} if scope else None,
        "scopes": [{"id": each, "name": plan.scope_names[each]} for each in occurrence.scopes],
        "kind": occurrence.kind.value,
        "precision": occurrence.precision.value,
        "start": start,
        "end": end,
        "location": occurrence.location,
        "status": occurrence.status.value,
        "question": occurrence.question,
        "note": occurrence.note,
        "responsible": _assignments(occurrence.responsible, plan),
        "audience": _assignments(occurrence.audience, plan),
        "when_text": context.wording.when(occurrence),
    }
    if occurrence.task:
        document["task"] = occurrence.task.id
    return document
