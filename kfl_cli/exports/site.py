"""A whole site: a page and a calendar for all, each region and group, each party, and each pair that has anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kfl_cli.changes import Teller, history
from kfl_cli.exports import html, ics, json
from kfl_cli.exports.context import Calendar, Context, Link, Site, heading, selected_names
from kfl_cli.select import Request, Selection, select, understand

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.changes import ReleaseChanges
    from kfl_cli.ledger import Ledger
    from kfl_cli.resolve import Schedule

INDEX, CALENDAR, CHANGES, PRINT = "index", "kalender", "endringer", "utskrift"
_MOST = 40
"""Links of one kind in the menu of a page; where there are more, the page of all calendars has them."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar, as the page of all calendars lists it."""

    page: str
    """The page with the same selection."""
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Part:
    """A reader's part of the plan."""

    stem: str
    """What its files are called, without suffix."""
    selection: Selection
    schedule: Schedule


def parts(schedule: Schedule) -> list[Part]:
    """Return the parts that a site has: the whole, and each region, party and pair of them that has anything."""
    plan = schedule.plan
    regions = [(f"region-{id_}", Request(region=id_)) for id_ in plan.scope_names]
    parties = [(f"for-{party.id}", Request(party=party.id)) for party in plan.parties]
    alone = [_part(schedule, *each) for each in (*regions, *parties)]
    pairs = [
        _part(region.schedule, _pair(region.stem, stem), replace(request, region=region.selection.region))
        for region in alone[: len(regions)]
        for stem, request in parties
    ]
    return [Part(INDEX, Selection(), schedule), *(part for part in (*alone, *pairs) if part.schedule.entries)]


def _part(schedule: Schedule, stem: str, request: Request) -> Part:
    selection = understand(request, schedule.plan)
    return Part(stem, selection, select(schedule, selection))


@dataclass(frozen=True)
class Builder:
    """Makes the files of a site, one after the other."""

    schedule: Schedule
    context: Context
    ledger: Ledger | None
    url: str
    """The address of the site, with a slash at its end; empty where it is not known."""
    parts: list[Part]

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the files of all parts are called."""
        return frozenset(part.stem for part in self.parts)

    def makers(self) -> dict[str, Callable[[], bytes]]:
        """Return what makes each file of the site, by its name."""
        say = self.context.view.say
        found: dict[str, Callable[[], bytes]] = {}
        for part in self.parts:
            found[f"{part.stem}.html"] = partial(self.part, html.render, part)
            found[f"{part.stem}.ics"] = partial(self.part, ics.render, part)
        found[f"{PRINT}.html"] = partial(html.paper, self.schedule, self.context, say.text("Print view"))
        found[f"{CALENDAR}.html"] = self.calendars
        found[f"{CHANGES}.html"] = self.changes
        found["plan.json"] = partial(json.render, self.schedule, self.context)
        return found

    def part(self, render: Callable[[Schedule, Context], bytes], part: Part) -> bytes:
        """Return the page or the calendar of a part."""
        return render(part.schedule, self.of(part))

    def calendars(self) -> bytes:
        """Return the page of all calendars."""
        return self.page(CALENDAR, self.context.view.say.text("Calendars"), self.context, feeds=self.feeds())

    def changes(self) -> bytes:
        """Return the page of all changes."""
        whole = replace(self.context, history=self.history(Selection(), most=1000))
        return self.page(CHANGES, self.context.view.say.text("Changes"), whole, feeds=[])

    def of(self, part: Part) -> Context:
        """Return what the page and the calendar of a part need to know."""
        return replace(
            self.context,
            selection=part.selection,
            history=self.history(part.selection, most=3),
            site=self.site(part.stem, part.selection),
            calendar=self.calendar(part),
        )

    def history(self, selection: Selection, most: int) -> tuple[ReleaseChanges, ...]:
        """Return the last changes for a reader."""
        if self.ledger is None:
            return ()
        view = self.context.view
        teller = Teller(view.language, self.schedule.plan.language, view.titles)
        return tuple(history(self.ledger, selection, self.schedule.plan, teller, most))

    def page(self, stem: str, title: str, context: Context, feeds: list[tuple[str, list[Feed]]]) -> bytes:
        """Return a page that is no plan: the calendars, or the changes."""
        text = context.templates.render(
            "site-page.html.j2",
            context.view.say,
            heading=heading(self.schedule, context),
            title=title,
            plan=self.schedule.plan,
            site=self.site(stem, Selection()),
            feeds=feeds,
            history=context.history,
            filters=None,
            **html.page_values(self.schedule, context),
        )
        return html.with_policy(text.encode())

    # links

    def site(self, stem: str, selection: Selection) -> Site:
        """Return what a page links to: other regions for the same party, and other parties for the same region."""
        say = self.context.view.say.text
        known = self.stems
        menu = (
            (INDEX, say("The whole plan")),
            (CALENDAR, say("Calendars")),
            (CHANGES, say("Changes")),
            (PRINT, say("Print view")),
        )
        plan = self.schedule.plan
        region = f"region-{selection.region}" if selection.region else ""
        party = f"for-{selection.party}" if selection.party else ""
        regions = [(_pair(f"region-{id_}", party), name) for id_, name in plan.scope_names.items()]
        parties = [(_pair(region, f"for-{each.id}"), each.name) for each in plan.parties]
        if max(len(regions), len(parties)) > _MOST:
            regions = parties = []
        return Site(
            menu=tuple(Link(f"{each}.html", text, each == stem) for each, text in menu),
            regions=tuple(Link(f"{each}.html", text, each == stem) for each, text in regions if each in known),
            parties=tuple(Link(f"{each}.html", text, each == stem) for each, text in parties if each in known),
        )

    def calendar(self, part: Part) -> Calendar:
        """Return the calendar of a part, with the addresses to subscribe to where that of the site is known."""
        names = selected_names(self.schedule.plan, part.selection)
        name = ", ".join(names) or self.context.view.say.text("The whole plan")
        file = f"{part.stem}.ics"
        if not self.url:
            return Calendar(name, file)
        return Calendar(name, file, f"{self.url}{file}", f"webcal://{self.url.split('://', 1)[1]}{file}")

    def feeds(self) -> list[tuple[str, list[Feed]]]:
        """Return all calendars, for all regions and then for each."""
        names = self.schedule.plan.scope_names
        found: dict[str, list[Feed]] = {}
        for part in sorted(self.parts, key=lambda each: bool(each.selection.region)):
            region = part.selection.region
            title = names[region] if region else self.context.view.say.text("The whole plan")
            found.setdefault(title, []).append(Feed(f"{part.stem}.html", self.calendar(part)))
        return list(found.items())


def _pair(region: str, party: str) -> str:
    return ".".join(each for each in (region, party) if each)
