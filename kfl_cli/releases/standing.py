"""How a plan stands to its ledger: what a release now would change, and what readers still have of earlier ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from kfl_cli.releases.diff import DONE, ChangeKind, date_change
from kfl_cli.releases.ledger import Release
from kfl_cli.releases.next_ledger import next_histories
from kfl_cli.releases.version import next_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.releases.ledger import History, Ledger, State
    from kfl_cli.releases.published_occurrence import Published


@cache
def _a_year_after(day: date) -> date:
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  only for what was dropped

    return day + relativedelta(years=1)


class Standing(Struct, frozen=True):
    """How a plan stands to its ledger."""

    states: dict[str, State]
    """The last state of each occurrence, by UID, as a release now would leave it."""
    unreleased: tuple[Published, ...] = ()
    """Occurrences that differ from what was released: as they are, or as they were before they were dropped."""
    gone: dict[str, State] = field(default_factory=dict)
    """By UID, what calendars show as cancelled for a year: what was dropped, and what had a date and has none."""
    completed: dict[str, datetime] = field(default_factory=dict)
    """By UID, when an occurrence that is done was first released as such."""
    lost_days: dict[str, tuple[State, int]] = field(default_factory=dict)
    """By UID, the state of what had the same hours on more days less than a year ago, and how many days it has now."""
    moved: dict[str, tuple[Published, Published]] = field(default_factory=dict)
    """By UID, an occurrence that moved less than a year ago: as it was before its last move, and after that."""
    former: tuple[Published, ...] = ()
    """States replaced less than a year ago; their readers may be others now, and still have a calendar."""


def standing(ledger: Ledger, published: Iterable[tuple[str, Published]], version: date | None) -> Standing:
    """Return how ``published``, each with its UID, stands to the ledger, as if it were released now.

    Now is the version of the plan: nothing comes from the clock.
    """
    last = ledger.releases[-1]
    day = max(version or last.version.day, last.version.day)
    coming = Release(next_version(day, last.version), last.stamp + timedelta(seconds=1))
    ahead = next_histories(ledger, published, coming)
    states = {uid: history[-1] for uid, history in ahead.items()}
    changed = [uid for uid, history in ahead.items() if len(history) != len(ledger.histories.get(uid, ()))]
    several = {uid: history for uid, history in ahead.items() if len(history) > 1}
    lost = {uid: _shown_as_cancelled(history, day) for uid, history in several.items()}
    gone = {uid: state for uid, state in lost.items() if state}
    former = (
        before.published
        for history in several.values()
        for before, after in pairwise(history)
        if _a_year_after(after.release.day) > day
    )
    completed = {uid: _completed(ahead[uid]) for uid, state in states.items() if _is_done(state)}
    lessened = {uid: _lost_days(history, gone.get(uid), day) for uid, history in several.items()}
    return Standing(
        states=states,
        unreleased=tuple(states[uid].published for uid in changed),
        gone=gone,
        completed=completed,
        moved={uid: pair for uid, history in several.items() if (pair := _last_move(history, day))},
        lost_days={uid: found for uid, found in lessened.items() if found},
        former=tuple(former),
    )


def _lost_days(history: History, gone: State | None, now: date) -> tuple[State, int] | None:
    """Return the state with the most days with hours of their own, and how many there are now; None after a year."""
    known = [
        before.published
        for before, after in pairwise(history)
        if before.published.hours and _a_year_after(after.release.day) > now
    ]
    most = max(known, key=lambda published: len(published.stretches), default=None)
    days = len((gone or history[-1]).published.stretches) or 1
    return (replace(history[-1], published=most), days) if most and len(most.stretches) > days else None


def _last_move(history: History, now: date) -> tuple[Published, Published] | None:
    """Return an occurrence before and after its last move; None after a year, and of what is no longer on that date."""
    for before, after in reversed(list(pairwise(history))):
        change = date_change(before.published, after.published)
        if change and not after.dropped:
            recent = change is ChangeKind.MOVED and _a_year_after(after.release.day) > now
            return (before.published, after.published) if recent else None
    return None


def _is_done(state: State) -> bool:
    return state.published.status == DONE and not state.dropped


def _completed(history: History) -> datetime:
    """Return the moment of the first of the last states, which are all done."""
    return list(takewhile(_is_done, reversed(history)))[-1].stamp


def _shown_as_cancelled(history: History, now: date) -> State | None:
    """Return the last dated state of an occurrence that is dropped, or undated now; None after a year.

    What was dropped and never had a date was a to-do, if it was a task.
    """
    last = history[-1]
    dated = next((state.published for state in reversed(history) if not state.published.window.unset), last.published)
    is_gone = last.dropped or (last.published.window.unset and not dated.window.unset)
    if not is_gone or _a_year_after(last.release.day) <= now:
        return None
    return replace(last, published=dated)
