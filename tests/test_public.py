"""``--public``: every text of a plan has a kind, and what is an author's text is searched for contacts."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from msgspec import Struct

from kfl_cli.exports.public import declared_fields, without_contacts
from kfl_cli.pipeline import run
from kfl_cli.plan import model, scopes
from kfl_cli.plan.model import Assignment
from kfl_cli.releases import ledger, published_occurrence
from kfl_cli.releases.published_occurrence import publish
from kfl_cli.text.kinds import Sentence

RECORDS = [
    record
    for module in (model, scopes, published_occurrence, ledger)
    for _, record in inspect.getmembers(module, inspect.isclass)
    if issubclass(record, Struct) and record.__module__ == module.__name__
]

KEPT_AS_THEY_ARE = {
    ("Contact", "email"): "is there for readers",
    ("Contact", "name"): "is there for readers",
    ("Contact", "phone"): "is there for readers",
    ("Contact", "url"): "is there for readers",
    ("Dated", "references"): "ids of activities",
    ("Dated", "text"): "a date that kfl has read",
    ("Ledger", "plan"): "an id; its releases and states are cleaned one by one",
    ("Ledger", "histories"): "by UID; its states are cleaned one by one",
    ("Scopes", "names"): "made of the regions",
    ("Scopes", "parents"): "ids",
    ("Scopes", "_leaves"): "ids",
    ("Scopes", "_leaf_sets"): "ids",
    ("Scopes", "_around"): "ids",
}


def holds_str(annotation: object) -> bool:
    """Return whether a text without a kind can stand in a field."""
    if hasattr(annotation, "__metadata__"):
        return False
    return annotation is str or any(holds_str(part) for part in getattr(annotation, "__args__", ()))


def test_every_text_of_a_plan_and_of_a_release_has_a_kind() -> None:
    without_kind = {
        (record.__name__, name)
        for record in RECORDS
        for name, annotation in declared_fields(record).items()
        if holds_str(annotation)
    }

    assert sorted(without_kind) == sorted(KEPT_AS_THEY_ARE)


class OfNoKind(Struct, frozen=True):
    """A record that was given a text without a kind."""

    party: Assignment
    text: str
    note: Sentence = ""


def test_text_without_a_kind_is_a_fault_and_no_leak() -> None:
    with pytest.raises(TypeError, match="a text without a kind"):
        without_contacts(OfNoKind(Assignment("ola"), "Ring 62 43 00 00"), "(utelatt)")


CALL = "Ring 62 43 00 00"
PLAN = f"""
kfl: 1
plan: {{id: prove, title: {CALL}, source: {CALL}, contact: {{phone: 62 43 00 00}}, goals: [{{intention: {CALL}, aims: [{CALL}]}}]}}
regions:
  nord: {{name: Nord {CALL}, municipalities: [By {CALL}], groups: {{nord-1: {{name: Gruppe {CALL}}}}}}}
  "91712345": {{name: Sør}}
parties:
  sepu: {{name: SePU {CALL}, aliases: [Senter {CALL}]}}
closed:
  - {{when: 9.10.2017, why: {CALL}}}
activities:
  - id: a
    title: {CALL}
    when: 8.9.2017
    region: "91712345"
    location: {CALL}
    question: {CALL}
    note: {CALL}
    source: {CALL}
    description: "**{CALL}**"
    responsible: [{{party: sepu, note: {CALL}}}]
    links: [{{url: "tel:62430000"}}, {{url: "https://example.no", title: {CALL}}}]
    tasks: [{{id: t, title: {CALL}, note: {CALL}, links: [{{url: "https://example.no", title: {CALL}}}]}}]
  - {{id: b, title: B, sessions: [{{for: nord-1, when: 8.9.2017, title: {CALL}, location: {CALL}, note: {CALL}, question: {CALL}}}]}}
"""  # noqa: E501  a plan with a number in every text


def texts(value: Any) -> list[str]:
    """Return all texts in a value, those of the nodes of the file and of the plan's contact aside."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, (tuple, list)):
        return [text for member in value for text in texts(member)]
    if isinstance(value, Struct) and not isinstance(value, model.Contact):
        fields = (name for name in value.__struct_fields__ if name != "node")
        return [text for name in fields for text in texts(getattr(value, name))]
    return []


def test_no_text_of_a_public_plan_holds_a_number_and_ids_are_kept() -> None:
    checked = run(PLAN.encode())
    assert checked.schedule is not None, checked.diagnostics
    plan = checked.schedule.plan

    public, removed = without_contacts(plan, "(utelatt)")

    assert [text for text in texts(public) if "62 43" in text] == []
    assert [text for text in texts(plan) if "62 43" in text] != []
    assert removed == len([text for text in texts(plan) if "62 43" in text]) + 1  # and the link to a number
    assert public.contact == plan.contact
    assert [region.id for region in public.regions] == ["nord", "91712345"]
    assert public.activities[0].regions == ("91712345",)


def test_published_occurrence_keeps_its_ids() -> None:
    checked = run(PLAN.encode())
    assert checked.schedule is not None
    [published] = [each for each in publish(checked.schedule).values() if each.id == "a"]

    public, _ = without_contacts(published, "(utelatt)")

    assert public.scopes == (("91712345", "Sør"),)
    assert public.responsible == (("sepu", "SePU Ring (utelatt) (Ring (utelatt))"),)
