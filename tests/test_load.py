"""Nodes to a plan: what may stand in a plan file, and what is said of what may not."""

from __future__ import annotations

from datetime import date

import pytest

from kfl_cli.dates import Window
from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run
from kfl_cli.plan.model import Assignment, Contact, Goal, Link
from kfl_cli.plan.suggestions import keys_meant
from tests.plans import HEAD, findings, plan_text, schedule


def reported(text: str) -> list[tuple[str, str, str]]:
    """Return code, message and hint of each finding of a whole plan, in English."""
    say = Translator("en").message
    checked = run(text.encode())
    return [(each.rule.code, say(each.message), say(each.hint) if each.hint else "") for each in checked.diagnostics]


def head(line: str) -> str:
    """Return a plan with one more line under ``plan:``."""
    return f"kfl: 1\nplan:\n  id: p\n  title: P\n  {line}\nactivities: []\n"


HEADS = [
    ("version: 4.12.2017", []),
    ("timezone: Europe/Copenhagen", []),
    ("timezone: localtime", [("KFL116", "«localtime» is no time zone", None)]),
    ("contact: SePU", []),
    ("contact: {name: SePU, email: post@inn.no, phone: 62 43 00 00, url: https://www.inn.no}", []),
    ("goals: [Ett mål, {intention: Et annet, aims: Ett}]", []),
    ("links: [https://www.inn.no/æ, {url: 'mailto:a@b.no', title: Post}, 'tel:+4762430000']", []),
    ("version: 1.2", [("KFL303", "«1.2» has no year", "write the day of this version, such as 2017-12-04")]),
    (
        "version: uke 36 2017",
        [("KFL301", "the version «uke 36 2017» is not a day", "write the day of this version, such as 2017-12-04")],
    ),
    (
        "period: høst 2017 og vår 2018",
        [
            (
                "KFL301",
                "«høst 2017 og vår 2018» is not a date kfl can read",
                "write years or half-years, such as «høst 2017 – vår 2018»",
            )
        ],
    ),
    (
        "period: etter workshop-1",
        [("KFL301", "the plan's period cannot hang on an activity", "write years or half-years")],
    ),
    (
        "visibility: offentleg",
        [("KFL115", "«offentleg» is none of the values of `visibility:`", "did you mean «public»?")],
    ),
    ("timezone: Oslo", [("KFL116", "«Oslo» is no time zone", "did you mean «Europe/Oslo»?")]),
    (
        "timezone: ../../etc/passwd",
        [("KFL116", "«../../etc/passwd» is no time zone", "write a name such as «Europe/Oslo»")],
    ),
    ("timezone: Europe", [("KFL116", "«Europe» is no time zone", None)]),
    ("language: norsk", [("KFL115", "«norsk» is none of the values of `language:`", "did you mean «nb»?")]),
    ("language: se", [("KFL115", "«se» is none of the values of `language:`", None)]),
    (
        "country: Norge",
        [
            (
                "KFL115",
                "«Norge» is none of the values of `country:`",
                "write a country code of two capitals, such as NO",
            )
        ],
    ),
    (
        "contact: {email: ikke en adresse}",
        [("KFL117", "«ikke en adresse» is not an e-mail address", "write an address such as post@kommune.no")],
    ),
    ("contact: [a]", [("KFL113", "here belongs a mapping", "write {name: …, email: …}")]),
    ("goals: [[a]]", [("KFL113", "here belongs a text, not a list or mapping", None)]),
    ("links: https://www.inn.no", [("KFL113", "«links» must be a list", "begin each entry with a hyphen")]),
    (
        "links: [www.inn.no]",
        [("KFL117", "«www.inn.no» is not an address kfl can link to", "did you mean «https://www.inn.no»?")],
    ),
    (
        "links: [post@inn.no]",
        [("KFL117", "«post@inn.no» is not an address kfl can link to", "did you mean «mailto:post@inn.no»?")],
    ),
    (
        "links: ['javascript:alert(1)']",
        [
            (
                "KFL117",
                "«javascript:alert(1)» is not an address kfl can link to",
                "write a whole https, http, mailto or tel address",
            )
        ],
    ),
    ("ignore: {KFL310: derfor}", []),
    ("ignore: {KFL310: }", [("KFL212", "KFL310 outside-period is ignored without a reason", None)]),
    ("ignore: {KFL301: derfor}", [("KFL210", "KFL301 unreadable-date cannot be ignored", "mend what it reports")]),
    ("ignore: {KFL998: derfor}", [("KFL210", "kfl has no rule «KFL998»", None)]),
    ("ignore: [KFL310]", [("KFL113", "«ignore» must be a mapping", "write the rule and the reason: «KFL402: …»")]),
]


@pytest.mark.parametrize(("line", "found"), HEADS, ids=[row[0] for row in HEADS])
def test_head_of_a_plan(line: str, found: list[tuple[str, str, str | None]]) -> None:
    said = reported(head(line))

    assert [(code, message) for code, message, _ in said] == [(code, message) for code, message, _ in found]
    assert [hint for _, _, hint in said] == [
        hint if wanted is None else wanted for (_, _, hint), (_, _, wanted) in zip(said, found, strict=True)
    ]


SEASONS = [
    ("{høst: 15.8.–20.12.}", Window(date(2017, 8, 15), date(2017, 12, 20)), []),
    ("{haust: 08-15..12-20}", Window(date(2017, 8, 15), date(2017, 12, 20)), []),
    ("{autumn: september–januar}", Window(date(2017, 9, 1), date(2018, 1, 31)), []),
    ("{høst: 29.2.–30.6.}", Window(date(2017, 2, 28), date(2017, 6, 30)), []),
    ("{vinter: 1.1.–1.3.}", None, [("KFL111", "«vinter» is no half-year")]),
    ("{høst: lenge}", None, [("KFL301", "«lenge» is not a part of the year")]),
    ("{høst: 1.8.–1.12., haust: 1.8.–1.12.}", None, [("KFL110", "«haust» is the same half-year as «høst»")]),
]


@pytest.mark.parametrize(("seasons", "window", "found"), SEASONS, ids=[row[0] for row in SEASONS])
def test_seasons_of_a_plan(seasons: str, window: Window | None, found: list[tuple[str, str]]) -> None:
    start = f"kfl: 1\nplan: {{id: p, title: P}}\nseasons: {seasons}\n"
    activity = "- {id: a, title: A, when: høst 2017}"

    assert findings(activity, start) == found
    if window:
        assert schedule(activity, start).activities[0].window == window


ACTIVITIES = [
    ("- {id: a, title: A, when: 2018, responsible: SePU, audience: [styrere, {party: fmhe, count: 2}]}", []),
    ("- {id: a, title: A, when: 2018, responsible: [{id: sepu, note: x}]}", []),
    ("- {id: a, title: A, when: 2018, responsible: [{note: x}]}", [("KFL112", "the key «party» is missing here")]),
    ("- {id: a, title: A, when: 2018, region: Hedmarkregionen}", []),
    ("- {id: a, title: A, when: ikke fastsatt, after: b}\n- {id: b, title: B, when: 2018}", []),
    ("- {id: a, title: A}", [("KFL112", "the key «when» is missing here")]),
    ('- {id: a, title: A, when: "\\u200b"}', [("KFL112", "the key «when» is missing here")]),
    ("- {id: a, title: A, when: }", [("KFL112", "the key «when» is missing here")]),
    ("- {id: a, title: A, sessions: []}", [("KFL112", "the key «when» is missing here")]),
    ("- {id: a, title: A, dato: 2018}", [("KFL111", "there is no key «dato»")]),
    ("- {id: a, titel: A, when: 2018}", [("KFL111", "there is no key «titel»")]),
    ("- {title: A, when: 2018}", [("KFL112", "the key «id» is missing here")]),
    ("- {id: A b, title: A, when: 2018}\n- {id: c, title: C, when: før a-b}", [("KFL201", "«A b» is not an id")]),
    ("- {id: mars, title: A, when: 2018}", [("KFL201", "the id «mars» reads as a date")]),
    ("- [a]", [("KFL113", "here belongs a mapping")]),
    ("- {id: a, title: [A], when: 2018}", [("KFL113", "here belongs a text, not a list or mapping")]),
    ("- {id: a, title: A, when: 2018, audience: ['']}", [("KFL114", "an empty entry")]),
    (
        "- {id: a, title: A, when: 2018, audience: [{party: styrer, count: to}]}",
        [("KFL115", "«to» is not a whole number above zero")],
    ),
    (
        "- {id: a, title: A, when: 2018, status: foreløpig}",
        [("KFL115", "«foreløpig» is none of the values of `status:`")],
    ),
    ("- {id: a, title: A, when: 2018, region: Tynset}", [("KFL203", "«Tynset» is no region or group of the plan")]),
    ("- {id: a, title: A, when: 2018, after: [b]}", [("KFL205", "the plan has no activity «b»")]),
    ("- {id: a, title: A, when: 2018, uid: b}\n- {id: b, title: B, when: 2018}", [("KFL202", "the id «b» is taken")]),
    ("- {id: a, title: A, sessions: [{when: 2018}]}", [("KFL208", "a session that is for all needs an id of its own")]),
    (
        "- {id: a, title: A, sessions: [{for: nord, when: 2018}, {for: nord, when: 2018}]}",
        [("KFL208", "there are two sessions for «nord»")],
    ),
    (
        "- {id: a, title: A, region: nord, sessions: [{for: hedmarken, when: 2018}]}",
        [("KFL211", "the session is for Hedmarken, whom «a» does not concern")],
    ),
    (
        "- {id: a, title: A, when: 2018, tasks: [{title: T, when: 2018}]}",
        [("KFL209", "the task «T» has a date but no id")],
    ),
    ("- {id: a, title: A, when: 2018, tasks: [{title: T}, {title: T}]}", []),
    (
        "- {id: a, title: A, when: 2018, tasks: [{id: t, title: T}, {id: t, title: T}]}",
        [("KFL202", "the id «t» is taken")],
    ),
    (
        '- {id: a, title: "A\\u200b", when: 2018}',
        [("KFL118", "the text holds invisible characters that are left out: U+200B")],
    ),
    ("- {id: a, title: A, when: 2019-01-01, ignore: {KFL310: avklart}}", []),
    (
        "- {id: a, title: A, when: 2019-01-01, ignore: {KFL310: avklart}}\n- {id: b, title: B, when: 2019-01-01}",
        [("KFL310", "Tuesday 1 January 2019 lies outside the plan's period, «høst 2017 – høst 2018»")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("activities", "found"), ACTIVITIES, ids=[row[0][:60] for row in ACTIVITIES])
def test_activity_is_read_or_refused(activities: str, found: list[tuple[str, str]]) -> None:
    assert findings(activities) == found


FILES = [
    ("kfl: 2\nplan: {id: p}\n", [("KFL109", "the plan is in format 2; this kfl reads format 1")]),
    ("kfl: 1.0\nplan: {id: p, title: P}\nactivities: []\n", [("KFL115", "«1.0» is no format version")]),
    ("kfl:\nplan: {id: p, title: P}\nactivities: []\n", [("KFL112", "«kfl» is empty")]),
    ("- a\n", [("KFL113", "a plan is a mapping that begins with «kfl: 1»")]),
    ("kfl: 1\nactivities: [{id: a, title: A, when: 8/9}]\n", [
        ("KFL112", "the key «plan» is missing here"), ("KFL303", "«8/9» has no year"),
    ]),
    ("kfl: 1\nplan: {id: p, title: P}\nactivities: []\nparties: {a: A}\n", [("KFL113", "here belongs a mapping")]),
    ("kfl: 1\nplan: {id: p, title: P}\nactivities: []\nparties: [a]\n", [("KFL113", "«parties» must be a mapping")]),
    ("kfl: 1\nplan: {id: p, title: P}\nactivities: []\nparties: {a: {name: A, kind: persn}}\n", [
        ("KFL120", "«persn» is no kind of party that kfl knows"),
    ]),
    ("kfl: 1\nplan: {id: p, title: P}\nactivities: []\nparties: {a: {name: A}, b: {name: B, aliases: [A]}}\n", [
        ("KFL206", "«A» is also a name of «a»"),
    ]),
    ("kfl: 1\nplan: {id: p, title: P}\nactivities: []\nclosed: [{when: uke 40 2017, why: høstferie}]\n", []),
    ("kfl: 1\nplan: {id: p, title: P}\nactivities: []\nclosed: [{when: etter a, why: ferie}]\n", [
        ("KFL301", "a closed period cannot hang on an activity"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), FILES, ids=[row[0][:40] for row in FILES])
def test_file_is_read_or_refused(text: str, found: list[tuple[str, str]]) -> None:
    assert [(code, message) for code, message, _ in reported(text)] == found


MISSPELLED = """
kfl: 1
plan: {id: p, title: P}
region: {nord: {name: Nord}}
aktører: {styrer: {name: Styrer, kind: role}}
akteviteter:
- {id: a, title: A, when: 2018, region: nord, responsible: styrer, audience: styrr}
"""


def test_section_whose_key_is_misspelled_is_read_as_meant() -> None:
    assert reported(MISSPELLED) == [
        ("KFL111", "there is no key «region»", "did you mean «regions»?"),
        ("KFL111", "there is no key «aktører»", "did you mean «parties»?"),
        ("KFL111", "there is no key «akteviteter»", "did you mean «activities»?"),
        ("KFL204", "«styrr» is no party of the plan", "did you mean «styrer»?"),
    ]


MEANT = [
    ("deloppgaver", ["tasks"], ["tasks"]),
    ("Ansvarlege", ["responsible", "audience"], ["responsible"]),
    ("titel", ["id", "title"], ["title"]),
    ("beskrivelse", ["note"], ["note"]),
    ("tid", ["uid"], []),
    ("xyz", ["id"], []),
]


@pytest.mark.parametrize(("word", "free", "meant"), MEANT, ids=[row[0] for row in MEANT])
def test_key_may_be_meant_by_a_word(word: str, free: list[str], meant: list[str]) -> None:
    assert keys_meant(word, free) == meant


def test_plan_is_read_whole() -> None:
    more = "  goals: [{intention: I, aims: [A, B]}]\n  contact: {name: N, email: n@a.no}\n  period:"
    text = """
    - id: a
      title: '  A
        B '
      when: 2018
      responsible: [{party: Styrere, note: x, count: 2}]
      links: [https://a.no]
    """

    plan = schedule(text, HEAD.replace("  period:", more)).plan

    (activity,) = plan.activities
    assert (activity.title, activity.responsible) == ("A B", (Assignment("styrer", "x", 2),))
    assert (plan.goals, plan.contact) == ((Goal("I", ("A", "B")),), Contact("N", "n@a.no"))
    assert activity.links == (Link("https://a.no"),)


def test_places_take_no_part_in_equality() -> None:
    one = schedule("- {id: a, title: A, when: 2018}")
    other = schedule("\n\n- {id: a,   title: A, when:  2018}")

    assert one.plan.activities == other.plan.activities


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("kategori", "mente du «category»?"),
        ("frist", "skriv datoen under `when:`, etter «senest»"),
        ("kostnad", None),
        ("titel", "mente du «title»?"),
        ("plas", "mente du «location»?"),
    ],
)
def test_what_is_offered_for_a_key_is_what_was_meant(key: str, hint: str | None) -> None:
    data = plan_text(f"- {{id: a, {key}: 1. mars 2018}}\n").encode()
    found = next(each for each in run(data).diagnostics if each.rule.code == "KFL111")
    said = Translator("nb").message(found.hint) if found.hint else ""

    assert said == hint or (hint is None and said.startswith("gyldige nøkler: "))
