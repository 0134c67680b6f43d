"""``kfl show``: print one activity with its dates, sessions and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import Named
from kfl_cli.commands.terminal import color
from kfl_cli.exports.activity_rows import activity_row
from kfl_cli.exports.wording import Wording, wording_of
from kfl_cli.text.commonmark import lines
from kfl_cli.text.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.schedule.occurrence import Occurrence, ScheduledActivity


@click.command("show")
@click.argument("id", metavar="ID", type=Named("activity"))
@global_options()
def command(id: str) -> None:  # noqa: A002  the argument's name in the help
    """Show one activity with all its dates and tasks, and where in the file it stands.

    ID is the id of an activity, or of one of its dates such as workshop-1/hamar-stange.

    \b
    kfl show workshop-1
    kfl show avklare-deltakere/gruppeoppsett
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    wording = wording_of(schedule, loaded.language)
    for scheduled in schedule.activities:
        only = [occurrence for occurrence in scheduled.occurrences if f"{occurrence.id}/".startswith(f"{id}/")]
        if id == scheduled.activity.id or only:
            occurrences = list(scheduled.occurrences) if id == scheduled.activity.id else only
            click.echo("\n".join(_lines(scheduled, occurrences, loaded.file, wording)))
            return
    known = [scheduled.activity.id for scheduled in schedule.activities] + [each.id for each in schedule.occurrences]
    near = nearest(id, known)
    raise Failure(f"the plan has no activity '{id}'" + (f"; did you mean {', '.join(near)}?" if near else ""))


def _lines(scheduled: ScheduledActivity, occurrences: list[Occurrence], file: str, wording: Wording) -> Iterator[str]:
    activity, say = scheduled.activity, wording.say.text
    row = activity_row(scheduled, wording)
    line = activity.node.span.line if activity.node else 1
    yield click.style(activity.title, bold=True) if color() else activity.title
    yield f"{activity.id} – {file}:{line}"
    yield from _named(say("Status"), row.status)
    yield from _named(say("When"), row.when)
    yield from _named(say("Region"), row.region)
    yield from _named(say("Location"), row.location)
    yield from _named(say("Responsible"), ", ".join(row.responsible))
    yield from _named(say("Audience"), ", ".join(row.audience))
    yield from filter(None, [wording.capacity(activity.capacity)])
    yield from _named(say("Not settled"), row.question)
    yield from ["", *lines(row.description)] if row.description else []
    yield from ["", *(f"{label}: {text}" for label, text in row.more)] if row.more else []
    yield from ["", *row.note.split("\n")] if row.note else []
    if occurrences:
        yield from ("", f"{say('Dates')}:")
        for occurrence in sorted(occurrences, key=lambda each: each.order):
            yield from _date(occurrence, wording)
    if row.tasks:
        yield from ("", f"{say('Tasks')}:")
        for task in row.tasks:
            title = f"{task.status}: {task.title}" if task.status else task.title
            details = [*task.when, task.responsible, task.audience]
            yield f"  • {' – '.join([title, *(detail for detail in details if detail)])}"
            yield from _below(task.note, task.links)
    yield from ["", f"{say('Links')}:", *_below("", row.links)] if row.links else []


def _named(name: str, value: str) -> list[str]:
    return [f"{name}: {value}"] if value else []


def _date(occurrence: Occurrence, wording: Wording) -> Iterator[str]:
    """Return a date with the details that are not those of its activity; a note and links have lines of their own."""
    note = occurrence.note or "" if occurrence.session else ""
    pieces = (
        wording.when(occurrence),
        wording.scope(occurrence),
        wording.own_status(occurrence),
        wording.own_location(occurrence),
        *(detail for detail in wording.details(occurrence) if detail != note),
    )
    yield f"  {' – '.join(piece for piece in pieces if piece)} [{occurrence.id}]"
    if occurrence.session:
        yield from _below(note, wording.links(occurrence.links))


def _below(note: str, links: Iterable[tuple[str, str]]) -> list[str]:
    """Return the lines of a note, and one for each link, below what they belong to."""
    addresses = [f"{title}: {url}" if title else url.removeprefix("mailto:") for title, url in links]
    return [f"    {line}" for line in (*note.split("\n"), *addresses) if line]
