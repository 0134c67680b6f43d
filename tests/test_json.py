"""JSON documents: the same bytes as Python's own, and by the schema that is made of their structs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfl_cli.exports.answers.changes import ChangesJson
from kfl_cli.exports.answers.coverage import CoverageJson
from kfl_cli.exports.answers.open_questions import OpenQuestionsJson
from kfl_cli.exports.answers.upcoming_json import UpcomingJson
from kfl_cli.exports.json_contract import ExportJson, export_schema
from kfl_cli.findings.report.json import ReportJson
from kfl_cli.text.json import JsonObject, encode, encode_with_list, printable_json, schema_of
from tests.conftest import GOLDEN, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Result

DOCUMENTS: dict[str, type[JsonObject]] = {
    "export --json": ExportJson,
    "validate --format json": ReportJson,
    "upcoming --json": UpcomingJson,
    "matrix --format json": CoverageJson,
    "open --format json": OpenQuestionsJson,
    "diff plan.yaml plan.yaml --format json": ChangesJson,
}
"""The JSON of each command that writes it, as documented in docs/exports.md."""

PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@given(VALUES)
def test_bytes_are_those_of_pythons_own_json(value: object) -> None:
    assert encode(value) == json.dumps(value, ensure_ascii=False, indent=2).encode()


@pytest.mark.parametrize("first", range(0, 0x110000, 0x10000))
def test_every_character_is_written_as_pythons_own_json_writes_it(first: int) -> None:
    text = "".join(chr(code) for code in range(first, first + 0x10000) if not 0xD800 <= code < 0xE000)

    assert encode(text) == json.dumps(text, ensure_ascii=False).encode()
    assert json.loads(printable_json(text)) == text
    assert printable_json(text).isprintable()


@pytest.mark.parametrize("command", DOCUMENTS)
def test_command_keeps_the_schema_of_its_document(command: str, kfl: Callable[..., Result]) -> None:
    result = kfl("--today", "2018-02-07", *command.split(), plan=(ROOT / "plan.yaml").read_bytes())

    schema = schema_of(DOCUMENTS[command], command)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(result.out))


def test_schema_of_the_export(golden: Callable[[Path, bytes], None]) -> None:
    golden(GOLDEN / "export.schema.json", encode(export_schema()) + b"\n")


def objects(document: type[JsonObject]) -> Iterator[tuple[str, dict[str, object], list[str]]]:
    """Return each kind of object in a document: its name, its keys and those that are always there."""
    schema: dict[str, object] = schema_of(document, document.__name__)
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for name, definition in {document.__name__: schema, **definitions}.items():
        if "enum" not in definition:
            assert definition["additionalProperties"] is False
            yield name, definition["properties"], definition["required"]


def test_every_key_is_always_there_but_for_the_documented_ones() -> None:
    left_out = {
        (name, key)
        for document in DOCUMENTS.values()
        for name, keys, required in objects(document)
        for key in keys
        if key not in required
    }

    assert sorted(left_out) == [("ChangeJson", "because"), ("OccurrenceJson", "task"), ("OccurrenceJson", "times")]


class Items(JsonObject, frozen=True):
    """A document with a list at its end."""

    title: str
    items: tuple[dict[str, str], ...]


@given(st.text(), st.lists(st.dictionaries(st.text(), st.text(), max_size=3), max_size=4))
def test_document_in_pieces_is_the_document(title: str, items: list[dict[str, str]]) -> None:
    pieces = encode_with_list(Items(title, ()), items)

    assert b"".join(pieces) == encode(Items(title, tuple(items))) + b"\n"
