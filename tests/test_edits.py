"""``kfl done``: an edit of the plan file that changes one value and leaves every other byte as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kfl_cli.pipeline import run
from kfl_cli.plan.edits import with_value
from kfl_cli.plan.model import Activity, Plan, Status, Task
from tests.conftest import Result
from tests.fuzz.strategies import documents
from tests.plans import HEAD, plan_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARKED = [
    # what stands under `activities:`, what is given to kfl done, and the same with its status
    ("- {id: a, title: A, when: mai 2018}\n", ["a"], "- {id: a, title: A, when: mai 2018, status: done}\n"),
    ("- {id: a, title: A, when: mai 2018,}  # x\n", ["a"], "- {id: a, title: A, when: mai 2018, status: done,}  # x\n"),
    (
        '- {"id": "a", "title": "A", "when": "mai 2018"}\n',
        ["a"],
        '- {"id": "a", "title": "A", "when": "mai 2018", "status": "done"}\n',
    ),
    (
        "- {id: a, # den første\n   title: A,\n   when: mai 2018 # snart\n  }\n",
        ["a"],
        "- {id: a, # den første\n   title: A,\n   when: mai 2018, status: done # snart\n  }\n",
    ),
    (
        "- id: a\n  title: 🏔 På fjellet\n  when: mai 2018  # æøå\n  note: Ja\n",
        ["a"],
        "- id: a\n  title: 🏔 På fjellet\n  when: mai 2018  # æøå\n  status: done\n  note: Ja\n",
    ),
    (
        "- {id: a, title: '🏔🏔', status: tentative, when: mai 2018}  # kommentar\n",
        ["a"],
        "- {id: a, title: '🏔🏔', status: done, when: mai 2018}  # kommentar\n",
    ),
    (
        "- id: a\n  title: A\n  status: tentative  # kommentar\n  when: mai 2018\n",
        ["a"],
        "- id: a\n  title: A\n  status: done  # kommentar\n  when: mai 2018\n",
    ),
    (
        "- id: a\n  title: A\n  status:   # kommentar\n  when: mai 2018\n",
        ["a"],
        "- id: a\n  title: A\n  status: done   # kommentar\n  when: mai 2018\n",
    ),
    (
        '- id: a\n  title: A\n  status: "tentative"\n  when: mai 2018\n',
        ["a"],
        '- id: a\n  title: A\n  status: "done"\n  when: mai 2018\n',
    ),
    (
        "- id: a\n  title: A\n  when: mai 2018\n  status: >-\n    tentative\n\n# slutt\n",
        ["a"],
        "- id: a\n  title: A\n  when: mai 2018\n  status: done\n\n# slutt\n",
    ),
    (
        "- id: a\n  title: >\n    En tittel\n  when:\n    mai\n    2018\n  note: |\n    Ja\n",
        ["a"],
        "- id: a\n  title: >\n    En tittel\n  when:\n    mai\n    2018\n  status: done\n  note: |\n    Ja\n",
    ),
    (
        "- id: a\n  title: A\n  sessions:\n  - for: nord\n    when: mai 2018\n  - {for: [hedmarken], when: mai 2018}\n",
        ["a", "hedmarken"],
        (
            "- id: a\n  title: A\n  sessions:\n  - for: nord\n    when: mai 2018\n"
            "  - {for: [hedmarken], when: mai 2018, status: done}\n"
        ),
    ),
    (
        "-   id: a\n    title: A\n    when: mai 2018\n    tasks:\n      -   title: Bestille\n      - {title: To}\n",
        ["a", "bestille"],
        (
            "-   id: a\n    title: A\n    when: mai 2018\n    tasks:\n      -   title: Bestille\n"
            "          status: done\n      - {title: To}\n"
        ),
    ),
    (
        "- {id: a, title: A, when: mai 2018, tasks: [{id: b, title: B, when: senest 2.5.2018}]}",
        ["a/b"],
        "- {id: a, title: A, when: mai 2018, tasks: [{id: b, title: B, when: senest 2.5.2018, status: done}]}",
    ),
    (
        "- {id: a, title: A, sessions: [{for: nord, when: 2018-01-18}]}\n",
        ["a", "nord-østerdal"],
        "- {id: a, title: A, sessions: [{for: nord, when: 2018-01-18, status: done}]}\n",
    ),
    ("- &x {id: a, title: &t A, when: mai 2018}", ["a"], "- &x {id: a, title: &t A, when: mai 2018, status: done}"),
    (
        "- &x\n  id: a\n  title: A\n  when: mai 2018",
        ["a"],
        "- &x\n  id: a\n  title: A\n  when: mai 2018\n  status: done",
    ),
]


@pytest.mark.parametrize(("rows", "arguments", "marked"), MARKED)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_done_changes_one_value_of_the_file(
    kfl: Callable[..., Result], tmp_path: Path, rows: str, arguments: list[str], marked: str, line_end: str, mark: str
) -> None:
    def file(text: str) -> bytes:
        return (mark + f"{HEAD}activities:\n{text}".replace("\n", line_end)).encode()

    result = kfl("done", *arguments, plan=file(rows))
    assert (result.code, result.err) == (0, "")
    assert (tmp_path / "plan.yaml").read_bytes() == file(marked)
    assert kfl("done", *arguments).out.endswith(" er ferdig fra før\n")
    assert (tmp_path / "plan.yaml").read_bytes() == file(marked)


@given(
    documents(),
    st.data(),
    st.sampled_from([True, False, None]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", ""]),
)
def test_done_changes_the_status_alone_and_no_other_byte(
    document: dict[str, Any], data: st.DataObject, flow: object, line_end: str, mark: str, end: str
) -> None:
    text = yaml.safe_dump(
        document, allow_unicode=True, sort_keys=False, default_flow_style=cast("bool", flow), width=40
    )
    text = text.rstrip("\n") + end
    before = (mark + text.replace("\n", line_end)).encode()
    plan = _plan(before)
    if plan is None or not plan.activities:
        return
    number = data.draw(st.integers(0, len(plan.activities) - 1))
    activity = plan.activities[number]
    parts: tuple[Activity | Task, ...] = (activity, *activity.tasks)
    part = data.draw(st.sampled_from(parts))
    assert plan.node is not None
    assert part.node is not None
    after = with_value(before, plan.node, part.node, "status", "done")
    done = _plan(after)
    assert done is not None
    if part is activity:
        marked = replace(activity, status=Status.DONE)
    else:
        marked = replace(
            activity, tasks=tuple(replace(e, status=Status.DONE) if e is part else e for e in activity.tasks)
        )
    activities = (*plan.activities[:number], marked, *plan.activities[number + 1 :])
    assert replace(done, node=None) == replace(plan, node=None, activities=activities)
    kept = _common(before, after) + _common(before[::-1], after[::-1])
    assert kept >= len(before) - len("tentative'"), "a status was replaced, or a line added"


def _plan(data: bytes) -> Plan | None:
    checked = run(data)
    return checked.schedule.plan if checked.schedule and not checked.errors else None


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts begin with alike."""
    return next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


SHARED = """
- id: a
  title: A
  sessions: &samlinger
    - {for: nord, when: 2018-01-18}
- id: b
  title: B
  sessions: *samlinger
- {id: c, title: C, when: mai 2018, status: &ord tentative}
- {id: d, title: D, when: mai 2018, status: *ord}
- {id: e, title: E, when: mai 2018, status: cancelled}
- {id: f, title: F, when: før a, region: nord}
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a", "nord"], "plan.yaml:23:15: verdien brukes flere steder (anker eller alias); skriv «status» selv"),
        (["c"], "plan.yaml:27:47: verdien brukes flere steder (anker eller alias); skriv «status» selv"),
        (["d"], "plan.yaml:27:47: verdien brukes flere steder (anker eller alias); skriv «status» selv"),
        (["e"], "E er avlyst; rett `status:` hvis det ble noe av likevel"),
        (["f", "nord"], "datoene for «f» følger av en annen aktivitet; bare hele aktiviteten kan bli ferdig"),
        (["a", "hedmark"], "«a» har ingen samling eller deloppgave «hedmark»"),
        (["a/nord", "nord"], "«a/nord» navngir allerede en samling eller deloppgave; ta bort «nord»"),
        (["a", "nordd"], "«a» har ingen samling eller deloppgave «nordd»; mente du «nord»?"),
        (["aa"], "planen har ingen aktivitet «aa»; mente du «a»?"),
    ],
)
def test_done_refuses_what_it_cannot_write(
    kfl: Callable[..., Result], tmp_path: Path, arguments: list[str], said: str
) -> None:
    plan = plan_text(SHARED)
    result = kfl("done", *arguments, plan=plan)
    assert (result.code, result.out, result.err) == (2, "", f"Error: {said}\n")
    assert (tmp_path / "plan.yaml").read_text() == plan


def test_done_says_where_and_leaves_a_plan_with_errors_alone(kfl: Callable[..., Result], tmp_path: Path) -> None:
    rows = "- {id: a, title: A, sessions: [{for: nord, when: 2018-01-18}, {for: hedmarken, when: 2018-01-19}]}"
    assert kfl("done", "a", "Hedmarken", plan=plan_text(rows)).out == "Ferdig: A – Hedmarken (plan.yaml:20)\n"
    wrong = plan_text("- {id: a, title: A, when: høsst}")
    assert (kfl("done", "a", plan=wrong).code, (tmp_path / "plan.yaml").read_text()) == (1, wrong)


def test_done_through_a_link_changes_the_file_that_it_leads_to(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "mappe").mkdir()
    (tmp_path / "mappe" / "plan.yaml").write_text(plan_text("- {id: a, title: A, when: mai 2018}"))
    (tmp_path / "plan.yaml").symlink_to("mappe/plan.yaml")
    assert kfl("done", "a").code == 0
    assert (tmp_path / "plan.yaml").is_symlink()
    assert (tmp_path / "mappe" / "plan.yaml").read_text().endswith("when: mai 2018, status: done}\n")
