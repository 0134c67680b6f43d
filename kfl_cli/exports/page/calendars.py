"""The calendars of a page: one for each choice that it offers, of which the style sheet shows the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from kfl_cli.exports.context import CalendarLinks, Context
    from kfl_cli.exports.page.filters import Filters

_MOST_PAIRS = 300
"""Most pairs of a region and a party whose calendars stand on one page: some 150 kB; of more, their region's page."""


class ChosenCalendar(Struct, frozen=True):
    """What a page offers for some of its choices."""

    classes: str
    """The keys of the choices, ``r0`` and ``p0`` for none; shown where a choice of each kind is among them."""
    calendar: CalendarLinks | None
    """None where nothing is left."""
    is_of_page: bool = False
    """Whether it is that of the page where the other choice can be made, and not the choices' own."""


def calendars(filters: Filters, context: Context) -> list[ChosenCalendar]:
    """Return the calendar of each choice of a page, that without a choice first; none where no calendar is known."""
    calendar_of = context.calendar_of
    if calendar_of is None:
        return [ChosenCalendar("", context.calendar)] if context.calendar else []
    own_region, own_party = (next(iter(ids), "") for ids in (context.selection.regions, context.selection.parties))
    pairs = ((region.id, party.id) for region in filters.regions for party in filters.parties)
    crowded = sum(calendar_of(*pair) is not None for pair in pairs) > _MOST_PAIRS
    found = []
    for key, region in (("r0", own_region), *((each.key, each.id) for each in filters.regions)):
        whole = calendar_of(region, own_party)
        found.append(ChosenCalendar(_classes(filters, key, "p0"), whole))
        of_parties = {party.key: calendar_of(region, party.id) for party in filters.parties}
        without = [party for party, calendar in of_parties.items() if calendar is None]
        if without:
            found.append(ChosenCalendar(_classes(filters, key, *without), None))
        with_own = {party: calendar for party, calendar in of_parties.items() if calendar}
        if crowded and key != "r0":
            found.append(ChosenCalendar(_classes(filters, key, *with_own), whole, is_of_page=True))
        else:
            found += [ChosenCalendar(_classes(filters, key, party), each) for party, each in with_own.items()]
    return found


def _classes(filters: Filters, region: str, *parties: str) -> str:
    """Return the classes of what stands for a choice of each kind that the page offers."""
    classes = ["fr", region] if filters.regions else []
    classes += ["fp", *parties] if filters.parties else []
    return " ".join(classes)
