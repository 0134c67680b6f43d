"""A plan as it goes out: its schedule, with what was released of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.releases.reach import published_reach
from kfl_cli.schedule.resolve import resolve

if TYPE_CHECKING:
    from kfl_cli.releases.ledger import Ledger, State
    from kfl_cli.releases.standing import Standing
    from kfl_cli.schedule.occurrence import Schedule
    from kfl_cli.schedule.select import Selection


class OutgoingPlan(Struct, frozen=True):
    """A plan as it goes out; ``ledger`` and ``standing`` are None before its first release."""

    schedule: Schedule
    ledger: Ledger | None = None
    standing: Standing | None = None

    def unreleased(self, selection: Selection) -> int:
        """Return how many occurrences of a selection are not released as they are."""
        changed = self.standing.unreleased if self.standing else ()
        return sum(published_reach(published, self.schedule.plan).concerns(selection) for published in changed)


def outgoing_plan(schedule: Schedule, ledger: Ledger | None) -> OutgoingPlan:
    """Return the plan as it goes out, compared with its ledger if it has one."""
    if ledger is None:
        return OutgoingPlan(schedule)
    from kfl_cli.releases.published_occurrence import published_occurrences  # noqa: PLC0415  only to compare with the ledger
    from kfl_cli.releases.standing import standing  # noqa: PLC0415  only beside a plan that was released

    return OutgoingPlan(schedule, ledger, standing(ledger, published_occurrences(schedule), schedule.plan.version))


def public_plan(outgoing: OutgoingPlan, placeholder: str) -> tuple[OutgoingPlan, int]:
    """Return the plan with ``placeholder`` for e-mail addresses and phone numbers, and how many it has."""
    from kfl_cli.exports.public import without_contacts  # noqa: PLC0415  its patterns take long to compile

    def cleaned(state: State) -> State:
        return replace(state, published=without_contacts(state.published, placeholder)[0])

    plan, removed = without_contacts(outgoing.schedule.plan, placeholder)
    schedule, ledger, standing = resolve(plan)[0], outgoing.ledger, outgoing.standing
    if ledger and standing:
        releases = tuple(without_contacts(release, placeholder)[0] for release in ledger.releases)
        histories = {uid: tuple(map(cleaned, states)) for uid, states in ledger.histories.items()}
        ledger = replace(ledger, releases=releases, histories=histories)
        standing = replace(
            standing,
            gone={uid: cleaned(state) for uid, state in standing.gone.items()},
            lost_days={uid: (cleaned(state), days) for uid, (state, days) in standing.lost_days.items()},
            moved={
                uid: (without_contacts(before, placeholder)[0], without_contacts(after, placeholder)[0])
                for uid, (before, after) in standing.moved.items()
            },
        )
    return OutgoingPlan(schedule, ledger, standing), removed
