"""The ledger as a value: it is read back as it was written, and its sequences only grow."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kfl_cli.dates import Kind
from kfl_cli.releases.ledger import Ledger, Release
from kfl_cli.releases.lockfile import dump, load_ledger
from kfl_cli.releases.next_ledger import next_ledger
from kfl_cli.releases.published_occurrence import Published, publish
from kfl_cli.releases.standing import standing
from kfl_cli.releases.version import Version
from kfl_cli.text.characters import without_controls
from tests.conftest import ROOT
from tests.plans import schedule

if TYPE_CHECKING:
    pass


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

    again = standing(ledger, states[-1], None)

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
