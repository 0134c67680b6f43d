"""The ledger: all releases, and all states of each occurrence that readers have seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from datetime import datetime

    from kfl_cli.releases.published_occurrence import Published
    from kfl_cli.releases.version import Version
    from kfl_cli.text.kinds import Exact, Sentence


class Release(Struct, frozen=True):
    """One publication of the plan: its version, when, and what was said of it."""

    version: Version
    stamp: datetime
    """The moment of the release, UTC."""
    comment: Sentence = ""
    digest: Exact = ""
    """A fingerprint of the whole ledger after it, which shows that the file is as kfl wrote it."""


class State(Struct, frozen=True):
    """An occurrence as one release published it."""

    release: Version
    """Version of the release."""
    sequence: int
    stamp: datetime
    published: Published
    dropped: bool = False
    """Whether the release dropped it; ``published`` is then the state before."""


def follows(release: Release, last: State | None, *, dropped: bool) -> bool:
    """Return whether a state of a release can come after another."""
    return not dropped if last is None else last.release < release.version and not (dropped and last.dropped)


History = tuple[State, ...]
"""The states of an occurrence, oldest first."""


class Ledger(Struct, frozen=True):
    """All releases of a plan, and the history of each occurrence."""

    plan: str
    """The plan's id."""
    releases: tuple[Release, ...] = ()
    histories: dict[str, History] = field(default_factory=dict)
    """By UID."""

    def at(self, version: Version) -> dict[str, Published]:
        """Return the occurrences that the release of a version published, by UID."""
        states = {uid: self.state_at(uid, version) for uid in self.histories}
        return {uid: state.published for uid, state in states.items() if state and not state.dropped}

    def state_at(self, uid: str, version: Version) -> State | None:
        """Return the state of an occurrence after the release of a version; None before it existed."""
        return next((state for state in reversed(self.histories[uid]) if state.release <= version), None)

    @property
    def current(self) -> dict[str, Published]:
        """The occurrences that the last release published, by UID."""
        last = {uid: history[-1] for uid, history in self.histories.items()}
        return {uid: state.published for uid, state in last.items() if not state.dropped}
