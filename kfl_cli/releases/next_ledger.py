"""The ledger after one more release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kfl_cli.releases.ledger import History, Ledger, Release, State
from kfl_cli.releases.lockfile import sealed

if TYPE_CHECKING:
    from kfl_cli.releases.published_occurrence import Published


def next_ledger(ledger: Ledger, published: dict[str, Published], release: Release) -> Ledger:
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
