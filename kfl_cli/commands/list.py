"""``kfl list``: print the activities of a selection as a table."""

from __future__ import annotations

import sys
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import color
from kfl_cli.exports.wording import Wording, wording_of
from kfl_cli.schedule.closed_periods import ClosedPeriod, closed_periods

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence
    from kfl_cli.schedule.select import Request


@click.command("list")
@selection_options
@global_options()
def command(request: Request) -> None:
    """Show the activities of a region or a party as a table, in the order of their dates.

    In a terminal the table fits its width; into a pipe or a file, nothing is cut.

    \b
    kfl list
    kfl list --region sor-osterdal --for styrer
    kfl list --from "januar 2018" --until "mars 2018"
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    kept, selection = selected(loaded, schedule, request)
    wording = wording_of(kept, loaded.language)
    closed = closed_periods(schedule.plan, selection) if kept.activities else []
    dated: list[ClosedPeriod | Occurrence] = [*closed, *kept.occurrences]
    rows = [_row(each, wording) for each in sorted(dated, key=attrgetter("order"))]
    if not rows:
        click.echo(wording.say.text("Nothing in the plan matches this selection."))
    elif sys.stdout.isatty():
        _table(rows, wording)
    else:
        click.echo(_plain(rows), nl=False)


def _row(occurrence: Occurrence | ClosedPeriod, wording: Wording) -> tuple[str, str, str, str]:
    if isinstance(occurrence, ClosedPeriod):
        return wording.written(occurrence.closure.when), wording.closed(occurrence), "", ""
    return (
        wording.when(occurrence),
        wording.full_label(occurrence),
        ", ".join(wording.assignments(occurrence.responsible)),
        ", ".join(wording.plan.party_names[each.party] for each in occurrence.audience),
    )


def _head(wording: Wording) -> tuple[str, ...]:
    say = wording.say
    return say.text("When"), say.text("Activity"), say.text("Responsible"), say.text("Audience")


def _table(rows: list[tuple[str, str, str, str]], wording: Wording) -> None:
    from rich.console import Console  # noqa: PLC0415  slow to load, and only for a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold", leading=1)
    for name, ratio in zip(_head(wording), (4, 6, 3, 3), strict=True):
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(no_color=not color(), highlight=False).print(table)


def _plain(rows: list[tuple[str, str, str, str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip() + "\n"
        for row in rows
    )
