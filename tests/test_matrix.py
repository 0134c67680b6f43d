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


COMMITTEES = """\
kfl: 1
plan: {id: moter, title: Møteplan, period: 2020}
parties:
  formannskapet: {name: Formannskapet}
  driftsutvalget: {name: Driftsutvalget}
  alle-utvalg: {name: Alle utvalg, members: [formannskapet, driftsutvalget]}
activities:
  - id: formannskap
    title: Formannskapet
    audience: formannskapet
    sessions:
      - {id: a, when: 3. februar 2020}
      - {id: b, when: 22. april 2020}
      - {id: c, when: 29. april 2020, status: tentative}
  - {id: dagseminar, title: Dagseminar, when: 14.–15. april 2020, audience: alle-utvalg}
  - {id: tertial, title: Tertialrapport, when: senest 30. april 2020, responsible: driftsutvalget}
  - {id: budsjett, title: Budsjett, when: februar–mars 2020, responsible: formannskapet}
  - {id: tur, title: Tur, when: ikke fastsatt, audience: driftsutvalget}
"""


def test_matrix_without_regions_is_by_month(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", "--until", "2020", plan=COMMITTEES).out == (
        "Aktivitet       Februar 2020       Mars 2020  April 2020\n"
        "Formannskapet   3.                            22., 29. Foreløpig\n"
        "Dagseminar                                    14.–15.\n"
        "Tertialrapport                                senest 30.\n"
        "Budsjett        februar–mars 2020\n"
    )


def test_matrix_of_parties_by_month(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", "--by", "party", "--format", "md", plan=COMMITTEES).out == (
        "| Rolle | Februar 2020 | Mars 2020 | April 2020 | Uten dato |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Formannskapet | februar–mars 2020 Budsjett, 3. |  | "
        "14.–15. Dagseminar, 22., 29. Foreløpig: Formannskapet |  |\n"
        "| Driftsutvalget |  |  | 14.–15. Dagseminar, senest 30. Tertialrapport | ikke fastsatt Tur |\n"
        "| Alle utvalg |  |  | 14.–15. Dagseminar |  |\n"
    )


def test_matrix_by_month_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("matrix", "--by", "month", "--format", "json", plan=COMMITTEES).out)
    months = ["2020-02", "2020-03", "2020-04", None]

    assert document["columns"] == months
    assert [cell["month"] for cell in document["rows"][0]["cells"]] == months
    assert [each["id"] for each in document["rows"][0]["cells"][2]["dates"]] == ["formannskap/b", "formannskap/c"]
    assert [each["id"] for each in document["rows"][4]["cells"][3]["dates"]] == ["tur"]


def test_matrix_by_month_where_nothing_is_selected(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", "--until", "2019", plan=COMMITTEES).out == "Ingenting i planen passer til dette utvalget.\n"


def test_matrix_of_many_years_has_only_the_months_that_are_used(kfl: Callable[..., Result]) -> None:
    plan = COMMITTEES.replace("period: 2020", "period: 2018–2026").replace("3. februar 2020", "3. februar 2026")
    document = json.loads(kfl("matrix", "--format", "json", "--from", "2018", plan=plan).out)

    assert document["columns"] == ["2020-02", "2020-04", "2026-02"]


def test_matrix_by_month_shows_what_has_no_date_and_each_day_once(kfl: Callable[..., Result]) -> None:
    plan = plan_text("""
        - {id: tur, title: Tur, when: ikke fastsatt}
        - id: kurs
          title: Kurs
          sessions: [{for: nord, when: 2018-02-02}, {for: ringsaker-loten, when: 2018-02-02}]
        """)

    assert kfl("matrix", "--by", "month", plan=plan).out == (
        "Aktivitet  Februar 2018  Uten dato\nTur                      ikke fastsatt\nKurs       2.\n"
    )
