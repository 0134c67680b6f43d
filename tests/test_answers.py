"""JSON of the commands that answer questions: its structs are its schema, and the documentation names their keys."""

from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import msgspec
import pytest

from kfl_cli.exports.answers.changes import ChangesJson
from kfl_cli.exports.answers.coverage import CoverageJson
from kfl_cli.exports.answers.open_questions import OpenQuestionsJson
from kfl_cli.exports.answers.upcoming_json import UpcomingJson
from kfl_cli.text.json import JsonObject, schema_of
from tests.conftest import ROOT, Result

ANSWERS: dict[tuple[str, ...], tuple[type[JsonObject], str]] = {
    ("--today", "2018-01-04", "upcoming", "--json"): (UpcomingJson, "exports.md"),
    ("open", "--format", "json"): (OpenQuestionsJson, "exports.md"),
    ("matrix", "--format", "json"): (CoverageJson, "exports.md"),
    ("diff", "plan.yaml", "--format", "json"): (ChangesJson, "releases.md"),
}
"""Struct of the answer, and the page that describes it, by command."""


@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
@pytest.mark.parametrize("plan", ["plan.yaml", "tests/data/edge.yaml"])
def test_answer_keeps_its_schema(kfl: Callable[..., Result], command: tuple[str, ...], plan: str) -> None:
    result = kfl(*command, plan=(ROOT / plan).read_bytes())

    assert (result.code, result.err) == (0, "")
    jsonschema.Draft202012Validator(schema_of(ANSWERS[command][0], "answer")).validate(json.loads(result.out))


@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_documentation_names_all_keys(command: tuple[str, ...]) -> None:
    answer, page = ANSWERS[command]
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    definitions = msgspec.json.schema(answer)["$defs"]
    keys = {key for definition in definitions.values() for key in definition.get("properties", {})}

    assert sorted(key for key in keys if f"`{key}`" not in text and f'"{key}"' not in text) == []
