"""A whole site: a page and a calendar for all, each region and group, each party, and each pair that has anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kfl_cli.changes import Teller, history
from kfl_cli.exports import html, ics, json
from kfl_cli.exports.context import Context, Link, Site, heading, selected_names
from kfl_cli.select import Request, Selection, select, understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.changes import ReleaseChanges
    from kfl_cli.ledger import Ledger
    from kfl_cli.resolve import Schedule

INDEX, CALENDAR, CHANGES = "index", "kalender", "endringer"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar, as the page of all calendars lists it."""

    text: str
    href: str
    subscribe: str
    address: str


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

    @property
    def steps(self) -> int:
        """How many parts there are to make."""
        return len(self.parts) + 1

    def files(self) -> Iterator[dict[str, bytes]]:
        """Return the files part by part."""
        for part in self.parts:
            context = self.of(part)
            yield {
                f"{part.stem}.html": html.render(part.schedule, context),
                f"{part.stem}.ics": ics.render(part.schedule, context),
            }
        say = self.context.view.say
        whole = replace(self.context, history=self.history(Selection(), most=1000))
        yield {
            "plan.json": json.render(self.schedule, self.context),
            f"{CALENDAR}.html": self.page(CALENDAR, say.text("Calendars"), self.context, feeds=self.feeds()),
            f"{CHANGES}.html": self.page(CHANGES, say.text("Changes"), whole, feeds=[]),
        }

    def of(self, part: Part) -> Context:
        """Return what the page and the calendar of a part need to know."""
        return replace(
            self.context,
            selection=part.selection,
            history=self.history(part.selection, most=3),
            site=self.site(part.stem, part.selection),
        )

    def history(self, selection: Selection, most: int) -> tuple[ReleaseChanges, ...]:
        """Return the last changes for a reader."""
        if self.ledger is None:
            return ()
        view = self.context.view
        teller = Teller(view.language, self.schedule.plan.language, view.titles)
        return tuple(history(self.ledger, selection, self.schedule.plan, teller, most))

    def page(self, stem: str, title: str, context: Context, feeds: list[Feed]) -> bytes:
        """Return a page that is no plan: the calendars, or the changes."""
        text = context.templates.render(
            "site-page.html.j2",
            context.view.say,
            heading=heading(self.schedule, context),
            title=title,
            site=self.site(stem, Selection()),
            feeds=feeds,
            history=context.history,
        )
        return html.with_policy(text.encode())

    # links

    def site(self, stem: str, selection: Selection) -> Site:
        """Return what a page links to: other regions for the same party, and other parties for the same region."""
        say = self.context.view.say.text
        known = self.stems
        menu = ((INDEX, say("The whole plan")), (CALENDAR, say("Calendars")), (CHANGES, say("Changes")))
        plan = self.schedule.plan
        region = f"region-{selection.region}" if selection.region else ""
        party = f"for-{selection.party}" if selection.party else ""
        regions = [(_pair(f"region-{id_}", party), name) for id_, name in plan.scope_names.items()]
        parties = [(_pair(region, f"for-{each.id}"), each.name) for each in plan.parties]
        return Site(
            menu=tuple(Link(f"{each}.html", text, each == stem) for each, text in menu),
            regions=tuple(Link(f"{each}.html", text, each == stem) for each, text in regions if each in known),
            parties=tuple(Link(f"{each}.html", text, each == stem) for each, text in parties if each in known),
            feed=f"{stem}.ics" if stem in known else "",
            subscribe=self.subscribe(stem) if stem in known else "",
        )

    def subscribe(self, stem: str) -> str:
        """Return the webcal address of a calendar, which calendar programs take for a subscription."""
        return f"webcal://{self.url.split('://', 1)[1]}{stem}.ics" if self.url else ""

    def feeds(self) -> list[Feed]:
        """Return all calendars."""
        return [
            Feed(
                text=", ".join(selected_names(self.schedule.plan, part.selection))
                or self.context.view.say.text("The whole plan"),
                href=f"{part.stem}.ics",
                subscribe=self.subscribe(part.stem),
                address=f"{self.url}{part.stem}.ics" if self.url else "",
            )
            for part in self.parts
        ]


def _pair(region: str, party: str) -> str:
    return ".".join(each for each in (region, party) if each)
