"""``kfl diff``: say what changed between two states of the plan: a release, a file, a git revision, or as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.commands.compared import compared
from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import templates_of
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.exports.answers.changes import TEMPLATES, as_json, page
from kfl_cli.exports.context import selected_names
from kfl_cli.exports.templates.environment import TemplateError
from kfl_cli.releases.change_texts import as_text, concerning

if TYPE_CHECKING:
    from kfl_cli.releases.comparison import Comparison
    from kfl_cli.schedule.select import Request


@click.command("diff")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "md", "json", "html"]),
    default="text",
    show_default=True,
    help="text for people, md and html for a mail, json for programs.",
)
@selection_options
@global_options()
def command(request: Request, old: str | None, new: str | None, format_: str) -> None:
    """Say what changed since the last release, for everybody or for a region and a role.

    OLD and NEW are plan files, git revisions (HEAD~3, a tag) or releases (release:2017-12-04). Without NEW, the plan as
    it is now; without OLD, the last release.

    \b
    kfl diff
    kfl diff --for styrer --region sor-osterdal --format md
    kfl diff release:2017-12-04 HEAD
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule, comparison = compared(old, new)
    _, selection = selected(loaded, schedule, request)
    changes = concerning(comparison.changes, selection, comparison.plan)
    if format_ == "json":
        click.echo(as_json(comparison, changes))
        return
    sections = comparison.change_wording.sections(changes)
    if not sections:
        click.echo(_nothing(comparison, named=old is not None), err=True)
    elif format_ == "text":
        click.echo(as_text(sections))
    else:
        whom = ", ".join(selected_names(comparison.plan, selection))
        try:
            click.echo(page(comparison, sections, templates_of(loaded), TEMPLATES[format_], whom=whom), nl=False)
        except TemplateError as error:
            raise Failure(str(error)) from error


def _nothing(comparison: Comparison, *, named: bool) -> str:
    """Return that nothing has changed, and which call shows what the last release changed."""
    say = comparison.change_wording.say
    ledger = comparison.ledger
    if named or ledger is None or len(ledger.releases) < 2:  # noqa: PLR2004  the last, and the one before
        return say.text("Nothing has changed.")
    further = say.text("What the last release changed")
    return f"{say.text('Nothing has changed.')} {further}: kfl diff release:{ledger.releases[-2].version}"
