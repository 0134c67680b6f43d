"""The next state of a ledger: what a release adds, and how a plan differs from what was released."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from kfl_cli.releases.ledger import History, Ledger, Release, State
from kfl_cli.releases.lockfile import sealed

if TYPE_CHECKING:
    from kfl_cli.releases.published_occurrence import Published


def advance(ledger: Ledger, published: dict[str, Published], release: Release) -> Ledger:
    """Return the ledger after a release of ``published``.

    SEQUENCE (RFC 5545 §3.8.7.4) grows by one where anything that readers see has changed, an occurrence is dropped or
    returns; it never starts again.
    """
    histories: dict[str, History] = {}
    for uid in dict.fromkeys([*ledger.histories, *published]):
        history, now = ledger.histories.get(uid, ()), published.get(uid)
        state = _next_state(history, now, release)
        histories[uid] = (*history, state) if state else _with_ids_of(now, history)
    return sealed(Ledger(ledger.plan, (*ledger.releases, release), histories))


def _next_state(history: History, now: Published | None, release: Release) -> State | None:
    """Return what a release adds to a history; None where nothing changed."""
    if not history:
        return State(release.version, 0, release.stamp, now) if now else None
    last = history[-1]
    unseen = now is not None and now.visible == last.published.visible
    if (now is None and last.dropped) or (unseen and not last.dropped):
        return None
    return State(release.version, last.sequence + 1, release.stamp, now or last.published, dropped=now is None)


def _with_ids_of(now: Published | None, history: History) -> History:
    """Return a history whose last state has the ids of ``now``: a renamed activity is the same to its readers."""
    return history if now is None else (*history[:-1], replace(history[-1], published=now))


@cache
def _a_year_after(day: date) -> date:
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  only for what was dropped

    return day + relativedelta(years=1)


class Standing(Struct, frozen=True):
    """How a plan differs from what was released."""

    states: dict[str, State]
    """The last state of each occurrence, by UID, as a release now would leave it."""
    unreleased: tuple[Published, ...] = ()
    """Occurrences that differ from what was released: as they are, or as they were before they were dropped."""
    dropped: dict[str, State] = field(default_factory=dict)
    """By UID, occurrences that calendars show as cancelled: dropped, or without a date, for less than a year."""
    former: tuple[Published, ...] = ()
    """States replaced less than a year ago; their readers may be others now, and still have a calendar."""


def standing(ledger: Ledger, published: dict[str, Published], version: date | None) -> Standing:
    """Return how ``published`` differs from what was released, as if it were released now.

    Now is the version of the plan: nothing comes from the clock.
    """
    last = ledger.releases[-1]
    coming = Release(max(version or last.version, last.version), last.stamp + timedelta(seconds=1))
    ahead = advance(ledger, published, coming)
    states = {uid: history[-1] for uid, history in ahead.histories.items()}
    changed = [uid for uid, history in ahead.histories.items() if len(history) != len(ledger.histories.get(uid, ()))]
    gone = {uid: _shown_as_cancelled(history, coming.version) for uid, history in ahead.histories.items()}
    dropped = {uid: state for uid, state in gone.items() if state}
    former = (
        before.published
        for history in ahead.histories.values()
        for before, after in pairwise(history)
        if _a_year_after(after.release) > coming.version
    )
    return Standing(states, tuple(states[uid].published for uid in changed), dropped, tuple(former))


def _shown_as_cancelled(history: History, version: date) -> State | None:
    """Return the last dated state of an occurrence that is dropped or undated now; None after a year."""
    last = history[-1]
    dated = next((state.published for state in reversed(history) if not state.published.window.unset), None)
    is_gone = last.dropped or last.published.window.unset
    if dated is None or not is_gone or _a_year_after(last.release) <= version:
        return None
    return replace(last, published=dated)
