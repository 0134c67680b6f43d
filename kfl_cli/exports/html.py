"""HTML: one self-contained page with year wheel and table, no script, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from kfl_cli.exports.markdown import page
from kfl_cli.exports.svg import drawings
from kfl_cli.numbering import number
from kfl_cli.wheel import LARGE, SMALL

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.resolve import Schedule

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the page; its content security policy allows its own style sheet, by hash, and nothing else."""
    numbers = number(schedule)
    large, small = (drawings(schedule, context, numbers, size) for size in (LARGE, SMALL))
    view = context.view
    coming, unsettled = view.next_dates(schedule), view.unsettled(schedule)
    data = page(schedule, context, "page.html.j2", large=large, small=small, coming=coming, unsettled=unsettled)
    return with_policy(data)


def with_policy(data: bytes) -> bytes:
    """Return a page with the hash of its own style sheet in its content security policy."""
    style = _STYLE.search(data)
    digest = base64.b64encode(hashlib.sha256(style[1]).digest()).decode() if style else ""
    return data.replace(b"STYLE-HASH", f"sha256-{digest}".encode(), 1)
