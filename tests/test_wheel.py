"""The year wheel: where things stand, and that nothing stands on anything else."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfl_cli.exports.drawings.lettering import Captions
from kfl_cli.exports.drawings.wheel import LARGE, SMALL, Size, Wheel, wheels
from kfl_cli.exports.numbering import letters, number_dates
from kfl_cli.exports.templates.environment import Templates
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.schedule.select import Request, Selection, select, understand
from tests.plans import HEAD, schedule
from tests.test_exports import PLAN, export

if TYPE_CHECKING:
    from pathlib import Path

    from kfl_cli.schedule.occurrence import Schedule

WIDE = HEAD.replace("høst 2017 – høst 2018", "2010–2030")


def draw(found: Schedule, size: Size = LARGE, region: str | None = None) -> list[Wheel]:
    selection = understand(Request(region=(region,)), found.plan) if region else Selection()
    kept = select(found, selection)
    months = VOCABULARIES["nb"].months
    texts = {each.id: each.title for each in kept.occurrences}
    return wheels(kept, number_dates(kept), Captions(months, "Felles", texts), selection.leaves, size)


def angle(x: float, y: float) -> float:
    """Return where a point stands, in degrees from the top; what begins the year is 0."""
    found = math.degrees(math.atan2(x, -y)) % 360
    return found - 360 if found > 340 else found


def labels(wheel: Wheel) -> list[tuple[str, list[str]]]:
    """Return the rings and what stands in them."""
    return [(ring.name, [mark.numbers for mark in ring.marks]) for ring in wheel.rings]


ROWS = """
- {id: a, title: A, when: 2017-08-01}
- {id: b, title: B, when: senest 31.7.2018, region: nord}
- id: c
  title: C
  sessions:
    - {for: nord, when: 2018-01-18}
    - {for: hedmarken, when: 2018-01-18, status: tentative}
- {id: d, title: D, when: høst 2017}
- {id: e, title: E, when: etter c}
- {id: f, title: F, when: ikke fastsatt}
- {id: g, title: G, when: 2018-08-01}
- {id: h, title: H, when: 2018-05-01, status: cancelled}
"""


def test_wheel_is_a_school_year_that_crosses_new_year() -> None:
    first, second = draw(schedule(ROWS))

    assert (first.first, first.last) == (date(2017, 8, 1), date(2018, 7, 31))
    assert labels(first) == [("Felles", ["1"]), ("Nord-Østerdal", ["2", "5"]), ("Hedmarken", ["3"])]
    assert sorted((period.letter, period.open_end) for period in first.periods) == [("A", False), ("B", True)]
    assert labels(second)[0] == ("Felles", ["6"])


def test_wheel_begins_at_the_top_and_goes_clockwise() -> None:
    first = draw(schedule(ROWS))[0]

    august, end = first.rings[0].marks[0].at, first.rings[1].marks[-1].at
    assert abs(august.x) < 8
    assert august.y < 0
    assert end.x < 0


def test_rings_of_one_region_are_its_groups() -> None:
    assert [name for name, _ in labels(draw(schedule(ROWS), region="hedmarken")[0])] == [
        "Felles",
        "Ringsaker og Løten",
        "Hamar og Stange",
    ]
    assert [name for name, _ in labels(draw(schedule(ROWS), region="Tynset")[0])] == ["Felles", "Nord-Østerdal"]


def test_many_regions_share_a_ring() -> None:
    head = "kfl: 1\nplan: {id: prove, title: Prøve}\nregions:\n"
    head += "".join(f"  r{number}: {{name: Region {number}}}\n" for number in range(9))

    found = draw(schedule("- {id: a, title: A, when: 2017-09-01, region: r8}\n", head))

    assert labels(found[0]) == [("Felles", []), ("Region 0, Region 1 …", ["1"])]


def test_plan_without_dates_has_no_wheel() -> None:
    assert draw(schedule("")) == []
    assert draw(schedule("- {id: f, title: F, when: ikke fastsatt}")) == []


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([0], ["1"]),
        ([0, 0, 0], ["1–3"]),
        ([0, 30], ["1", "2"]),
        ([0, 1, 60], ["1–2", "3"]),
    ],
)
def test_dates_that_would_overlap_are_one_mark(days: list[int], shown: list[str]) -> None:
    rows = "".join(
        f"- {{id: a{n}, title: A, when: {date(2017, 9, 1) + timedelta(days=day)}}}\n" for n, day in enumerate(days)
    )

    assert labels(draw(schedule(rows))[0])[0] == ("Felles", shown)


SCOPES = st.sampled_from(
    ["", ", region: nord", ", region: hedmarken", ", region: hamar-stange", ", region: [nord, hedmarken]"]
)
DATES = st.lists(st.tuples(st.dates(date(2016, 8, 1), date(2019, 7, 31)), SCOPES, st.booleans()), max_size=150)


def rows_of(dates: list[tuple[date, str, bool]]) -> str:
    """Return activities with a day, a region and whether they are deadlines."""
    return "".join(
        f"- {{id: a{n}, title: A{n}, when: '{'senest ' if due else ''}{day.day}.{day.month}.{day.year}'{scope}}}\n"
        for n, (day, scope, due) in enumerate(dates)
    )


@given(DATES, st.sampled_from([LARGE, SMALL]))
@settings(max_examples=60)
def test_no_mark_stands_on_another_and_none_is_lost(dates: list[tuple[date, str, bool]], size: Size) -> None:
    found = draw(schedule(rows_of(dates), WIDE), size)

    shown = {text for wheel in found for ring in wheel.rings for mark in ring.marks for text in mark.texts}
    assert shown == {f"A{n}" for n in range(len(dates))}
    for wheel in found:
        for ring in wheel.rings:
            turned = [(angle(mark.at.x, mark.at.y), mark.half_width) for mark in ring.marks]
            for (before, first), (after, second) in pairwise(turned):
                assert math.radians(after - before) * ring.radius >= first + second
            assert all(2 * mark.half_height <= ring.width for mark in ring.marks)


@given(st.lists(st.tuples(st.dates(date(2017, 8, 1), date(2018, 6, 30)), st.integers(0, 200)), max_size=30))
@settings(max_examples=40)
def test_no_period_lies_on_another(periods: list[tuple[date, int]]) -> None:
    rows = "".join(
        f"- {{id: a{n}, title: A{n}, when: 'fra {start:%d.%m.%Y}, innen {start + timedelta(days=days):%d.%m.%Y}'}}\n"
        for n, (start, days) in enumerate(periods)
    )
    for wheel in draw(schedule(rows, WIDE)):
        lanes: dict[float, list[tuple[float, float]]] = {}
        for period in wheel.periods:
            ax, ay, radius, _, _, _, _, bx, by = map(float, re.findall(r"-?[0-9.]+", period.path)[:9])
            lanes.setdefault(radius, []).append((angle(ax, ay), angle(bx, by)))
        for spans in lanes.values():
            for (_, end), (start, _) in pairwise(sorted(spans)):
                assert start >= end - 0.5
        assert len(wheel.periods) + wheel.left_out <= len(periods)


def test_letters_go_on_after_z() -> None:
    assert [letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_svg_is_a_drawing_of_its_own() -> None:
    root = ET.fromstring(export(PLAN, "svg"))  # noqa: S314  what kfl wrote itself
    namespace = "{http://www.w3.org/2000/svg}"

    assert root.findtext(f"{namespace}title") == "FoU-prosjektet Kultur for læring barnehage"
    wheels_drawn = root.findall(f".//{namespace}svg[@role='img']")
    assert [wheel.get("aria-label", "").split(".")[0] for wheel in wheels_drawn] == [
        "Årshjul 2017/18",
        "Årshjul 2018/19",
    ]
    assert [text.text for text in root.iter(f"{namespace}text") if text.text == "26–27"] == ["26–27"]


WHEELS = (
    "1. august 2017–31. juli 2018: 37 datoer, 10 perioder",
    "1. august 2018–31. juli 2019: 0 datoer, 4 perioder",
)


def test_own_template_of_a_wheel_gets_the_values_that_are_described(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "wheel.svg.j2").write_text(
        "<text>{{ year }} | {{ title }} | {{ about }} | {{ counts | join(' | ') }} | {{ wheel.first }}</text>"
    )

    root = ET.fromstring(export(PLAN, "svg", templates=Templates(tmp_path)))  # noqa: S314  what kfl wrote itself

    assert [(text.text or "").split(" | ") for text in root.iter("{http://www.w3.org/2000/svg}text")] == [
        ["2017/18", "Årshjul 2017/18", WHEELS[0], "37 datoer", "10 perioder", "2017-08-01"],
        ["2018/19", "Årshjul 2018/19", WHEELS[1], "0 datoer", "4 perioder", "2018-08-01"],
    ]
