"""``kfl open``: what a plan leaves open, by who answers for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.conftest import Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable


OPEN = plan_text("""
- {id: a, title: Samling, when: ikke fastsatt, responsible: [sepu, fmhe], audience: [styrer], question: 'Hvor | når?'}
- id: b
  title: Workshop
  responsible: [sepu]
  sessions:
    - {for: nord, when: 2018-01-18 09:00, location: Tynset, status: tentative}
    - {for: hedmarken, when: 2018-01-19 09:00, question: Hvor?}
- {id: c, title: C, when: januar 2018, status: cancelled}
- {id: d, title: D, when: januar 2018, audience: [styrer]}
""")


def test_open_groups_by_who_answers_for_it(kfl: Callable[..., Result]) -> None:
    assert kfl("--lang", "en", "open", plan=OPEN).out == (
        "SePU\n"
        "  Samling\n"
        "      Hvor | når?; no date yet\n"
        "  Workshop – 18–19 January 2018 (week 3)\n"
        "      Hedmarken: Hvor?; Nord-Østerdal: tentative; Hedmarken: no place\n"
        "\n"
        "FMHE\n"
        "  Samling\n"
        "      Hvor | når?; no date yet\n"
        "\n"
        "Nobody answers for\n"
        "  D – January 2018\n"
        "      nobody answers for it\n"
    )


def test_open_as_markdown_and_for_one_party(kfl: Callable[..., Result]) -> None:
    assert kfl("open", "--format", "md", "--responsible", "fmhe", plan=OPEN).out == (
        "## FMHE\n\n- Samling: Hvor \\| når?; ingen dato ennå\n"
    )
    assert kfl("open", "--region", "nord", "--responsible", "styrer", plan=OPEN).out == "Ingenting er åpent.\n"


def test_what_a_collective_party_answers_for_is_open_for_its_members(kfl: Callable[..., Result]) -> None:
    plan = OPEN.replace("  fmhe: {name: FMHE}\n", "  fmhe: {name: FMHE, members: [styrer]}\n")

    assert kfl("open", "--responsible", "styrer", plan=plan).out == (
        "FMHE\n  Samling\n      Hvor | når?; ingen dato ennå\n"
    )


SEVERAL = plan_text("""
- id: b
  title: Workshop
  responsible: [sepu]
  sessions:
    - {for: hedmarken, when: 2018-01-19 09:00, question: Hvor?}
    - {for: nord, when: 2018-01-18 09:00, location: Tynset, status: tentative}
  tasks:
    - {id: program, title: Sende program, when: ikke fastsatt}
""")


def test_open_says_questions_first_then_what_is_uncertain_then_what_is_missing(kfl: Callable[..., Result]) -> None:
    assert kfl("open", plan=SEVERAL).out.splitlines()[2].split("; ") == [
        "      Hedmarken: Hvor?",
        "Nord-Østerdal: foreløpig",
        "Sende program: ingen dato ennå",
        "Hedmarken: uten sted",
    ]


def test_open_says_the_dates_of_sessions_as_they_were_written(kfl: Callable[..., Result]) -> None:
    rows = (
        "- {id: a, title: Samling, question: Hvem?, sessions: [{id: x, when: høst 2018}, {id: y, when: høst 2018}]}\n"
        "- {id: b, title: Kurs, question: Hvem?, sessions: [{id: x, when: 2018-08-20}, {id: y, when: høst 2018}]}\n"
        "- {id: c, title: Tur, question: Hvem?, sessions: [{id: x, when: 2018-08-20}, {id: y, when: 2018-08-27}]}\n"
    )

    shown = kfl("open", plan=plan_text(rows)).out.splitlines()

    assert [line for line in shown if line.startswith("  ") and not line.startswith("   ")] == [
        "  Samling – høst 2018",
        "  Kurs – høst 2018 – mandag 20. august 2018 (uke 34)",
        "  Tur – 20.–27. august 2018",
    ]


def test_open_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("open", "--format", "json", plan=OPEN).out)

    found = [
        (group["responsible"] and group["responsible"]["id"], item["open"], item["activity"], item["occurrences"])
        for group in document["groups"]
        for item in group["items"]
    ]
    assert document["count"] == 6
    assert found == [
        ("sepu", "question", "a", []),
        ("sepu", "date", "a", []),
        ("sepu", "question", "b", ["b/hedmarken"]),
        ("sepu", "tentative", "b", ["b/nord"]),
        ("sepu", "place", "b", ["b/hedmarken"]),
        ("fmhe", "question", "a", []),
        ("fmhe", "date", "a", []),
        (None, "responsible", "d", []),
    ]
