"""An entry of a calendar before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from kfl_cli.exports.calendar.slots import Slot
    from kfl_cli.releases.ledger import State
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence


class Entry(Struct, frozen=True, gc=False):
    """An event or a to-do; calendars are sorted by its start and its UID."""

    start: str
    """Its first day or clock time in the basic format of ISO 8601, ``20180118T093000``; the day when a to-do is due."""
    uid: str
    event_uid: str
    """The UID of the event of the same occurrence; a to-do has one of its own beside it."""
    subject: Occurrence | State | ClosedPeriod
    """An occurrence, the last state of one that is gone, or a closed period."""
    slot: Slot | None = None
    """Its clock times; None of whole days."""
