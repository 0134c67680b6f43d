"""Selecting: by region, by party, by time; what is asked for by any of its names."""

from __future__ import annotations

import pytest

from kfl_cli.language.translator import Translator
from kfl_cli.schedule.select import Request, SelectionError, select, understand
from tests.plans import findings, schedule

PLAN = """
- {id: alle, title: For alle, when: 2017-09-01, responsible: [sepu], audience: [styrer]}
- {id: nord, title: Nord, when: 2017-09-02, region: nord, responsible: [fmhe]}
- {id: hedmarken, title: Hedmarken, when: 2017-09-03, region: hedmarken}
- id: workshop
  title: Workshop
  responsible: [sepu]
  sessions:
    - {for: ringsaker-loten, when: 2018-01-18}
    - {for: hamar-stange, when: 2018-01-23, audience: [fmhe]}
    - {for: nord, when: 2018-01-19}
- id: oppgaver
  title: Oppgaver
  when: høst 2017
  responsible: [fmhe]
  tasks:
    - {id: frist, title: Frist, when: senest 1.12.2017, responsible: [sepu], audience: [styrer]}
    - {title: Uten dato, audience: [styrer]}
- {id: begge, title: Begge, when: mars 2018, region: [nord, ringsaker-loten]}
- {id: apent, title: Åpent, when: etter 1. april 2018}
- {id: udatert, title: Udatert, when: ikke fastsatt}
"""


def kept(request: Request) -> list[str]:
    found = schedule(PLAN)
    return [each.id for each in select(found, understand(request, found.plan)).occurrences]


COMMON = ["alle", "oppgaver", "oppgaver/frist"]
UNDATED = ["apent", "udatert"]


@pytest.mark.parametrize(
    "name",
    ["hamar-stange", "Hamar og Stange", "HAMAR OG STANGE", "Hamar", "stange"],
)
def test_group_or_municipality_keeps_itself_its_region_and_what_is_for_all(name: str) -> None:
    assert kept(Request(region=(name,))) == ["alle", "hedmarken", "workshop/hamar-stange", *COMMON[1:], *UNDATED]


@pytest.mark.parametrize("name", ["hedmarken", "Hedmarken", "Hedmarkregionen"])
def test_region_keeps_its_groups_too(name: str) -> None:
    groups = ["workshop/ringsaker-loten", "workshop/hamar-stange"]

    assert kept(Request(region=(name,))) == ["alle", "hedmarken", *groups, *COMMON[1:], "begge", *UNDATED]


@pytest.mark.parametrize("name", ["nord", "Nord-Østerdal", "nord-osterdal", "nord østerdal", "tynset"])
def test_region_without_groups(name: str) -> None:
    assert kept(Request(region=(name,))) == ["alle", "nord", "workshop/nord", *COMMON[1:], "begge", *UNDATED]


@pytest.mark.parametrize(
    ("request_", "ids"),
    [
        (Request(party=("styrer",)), ["alle", "oppgaver", "oppgaver/frist"]),
        (Request(party=("Styrere",)), ["alle", "oppgaver", "oppgaver/frist"]),
        (Request(responsible=("styrer",)), []),
        (Request(audience=("styrer",)), ["alle", "oppgaver", "oppgaver/frist"]),
        (Request(responsible=("fmhe",)), ["nord", "oppgaver"]),
        (Request(audience=("fmhe",)), ["workshop/hamar-stange"]),
        (Request(responsible=("sepu",), region=("nord",)), ["alle", "workshop/nord", "oppgaver/frist"]),
        (Request(party=("sepu",), audience=("styrer",)), ["alle", "oppgaver/frist"]),
    ],
)
def test_party_keeps_what_it_answers_for_or_is_the_audience_of(request_: Request, ids: list[str]) -> None:
    assert kept(request_) == ids


@pytest.mark.parametrize(
    ("request_", "ids"),
    [
        (Request(until="3.9.2017"), ["alle", "nord", "hedmarken", "oppgaver"]),
        (Request(start="2018-01-19", until="januar 2018"), ["workshop/hamar-stange", "workshop/nord"]),
        (Request(start="1.12.2017", until="1.12.2017"), ["oppgaver", "oppgaver/frist"]),
        (Request(start="2.12.2017", until="2.12.2017"), ["oppgaver"]),
        (Request(start="vår 2018", region=("tynset",)), ["workshop/nord", "begge", "apent"]),
        (Request(start="2030"), []),
        (Request(until="2000"), []),
    ],
)
def test_time_keeps_what_reaches_into_it(request_: Request, ids: list[str]) -> None:
    assert kept(request_) == ids


@pytest.mark.parametrize(
    ("request_", "message", "hint"),
    [
        (
            Request(region=("hedmarkn",)),
            "«hedmarkn» is no region, group or municipality of the plan",
            "nearest: Hedmarken, Hedmarkregionen, Hamar",
        ),
        (
            Request(region=("Æ",)),
            "«Æ» is no region, group or municipality of the plan",
            "nearest: Nord-Østerdal, Hedmarken, Ringsaker og Løten, Hamar og Stange, Tynset, Alvdal, Ringsaker, Løten",
        ),
        (Request(party=("stirer",)), "«stirer» is no party of the plan", "nearest: Styrer, Styrere"),
        (Request(start="8/9"), "«8/9» has no year", "did you mean «8. september 2017» or «8. september 2018»?"),
        (Request(until="før workshop"), "«før workshop» hangs on an activity; write a date", ""),
        (Request(until="ikke fastsatt"), "«ikke fastsatt» is not a date", ""),
        (
            Request(start="etter mars 2018, før mars 2018"),
            "this would end Wednesday 28 February 2018, before it starts Sunday 1 April 2018",
            "",
        ),
        (Request(start="2018", until="2017"), "--until lies before --from", ""),
    ],
)  # fmt: skip
def test_selection_that_is_not_understood_says_what_is_near(request_: Request, message: str, hint: str) -> None:
    say = Translator("en").message

    with pytest.raises(SelectionError) as error:
        kept(request_)

    assert (say(error.value.message), say(error.value.hint) if error.value.hint else "") == (message, hint)


def test_municipality_in_two_groups_keeps_both() -> None:
    head = """\
kfl: 1
plan: {id: prove, title: Prøveplan}
regions:
  a: {name: A, municipalities: [Delt]}
  b: {name: B, municipalities: [Delt]}
  c: {name: C}
"""
    found = schedule(
        "- {id: x, title: X, sessions: [{for: a, when: 2018}, {for: b, when: 2018}, {for: c, when: 2018}]}", head
    )

    selected = select(found, understand(Request(region=("delt",)), found.plan))

    assert [each.id for each in selected.occurrences] == ["x/a", "x/b"]


TOWNS = """\
kfl: 1
plan: {id: prove, title: Prøveplan}
regions:
  sor: {name: Sør, municipalities: [Nord]}
  nord: {name: Nordre del, municipalities: [Alvdal]}
  osterdal:
    name: Elverum
    groups:
      byen: {name: Elverum by, municipalities: [Elverum]}
      landet: {name: Resten, municipalities: [Våler]}
"""


@pytest.mark.parametrize(
    ("name", "region", "leaves"),
    [
        ("nord", "nord", {"nord"}),
        ("Nord", "nord", {"nord"}),
        ("elverum", "osterdal", {"byen", "landet"}),
        ("våler", "valer", {"landet"}),
    ],
)
def test_id_comes_before_a_name_and_the_widest_place_of_a_name(name: str, region: str, leaves: set[str]) -> None:
    found = understand(Request(region=(name,)), schedule("", TOWNS).plan)

    assert (found.regions, {*found.leaves}) == ((region,), leaves)


def test_what_has_no_end_goes_on_where_the_plan_has_no_period() -> None:
    head = "kfl: 1\nplan: {id: prove, title: Prøveplan}\n"
    found = schedule("- {id: a, title: A, when: etter 1. april 2018}\n- {id: b, title: B, when: vår 2018}\n", head)

    selected = select(found, understand(Request(start="2030"), found.plan))

    assert [each.id for each in selected.occurrences] == ["a"]


# --- collective parties -----------------------------------------------------------------------------------------------

COLLECTIVE = """\
kfl: 1
plan: {id: prove, title: Prøveplan, period: 2018}
parties:
  styrer: {name: Styrer}
  assistent: {name: Assistent}
  personalet: {name: Personalet, members: [Assistent]}
  barnehagene: {name: Alle barnehager, members: [styrer, personalet]}
  sepu: {name: SePU}
"""

FOR_COLLECTIVES = """
- {id: portal, title: Portal, when: mars 2018, responsible: sepu, audience: barnehagene}
- {id: analyse, title: Analyse, when: mars 2018, responsible: personalet, audience: sepu}
- {id: eget, title: Eget, when: mars 2018, responsible: styrer, audience: styrer}
- id: oppgave
  title: Oppgave
  when: mars 2018
  responsible: sepu
  audience: sepu
  tasks: [{title: Svare, responsible: barnehagene}]
- {id: ingen, title: Ingen, when: mars 2018, responsible: sepu, audience: []}
"""


@pytest.mark.parametrize(
    ("request_", "ids"),
    [
        (Request(party=("assistent",)), ["portal", "analyse", "oppgave"]),
        (Request(party=("personalet",)), ["portal", "analyse", "oppgave"]),
        (Request(party=("styrer",)), ["portal", "eget", "oppgave"]),
        (Request(party=("barnehagene",)), ["portal", "oppgave"]),
        (Request(audience=("assistent",)), ["portal"]),
        (Request(responsible=("assistent",)), ["analyse", "oppgave"]),
        (Request(party=("styrer", "assistent")), ["portal", "analyse", "eget", "oppgave"]),
    ],
)
def test_what_is_for_a_collective_party_is_for_each_member_and_not_the_reverse(
    request_: Request, ids: list[str]
) -> None:
    found = schedule(FOR_COLLECTIVES, COLLECTIVE)

    assert [each.id for each in select(found, understand(request_, found.plan)).occurrences] == ids


def test_parties_that_are_all_in_each_other_are_a_ring_a_party_at_most() -> None:
    ids = [f"p{number}" for number in range(40)]
    parties = "".join(f"  {id_}: {{name: {id_}, members: [{', '.join(ids)}]}}\n" for id_ in ids)
    head = f"kfl: 1\nplan: {{id: prove, title: Prøveplan}}\nparties:\n{parties}"

    found = findings("- {id: a, title: A, when: mars 2018, responsible: p0, audience: []}\n", head)

    assert {code for code, _ in found} == {"KFL214"}
    assert len(found) <= len(ids)


def test_collectives_that_are_nested_too_deeply_are_refused() -> None:
    many = "".join(f"  p{number}: {{name: P{number}, members: [p{number + 1}]}}\n" for number in range(1500))
    head = f"kfl: 1\nplan: {{id: prove, title: Prøveplan}}\nparties:\n{many}  p1500: {{name: Siste}}\n"

    rows = "- {id: a, title: A, when: mars 2018, responsible: p0, audience: []}\n"

    assert findings(rows, head) == [("KFL119", "the collective parties have more than 1000000 members in all")]


# --- several at once --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "same_as"),
    [
        (Request(region=("nord", "Stange")), Request(region=("Stange", "nord", "nord"))),
        (Request(party=("styrer", "fmhe")), Request(party=("FMHE", "styrere"))),
    ],
)
def test_order_and_spelling_of_what_is_asked_for_do_not_matter(request_: Request, same_as: Request) -> None:
    plan = schedule(PLAN).plan

    assert understand(request_, plan) == understand(same_as, plan)


def test_of_several_regions_any_will_do() -> None:
    assert kept(Request(region=("nord", "Stange"), party=("styrer", "fmhe"))) == [
        "alle",
        "nord",
        "workshop/hamar-stange",
        "oppgaver",
        "oppgaver/frist",
    ]


def test_category_keeps_its_activities() -> None:
    head = "kfl: 1\nplan: {id: prove, title: Prøve}\ncategories:\n  analyse: {name: Analysedel, aliases: [Del 1]}\n"
    found = schedule(
        "- {id: a, title: A, when: mars 2018, category: del 1}\n- {id: b, title: B, when: mars 2018}\n", head
    )

    selected = select(found, understand(Request(category=("analysedel",)), found.plan))

    assert [each.id for each in selected.occurrences] == ["a"]


# --- joint gatherings -------------------------------------------------------------------------------------------------

JOINT = """
- id: samling
  title: Samling
  when: januar 2018
  sessions:
    - {for: [nord, hamar-stange], when: 2018-01-22, location: Elverum}
    - {for: ringsaker-loten, when: 2018-01-23, location: Hamar}
- {id: referat, title: Referat, when: etter samling}
"""


def test_joint_gathering_is_one_occurrence_with_several_scopes() -> None:
    found = schedule(JOINT)

    assert [(each.id, each.scopes) for each in found.occurrences] == [
        ("samling/hamar-stange-nord", ("nord", "hamar-stange")),
        ("samling/ringsaker-loten", ("ringsaker-loten",)),
        ("referat/nord", ("nord",)),
        ("referat/ringsaker-loten", ("ringsaker-loten",)),
        ("referat/hamar-stange", ("hamar-stange",)),
    ]


@pytest.mark.parametrize("region", ["nord", "hamar-stange", "hedmarken"])
def test_joint_gathering_is_kept_for_each_of_its_regions(region: str) -> None:
    found = schedule(JOINT)

    selected = select(found, understand(Request(region=(region,)), found.plan))

    assert next(selected.occurrences).id == "samling/hamar-stange-nord"
