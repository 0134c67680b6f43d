"""The title that stands alone: the same in calendars, live or dropped, in changes, in findings and in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kfl_cli.text.names import title_for
from tests.conftest import Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = """\
kfl: 1
plan: {id: prove, title: Prøveplan, version: 2018-01-02, period: 2018}
regions:
  os: {name: Os}
  voss: {name: Voss}
"""
OSLO = "- {id: a, title: Samling i Oslo, when: 2018-03-14, region: os}"
VOSS = """
- {id: a, title: Samling Voss, when: før b, region: voss}
- {id: b, title: Kurs, when: 2018-03-12}
"""


@pytest.mark.parametrize(
    ("title", "names", "label"),
    [
        ("Samling", [], "Samling"),
        ("Samling", ["Os"], "Samling – Os"),
        ("Samling i Oslo", ["Os"], "Samling i Oslo – Os"),
        ("Samling i Os", ["Os"], "Samling i Os"),
        ("Os: samling", ["Os"], "Os: samling"),
        ("Samling på Voss", ["Os"], "Samling på Voss – Os"),
        ("Samling", ["Os", "Voss"], "Samling – Os, Voss"),
        ("Samling for Os, Voss", ["Os", "Voss"], "Samling for Os, Voss"),
        ("Samling Os.", ["Os."], "Samling Os."),
        ("Samling Osx", ["Os."], "Samling Osx – Os."),
    ],
)
def test_title_names_whom_it_is_for_once(title: str, names: list[str], label: str) -> None:
    assert title_for(title, names) == label


def summaries(ics: str) -> list[str]:
    return [line for line in ics.splitlines() if line.startswith("SUMMARY:")]


def test_calendar_entry_is_called_the_same_once_it_is_dropped(kfl: Callable[..., Result]) -> None:
    assert kfl("release", "--today", "2018-01-02", plan=plan_text(OSLO, HEAD)).code == 0
    live = kfl("export", "--ics").out
    dropped = kfl("export", "--ics", plan=plan_text("", HEAD.replace("2018-01-02", "2018-01-09"))).out

    assert summaries(live) == ["SUMMARY:Samling i Oslo – Os"]
    assert summaries(dropped) == ["SUMMARY:AVLYST: Samling i Oslo – Os"]


def test_change_names_the_region_that_is_only_a_part_of_a_word(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(plan_text(OSLO, HEAD), encoding="utf-8")

    result = kfl("diff", "old.yaml", plan=plan_text(OSLO.replace("03-14", "03-15"), HEAD))

    assert result == Result(
        0, "Samling i Oslo – Os\n  Flyttet: onsdag 14. mars 2018 (uke 11) → torsdag 15. mars 2018 (uke 11)\n", ""
    )


def test_finding_and_list_call_it_the_same(kfl: Callable[..., Result]) -> None:
    found = kfl("validate", plan=plan_text(VOSS, HEAD)).out.splitlines()
    listed = kfl("list").out.splitlines()

    assert [line.partition("derived-closed-day: ")[2] for line in found if "derived-closed-day" in line] == [
        "«Samling Voss» faller på søndag 11. mars 2018; siste arbeidsdag før er fredag 9. mars 2018"
    ]
    assert [line.split("  ", 1)[1].strip() for line in listed] == ["Samling Voss", "Kurs"]
