"""Who has a session where: the sessions of an activity for each leaf of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.plan.model import Status
from kfl_cli.schedule.select import select

if TYPE_CHECKING:
    from kfl_cli.plan.model import Activity, Plan
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity
    from kfl_cli.schedule.select import Selection


class CoverageCell(Struct, frozen=True):
    """The sessions of an activity for one region or group."""

    scope: str
    sessions: tuple[Occurrence, ...]
    concerned: bool
    """Whether the activity concerns it at all."""
    missing: bool
    """Whether it is concerned and has no session, selected or not."""


class CoverageRow(Struct, frozen=True):
    """An activity that has sessions, with a cell for each column of the table."""

    activity: Activity
    cells: tuple[CoverageCell, ...]


class Coverage(Struct, frozen=True):
    """Who has a session where: a row an activity, a column a region or group that has no parts."""

    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]


def sessions_by_leaf(
    plan: Plan, scheduled: ScheduledActivity, *, cancelled: bool = True
) -> dict[str, list[Occurrence]]:
    """Return the sessions of an activity for each leaf that it concerns.

    A leaf that it does not concern is there too if it has a session.
    """
    sessions: dict[str, list[Occurrence]] = {leaf: [] for leaf in plan.scopes.leaves(scheduled.activity.regions)}
    for occurrence in scheduled.occurrences:
        if occurrence.session and (cancelled or occurrence.status is not Status.CANCELLED):
            for leaf in plan.scopes.leaves(occurrence.scopes):
                sessions.setdefault(leaf, []).append(occurrence)
    return sessions


def coverage(schedule: Schedule, selection: Selection) -> Coverage:
    """Return the activities with sessions that concern the region of a selection, with the sessions that it keeps.

    An activity whose author forgot that region has a row too. A session is missing only if the whole plan has none.
    """
    plan = schedule.plan
    leaves = plan.scopes.leaves() if plan.regions else ()
    columns = tuple(leaf for leaf in leaves if not selection.regions or leaf in selection.leaves)
    whatever_region = select(schedule, replace(selection, regions=(), leaves=frozenset()))
    held = {scheduled.activity.id: scheduled for scheduled in schedule.activities}
    kept = {scheduled.activity.id: scheduled for scheduled in select(schedule, selection).activities}
    rows = tuple(
        _row(plan, columns, held[activity.id], kept.get(activity.id))
        for activity in (scheduled.activity for scheduled in whatever_region.activities)
        if activity.sessions and not plan.scopes.leaf_set(activity.regions).isdisjoint(columns)
    )
    return Coverage(columns, rows)


def _row(plan: Plan, columns: tuple[str, ...], held: ScheduledActivity, kept: ScheduledActivity | None) -> CoverageRow:
    """Return the row of an activity: ``held`` has all its occurrences, ``kept`` those that are selected."""
    concerned = plan.scopes.leaf_set(held.activity.regions)
    held_sessions = sessions_by_leaf(plan, held)
    sessions = sessions_by_leaf(plan, kept) if kept else {}
    cells = tuple(
        CoverageCell(
            leaf, tuple(sessions.get(leaf, ())), leaf in concerned, leaf in concerned and not held_sessions[leaf]
        )
        for leaf in columns
    )
    return CoverageRow(held.activity, cells)
