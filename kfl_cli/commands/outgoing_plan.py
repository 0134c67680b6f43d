"""What ``kfl export`` and ``kfl build`` share: the plan as it goes out, with its releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.releases.reach import published_reach
from kfl_cli.schedule.resolve import resolve

if TYPE_CHECKING:
    from kfl_cli.commands.plan_file import Opened
    from kfl_cli.releases.advance import Standing
    from kfl_cli.releases.ledger import Ledger, State
    from kfl_cli.schedule.occurrence import Schedule
    from kfl_cli.schedule.select import Selection


class Edition(Struct, frozen=True):
    """The plan as it goes out."""

    schedule: Schedule
    ledger: Ledger | None = None
    standing: Standing | None = None


def edition_of(opened: Opened, schedule: Schedule, selection: Selection, *, public: bool) -> Edition:
    """Return the plan as it goes out, and say on standard error what is not released and what is left out."""
    ledger = opened.checked.ledger
    edition = Edition(schedule)
    if ledger:
        from kfl_cli.releases.advance import standing  # noqa: PLC0415  only beside a plan that was released
        from kfl_cli.releases.published_occurrence import publish  # noqa: PLC0415  for the same reason

        edition = Edition(schedule, ledger, standing(ledger, publish(schedule), schedule.plan.version))
        _say_unreleased(opened, edition, selection)
    return _public(opened, edition) if public else edition


def _say_unreleased(opened: Opened, edition: Edition, selection: Selection) -> None:
    """Say how much of what is selected was not released."""
    changed = edition.standing.unreleased if edition.standing else ()
    unreleased = sum(published_reach(item, edition.schedule.plan).concerns(selection) for item in changed)
    if unreleased:
        message = opened.say.count(
            "{n} entry is not released as it is here; see «kfl diff»",
            "{n} entries are not released as they are here; see «kfl diff»",
            unreleased,
        )
        click.echo(message, err=True)


def _public(opened: Opened, edition: Edition) -> Edition:
    """Return an edition without e-mail addresses and phone numbers, and say how many the plan has."""
    from kfl_cli.exports.public import without_contacts  # noqa: PLC0415  its patterns take long to compile

    placeholder = opened.say.text("(left out)")
    plan, removed = without_contacts(edition.schedule.plan, placeholder)
    left_out = opened.say.count(
        "{n} e-mail address or phone number is left out", "{n} e-mail addresses and phone numbers are left out", removed
    )
    click.echo(left_out, err=True)
    schedule, ledger, standing_ = resolve(plan)[0], edition.ledger, edition.standing
    if ledger and standing_:

        def cleaned(state: State) -> State:
            return replace(state, published=without_contacts(state.published, placeholder)[0])

        releases = tuple(without_contacts(release, placeholder)[0] for release in ledger.releases)
        histories = {uid: tuple(map(cleaned, own)) for uid, own in ledger.histories.items()}
        ledger = replace(ledger, releases=releases, histories=histories)
        standing_ = replace(standing_, dropped={uid: cleaned(state) for uid, state in standing_.dropped.items()})
    return Edition(schedule, ledger, standing_)
