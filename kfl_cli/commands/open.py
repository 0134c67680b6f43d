"""``kfl open``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.commands.opened import open_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import color
from kfl_cli.dates import say_window
from kfl_cli.exports.wording import Wording, wording_of
from kfl_cli.schedule.open_questions import Gap, GapKind, OpenQuestions, by_responsible
from kfl_cli.schedule.select import Request
from kfl_cli.text.github_markdown import block, inline
from kfl_cli.text.json import printable_json

if TYPE_CHECKING:
    from kfl_cli.dates import Window
    from kfl_cli.plan.model import Activity

Json = dict[str, object]


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
def command(format_: str, **request: str | None) -> None:
    """List what the plan leaves open, grouped by who answers for it.

    That is: questions, what is tentative, what has no date yet, and what has nobody who answers for it, no audience or
    no place.

    \b
    kfl open
    kfl open --responsible sepu
    kfl open --format md
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    opened, schedule = open_valid_plan()
    kept, selection = selected(opened, schedule, Request(**request))
    questions = by_responsible(kept, selection.responsible)
    shown = wording_of(schedule, opened.language)
    if format_ == "json":
        click.echo(printable_json(_json(questions, shown)))
    elif not questions.by_party:
        click.echo(shown.say.text("Nothing is open."))
    else:
        windows = {entry.activity.id: entry.window for entry in schedule.activities}
        click.echo((_markdown if format_ == "md" else _text)(questions, shown, windows))


def _name(party: str | None, shown: Wording) -> str:
    return shown.plan.party_names[party] if party else shown.say.text("Nobody answers for")


def _what(gap: Gap, shown: Wording) -> str:
    say = shown.say
    match gap.open:
        case GapKind.QUESTION:
            return gap.question
        case GapKind.TENTATIVE:
            return say.text("tentative")
        case GapKind.DATE:
            return say.text("no date yet")
        case GapKind.RESPONSIBLE:
            return say.text("nobody answers for it")
        case GapKind.AUDIENCE:
            return say.text("no audience")
        case _:
            return say.text("no place")


def _lines(found: list[Gap], shown: Wording, windows: dict[str, Window]) -> list[tuple[str, str]]:
    """Return each activity, with its dates, and all that is open of it."""
    by_activity: dict[str, list[Gap]] = {}
    for gap in found:
        by_activity.setdefault(gap.activity.id, []).append(gap)
    lines = []
    for id_, own in by_activity.items():
        when = _when(own[0].activity, windows[id_], shown)
        lines.append(
            (f"{own[0].activity.title}{f' – {when}' if when else ''}", "; ".join(_piece(gap, shown) for gap in own))
        )
    return lines


def _when(activity: Activity, window: Window, shown: Wording) -> str:
    """Return when an activity is, as its row has it; of one that has only sessions, from the first to the last."""
    if activity.when:
        return "" if window.unset else shown.written(activity.when)
    return say_window(window, deadline=False, words=shown.words)


def _piece(gap: Gap, shown: Wording) -> str:
    """Return what is open, and for whom where that is not all."""
    dates = () if gap.whole else gap.occurrences
    names = [each.task.title if each.task else shown.scope(each) for each in dates if each.task or each.scopes]
    return f"{', '.join(dict.fromkeys(names))}: {_what(gap, shown)}" if names else _what(gap, shown)


def _text(questions: OpenQuestions, shown: Wording, windows: dict[str, Window]) -> str:
    blocks = []
    for party, found in questions.by_party.items():
        name = click.style(_name(party, shown), bold=True) if color() else _name(party, shown)
        lines = (f"  {title}\n      {what}" for title, what in _lines(found, shown, windows))
        blocks.append("\n".join([name, *lines]))
    return "\n\n".join(blocks)


def _markdown(questions: OpenQuestions, shown: Wording, windows: dict[str, Window]) -> str:
    blocks = []
    for party, found in questions.by_party.items():
        lines = (f"- {block(title)}: {inline(what)}" for title, what in _lines(found, shown, windows))
        blocks.append("\n".join([f"## {inline(_name(party, shown))}", "", *lines]))
    return "\n\n".join(blocks)


def _json(questions: OpenQuestions, shown: Wording) -> Json:
    return {
        "groups": [
            {
                "responsible": {"id": party, "name": shown.plan.party_names[party]} if party else None,
                "items": [_item(gap, shown) for gap in found],
            }
            for party, found in questions.by_party.items()
        ],
        "count": questions.count,
    }


def _item(gap: Gap, shown: Wording) -> Json:
    return {
        "open": gap.open.value,
        "activity": gap.activity.id,
        "title": gap.activity.title,
        "occurrences": [] if gap.whole else [each.id for each in gap.occurrences],
        "question": gap.question or None,
        "text": _what(gap, shown),
        "line": gap.span.line,
    }
