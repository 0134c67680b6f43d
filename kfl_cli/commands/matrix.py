"""``kfl matrix``: print which activities have sessions for which regions and groups, or what lies in which month."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import color
from kfl_cli.exports.answers import months
from kfl_cli.exports.answers.coverage import as_json, as_markdown, as_text, grid
from kfl_cli.exports.wording import wording_of
from kfl_cli.schedule.coverage import coverage
from kfl_cli.schedule.months import by_month

if TYPE_CHECKING:
    from kfl_cli.schedule.select import Request


@click.command("matrix")
@click.option(
    "--by",
    type=click.Choice(["region", "month", "party"]),
    help="Activities by region, activities by month, or roles by month; by region unless the plan has none.",
)
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
def command(request: Request, by: str | None, format_: str) -> None:
    """Show activities with sessions by region and group: who meets when, and who is missing; or the year by month.

    A region that is split stands as its groups. A cell says «missing» where the activity concerns the group and has no
    session for it at all; it is empty where it does not concern it, or none of its sessions is selected. By month, each
    date stands in the month in which it begins or is due.

    \b
    kfl matrix
    kfl matrix --region hedmarken
    kfl matrix --by month --format md
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    kept, selection = selected(loaded, schedule, request)
    wording = wording_of(schedule, loaded.language)
    if (by or ("region" if schedule.plan.regions else "month")) == "region":
        table = coverage(schedule, selection)
        cells, document = grid(table, wording), as_json(table, wording)
        missing = [[cell.missing for cell in row.cells] for row in table.rows]
        nothing = wording.say.text("No activity in the selection has sessions.")
    else:
        parties = selection.parties or tuple(party.id for party in schedule.plan.parties)
        by_months = by_month(kept, parties if by == "party" else None)
        cells, document = months.grid(by_months, wording), months.as_json(by_months, wording)
        missing = [[False] * len(by_months.columns) for _ in by_months.rows]
        nothing = wording.say.text("Nothing in the plan matches this selection.")
    if format_ == "json":
        click.echo(document)
    elif not missing or not missing[0]:
        click.echo(nothing)
    elif format_ == "md":
        click.echo(as_markdown(cells))
    elif sys.stdout.isatty():
        _print(cells, missing)
    else:
        click.echo(as_text(cells))


def _print(grid: list[list[str]], missing: list[list[bool]]) -> None:
    """Print a table for a terminal, what is missing in red."""
    from rich.console import Console  # noqa: PLC0415  slow to load, and only for a terminal
    from rich.table import Table  # noqa: PLC0415  as above
    from rich.text import Text  # noqa: PLC0415  as above

    head, *body = grid
    printed = Table(box=None, pad_edge=False, header_style="bold", leading=1)
    for name in head:
        printed.add_column(name, overflow="fold")
    for row, line in zip(missing, body, strict=True):
        styles = ["", *("red bold" if each else "" for each in row)]
        printed.add_row(*(Text(cell, style=style) for cell, style in zip(line, styles, strict=True)))
    Console(no_color=not color(), highlight=False).print(printed)
