"""iCalendar (RFC 5545, 7986): what 21 parsers and clients read alike.

Entries are whole days (VALUE=DATE) or clock times in the plan's zone; nothing comes from the clock of the machine.
Months-long windows would hide the dated entries behind their banners, so by default they are one entry on their first
day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, partial
from io import BytesIO
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from kfl_cli.dates import Kind, Timed, Window
from kfl_cli.exports.calendar.component import Component
from kfl_cli.exports.calendar.content_line import escape, fold, text_property
from kfl_cli.exports.calendar.description import CHECKSUM, TEMPLATE, Description
from kfl_cli.exports.context import Context, heading
from kfl_cli.exports.wording import link_title
from kfl_cli.language.days import say_plain_day
from kfl_cli.plan.model import Assignment, Link, Plan, Status
from kfl_cli.releases.identity import Uids
from kfl_cli.releases.reach import published_reach
from kfl_cli.schedule.occurrence import Occurrence, Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.releases.advance import Standing
    from kfl_cli.releases.change_texts import Teller
    from kfl_cli.releases.ledger import State
    from kfl_cli.releases.published_occurrence import Published

_PRODID = "-//kfl//kfl//NO"
"""Without a version: an upgrade must not change every byte."""


_REFRESH = "PT12H"


_COLOR = "seagreen"


_LONGEST_SUMMARY = 250


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


_ESCAPED = re.compile("%[89A-F]", re.IGNORECASE)
"""The beginning of a percent-encoded octet beyond ASCII."""


_STAMP = "%Y%m%dT%H%M%SZ"


_ASSUMED_LENGTH = timedelta(hours=1)


_UTC_ZONES = {"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "GMT", "Etc/GMT", "Universal", "Etc/Universal", "UCT", "Etc/UCT"}


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the schedule as a calendar of events."""
    writer = _Writer(schedule, context)
    shown = (each for each in schedule.occurrences if not each.window.unset)
    if context.windows == "none":
        shown = (each for each in shown if each.kind is not Kind.WINDOW)
    dropped = list(writer.dropped())
    components = [writer.component(each) for each in shown]
    components += [Component(writer.start_of_dropped(state), uid, uid, state) for uid, state in dropped]
    timed = [each.when for each in schedule.occurrences if isinstance(each.when, Timed)]
    timed += [when for _, state in dropped if (when := _timed(state.published))]
    return writer.calendar(components, writer.event, timed=timed, method="METHOD:PUBLISH\r\n")


def render_todo(schedule: Schedule, context: Context) -> bytes:
    """Return tasks and deadlines as a calendar of to-dos (RFC 5545 §3.6.2), which Outlook and Google leave out.

    Without METHOD: a published to-do would need a start and a priority (RFC 5546 §3.4.1), which a plan does not have.
    """
    writer = _Writer(schedule, context)
    shown = (each for each in schedule.occurrences if each.task or each.kind is Kind.DEADLINE)
    dropped = ((uid, state) for uid, state in writer.dropped() if _was_todo(state.published))
    components = [writer.todo_component(each.window, writer.uids.of(each), each) for each in shown]
    components += [writer.todo_component(state.published.window, uid, state) for uid, state in dropped]
    return writer.calendar(components, writer.todo, timed=[], method="")


def _was_todo(item: Published) -> bool:
    return bool(item.task) or item.kind is Kind.DEADLINE


class _Writer:
    def __init__(self, schedule: Schedule, context: Context) -> None:
        self.schedule = schedule
        self.context = context
        self.plan: Plan = schedule.plan
        self.wording = context.wording
        self.say = cache(context.wording.say.text)
        self.people = cache(context.wording.assignments)
        self.place = cache(partial(text_property, "LOCATION"))
        self.contact = cache(self.new_contact)
        self.categories = cache(self.new_categories)
        self.state = cache(_state)
        self.status = cache(context.wording.status)
        self.uids = Uids(schedule.plan.id)
        self.stamp = _stamp(schedule.plan, context.standing)

    @cached_property
    def directly(self) -> bool:
        """Whether descriptions can be written without their template, which is as it was shipped."""
        return self.context.templates.checksum(TEMPLATE) == CHECKSUM

    # the calendar

    def calendar(
        self, components: list[Component], write: Callable[[Component], bytes], timed: list[Timed], method: str
    ) -> bytes:
        """Put the components in order under the calendar's own properties.

        They are written in the order of the calendar, so that of a large one there is one copy in memory, not two.
        """
        zones = self.zones(timed, empty=not components)
        calendar = BytesIO()
        calendar.write("".join(("BEGIN:VCALENDAR\r\n", *self.head(method), zones)).encode())
        for component in sorted(components, key=itemgetter(0, 1)):
            calendar.write(write(component))
        calendar.write(b"END:VCALENDAR\r\n")
        return calendar.getvalue()

    def head(self, method: str) -> Iterator[str]:
        name = heading(self.schedule, self.context)
        about = self.about()
        selection = self.context.selection
        part = "/".join(f"{selected or ''}" for selected in selection.names) + ("" if method else "/todo")
        yield "VERSION:2.0\r\n"
        yield f"PRODID:{_PRODID}\r\n"
        yield "CALSCALE:GREGORIAN\r\n"
        yield method
        yield f"UID:{self.uids.named(part) if part.strip('/') else self.uids.plan}\r\n"
        yield f"LAST-MODIFIED:{self.stamp}\r\n"
        yield text_property("NAME", name)
        yield text_property("X-WR-CALNAME", name)
        yield text_property("DESCRIPTION", about)
        yield text_property("X-WR-CALDESC", about)
        yield text_property("X-WR-TIMEZONE", self.plan.timezone)
        yield f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}\r\n"
        yield f"X-PUBLISHED-TTL:{_REFRESH}\r\n"
        yield f"COLOR:{_COLOR}\r\n"

    def about(self) -> str:
        pieces = [self.plan.title]
        if self.plan.version:
            version = say_plain_day(self.plan.version, self.wording.words)
            pieces.append(f"{self.say('Version')}: {version}")
        contact = self.wording.contact()
        if contact:
            pieces.append(f"{self.say('Contact')}: {contact}")
        return "\n".join(pieces)

    def zones(self, timed: list[Timed], *, empty: bool) -> str:
        """Return the zone's definition where an entry needs it, or where a calendar would hold no component at all."""
        if (not timed or self.utc) and not empty:
            return ""
        from kfl_cli.exports.calendar.vtimezone import vtimezone  # noqa: PLC0415  icalendar is slow to load

        first = min((each.first.year for each in timed), default=int(self.stamp[:4]))
        return vtimezone(self.plan.timezone, first)

    @property
    def utc(self) -> bool:
        return self.plan.timezone in _UTC_ZONES

    # events

    def component(self, occurrence: Occurrence) -> Component:
        """Return what becomes an entry of an occurrence; it is the same in every feed that holds it."""
        known = self.context.events.get(occurrence.id) if self.context.events else None
        if known is not None:
            return known[0]
        uid = self.uids.of(occurrence)
        when = occurrence.when
        start = (
            datetime.combine(when.first, when.start)
            if isinstance(when, Timed)
            else self.shown_days(occurrence.kind, occurrence.window)[0]
        )
        return Component(_basic(start), uid, uid, occurrence)

    def event(self, component: Component) -> bytes:
        """Return the lines of an entry; where there are several feeds they are written once."""
        uid, subject = component.uid, component.subject
        if not isinstance(subject, Occurrence):
            return self.tombstone(uid, subject)
        if self.context.events is None:
            return self.new_event(uid, subject)
        if subject.id not in self.context.events:
            self.context.events[subject.id] = (component, self.new_event(uid, subject))
        return self.context.events[subject.id][1]

    def new_event(self, uid: str, occurrence: Occurrence) -> bytes:
        when = occurrence.when
        if isinstance(when, Timed):
            lines = self.clock_times(when)
        else:
            lines = self.whole_days(occurrence.kind, occurrence.window)
        busy = isinstance(when, Timed) and occurrence.status is not Status.CANCELLED
        body = (
            "BEGIN:VEVENT\r\n",
            self.identity(uid, uid),
            lines,
            text_property("SUMMARY", self.summary(occurrence)),
            *self.descriptive(occurrence),
            self.state(occurrence.status, busy),
            "END:VEVENT\r\n",
        )
        return "".join(body).encode()

    def identity(self, uid: str, occurrence_uid: str) -> str:
        """Return what tells clients which entry this is, and which of two is newer."""
        state = self.context.standing.states.get(occurrence_uid) if self.context.standing else None
        stamp = f"{state.stamp:{_STAMP}}" if state else self.stamp
        sequence = state.sequence if state else 0
        return f"UID:{uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{sequence}\r\n"

    def dropped(self) -> Iterator[tuple[str, State]]:
        """Return what was dropped and concerned the reader."""
        for uid, state in self.context.standing.dropped.items() if self.context.standing else ():
            item = state.published
            hidden = item.kind is Kind.WINDOW and self.context.windows == "none"
            if (
                not item.window.unset
                and not hidden
                and published_reach(item, self.plan).concerns(self.context.selection)
            ):
                yield uid, state

    def start_of_dropped(self, state: State) -> str:
        """Return what an entry that was dropped is sorted by."""
        item = state.published
        timed = _timed(item)
        begins = datetime.combine(timed.first, timed.start) if timed else self.shown_days(item.kind, item.window)[0]
        return _basic(begins)

    def tombstone(self, uid: str, state: State) -> bytes:
        """Return an entry that was dropped, as cancelled: all that reaches those who imported the calendar."""
        item = state.published
        timed = _timed(item)
        lines = self.clock_times(timed) if timed else self.whole_days(item.kind, item.window)
        teller = self.teller()
        label = f"{self.say('Deadline')}: {teller.label(item)}" if item.kind is Kind.DEADLINE else teller.label(item)
        body = (
            "BEGIN:VEVENT\r\n",
            self.identity(uid, uid),
            lines,
            text_property("SUMMARY", _short(f"{self.wording.status(Status.CANCELLED)}: {label}")),
            text_property("DESCRIPTION", f"{self.say('When')}: {teller.when(item)}"),
            text_property("LOCATION", item.location) if item.location else "",
            "STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nEND:VEVENT\r\n",
        )
        return "".join(body).encode()

    def teller(self) -> Teller:
        """Return what says things about an entry that was dropped."""
        from kfl_cli.releases.change_texts import Teller  # noqa: PLC0415  few calendars have such entries

        return Teller(self.wording.language, self.plan.language, {})

    def clock_times(self, when: Timed) -> str:
        """Return the clock times of an entry; one without an end gets an hour, and its description says so.

        Clients give an entry without DTEND none or an hour, and Outlook shows one of no length as a line.
        """
        begins = datetime.combine(when.first, when.start)
        ends = datetime.combine(when.last, when.end) if when.end else self.an_hour_after(begins)
        return self.clock_time("DTSTART", begins) + self.clock_time("DTEND", ends)

    def an_hour_after(self, local: datetime) -> datetime:
        """Return the local time an hour later, over a change of the clock too."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

        zone = ZoneInfo(self.plan.timezone)
        later = local.replace(tzinfo=zone).astimezone(UTC) + _ASSUMED_LENGTH
        return later.astimezone(zone).replace(tzinfo=None)

    def clock_time(self, name: str, local: datetime) -> str:
        value = _basic(local)
        return f"{name}:{value}Z\r\n" if self.utc else f"{name};TZID={self.plan.timezone}:{value}\r\n"

    def whole_days(self, kind: Kind, window: Window) -> str:
        """Return the whole days of an entry: DTEND is the day after the last (RFC 5545 §3.6.1)."""
        first, last = self.shown_days(kind, window)
        start, end = _basic(first), _basic(last + timedelta(days=1))
        return f"DTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\n"

    def shown_days(self, kind: Kind, window: Window) -> tuple[date, date]:
        start, end = window.start, window.end
        if kind is Kind.DEADLINE:
            day = end or start
            first, last = day, day
        elif kind is Kind.WINDOW and self.context.windows == "start":
            first = last = start or end
        else:
            first, last = start or end, end or start
        if first is None or last is None:  # pragma: no cover  undated entries are left out before
            raise AssertionError(window)
        return first, last

    def summary(self, occurrence: Occurrence) -> str:
        """Return one line: what state it is in, what kind of date, and the title."""
        label = self.wording.label(occurrence)
        if occurrence.kind is Kind.DEADLINE:
            label = f"{self.say('Deadline')}: {label}"
        elif occurrence.kind is Kind.WINDOW and self.context.windows == "start":
            written = self.wording.written(occurrence.dated)
            label = f"{written[:1].upper()}{written[1:]}: {label}"
        state = self.status(occurrence.status)
        return _short(f"{state}: {label}" if state else label)

    def descriptive(self, occurrence: Occurrence) -> Iterator[str]:
        """Return the properties that say what, where, who and of which kind."""
        description = self.description(occurrence)
        if description:
            yield text_property("DESCRIPTION", description)
        if occurrence.location:
            yield self.place(occurrence.location)
        yield self.categories(occurrence.scopes, occurrence.kind, occurrence.window.unset)
        url = _first_url(occurrence)
        if url:
            yield fold(f"URL:{url}")
        yield self.contact(occurrence.responsible)

    def new_contact(self, responsible: tuple[Assignment, ...]) -> str:
        """Return who answers for an entry."""
        names = ", ".join(self.people(responsible))
        return text_property("CONTACT", names) if names else ""

    def new_categories(self, scopes: tuple[str, ...], kind: Kind, unset: bool) -> str:  # noqa: FBT001  a key
        """Return region, group and kind; many clients split a category at a comma, so there is none in it."""
        names = [self.plan.scopes.names[scope] for scope in scopes]
        if kind is Kind.DEADLINE:
            names.append(self.say("Deadline"))
        if kind is Kind.WINDOW and not unset:
            names.append(self.say("Period"))
        whole = (name.replace(", ", " / ").replace(",", " / ") for name in names)
        return fold(f"CATEGORIES:{','.join(map(escape, whole))}") if names else ""

    def description(self, occurrence: Occurrence) -> str:
        """Return all that readers must see, as plain text: many calendars show nothing but title, place and this."""
        activity, task, wording = occurrence.activity, occurrence.task, self.wording
        written = wording.written(occurrence.dated)
        facts = Description(
            kind="" if occurrence.window.unset else occurrence.kind.value,
            when=wording.days(occurrence) or written,
            written=written,
            open_end=isinstance(occurrence.when, Timed) and occurrence.when.end is None,
            part_of=activity.title if task or occurrence.title != activity.title else "",
            responsible=self.people(occurrence.responsible),
            audience=self.people(occurrence.audience),
            question=occurrence.question or "",
            text="" if task else activity.description or "",
            note=occurrence.note or "",
            activity_note="" if task or not occurrence.session else activity.note or "",
            tasks=() if task else tuple(self.tasks(occurrence)),
            links=[_link(link) for link in _links(occurrence)],
        )
        if self.directly:
            text = "\n".join(facts.lines(self.say))
        else:
            text = self.context.templates.render(TEMPLATE, wording.say, **asdict(facts))
        return "\n".join(map(str.rstrip, _CONTROL.sub("", text).strip().split("\n")))

    def tasks(self, occurrence: Occurrence) -> Iterator[tuple[str, str, str]]:
        """Return title, date and responsible party of each task of an occurrence's activity."""
        for task in occurrence.activity.tasks:
            when = self.wording.written(task.when) if task.when else ""
            yield task.title, when, ", ".join(self.people(task.responsible or ()))

    # to-dos

    def todo_component(self, window: Window, uid: str, subject: Occurrence | State) -> Component:
        """Return what becomes a to-do; those without a day are last."""
        name = self.uids.named(f"todo:{uid}")
        return Component(_basic(window.end) if window.end else "9", name, uid, subject)

    def todo(self, component: Component) -> bytes:
        """Return the lines of a to-do; one that was dropped is cancelled."""
        subject = component.subject
        if isinstance(subject, Occurrence):
            due, cancelled = subject.window.end, subject.status is Status.CANCELLED
            said = text_property("SUMMARY", self.wording.label(subject)), *self.descriptive(subject)
        else:
            due, cancelled = subject.published.window.end, True
            said = (text_property("SUMMARY", self.teller().label(subject.published)),)
        body = (
            "BEGIN:VTODO\r\n",
            self.identity(component.name, component.uid),
            f"DUE;VALUE=DATE:{_basic(due)}\r\n" if due else "",
            *said,
            f"STATUS:{'CANCELLED' if cancelled else 'NEEDS-ACTION'}\r\n",
            f"RELATED-TO:{component.uid}\r\n",
            "END:VTODO\r\n",
        )
        return "".join(body).encode()


def _state(status: Status, busy: bool) -> str:  # noqa: FBT001  a key
    """Return whether an entry takes place, and whether it takes its readers' time."""
    outlook = "FREE" if not busy else "TENTATIVE" if status is Status.TENTATIVE else "BUSY"
    transparency = "OPAQUE" if busy else "TRANSPARENT"
    return f"STATUS:{status.name}\r\nTRANSP:{transparency}\r\nX-MICROSOFT-CDO-BUSYSTATUS:{outlook}\r\n"


def _timed(item: Published) -> Timed | None:
    from kfl_cli.releases.published_occurrence import timed_of  # noqa: PLC0415  few calendars have entries that were dropped

    return timed_of(item)


@cache
def _basic(day: date) -> str:
    """Return a day or local time in the basic format of ISO 8601; many entries share theirs."""
    return day.isoformat().replace("-", "").replace(":", "")


def _short(summary: str) -> str:
    return summary if len(summary) <= _LONGEST_SUMMARY else f"{summary[:_LONGEST_SUMMARY]}…"


def _stamp(plan: Plan, standing: Standing | None) -> str:
    """Return when the calendar was made; never the clock.

    That is when the latest of its entries was released, and before a first release the day of the plan's version, else
    of its period's start.
    """
    if standing and standing.states:
        return f"{max(state.stamp for state in standing.states.values()):{_STAMP}}"
    day = plan.version or (plan.period.start if plan.period else None) or date(1970, 1, 1)
    return f"{datetime.combine(day, time(), UTC):{_STAMP}}"


def _links(occurrence: Occurrence) -> tuple[Link, ...]:
    return occurrence.task.links if occurrence.task else occurrence.activity.links


def _link(link: Link) -> str:
    title = link_title(link)
    return f"{title}: {link.url}" if title else link.url.removeprefix("mailto:")


def _first_url(occurrence: Occurrence) -> str | None:
    """Return the first web address that all clients read alike; the description has them all.

    A URI is ASCII (RFC 3986 §2), and of one with signs beyond it some show the escaped form and some the signs.
    """
    links = _links(occurrence)
    if not links:  # as of most
        return None
    urls = (link.url for link in links if link.url.lower().startswith("http"))
    return next((url for url in urls if url.isascii() and not _ESCAPED.search(url)), None)
