"""``kfl upcoming``: what starts, is due and is going on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.command_line import SMALL
from tests.conftest import Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable


def test_upcoming_shows_what_starts_is_due_and_is_going_on(kfl: Callable[..., Result]) -> None:
    assert kfl("--today", "17.1.2018", "upcoming", plan=SMALL).out == (
        "Onsdag 17. januar 2018 (uke 3) – de neste 30 dagene\n"
        "\n"
        "i morgen  torsdag 18. januar 2018 (uke 3)\n"
        "    Samling\n"
        "    Sted: Hamar\n"
        "    Ansvar: SePU\n"
        "\n"
        "om 2 dager  fredag 19. januar 2018 (uke 3)\n"
        "    Frist: Foreløpig: Levere\n"
        "\n"
        "Pågår nå\n"
        "\n"
        "14 dager igjen  januar 2018\n"
        "    Lese\n"
    )


@pytest.mark.parametrize(
    ("today", "arguments", "expected"),
    [
        (
            "2018-02-01",
            ["--days", "5"],
            (
                "Torsdag 1. februar 2018 (uke 5) – de neste 5 dagene\n\nIngenting starter, og ingen frister går ut.\n"
                "Neste: torsdag 1. mars 2018 (uke 9) – Tur\nSe lenger fram: kfl upcoming --days 28\n\n"
                "Forfalt\n\nfor 13 dager siden  fredag 19. januar 2018 (uke 3)\n    Frist: Foreløpig: Levere\n\n"
                "Er det gjort? kfl done frist\n"
            ),
        ),
        (
            "2017-12-01",
            ["--days", "5"],
            (
                "Fredag 1. desember 2017 (uke 48) – de neste 5 dagene\n\nIngenting starter, og ingen frister går ut.\n"
                "Neste: januar 2018 – Lese\nSe lenger fram: kfl upcoming --days 31\n"
            ),
        ),
        (
            "2026-11-24",
            [],
            (
                "Tirsdag 24. november 2026 (uke 48) – de neste 30 dagene\n\n"
                "Ingenting starter, og ingen frister går ut.\n"
                "Den siste dagen i planen var torsdag 1. mars 2018 (uke 9).\n"
                "Se fra en annen dag: kfl --today 2018-01-01 upcoming\n"
            ),
        ),
    ],
)
def test_upcoming_with_nothing_ahead_says_where_there_is_something(
    kfl: Callable[..., Result], today: str, arguments: list[str], expected: str
) -> None:
    assert kfl("--today", today, "upcoming", *arguments, plan=SMALL) == Result(0, expected, "")


def test_upcoming_of_an_empty_plan(kfl: Callable[..., Result]) -> None:
    result = kfl("--today", "2018-02-01", "--lang", "en", "upcoming", "--days", "1", plan=plan_text(""))

    assert result.out == (
        "Thursday 1 February 2018 (week 5) – the next 1 day\n\nNothing starts or is due.\n"
        "Nothing in the selection has a date.\n"
    )


IMPRECISE = plan_text("""
- {id: samling, title: Fylkessamling, when: høst 2018, question: Dato ikke satt}
- {id: fagokt, title: Fagøkt, sessions: [{id: en, when: mai 2018}, {id: to, when: uke 19 2018}]}
- {id: fremlegg, title: Regjeringen presenterer, when: mai 2018}
- {id: tur, title: Tur, when: primo mai 2018, status: tentative}
- {id: kurs, title: Kurs, when: mars–juni 2018}
- {id: mote, title: Møte, when: etter oppstart}
- {id: oppstart, title: Oppstart, when: 2018-04-30}
- {id: arbeid, title: Dialog, when: mars–juni 2018}
- {id: fast, title: Åpent hus, when: 1.5.2018–15.6.2018, location: Hamar}
- {id: innen, title: Levere, when: senest 2.5.2018 kl. 12}
""")


def test_gathering_on_a_day_that_is_not_known_is_never_now(kfl: Callable[..., Result]) -> None:
    assert kfl("--today", "1.5.2018", "upcoming", "--days", "1", plan=IMPRECISE).out == (
        "Tirsdag 1. mai 2018 (uke 18) – 1 dag framover\n\n"
        "i dag  1. mai–15. juni 2018\n    Åpent hus\n    Sted: Hamar\n\n"
        "i morgen  onsdag 2. mai 2018 (uke 18) kl. 12.00\n    Frist: Levere\n\n"
        "Dagen er ikke fastsatt\n\n"
        "en gang i perioden  mars–juni 2018\n    Kurs\n\n"
        "en gang i perioden  fra tirsdag 1. mai 2018 (uke 18)\n    Møte\n\n"
        "en gang primo mai 2018  primo mai 2018\n    Foreløpig: Tur\n\n"
        "en gang i mai  mai 2018\n    Fagøkt\n\n"
        "Pågår nå\n\n"
        "30 dager igjen  mai 2018\n    Regjeringen presenterer\n\n"
        "60 dager igjen  mars–juni 2018\n    Dialog\n"
    )


@pytest.mark.parametrize(
    ("language", "today", "texts"),
    [
        ("nb", "2018-05-08", ["en gang i uke 19", "en gang i mai", "en gang høsten 2018"]),
        ("nn", "2018-05-08", ["ein gong i veke 19", "ein gong i mai", "ein gong hausten 2018"]),
        ("en", "2018-05-08", ["some time in week 19", "some time in May", "some time in autumn 2018"]),
        ("nb", "2018-09-01", ["en gang i høst"]),
        ("nn", "2018-09-01", ["ein gong i haust"]),
        ("en", "2018-09-01", ["some time in autumn"]),
    ],
)
def test_day_that_is_not_known_in_json(kfl: Callable[..., Result], language: str, today: str, texts: list[str]) -> None:
    shown = kfl("--today", today, "--lang", language, "upcoming", "--days", "150", "--json", plan=IMPRECISE).out
    items = [each for each in json.loads(shown)["items"] if each["phase"] == "within"]

    assert {(each["day"], each["days_until"], each["kind"]) for each in items} == {(None, None, "window")}
    assert sorted(each["until_text"] for each in items if each["id"].startswith(("fagokt", "samling"))) == sorted(texts)


def test_upcoming_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("upcoming", "--today", "2018-01-18", "--json", plan=SMALL).out)

    assert [(item["id"], item["phase"], item["day"], item["days_until"]) for item in document["items"]] == [
        ("samling", "starts", "2018-01-18", 0),
        ("frist", "due", "2018-01-19", 1),
        ("lese", "ongoing", "2018-01-31", 13),
    ]
    assert (document["today"], document["next"]["id"]) == ("2018-01-18", "avlyst")


def test_upcoming_is_looked_at_from_today_unless_said(kfl: Callable[..., Result]) -> None:
    first = kfl("upcoming", plan=SMALL).out.split("\n")[0]

    assert first.endswith("– de neste 30 dagene")


def test_what_ends_today_is_still_going_on(kfl: Callable[..., Result]) -> None:
    shown = kfl("--today", "2018-01-31", "upcoming", "--days", "0", plan=SMALL).out

    assert shown.endswith("Pågår nå\n\nslutter i dag  januar 2018\n    Lese\n")
