"""``kfl matrix``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from kfl_cli.commands.opened import open_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import color
from kfl_cli.dates import Kind, Timed
from kfl_cli.exports.wording import Wording, wording_of
from kfl_cli.language.days import say_time
from kfl_cli.plan.model import Status
from kfl_cli.schedule.coverage import coverage
from kfl_cli.schedule.select import Request, select
from kfl_cli.text.github_markdown import inline
from kfl_cli.text.json import printable_json

if TYPE_CHECKING:
    from datetime import date

    from kfl_cli.schedule.coverage import CoverageCell, CoverageRow
    from kfl_cli.schedule.occurrence import Occurrence

Json = dict[str, object]


@click.command("matrix")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="text for people, md for a mail or a document, json for programs.",
)
@selection_options
@global_options()
def command(format_: str, **request: str | None) -> None:
    """Show activities with sessions by region and group: who meets when, and who is missing.

    A region that is split stands as its groups. A cell says «missing» where the activity concerns the group and has no
    session for it at all; it is empty where it does not concern it, or none of its sessions is selected.

    \b
    kfl matrix
    kfl matrix --region hedmarken
    kfl matrix --format md
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    opened, schedule = open_valid_plan()
    kept, selection = selected(opened, schedule, Request(**request))
    everywhere = select(schedule, replace(selection, region=None, leaves=frozenset()))
    shown = wording_of(schedule, opened.language)
    leaves = schedule.plan.scopes.leaves() if schedule.plan.regions else ()
    columns = [leaf for leaf in leaves if not selection.region or leaf in selection.leaves]
    rows = coverage(schedule, everywhere, kept, columns)
    if format_ == "json":
        click.echo(printable_json(_json(rows, columns, shown)))
    elif not rows or not columns:
        click.echo(shown.say.text("No activity in the selection has sessions."))
    elif format_ == "md":
        click.echo(_markdown(rows, columns, shown))
    elif sys.stdout.isatty():
        _table(rows, columns, shown)
    else:
        click.echo(_plain(rows, columns, shown))


def _cell(cell: CoverageCell, shown: Wording) -> str:
    if cell.missing:
        return shown.say.text("missing")
    return ", ".join(_session(each, shown) for each in sorted(cell.sessions, key=lambda each: each.order))


def _session(occurrence: Occurrence, shown: Wording) -> str:
    start, end = occurrence.window.start, occurrence.window.end
    if occurrence.status is Status.CANCELLED:
        return shown.say.text("CANCELLED")
    days = [_short(day, shown) for day in (start, end) if day]
    if isinstance(occurrence.when, Timed) and start == end:
        days = [f"{days[0]} {say_time(occurrence.when.start, shown.words)}"]
    text = shown.when(occurrence) if not days or occurrence.kind is not Kind.EVENT else "–".join(dict.fromkeys(days))
    return f"{text} ({shown.status(occurrence.status).lower()})" if occurrence.status is Status.TENTATIVE else text


def _short(day: date, shown: Wording) -> str:
    return day.isoformat() if shown.language == "en" else f"{day.day}.{day.month}.{day.year}"


def _grid(rows: list[CoverageRow], columns: list[str], shown: Wording) -> list[list[str]]:
    """Return the table as texts, its head first."""
    head = [shown.say.text("Activity"), *(shown.plan.scopes.names[column] for column in columns)]
    return [head, *([row.activity.title, *(_cell(cell, shown) for cell in row.cells)] for row in rows)]


def _plain(rows: list[CoverageRow], columns: list[str], shown: Wording) -> str:
    grid = _grid(rows, columns, shown)
    widths = [max(len(line[column]) for line in grid) for column in range(len(grid[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in grid)
    return "\n".join(lines)


def _markdown(rows: list[CoverageRow], columns: list[str], shown: Wording) -> str:
    head, *body = [[inline(cell) for cell in line] for line in _grid(rows, columns, shown)]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _table(rows: list[CoverageRow], columns: list[str], shown: Wording) -> None:
    from rich.console import Console  # noqa: PLC0415  slow to load, and only for a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    head, *body = _grid(rows, columns, shown)
    table = Table(box=None, pad_edge=False, header_style="bold", leading=1)
    for name in head:
        table.add_column(name, overflow="fold")
    for row, line in zip(rows, body, strict=True):
        missing = ["", *("red bold" if cell.missing else "" for cell in row.cells)]
        table.add_row(*(Text(cell, style=style) for cell, style in zip(line, missing, strict=True)))
    Console(no_color=not color(), highlight=False).print(table)


def _json(rows: list[CoverageRow], columns: list[str], shown: Wording) -> Json:
    names = shown.plan.scopes.names
    return {
        "columns": [{"id": column, "name": names[column]} for column in columns],
        "rows": [
            {
                "id": row.activity.id,
                "title": row.activity.title,
                "cells": [
                    {
                        "scope": cell.scope,
                        "concerned": cell.concerned,
                        "missing": cell.missing,
                        "sessions": [_json_session(each, shown) for each in cell.sessions],
                    }
                    for cell in row.cells
                ],
            }
            for row in rows
        ],
    }


def _json_session(occurrence: Occurrence, shown: Wording) -> Json:
    start, end = occurrence.window.start, occurrence.window.end
    return {
        "id": occurrence.id,
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "status": occurrence.status.value,
        "when_text": shown.when(occurrence),
    }
