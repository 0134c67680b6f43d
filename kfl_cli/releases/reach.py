"""Whom something that was published concerns, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.schedule.select import Reach, within_period

if TYPE_CHECKING:
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.published_occurrence import Published


def published_reach(item: Published, plan: Plan) -> Reach:
    """Return the reach of something that was published, in the regions and the period that the plan has now."""
    return Reach(
        _leaves(item, plan),
        plan.collectives.reached([*(party for party, _ in item.responsible), *item.task_responsible]),
        plan.collectives.reached([*(party for party, _ in item.audience), *item.task_audience]),
        frozenset(category for category, _ in item.category),
        within_period(item.window, plan),
    )


def _leaves(item: Published, plan: Plan) -> frozenset[str]:
    """Return the leaves that it was for and that the plan still has; for a lost group, those of its region."""
    known = plan.scopes.names
    scopes = tuple(scope for scope, _ in item.scopes if scope in known)
    if len(scopes) < len(item.scopes):
        scopes += tuple(region for region in item.within if region in known)
    return plan.scopes.leaf_set(scopes) if scopes or not item.scopes else frozenset()
