"""VEVENT components: one for each dated occurrence, and one for each that is gone."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kfl_cli.dates import DEADLINE, PERIOD, Kind
from kfl_cli.exports.calendar.content_line import text_property
from kfl_cli.exports.calendar.entry import Entry
from kfl_cli.exports.calendar.slots import slots
from kfl_cli.exports.calendar.times import Times
from kfl_cli.plan.model import Status
from kfl_cli.schedule.closed_periods import ClosedPeriod, closed_periods
from kfl_cli.schedule.occurrence import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.dates import Window
    from kfl_cli.exports.calendar.properties import Properties
    from kfl_cli.plan.model import Dated
    from kfl_cli.releases.ledger import State
    from kfl_cli.releases.published_occurrence import Published
    from kfl_cli.schedule.occurrence import Schedule

_LONGEST_SUMMARY = 250


class Events:
    """Writes the events of a calendar."""

    def __init__(self, properties: Properties) -> None:
        """Take the properties that events share with to-dos."""
        self.properties = properties
        context = properties.context
        self.wording = context.wording
        self.periods_shown = context.periods_shown
        self.times = Times(properties.plan.timezone, context.periods_shown)
        self.shared = context.shared.events if context.shared else None
        """Entries with their lines by occurrence id, where several calendars have the same."""

    def entries(self, schedule: Schedule) -> Iterator[Entry]:
        """Return the dated occurrences, and what is gone."""
        for occurrence in schedule.occurrences:
            window, kind = occurrence.window, occurrence.dated.kind
            if not window.unset and not (kind is PERIOD and self.periods_shown == "none"):
                known = self.shared.get(occurrence.id) if self.shared else None
                if known:
                    yield known[0]
                else:
                    uid = self.properties.uids.of(occurrence)
                    yield from self._entries(uid, occurrence, occurrence.dated, window)
        for period in self._closed_periods():
            uid = self.properties.uids.named(period.id)
            yield Entry(self.times.start(None, _kind_of(period), period.window), uid, uid, period)
        for uid, state in self.properties.gone():
            item = state.published
            hidden = item.kind is PERIOD and self.periods_shown == "none"
            if not item.window.unset and not hidden:
                yield from self._entries(uid, state, item, item.window)
        for uid, state, days in self.properties.lost_days():
            yield from islice(self._entries(uid, state, state.published, state.published.window), days, None)

    def _entries(
        self, event_uid: str, subject: Occurrence | State, dated: Dated | Published, window: Window
    ) -> Iterator[Entry]:
        """Return the entries of a date: one a day where each day has its hours, else a single one.

        The first has the UID of the occurrence. A day is known by its number, so that it moves with the others.
        """
        for number, slot in enumerate(slots(dated.stretches, dated.due) or (None,), 1):
            uid = event_uid if number == 1 else self.properties.uids.named(f"day-{number}:{event_uid}")
            yield Entry(self.times.start(slot, dated.kind, window), uid, event_uid, subject, slot)

    def lines(self, entry: Entry) -> bytes:
        """Return the component of an entry; where several calendars have it, it is written once."""
        subject = entry.subject
        if isinstance(subject, ClosedPeriod):
            return self._closed(entry, subject)
        if not isinstance(subject, Occurrence):
            return self._tombstone(entry, subject)
        if self.shared is None or len(subject.dated.stretches) > 1:
            return self._event(entry, subject)
        if subject.id not in self.shared:
            self.shared[subject.id] = (entry, self._event(entry, subject))
        return self.shared[subject.id][1]

    def _event(self, entry: Entry, occurrence: Occurrence) -> bytes:
        kind = occurrence.dated.kind
        busy = entry.slot is not None and kind is Kind.EVENT and occurrence.status is not Status.CANCELLED
        body = (
            b"BEGIN:VEVENT\r\n",
            self.properties.identity(entry.uid, entry.event_uid),
            self.times.lines(entry.slot, kind, occurrence.window),
            text_property("SUMMARY", self._summary(occurrence)),
            *self.properties.details(occurrence),
            _state(occurrence.status, busy),
            b"END:VEVENT\r\n",
        )
        return b"".join(body)

    def _summary(self, occurrence: Occurrence) -> str:
        """Return one line: how certain it is, what kind of date, and the title."""
        label, dated = self.wording.label(occurrence), occurrence.dated
        if dated.kind is DEADLINE:
            label = f"{self.properties.say('Deadline')}: {label}"
        elif dated.kind is PERIOD and self.periods_shown == "start":
            written = self.wording.written(dated)
            label = f"{written[:1].upper()}{written[1:]}: {label}"
        status = self.wording.status(occurrence.status)
        return _short(f"{status}: {label}" if status else label)

    def _closed_periods(self) -> list[ClosedPeriod]:
        """Return the closed periods that the calendar has, where they are asked for; long ones as periods."""
        context = self.properties.context
        if not context.closed:
            return []
        found = closed_periods(self.properties.plan, context.selection)
        return [period for period in found if not (period.is_long and self.periods_shown == "none")]

    def _closed(self, entry: Entry, period: ClosedPeriod) -> bytes:
        """Return a closed period: it takes nobody's time."""
        label, kind, when = self.wording.closed(period), _kind_of(period), self.wording.written(period.closure.when)
        if kind is PERIOD and self.periods_shown == "start":
            label = f"{when[:1].upper()}{when[1:]}: {label}"
        body = (
            b"BEGIN:VEVENT\r\n",
            self.properties.identity(entry.uid, entry.uid),
            self.times.lines(entry.slot, kind, period.window),
            text_property("SUMMARY", _short(label)),
            text_property("DESCRIPTION", f"{self.properties.say('When')}: {when}") if kind is PERIOD else b"",
            self.properties.categories(period.closure.regions, self.properties.say("Closed"), None),
            _state(Status.CONFIRMED, busy=False),
            b"END:VEVENT\r\n",
        )
        return b"".join(body)

    def _tombstone(self, entry: Entry, state: State) -> bytes:
        """Return what is gone, as cancelled: nothing else reaches those who imported the calendar."""
        item, say = state.published, self.properties.say
        wording = self.properties.change_wording()
        label = f"{say('Deadline')}: {wording.label(item)}" if item.kind is DEADLINE else wording.label(item)
        body = (
            b"BEGIN:VEVENT\r\n",
            self.properties.identity(entry.uid, entry.event_uid),
            self.times.lines(entry.slot, item.kind, item.window),
            text_property("SUMMARY", _short(f"{self.wording.status(Status.CANCELLED)}: {label}")),
            text_property("DESCRIPTION", f"{say('When')}: {wording.when(item)}"),
            text_property("LOCATION", item.location) if item.location else b"",
            _state(Status.CANCELLED, busy=False),
            b"END:VEVENT\r\n",
        )
        return b"".join(body)


@cache
def _state(status: Status, busy: bool) -> bytes:  # noqa: FBT001  a key of the cache
    """Return whether an event takes place, and whether it takes its readers' time."""
    outlook = "FREE" if not busy else "TENTATIVE" if status is Status.TENTATIVE else "BUSY"
    transparency = "OPAQUE" if busy else "TRANSPARENT"
    name = (
        Status.CONFIRMED.name if status is Status.DONE else status.name
    )  # an event is never completed (RFC 5545 3.8.1.11)
    return f"STATUS:{name}\r\nTRANSP:{transparency}\r\nX-MICROSOFT-CDO-BUSYSTATUS:{outlook}\r\n".encode()


def _kind_of(period: ClosedPeriod) -> Kind:
    """Return how a closed period is shown: some days as an event, more as a period."""
    return PERIOD if period.is_long else Kind.EVENT


def _short(summary: str) -> str:
    return summary if len(summary) <= _LONGEST_SUMMARY else f"{summary[:_LONGEST_SUMMARY]}…"
