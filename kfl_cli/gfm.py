"""Text that means itself in GitHub Flavored Markdown (GFM 0.29), whatever it holds."""

from __future__ import annotations

import re

_INLINE = re.compile(r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!(?=\[)")
_BLOCK = re.compile(r"^(\s*)(?:([0-9]{1,9})([.)])(?=\s|$)|([-+=>:])|(#))")


def inline(text: str) -> str:
    """Return ``text`` for the inside of a line or a table cell: on one line, whatever could be markup escaped."""
    folded = " ".join(text.split())
    return _INLINE.sub(lambda match: f"\\{match[0]}", folded)


def block(text: str) -> str:
    r"""Return ``text`` for the beginning of a line: «8. september» must not become a list (``8\. september``)."""
    line = inline(text)
    match = _BLOCK.match(line)
    if match is None:
        return line
    at = match.end(2) if match[2] else match.end(1)
    return f"{line[:at]}\\{line[at:]}"
