"""HTML: one self-contained page with the table, no script, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from kfl_cli.exports.markdown import page

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.resolve import Schedule

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the page; its content security policy allows its own style sheet, by hash, and nothing else."""
    data = page(schedule, context, "page.html.j2")
    style = _STYLE.search(data)
    digest = base64.b64encode(hashlib.sha256(style[1]).digest()).decode() if style else ""
    return data.replace(b"STYLE-HASH", f"sha256-{digest}".encode(), 1)
