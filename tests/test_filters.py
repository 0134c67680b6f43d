"""The choices that a page offers: a choice keeps the rows that the same selection keeps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from kfl_cli.exports.context import Context
from kfl_cli.exports.page.filters import Filters, filters
from kfl_cli.exports.templates.environment import Templates
from kfl_cli.exports.wording import wording_of
from kfl_cli.schedule.select import Request, reach, select, understand
from tests.plans import HEAD, many, schedule
from tests.test_build import ROWS
from tests.test_wheel import DATES, WIDE, rows_of


def choices(rows: str, request: Request | None = None, head: str = HEAD) -> Filters:
    found = schedule(rows, head)
    selection = understand(request or Request(), found.plan)
    return filters(select(found, selection), Context(wording_of(found), selection, Templates(), "plan.yaml"))


def names(found: Filters) -> tuple[list[str], list[str]]:
    return [each.id for each in found.regions], [each.id for each in found.parties]


@pytest.mark.parametrize(
    ("request_", "regions", "parties"),
    [
        (Request(), ["nord", "hedmarken", "hamar-stange"], ["sepu", "styrer"]),
        (Request(region=("hedmarken",)), [], ["sepu", "styrer"]),
        (Request(region=("nord",)), [], ["sepu", "styrer"]),
        (Request(party=("sepu",)), ["nord", "hedmarken", "hamar-stange"], []),
        (Request(responsible=("sepu",)), ["nord", "hedmarken", "hamar-stange"], []),
        (Request(until="2000"), [], []),
    ],
)
def test_page_offers_what_its_selection_leaves_open(request_: Request, regions: list[str], parties: list[str]) -> None:
    assert names(choices(ROWS, request_)) == (regions, parties)


def test_more_than_forty_choices_are_none() -> None:
    head, rows = many(45, 45).split("activities:\n")

    found = choices(rows, head=head)

    assert names(found) == ([], [f"p{number}" for number in range(8)])


def test_element_has_a_class_only_where_a_choice_would_hide_it() -> None:
    found = choices(ROWS)

    assert found.classes(["workshop/nord"]) == " fr r1"
    assert found.classes(["workshop/nord", "workshop/hamar-stange"]) == ""
    assert found.track_classes(None) == ""
    assert found.track_classes(frozenset({"hamar-stange"})) == " fr r2 r3"


@given(DATES)
@settings(max_examples=30)
def test_readers_of_a_date_are_those_whose_selection_keeps_it(dates: list[tuple[date, str, bool]]) -> None:
    found = schedule(rows_of(dates), WIDE)
    plan = found.plan

    for region in plan.scopes.names:
        kept = {each.id for each in select(found, understand(Request(region=(region,)), plan)).occurrences}
        assert kept == {each.id for each in found.occurrences if region in reach(each, plan).readers(plan)[0]}
    for party in plan.party_names:
        kept = {each.id for each in select(found, understand(Request(party=(party,)), plan)).occurrences}
        assert kept == {each.id for each in found.occurrences if party in reach(each, plan).readers(plan)[1]}
