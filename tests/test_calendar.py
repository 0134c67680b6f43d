"""iCalendar, judged by parsers that are not ours: icalendar, vobject, ics and dateutil."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject
import yaml
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, vText
from icalendar.parser import Contentline, Parameters

from kfl_cli.exports.calendar.content_line import fold, text_property
from kfl_cli.exports.calendar.vtimezone import vtimezone
from kfl_cli.exports.context import PeriodsShown
from tests.test_exports import HOSTILE, PLAN, export, hostile_plan

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=200)


def unfolded(line: bytes) -> bytes:
    return line.removesuffix(b"\r\n").replace(b"\r\n ", b"")


@given(TEXT)
@settings(max_examples=500)
def test_content_line_is_icalendars(text: str) -> None:
    ours = text_property("SUMMARY", text)
    theirs = Contentline.from_parts("SUMMARY", Parameters(), vText(text)).to_ical() + b"\r\n"

    if "\\N" not in text:  # which icalendar takes for a line break
        assert unfolded(ours) == unfolded(theirs)


@given(st.text(st.sampled_from("aø€👩,;\\"), max_size=300))
@settings(max_examples=500)
def test_folded_line_is_no_longer_than_75_octets_and_whole(text: str) -> None:
    folded = fold(text)

    assert folded.endswith(b"\r\n")
    pieces = folded.removesuffix(b"\r\n").split(b"\r\n")
    assert max(len(piece) for piece in pieces) <= 75
    assert [piece[:1] for piece in pieces[1:]] == [b" "] * (len(pieces) - 1)
    assert "".join(piece.decode() for piece in [pieces[0], *(piece[1:] for piece in pieces[1:])]) == text


def expected() -> dict[str, tuple[str, str | None, str | None]]:
    """Return title, start and last day of what a calendar shows of the real plan, by uid."""
    found = {}
    for activity in json.loads(export(PLAN, "json"))["activities"]:
        for each in activity["occurrences"]:
            start, end = each["start"] or each["end"], each["end"]
            if each["kind"] == "window":
                end = start
            if each["kind"] == "deadline":
                start = end
            found[each["uid"]] = (each["title"], start, end)
    return found


def test_every_event_parses_back_to_its_days() -> None:
    events = Calendar.from_ical(export(PLAN, "ics")).walk("VEVENT")

    found = {}
    for event in events:
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        last = end if isinstance(end, datetime) else end - timedelta(days=1)
        found[str(event["uid"])] = (start.isoformat(), last.isoformat())
    assert found == {uid: (start, end) for uid, (_, start, end) in expected().items()}


def test_other_parsers_read_the_same_days() -> None:
    data = export(PLAN, "ics").decode()
    first = {uid: (start or "")[:10] for uid, (_, start, _) in expected().items()}

    by_vobject = {event.uid.value: event.dtstart.value.isoformat()[:10] for event in vobject.readOne(data).vevent_list}
    by_ics = {event.uid: event.begin.isoformat()[:10] for event in ics.Calendar(data).events}

    assert by_vobject == first
    assert by_ics == first


@pytest.mark.parametrize("text", [*HOSTILE, "BEGIN:VEVENT", "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a;b,c\\d\ne"])
def test_text_cannot_break_out_of_its_property(text: str) -> None:
    calendar = Calendar.from_ical(export(hostile_plan(text), "ics"))

    events = calendar.walk("VEVENT")
    flat = " ".join(text.split())
    assert sorted(str(event["summary"]) for event in events) == sorted([flat, f"Frist: {flat}", f"{flat}"])
    assert [str(event["location"]) for event in events if "location" in event] == [flat]


def test_todo_has_the_due_day_and_an_identity_of_its_own() -> None:
    todos = Calendar.from_ical(export(PLAN, "todo")).walk("VTODO")
    events = {str(event["uid"]): event for event in Calendar.from_ical(export(PLAN, "ics")).walk("VEVENT")}

    assert len(todos) == 7
    assert [str(todo["uid"]) for todo in todos if str(todo["uid"]) in events] == []
    assert [todo.decoded("due") for todo in todos] == [
        events[str(todo["related-to"])].decoded("dtstart") for todo in todos
    ]


PERIODS = """\
kfl: 1
plan: {id: prove, title: Prøveplan, version: 2017-12-04}
activities:
  - {id: periode, title: Lese, when: mars–juni 2018}
  - {id: apen, title: Følge opp, when: etter 1. mars 2018}
  - {id: dag, title: Samling, when: 18.–19. januar 2018}
  - {id: frist, title: Levere, when: før 1. mars 2018}
  - {id: lange, title: Barnehageåret, when: 15.8.2018–15.6.2019}
  - {id: udatert, title: Uten dato, when: ikke fastsatt}
"""


@pytest.mark.parametrize(
    ("periods_shown", "entries"),
    [
        (
            "start",
            [
                (date(2018, 1, 18), date(2018, 1, 20), "Samling"),
                (date(2018, 2, 28), date(2018, 3, 1), "Frist: Levere"),
                (date(2018, 3, 1), date(2018, 3, 2), "Mars–juni 2018: Lese"),
                (date(2018, 3, 2), date(2018, 3, 3), "Etter 1. mars 2018: Følge opp"),
                (date(2018, 8, 15), date(2018, 8, 16), "15. august 2018–15. juni 2019: Barnehageåret"),
            ],
        ),
        (
            "span",
            [
                (date(2018, 1, 18), date(2018, 1, 20), "Samling"),
                (date(2018, 2, 28), date(2018, 3, 1), "Frist: Levere"),
                (date(2018, 3, 1), date(2018, 7, 1), "Lese"),
                (date(2018, 3, 2), date(2018, 3, 3), "Følge opp"),
                (date(2018, 8, 15), date(2019, 6, 16), "Barnehageåret"),
            ],
        ),
        (
            "none",
            [(date(2018, 1, 18), date(2018, 1, 20), "Samling"), (date(2018, 2, 28), date(2018, 3, 1), "Frist: Levere")],
        ),
    ],
)
def test_periods_stand_as_asked_for(periods_shown: PeriodsShown, entries: list[tuple[date, date, str]]) -> None:
    events = Calendar.from_ical(export(PERIODS.encode(), "ics", periods_shown=periods_shown)).walk("VEVENT")

    assert [(event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"])) for event in events] == entries


TIMES = """\
kfl: 1
plan: {id: prove, title: Prøveplan, version: 2017-12-04}
activities:
  - {id: frist, title: Levere, when: senest 1.12.2017 kl. 12}
  - {id: forfrist, title: Melde på, when: før 1.12.2017 kl. 00.00}
  - {id: natt, title: Vakt, when: 28.10.2018 kl. 02.30}
  - {id: natten, title: Nattevakt, when: 28.10.2018 kl. 02.30–03.30}
  - {id: nattfrist, title: Rapport, when: senest 28.10.2018 kl. 03.15}
  - {id: var, title: Vårvakt, when: 25.3.2018 kl. 01.30}
  - {id: skuddag, title: Skuddag, when: senest 29.2.2020 kl. 23.59}
  - id: seminar
    title: Seminar
    when: 18.–19. januar 2018 kl. 9–15
    tasks: [{title: Delta, when: 18.–19. januar 2018 kl. 9–15}, {title: Rydde, when: 19.1.2018 kl. 15}]
"""


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_entry_lasts_its_clock_times_and_a_deadline_ends_at_its_own() -> None:
    events = Calendar.from_ical(export(TIMES.encode(), "ics")).walk("VEVENT")

    found = [
        (str(each["summary"]), each.decoded("dtstart").astimezone(UTC), each.decoded("dtend").astimezone(UTC))
        for each in events
    ]
    assert sorted(found, key=lambda each: (each[1], each[0])) == [
        ("Frist: Melde på", utc(2017, 11, 30, 22), utc(2017, 11, 30, 23)),
        ("Frist: Levere", utc(2017, 12, 1, 10), utc(2017, 12, 1, 11)),
        *[(title, utc(2018, 1, 18, 8), utc(2018, 1, 18, 14)) for title in ("Delta", "Seminar")],
        *[(title, utc(2018, 1, 19, 8), utc(2018, 1, 19, 14)) for title in ("Delta", "Seminar")],
        ("Rydde", utc(2018, 1, 19, 14), utc(2018, 1, 19, 15)),
        ("Vårvakt", utc(2018, 3, 25, 0, 30), utc(2018, 3, 25, 1, 30)),
        ("Nattevakt", utc(2018, 10, 28, 0, 30), utc(2018, 10, 28, 2, 30)),
        ("Vakt", utc(2018, 10, 28, 0, 30), utc(2018, 10, 28, 1, 30)),
        ("Frist: Rapport", utc(2018, 10, 28, 1, 15), utc(2018, 10, 28, 2, 15)),
        ("Frist: Skuddag", utc(2020, 2, 29, 21, 59), utc(2020, 2, 29, 22, 59)),
    ]
    assert {str(each["transp"]) for each in events if str(each["summary"]).startswith("Frist")} == {"TRANSPARENT"}
    assert {str(each["description"]) for each in events if str(each["summary"]) == "Delta"} == {
        "Når: 18.–19. januar 2018 (uke 3) kl. 09.00–15.00\nDel av: Seminar"
    }


def test_days_with_hours_have_uids_of_their_own_and_the_first_that_of_the_occurrence() -> None:
    document = json.loads(export(TIMES.encode(), "json"))
    seminar = next(each for each in document["activities"] if each["id"] == "seminar")["occurrences"][0]
    events = Calendar.from_ical(export(TIMES.encode(), "ics")).walk("VEVENT")
    uids = [str(each["uid"]) for each in events if str(each["summary"]) == "Seminar"]
    moved = Calendar.from_ical(export(TIMES.replace("18.–19. januar", "5.–6. mars").encode(), "ics")).walk("VEVENT")

    assert uids[0] == seminar["uid"]
    assert [str(each["uid"]) for each in moved if str(each["summary"]) == "Seminar"] == uids
    assert (seminar["precision"], seminar["start"], seminar["end"]) == (
        "time",
        "2018-01-18T09:00:00+01:00",
        "2018-01-19T15:00:00+01:00",
    )
    assert seminar["times"] == [
        {"start": "2018-01-18T09:00:00+01:00", "end": "2018-01-18T15:00:00+01:00"},
        {"start": "2018-01-19T09:00:00+01:00", "end": "2018-01-19T15:00:00+01:00"},
    ]


def test_todo_is_due_at_its_clock_time() -> None:
    todos = Calendar.from_ical(export(TIMES.encode(), "todo")).walk("VTODO")

    due = [(str(each["summary"]), each.decoded("due").astimezone(UTC)) for each in todos]
    assert sorted(due, key=lambda each: (each[1], each[0])) == [
        ("Melde på", utc(2017, 11, 30, 23)),
        ("Levere", utc(2017, 12, 1, 11)),
        ("Delta", utc(2018, 1, 19, 14)),
        ("Rydde", utc(2018, 1, 19, 14)),
        ("Rapport", utc(2018, 10, 28, 2, 15)),
        ("Skuddag", utc(2020, 2, 29, 22, 59)),
    ]


STATUSES = """\
kfl: 1
plan: {id: prove, title: Prøveplan}
activities:
  - {id: a, title: Sikker, when: 31.10.2017 kl. 09.30–15.30}
  - {id: b, title: Usikker, when: 31.10.2017 kl. 10.00–11.00, status: tentative}
  - {id: c, title: Avlyst, when: 31.10.2017 kl. 11.00–12.00, status: cancelled}
  - {id: d, title: Uten slutt, when: 31.10.2017 kl. 12.00}
  - {id: e, title: Hel dag, when: 31.10.2017, status: tentative}
"""


def test_status_is_said_in_all_the_ways_that_clients_read() -> None:
    events = Calendar.from_ical(export(STATUSES.encode(), "ics")).walk("VEVENT")

    assert [
        (str(e["summary"]), str(e["status"]), str(e["transp"]), str(e["x-microsoft-cdo-busystatus"])) for e in events
    ] == [
        ("Foreløpig: Hel dag", "TENTATIVE", "TRANSPARENT", "FREE"),
        ("Sikker", "CONFIRMED", "OPAQUE", "BUSY"),
        ("Foreløpig: Usikker", "TENTATIVE", "OPAQUE", "TENTATIVE"),
        ("AVLYST: Avlyst", "CANCELLED", "TRANSPARENT", "FREE"),
        ("Uten slutt", "CONFIRMED", "OPAQUE", "BUSY"),
    ]
    assert [str(event.get("description", "")) for event in events] == ["", "", "", "", "Planen oppgir ikke sluttid."]


ZONES = [
    "Europe/Oslo",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Europe/Moscow",
    "Pacific/Kiritimati",
    "Asia/Almaty",
    "Europe/Volgograd",
]


@pytest.mark.parametrize("zone", ZONES)
def test_vtimezone_agrees_with_iana_every_day(zone: str) -> None:
    component = f"BEGIN:VCALENDAR\r\n{vtimezone(zone, 2010)}END:VCALENDAR\r\n"
    read = tz.tzical(io.StringIO(component.replace("\r\n", "\n"))).get()
    assert read is not None

    noons = [datetime(2010, 1, 1, 12) + timedelta(days=day) for day in range(365 * 25)]  # noqa: DTZ001  local noons
    wrong = [noon for noon in noons if read.utcoffset(noon) != noon.replace(tzinfo=ZoneInfo(zone)).utcoffset()]
    assert wrong == []


def test_vtimezone_of_oslo_is_the_yearly_rules_that_all_clients_read() -> None:
    assert vtimezone("Europe/Oslo", 2017).split("\r\n") == [
        "BEGIN:VTIMEZONE", "TZID:Europe/Oslo",
        "BEGIN:DAYLIGHT", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD",
        "END:VTIMEZONE", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("timezone", "start"),
    [
        ("Europe/Oslo", datetime(2017, 10, 31, 8, 30, tzinfo=UTC)),
        ("UTC", datetime(2017, 10, 31, 9, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2017, 10, 31, 13, 30, tzinfo=UTC)),
    ],
)
def test_clock_time_is_the_plans_zone(timezone: str, start: datetime) -> None:
    plan = yaml.load(PLAN, yaml.BaseLoader)
    plan["plan"]["timezone"] = timezone
    data = export(yaml.safe_dump(plan).encode(), "ics")

    found = [event.decoded("dtstart") for event in Calendar.from_ical(data).walk("VEVENT")]

    assert [each.astimezone(UTC) for each in found if isinstance(each, datetime)] == [start]


@pytest.mark.parametrize(
    ("head", "stamp"),
    [
        ("", date(1970, 1, 1)),
        (", period: 2018", date(2018, 1, 1)),
        (", period: 2018, version: 2017-12-04", date(2017, 12, 4)),
    ],
)
def test_stamp_is_the_version_else_the_period_and_never_the_clock(head: str, stamp: date) -> None:
    plan = f"kfl: 1\nplan: {{id: p, title: P{head}}}\nactivities: [{{id: a, title: A, when: 2018}}]"

    event = Calendar.from_ical(export(plan.encode(), "ics")).walk("VEVENT")[0]

    assert event.decoded("dtstamp") == datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)
