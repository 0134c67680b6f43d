"""From a plan to its occurrences: sessions, dates that refer to others, tasks, rings."""

from __future__ import annotations

import textwrap

import pytest

from kfl_cli.pipeline import run
from kfl_cli.plan.model import Status
from tests.plans import days, findings, plan_text, schedule

WORKSHOP = """
- id: workshop
  title: Workshop
  when: januar–februar 2018
  sessions:
    - {for: ringsaker-loten, when: 2018-01-18}
    - {for: hamar-stange, when: 2018-01-23}
    - {for: nord, when: 2018-01-19}
"""


def resolved(activities: str, *, without: str = "workshop") -> list[tuple[str, str, str]]:
    """Return id, first and last day of all occurrences but those of one activity."""
    return [days(each) for each in schedule(activities).occurrences if each.activity.id != without]


def test_session_is_an_occurrence() -> None:
    assert resolved(WORKSHOP, without="") == [
        ("workshop/ringsaker-loten", "2018-01-18", "2018-01-18"),
        ("workshop/hamar-stange", "2018-01-23", "2018-01-23"),
        ("workshop/nord", "2018-01-19", "2018-01-19"),
    ]


def test_date_that_hangs_on_sessions_is_resolved_for_each_group() -> None:
    assert resolved(WORKSHOP + "- {id: mote, title: Møte, when: før workshop}") == [
        ("mote/nord", "None", "2018-01-18"),
        ("mote/ringsaker-loten", "None", "2018-01-17"),
        ("mote/hamar-stange", "None", "2018-01-22"),
    ]


def test_chain_stays_apart_by_group() -> None:
    chain = WORKSHOP + "- {id: b, title: B, when: 2 uker etter a}\n- {id: a, title: A, when: 3 dager etter workshop}\n"

    assert [row for row in resolved(chain) if row[0].startswith("b/")] == [
        ("b/nord", "2018-02-05", "2018-02-05"),
        ("b/ringsaker-loten", "2018-02-04", "2018-02-04"),
        ("b/hamar-stange", "2018-02-09", "2018-02-09"),
    ]


def test_region_of_the_line_narrows_the_groups() -> None:
    assert resolved(WORKSHOP + "- {id: mote, title: Møte, when: før workshop, region: hedmarken}") == [
        ("mote/ringsaker-loten", "None", "2018-01-17"),
        ("mote/hamar-stange", "None", "2018-01-22"),
    ]


def test_session_of_a_whole_region_holds_for_its_groups() -> None:
    gathering = """
    - id: samling
      title: Samling
      sessions: [{for: hedmarken, when: 2018-01-18}, {for: nord, when: 2018-01-19}]
    - {id: etter, title: Etterarbeid, when: etter samling}
    - {id: hamar, title: Bare Hamar, when: etter samling, region: hamar-stange}
    """

    assert resolved(gathering, without="samling") == [
        ("etter/nord", "2018-01-20", "None"),
        ("etter/hedmarken", "2018-01-19", "None"),
        ("hamar/hamar-stange", "2018-01-19", "None"),
    ]


def test_group_with_a_session_of_its_own_is_taken_apart_from_its_region() -> None:
    gathering = """
    - id: samling
      title: Samling
      sessions:
        - {for: hedmarken, when: 2018-01-18}
        - {id: ekstra, for: hamar-stange, when: 2018-02-18}
        - {for: nord, when: 2018-01-19}
    - {id: etter, title: Etterarbeid, when: etter samling}
    """

    assert resolved(gathering, without="samling") == [
        ("etter/nord", "2018-01-20", "None"),
        ("etter/ringsaker-loten", "2018-01-19", "None"),
        ("etter/hamar-stange", "2018-02-19", "None"),
    ]


def test_two_references_meet_in_each_group() -> None:
    both = WORKSHOP + textwrap.dedent("""
    - id: neste
      title: Neste
      sessions: [{for: hedmarken, when: 2018-03-13}, {for: nord, when: 2018-03-14}]
    - {id: mellom, title: Mellomarbeid, when: "etter workshop, før neste"}
    """)

    assert [row for row in resolved(both) if row[0].startswith("mellom")] == [
        ("mellom/nord", "2018-01-20", "2018-03-13"),
        ("mellom/ringsaker-loten", "2018-01-19", "2018-03-12"),
        ("mellom/hamar-stange", "2018-01-24", "2018-03-12"),
    ]


def test_sessions_for_all_leave_one_occurrence() -> None:
    webinars = """
    - id: webinar
      title: Webinar
      sessions: [{id: a, when: 2018-01-18}, {id: b, when: 2018-02-18}]
    - {id: etter, title: Etterarbeid, when: etter webinar}
    - {id: foer, title: Forarbeid, when: før webinar, region: nord}
    """

    assert resolved(webinars, without="webinar") == [
        ("etter", "2018-02-19", "None"),
        ("foer/nord", "None", "2018-01-17"),
    ]


def test_plan_without_regions_resolves_the_same_way() -> None:
    head = "kfl: 1\nplan: {id: prove, title: Prøveplan}\n"
    webinars = """
    - {id: webinar, title: Webinar, sessions: [{id: a, when: 2018-01-18}, {id: b, when: 2018-02-18}]}
    - {id: etter, title: Etterarbeid, when: etter webinar}
    """

    assert [days(each) for each in schedule(webinars, head).occurrences][2:] == [("etter", "2018-02-19", "None")]


def test_what_hangs_on_undated_sessions_is_undated() -> None:
    undated = """
    - {id: samling, title: Samling, sessions: [{for: nord, when: ikke fastsatt}, {for: hedmarken, when: 2018-01-18}]}
    - {id: mote, title: Møte, when: før samling}
    """

    assert resolved(undated, without="samling") == [
        ("mote/nord", "None", "None"),
        ("mote/hedmarken", "None", "2018-01-17"),
    ]


def test_dated_task_is_an_occurrence_and_an_undated_one_is_not() -> None:
    tasks = """
    - id: avklare
      title: Avklare
      when: høst 2017
      region: nord
      location: Tynset
      tasks:
        - {id: liste, title: Sende liste, when: senest 1.12.2017, responsible: [fmhe]}
        - {title: Ringe}
    """
    found = list(schedule(tasks).occurrences)

    assert [days(each) for each in found] == [
        ("avklare", "2017-08-01", "2017-12-31"),
        ("avklare/liste", "None", "2017-12-01"),
    ]
    assert (found[1].title, found[1].scopes, found[1].location) == ("Sende liste", ("nord",), None)


def test_task_may_count_from_its_own_activity() -> None:
    tasks = """
    - id: workshop
      title: Workshop
      sessions: [{for: hedmarken, when: 2018-01-18}, {for: nord, when: 2018-01-19}]
      tasks: [{id: referat, title: Referat, when: senest 3 dager etter workshop}]
    """

    assert resolved(tasks, without="")[2:] == [
        ("workshop/referat/nord", "None", "2018-01-22"),
        ("workshop/referat/hedmarken", "None", "2018-01-21"),
    ]


def test_session_inherits_what_it_does_not_say() -> None:
    inherited = """
    - id: samling
      title: Samling
      location: Hamar
      status: tentative
      question: Hvor?
      responsible: [sepu]
      audience: [styrer]
      sessions:
        - {for: nord, when: 2018-01-18}
        - {for: hedmarken, when: 2018-01-19, title: Storsamling, location: Løten, status: confirmed, audience: [fmhe]}
    """
    first, second = schedule(inherited).occurrences

    assert (first.title, first.location, first.status, first.question) == (
        "Samling",
        "Hamar",
        Status.TENTATIVE,
        "Hvor?",
    )
    assert (second.title, second.location, second.status) == ("Storsamling", "Løten", Status.CONFIRMED)
    assert [[each.party for each in parties] for parties in (second.responsible, second.audience)] == [
        ["sepu"],
        ["fmhe"],
    ]


def test_activity_window_is_its_date_or_what_its_sessions_span() -> None:
    entries = {entry.activity.id: entry.window for entry in schedule(WORKSHOP).activities}
    unsaid = schedule(WORKSHOP.replace("  when: januar–februar 2018\n", "")).activities[0].window

    assert (str(entries["workshop"].start), str(entries["workshop"].end)) == ("2018-01-01", "2018-02-28")
    assert (str(unsaid.start), str(unsaid.end)) == ("2018-01-18", "2018-01-23")


@pytest.mark.parametrize("size", [1, 2, 7])
def test_ring_is_reported_once_with_the_way_round(size: int) -> None:
    ids = [f"a{number}" for number in range(size)]
    ring = "\n".join(f"- {{id: {id_}, title: A, when: før {ids[n - 1]}}}" for n, id_ in enumerate(ids))
    message = {
        1: "«a0» hangs on itself",
        2: "these activities hang on each other in a ring: a0 → a1 → a0",
        7: "these activities hang on each other in a ring: a0 → a6 → a5 → … → a2 → a1 → a0",
    }[size]

    assert findings(ring) == [("KFL207", message)]


def test_what_hangs_on_a_ring_is_not_reported_too() -> None:
    ring = """
    - {id: a, title: A, when: før b}
    - {id: b, title: B, when: før a}
    - {id: c, title: C, when: før b}
    """

    assert [code for code, _ in findings(ring)] == ["KFL207"]


def test_long_chain_is_resolved_without_recursion() -> None:
    length = 5000
    chain = "".join(f"- {{id: a{n}, title: A, when: fra a{n + 1}}}\n" for n in range(length))
    head = "kfl: 1\nplan: {id: prove, title: Prøveplan}\n"

    found = schedule(f"{chain}- {{id: a{length}, title: A, when: 2018-01-18}}", head)

    assert days(next(found.occurrences)) == ("a0", "2018-01-18", "None")


def test_empty_plan_has_no_occurrences() -> None:
    assert list(schedule("").occurrences) == []


def test_findings_come_in_the_order_of_the_file_and_each_once() -> None:
    several = """
    - {id: a, title: A, when: 8/9}
    - {id: b, title: B, when: før c, region: hedmrken}
    - {id: b, title: B, when: 31.2.2018, responsible: [sepuu]}
    """
    checked = run(plan_text(several).encode())

    assert [(each.span.line, each.rule.code) for each in checked.diagnostics] == [
        (20, "KFL303"),
        (21, "KFL205"),
        (21, "KFL203"),
        (22, "KFL202"),
        (22, "KFL302"),
        (22, "KFL204"),
    ]


def test_session_is_held_against_the_window_of_its_own_group() -> None:
    both = """
    - id: ws1
      title: A
      region: [nord, hedmarken]
      sessions: [{for: nord, when: 2018-01-18}, {for: hedmarken, when: 2018-03-01}]
    - id: ws2
      title: B
      region: [nord, hedmarken]
      when: fra ws1
      sessions: [{for: nord, when: 2018-02-01}, {for: hedmarken, when: %s}]
    """

    assert findings(both % "2018-03-15") == []
    assert findings(both % "2018-02-15") == [("KFL309", "Thursday 15 February 2018 lies outside «fra ws1»")]


@pytest.mark.parametrize(
    "line",
    [
        "- {id: b, title: B, sessions: [{for: nord, when: 2 uker etter ws}, {for: hedmarken, when: 2 uker etter ws}]}",
        "- {id: b, title: B, when: 2 uker etter ws}",
        "- {id: b, title: B, when: 2018, tasks: [{id: t, title: T, when: senest 2 uker før ws}]}",
    ],
)
def test_group_without_a_date_is_named_wherever_a_line_hangs_on_it(line: str) -> None:
    workshop = "- {id: ws, title: W, sessions: [{for: nord, when: 2018-02-02}]}\n"

    message = "«ws» has no date for Ringsaker og Løten, Hamar og Stange"
    assert findings(workshop + line) == [("KFL308", message)]


def test_task_that_hangs_on_its_own_activity_names_the_groups_without_a_session() -> None:
    own = """
    - id: ws
      title: W
      sessions: [{for: nord, when: 2018-02-02}]
      tasks: [{id: t, title: T, when: senest 2 uker før ws}]
    """

    assert findings(own) == [("KFL308", "«ws» has no date for Ringsaker og Løten, Hamar og Stange")]


def test_what_hangs_on_a_narrowed_line_is_not_dated_for_all() -> None:
    narrowed = (
        WORKSHOP
        + "- {id: c, title: C, region: nord, when: 2 uker før workshop}\n- {id: d, title: D, when: 1 uke før c}\n"
    )

    assert findings(narrowed) == [("KFL308", "«c» has no date for Ringsaker og Løten, Hamar og Stange")]


def test_group_with_a_session_still_undated_leaves_what_hangs_on_it_undated() -> None:
    half = """
    - {id: b, title: B, sessions: [{id: x, for: nord, when: 2018-01-18}, {id: y, for: nord, when: ikke fastsatt}]}
    - {id: c, title: C, when: etter b, region: nord}
    """

    assert resolved(half, without="b") == [("c/nord", "None", "None")]


def test_id_that_begins_with_a_word_of_the_date_language_can_be_named() -> None:
    named = "- {id: den-kulturelle-skolesekken, title: A, when: 2018-01-18}\n"
    named += "- {id: b, title: B, when: før den-kulturelle-skolesekken}"

    assert resolved(named, without="den-kulturelle-skolesekken") == [("b", "None", "2018-01-17")]


def test_session_that_cannot_be_read_is_the_only_finding() -> None:
    half = """
    - {id: ws, title: W, sessions: [{for: nord, when: 2018-01-18}, {for: hedmarken, when: høsst 2018}]}
    - {id: b, title: B, when: 2 uker etter ws}
    - {id: c, title: C, when: 1 uke etter b}
    """

    assert findings(half) == [("KFL301", "«høsst 2018» is not a date kfl can read")]


def test_session_that_refers_to_what_lacks_a_date_for_a_part_of_it_has_none() -> None:
    half = """
    - {id: ws, title: W, sessions: [{for: ringsaker-loten, when: 2018-01-18}]}
    - {id: b, title: B, sessions: [{for: hedmarken, when: før ws}]}
    """

    checked = run(plan_text(half).encode())

    assert findings(half) == [("KFL308", "«ws» has no date for Hamar og Stange")]
    assert checked.schedule is not None
    assert [each.id for each in checked.schedule.occurrences] == ["ws/ringsaker-loten"]


def test_date_that_hangs_on_sessions_for_all_and_for_one_group_is_taken_apart() -> None:
    webinars = """
    - id: webinar
      title: Webinar
      sessions: [{id: a, when: 2018-01-18}, {id: b, for: nord, when: 2018-02-18}]
    - {id: etter, title: Etterarbeid, when: etter webinar}
    """

    assert resolved(webinars, without="webinar") == [
        ("etter/nord", "2018-02-19", "None"),
        ("etter/hedmarken", "2018-01-19", "None"),
    ]


def test_date_that_is_impossible_for_one_group_names_it() -> None:
    impossible = WORKSHOP + '- {id: b, title: B, when: "etter workshop, før 2018-01-24"}\n'

    assert findings(impossible) == [
        (
            "KFL305",
            "for Hamar og Stange: this would end Tuesday 23 January 2018, before it starts Wednesday 24 January 2018",
        )
    ]
