"""HTML: one self-contained page with drawings and table, that needs no script and makes no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.exports.context import Context, heading
from kfl_cli.exports.drawings import timeline
from kfl_cli.exports.drawings.figures import timeline_figures, wheel_figures
from kfl_cli.exports.drawings.wheel import LARGE, SMALL
from kfl_cli.exports.numbering import DateNumbers, is_mark, number_dates
from kfl_cli.exports.page.filters import filters
from kfl_cli.exports.page.table import table
from kfl_cli.exports.schedule_template import document
from kfl_cli.exports.templates.environment import SCRIPT, TemplateError, Templates
from kfl_cli.language.days import say_plain_day
from kfl_cli.language.translator import Translator
from kfl_cli.plan.model import Status
from kfl_cli.schedule.open_questions import GapKind, gaps

if TYPE_CHECKING:
    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.occurrence import Schedule

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


_DOCTYPE = re.compile(rb"\s*<!DOCTYPE html>\n?", re.IGNORECASE)


_OTHER_PRAGMA = re.compile(rb"http-equiv(?!=\"Content-Security-Policy\")", re.IGNORECASE)


_META = re.compile(rb"<meta[\s/]", re.IGNORECASE)


_LONGEST_TAG = 20_000


_POLICY = re.compile(
    rb"\s*<!DOCTYPE html>\s*<html[^<>]*>\s*<head>\s*(?:<meta (?:charset|name)=[^<>]*>\s*)*"
    rb"<meta http-equiv=\"Content-Security-Policy\" "
    rb"content=\"default-src 'none'; ([^<>\"]*)base-uri 'none'; form-action 'none'\">"
)
"""The top of a page of kfl's own, with what its policy allows."""


_MOST_COMING = 4


_MEASURES = {"width": timeline.WIDTH, "left": timeline.LEFT, "font": timeline.FONT}


class Coming(Struct, frozen=True):
    """One of the next dates."""

    id: str
    when: str
    label: str
    location: str


class Unsettled(Struct, frozen=True):
    """A question of the plan, and the dates that it is about."""

    number: str
    title: str
    question: str
    ids: tuple[str, ...]


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the page; its content security policy allows its own style and script, by hash, and nothing else."""
    return with_policy(markup(schedule, context), context.wording.language)


def paper(schedule: Schedule, context: Context, title: str) -> bytes:
    """Return the page as it is to be printed: nothing to choose, nothing to press."""
    return with_policy(markup(schedule, context, title=title, on_paper=True), context.wording.language)


def markup(
    schedule: Schedule, context: Context, *, title: str = "", drawing_style: str = "", on_paper: bool = False
) -> bytes:
    """Return the page without its policy, with what is for screens or as it is to be printed."""
    numbers, wording, views = number_dates(schedule), context.wording, context.views
    chosen = filters(schedule, context)
    whole, rows = "table" in views, table(schedule, numbers, wording)
    values: dict[str, object] = {
        "filters": replace(chosen, regions=(), parties=()) if on_paper else chosen,
        "coming": _next_dates(schedule, wording) if whole and not on_paper else [],
        "large": wheel_figures(schedule, context, numbers, LARGE) if "wheel" in views else [],
        "small": wheel_figures(schedule, context, numbers, SMALL) if "wheel" in views and not on_paper else [],
        "timelines": timeline_figures(schedule, context, numbers) if "timeline" in views else [],
        "measures": _MEASURES,
        "linked": whole,
        "table": rows if whole else None,
        "listed": [] if whole else [line for group in rows.groups for line in group.lines],
        "unsettled": _unsettled(schedule, numbers) if whole else [],
        "goals": schedule.plan.goals if whole else (),
        "calendar": None if on_paper else context.calendar,
        "drawing_style": drawing_style,
        "author_language": "" if schedule.plan.language == wording.language else schedule.plan.language,
        "title": title,
        **page_values(schedule, context),
    }
    contents = [] if on_paper else _contents(values, context)
    return document(schedule, context, "page.html.j2", site=context.site, contents=contents, **values)


def page_values(schedule: Schedule, context: Context) -> dict[str, object]:
    """Return what the style sheet of every page needs."""
    version, wording = schedule.plan.version, context.wording
    said = f". {wording.say.text('Version')} {say_plain_day(version, wording.words)}" if version else ""
    return {"alone": False, "theme": context.templates.theme, "foot": f"{heading(schedule, context)}{said}"}


def with_policy(data: bytes, language: str) -> bytes:
    """Return a page whose content security policy allows its style sheet, by hash, kfl's script, and nothing else.

    The templates may be a stranger's: where the policy is not at the top and one of kfl's own, one is put there, and a
    page that leads elsewhere by itself, which no policy stops, is refused (CSP 3, 2.3.1). Raises TemplateError.
    """
    tags = _META.finditer(data) if _OTHER_PRAGMA.search(data) else ()
    if any(_leads_elsewhere(data[match.start() :][:_LONGEST_TAG]) for match in tags):
        raise TemplateError("a page may not lead elsewhere by itself (http-equiv refresh)")
    style, script = _STYLE.search(data), _SCRIPT.search(data)
    is_own = script is not None and script[1].strip() == _script(language)
    hashes = {b"STYLE-HASH": style[1] if style else b"", b"SCRIPT-HASH": script[1] if script and is_own else b""}
    digests = {name: b"sha256-" + base64.b64encode(hashlib.sha256(text).digest()) for name, text in hashes.items()}
    for name, digest in digests.items():
        data = data.replace(name, digest, 1)
    style_source = b"style-src '" + digests[b"STYLE-HASH"] + b"'; "
    both = style_source + b"script-src '" + digests[b"SCRIPT-HASH"] + b"'; "
    found = _POLICY.match(data)
    if found and found[1] in {b"", style_source, both}:
        return data
    policy = b"default-src 'none'; " + both + b"base-uri 'none'; form-action 'none'"
    start = _DOCTYPE.match(data)
    rest = data[start.end() :] if start else data
    return b'<!DOCTYPE html>\n<meta http-equiv="Content-Security-Policy" content="' + policy + b'">\n' + rest


def _leads_elsewhere(tag: bytes) -> bool:
    """Return whether a text begins with a tag that makes a browser go elsewhere by itself."""
    from html.parser import HTMLParser  # noqa: PLC0415  few pages have a tag that may

    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((dict(attrs).get("http-equiv") or "").strip().lower())

    Reader().feed(tag.decode(errors="replace"))
    return found[:1] == ["refresh"]


@cache
def _script(language: str) -> bytes:
    """Return kfl's own script, which no template of a plan takes the place of."""
    return Templates().render(SCRIPT, Translator(language)).strip().encode()


def _contents(values: dict[str, object], context: Context) -> list[tuple[str, str]]:
    """Return the sections that the page has, as links: id and title."""
    say = context.wording.say
    sections = (
        ("arshjul", say.text("Year wheel"), values["large"]),
        ("tidslinje", say.text("Timeline"), values["timelines"]),
        ("aktiviteter", say.text("All activities"), values["table"]),
        ("apent", say.text("Not settled in the plan"), values["unsettled"]),
        ("kalender", say.text("Calendar"), values["calendar"]),
        ("mal", say.text("Goals"), values["goals"]),
        ("endringer", say.text("Changes"), context.history),
    )
    return [(id_, title) for id_, title, there in sections if there]


def _next_dates(schedule: Schedule, wording: Wording) -> list[Coming]:
    """Return the first days and deadlines from the day of the plan's version on: a page does not know today."""
    ordered = sorted(schedule.occurrences, key=lambda each: each.order)
    since = schedule.plan.version or date.min
    marks = (each for each in ordered if is_mark(each) and each.status is not Status.CANCELLED)
    coming = [each for each in marks if (each.window.end or date.max) >= since]
    return [
        Coming(each.id, wording.when(each), wording.full_label(each), each.location or "")
        for each in coming[:_MOST_COMING]
    ]


def _unsettled(schedule: Schedule, numbers: DateNumbers) -> list[Unsettled]:
    """Return the questions of the plan, each with the dates that it is about."""
    by_activity = {entry.activity.id: entry.occurrences for entry in schedule.activities}
    found = []
    for gap in gaps(schedule):
        if gap.open is GapKind.QUESTION:
            own = sorted(gap.occurrences or by_activity[gap.activity.id], key=lambda each: each.order)
            marks = ", ".join(dict.fromkeys(numbers.of(each) for each in own))
            found.append(Unsettled(marks, gap.activity.title, gap.question, tuple(each.id for each in own)))
    return found
