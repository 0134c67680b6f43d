"""Text that does nothing to a terminal but show, whatever a plan, a path or an argument holds."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return a text with U+FFFD for what a terminal would obey or not show: escapes, controls, turns of direction."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)
