"""What lies in which month: the dates of a schedule by month, for each activity or for each party."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.schedule.select import reach

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence, Schedule


_LONGEST = 731
"""Days from the first month to the last of a table that has every month between them."""


class MonthRow(Struct, frozen=True):
    """The dates of an activity or of a party, a cell for each column of the table."""

    id: str
    title: str
    cells: tuple[tuple[Occurrence, ...], ...]


class MonthTable(Struct, frozen=True):
    """A column a month, by its first day; the last one is None where something has no date."""

    columns: tuple[date | None, ...]
    rows: tuple[MonthRow, ...]
    of_parties: bool


def by_month(schedule: Schedule, parties: tuple[str, ...] | None = None) -> MonthTable:
    """Return the activities of a schedule by month; with ``parties``, what each of them answers for or is called to."""
    rows: dict[str, list[Occurrence]] = defaultdict(list)
    titles = {scheduled.activity.id: scheduled.activity.title for scheduled in schedule.activities}
    for occurrence in schedule.by_date:
        if parties is None:
            rows[occurrence.activity.id].append(occurrence)
        else:
            known = reach(occurrence, schedule.plan)
            for party in known.responsible | known.audience:
                rows[party].append(occurrence)
    names = titles if parties is None else {id_: schedule.plan.party_names[id_] for id_ in parties}
    columns = _columns({_month(occurrence) for occurrence in schedule.occurrences})
    kept = {id_: name for id_, name in names.items() if rows[id_]}
    return MonthTable(
        columns,
        tuple(MonthRow(id_, name, _cells(rows[id_], columns)) for id_, name in kept.items()),
        parties is not None,
    )


def _month(occurrence: Occurrence) -> date | None:
    """Return the month in which something begins, or is due."""
    day = occurrence.window.start or occurrence.window.end
    return day.replace(day=1) if day else None


def _columns(used: set[date | None]) -> tuple[date | None, ...]:
    """Return the months that are used, and those between them unless they are more than two years."""
    months = sorted(month for month in used if month)
    if months and (months[-1] - months[0]).days < _LONGEST:
        numbers = range(_number(months[0]), _number(months[-1]) + 1)
        months = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return (*months, None) if None in used else tuple(months)


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _cells(occurrences: list[Occurrence], columns: tuple[date | None, ...]) -> tuple[tuple[Occurrence, ...], ...]:
    cells: dict[date | None, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        cells[_month(occurrence)].append(occurrence)
    return tuple(tuple(cells[column]) for column in columns)
