"""The closed periods of a plan in days, and those that a reader meets."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.schedule.occurrence import order_of
from kfl_cli.schedule.select import overlaps, within_period
from kfl_cli.text.names import slug

if TYPE_CHECKING:
    from kfl_cli.dates import Window
    from kfl_cli.plan.model import Closure, Plan
    from kfl_cli.schedule.occurrence import Order
    from kfl_cli.schedule.select import Selection

_LONGEST = 7
"""Days; what is closed for longer is shown as a period."""


class ClosedPeriod(Struct, frozen=True):
    """A closed period with its days."""

    id: str
    """Made of its reason and its regions, so that it stays where the days move: «closed:hostferie:hedmarken:1»."""
    closure: Closure
    window: Window
    """Its days; an open end is the end of the plan's period."""
    leaves: frozenset[str]
    """The leaves that it closes: all where it names no region."""

    @property
    def order(self) -> Order:
        """The sort key that occurrences have."""
        return order_of(self.window)

    @property
    def is_long(self) -> bool:
        """Whether it is shown as a period: open, or longer than a week."""
        start, end = self.window.start, self.window.end
        return start is None or end is None or (end - start).days >= _LONGEST


@lru_cache(maxsize=4096)
def _name(why: str, regions: tuple[str, ...]) -> str:
    """Return the identity of a closed period but for its number; each page of a site asks for it."""
    return f"closed:{slug(why)}:{'+'.join(sorted(regions))}"


def closed_periods(plan: Plan, selection: Selection) -> list[ClosedPeriod]:
    """Return the dated closed periods of a selection's regions and time, in the order of their days.

    None where it asks who answers or for a category: a closed period has neither.
    """
    if selection.responsible or selection.categories:
        return []
    found, alike = [], Counter[str]()
    for closure, window in plan.closed_windows:
        name = _name(closure.why, closure.regions)
        alike[name] += 1
        leaves = plan.scopes.leaf_set(closure.regions)
        here = not selection.regions or not selection.leaves.isdisjoint(leaves)
        known = within_period(window, plan)
        if here and overlaps(known, selection):
            found.append(ClosedPeriod(f"{name}:{alike[name]}", closure, known, leaves))
    return sorted(found, key=attrgetter("order"))


def closed_ahead(periods: list[ClosedPeriod], today: date, days: int) -> list[ClosedPeriod]:
    """Return the closed periods that go on today or begin in the next days."""
    return [
        period
        for period in periods
        if (period.window.end or date.max) >= today
        and (period.window.start is None or (period.window.start - today).days <= days)
    ]
