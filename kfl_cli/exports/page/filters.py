"""The choices of a page, a region, a party and a category, as classes for its style: they work without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.schedule.closed_periods import closed_periods
from kfl_cli.schedule.select import reach

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kfl_cli.exports.context import Context
    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Schedule
    from kfl_cli.schedule.select import Selection

_MOST = 40
"""Most choices of one kind; a plan with more has a page for each in a site."""


class Choice(Struct, frozen=True):
    """A region, a party or a category that can be chosen."""

    key: str
    """Its class and the id of its button: ``r1``, ``p1``, ``c1``."""
    id: str
    name: str


class Filters(Struct, frozen=True):
    """The choices of a page, and the dates that each of them keeps.

    An element that stands for some dates gets the class ``fr`` where a choice of a region would hide it, with the keys
    of those that would not; ``fp`` is the same for parties, ``fc`` for categories.
    """

    plan: Plan
    regions: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    readers: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    """Ids of the regions and of the parties that an occurrence concerns, by its id."""
    categories_of: Mapping[str, frozenset[str | None]]
    """Ids of the categories that an occurrence or a closed period concerns, by its id."""

    @property
    def any(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.regions or self.parties or self.categories)

    def classes(self, ids: Iterable[str]) -> str:
        """Return the classes of an element that stands for some occurrences, each with a space before it."""
        ids = tuple(ids)
        readers = [self.readers[id_] for id_ in ids]
        regions = frozenset[str]().union(*(regions for regions, _ in readers))
        parties = frozenset[str]().union(*(parties for _, parties in readers))
        categories = frozenset[str | None]().union(*(self.categories_of[id_] for id_ in ids))
        return (
            _classes("fr", self.regions, regions)
            + _classes("fp", self.parties, parties)
            + _classes("fc", self.categories, categories)
        )

    def track_classes(self, leaves: frozenset[str] | None) -> str:
        """Return the classes of a ring or a row for some leaves; one for all (None) has none."""
        if leaves is None:
            return ""
        scopes = self.plan.scopes
        regions = {choice.id for choice in self.regions if not leaves.isdisjoint(scopes.leaves((choice.id,)))}
        return _classes("fr", self.regions, regions)


def _classes(name: str, choices: tuple[Choice, ...], keeping: Container[str | None]) -> str:
    """Return a class and the keys of the choices that keep an element; nothing where all of them do."""
    keys = [choice.key for choice in choices if choice.id in keeping]
    return "".join(f" {key}" for key in (name, *keys)) if len(keys) < len(choices) else ""


def filters(schedule: Schedule, context: Context) -> Filters:
    """Return the choices of a page: the regions, parties and categories in it that its own selection leaves open."""
    plan, selection = schedule.plan, context.selection
    known = context.shared.readers if context.shared else {}
    for occurrence in schedule.occurrences:
        if occurrence.id not in known:
            known[occurrence.id] = reach(occurrence, plan).readers(plan)
    readers = {occurrence.id: known[occurrence.id] for occurrence in schedule.occurrences}
    regions = frozenset[str]().union(*(regions for regions, _ in readers.values()))
    parties = frozenset[str]().union(*(parties for _, parties in readers.values()))
    of_each = {each.id: frozenset([each.activity.category]) for each in schedule.occurrences}
    categories = frozenset[str | None]().union(*of_each.values())
    for period in closed_periods(plan, selection):
        readers[period.id] = plan.scopes.around(period.leaves), parties
        of_each[period.id] = categories
    party_is_fixed = bool(selection.parties or selection.responsible or selection.audience)
    open_categories = () if selection.categories else plan.categories
    return Filters(
        plan,
        _choices("r", {id_: plan.scopes.names[id_] for id_ in _open_regions(plan, selection) if id_ in regions}),
        _choices("p", {} if party_is_fixed else {each.id: each.name for each in plan.parties if each.id in parties}),
        _choices("c", {each.id: each.name for each in open_categories if each.id in categories}),
        readers,
        of_each,
    )


def _open_regions(plan: Plan, selection: Selection) -> list[str]:
    """Return the regions and groups, in the plan's order, that a selection leaves open: those inside its own."""
    ids = [id_ for region in plan.regions for id_ in (region.id, *(group.id for group in region.groups))]
    if not selection.regions:
        return ids
    if len(selection.leaves) <= 1:
        return []
    return [id_ for id_ in ids if selection.leaves > plan.scopes.leaf_set((id_,))]


def _choices(letter: str, names: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return names by id as choices; none where there are too few or too many."""
    if not 1 < len(names) <= _MOST:
        return ()
    return tuple(Choice(f"{letter}{number}", id_, name) for number, (id_, name) in enumerate(names.items(), 1))
