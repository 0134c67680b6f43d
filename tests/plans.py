"""Plans for tests, as text: a head with regions and parties, and what a test puts under ``activities:``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from kfl_cli.pipeline import run
from kfl_cli.translate import Translator

if TYPE_CHECKING:
    from kfl_cli.resolve import Occurrence, Schedule

HEAD = """\
kfl: 1
plan:
  id: prove
  title: Prøveplan
  version: 2017-12-04
  period: høst 2017 – høst 2018
regions:
  nord: {name: Nord-Østerdal, municipalities: [Tynset, Alvdal]}
  hedmarken:
    name: Hedmarken
    aliases: [Hedmarkregionen]
    groups:
      ringsaker-loten: {name: Ringsaker og Løten, municipalities: [Ringsaker, Løten]}
      hamar-stange: {name: Hamar og Stange, municipalities: [Hamar, Stange]}
parties:
  sepu: {name: SePU, kind: organisation, aliases: [Senter for praksisrettet utdanningsforskning]}
  styrer: {name: Styrer, kind: role, aliases: [Styrere]}
  fmhe: {name: FMHE}
"""


def plan_text(activities: str, head: str = HEAD) -> str:
    """Return a whole plan."""
    body = textwrap.indent(textwrap.dedent(activities).strip("\n"), "  ")
    return f"{head}activities:\n{body}\n" if body.strip() else f"{head}activities: []\n"


def schedule(activities: str, head: str = HEAD) -> Schedule:
    """Return the schedule of a plan without findings."""
    checked = run(plan_text(activities, head).encode())
    assert [Translator("en").message(each.message) for each in checked.diagnostics] == []
    assert checked.schedule is not None
    return checked.schedule


def findings(activities: str, head: str = HEAD) -> list[tuple[str, str]]:
    """Return code and English message of each finding."""
    checked = run(plan_text(activities, head).encode())
    return [(each.rule.code, Translator("en").message(each.message)) for each in checked.diagnostics]


def days(occurrence: Occurrence) -> tuple[str, str, str]:
    """Return id, first and last day."""
    return occurrence.id, str(occurrence.window.start), str(occurrence.window.end)
