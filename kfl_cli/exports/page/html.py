"""HTML: one self-contained page with drawings and table. It is complete without its script and requests nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.exports.context import Context, heading
from kfl_cli.exports.drawings import timeline
from kfl_cli.exports.drawings.figures import timeline_figures, wheel_figures
from kfl_cli.exports.drawings.wheel import LARGE, SMALL
from kfl_cli.exports.numbering import DateNumbers, is_mark, number_dates
from kfl_cli.exports.page.calendars import calendars
from kfl_cli.exports.page.filters import filters
from kfl_cli.exports.page.policy import with_policy
from kfl_cli.exports.page.table import table
from kfl_cli.exports.schedule_template import document
from kfl_cli.language.days import say_plain_day
from kfl_cli.schedule.closed_periods import closed_periods
from kfl_cli.schedule.open_questions import questions

if TYPE_CHECKING:
    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.occurrence import Schedule

_NEXT_DATES = 4
"""Most dates that are listed as the next ones."""


_MEASURES = {"width": timeline.WIDTH, "left": timeline.LEFT, "font": timeline.FONT}
"""Measures of the timeline, for its template."""


class NextDate(Struct, frozen=True):
    """One of the next dates."""

    id: str
    when: str
    label: str
    location: str


class OpenQuestion(Struct, frozen=True):
    """A question of the plan, and the dates that it is about."""

    number: str
    """The numbers of those dates."""
    title: str
    """Of the activity."""
    question: str
    ids: tuple[str, ...]
    """The occurrences."""


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the page under its content security policy. Raises TemplateError."""
    return with_policy(markup(schedule, context), context.wording.language)


def paper(schedule: Schedule, context: Context, title: str) -> bytes:
    """Return the page as it prints, without choices and links to elsewhere. Raises TemplateError."""
    return with_policy(markup(schedule, context, title=title, on_paper=True), context.wording.language)


def markup(
    schedule: Schedule, context: Context, *, title: str = "", drawing_style: str = "", on_paper: bool = False
) -> bytes:
    """Return the page without the hashes of its policy, for screens or as it prints. Raises TemplateError."""
    numbers, wording, views = number_dates(schedule), context.wording, context.views
    choices = filters(schedule, context)
    closed = closed_periods(schedule.plan, context.selection) if schedule.activities else []
    has_table, rows = "table" in views, table(schedule, numbers, wording, closed)
    values: dict[str, object] = {
        "filters": replace(choices, regions=(), parties=(), categories=()) if on_paper else choices,
        "coming": _next_dates(schedule, wording) if has_table and not on_paper else [],
        "large": wheel_figures(schedule, context, numbers, LARGE) if "wheel" in views else [],
        "small": wheel_figures(schedule, context, numbers, SMALL) if "wheel" in views and not on_paper else [],
        "timelines": timeline_figures(schedule, context, numbers) if "timeline" in views else [],
        "measures": _MEASURES,
        "closed": closed,
        "linked": has_table,
        "table": rows if has_table else None,
        "listed": [] if has_table else [line for block in rows.groups for line in block.lines],
        "unsettled": _open_questions(schedule, numbers) if has_table else [],
        "goals": schedule.plan.goals if has_table else (),
        "calendar": None if on_paper else context.calendar,
        "calendars": [] if on_paper else calendars(choices, context),
        "drawing_style": drawing_style,
        "author_language": "" if schedule.plan.language == wording.language else schedule.plan.language,
        "title": title,
        **page_values(schedule, context),
    }
    contents = [] if on_paper else _contents(values, context)
    return document(schedule, context, "page.html.j2", site=context.site, contents=contents, **values)


def page_values(schedule: Schedule, context: Context) -> dict[str, object]:
    """Return the values of the style sheet of every page."""
    version, wording = schedule.plan.version, context.wording
    version_text = f". {wording.say.text('Version')} {say_plain_day(version, wording.words)}" if version else ""
    return {"alone": False, "theme": context.templates.theme, "foot": f"{heading(schedule, context)}{version_text}"}


def _contents(values: dict[str, object], context: Context) -> list[tuple[str, str]]:
    """Return id and title of the sections that the page has."""
    say = context.wording.say
    sections = (
        ("arshjul", say.text("Year wheel"), values["large"]),
        ("tidslinje", say.text("Timeline"), values["timelines"]),
        ("aktiviteter", say.text("All activities"), values["table"]),
        ("apent", say.text("Not settled in the plan"), values["unsettled"]),
        ("kalender", say.text("Calendar"), values["calendars"]),
        ("mal", say.text("Goals"), values["goals"]),
        ("endringer", say.text("Changes"), context.recent_changes),
    )
    return [(id_, title) for id_, title, content in sections if content]


def _next_dates(schedule: Schedule, wording: Wording) -> list[NextDate]:
    """Return the first days and deadlines from the day of the plan's version on, since a file does not know today."""
    since = schedule.plan.version or date.min
    dates = (each for each in schedule.by_date if is_mark(each) and not each.status.is_over)
    following = [each for each in dates if (each.window.end or date.max) >= since]
    return [
        NextDate(each.id, wording.when(each), wording.full_label(each), each.location or "")
        for each in following[:_NEXT_DATES]
    ]


def _open_questions(schedule: Schedule, numbers: DateNumbers) -> list[OpenQuestion]:
    """Return the questions of the plan, each with the dates that it is about."""
    by_activity = {scheduled.activity.id: scheduled.occurrences for scheduled in schedule.activities}
    found = []
    for gap in questions(schedule):
        dates = sorted(gap.occurrences or by_activity[gap.activity.id], key=lambda occurrence: occurrence.order)
        number = ", ".join(dict.fromkeys(numbers.of(each) for each in dates))
        found.append(OpenQuestion(number, gap.activity.title, gap.question, tuple(each.id for each in dates)))
    return found
