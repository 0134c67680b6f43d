"""Text that is safe to print on a terminal, whatever a plan, a path or an argument holds."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return a text with U+FFFD in place of escapes, control characters, bidi controls and invisible characters."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in text)
