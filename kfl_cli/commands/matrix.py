"""``kfl matrix``: print which activities have sessions for which regions and groups."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import color
from kfl_cli.exports.answers.coverage import as_json, as_markdown, as_text, grid
from kfl_cli.exports.wording import wording_of
from kfl_cli.schedule.coverage import coverage

if TYPE_CHECKING:
    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.coverage import Coverage
    from kfl_cli.schedule.select import Request


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
def command(request: Request, format_: str) -> None:
    """Show activities with sessions by region and group: who meets when, and who is missing.

    A region that is split stands as its groups. A cell says «missing» where the activity concerns the group and has no
    session for it at all; it is empty where it does not concern it, or none of its sessions is selected.

    \b
    kfl matrix
    kfl matrix --region hedmarken
    kfl matrix --format md
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    _, selection = selected(loaded, schedule, request)
    table = coverage(schedule, selection)
    wording = wording_of(schedule, loaded.language)
    if format_ == "json":
        click.echo(as_json(table, wording))
    elif not table.rows or not table.columns:
        click.echo(wording.say.text("No activity in the selection has sessions."))
    elif format_ == "md":
        click.echo(as_markdown(table, wording))
    elif sys.stdout.isatty():
        _print(table, wording)
    else:
        click.echo(as_text(table, wording))


def _print(table: Coverage, wording: Wording) -> None:
    """Print the table for a terminal, what is missing in red."""
    from rich.console import Console  # noqa: PLC0415  slow to load, and only for a terminal
    from rich.table import Table  # noqa: PLC0415  as above
    from rich.text import Text  # noqa: PLC0415  as above

    head, *body = grid(table, wording)
    printed = Table(box=None, pad_edge=False, header_style="bold", leading=1)
    for name in head:
        printed.add_column(name, overflow="fold")
    for row, line in zip(table.rows, body, strict=True):
        styles = ["", *("red bold" if cell.missing else "" for cell in row.cells)]
        printed.add_row(*(Text(cell, style=style) for cell, style in zip(line, styles, strict=True)))
    Console(no_color=not color(), highlight=False).print(printed)
