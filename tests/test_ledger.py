"""The ledger as a value: it is read back as it was written, and its sequences only grow."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kfl_cli.dates import Kind
from kfl_cli.releases.ledger import Ledger, Release
from kfl_cli.releases.lockfile import dump
from kfl_cli.releases.lockfile_lines import read_lines
from kfl_cli.releases.lockfile_reader import load_from_yaml, load_ledger
from kfl_cli.releases.next_ledger import next_ledger
from kfl_cli.releases.published_occurrence import Published, publish
from kfl_cli.releases.standing import standing
from kfl_cli.releases.version import Version
from kfl_cli.text.characters import without_controls
from tests.conftest import ROOT
from tests.plans import schedule

if TYPE_CHECKING:
    from collections.abc import Callable


STAMP = datetime(2018, 1, 9, tzinfo=UTC)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(without_controls)
"""As what is read of a plan: without what nobody sees."""


UIDS = st.sampled_from([f"{number:08}-0000-5000-8000-000000000000" for number in range(4)])


ITEMS = st.builds(
    Published,
    id=st.just(""),
    title=TEXTS,
    kind=st.sampled_from(Kind),
    status=st.sampled_from(["confirmed", "tentative", "cancelled"]),
    start=st.sampled_from(["", "2018-01-18"]),
    end=st.sampled_from(["", "2018-01-19"]),
    references=st.lists(st.sampled_from(["a", "b"]), max_size=2).map(tuple),
    scopes=st.lists(st.tuples(st.sampled_from(["nord", "sor"]), TEXTS), max_size=2).map(tuple),
    text=TEXTS,
)


def with_ids(items: dict[str, Published]) -> dict[str, Published]:
    return {uid: replace(item, id=f"id-{uid[:8]}") for uid, item in items.items()}


STATES = st.lists(st.dictionaries(UIDS, ITEMS).map(with_ids), min_size=1, max_size=4)


def ledger_of(states: list[dict[str, Published]]) -> Ledger:
    ledger = Ledger("prove")
    for number, state in enumerate(states):
        ledger = next_ledger(
            ledger, state, Release(Version(date(2018, 1, number + 1)), STAMP.replace(day=number + 1), f"nr. {number}")
        )
    return ledger


@given(STATES)
def test_ledger_is_read_back_as_it_was(states: list[dict[str, Published]]) -> None:
    ledger = ledger_of(states)

    assert load_ledger(dump(ledger), "prove") == (ledger, [])
    assert ledger.current == states[-1]
    seen = [{uid: item.visible for uid, item in ledger.at(release.version).items()} for release in ledger.releases]
    assert seen == [{uid: item.visible for uid, item in state.items()} for state in states]


@given(STATES)
def test_sequences_only_grow_and_only_by_one(states: list[dict[str, Published]]) -> None:
    for uid, history in ledger_of(states).histories.items():
        assert [state.sequence for state in history] == list(range(len(history)))
        seen = [state[uid].visible if uid in state else None for state in states]
        changes = [now for before, now in zip([None, *seen], seen, strict=False) if now != before]
        assert len(history) == len(changes)


@given(STATES)
def test_releasing_again_changes_nothing(states: list[dict[str, Published]]) -> None:
    ledger = ledger_of(states)

    again = standing(ledger, states[-1].items(), None)

    assert again.unreleased == ()
    assert again.states == {uid: history[-1] for uid, history in ledger.histories.items()}


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_no_bytes_break_the_reader(noise: bytes, at: int) -> None:
    whole = dump(ledger_of([publish(schedule("- {id: a, title: A, when: 2018-01-18}"))]))
    cut = at % len(whole)

    for data in (noise, whole[:cut], whole[:cut] + noise + whole[cut:]):
        ledger, found = load_ledger(data, "prove")
        assert (ledger is None) is bool(found)
        assert all(each.rule.code in {"KFL901", "KFL902", "KFL903"} and each.in_lock for each in found)


def test_real_plan_round_trips_through_its_ledger() -> None:
    from kfl_cli.pipeline import run  # noqa: PLC0415

    found = run((ROOT / "plan.yaml").read_bytes()).schedule
    assert found is not None
    ledger = next_ledger(Ledger(found.plan.id), publish(found), Release(Version(date(2017, 12, 4)), STAMP))

    assert load_ledger(dump(ledger), found.plan.id) == (ledger, [])


SEEDS = st.one_of(TEXTS, st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["a\n\tb", '\\"', " # x"]))


@given(
    st.builds(
        Published, st.just("a"), SEEDS, st.sampled_from(Kind), st.just("done"), text=SEEDS, references=st.just(("b",))
    )
)
def test_digest_is_that_of_the_fields_as_sorted_json(item: Published) -> None:
    """Whatever writes the JSON: ledgers that were written stay valid."""
    named = {"id": "a", "title": item.title, "kind": item.kind.value, "status": "done", "text": item.text}
    values = {name: value for name, value in {**named, "after": ["b"]}.items() if value}
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    assert item.digest == hashlib.sha256(written).hexdigest()[:32]


def sealed_again(data: bytes) -> bytes:
    """Return a ledger that somebody edited, with the fingerprint of what stands in it now."""
    head, mark, rest = data.partition(b"\noccurrences:")
    before, key, last = head.rpartition(b"    digest: ")
    rest = last[32:] + mark + rest
    digest = hashlib.sha256(before + key + rest).hexdigest()[:32]
    return before + key + digest.encode() + rest


@given(STATES)
def test_lines_of_a_written_ledger_say_what_its_yaml_says(states: list[dict[str, Published]]) -> None:
    ledger = ledger_of(states)

    assert read_lines(dump(ledger), "prove") == ledger
    assert load_from_yaml(dump(ledger), "prove") == (ledger, [])
    assert read_lines(dump(ledger), "another") is None


EDITS = st.one_of(
    st.binary(max_size=2),
    st.sampled_from(
        [b"\n", b" ", b"\\", b'"', b'""', b"\\u0007", b"\\u2028", "\u2028".encode(), b"[", b'      text: "x"\n']
    ),
)


@given(STATES, st.integers(0, 3000), st.integers(0, 2), EDITS, st.sampled_from([bytes, sealed_again]))
def test_lines_of_an_edited_ledger_say_no_more_than_its_yaml(
    states: list[dict[str, Published]], at: int, length: int, edit: bytes, seal: Callable[[bytes], bytes]
) -> None:
    """With its fingerprint made anew as well, so that each line must be held to what a release writes."""
    whole = dump(ledger_of(states))
    at %= len(whole)
    data = seal(whole[:at] + edit + whole[at + length :])

    found = read_lines(data, "prove")

    assert found is None or (load_from_yaml(data, "prove") == (found, []) and dump(found) == data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'title: "A"', b'title: "B"'),
        (b'title: "A"', b'title: "\\u0041"'),
        (b'id: "a"', b'id: "b"'),
        (b"sequence: 0", b"sequence: 1"),
        (b"kind: event", b"kind: party"),
        (b'status: "confirmed"', b'status: "sure"'),
        (b'start: "2018-01-18"', b'start: "2018-01-38"'),
        (b"kfl-lock: 1", b"kfl-lock: 2"),
        (b"kfl-lock: 1", b"kfl-lock: 3"),
        (b"stamp: 20180101T", b"stamp: 2018011T"),
    ],
)
def test_ledger_with_another_line_and_its_fingerprint_is_left_to_the_yaml(old: bytes, new: bytes) -> None:
    whole = dump(ledger_of([publish(schedule("- {id: a, title: A, when: 2018-01-18}"))]))
    assert read_lines(sealed_again(whole), "prove") == load_from_yaml(whole, "prove")[0]

    assert old in whole
    assert read_lines(sealed_again(whole.replace(old, new)), "prove") is None
