"""``kfl list`` and ``kfl show``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command_line import PLAN, SMALL, in_a_terminal
from tests.conftest import ROOT, Result

if TYPE_CHECKING:
    from collections.abc import Callable


def test_list_into_a_pipe_cuts_nothing(kfl: Callable[..., Result]) -> None:
    assert kfl("list", "--until", "januar 2018", plan=SMALL).out == (
        "januar 2018                            Lese\n"
        "torsdag 18. januar 2018 (uke 3)        Samling            SePU  Styrer\n"
        "senest fredag 19. januar 2018 (uke 3)  Foreløpig: Levere\n"
    )


def test_list_of_nothing_says_so(kfl: Callable[..., Result]) -> None:
    assert kfl("list", "--until", "2000", plan=SMALL).out == "Ingenting i planen passer til dette utvalget.\n"


def test_show_tells_all_of_an_activity(kfl: Callable[..., Result]) -> None:
    assert kfl("show", "workshop-2", plan=PLAN).out == (ROOT / "tests" / "golden" / "show-workshop-2.txt").read_text(
        encoding="utf-8"
    )


def test_show_of_one_date_shows_only_that(kfl: Callable[..., Result]) -> None:
    shown = kfl("show", "workshop-2/nord-osterdal", plan=PLAN).out.split("Datoer:\n")[1]

    assert shown == "  onsdag 14. mars 2018 (uke 11) – Nord-Østerdal [workshop-2/nord-osterdal]\n"


@pytest.mark.parametrize("columns", [20, 60, 120])
def test_list_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    (tmp_path / "plan.yaml").write_bytes(PLAN)

    shown = in_a_terminal(tmp_path, ["list", "--region", "hedmarken"], columns, NO_COLOR="1")

    lines = re.sub("\x1b\\[[0-9;]*m", "", shown).split("\n")
    assert max(len(line) for line in lines) <= columns
    assert "\x1b[3" not in shown


def test_show_tells_what_is_particular_to_an_activity(kfl: Callable[..., Result]) -> None:
    shown = kfl("--plan", str(ROOT / "tests" / "data" / "edge.yaml"), "show", "webinar").out.split("\n")

    assert [shown[0], *shown[2:]] == [
        "Webinar",
        "Status: AVLYST",
        "Når: tysdag 10. november 2026 (veke 46) kl. 18.00",
        "Region: Nord, Aust",
        "",
        "Datoar:",
        "  tysdag 10. november 2026 (veke 46) kl. 18.00 – Nord, Aust [webinar]",
        "",
        "Lenker:",
        "    https://example.no/møte",
        "",
    ]


def test_name_that_may_be_several_regions_is_not_guessed(kfl: Callable[..., Result]) -> None:
    twice = (
        "kfl: 1\nplan: {id: p, title: P}\nregions: {a: {name: A, municipalities: [B]}, c: {name: B}}\nactivities: []"
    )

    result = kfl("--lang", "en", "list", "--region", "B", plan=twice)

    assert (result.code, result.err) == (2, "Error: --region: «B» may be any of c, a\n")
