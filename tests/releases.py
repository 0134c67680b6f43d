"""Plans that are released, for the tests of releases."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import icalendar

from tests.conftest import Result
from tests.plans import HEAD, plan_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


ROWS = """
- id: workshop
  title: Workshop
  responsible: [sepu]
  audience: [styrer]
  sessions:
    - {for: nord, when: 2018-01-18, location: Tynset}
    - {for: hamar-stange, when: 2018-01-19 09:00–15:00}
- {id: mote, title: Møte, when: før workshop, region: [nord, hamar-stange], responsible: [fmhe]}
- {id: arbeid, title: Regionvis arbeid, when: våren 2018, responsible: [sepu]}
"""


def version(rows: str, day: str) -> str:
    """Return a plan in the version of a day."""
    return plan_text(rows, HEAD.replace("2017-12-04", day))


FIRST = version(ROWS, "2017-12-04")


def released(kfl: Callable[..., Result], plan: str, day: str, *arguments: str) -> Result:
    return kfl("--today", day, "--lang", "en", "release", *arguments, plan=plan)


def events(ics: str) -> dict[str, tuple[int, str, str]]:
    """Return SEQUENCE, day of DTSTAMP and STATUS by SUMMARY, as icalendar reads them."""
    calendar: Any = icalendar.Calendar.from_ical(ics)
    return {
        str(event["SUMMARY"]): (int(event["SEQUENCE"]), f"{event['DTSTAMP'].dt:%Y-%m-%d}", str(event["STATUS"]))
        for event in calendar.walk("VEVENT")
    }


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=kfl", "-c", "user.email=kfl@example.no")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)
