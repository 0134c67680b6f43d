"""The language of a plan, found without reading the plan: the same as that of the plan that is read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kfl_cli.pipeline import run
from kfl_cli.plan.load.language import plan_language
from kfl_cli.plan.schema import DEFAULT_LANGUAGE
from tests.conftest import ROOT

GALLERY = sorted((ROOT / "tests" / "gallery").glob("*.yaml"))
HEAD = "kfl: 1\nplan: {id: p, title: P, version: 2018-01-04, period: 2018, language: en}\n"
ACTIVITIES = "activities: [{id: a, title: A, when: 2018-01-18}]\n"


def language_of_plan(data: bytes) -> str:
    schedule = run(data).schedule
    return schedule.plan.language if schedule else DEFAULT_LANGUAGE


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_gallery_speaks_the_language_that_it_is_read_with(path: Path) -> None:
    data = path.read_bytes()
    in_english = data.replace(b"plan: {", b"plan: {language: en, ").replace(b"plan:\n", b"plan:\n  language: en\n")

    assert plan_language(data) == language_of_plan(data)
    assert plan_language(in_english) == language_of_plan(in_english)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (HEAD + ACTIVITIES, "en"),
        (ACTIVITIES + HEAD, "en"),
        (HEAD.replace("plan:", '"plan":').replace("language", '"language"') + ACTIVITIES, "en"),
        (HEAD.replace("plan:", "plam:") + ACTIVITIES, "en"),
        (HEAD.replace("plan:", "? plan\n:") + ACTIVITIES, "en"),
        (HEAD.replace("language", "? [x]\n  : y, language").replace("en}", "nb}") + ACTIVITIES, "nb"),
        (HEAD.replace("id: p", "id: &a language").replace("language: en", "*a : en") + ACTIVITIES, "en"),
        (HEAD.replace("title: P", "title: &a en").replace("language: en", "language: *a") + ACTIVITIES, "en"),
        (HEAD + "plan: {language: nn}\n" + ACTIVITIES, "en"),
        (HEAD.replace("language: en", "language: nn, language: en") + ACTIVITIES, "nn"),
        (HEAD.replace("language: en", "språk: en") + ACTIVITIES, "nb"),
        (HEAD.replace("language: en", "language: [en]") + ACTIVITIES, "nb"),
        (HEAD.replace("language: en", "language:") + ACTIVITIES, "nb"),
        (HEAD.replace("kfl: 1", "kfl: 2") + ACTIVITIES, "nb"),
        ("? {kfl: 1}\n" + HEAD + ACTIVITIES, "en"),
        ("? kfl: 1\n" + HEAD.removeprefix("kfl: 1\n") + ACTIVITIES, "en"),
        (HEAD + ACTIVITIES + "]\n", "nb"),
        (HEAD + ACTIVITIES + "--- {}\n", "nb"),
        (f"[{HEAD}]", "nb"),
        ("", "nb"),
        ("plan", "nb"),
    ],
)
def test_language_of_a_head(text: str, language: str) -> None:
    assert plan_language(text.encode()) == language
    assert language_of_plan(text.encode()) == language


@pytest.mark.parametrize("seed", range(20))
def test_mutated_plans_speak_the_language_that_they_are_read_with(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same mutations each time
    pieces = [b"", b"\n", b": ", b"- ", b"#", b'"', b"\0", b"\xff", b"{", b"}", b"&a ", b"*a ", b"? ", b"kfl: 2\n"]
    for _ in range(20):
        data = bytearray((HEAD + ACTIVITIES).encode())
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(data) - 5)
            data[place : place + chance.randint(0, 3)] = chance.choice(pieces)

        assert plan_language(bytes(data)) == language_of_plan(bytes(data))
