"""What an export needs to know besides the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kfl_cli.resolve import Schedule
    from kfl_cli.select import Selection
    from kfl_cli.templating import Templates
    from kfl_cli.view import View

Windows = Literal["start", "span", "none"]


@dataclass(frozen=True, slots=True)
class Context:
    """The reader's language and selection, and how to write what they get."""

    view: View
    selection: Selection
    templates: Templates
    file: str
    """The plan file's name, as the user gave it."""
    windows: Windows = "start"


def heading(schedule: Schedule, context: Context) -> str:
    """Return the plan's title with whom the selection is for: «… – Hedmarken, styrer»."""
    plan, selection = schedule.plan, context.selection
    parties = [selection.party, selection.responsible, selection.audience]
    names = [plan.party_names[party] for party in dict.fromkeys(parties) if party]
    if selection.region:
        names.insert(0, region_name(schedule, selection.region))
    return f"{plan.title} – {', '.join(names)}" if names else plan.title


def region_name(schedule: Schedule, region: str) -> str:
    """Return the name of a region, a group or, by its slug, a municipality."""
    from kfl_cli.select import regions  # noqa: PLC0415  only where there is a region

    return next(names[0] for id_, names, _ in regions(schedule.plan) if id_ == region)
