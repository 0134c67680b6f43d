"""Who has a session where: the sessions of an activity for each of the smallest parts of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.plan.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kfl_cli.plan.model import Activity, Plan
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity


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


def sessions_by_leaf(
    plan: Plan, scheduled: ScheduledActivity, *, cancelled: bool = True
) -> dict[str, list[Occurrence]]:
    """Return the sessions for each of the smallest parts of the plan that an activity concerns.

    A part that it does not concern is there too if it has a session.
    """
    sessions: dict[str, list[Occurrence]] = {leaf: [] for leaf in plan.scopes.leaves(scheduled.activity.regions)}
    for occurrence in scheduled.occurrences:
        if occurrence.session and (cancelled or occurrence.status is not Status.CANCELLED):
            for leaf in plan.scopes.leaves(occurrence.scopes):
                sessions.setdefault(leaf, []).append(occurrence)
    return sessions


def coverage(whole: Schedule, everywhere: Schedule, kept: Schedule, columns: Sequence[str]) -> list[CoverageRow]:
    """Return the activities with sessions that concern the columns, with the sessions that are kept.

    ``columns`` are regions and groups without parts, ``everywhere`` is the selection whatever its region: an activity
    whose author forgot the reader's region has a row too. A session is missing only if the whole plan has none.
    """
    held = {scheduled.activity.id: scheduled for scheduled in whole.activities}
    selected = {scheduled.activity.id: scheduled for scheduled in kept.activities}
    return [
        _row(whole.plan, activity, columns, held[activity.id], selected.get(activity.id))
        for activity in (scheduled.activity for scheduled in everywhere.activities)
        if activity.sessions and not whole.plan.scopes.leaf_set(activity.regions).isdisjoint(columns)
    ]


def _row(
    plan: Plan,
    activity: Activity,
    columns: Sequence[str],
    held: ScheduledActivity,
    selected: ScheduledActivity | None,
) -> CoverageRow:
    concerned = plan.scopes.leaf_set(activity.regions)
    held_sessions = sessions_by_leaf(plan, held)
    sessions = sessions_by_leaf(plan, selected) if selected else {}
    cells = (
        CoverageCell(
            leaf, tuple(sessions.get(leaf, ())), leaf in concerned, leaf in concerned and not held_sessions[leaf]
        )
        for leaf in columns
    )
    return CoverageRow(activity, tuple(cells))
