"""The JSON export: a schedule as the structs of its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from kfl_cli.exports.iso_dates import iso_ends, iso_stretch
from kfl_cli.exports.json_contract import (
    ActivityJson,
    AnyOfJson,
    AssignmentJson,
    ClosedJson,
    ContactJson,
    ExportJson,
    GoalJson,
    GroupJson,
    LabelsJson,
    LinkJson,
    NamedJson,
    OccurrenceJson,
    PartyJson,
    PlanJson,
    RegionJson,
    SelectionJson,
    SourceJson,
    StretchJson,
    TaskJson,
    WindowJson,
)
from kfl_cli.releases.identity import Uids
from kfl_cli.schedule.closed_periods import ClosedPeriod, closed_periods
from kfl_cli.text.json import encode_with_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.dates import Window
    from kfl_cli.exports.context import Context
    from kfl_cli.exports.wording import Wording
    from kfl_cli.plan.model import Assignment, Contact, Link, Plan, Task
    from kfl_cli.plan.scopes import Group, Region
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity
    from kfl_cli.schedule.select import Selection


def render(schedule: Schedule, context: Context) -> Iterator[bytes]:
    """Return the schedule as JSON in pieces, UTF-8, with an indentation of two spaces."""
    plan, wording = schedule.plan, context.wording
    uids = Uids(plan.id)
    document = ExportJson(
        plan=_plan(wording, context.selection), selection=_selection(context.selection), activities=()
    )
    activities = (_activity(scheduled, wording, uids, context.file) for scheduled in schedule.activities)
    return encode_with_list(document, activities)


def _plan(wording: Wording, selection: Selection) -> PlanJson:
    plan = wording.plan
    return PlanJson(
        id=plan.id,
        title=plan.title,
        version=plan.version,
        language=plan.language,
        timezone=plan.timezone,
        period=_window(plan.period) if plan.period else None,
        source=plan.source,
        goals=tuple(GoalJson(goal.intention, goal.aims) for goal in plan.goals),
        contact=_contact(plan.contact) if plan.contact else None,
        labels=LabelsJson(plan.labels.region, plan.labels.role, plan.labels.responsible, plan.labels.audience),
        links=_links(plan.links),
        regions=tuple(_region(region) for region in plan.regions),
        parties=tuple(PartyJson(party.id, party.name, party.kind, party.members) for party in plan.parties),
        categories=tuple(NamedJson(category.id, category.name) for category in plan.categories),
        closed=tuple(_closed(period, wording) for period in closed_periods(plan, selection)),
    )


def _closed(period: ClosedPeriod, wording: Wording) -> ClosedJson:
    closure = period.closure
    return ClosedJson(
        when=closure.when.text,
        why=closure.why,
        regions=named_scopes(closure.regions, wording.plan),
        window=_window(period.window),
        when_text=wording.written(closure.when),
    )


def _contact(contact: Contact) -> ContactJson:
    return ContactJson(contact.name, contact.email, contact.phone, contact.url)


def _region(region: Region) -> RegionJson:
    groups = tuple(GroupJson(group.id, group.name, _municipalities(group)) for group in region.groups)
    return RegionJson(region.id, region.name, _municipalities(region), groups)


def _municipalities(scope: Region | Group) -> tuple[str, ...]:
    return tuple(each.name for each in scope.municipalities)


def _selection(selection: Selection) -> SelectionJson:
    return SelectionJson(
        region=_first(selection.regions),
        party=_first(selection.parties),
        responsible=_first(selection.responsible),
        audience=_first(selection.audience),
        category=_first(selection.categories),
        start=selection.start,
        until=selection.until,
        any_of=AnyOfJson(
            region=selection.regions,
            party=selection.parties,
            responsible=selection.responsible,
            audience=selection.audience,
            category=selection.categories,
        ),
    )


def _first(ids: tuple[str, ...]) -> str | None:
    return ids[0] if ids else None


def _activity(scheduled: ScheduledActivity, wording: Wording, uids: Uids, file: str) -> ActivityJson:
    activity, plan = scheduled.activity, wording.plan
    return ActivityJson(
        id=activity.id,
        title=activity.title,
        description=activity.description,
        when=activity.when.text if activity.when else None,
        status=activity.status,
        question=activity.question,
        location=activity.location,
        capacity=activity.capacity,
        note=activity.note,
        regions=named_scopes(activity.regions, plan),
        window=_window(scheduled.window),
        responsible=_assignments(activity.responsible, plan),
        audience=_assignments(activity.audience, plan),
        category=activity.category,
        more=dict(activity.more),
        tasks=tuple(_task(task, scheduled, plan) for task in activity.tasks),
        links=_links(activity.links),
        after=activity.after,
        source=SourceJson(file, activity.node.span.line if activity.node else None, activity.source),
        occurrences=tuple(_occurrence(occurrence, wording, uids) for occurrence in scheduled.occurrences),
    )


def _window(window: Window) -> WindowJson:
    return WindowJson(window.start, window.end)


def named_scopes(scopes: Iterable[str], plan: Plan) -> tuple[NamedJson, ...]:
    """Return regions and groups with their names."""
    return tuple(NamedJson(scope, plan.scopes.names[scope]) for scope in scopes)


def _assignments(assignments: tuple[Assignment, ...], plan: Plan) -> tuple[AssignmentJson, ...]:
    return tuple(
        AssignmentJson(assignment.party, plan.party_names[assignment.party], assignment.note, assignment.count)
        for assignment in assignments
    )


def _links(links: tuple[Link, ...]) -> tuple[LinkJson, ...]:
    return tuple(LinkJson(link.title, link.url) for link in links)


def _task(task: Task, scheduled: ScheduledActivity, plan: Plan) -> TaskJson:
    """Return a task; its dates are those of its occurrence, and open where it has several."""
    activity = scheduled.activity
    windows = [occurrence.window for occurrence in scheduled.tasks if occurrence.task is task]
    window = windows[0] if len(windows) == 1 else None
    return TaskJson(
        id=task.id,
        title=task.title,
        responsible=_assignments(activity.responsible if task.responsible is None else task.responsible, plan),
        audience=_assignments(activity.audience if task.audience is None else task.audience, plan),
        when=task.when.text if task.when else None,
        start=window.start if window else None,
        end=window.end if window else None,
        status=task.status or activity.status,
        note=task.note,
        links=_links(task.links),
    )


def _occurrence(occurrence: Occurrence, wording: Wording, uids: Uids) -> OccurrenceJson:
    """Return an occurrence; days are inclusive, clock times carry the zone's offset."""
    plan = wording.plan
    start, end = iso_ends(occurrence, plan.timezone)
    scopes = named_scopes(occurrence.scopes, plan)
    stretches = occurrence.dated.stretches
    return OccurrenceJson(
        id=occurrence.id,
        uid=uids.of(occurrence),
        title=occurrence.title,
        scope=scopes[0] if scopes else None,
        scopes=scopes,
        kind=occurrence.kind,
        precision=occurrence.precision,
        start=start,
        end=end,
        location=occurrence.location,
        capacity=occurrence.capacity,
        status=occurrence.status,
        question=occurrence.question,
        note=occurrence.note,
        responsible=_assignments(occurrence.responsible, plan),
        audience=_assignments(occurrence.audience, plan),
        links=_links(occurrence.links),
        when_text=wording.when(occurrence),
        task=occurrence.task.id if occurrence.task else UNSET,
        times=tuple(StretchJson(*iso_stretch(each, plan.timezone)) for each in stretches)
        if len(stretches) > 1
        else UNSET,
    )
