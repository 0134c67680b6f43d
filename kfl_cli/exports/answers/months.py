"""Activities or parties by month: the answer of ``kfl matrix --by month`` and ``--by party``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.dates import Kind
from kfl_cli.exports.answers.coverage import SessionJson, session_json
from kfl_cli.text.json import JsonObject, printable_json

if TYPE_CHECKING:
    from datetime import date

    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.months import MonthRow, MonthTable
    from kfl_cli.schedule.occurrence import Occurrence


class MonthCellJson(JsonObject, frozen=True):
    """What begins or is due in a month; null for what has no date."""

    month: str | None
    dates: tuple[SessionJson, ...]


class MonthRowJson(JsonObject, frozen=True):
    """An activity or a party."""

    id: str
    title: str
    cells: tuple[MonthCellJson, ...]


class MonthTableJson(JsonObject, frozen=True):
    """A row an activity or a party, a column a month such as ``2020-02``."""

    columns: tuple[str | None, ...]
    rows: tuple[MonthRowJson, ...]


def as_json(table: MonthTable, wording: Wording) -> str:
    """Return the table as a JSON text of lines."""
    months = tuple(f"{first:%Y-%m}" if first else None for first in table.columns)
    rows = tuple(MonthRowJson(row.id, row.title, _cells(row, months, wording)) for row in table.rows)
    return printable_json(MonthTableJson(months, rows))


def _cells(row: MonthRow, months: tuple[str | None, ...], wording: Wording) -> tuple[MonthCellJson, ...]:
    return tuple(
        MonthCellJson(month, tuple(session_json(each, wording) for each in cell))
        for month, cell in zip(months, row.cells, strict=True)
    )


def grid(table: MonthTable, wording: Wording) -> list[list[str]]:
    """Return the cells of the table as texts, its head first."""
    say = wording.say.text
    months = [_name(first, wording) if first else say("Not dated") for first in table.columns]
    head = [say("Role") if table.of_parties else say("Activity"), *months]
    return [head, *([row.title, *(_cell(row, cell, table, wording) for cell in row.cells)] for row in table.rows)]


def _name(first: date, wording: Wording) -> str:
    return f"{wording.words.months[first.month - 1].capitalize()} {first.year}"


def _cell(row: MonthRow, cell: tuple[Occurrence, ...], table: MonthTable, wording: Wording) -> str:
    """Return the dates of a cell; in the row of a party, each with its title unless that is the party's name."""
    texts = []
    for each in cell:
        label = wording.full_label(each) if table.of_parties or each.task else wording.status(each.status)
        label = "" if label == row.title else label
        texts.append(" ".join(filter(None, (_when(each, wording), label))))
    return ", ".join(dict.fromkeys(texts))


def _when(occurrence: Occurrence, wording: Wording) -> str:
    """Return the days of the month: «3.», «14.–15.», «senest 15.»; or in words, a period and what is not fixed."""
    window, point = occurrence.window, wording.words.day_point
    if occurrence.kind is Kind.DEADLINE and window.end:
        return f"{wording.words.by[0]} {window.end.day}{point}"
    if occurrence.kind is not Kind.EVENT or window.start is None or window.end is None:
        return wording.when(occurrence)
    if (window.start.year, window.start.month) != (window.end.year, window.end.month):
        return wording.when(occurrence)
    return "–".join(dict.fromkeys(f"{day.day}{point}" for day in (window.start, window.end)))
