"""The timeline: where things stand, and that nothing stands on anything else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kfl_cli.exports.drawings.lettering import Captions
from kfl_cli.exports.drawings.timeline import LEFT, WIDTH, Timeline, timelines
from kfl_cli.exports.numbering import number_dates
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.schedule.select import Request, Selection, select, understand
from tests.plans import HEAD, schedule
from tests.test_wheel import DATES, ROWS, WIDE, rows_of


def draw(rows: str, head: str = HEAD, region: str | None = None) -> list[Timeline]:
    found = schedule(rows, head)
    selection = understand(Request(region=(region,)), found.plan) if region else Selection()
    kept = select(found, selection)
    texts = {each.id: each.title for each in kept.occurrences}
    return timelines(kept, number_dates(kept), Captions(VOCABULARIES["nb"].months, "Felles", texts), selection.leaves)


def labels(timeline: Timeline) -> list[tuple[str, list[str]]]:
    """Return the rows and what stands in them."""
    return [(" ".join(row.name_lines), [dated.mark.numbers for dated in row.marks]) for row in timeline.rows]


def test_timeline_is_what_is_used_of_a_school_year() -> None:
    first, second = draw(ROWS)

    assert (first.first, first.last) == (date(2017, 8, 1), date(2018, 7, 31))
    assert labels(first) == [("Felles", ["1"]), ("Nord-Østerdal", ["2", "5"]), ("Hedmarken", ["3"])]
    assert [(bar.letter, bar.open_end) for bar in first.bars] == [("B", True), ("A", False)]
    assert (second.first, second.last) == (date(2018, 8, 1), date(2018, 12, 31))
    assert [month.name for month in second.months] == [
        "August 2018",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]


def test_period_without_end_goes_on_until_the_end_of_the_plan() -> None:
    head = HEAD.replace("høst 2017 – høst 2018", "høst 2017 – vår 2020")

    found = draw("- {id: a, title: A, when: fra 1.9.2017}\n- {id: b, title: B, when: 2018-10-01}", head)

    assert [(timeline.year, [(bar.letter, bar.open_end) for bar in timeline.bars]) for timeline in found] == [
        (2017, [("A", True)]),
        (2018, [("A", True)]),
        (2019, [("A", True)]),
    ]
    assert found[-1].last == date(2020, 6, 30)


def test_year_of_periods_alone_has_no_rows() -> None:
    (first,) = draw("- {id: a, title: A, when: høst 2017}")

    assert first.rows == ()


def test_marks_at_the_ends_of_a_row_stand_beside_their_neighbours() -> None:
    days = ("2017-08-01", "2017-08-13", "2018-07-19", "2018-07-31")

    (first,) = draw("".join(f"- {{id: a{day}, title: A, when: {day}}}\n" for day in days))

    by_lane: dict[float, list[tuple[float, float]]] = {}
    for mark in (dated.mark for dated in first.rows[0].marks):
        by_lane.setdefault(mark.at.y, []).append((mark.at.x - mark.half_width, mark.at.x + mark.half_width))
    for spans in by_lane.values():
        assert all(before[1] < after[0] for before, after in pairwise(sorted(spans)))
        assert all(start >= LEFT and end <= WIDTH for start, end in spans)


def test_months_are_all_shortened_where_one_must_be() -> None:
    (first,) = draw("- {id: a, title: A, when: 2017-08-01}\n- {id: b, title: B, when: 2018-07-31}")

    assert [month.name for month in first.months] == [
        "Aug 2017", "Sep", "Okt", "Nov", "Des", "Jan 2018", "Feb", "Mar", "Apr", "Mai", "Jun", "Jul",
    ]  # fmt: skip


def test_rows_of_one_region_are_its_groups() -> None:
    assert [name for name, _ in labels(draw(ROWS, region="hedmarken")[0])] == [
        "Felles",
        "Ringsaker og Løten",
        "Hamar og Stange",
    ]


def test_every_region_of_many_has_a_row() -> None:
    head = "kfl: 1\nplan: {id: prove, title: Prøve}\nregions:\n"
    head += "".join(f"  r{number}: {{name: Region {number}}}\n" for number in range(12))

    found = draw("- {id: a, title: A, when: 2017-09-01, region: r11}\n", head)

    assert labels(found[0]) == [
        ("Felles", []),
        *((f"Region {number}", []) for number in range(11)),
        ("Region 11", ["1"]),
    ]


def test_plan_without_dates_has_no_timeline() -> None:
    assert draw("- {id: f, title: F, when: ikke fastsatt}") == []


def test_long_name_takes_the_lines_it_needs() -> None:
    head = HEAD.replace("name: Nord-Østerdal", "name: 'Nord-Østerdal med Tynset, Alvdal, Folldal og Rendalen'")

    (first,) = draw("- {id: a, title: A, when: 2017-09-01}", head)

    assert first.rows[1].name_lines == ("Nord-Østerdal med", "Tynset, Alvdal,", "Folldal og", "Rendalen")


def test_same_day_stands_above_each_other_with_its_day_below() -> None:
    (first,) = draw("".join(f"- {{id: a{number}, title: A, when: 2017-09-01}}\n" for number in range(3)))

    (row, *_) = first.rows
    assert [dated.mark.numbers for dated in row.marks] == ["1", "2", "3"]
    assert len({dated.mark.at.x for dated in row.marks}) == 1
    assert [dated.days for dated in row.marks] == ["1.", "1.", "1."]


def test_dates_for_which_there_is_no_lane_are_one_mark() -> None:
    rows = "".join(f"- {{id: a{day}, title: A, when: 2017-09-0{day}}}\n" for day in range(1, 7))

    (first,) = draw(rows + "- {id: b, title: B, when: 2018-06-01}")

    assert [(dated.mark.numbers, dated.days) for dated in first.rows[0].marks] == [
        ("1", "1."),
        ("7", "1."),
        ("2", "2."),
        ("3–6", "3.–6."),
    ]


@given(DATES)
@settings(max_examples=40)
def test_no_mark_stands_on_another_and_none_is_lost(dates: list[tuple[date, str, bool]]) -> None:
    found = draw(rows_of(dates), WIDE)

    rows = [row for timeline in found for row in timeline.rows]
    assert {text for row in rows for dated in row.marks for text in dated.mark.texts} == {
        f"A{number}" for number in range(len(dates))
    }
    for row in rows:
        marks = [dated.mark for dated in row.marks]
        for lane in {mark.at.y for mark in marks}:
            for before, after in pairwise(mark for mark in marks if mark.at.y == lane):
                assert after.at.x - before.at.x >= before.half_width + after.half_width
        assert all(mark.at.x - mark.half_width >= LEFT and mark.at.x + mark.half_width <= WIDTH for mark in marks)
        assert all(row.y <= mark.at.y - mark.half_height for mark in marks)
    for timeline in found:
        for above, below in pairwise(timeline.rows):
            assert above.y + above.height <= below.y


@given(st.lists(st.tuples(st.dates(date(2017, 8, 1), date(2018, 6, 30)), st.integers(0, 300)), max_size=30))
@settings(max_examples=30)
def test_no_period_lies_on_another(periods: list[tuple[date, int]]) -> None:
    rows = "".join(
        f"- {{id: a{n}, title: A{n}, when: 'fra {start:%d.%m.%Y}, innen {start + timedelta(days=days):%d.%m.%Y}'}}\n"
        for n, (start, days) in enumerate(periods)
    )
    for timeline in draw(rows, WIDE):
        for lane in {bar.y for bar in timeline.bars}:
            for before, after in pairwise(sorted((bar for bar in timeline.bars if bar.y == lane), key=lambda b: b.x)):
                assert before.x + before.width <= after.x + 0.2
        assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH for bar in timeline.bars)
        assert len(timeline.bars) + timeline.left_out <= len(periods)
