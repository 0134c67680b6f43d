"""VTODO components (RFC 5545 §3.6.2): tasks and deadlines, for programs with task lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.dates import Kind
from kfl_cli.exports.calendar.content_line import text_property
from kfl_cli.exports.calendar.entry import Entry
from kfl_cli.exports.calendar.slots import slots
from kfl_cli.exports.calendar.times import Times
from kfl_cli.plan.model import Status
from kfl_cli.schedule.closed_periods import ClosedPeriod
from kfl_cli.schedule.occurrence import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.dates import Window
    from kfl_cli.exports.calendar.properties import Properties
    from kfl_cli.plan.model import Dated
    from kfl_cli.releases.ledger import State
    from kfl_cli.releases.published_occurrence import Published
    from kfl_cli.schedule.occurrence import Schedule

_UNDATED = "9"
"""Sorts after every year."""


class Todos:
    """Writes the to-dos of a calendar."""

    def __init__(self, properties: Properties) -> None:
        """Take the properties that to-dos share with events."""
        self.properties = properties
        self.times = Times(properties.plan.timezone, properties.context.periods_shown)

    def entries(self, schedule: Schedule) -> Iterator[Entry]:
        """Return tasks and deadlines, those that are gone too; those without a day are last.

        What lost its day and is still a to-do is not gone.
        """
        open_ = set()
        for occurrence in schedule.occurrences:
            if occurrence.task or occurrence.kind is Kind.DEADLINE:
                uid = self.properties.uids.of(occurrence)
                open_.add(uid)
                yield self._entry(uid, occurrence, occurrence.dated, occurrence.window)
        for uid, state in self.properties.gone():
            if uid not in open_ and (state.published.task or state.published.kind is Kind.DEADLINE):
                yield self._entry(uid, state, state.published, state.published.window)

    def _entry(self, event_uid: str, subject: Occurrence | State, dated: Dated | Published, window: Window) -> Entry:
        """Return one entry, whose end is that of the last day."""
        last = next(reversed(slots(dated.stretches, dated.due)), None)
        uid = self.properties.uids.named(f"todo:{event_uid}")
        return Entry(self.times.due(last, window) or _UNDATED, uid, event_uid, subject)

    def lines(self, entry: Entry) -> bytes:
        """Return the component of an entry; what is gone is cancelled."""
        subject = entry.subject
        if isinstance(subject, Occurrence):
            status = subject.status
            summary, details = self.properties.wording.label(subject), self.properties.details(subject)
        elif isinstance(subject, ClosedPeriod):  # pragma: no cover  never among to-dos
            raise TypeError(subject.id)
        else:
            status = Status.CANCELLED
            summary, details = self.properties.change_wording().label(subject.published), ()
        body = (
            b"BEGIN:VTODO\r\n",
            self.properties.identity(entry.uid, entry.event_uid),
            b"" if entry.start == _UNDATED else self.times.line("DUE", entry.start),
            text_property("SUMMARY", summary),
            *details,
            self._state(status, entry.event_uid),
            f"RELATED-TO:{entry.event_uid}\r\n".encode(),
            b"END:VTODO\r\n",
        )
        return b"".join(body)

    def _state(self, status: Status, event_uid: str) -> bytes:
        """Return whether a to-do is open, done or cancelled (RFC 5545 3.8.1.8, 3.8.1.11, 3.8.2.1)."""
        if status is Status.DONE:
            completed = self.properties.completed(event_uid)
            moment = f"COMPLETED:{completed}\r\n" if completed else ""
            return f"STATUS:COMPLETED\r\nPERCENT-COMPLETE:100\r\n{moment}".encode()
        return b"STATUS:CANCELLED\r\n" if status is Status.CANCELLED else b"STATUS:NEEDS-ACTION\r\n"
