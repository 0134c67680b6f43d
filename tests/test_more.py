"""``more`` of an activity: columns of the author's own, in every output."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from tests.conftest import Result
from tests.plans import findings, plan_text
from tests.releases import released

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = """
- id: samling
  title: Samling
  when: 2018-01-18
  responsible: sepu
  audience: styrer
  more:
    Hvordan: |
      Digitalt
      eller i Hamar
    Hvem | ringer: '=1+1 <b>'
  tasks:
    - {id: rom, title: Bestille rom, when: senest 2018-01-10}
- {id: mote, title: Møte, when: 2018-01-19, more: {source: Notat}, responsible: sepu, audience: styrer}
"""
PLAN = plan_text(ROWS)


def test_json_has_the_texts_by_label(kfl: Callable[..., Result]) -> None:
    activities = json.loads(kfl("export", "--json", plan=PLAN).out)["activities"]
    assert [each["more"] for each in activities] == [
        {"Hvordan": "Digitalt\neller i Hamar", "Hvem | ringer": "=1+1 <b>"},
        {"source": "Notat"},
    ]


def test_csv_has_a_column_for_each_label_after_its_own(kfl: Callable[..., Result]) -> None:
    lines = list(csv.reader(kfl("export", "--csv", plan=PLAN).out.splitlines()))
    assert [line[-3:] for line in lines] == [
        ["Hvordan", "Hvem | ringer", "source"],
        ["", "", ""],
        ["Digitalt eller i Hamar", "'=1+1 <b>", ""],
        ["", "", "Notat"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_show_markdown_page_and_calendar_say_them(kfl: Callable[..., Result]) -> None:
    assert "\n\nHvordan: Digitalt\neller i Hamar\nHvem | ringer: =1+1 <b>\n" in kfl("show", "samling", plan=PLAN).out
    row = next(line for line in kfl("export", "--md").out.splitlines() if "**Samling**" in line)
    assert "Hvordan: Digitalt" in row
    assert "Hvem \\| ringer: =1+1 \\<b>" in row
    page = kfl("export", "--html").out
    assert "<strong>Hvem | ringer:</strong> =1+1 &lt;b&gt;" in page
    calendar: Any = icalendar.Calendar.from_ical(kfl("export", "--ics").out)
    described = {str(event["summary"]): str(event["description"]).splitlines() for event in calendar.walk("VEVENT")}
    assert described["Samling"][2:5] == ["Hvordan: Digitalt", "eller i Hamar", "Hvem | ringer: =1+1 <b>"]
    assert [line for line in described["Frist: Bestille rom"] if "Hvordan" in line] == []


def test_change_of_one_is_a_change_of_text(kfl: Callable[..., Result]) -> None:
    assert released(kfl, PLAN, "2017-12-04").code == 0
    shown = json.loads(kfl("diff", "--format", "json", plan=PLAN.replace("Notat", "Notatet")).out)["changes"]
    assert [(each["kind"], each["id"], each["after"]["text"]) for each in shown] == [
        ("text", "mote", "source: Notatet")
    ]


def test_contacts_in_them_are_found_and_left_out_with_public(kfl: Callable[..., Result]) -> None:
    plan = plan_text("- {id: a, title: A, when: mai 2018, more: {Spør post@example.no: 'Ring 91 71 23 45'}}")
    assert kfl("validate", "--format", "json", "--select", "KFL601", plan=plan).out.count("personal-contact") == 1
    shown = json.loads(kfl("export", "--json", "--public").out)["activities"][0]["more"]
    assert [word for label, text in shown.items() for word in ("example.no", "91 71") if word in label + text] == []


def test_what_is_no_mapping_of_texts_is_said() -> None:
    row = "- {{id: a, title: A, when: mai 2018, more: {}}}"
    assert [findings(row.format(more)) for more in ("Digitalt", "{Hvordan: [a, b]}", "{Hvordan: ''}")] == [
        [("KFL113", "«more» must be a mapping")],
        [("KFL113", "here belongs a text, not a list or mapping")],
        [("KFL114", "an empty entry")],
    ]
    many = "\n".join(f"- {{id: a{n}, title: A, when: mai 2018, more: {{Nr {n}: x, Nr {n}b: x}}}}" for n in range(60))
    assert findings(many) == [("KFL119", "the activities have more than 100 columns of their own")]


@pytest.mark.parametrize(
    ("parties", "head"),
    [
        ("responsible: sepu, audience: styrer", "| Når | Aktiviteter | Ansvar | Målgruppe |"),
        ("responsible: sepu", "| Når | Aktiviteter | Ansvar |"),
        ("audience: styrer", "| Når | Aktiviteter | Målgruppe |"),
        ("note: Ja", "| Når | Aktiviteter |"),
    ],
)
def test_markdown_leaves_out_columns_that_are_empty(kfl: Callable[..., Result], parties: str, head: str) -> None:
    plan = plan_text(f"- {{id: a, title: A, when: mai 2018, {parties}}}\n- {{id: b, title: B, when: juni 2018}}")
    table = [line for line in kfl("export", "--md", plan=plan).out.splitlines() if line.startswith("|")]
    assert table[0] == head
    assert [line.count(" |") for line in table] == [head.count(" |")] * 4


def test_capacity_of_a_session_is_the_activitys_unless_said(kfl: Callable[..., Result]) -> None:
    row = "- {id: a, title: A, capacity: 40, sessions: [{for: nord, when: mai 2018}, {for: hedmarken, when: juni 2018, capacity: 25}]}"  # noqa: E501  a row of a plan
    activity = json.loads(kfl("export", "--json", plan=plan_text(row)).out)["activities"][0]
    assert (activity["capacity"], [each["capacity"] for each in activity["occurrences"]]) == (40, [40, 25])
    assert kfl("show", "a").out.splitlines()[2:] == [
        "Plass til 40",
        "",
        "Datoer:",
        "  mai 2018 – Nord-Østerdal [a/nord]",
        "  juni 2018 – Hedmarken – Plass til 25 [a/hedmarken]",
    ]
    assert findings(row.replace("25", "mange")) == [("KFL115", "«mange» is not a whole number above zero")]
