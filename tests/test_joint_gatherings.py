"""A joint gathering: one session for several regions is one of everything, and each region has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from kfl_cli.pipeline import run
from kfl_cli.schedule.select import Request
from tests.plans import HEAD, plan_text, schedule
from tests.test_checks import judged
from tests.test_exports import export
from tests.test_timeline import draw as timelines
from tests.test_wheel import draw as wheels

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

ROWS = """
- id: samling
  title: Samling
  when: januar 2018
  responsible: [kari, sepu, fmhe]
  audience: styrer
  sessions:
    - {for: [nord, hamar-stange], when: 2018-01-22 kl. 9–15, location: Elverum}
    - {for: ringsaker-loten, when: 2018-01-23 kl. 9–15, location: Moelv}
"""
HEADER = f"{HEAD}  kari: {{name: Kari, kind: person}}\n"
PLAN = plan_text(ROWS, HEADER).encode()


def entries(*regions: str) -> list[tuple[str, str, str, str]]:
    """Return UID, title, place and categories of each entry in the calendar of some regions."""
    calendar = Calendar.from_ical(export(PLAN, "ics", Request(region=regions)).decode())
    assert isinstance(calendar, Calendar)
    return [
        (str(event["UID"]), str(event["SUMMARY"]), str(event["LOCATION"]), ", ".join(map(str, event.categories)))
        for event in calendar.events
    ]


def test_each_region_has_the_one_entry_of_a_joint_gathering() -> None:
    whole = entries()
    joint = whole[0]

    assert joint[1:] == (
        "Samling – Nord-Østerdal, Hamar og Stange",
        "Elverum",
        "Nord-Østerdal, Hamar og Stange",
    )
    assert entries("nord") == entries("hamar-stange") == [joint]
    assert entries("hedmarken") == entries("nord", "hedmarken") == whole
    assert len({uid for uid, *_ in whole}) == 2


@pytest.mark.parametrize("order", ["nord, hamar-stange", "hamar-stange, nord", "nord, nord, Hamar og Stange"])
def test_order_of_the_regions_does_not_change_its_identity(order: str) -> None:
    found = schedule(ROWS.replace("nord, hamar-stange", order), HEADER)

    assert next(found.occurrences).id == "samling/hamar-stange-nord"


def test_joint_gathering_is_one_place_and_covers_each_region() -> None:
    assert judged(ROWS, HEADER) == []


def test_joint_gathering_of_a_region_that_the_activity_does_not_concern_is_an_error() -> None:
    checked = run(plan_text(ROWS.replace("  when: januar", "  region: hedmarken\n  when: januar"), HEADER).encode())

    assert [finding.rule.code for finding in checked.diagnostics] == ["KFL211"]


def test_joint_gathering_is_marked_in_the_ring_and_the_row_of_each_region() -> None:
    found = schedule(ROWS, HEADER)
    rings = {
        ring.name: sum(mark.ids.count("samling/hamar-stange-nord") for mark in ring.marks)
        for ring in wheels(found)[0].rings
    }
    rows = {
        " ".join(row.name_lines): sum(dated.mark.ids.count("samling/hamar-stange-nord") for dated in row.marks)
        for row in timelines(ROWS, HEADER)[0].rows
    }

    assert rings == rows == {"Felles": 0, "Nord-Østerdal": 1, "Hedmarken": 1}


def test_matrix_has_a_joint_gathering_under_each_region(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", plan=PLAN.decode()).out == (
        "Aktivitet  Nord-Østerdal    Ringsaker og Løten  Hamar og Stange\n"
        "Samling    22.1.2018 09.00  23.1.2018 09.00     22.1.2018 09.00\n"
    )
