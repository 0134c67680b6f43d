"""Whom something that was published concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.schedule.select import Selection, includes, reaches_into, scopes_around, within_period

if TYPE_CHECKING:
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.published_occurrence import Published


def concerns(item: Published, selection: Selection, plan: Plan) -> bool:
    """Return whether something that was published concerns the reader, as ``select`` keeps occurrences."""
    responsible, audience = _published_responsible(item), _published_audience(item)
    return (
        (selection.region is None or not selection.leaves.isdisjoint(_published_leaves(item, plan)))
        and reaches_into(within_period(item.window, plan), selection)
        and includes(selection.party, responsible | audience)
        and includes(selection.responsible, responsible)
        and includes(selection.audience, audience)
    )


def readers_of_published(item: Published, plan: Plan) -> tuple[frozenset[str], frozenset[str]]:
    """Return the regions and groups, and the parties, whom something that was published concerns."""
    regions = scopes_around(_published_leaves(item, plan), plan)
    return regions, frozenset(_published_responsible(item) | _published_audience(item))


def _published_leaves(item: Published, plan: Plan) -> tuple[str, ...]:
    """Return the smallest parts that it was for and the plan still has; of a group that is no more, its region's."""
    own = tuple(scope for scope, _ in item.scopes if scope in plan.leaves)
    former = () if len(own) == len(item.scopes) else tuple(scope for scope in item.within if scope in plan.leaves)
    return plan.leaves_of(own + former) if own or former or not item.scopes else ()


def _published_responsible(item: Published) -> set[str]:
    return {party for party, _ in item.responsible} | set(item.task_responsible)


def _published_audience(item: Published) -> set[str]:
    return {party for party, _ in item.audience} | set(item.task_audience)
