"""What a coordinator would call silly is not said: a weekday written is a day known; not all plans have all columns."""

from __future__ import annotations

import pytest

from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run


def said(activities: str, head: str = "") -> list[str]:
    """Return the codes of what is found in a plan of one school year."""
    return [each.rule.code for each in run(_plan(activities, head), thorough=True).diagnostics]


def _plan(activities: str, head: str) -> bytes:
    first = "kfl: 1\nplan: {id: p, title: Plan, version: 2021-01-01, period: skoleåret 2020/2021, language: nb}\n"
    return f"{first}{head}activities:\n{activities}".encode()


def on(when: str, more: str = "") -> str:
    return f"- {{id: a, title: Åpner, when: '{when}'{more}}}\n"


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("15. mai 2021", ["KFL402"]),
        ("lørdag 15. mai 2021", []),
        ("lør. 15.5.2021 kl. 12", ["KFL301"]),
        ("Lørdag 15.5.2021 kl. 12", []),
        ("Saturday 15 May 2021", []),
        ("senest søndag 16. mai 2021", []),
        ("senest 16. mai 2021", ["KFL402"]),
        ("17. mai 2021", ["KFL401"]),
        ("mandag 17. mai 2021", []),
        ("måndag 17. mai 2021", []),
        ("14. mai 2021", ["KFL403"]),
        ("fredag 14. mai 2021", []),
        ("fredag 14.–lørdag 15. mai 2021", []),
        ("14.–15. mai 2021", ["KFL403"]),
        ("7.–9. mai 2021", []),  # Friday to Sunday
        ("8.–9. mai 2021", []),
        ("7.–8. mai 2021", ["KFL402"]),
        ("9.–10. mai 2021", ["KFL402"]),
        ("1 dag etter lørdag 8. mai 2021", ["KFL407"]),  # nobody wrote that day
    ],
)
def test_a_weekday_that_is_written_is_a_day_known(when: str, found: list[str]) -> None:
    assert [code for code in said(on(when)) if code < "KFL5"] == found


def test_a_weekday_says_nothing_of_closed_periods() -> None:
    closed = "closed: [{when: uke 8 2021, why: Vinterferie}]\n"

    assert said(on("tirsdag 23. februar 2021"), closed) == ["KFL404"]
    assert said(on("lørdag 20.–tirsdag 23. februar 2021", ", location: Hamar"), closed) == ["KFL524", "KFL404"]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("uke 28–30 2021", []),  # its last day is 1 August
        ("uke 30 2021", []),
        ("senest uke 30 2021", []),
        ("uke 31 2020", []),  # its first day is 27 July
        ("fra uke 31 2020, senest uke 30 2021", []),
        ("uke 31 2021", ["KFL310"]),
        ("uke 30 2020", ["KFL310"]),
        ("uke 30–31 2021", ["KFL310"]),
        ("26. juli–1. august 2021", ["KFL310"]),  # days are days
        ("1. august 2021", ["KFL310"]),
    ],
)
def test_a_week_is_inside_if_one_of_its_days_is(when: str, found: list[str]) -> None:
    assert [code for code in said(on(when)) if code < "KFL4"] == found


def test_a_week_is_inside_the_window_of_its_activity_too() -> None:
    activity = "- id: a\n  title: Samling\n  when: januar 2021\n  sessions: [{id: b, when: uke %s 2021}]\n"

    assert [code for code in said(activity % 4) + said(activity % 5) if code < "KFL4"] == ["KFL309"]
    assert [code for code in said(activity % 1) if code < "KFL4"] == []


PARTIES = (
    "parties:\n  fsk: {name: Formannskapet}\n  kst: {name: Kommunestyret}\n  du: {name: Driftsutvalget}\n"
    "  politikere: {name: Politikerne, members: [fsk, kst]}\n"
)
REGIONS = "regions: {nord: {name: Nord}, sor: {name: Sør}}\n"


def _clash(first: str, second: str, head: str) -> list[str]:
    rows = "".join(
        f"- {{id: {id_}, title: Møte {id_}, when: 3.2.2021, location: Rådhuset{more}}}\n"
        for id_, more in (("a", first), ("b", second))
    )
    found = run(_plan(rows, PARTIES + head), thorough=True).diagnostics
    return [Translator("nb").message(each.message) for each in found if each.rule.code == "KFL413"]


@pytest.mark.parametrize(
    ("first", "second", "whom"),
    [
        (", audience: fsk", ", audience: kst", None),
        (", audience: [fsk, du]", ", audience: [kst]", None),
        (", audience: fsk", ", audience: fsk", "Formannskapet"),
        (", audience: [fsk, du]", ", audience: [du, kst]", "Driftsutvalget"),
        (", audience: politikere", ", audience: kst", "Kommunestyret"),
        (", audience: politikere", ", audience: politikere", "Politikerne"),
        (", audience: politikere", ", audience: du", None),
        (", audience: fsk", "", None),  # nobody knows whom it is for
        ("", "", None),
    ],
)
def test_two_committees_may_meet_on_one_day(first: str, second: str, whom: str | None) -> None:
    expected = [f"2 samlinger onsdag 3. februar 2021 for {whom}"] if whom else []

    assert _clash(first, second, "") == expected
    assert _clash(second, first, "") == expected


@pytest.mark.parametrize(
    ("first", "second", "clashes"),
    [
        (", audience: fsk", ", audience: kst", False),
        (", audience: politikere", ", audience: kst", True),
        (", audience: fsk", "", True),  # without an audience it is for all in the region
        ("", "", True),
    ],
)
def test_two_audiences_of_a_region_are_no_clash(first: str, second: str, clashes: bool) -> None:  # noqa: FBT001  a row
    found = _clash(f"{first}, region: nord", f"{second}, region: nord", REGIONS)

    assert found == ["2 samlinger onsdag 3. februar 2021 i Nord"] * clashes


def _rows(number: int, more: str) -> str:
    return "".join(f"- {{id: {more[2:3]}{n}, title: T, when: mars 2021{more}}}\n" for n in range(number))


@pytest.mark.parametrize(
    ("filled", "empty", "key", "found"),
    [
        (0, 4, "responsible", []),  # the plan has no column Ansvar
        (1, 4, "responsible", []),
        (1, 3, "responsible", ["KFL521"]),
        (4, 1, "responsible", ["KFL521"]),
        (0, 4, "audience", []),
        (3, 4, "audience", []),
        (4, 4, "audience", ["KFL522"]),
    ],
)
def test_a_column_that_the_plan_does_not_have_is_missing_in_no_row(
    filled: int, empty: int, key: str, found: list[str]
) -> None:
    rows = _rows(filled, f", {key}: fsk") + _rows(empty, ", note: N")

    assert [code for code in said(rows, PARTIES) if code in {"KFL521", "KFL522"}] == found


def test_whom_it_is_for_may_be_a_class() -> None:
    rows = (
        "- {id: a, title: A, when: mars 2021, audience: fsk}\n"
        "- {id: b, title: B, when: mars 2021, region: nord}\n"
        "- {id: c, title: C, sessions: [{for: nord, when: mars 2021}, {for: sor, when: april 2021}]}\n"
        "- {id: d, title: D, when: mars 2021, audience: fsk}\n"
        "- {id: e, title: E, when: før c}\n"
        "- {id: f, title: F, when: mars 2021, audience: fsk}\n"
    )
    found = run(_plan(rows, PARTIES + REGIONS), thorough=True).diagnostics

    assert [str(each.span.line) for each in found if each.rule.code == "KFL522"] == ["14"]
