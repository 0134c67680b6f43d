"""``kfl open``: print what the plan leaves open, by who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import bold
from kfl_cli.exports.answers.open_questions import as_json, as_markdown, as_text
from kfl_cli.exports.wording import wording_of
from kfl_cli.schedule.open_questions import by_responsible

if TYPE_CHECKING:
    from kfl_cli.schedule.select import Request


@click.command("open")
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
    """List what the plan leaves open, grouped by who answers for it.

    That is: questions, what is tentative, what has no date yet, and what has nobody who answers for it, no audience or
    no place.

    \b
    kfl open
    kfl open --responsible sepu
    kfl open --format md
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    kept, selection = selected(loaded, schedule, request)
    questions = by_responsible(kept, selection.responsible)
    wording = wording_of(schedule, loaded.language)
    if format_ == "json":
        click.echo(as_json(questions, wording))
    elif not questions.by_party:
        click.echo(wording.say.text("Nothing is open."))
    elif format_ == "md":
        click.echo(as_markdown(questions, wording, schedule))
    else:
        click.echo(as_text(questions, wording, schedule, bold))
