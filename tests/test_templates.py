"""A plan's own templates: used where there are any, and only by what needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.conftest import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEMPLATE = "event.txt.j2"
"""The description of a calendar entry."""
PLAN = """
kfl: 1
plan: {id: p, title: P}
activities:
  - {id: a, title: A, when: 2018-01-08}
"""


def test_template_of_a_plan_is_used(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / TEMPLATE).write_text("Om {{ written }}", encoding="utf-8")

    found = kfl("export", "--ics", plan=PLAN).out

    assert re.findall("^DESCRIPTION:Om.*", found, re.MULTILINE) == ["DESCRIPTION:Om mandag 8. januar 2018 (uke 2)\r"]


def test_template_of_a_plan_gets_lists_as_before(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / TEMPLATE).write_text("{{ links + ['x'] }}", encoding="utf-8")

    found = kfl("export", "--ics", plan=PLAN).out

    assert re.findall(r"^DESCRIPTION:\[.*", found, re.MULTILINE) == ["DESCRIPTION:['x']\r"]


def test_broken_template_stops_only_what_uses_it(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / TEMPLATE).write_bytes(b"\xff")

    assert kfl("export", "--ics", plan=PLAN).code == 2
    assert kfl("export", "--ics", "--from", "2020-01-01", plan=PLAN).code == 0
