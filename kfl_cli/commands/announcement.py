"""The plan as ``kfl export``, ``kfl build`` and ``kfl serve`` send it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.exports.outgoing_plan import OutgoingPlan, outgoing_plan, public_plan

if TYPE_CHECKING:
    from kfl_cli.commands.loaded_plan import LoadedPlan
    from kfl_cli.schedule.occurrence import Schedule
    from kfl_cli.schedule.select import Selection


def announced_plan(loaded: LoadedPlan, schedule: Schedule, selection: Selection, *, public: bool) -> OutgoingPlan:
    """Return the plan as it goes out, and report on standard error what is not released and how much is left out."""
    outgoing, say = outgoing_plan(schedule, loaded.checked.ledger), loaded.say
    unreleased = outgoing.unreleased(selection)
    if unreleased:
        message = say.count(
            "{n} entry is not released as it is here; see «kfl diff»",
            "{n} entries are not released as they are here; see «kfl diff»",
            unreleased,
        )
        click.echo(message, err=True)
    if not public:
        return outgoing
    outgoing, removed = public_plan(outgoing, say.text("(left out)"))
    left_out = say.count(
        "{n} e-mail address or phone number is left out", "{n} e-mail addresses and phone numbers are left out", removed
    )
    click.echo(left_out, err=True)
    return outgoing
