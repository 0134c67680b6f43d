"""``Context``: all that an export needs beside the schedule, such as language, selection and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from kfl_cli.exports.calendar.entry import Entry
    from kfl_cli.exports.templates.environment import Templates
    from kfl_cli.exports.wording import Wording
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.change_texts import ReleaseChanges
    from kfl_cli.releases.standing import Standing
    from kfl_cli.schedule.occurrence import Schedule
    from kfl_cli.schedule.select import Selection

PeriodsShown = Literal["start", "span", "none"]
Views = Literal["wheel", "timeline", "table"]


class UnavailableError(Exception):
    """A package that a format needs is not installed; says how to."""


class SiteLink(Struct, frozen=True):
    """A link of a site."""

    href: str
    text: str
    current: bool = False


class SiteLinks(Struct, frozen=True):
    """The links of a page in a site."""

    menu: tuple[SiteLink, ...]
    regions: tuple[SiteLink, ...]
    parties: tuple[SiteLink, ...]


class CalendarLinks(Struct, frozen=True):
    """A calendar file, and the page with the same selection."""

    name: str
    """Whose it is: «Hedmarken, Styrer»."""
    page: str
    href: str
    address: str = ""
    """Its https address, where that of the site is known."""
    subscribe: str = ""
    """The same for calendar programs (webcal)."""


class Shared(Struct):
    """Pieces that many files of a site have in common: the first file that needs one makes it."""

    events: dict[str, tuple[Entry, bytes]] = field(default_factory=dict)
    """Calendar entries with their lines, by occurrence id."""
    readers: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    """Regions and parties whom an occurrence concerns, by its id."""
    dials: dict[tuple[int, bool], Markup] = field(default_factory=dict)
    """Months and weeks of a wheel, by its year and whether it is large."""


class Context(Struct, frozen=True):
    """The reader's language and selection, and how to write what they get."""

    wording: Wording
    selection: Selection
    templates: Templates
    file: str
    """The plan file's name, as the user gave it."""
    periods_shown: PeriodsShown = "start"
    standing: Standing | None = None
    """How the plan stands to its ledger; None before the first release."""
    recent_changes: tuple[ReleaseChanges, ...] = ()
    """The changes of the last releases for the reader, newest first."""
    site: SiteLinks | None = None
    """Where a page stands in a site; None for a page of its own."""
    calendar: CalendarLinks | None = None
    """The calendar file beside the page, if there is one."""
    calendar_of: Callable[[str, str], CalendarLinks | None] | None = None
    """The calendar of a region and a party in a site, each empty for all; None where the site has none."""
    views: frozenset[str] = frozenset(get_args(Views))
    """The views on a page."""
    csv_separator: str = ","
    """What stands between the cells of a CSV file."""
    shared: Shared | None = None
    """Values that the files of a site share; None for a file of its own."""
    closed: bool = False
    """Whether closed periods are entries of the calendar."""


def heading(schedule: Schedule, context: Context) -> str:
    """Return the plan's title with whom the selection is for: «… – Hedmarken, styrer»."""
    names = selected_names(schedule.plan, context.selection)
    return f"{schedule.plan.title} – {', '.join(names)}" if names else schedule.plan.title


def selected_names(plan: Plan, selection: Selection) -> list[str]:
    """Return the names of the regions, parties and categories that are selected."""
    parties = dict.fromkeys([*selection.parties, *selection.responsible, *selection.audience])
    categories = [plan.category_names[category] for category in selection.categories]
    regions = [region_name(plan, region) for region in selection.regions]
    return [*regions, *(plan.party_names[party] for party in parties), *categories]


def region_name(plan: Plan, region: str) -> str:
    """Return the name of a region, a group or, by its slug, a municipality."""
    if region in plan.scopes.names:
        return plan.scopes.names[region]
    from kfl_cli.schedule.select import regions  # noqa: PLC0415  only where there is a region

    return next(names[0] for id_, names, _ in regions(plan) if id_ == region)
