"""The real plan: nothing of the source lost, nothing added."""

from __future__ import annotations

import re

from kfl_cli.pipeline import run
from tests.conftest import ROOT

SOURCE = (ROOT / "tests" / "data" / "prosjektplan-2017-12-04.txt").read_text(encoding="utf-8")
TABLE = (ROOT / "docs" / "source.md").read_text(encoding="utf-8")

checked = run((ROOT / "plan.yaml").read_bytes(), thorough=True)
assert checked.schedule is not None
SCHEDULE = checked.schedule


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_findings_are_those_that_docs_explain() -> None:
    codes = [each.rule.code for each in checked.diagnostics]

    assert codes == ["KFL602", "KFL524", "KFL523", "KFL522", "KFL601", "KFL407", "KFL531", "KFL514"]
    assert sorted(codes) == sorted(set(re.findall(r"^\| (KFL\d+) \|", TABLE, re.MULTILINE)))


def test_table_names_every_occurrence_and_only_those() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| \d+ \|", line)]
    named = {id_ for row in rows for id_ in re.findall(r"`([a-z0-9/-]+)`", row.rsplit("|", 2)[1])}
    activities = {entry.activity.id for entry in SCHEDULE.activities}
    occurrences = {each.id for each in SCHEDULE.occurrences if each.session or each.task}

    assert named >= activities | occurrences
    assert {id_ for id_ in named if "/" in id_} <= {each.id for each in SCHEDULE.occurrences}


def test_wording_of_every_row_stands_in_the_plan() -> None:
    """Word for word: the source is the heading, the goals and the rows, and the plan keeps each of their words."""
    plan = SCHEDULE.plan
    kept = [plan.source or "", *(part for goal in plan.goals for part in (goal.intention, *goal.aims))]
    kept += [entry.activity.source or "" for entry in SCHEDULE.activities]
    available = words(" ".join(kept))

    lost = [word for word in words(SOURCE) if word not in available]
    assert sorted(set(lost) - {"Målsetning", "Når", "Aktiviteter", "Ansvar", "Målgruppe", "mailto"}) == []


def test_every_date_of_the_source_is_in_the_plan() -> None:
    written = set(re.findall(r"^\s*(\d{1,2})/(\d{1,2})\b", SOURCE, re.MULTILINE))
    days = {(each.window.end.day, each.window.end.month) for each in SCHEDULE.occurrences if each.window.end}

    assert {(int(day), int(month)) for day, month in written} - days == set()


def test_open_questions_of_the_source_are_open_in_the_plan() -> None:
    fagdag = next(entry.activity for entry in SCHEDULE.activities if entry.activity.id == "fagdag")

    assert fagdag.status.value == "tentative"
    assert (fagdag.question or "").count("?") == 2
