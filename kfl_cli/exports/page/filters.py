"""What readers of a page can choose to see: a region and a party, as classes for a style sheet, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.schedule.select import reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kfl_cli.exports.context import Context
    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Schedule

_MOST = 40
"""Choices of one kind; a page that would need more is better left for the pages of a site."""


class Choice(Struct, frozen=True):
    """A region or a party that can be chosen."""

    key: str
    """Its class and the id of its button: ``r1``, ``p1``."""
    id: str
    name: str


class Filters(Struct, frozen=True):
    """The choices of a page, and which of its dates each of them keeps.

    An element that stands for some dates gets the class ``fr`` where a choice of a region would hide it, with the keys
    of those that would not; ``fp`` is the same for parties.
    """

    plan: Plan
    regions: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    kept: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    """Ids of the regions and of the parties that an occurrence concerns, by its id."""

    @property
    def any(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.regions or self.parties)

    def classes(self, ids: Iterable[str]) -> str:
        """Return the classes of an element that stands for some dates, each with a space before it."""
        own = [self.kept[id_] for id_ in ids]
        regions = _classes("fr", self.regions, frozenset[str]().union(*(each[0] for each in own)))
        return regions + _classes("fp", self.parties, frozenset[str]().union(*(each[1] for each in own)))

    def row(self, parts: frozenset[str] | None) -> str:
        """Return the classes of the row of a drawing, by whom it is for."""
        if parts is None:
            return ""
        scopes = self.plan.scopes
        own = frozenset(each.id for each in self.regions if not parts.isdisjoint(scopes.leaves((each.id,))))
        return _classes("fr", self.regions, own)


def _classes(name: str, choices: tuple[Choice, ...], own: frozenset[str]) -> str:
    keys = [each.key for each in choices if each.id in own]
    return "".join(f" {key}" for key in (name, *keys)) if len(keys) < len(choices) else ""


def filters(schedule: Schedule, context: Context) -> Filters:
    """Return what can be chosen on a page: what a selection of the page's own has not fixed, and is in it."""
    plan, selection = schedule.plan, context.selection
    for occurrence in schedule.occurrences:
        if occurrence.id not in context.readers:
            context.readers[occurrence.id] = reach(occurrence, plan).readers(plan)
    kept = {each.id: context.readers[each.id] for each in schedule.occurrences}
    ordered = (id_ for region in plan.regions for id_ in (region.id, *(group.id for group in region.groups)))
    divided = not selection.region or len(selection.leaves) > 1
    inside = [id_ for id_ in ordered if not selection.region or selection.leaves > plan.scopes.leaf_set((id_,))]
    inside = inside if divided else []
    regions = frozenset[str]().union(*(each[0] for each in kept.values())) if inside else frozenset[str]()
    parties = frozenset[str]().union(*(each[1] for each in kept.values()))
    fixed = any(selection.names[1:])
    return Filters(
        plan,
        _choices("r", {id_: plan.scopes.names[id_] for id_ in inside if id_ in regions}),
        _choices("p", {} if fixed else {each.id: each.name for each in plan.parties if each.id in parties}),
        kept,
    )


def _choices(letter: str, names: Mapping[str, str]) -> tuple[Choice, ...]:
    if not 1 < len(names) <= _MOST:
        return ()
    return tuple(Choice(f"{letter}{index}", *each) for index, each in enumerate(names.items(), 1))
