"""``labels`` under ``plan:``: what readers call a region, a role, the responsible and the audience."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from tests.conftest import Result
from tests.plans import HEAD, plan_text
from tests.releases import released

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LABELS = "  labels: {region: Kommune, role: Hvem du er, responsible: Eier, audience: Deltakere}\nregions:\n"
OWN = HEAD.replace("regions:\n", LABELS)
ROWS = """
- {id: samling, title: Samling, when: 2018-01-18, region: nord, responsible: sepu, audience: styrer, tasks: [{title: Rom, responsible: fmhe, audience: styrer}]}
- {id: mote, title: Møte, when: 2018-01-19, region: hedmarken, responsible: sepu, audience: styrer}
"""  # noqa: E501  a row of a plan
PLAN = plan_text(ROWS, OWN)
KFLS = ("Region", "Rolle", "Ansvar", "ansvar:", "Målgruppe", "målgruppe:")


@pytest.mark.parametrize(
    ("arguments", "labels"),
    [
        (["export", "--md"], ["Eier", "Deltakere", "Eier: FMHE", "Deltakere: Styrer"]),
        (["export", "--html"], ["<legend>Kommune</legend>", "<legend>Hvem du er</legend>", '">Eier</th>']),
        (["show", "samling"], ["Kommune: Nord-Østerdal", "Eier: SePU", "Deltakere: Styrer"]),
        (["--today", "2018-01-10", "upcoming"], ["Eier: SePU"]),
        (["export", "--ics"], ["Eier: SePU\\nDeltakere: Styrer"]),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith(("e", "-", "s")) else "",
)
def test_readers_read_the_plans_own_words(kfl: Callable[..., Result], arguments: list[str], labels: list[str]) -> None:
    shown = kfl(*arguments, plan=PLAN).out
    assert [label for label in labels if label not in shown] == []
    assert [word for word in KFLS if word in shown] == []
    theirs = kfl("--lang", "en", *arguments).out
    assert [label for label in labels if label in theirs] == labels


def test_site_and_changes_have_them_too(kfl: Callable[..., Result], tmp_path: Path) -> None:
    assert released(kfl, PLAN, "2017-12-04").code == 0
    changed = ROWS.replace("region: hedmarken, responsible: sepu", "responsible: fmhe")
    assert kfl("diff", plan=plan_text(changed, OWN)).out == (
        "Møte, fredag 19. januar 2018 (uke 3)\n  Eier: SePU → FMHE\n  Kommune: Hedmarken → alle\n"
    )
    assert kfl("build", "-o", "ut").code == 0
    page = (tmp_path / "ut" / "index.html").read_text()
    assert [word for word in ("<summary>Kommune …", "<summary>Hvem du er …") if word not in page] == []


def test_open_has_them(kfl: Callable[..., Result]) -> None:
    out = kfl("open", plan=plan_text(f"{ROWS}- {{id: a, title: A, when: mai 2018}}", OWN)).out
    assert "Deltakere: ingen" in out
    assert "Eier: ingen" in out


def test_calendar_names_them_on_lines_of_their_own(kfl: Callable[..., Result]) -> None:
    calendar: Any = icalendar.Calendar.from_ical(kfl("export", "--ics", plan=PLAN).out)
    lines = str(calendar.walk("VEVENT")[0]["description"]).splitlines()
    assert lines[:2] == ["Eier: SePU", "Deltakere: Styrer"]


def test_json_has_them(kfl: Callable[..., Result]) -> None:
    assert json.loads(kfl("export", "--json", plan=PLAN).out)["plan"]["labels"] == {
        "region": "Kommune",
        "role": "Hvem du er",
        "responsible": "Eier",
        "audience": "Deltakere",
    }
    assert json.loads(kfl("export", "--json", plan=plan_text(ROWS)).out)["plan"]["labels"] == {
        "region": None,
        "role": None,
        "responsible": None,
        "audience": None,
    }


def test_label_is_text_and_no_markup(kfl: Callable[..., Result]) -> None:
    evil = OWN.replace("Kommune", '"<b>|*Kom*"').replace("Eier", "'<i>\"; } body{}'")
    page = kfl("export", "--html", plan=plan_text(ROWS, evil)).out
    assert ("&lt;b&gt;|*Kom*" in page, "<b>" in page, "<i>" in page, '"; } body{}' in page) == (
        True,
        False,
        False,
        False,
    )
