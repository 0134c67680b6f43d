"""Working days: closed periods stepped over as a whole give the same day as a walk through all of them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kfl_cli.pipeline import run
from kfl_cli.schedule.working_days import workdays
from tests.plans import HEAD, plan_text

CLOSURES = st.lists(
    st.tuples(
        st.dates(date(2018, 4, 25), date(2018, 5, 20)),
        st.integers(0, 20),
        st.sampled_from(["", "nord", "hedmarken", "hamar-stange", "[nord, ringsaker-loten]"]),
    ),
    max_size=6,
)


@given(CLOSURES, st.dates(date(2018, 4, 25), date(2018, 5, 20)), st.integers(0, 20))
def test_first_day_for_some_is_the_first_on_which_not_all_are_closed(
    closures: list[tuple[date, int, str]], first: date, length: int
) -> None:
    rows = "".join(
        f"  - {{when: {start}/{start + timedelta(days=days)}, why: x{f', region: {region}' if region else ''}}}\n"
        for start, days, region in closures
    )
    checked = run(plan_text("", f"{HEAD}closed:\n{rows}" if rows else HEAD).encode())
    assert checked.schedule is not None
    plan = checked.schedule.plan
    calendar, last = workdays(plan)[0], first + timedelta(days=length)

    for scopes in [(), ("nord",), ("hedmarken",), ("nord", "hamar-stange")]:
        leaves = plan.scopes.leaf_set(scopes)
        days = (first + timedelta(days=step) for step in range(length + 1))
        working = (day for day in days if any(calendar.is_working(day, frozenset({leaf})) for leaf in leaves))

        assert calendar.first_for_some(first, last, leaves) == next(working, None)


def test_centuries_of_closed_years_take_no_time() -> None:
    closed = "closed:\n  - {when: 1970–2099, why: x, region: nord}\n  - {when: 1970–2099, why: x, region: hedmarken}\n"
    checked = run(plan_text("", HEAD + closed).encode())
    assert checked.schedule is not None
    calendar, _ = workdays(checked.schedule.plan)
    leaves = checked.schedule.plan.scopes.leaf_set()

    assert calendar.first_for_some(date(1970, 1, 1), date(2099, 12, 31), leaves) is None
    assert {day for day, _ in calendar.shut} == {date(1970, 1, 1)}
