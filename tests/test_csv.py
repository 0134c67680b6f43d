"""``kfl export --csv``: columns that a spreadsheet sorts and filters, in the language of who reads it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result
from tests.plans import HEAD, plan_text

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = plan_text(
    """
    - id: samling
      title: Samling
      category: kurs
      location: Elverum
      audience: [styrer, {party: fmhe, count: 2}]
      sessions:
        - {for: [nord, hamar-stange], when: 2017-10-31 09:30–15:30}
        - {for: ringsaker-loten, when: 2017-11-14 kl. 18, status: tentative, question: "Felles;\\ndag?"}
      tasks:
        - {id: referat, title: Skrive referat, when: senest 1.12.2017 kl. 12, responsible: [sepu], status: done}
    - {id: lese, title: Lese boka, when: høst 2017}
    - {id: senere, title: Senere, when: ikke fastsatt, status: cancelled}
    """,
    HEAD + "categories:\n  kurs: {name: Kurs og samlinger}\n",
)
READ = {
    "nb": [
        (
            "Startdato;Starttid;Sluttdato;Sluttid;Når;Tittel;Del av;Region;Sted;Kategori;Type dato;Nøyaktighet;Status;"
            "Spørsmål;Ansvar;Målgruppe;Merknad;Beskrivelse;Lenker;id;activity;task"
        ),
        "2017-08-01;;2017-12-31;;høst 2017;Lese boka;;;;;Periode;Halvår;Bekreftet;;;;;;;lese;lese;",
        (
            "2017-10-31;09:30;2017-10-31;15:30;tirsdag 31. oktober 2017 (uke 44) kl. 09.30–15.30;Samling;;"
            "Nord-Østerdal, Hamar og Stange;Elverum;Kurs og samlinger;Hendelse;Klokkeslett;Bekreftet;;;"
            "Styrer; FMHE (2);;;;samling/hamar-stange-nord;samling;"
        ),
        (
            "2017-11-14;18:00;;;tirsdag 14. november 2017 (uke 46) kl. 18.00;Samling;;Ringsaker og Løten;Elverum;"
            "Kurs og samlinger;Hendelse;Klokkeslett;Foreløpig;Felles; dag?;;Styrer; FMHE (2);;"
            ";;samling/ringsaker-loten;samling;"
        ),
        (
            ";;2017-12-01;12:00;senest fredag 1. desember 2017 (uke 48) kl. 12.00;Skrive referat;Samling;;;"
            "Kurs og samlinger;Frist;Klokkeslett;Ferdig;;SePU;Styrer; FMHE (2);;;;samling/referat;samling;referat"
        ),
        ";;;;ikke fastsatt;Senere;;;;;;Uten dato;AVLYST;;;;;;;senere;senere;",
    ],
    "nn": [
        (
            "Startdato;Starttid;Sluttdato;Sluttid;Når;Tittel;Del av;Region;Stad;Kategori;Type dato;Presisjon;Status;"
            "Spørsmål;Ansvar;Målgruppe;Merknad;Skildring;Lenker;id;activity;task"
        ),
    ],
    "en": [
        (
            "Start date;Start time;End date;End time;When;Title;Part of;Region;Location;Category;Kind of date;"
            "Precision;Status;Question;Responsible;Audience;Note;Description;Links;id;activity;task"
        ),
    ],
}


def cells(printed: str, separator: str = ",") -> list[list[str]]:
    """Return the cells of each line; all lines have as many."""
    lines = list(csv.reader(io.StringIO(printed, newline=""), delimiter=separator, strict=True))
    assert {len(line) for line in lines} == {23}
    return lines


@pytest.mark.parametrize("language", READ)
def test_dates_and_clock_times_have_columns_in_the_language_of_the_reader(
    kfl: Callable[..., Result], language: str
) -> None:
    lines = cells(kfl("--lang", language, "export", "--csv", plan=PLAN).out)

    assert [";".join(line[:-1]) for line in lines][: len(READ[language])] == READ[language]


@pytest.mark.parametrize(
    ("words", "separator"),
    [([], ","), ([","], ","), ([";"], ";"), (["tab"], "\t"), (["\t"], "\t"), ([r"\t"], "\t")],
)
def test_cells_are_the_same_whatever_stands_between_them(
    kfl: Callable[..., Result], words: list[str], separator: str
) -> None:
    usual = kfl("export", "--csv", plan=PLAN).out
    options = ("--csv-separator", *words) if words else ()
    printed = kfl("export", "--csv", *options).out

    assert cells(printed, separator) == cells(usual)
    assert printed.splitlines()[0].count(separator) == 22


def test_separator_is_one_of_three_and_for_csv_alone(kfl: Callable[..., Result]) -> None:
    assert kfl("export", "--md", "--csv-separator", ";", plan=PLAN) == Result(
        2, "", "Error: --csv-separator is for --csv\n"
    )
    assert kfl("export", "--csv", "--csv-separator", "|").err.splitlines()[-1] == (
        "Error: Invalid value for '--csv-separator': '|' is not one of ',', ';', 'tab'."
    )
