"""Activities with sessions by region and group, gaps marked: the answer of ``kfl matrix``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind
from kfl_cli.exports.json import named_scopes
from kfl_cli.exports.json_contract import NamedJson
from kfl_cli.language.days import say_day_in_figures, say_time
from kfl_cli.plan.model import Status
from kfl_cli.text.github_markdown import inline
from kfl_cli.text.json import JsonObject, printable_json

if TYPE_CHECKING:
    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.coverage import Coverage, CoverageCell
    from kfl_cli.schedule.occurrence import Occurrence


class SessionJson(JsonObject, frozen=True):
    """A session of an activity."""

    id: str
    start: date | None
    end: date | None
    status: Status
    when_text: str


class CellJson(JsonObject, frozen=True):
    """The sessions of an activity for the region or group of a column."""

    scope: str
    concerned: bool
    missing: bool
    sessions: tuple[SessionJson, ...]


class RowJson(JsonObject, frozen=True):
    """An activity that has sessions."""

    id: str
    title: str
    cells: tuple[CellJson, ...]


class CoverageJson(JsonObject, frozen=True):
    """Who has a session where: a row an activity, a column a region or group."""

    columns: tuple[NamedJson, ...]
    rows: tuple[RowJson, ...]


def as_json(table: Coverage, wording: Wording) -> str:
    """Return the table as a JSON text of lines."""
    document = CoverageJson(
        columns=named_scopes(table.columns, wording.plan),
        rows=tuple(
            RowJson(row.activity.id, row.activity.title, tuple(_cell_json(cell, wording) for cell in row.cells))
            for row in table.rows
        ),
    )
    return printable_json(document)


def _cell_json(cell: CoverageCell, wording: Wording) -> CellJson:
    sessions = tuple(session_json(session, wording) for session in cell.sessions)
    return CellJson(cell.scope, cell.concerned, cell.missing, sessions)


def session_json(session: Occurrence, wording: Wording) -> SessionJson:
    """Return a date of an activity for programs."""
    start, end = session.window.start, session.window.end
    return SessionJson(session.id, start, end, session.status, wording.when(session))


def as_markdown(grid: list[list[str]]) -> str:
    """Return a table of texts as GitHub Flavored Markdown."""
    head, *body = [[inline(cell) for cell in line] for line in grid]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_text(grid: list[list[str]]) -> str:
    """Return a table of texts as text, its columns as wide as they need to be."""
    widths = [max(len(line[column]) for line in grid) for column in range(len(grid[0]))]
    padded = ((cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in grid)
    return "\n".join("  ".join(line).rstrip() for line in padded)


def grid(table: Coverage, wording: Wording) -> list[list[str]]:
    """Return the cells of the table as texts, its head first."""
    head = [wording.say.text("Activity"), *(scope.name for scope in named_scopes(table.columns, wording.plan))]
    return [head, *([row.activity.title, *(_cell(cell, wording) for cell in row.cells)] for row in table.rows)]


def _cell(cell: CoverageCell, wording: Wording) -> str:
    if cell.missing:
        return wording.say.text("missing")
    return ", ".join(_session(session, wording) for session in sorted(cell.sessions, key=lambda each: each.order))


def _session(session: Occurrence, wording: Wording) -> str:
    """Return the days of a session in figures, with its clock time if it has one, and its status if it is tentative."""
    if session.status is Status.CANCELLED:
        return wording.say.text("CANCELLED")
    start, end = session.window.start, session.window.end
    days = [say_day_in_figures(day, wording.words) for day in (start, end) if day]
    in_figures = days and session.kind is Kind.EVENT
    text = "–".join(dict.fromkeys(days)) if in_figures else wording.when(session)
    stretches = session.dated.stretches
    if in_figures and stretches and (start == end or len(stretches) > 1):
        text = f"{text} {say_time(stretches[0].start, wording.words)}"
    return f"{text} ({wording.status(session.status).lower()})" if session.status is Status.TENTATIVE else text
