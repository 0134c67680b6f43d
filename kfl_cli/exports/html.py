"""HTML: one self-contained page with year wheel and table, no script, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kfl_cli.exports.markdown import page
from kfl_cli.exports.svg import drawings
from kfl_cli.gaps import Open, gaps
from kfl_cli.model import Status
from kfl_cli.numbering import Numbers, is_mark, number
from kfl_cli.wheel import LARGE, SMALL

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.resolve import Schedule
    from kfl_cli.view import View

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


_MOST_COMING = 4


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the next dates."""

    number: str
    when: str
    label: str
    activity: str
    location: str


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the page; its content security policy allows its own style sheet, by hash, and nothing else."""
    numbers = number(schedule)
    large, small = (drawings(schedule, context, numbers, size) for size in (LARGE, SMALL))
    coming, unsettled = _next_dates(schedule, numbers, context.view), _unsettled(schedule)
    data = page(schedule, context, "page.html.j2", large=large, small=small, coming=coming, unsettled=unsettled)
    return with_policy(data)


def with_policy(data: bytes) -> bytes:
    """Return a page with the hash of its own style sheet in its content security policy."""
    style = _STYLE.search(data)
    digest = base64.b64encode(hashlib.sha256(style[1]).digest()).decode() if style else ""
    return data.replace(b"STYLE-HASH", f"sha256-{digest}".encode(), 1)


def _next_dates(schedule: Schedule, numbers: Numbers, view: View) -> list[Coming]:
    """Return the first days and deadlines from the day of the plan's version on: a page does not know today."""
    ordered = sorted(schedule.occurrences, key=lambda each: each.order)
    since = schedule.plan.version or date.min
    marks = (each for each in ordered if is_mark(each) and each.status is not Status.CANCELLED)
    coming = [each for each in marks if (each.window.end or date.max) >= since]
    return [
        Coming(numbers.of(each), view.when(each), view.full_label(each), each.activity.id, each.location or "")
        for each in coming[:_MOST_COMING]
    ]


def _unsettled(schedule: Schedule) -> list[tuple[str, str, str]]:
    """Return what the plan leaves open: the id and the title of the activity, and the question."""
    asked = (gap for gap in gaps(schedule) if gap.open is Open.QUESTION)
    return [(gap.activity.id, gap.activity.title, gap.question) for gap in asked]
