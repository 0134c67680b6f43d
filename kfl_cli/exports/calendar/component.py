"""A component of a calendar before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kfl_cli.releases.ledger import State
    from kfl_cli.schedule.occurrence import Occurrence


class Component(NamedTuple):
    """What becomes a component, and what that is sorted by."""

    start: str
    name: str
    """Its UID: that of the entry, or one of the to-do that belongs to it."""
    uid: str
    """The UID of the entry."""
    subject: Occurrence | State
    """What it tells of; a state of something that was dropped."""
