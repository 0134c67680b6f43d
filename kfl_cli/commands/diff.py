"""``kfl diff``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.opened import templates_of
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.states import compared
from kfl_cli.exports.context import selected_names
from kfl_cli.exports.templates.environment import TemplateError
from kfl_cli.releases.change_texts import as_text, concerning
from kfl_cli.schedule.select import Request
from kfl_cli.text.json import printable_json

if TYPE_CHECKING:
    from kfl_cli.releases.diff import Change
    from kfl_cli.releases.published_occurrence import Named, Published
    from kfl_cli.releases.states import Comparison

Json = dict[str, object]
TEMPLATES = {"md": "changes.md.j2", "html": "changes.html.j2"}


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
def command(old: str | None, new: str | None, format_: str, **request: str | None) -> None:
    """Say what changed since the last release, for everybody or for a region and a role.

    OLD and NEW are plan files, git revisions (HEAD~3, a tag) or releases (release:2017-12-04). Without NEW, the plan as
    it is now; without OLD, the last release.

    \b
    kfl diff
    kfl diff --for styrer --region sor-osterdal --format md
    kfl diff release:2017-12-04 HEAD
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    opened, schedule, comparison = compared(old, new)
    _, selection = selected(opened, schedule, Request(**request))
    changes = concerning(comparison.changes, selection, comparison.plan)
    if format_ == "json":
        click.echo(printable_json(_json(comparison, changes)))
        return
    sections = comparison.teller.sections(changes)
    if not sections:
        click.echo(_nothing(comparison, named=old is not None), err=True)
    elif format_ == "text":
        click.echo(as_text(sections))
    else:
        whom = ", ".join(selected_names(comparison.plan, selection))
        values = {
            "title": comparison.title(whom),
            "since": comparison.since(),
            "comments": comparison.comments(),
            "sections": sections,
            "contact": "",
        }
        try:
            page = templates_of(opened).render(TEMPLATES[format_], comparison.teller.say, **values)
        except TemplateError as error:
            raise Failure(str(error)) from error
        click.echo(page, nl=False)


def _nothing(comparison: Comparison, *, named: bool) -> str:
    """Say that nothing has changed, and how to see what the last release changed."""
    say = comparison.teller.say
    ledger = comparison.ledger
    if named or ledger is None or len(ledger.releases) < 2:  # noqa: PLR2004  the last, and the one before
        return say.text("Nothing has changed.")
    further = say.text("What the last release changed")
    return f"{say.text('Nothing has changed.')} {further}: kfl diff release:{ledger.releases[-2].version}"


def _json(comparison: Comparison, changes: list[Change]) -> Json:
    return {
        "from": comparison.old.name,
        "to": comparison.new.name,
        "changes": [_change(each, comparison) for each in changes],
    }


def _change(change: Change, comparison: Comparison) -> Json:
    scopes = change.shown.scopes
    document: Json = {
        "kind": change.kind.value,
        "id": change.shown.id,
        "title": change.shown.title,
        "scope": _named(scopes)[0] if len(scopes) == 1 else None,
        "before": _item(change.before, comparison),
        "after": _item(change.after, comparison),
    }
    return document | ({"because": change.because} if change.because else {})


def _item(item: Published | None, comparison: Comparison) -> Json | None:
    if item is None:
        return None
    timezone = comparison.plan.timezone
    return {
        "title": item.title,
        "status": item.status,
        "start": _moment(item.start, timezone),
        "end": _moment(item.end, timezone),
        "when_text": comparison.teller.when(item),
        "location": item.location or None,
        "question": item.question or None,
        "scopes": _named(item.scopes),
        "responsible": _named(item.responsible),
        "audience": _named(item.audience),
        "text": item.text or None,
    }


def _moment(text: str, timezone: str) -> str | None:
    """Return a day, or a clock time with the offset of the plan's zone, as in ``kfl export --json``."""
    if "T" not in text:
        return text or None
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).isoformat()


def _named(named: Named) -> list[dict[str, str]]:
    return [{"id": id_, "name": text} for id_, text in named]
