"""The plan as ``kfl export``, ``kfl build`` and ``kfl serve`` send it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.exports.edition import Edition, edition_of, public_edition

if TYPE_CHECKING:
    from kfl_cli.commands.loaded_plan import LoadedPlan
    from kfl_cli.schedule.occurrence import Schedule
    from kfl_cli.schedule.select import Selection


def announced_edition(loaded: LoadedPlan, schedule: Schedule, selection: Selection, *, public: bool) -> Edition:
    """Return the plan as it goes out, and report on standard error what is not released and how much is left out."""
    edition, say = edition_of(schedule, loaded.checked.ledger), loaded.say
    unreleased = edition.unreleased(selection)
    if unreleased:
        message = say.count(
            "{n} entry is not released as it is here; see «kfl diff»",
            "{n} entries are not released as they are here; see «kfl diff»",
            unreleased,
        )
        click.echo(message, err=True)
    if not public:
        return edition
    edition, removed = public_edition(edition, say.text("(left out)"))
    left_out = say.count(
        "{n} e-mail address or phone number is left out", "{n} e-mail addresses and phone numbers are left out", removed
    )
    click.echo(left_out, err=True)
    return edition
