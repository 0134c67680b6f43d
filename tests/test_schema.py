"""``kfl schema`` and the loader agree on what may stand where: nothing passes the one and not the other."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kfl_cli.pipeline import run
from kfl_cli.plan.schema import json_schema
from kfl_cli.plan.yaml.nodes import Mapping, Node, Null, Scalar, Sequence
from kfl_cli.plan.yaml.reader import read
from tests.fuzz.strategies import FAULTY, VALID, nearly_valid
from tests.plans import plan_text

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
SHAPE = {"unknown-key", "missing-key", "wrong-shape", "unknown-value"}
"""The rules on what may stand where, apart from ids: those that read as dates are well-formed."""


def _value(node: Node) -> Any:
    """Return what stands in a file, with each text as kfl reads it."""
    match node:
        case Null():
            return None
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [_value(item) for item in items]
        case Mapping(pairs=pairs):
            return {key: _value(pair.value) for key, pair in pairs.items()}


def _agree(data: bytes) -> None:
    source = read(data)
    if source.root is None or source.diagnostics:
        return  # no YAML that kfl reads
    accepted = VALIDATOR.is_valid(_value(source.root))
    errors = [each for each in run(data).diagnostics if each.rule.severity.value == "error"]
    if accepted:
        assert [each for each in errors if each.rule.name in SHAPE] == []
    else:
        assert errors


@given(nearly_valid())
def test_schema_and_loader_agree_on_plans_with_faults(data: bytes) -> None:
    _agree(data)


@pytest.mark.parametrize("data", FAULTY)
def test_schema_and_loader_agree_on_the_gallery(data: bytes) -> None:
    _agree(data)


ODD: list[Any] = [None, "", " ", "x", "2", 0, 2, 2.5, True, [], ["x"], [None], [[]], {}, {"x": "y"}, {"party": None}]


@given(st.sampled_from(VALID), st.data())
def test_schema_and_loader_agree_on_values_in_odd_places(plan: bytes, data: st.DataObject) -> None:
    document = yaml.load(plan, yaml.BaseLoader)
    places = list(_places(document))
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(places))
        if key in holder if isinstance(holder, dict) else key < len(holder):
            if data.draw(st.booleans()):
                holder[key] = data.draw(st.sampled_from(ODD))
            else:
                del holder[key]
    _agree(yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode())


def _places(value: Any) -> Any:
    """Return each place of a document: the mapping or list that holds it, and its key or number."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        yield value, key
        yield from _places(value[key])


@pytest.mark.parametrize(
    ("activity", "accepted"),
    [
        ("{id: a, title: A, when: 2018-01-18}", True),
        ("{id: a, title: A}", False),
        ("{id: a, title: A, sessions: []}", False),
        ("{id: a, title: A, sessions: [{id: b, when: 2018-01-18}]}", True),
        ("{id: a, title: A, sessions: [{when: 2018-01-18}]}", False),
        ("{id: a, title: A, sessions: [{for: [], when: 2018-01-18}]}", False),
        ("{id: a, title: A, when: 2018-01-18, note: null}", True),  # said, and not refused
        ("{id: a, title: null, when: 2018-01-18}", False),
        ("{id: a, title: A, when: 2018-01-18, audience: {party: styrer, count: 2}}", True),
        ("{id: a, title: A, when: 2018-01-18, audience: {party: styrer, count: to}}", False),
        ("{id: a, title: A, when: 2018-01-18, audience: {party: styrer, count: 0}}", False),
        ("{id: a, title: A, when: 2018-01-18, audience: {note: N}}", False),
        ("{id: a, title: A, when: 2018-01-18, audience: {party: styrer, id: styrer}}", False),
        ("{id: a, title: A, when: 2018-01-18, uid: Å}", False),
    ],
)
def test_what_stands_together(activity: str, accepted: bool) -> None:  # noqa: FBT001  a row
    data = plan_text(f"- {activity}\n").encode()

    root = read(data).root
    assert root is not None
    assert VALIDATOR.is_valid(_value(root)) is accepted
    _agree(data)
    assert (run(data).errors == 0) is accepted
