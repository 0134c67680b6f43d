"""Tracks: the rings of the wheel and the rows of the timeline, one for all and one for each region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Occurrence


class Track(Struct, frozen=True):
    """A ring or a row: of one region or group, of several regions, or of all."""

    name: str
    leaves: frozenset[str] | None
    """The smallest groups that it is for; None for the track of all."""


def tracks(plan: Plan, selected: frozenset[str], for_all: str, most: int | None = None) -> list[Track]:
    """Return a track for all and one for each region, or for each group where only one region is selected.

    ``selected`` are the leaves of the selected region, empty without one; more than ``most`` regions share one track.
    """
    scopes = plan.scopes
    inside = selected or scopes.leaf_set()
    of_regions = ((region.name, scopes.leaf_set((region.id,))) for region in plan.regions)
    regional = [Track(name, leaves) for name, leaves in of_regions if not leaves.isdisjoint(inside)]
    if len(regional) == 1:
        regional = [Track(scopes.names[leaf], frozenset({leaf})) for leaf in scopes.leaves() if leaf in inside]
    elif most is not None and len(regional) > most:
        regional = [Track(", ".join(track.name for track in regional[:2]) + " …", inside)]
    return [Track(for_all, None), *regional]


def by_track(
    occurrences: Iterable[Occurrence], ordered: Sequence[Track], plan: Plan, selected: frozenset[str]
) -> list[list[Occurrence]]:
    """Return the occurrences of each track: in the first those for all, in the others those for some.

    ``ordered`` and ``selected`` are the tracks and the leaves of ``tracks``.
    """
    inside = selected or plan.scopes.leaf_set()
    index_by_leaf = {leaf: index for index, track in enumerate(ordered) for leaf in track.leaves or ()}
    by_index: list[list[Occurrence]] = [[] for _ in ordered]
    for occurrence in occurrences:
        leaves = plan.scopes.leaf_set(occurrence.scopes) if occurrence.scopes else inside
        for_all = not occurrence.scopes or (leaves >= inside and len(selected) != 1)
        for index in [0] if for_all else sorted({index_by_leaf[leaf] for leaf in leaves & inside}):
            by_index[index].append(occurrence)
    return by_index
