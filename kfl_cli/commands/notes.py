"""``kfl notes``: write a message about the changes for each region and party that they concern."""

from __future__ import annotations

from pathlib import Path

import click

from kfl_cli.commands.compared import compared
from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import templates_of
from kfl_cli.commands.options import global_options
from kfl_cli.exports.answers.notes import notes
from kfl_cli.exports.templates.environment import TemplateError
from kfl_cli.exports.wording import wording_of
from kfl_cli.machine.folder import create
from kfl_cli.text.terminal import printable


@click.command("notes")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("-o", "--output", required=True, metavar="DIR/", help="An empty or a new folder for the messages.")
@global_options()
def command(old: str | None, new: str | None, output: str) -> None:
    """Write a message for each region and group, and one for each party, whom the changes concern.

    Each is a text and an HTML file: drafts of the mails that go out after a release. Nothing is sent. OLD and NEW are
    as for 'kfl diff'; where nothing changed since the last release, what that one changed is told.

    \b
    kfl notes -o drafts/
    kfl notes release:2017-12-04 -o drafts/
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule, comparison = compared(old, new, last_changes=True)
    folder = Path(output)
    templates = templates_of(loaded)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Failure(f"{output} is not empty; name a new folder, so that no old message is sent")
        written = list(notes(comparison, templates, wording_of(schedule).contact()))
        if written:
            create(folder, dict(written))
    except TemplateError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{output}: {error.strerror}") from error
    for name, _ in written:
        click.echo(printable(str(folder / name)), err=True)
    say = comparison.change_wording.say.text
    if not written:
        message = (
            say("What has changed concerns nobody in the plan.") if comparison.changes else say("Nothing has changed.")
        )
        click.echo(message, err=True)
