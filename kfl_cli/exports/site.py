"""A whole site: a page and a calendar for all, each region and group, each party, and each pair that has anything."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from kfl_cli.exports import json
from kfl_cli.exports.calendar import writer
from kfl_cli.exports.context import CalendarLinks, Context, Shared, SiteLink, SiteLinks, heading, selected_names
from kfl_cli.exports.page import html
from kfl_cli.exports.page.policy import with_policy
from kfl_cli.releases.change_texts import ChangeWording, recent_changes
from kfl_cli.releases.reach import published_reach
from kfl_cli.schedule.select import Selection, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kfl_cli.releases.change_texts import ReleaseChanges
    from kfl_cli.releases.ledger import Ledger, State
    from kfl_cli.releases.standing import Standing
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity

INDEX, CALENDAR, CHANGES, PRINT = "index", "kalender", "endringer", "utskrift"
_MOST = 40
"""Links of one kind in the menu of a page; where there are more, the page of all calendars has them."""


class ReaderPart(Struct, frozen=True):
    """A reader's part of the plan."""

    stem: str
    """The name of its files, without suffix."""
    selection: Selection
    schedule: Schedule
    standing: Standing | None
    """How its occurrences stand to the ledger, those that are gone included."""


class _PairContents(Struct):
    """The occurrences of a region, a party or a pair of them."""

    occurrences: dict[str, list[Occurrence]] = field(default_factory=dict)
    """By the id of their activity."""
    gone: dict[str, State] = field(default_factory=dict)
    """By UID: what its calendar still shows as cancelled."""


def reader_parts(schedule: Schedule, standing: Standing | None) -> list[ReaderPart]:
    """Return the parts that a site has: the whole, and each region, party and pair that has anything, or had lately.

    Each occurrence is looked at once for each part that it is in: the cost does not grow with parts × occurrences.
    """
    plan = schedule.plan
    contents: defaultdict[tuple[str, str], _PairContents] = defaultdict(_PairContents)
    for scheduled in schedule.activities:
        for occurrence in scheduled.occurrences:
            for pair in _pairs(*reach(occurrence, plan).readers(plan)):
                contents[pair].occurrences.setdefault(scheduled.activity.id, []).append(occurrence)
    for uid, state in standing.gone.items() if standing else ():
        for pair in _pairs(*published_reach(state.published, plan).readers(plan)):
            contents[pair].gone[uid] = state
    for item in standing.former if standing else ():
        for pair in _pairs(*published_reach(item, plan).readers(plan)):
            contents.setdefault(pair, _PairContents())  # who subscribes must find the calendar empty, not gone
    by_id = {scheduled.activity.id: scheduled for scheduled in schedule.activities}
    scopes, roles = [*plan.scopes.names], [party.id for party in plan.parties]
    order = [*product(scopes, [""]), *product([""], roles), *product(scopes, roles)]
    everybody = ReaderPart(INDEX, Selection(), schedule, standing)
    return [everybody, *(_reader_part(everybody, pair, contents[pair], by_id) for pair in order if pair in contents)]


def _pairs(regions: Iterable[str], parties: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return each region with each party; an empty one stands for all."""
    return product(("", *regions), ("", *parties))


def _reader_part(
    everybody: ReaderPart, pair: tuple[str, str], contents: _PairContents, by_id: dict[str, ScheduledActivity]
) -> ReaderPart:
    """Return what a selection keeps, given what that is."""
    region, party = pair
    schedule, standing = everybody.schedule, everybody.standing
    leaves = schedule.plan.scopes.leaf_set((region,)) if region else frozenset[str]()
    selection = Selection((region,) if region else (), leaves, (party,) if party else ())
    kept = tuple(
        replace(by_id[id_], occurrences=tuple(occurrences)) for id_, occurrences in contents.occurrences.items()
    )
    return ReaderPart(
        _stem(region, party),
        selection,
        replace(schedule, activities=kept),
        replace(standing, gone=contents.gone) if standing else None,
    )


def _stem(region: str, party: str) -> str:
    return ".".join(each for each in (f"region-{region}" if region else "", f"for-{party}" if party else "") if each)


class Builder(Struct, frozen=True, dict=True):
    """Makes the files of a site, one after the other."""

    schedule: Schedule
    context: Context
    ledger: Ledger | None
    url: str
    """The address of the site, with a slash at its end; empty where it is not known."""
    parts: list[ReaderPart]

    @cached_property
    def for_everybody(self) -> Context:
        """The context of the files for everybody, and of all others with a selection: with what they have in common."""
        return replace(self.context, shared=Shared())

    @cached_property
    def stems(self) -> frozenset[str]:
        """The names of the files of all parts."""
        return frozenset(part.stem for part in self.parts)

    def makers(self) -> dict[str, Callable[[], bytes]]:
        """Return what makes each file of the site, by its name."""
        say = self.context.wording.say
        makers: dict[str, Callable[[], bytes]] = {}
        for part in self.parts:
            makers[f"{part.stem}.html"] = partial(self.part, html.render, part)
            makers[f"{part.stem}.ics"] = partial(self.part, writer.render, part)
        makers[f"{PRINT}.html"] = partial(html.paper, self.schedule, self.for_everybody, say.text("Print view"))
        makers[f"{CALENDAR}.html"] = self.calendars
        makers[f"{CHANGES}.html"] = self.changes
        makers["plan.json"] = lambda: b"".join(json.render(self.schedule, self.for_everybody))
        return makers

    def part(self, render: Callable[[Schedule, Context], bytes], part: ReaderPart) -> bytes:
        """Return the page or the calendar of a part."""
        return render(part.schedule, self.of(part))

    def calendars(self) -> bytes:
        """Return the page of all calendars."""
        return self.page(CALENDAR, self.context.wording.say.text("Calendars"), self.for_everybody, feeds=self.feeds())

    def changes(self) -> bytes:
        """Return the page of all changes."""
        context = replace(self.for_everybody, recent_changes=self.recent_changes(Selection(), most=1000))
        return self.page(CHANGES, self.context.wording.say.text("Changes"), context, feeds=[])

    def of(self, part: ReaderPart) -> Context:
        """Return what the page and the calendar of a part need to know."""
        return replace(
            self.for_everybody,
            selection=part.selection,
            standing=part.standing,
            recent_changes=self.recent_changes(part.selection, most=3),
            site=self.site(part.stem, part.selection),
            calendar=self.calendar(part.stem, part.selection),
            calendar_of=self.calendar_of,
        )

    def recent_changes(self, selection: Selection, most: int) -> tuple[ReleaseChanges, ...]:
        """Return the last changes for a reader."""
        if self.ledger is None:
            return ()
        wording, plan = self.context.wording, self.schedule.plan
        change_wording = ChangeWording(wording.language, plan.language, wording.titles, plan.labels)
        return tuple(recent_changes(self.ledger, selection, plan, change_wording, most))

    def page(self, stem: str, title: str, context: Context, feeds: list[tuple[str, list[CalendarLinks]]]) -> bytes:
        """Return a page that is no plan: the calendars, or the changes."""
        text = context.templates.render(
            "site-page.html.j2",
            context.wording.say,
            heading=heading(self.schedule, context),
            title=title,
            plan=self.schedule.plan,
            site=self.site(stem, Selection()),
            feeds=feeds,
            history=context.recent_changes,
            filters=None,
            **html.page_values(self.schedule, context),
        )
        return with_policy(text.encode(), context.wording.language)

    # links

    def site(self, stem: str, selection: Selection) -> SiteLinks:
        """Return what a page links to: other regions for the same party, and other parties for the same region."""
        say = self.context.wording.say.text
        known = self.stems
        menu = (
            (INDEX, say("The whole plan")),
            (CALENDAR, say("Calendars")),
            (CHANGES, say("Changes")),
            (PRINT, say("Print view")),
        )
        plan, region, party = self.schedule.plan, "".join(selection.regions), "".join(selection.parties)
        regions = parties = list[tuple[str, str]]()
        if max(len(plan.scopes.names), len(plan.parties)) <= _MOST:
            regions = [(_stem(id_, party), name) for id_, name in plan.scopes.names.items()]
            parties = [(_stem(region, each.id), each.name) for each in plan.parties]
        return SiteLinks(
            menu=tuple(SiteLink(f"{each}.html", text, each == stem) for each, text in menu),
            regions=tuple(SiteLink(f"{each}.html", text, each == stem) for each, text in regions if each in known),
            parties=tuple(SiteLink(f"{each}.html", text, each == stem) for each, text in parties if each in known),
        )

    def calendar_of(self, region: str, party: str) -> CalendarLinks | None:
        """Return the calendar of a region and a party, each empty for all; None where the site has none."""
        stem = _stem(region, party) or INDEX
        selection = Selection(regions=(region,) if region else (), parties=(party,) if party else ())
        return self.calendar(stem, selection) if stem in self.stems else None

    def calendar(self, stem: str, selection: Selection) -> CalendarLinks:
        """Return the calendar of a selection, with the addresses to subscribe to where that of the site is known."""
        names = selected_names(self.schedule.plan, selection)
        name = ", ".join(names) or self.context.wording.say.text("The whole plan")
        page, file = f"{stem}.html", f"{stem}.ics"
        if not self.url:
            return CalendarLinks(name, page, file)
        return CalendarLinks(name, page, file, f"{self.url}{file}", f"webcal://{self.url.split('://', 1)[1]}{file}")

    def feeds(self) -> list[tuple[str, list[CalendarLinks]]]:
        """Return all calendars, for all regions and then for each."""
        names = self.schedule.plan.scopes.names
        feeds: dict[str, list[CalendarLinks]] = {}
        for part in sorted(self.parts, key=lambda each: bool(each.selection.regions)):
            region = part.selection.regions
            title = names[region[0]] if region else self.context.wording.say.text("The whole plan")
            feeds.setdefault(title, []).append(self.calendar(part.stem, part.selection))
        return list(feeds.items())
