"""``status: done``: what readers of each output see, and what is silent for what is done."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run
from tests.conftest import Result
from tests.plans import HEAD, plan_text
from tests.releases import released

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = plan_text("""
- id: samling
  title: Samling
  when: 2018-01-18
  location: Hamar
  responsible: sepu
  audience: styrer
  tasks:
    - {title: Bestille rom, status: done}
    - {id: program, title: Sende ut program, when: senest 2018-01-10, status: done}
    - {id: referat, title: Skrive referat, when: senest 2018-01-25}
- {id: lister, title: Levere lister, when: senest 2018-01-12, status: done, responsible: sepu, audience: styrer}
- {id: mote, title: Møte, when: 2018-01-15 kl. 09.00–11.00, status: done, location: Tynset, responsible: sepu}
""")


def test_list_says_what_is_done(kfl: Callable[..., Result]) -> None:
    assert [re.split(" {2,}", line)[1] for line in kfl("list", plan=PLAN).out.splitlines()] == [
        "Ferdig: Sende ut program (Samling)",
        "Ferdig: Levere lister",
        "Ferdig: Møte",
        "Samling",
        "Skrive referat (Samling)",
    ]


def test_upcoming_leaves_out_what_is_done(kfl: Callable[..., Result]) -> None:
    shown = json.loads(kfl("--today", "2018-01-08", "upcoming", "--json", plan=PLAN).out)
    assert [item["id"] for item in shown["items"]] == ["samling", "samling/referat"]


def test_json_and_csv_have_the_status_of_tasks_too(kfl: Callable[..., Result]) -> None:
    activities = json.loads(kfl("export", "--json", plan=PLAN).out)["activities"]
    assert [(task["id"], task["status"]) for task in activities[0]["tasks"]] == [
        ("bestille-rom", "done"),
        ("program", "done"),
        ("referat", "confirmed"),
    ]
    assert {each["id"]: each["status"] for activity in activities for each in activity["occurrences"]} == {
        "samling": "confirmed",
        "samling/program": "done",
        "samling/referat": "confirmed",
        "lister": "done",
        "mote": "done",
    }


def test_show_and_markdown_say_it_of_each_task(kfl: Callable[..., Result]) -> None:
    assert kfl("show", "samling", plan=PLAN).out.splitlines()[-3:] == [
        "  • Ferdig: Bestille rom",
        "  • Ferdig: Sende ut program – senest onsdag 10. januar 2018 (uke 2)",
        "  • Skrive referat – senest torsdag 25. januar 2018 (uke 4)",
    ]
    row = next(line for line in kfl("export", "--md").out.splitlines() if "**Samling**" in line)
    assert row.count("Ferdig: ") == 2


def test_page_ticks_what_is_done_and_says_it_in_words(kfl: Callable[..., Result]) -> None:
    page = kfl("export", "--html", plan=PLAN).out
    rows = [line for line in page.splitlines() if line.startswith('<tr id="rad-') and " done" in line]
    assert [line.split('"')[1] for line in rows] == ["rad-samling/program", "rad-lister", "rad-mote"]
    assert page.count('<span class="status">Ferdig:</span>') == 5
    assert '<a href="#rad-lister">' not in page.partition("</ul>")[0]


def test_event_stays_and_todo_is_completed_at_the_plans_version(kfl: Callable[..., Result]) -> None:
    events: Any = icalendar.Calendar.from_ical(kfl("export", "--ics", plan=PLAN).out).walk("VEVENT")
    assert {str(event["summary"]): str(event["status"]) for event in events} == {
        "Ferdig: Frist: Sende ut program": "CONFIRMED",
        "Ferdig: Frist: Levere lister": "CONFIRMED",
        "Ferdig: Møte": "CONFIRMED",
        "Samling": "CONFIRMED",
        "Frist: Skrive referat": "CONFIRMED",
    }
    todos: Any = icalendar.Calendar.from_ical(kfl("export", "--todo").out).walk("VTODO")
    assert [
        (str(todo["summary"]), str(todo["status"]), todo.get("percent-complete"), todo.get("completed"))
        for todo in todos
    ] == [
        ("Sende ut program", "COMPLETED", 100, todos[0]["completed"]),
        ("Levere lister", "COMPLETED", 100, todos[1]["completed"]),
        ("Skrive referat", "NEEDS-ACTION", None, None),
    ]
    assert {f"{todo['completed'].dt:%Y%m%dT%H%M%SZ}" for todo in todos[:2]} == {"20171204T000000Z"}


def test_completed_is_left_out_where_no_moment_is_known(kfl: Callable[..., Result]) -> None:
    head = HEAD.replace("  version: 2017-12-04\n", "")
    todos: Any = icalendar.Calendar.from_ical(
        kfl("export", "--todo", plan=plan_text("- {id: a, title: A, when: senest 2018-01-12, status: done}", head)).out
    ).walk("VTODO")

    assert [(str(todo["status"]), todo.get("completed")) for todo in todos] == [("COMPLETED", None)]


def test_completed_is_the_release_that_first_said_so(kfl: Callable[..., Result]) -> None:
    row = "- {{id: lister, title: {}, when: senest 2018-01-12, responsible: sepu, audience: styrer, status: {}}}"
    for day, title, status in (
        ("2017-12-04", "Lister", "confirmed"),
        ("2018-01-08", "Lister", "done"),
        ("2018-01-15", "Navnelister", "done"),
    ):
        plan = plan_text(row.format(title, status), HEAD.replace("2017-12-04", day))
        assert released(kfl, plan, day).code == 0
    todo: Any = icalendar.Calendar.from_ical(kfl("export", "--todo").out).walk("VTODO")[0]
    assert (int(todo["sequence"]), f"{todo['completed'].dt:%Y-%m-%d}") == (2, "2018-01-08")


def test_diff_has_what_is_done_as_a_kind_of_its_own(kfl: Callable[..., Result]) -> None:
    row = "- {{id: lister, title: Lister, when: senest 2018-01-12, status: {}, responsible: sepu, audience: styrer}}"
    assert released(kfl, plan_text(row.format("tentative")), "2017-12-04", "--allow-open").code == 0
    assert kfl("diff", plan=plan_text(row.format("done"))).out == (
        "Lister\n  Ferdig: senest fredag 12. januar 2018 (uke 2)\n"
    )
    shown = json.loads(kfl("diff", "--format", "json").out)["changes"]
    assert [(each["kind"], each["before"]["status"], each["after"]["status"]) for each in shown] == [
        ("done", "tentative", "done")
    ]


OPEN = """
- id: a
  title: Samling
  question: Hvor?
  status: {status}
  region: nord
  when: {when}
- id: b
  title: Møte
  when: høst 2017
  responsible: sepu
  audience: styrer
  tasks:
    - {{id: c, title: Bestille, when: ikke fastsatt, status: {status}}}
"""


@pytest.mark.parametrize("when", ["2017-12-25", "ikke fastsatt", "høst 2017"])
def test_nothing_is_open_in_what_is_done(when: str) -> None:
    def found(status: str) -> list[str]:
        checked = run(plan_text(OPEN.format(status=status, when=when)).encode(), thorough=True)
        said = Translator("en").message
        return [
            said(each.message) for each in checked.diagnostics if "«a»" in said(each.message) or each.span.line < 32
        ]

    kept = [each for each in found("done") if "answers for nothing" not in each and "no activity names" not in each]
    assert kept == []
    assert len(found("tentative")) > len(found("done"))


def test_question_of_an_activity_is_silent_once_all_its_sessions_are_done() -> None:
    sessions = """
    - id: workshop
      title: Workshop
      question: Hvor?
      responsible: sepu
      audience: styrer
      sessions:
        - {{for: nord, when: 2018-01-18, location: Tynset, status: done}}
        - {{for: hedmarken, when: 2018-01-19, location: Hamar, status: {status}}}
    """
    codes = {
        status: [
            each.rule.code
            for each in run(plan_text(sessions.format(status=status)).encode(), thorough=True).diagnostics
        ]
        for status in ("confirmed", "done")
    }
    assert ["KFL531" in each for each in codes.values()] == [True, False]


LATE = """
- {{id: gammel, title: Gammel, when: senest 2016-12-31}}
- {{id: lister, title: Lister, when: senest 2017-12-20, responsible: sepu}}
- {{id: rapport, title: Rapport, when: senest 2018-01-14}}
- {{id: avlyst, title: Avlyst, when: senest 2018-01-13, status: cancelled}}
- {{id: levert, title: Levert, when: senest 2018-01-13, status: {status}}}
- id: samling
  title: Samling
  when: 2018-01-12
  tasks:
    - {{id: rom, title: Bestille rom, when: uke 1 2018}}
    - {{id: program, title: Program, when: senest 2018-01-15}}
"""
LATE_HEAD = HEAD.replace("høst 2017 – høst 2018", "2016–2018")


@pytest.mark.parametrize(
    ("status", "overdue"),
    [
        ("confirmed", [("rapport", -1), ("levert", -2), ("samling/rom", -8)]),
        ("done", [("rapport", -1), ("samling/rom", -8), ("lister", -26)]),
    ],
)
def test_overdue_is_what_is_past_and_not_done(
    kfl: Callable[..., Result], status: str, overdue: list[tuple[str, int]]
) -> None:
    plan = plan_text(LATE.format(status=status), LATE_HEAD)
    shown = json.loads(kfl("--today", "2018-01-15", "upcoming", "--json", plan=plan).out)
    assert [(item["id"], item["days_until"]) for item in shown["overdue"]] == overdue
    assert {item["phase"] for item in shown["overdue"]} == {"overdue"}
    assert [item["id"] for item in shown["items"]] == ["samling/program"]


def test_command_is_not_offered_where_it_would_end_what_lies_ahead_too(kfl: Callable[..., Result]) -> None:
    plan = plan_text("""
        - id: samling
          title: Samling
          sessions: [{for: nord, when: 2018-01-10}, {for: hedmarken, when: 2018-01-30}]
        - {id: melde, title: Melde på, when: før samling}
        """)

    shown = kfl("--today", "2018-01-15", "upcoming", "--days", "3", plan=plan).out

    assert shown.partition("Forfalt")[2] == (
        "\n\nfor 6 dager siden  tirsdag 9. januar 2018 (uke 2)\n    Frist: Melde på – Nord-Østerdal\n"
    )


def test_overdue_is_said_with_the_command_that_ends_it(kfl: Callable[..., Result]) -> None:
    plan = plan_text(LATE.format(status="done"), LATE_HEAD)
    assert kfl("--today", "2018-01-15", "upcoming", plan=plan).out.partition("Forfalt")[2] == (
        "\n\ni går  søndag 14. januar 2018 (uke 2)\n    Frist: Rapport\n\n"
        "for 8 dager siden  uke 1 2018\n    Bestille rom (Samling)\n\n"
        "for 26 dager siden  onsdag 20. desember 2017 (uke 51)\n    Frist: Lister\n    Ansvar: SePU\n\n"
        "Er det gjort? kfl done rapport\n"
    )
    assert kfl("done", "rapport").code == 0
    assert (
        kfl("--today", "2018-01-15", "upcoming", "--for", "sepu")
        .out.partition("Forfalt")[2]
        .startswith("\n\nfor 26 dager siden")
    )


@pytest.mark.parametrize(
    "part",
    [
        "sessions: [{for: nord, when: 2018-01-18}, {id: to, when: 2018-01-19, status: tentative}]",
        "when: 2018-01-18, tasks: [{id: to, title: To, status: confirmed}]",
    ],
)
def test_done_is_not_said_of_an_activity_with_parts_that_would_not_be(kfl: Callable[..., Result], part: str) -> None:
    plan = plan_text(f"- {{id: samling, title: Samling, {part}}}")

    refused = kfl("done", "samling", plan=plan)

    assert refused == Result(
        2, "", "Error: to har en egen status; skriv det for hver av dem, for eksempel «kfl done samling to»\n"
    )
    assert kfl("done", "samling", "to").code == 0
    assert kfl("done", "samling").code == 0
