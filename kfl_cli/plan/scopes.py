"""The regions and groups of a plan, and which of them lie in which.

A *scope* is a region or a group. A *leaf* is a scope that is not split: a group, or a region without groups. Whatever a
plan is for is a set of leaves; a plan without regions is one leaf, ``ONLY_LEAF``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.findings.finding import FromFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kfl_cli.findings.finding import Span
    from kfl_cli.plan.yaml.nodes import Mapping
    from kfl_cli.text.kinds import Exact, Sentence

ScopeIds = tuple[str, ...]
"""Ids of regions and groups that something is for; none means the whole plan."""

ONLY_LEAF = ""
"""The only leaf of a plan without regions; no region or group has this id."""


class Municipality(FromFile, frozen=True):
    """A municipality of a region or group, and where it stands in the file."""

    name: Sentence
    span: Span


class Group(FromFile, frozen=True):
    """A part of a region that meets on its own."""

    id: Exact
    name: Sentence
    aliases: tuple[Sentence, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    node: Mapping | None = None


class Region(FromFile, frozen=True):
    """A region, whole or split in groups."""

    id: Exact
    name: Sentence
    aliases: tuple[Sentence, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    groups: tuple[Group, ...] = ()
    node: Mapping | None = None


class Scopes(Struct, frozen=True):
    """The regions and groups of a plan."""

    names: dict[str, str]
    """Name by id: the regions in the order of the plan, then the groups."""
    parents: dict[str, str]
    """Region id by group id."""
    _leaves: dict[ScopeIds, ScopeIds]
    """The leaves of the whole plan, under ``()``, and of each scope, under its id alone."""
    _leaf_sets: dict[ScopeIds, frozenset[str]]
    """The same leaves as sets."""
    _around: dict[str, frozenset[str]]
    """The scopes that each leaf lies in, itself among them."""

    @classmethod
    def of(cls, regions: Sequence[Region]) -> Scopes:
        """Return the scopes that the regions of a plan make up."""
        names = {region.id: region.name for region in regions}
        names |= {group.id: group.name for region in regions for group in region.groups}
        parents = {group.id: region.id for region in regions for group in region.groups}
        leaves: dict[ScopeIds, ScopeIds] = {}
        for region in regions:
            leaves |= {(group.id,): (group.id,) for group in region.groups}
            leaves[region.id,] = tuple(group.id for group in region.groups) or (region.id,)
        leaves[()] = tuple(leaf for region in regions for leaf in leaves[region.id,]) or (ONLY_LEAF,)
        around = {leaf: frozenset({leaf, parents.get(leaf, leaf)} - {ONLY_LEAF}) for leaf in leaves[()]}
        return cls(names, parents, leaves, {ids: frozenset(parts) for ids, parts in leaves.items()}, around)

    def leaves(self, of: ScopeIds = ()) -> ScopeIds:
        """Return the leaves of ``of``, each once; those of the whole plan in its order."""
        if len(of) < 2:  # noqa: PLR2004  the whole plan or one scope
            return self._leaves[of]
        return tuple(dict.fromkeys(leaf for scope in of for leaf in self._leaves[scope,]))

    def leaf_set(self, of: ScopeIds = ()) -> frozenset[str]:
        """Return the leaves of ``of`` as a set."""
        known = self._leaf_sets.get(of)
        return frozenset(self.leaves(of)) if known is None else known

    def covers(self, whole: ScopeIds, part: ScopeIds) -> bool:
        """Return whether all leaves of ``part`` are leaves of ``whole``."""
        return self.leaf_set(part) <= self.leaf_set(whole)

    def around(self, leaves: Iterable[str]) -> frozenset[str]:
        """Return the scopes that any of ``leaves`` lies in, the leaves among them."""
        return frozenset[str]().union(*(self._around[leaf] for leaf in leaves))
