"""Whole plans, valid and nearly valid, made by hypothesis; ``make fuzz`` goes on where these end."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfl_cli.releases.ledger import Ledger, Release
from kfl_cli.releases.lockfile import dump
from kfl_cli.releases.next_ledger import next_ledger
from kfl_cli.releases.published_occurrence import publish
from kfl_cli.releases.version import Version
from tests.fuzz import promises
from tests.fuzz.strategies import VALUES, documents, nearly_valid, written
from tests.plans import schedule

UNHURRIED = settings(suppress_health_check=list(HealthCheck))
CORPUS = Path(__file__).parent / "fuzz" / "corpus"


def on_one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


@given(documents())
@UNHURRIED
def test_plan_round_trips_through_json(document: dict[str, Any]) -> None:
    """The JSON export has the values of the document; dates that contradict each other are the only errors."""
    checked = promises.plan(written(document))
    if checked.errors or checked.schedule is None:
        assert {each.rule.code[:4] for each in checked.diagnostics if each.rule.severity.value == "error"} <= {"KFL3"}
        return
    exported = promises.exports(checked)

    assert sorted(
        [each["id"], each["title"], each["location"], each["status"], [one["id"] for one in each["responsible"]]]
        for each in exported["activities"]
    ) == sorted(
        [
            each["id"],
            on_one_line(each["title"]),
            on_one_line(each["location"]) if "location" in each else None,
            each.get("status", "confirmed"),
            each.get("responsible", []),
        ]
        for each in document["activities"]
    )


@given(nearly_valid())
@UNHURRIED
def test_nearly_valid_plan_is_answered(data: bytes) -> None:
    promises.plan(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    promises.source(data)
    promises.ledger(data)
    promises.style(data)


@given(st.one_of(st.text(max_size=60), st.lists(VALUES, max_size=4).map(" ".join)))
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    promises.date_text(text)


@given(st.text())
def test_any_text_is_a_content_line(text: str) -> None:
    promises.content_line(text)


ROWS = "- {id: mote, title: Møte «æ», when: 7.2.2018, responsible: [styrer], question: 'Hvor?'}"


def locked() -> bytes:
    """Return a ledger of one release."""
    release = Release(Version(date(2017, 12, 4)), datetime(2017, 12, 4, tzinfo=UTC), "første")
    return dump(next_ledger(Ledger("prove", (), {}), publish(schedule(ROWS)), release))


@given(st.data())
@UNHURRIED
def test_ledger_that_was_changed_is_answered(data: st.DataObject) -> None:
    text = locked().decode()
    lines = text.split("\n")
    at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    changed = data.draw(
        st.sampled_from(
            [
                [*lines[:at], *lines[at + 1 :]],
                [*lines[:to], lines[at], *lines[to:]],
                [*lines[:at], f"{lines[at].partition(':')[0]}: {data.draw(VALUES)}", *lines[at + 1 :]],
                lines[:at],
            ]
        )
    )
    promises.ledger("\n".join(changed).encode())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_fuzzing_found_is_answered(path: Path) -> None:
    promises.TARGETS[path.parent.name](path.read_bytes())
