"""``kfl matrix``: who has a session where."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.command_line import GOOD, in_a_terminal
from tests.conftest import Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable


MATRIX = plan_text("""
- id: b
  title: Workshop | 1
  sessions:
    - {for: nord, when: 2018-01-18/2018-01-19, status: tentative}
    - {for: ringsaker-loten, when: uke 4 2018}
- id: c
  title: Samling
  region: hedmarken
  sessions:
    - {for: hedmarken, when: 2018-02-01}
    - {id: igjen, for: hamar-stange, when: 2018-02-02, status: cancelled}
""")


def test_matrix_marks_gaps(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", plan=MATRIX).out == (
        "Aktivitet     Nord-Østerdal                    Ringsaker og Løten  Hamar og Stange\n"
        "Workshop | 1  18.1.2018–19.1.2018 (foreløpig)  uke 4 2018          mangler\n"
        "Samling                                        1.2.2018            1.2.2018, AVLYST\n"
    )


def test_matrix_in_a_terminal_fits_its_width(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(MATRIX, encoding="utf-8")

    shown = in_a_terminal(tmp_path, ["matrix"], 60, NO_COLOR="1")

    lines = re.sub("\x1b\\[[0-9;]*m", "", shown).split("\n")
    assert [line for line in lines if len(line) > 60] == []
    assert "mangler" in shown


def test_matrix_as_markdown_for_a_municipality(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", "--format", "md", "--region", "Hamar", plan=MATRIX).out == (
        "| Aktivitet | Hamar og Stange |\n| --- | --- |\n| Workshop \\| 1 | mangler |\n| Samling | 1.2.2018, AVLYST |\n"
    )


def test_matrix_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("matrix", "--format", "json", "--until", "20.1.2018", plan=MATRIX).out)

    assert [column["id"] for column in document["columns"]] == ["nord", "ringsaker-loten", "hamar-stange"]
    assert [
        (row["id"], [(cell["concerned"], cell["missing"], len(cell["sessions"])) for cell in row["cells"]])
        for row in document["rows"]
    ] == [("b", [(True, False, 1), (True, False, 0), (True, True, 0)])]


def test_matrix_of_a_plan_without_sessions(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", plan=GOOD).out == "Ingen aktivitet i utvalget har samlinger.\n"
