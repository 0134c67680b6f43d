"""``kfl upcoming``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kfl_cli.commands.clock import today
from kfl_cli.commands.opened import open_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.commands.terminal import color
from kfl_cli.exports.wording import Wording, wording_of
from kfl_cli.language.days import say_day
from kfl_cli.schedule.select import Request
from kfl_cli.schedule.upcoming import Phase, Upcoming, UpcomingOccurrence, look_ahead
from kfl_cli.text.json import printable_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@click.command("upcoming")
@click.option(
    "--days", type=click.IntRange(0, 36500), default=30, show_default=True, help="How many days to look ahead."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@selection_options
@global_options()
def command(days: int, *, as_json: bool, **request: str | None) -> None:
    """Show what starts, what is due and what is going on, soonest first.

    \b
    kfl upcoming
    kfl upcoming --days 14 --region hedmarken --for styrer
    kfl --today 2018-01-04 upcoming
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    opened, schedule = open_valid_plan()
    kept, _ = selected(opened, schedule, Request(**request))
    shown = wording_of(kept, opened.language)
    ahead = look_ahead(kept, today(schedule.plan), days)
    click.echo(_json(ahead, shown) if as_json else _text(ahead, shown), nl=False)


def _text(ahead: Upcoming, shown: Wording) -> str:
    say = shown.say
    until = say.count("the next {n} day", "the next {n} days", ahead.days)
    day = _capital(say_day(ahead.today, shown.words))
    head = f"{day} – {until}" if ahead.days else day
    sections = [_bold(head)]
    if ahead.coming:
        sections += [_item(item, ahead.today, shown) for item in ahead.coming]
    else:
        sections.append(_nothing(ahead, shown))
    if ahead.ongoing:
        sections.append(_bold(say.text("Going on")))
        sections += [_item(item, ahead.today, shown) for item in ahead.ongoing]
    return "\n\n".join(sections) + "\n"


def _nothing(ahead: Upcoming, shown: Wording) -> str:
    """Say when the plan goes on or ended, and how to look from another day: never an empty screen."""
    say = shown.say
    lines = [say.text("Nothing starts or is due.")]
    if ahead.next and ahead.next.day:
        lines.append(f"{say.text('Next')}: {_when(ahead.next, shown)} – {shown.label(ahead.next.occurrence)}")
        lines.append(f"{say.text('Look further')}: kfl upcoming --days {(ahead.next.day - ahead.today).days}")
    elif ahead.last_day and ahead.first_day:
        if not ahead.ongoing:
            lines.append(f"{say.text('The last day in the plan was')} {say_day(ahead.last_day, shown.words)}.")
        lines.append(f"{say.text('Look from another day')}: kfl --today {ahead.first_day} upcoming")
    else:
        lines.append(say.text("Nothing in the selection has a date."))
    return "\n".join(lines)


def _item(item: UpcomingOccurrence, today_: date, shown: Wording) -> str:
    return "\n".join(_lines(item, today_, shown))


def _lines(item: UpcomingOccurrence, today_: date, shown: Wording) -> Iterator[str]:
    occurrence, say = item.occurrence, shown.say
    label = shown.full_label(occurrence)
    if item.phase is Phase.DUE:
        label = f"{say.text('Deadline')}: {label}"
    yield f"{_bold(_distance(item, today_, shown))}  {_when(item, shown)}"
    yield f"    {label}"
    if item.phase is not Phase.ONGOING and occurrence.location:
        yield f"    {say.text('Location')}: {occurrence.location}"
    if occurrence.question:
        yield f"    {shown.question(occurrence.question)}"
    responsible = ", ".join(shown.assignments(occurrence.responsible))
    if responsible:
        yield f"    {say.text('Responsible')}: {responsible}"


def _when(item: UpcomingOccurrence, shown: Wording) -> str:
    """Return the day when something is due, else its date as the plan has it: a month is not its first day."""
    return say_day(item.day, shown.words) if item.phase is Phase.DUE and item.day else shown.when(item.occurrence)


def _distance(item: UpcomingOccurrence, today_: date, shown: Wording) -> str:
    say = shown.say
    if item.phase is Phase.ONGOING:
        if item.day is None:
            return say.text("now")
        days = (item.day - today_).days
        return say.text("ends today") if days == 0 else say.count("{n} day left", "{n} days left", days)
    days = (item.day - today_).days if item.day else 0
    if days == 0:
        return say.text("today")
    return say.text("tomorrow") if days == 1 else say.count("in {n} day", "in {n} days", days)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bold(text: str) -> str:
    return click.style(text, bold=True) if color() else text


def _json(ahead: Upcoming, shown: Wording) -> str:
    document = {
        "today": ahead.today.isoformat(),
        "days": ahead.days,
        "items": [_json_item(item, ahead.today, shown) for item in (*ahead.coming, *ahead.ongoing)],
        "next": _json_item(ahead.next, ahead.today, shown) if ahead.next else None,
        "last_day": ahead.last_day.isoformat() if ahead.last_day else None,
    }
    return printable_json(document) + "\n"


def _json_item(item: UpcomingOccurrence, today_: date, shown: Wording) -> dict[str, object]:
    occurrence = item.occurrence
    scope = occurrence.scope
    start, end = occurrence.window.start, occurrence.window.end
    return {
        "id": occurrence.id,
        "title": occurrence.title,
        "scope": {"id": scope, "name": shown.plan.scopes.names[scope]} if scope else None,
        "scopes": [{"id": each, "name": shown.plan.scopes.names[each]} for each in occurrence.scopes],
        "phase": item.phase.value,
        "kind": occurrence.kind.value,
        "day": item.day.isoformat() if item.day else None,
        "days_until": (item.day - today_).days if item.day else None,
        "until_text": _distance(item, today_, shown),
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "when_text": shown.when(occurrence),
        "status": occurrence.status.value,
        "location": occurrence.location,
        "responsible": [each.party for each in occurrence.responsible],
        "audience": [each.party for each in occurrence.audience],
    }
