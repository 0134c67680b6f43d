"""The ledger after one more release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kfl_cli.releases.ledger import History, Ledger, Release, State
from kfl_cli.releases.lockfile import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kfl_cli.releases.published_occurrence import Published


def next_ledger(ledger: Ledger, published: Mapping[str, Published], release: Release) -> Ledger:
    """Return the ledger after a release of ``published``."""
    histories = next_histories(ledger, published.items(), release)
    return sealed(Ledger(ledger.plan, (*ledger.releases, release), histories))


def next_histories(ledger: Ledger, published: Iterable[tuple[str, Published]], release: Release) -> dict[str, History]:
    """Return the histories, by UID, after a release of ``published``; one that stays as it was is the same object.

    SEQUENCE (RFC 5545 §3.8.7.4) grows by one where anything that readers see has changed, an occurrence is dropped or
    returns; it never starts again.
    """
    histories = dict(ledger.histories)
    missing = set(histories)
    for uid, now in published:
        histories[uid] = _next_history(ledger.histories.get(uid, ()), now, release)
        missing.discard(uid)
    for uid in missing:
        histories[uid] = _next_history(histories[uid], None, release)
    return histories


def _next_history(history: History, now: Published | None, release: Release) -> History:
    if now is not None and history and not history[-1].dropped and now == history[-1].published:
        return history
    state = _next_state(history, now, release)
    return (*history, state) if state else _with_ids_of(now, history)


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
