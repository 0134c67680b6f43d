"""School years, each from 1 August to 31 July and named by the year in which it begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kfl_cli.exports.numbering import is_mark
from kfl_cli.plan.model import Status
from kfl_cli.schedule.select import within_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Occurrence

FIRST_MONTH = 8


def by_school_year(occurrences: Iterable[Occurrence], plan: Plan) -> dict[int, list[Occurrence]]:
    """Return the occurrences that drawings show, dated and not cancelled, by the school years that they reach into."""
    by_year: dict[int, list[Occurrence]] = {}
    for occurrence in occurrences:
        if not occurrence.window.unset and occurrence.status is not Status.CANCELLED:
            for year in school_years_of(occurrence, plan):
                by_year.setdefault(year, []).append(occurrence)
    return dict(sorted(by_year.items()))


def school_years_of(occurrence: Occurrence, plan: Plan) -> Iterable[int]:
    """Return the school years that an occurrence reaches into; one without end, until the end of the plan's period."""
    window = within_period(occurrence.window, plan)
    start, end = window.start, window.end
    first, last = start or end, end or start
    if first is None or last is None or is_mark(occurrence):
        day = last or first
        return [school_year_of(day)] if day else []
    return range(school_year_of(first), school_year_of(last) + 1)


def school_year_of(day: date) -> int:
    """Return the school year of a day."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def ends_of(school_year: int) -> tuple[date, date]:
    """Return the first and the last day of a school year."""
    return date(school_year, FIRST_MONTH, 1), date(school_year + 1, FIRST_MONTH, 1) - timedelta(days=1)


def season_class(month: int) -> str:
    """Return the class that colours a month: ``autumn``, ``spring``, or ``summer`` for July between them."""
    return "spring" if month < FIRST_MONTH - 1 else "summer" if month < FIRST_MONTH else "autumn"
