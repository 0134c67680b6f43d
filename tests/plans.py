"""Plans for tests, as text: a head with regions and parties, and what a test puts under ``activities:``."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

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


def many(activities: int, regions: int) -> str:
    """Return a plan of a school year with days, deadlines, periods and sessions, spread over regions and parties."""
    head = "kfl: 1\nplan: {id: mange, title: Plan for mange, version: 2026-08-01, period: 2026–2027}\nregions:\n"
    head += "".join(f"  r{number}: {{name: Region {number}}}\n" for number in range(regions))
    head += "parties:\n" + "".join(f"  p{number}: {{name: Part {number}, kind: role}}\n" for number in range(8))
    return plan_text("\n".join(_one_of_many(number, regions) for number in range(activities)), head)


def _one_of_many(number: int, regions: int) -> str:
    day = date(2026, 8, 3) + timedelta(days=number * 11 % 320)
    region = f", region: r{number % regions}" if number % 3 else ""
    parties = f"responsible: [p{number % 8}], audience: [p{(number + 3) % 8}]"
    match number % 5:
        case 0:
            when = f"senest {day:%d.%m.%Y}"
        case 1:
            when = f"{day:%d.%m.%Y}–{day + timedelta(days=40 + number % 60):%d.%m.%Y}"
        case 2:
            when = f"{day} kl. 09.00–15.00"
        case _:
            when = str(day)
    if number % 10 != 9:
        return (
            f"- {{id: a{number}, title: Samling nr. {number} om språk, when: {when}{region}, {parties}, "
            "description: Vi ser på det som virker.}"
        )
    sessions = "".join(
        f"\n    - {{for: r{step}, when: {day + timedelta(days=step)}}}" for step in range(min(3, regions))
    )
    return (
        f"- id: a{number}\n  title: Verksted nr. {number}\n  responsible: [p1]\n  audience: [p2]\n"
        f"  description: Ta med *notater* fra sist.\n  sessions:{sessions}"
    )
