"""Anchors: the dated activities that other dates refer to, as each region or group sees them.

An activity with sessions has other days for one group than for another, and so has what refers to it. A date that
refers to such activities is resolved for parts of whom it concerns, each as large as the references allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli.dates import UNSET, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kfl_cli.plan.model import Dated
    from kfl_cli.plan.scopes import ScopeIds, Scopes
    from kfl_cli.schedule.occurrence import Occurrence


class Anchors(Struct):
    """The occurrences of the activities that are dated so far, without those of their tasks."""

    scopes: Scopes
    occurrences: dict[str, tuple[Occurrence, ...]] = field(default_factory=dict)
    """By activity id."""
    by_leaf: dict[str, dict[str, list[Occurrence]]] = field(default_factory=dict)
    """Of the activities that differ from group to group: by activity id, then by leaf."""

    def add(self, id_: str, occurrences: tuple[Occurrence, ...], *, varies: bool) -> None:
        """Add an activity that is dated; ``varies`` if its dates may differ from group to group."""
        self.occurrences[id_] = occurrences
        if varies:
            by_leaf: dict[str, list[Occurrence]] = {}
            for occurrence in occurrences:
                for leaf in self.scopes.leaves(occurrence.scopes):
                    by_leaf.setdefault(leaf, []).append(occurrence)
            self.by_leaf[id_] = by_leaf

    def varying(self, dated: Dated) -> list[str]:
        """Return the ids of the activities that a date refers to and that differ from group to group."""
        return [id_ for id_ in dated.references if id_ in self.by_leaf]

    def as_seen_by(self, scopes: ScopeIds) -> Callable[[str], Window]:
        """Return a function that gives the window of an activity as ``scopes`` see it."""

        def window(id_: str) -> Window:
            by_leaf = self.by_leaf.get(id_)
            if by_leaf is None:
                return common_window(occurrence.window for occurrence in self.occurrences.get(id_, ()))
            leaves = self.scopes.leaves(scopes)
            return common_window(occurrence.window for leaf in leaves for occurrence in by_leaf.get(leaf, ()))

        return window

    def without_date(self, id_: str, leaves: ScopeIds) -> list[str]:
        """Return the leaves for which an activity that differs from group to group has no date."""
        return [leaf for leaf in leaves if leaf not in self.by_leaf[id_]]

    def units(self, ids: Sequence[str], concerned: ScopeIds) -> list[ScopeIds]:
        """Return the parts of ``concerned`` that see one date each, for a date that refers to all of ``ids``.

        The parts are as large as the activities allow: a region where its groups have the same dates, else its groups.
        Leaves for which none of the activities has a date are in no part.
        """
        leaves = self.scopes.leaves(concerned)
        narrowest: dict[str, ScopeIds] = {}
        for id_ in ids:
            for leaf in leaves:
                if leaf in self.by_leaf[id_]:
                    named = (occurrence.scopes for occurrence in self.by_leaf[id_][leaf])
                    narrowest[leaf] = self._narrowest(leaf, [narrowest.get(leaf, ()), *named])
        if not any(narrowest.values()):
            return [concerned]
        parts = frozenset(leaves)
        return list(dict.fromkeys(self._unit(leaf, narrowest, parts) for leaf in leaves if leaf in narrowest))

    def _narrowest(self, leaf: str, named: Iterable[ScopeIds]) -> ScopeIds:
        """Return the smallest named region or group that ``leaf`` lies in; none where all dates are for all."""
        around = self.scopes.around([leaf])
        sizes = [(len(self.scopes.leaves((scope,))), scope) for scopes in named for scope in scopes if scope in around]
        return (min(sizes)[1],) if sizes else ()

    def _unit(self, leaf: str, narrowest: dict[str, ScopeIds], concerned: frozenset[str]) -> ScopeIds:
        """Return the region or group that ``leaf`` is dated with; ``leaf`` alone where a part of that differs."""
        scope = narrowest[leaf]
        unit = scope or (self.scopes.parents.get(leaf, leaf),)
        same = all(part in concerned and narrowest.get(part) == scope for part in self.scopes.leaves(unit))
        return unit if same else (leaf,)


def common_window(windows: Iterable[Window]) -> Window:
    """Return the hull; undated while one of them is, for what refers to them cannot be known yet."""
    known = list(windows)
    if len(known) == 1:
        return known[0]
    return UNSET if any(window.unset for window in known) else hull(known)


def hull(windows: Iterable[Window]) -> Window:
    """Return the window from the first day of all to the last; open where one of them is, undated ones left out."""
    dated = [window for window in windows if not window.unset]
    if not dated:
        return UNSET
    starts = [window.start for window in dated if window.start is not None]
    ends = [window.end for window in dated if window.end is not None]
    return Window(
        min(starts) if len(starts) == len(dated) else None,
        max(ends) if len(ends) == len(dated) else None,
    )
