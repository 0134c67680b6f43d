"""iCalendar (RFC 5545, 7986): what 21 parsers and clients read alike.

Entries are whole days (VALUE=DATE) or clock times in the plan's zone; nothing comes from the clock of the machine.
Months-long periods would hide the dated entries behind their banners, so by default they are one entry on their first
day.
"""

from __future__ import annotations

from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING

from kfl_cli.exports.calendar.content_line import text_property
from kfl_cli.exports.calendar.events import Events
from kfl_cli.exports.calendar.properties import Properties
from kfl_cli.exports.calendar.todos import Todos
from kfl_cli.exports.context import Context, heading
from kfl_cli.language.days import say_plain_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.exports.calendar.entry import Entry
    from kfl_cli.schedule.occurrence import Schedule

_PRODID = "-//kfl//kfl//NO"
"""Without a version: an upgrade must not change every byte."""


_REFRESH = "PT12H"


_COLOR = "seagreen"


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the schedule as a calendar of events."""
    calendar = _Calendar(schedule, context)
    events = Events(calendar.properties)
    entries = list(events.entries(schedule))
    head = b"".join(calendar.head(b"METHOD:PUBLISH\r\n", part_suffix=""))
    return _written(head + calendar.zone(entries), entries, events.lines)


def render_todo(schedule: Schedule, context: Context) -> bytes:
    """Return tasks and deadlines as a calendar of to-dos, in a file of its own: Outlook and Google leave them out.

    Without METHOD: a published to-do would need a start and a priority (RFC 5546 §3.4.1), which a plan does not have.
    """
    calendar = _Calendar(schedule, context)
    todos = Todos(calendar.properties)
    entries = list(todos.entries(schedule))
    head = b"".join(calendar.head(b"", part_suffix="/todo"))
    return _written(head + calendar.zone(entries), entries, todos.lines)


def _written(head: bytes, entries: list[Entry], lines: Callable[[Entry], bytes]) -> bytes:
    """Return a calendar with its entries in order.

    Each is written when it is its turn, so that of a large calendar there is one copy in memory, not two.
    """
    calendar = BytesIO()
    calendar.write(head)
    for entry in sorted(entries, key=attrgetter("start", "uid")):
        calendar.write(lines(entry))
    calendar.write(b"END:VCALENDAR\r\n")
    return calendar.getvalue()


class _Calendar:
    """Writes what stands around the entries of a calendar."""

    def __init__(self, schedule: Schedule, context: Context) -> None:
        self.schedule = schedule
        self.context = context
        self.plan = schedule.plan
        self.wording = context.wording
        self.properties = Properties(schedule.plan, context)

    def head(self, method: bytes, part_suffix: str) -> Iterator[bytes]:
        """Return the calendar's own properties; ``part_suffix`` gives calendars of to-dos a UID of their own."""
        uids, stamp = self.properties.uids, self.properties.stamp
        name = heading(self.schedule, self.context)
        about = "\n".join(self.about())
        part = "/".join(self.context.selection.names[:4]) + part_suffix
        yield b"BEGIN:VCALENDAR\r\n"
        yield b"VERSION:2.0\r\n"
        yield f"PRODID:{_PRODID}\r\n".encode()
        yield b"CALSCALE:GREGORIAN\r\n"
        yield method
        yield f"UID:{uids.named(part) if part.strip('/') else uids.plan}\r\n".encode()
        yield f"LAST-MODIFIED:{stamp}\r\n".encode()
        yield text_property("NAME", name)
        yield text_property("X-WR-CALNAME", name)
        yield text_property("DESCRIPTION", about)
        yield text_property("X-WR-CALDESC", about)
        yield text_property("X-WR-TIMEZONE", self.plan.timezone)
        yield f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}\r\n".encode()
        yield f"X-PUBLISHED-TTL:{_REFRESH}\r\n".encode()
        yield f"COLOR:{_COLOR}\r\n".encode()

    def about(self) -> Iterator[str]:
        """Return title, version and contact, each on a line."""
        yield self.plan.title
        if self.plan.version:
            yield f"{self.properties.say('Version')}: {say_plain_day(self.plan.version, self.wording.words)}"
        contact = self.wording.contact()
        if contact:
            yield f"{self.properties.say('Contact')}: {contact}"

    def zone(self, entries: list[Entry]) -> bytes:
        """Return the zone's definition where an entry needs it, or where a calendar would hold no component at all."""
        times = [entry.start for entry in entries if "T" in entry.start and not entry.start.endswith("Z")]
        if entries and not times:
            return b""
        from kfl_cli.exports.calendar.vtimezone import vtimezone  # noqa: PLC0415  for calendars with clock times

        return vtimezone(self.plan.timezone, int(min(times, default=self.properties.stamp)[:4])).encode()
