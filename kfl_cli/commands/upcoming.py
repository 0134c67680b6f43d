"""``kfl upcoming``: print what starts, is due and is going on in the days ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.commands.clock import today
from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import bold
from kfl_cli.exports.answers.upcoming import as_text
from kfl_cli.exports.wording import wording_of
from kfl_cli.schedule.closed_periods import closed_ahead, closed_periods
from kfl_cli.schedule.upcoming import look_ahead

if TYPE_CHECKING:
    from kfl_cli.schedule.select import Request


@click.command("upcoming")
@click.option(
    "--days", type=click.IntRange(0, 36500), default=30, show_default=True, help="How many days to look ahead."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@selection_options
@global_options()
def command(request: Request, days: int, *, as_json: bool) -> None:
    """Show what starts, what is due and what is going on, soonest first.

    \b
    kfl upcoming
    kfl upcoming --days 14 --region hedmarken --for styrer
    kfl --today 2018-01-04 upcoming
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    kept, selection = selected(loaded, schedule, request)
    ahead, wording = look_ahead(kept, today(schedule.plan), days), wording_of(kept, loaded.language)
    closed = closed_ahead(closed_periods(schedule.plan, selection), ahead.today, days)
    if as_json:
        from kfl_cli.exports.answers import upcoming_json  # noqa: PLC0415  only for this format

        click.echo(upcoming_json.as_json(ahead, wording, closed), nl=False)
    else:
        click.echo(as_text(ahead, wording, bold, closed), nl=False)
