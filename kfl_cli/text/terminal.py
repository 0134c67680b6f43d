"""Text that does nothing to a terminal but show, whatever a plan, a path or an argument holds."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return a text with U+FFFD for what a terminal would obey or not show: escapes, controls, turns of direction."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


def dumped(document: object) -> str:
    r"""Return a JSON text on lines, readable as it is; what cannot be shown is escaped (``\u202e``)."""
    import json  # noqa: PLC0415  only for this format

    text = json.dumps(document, ensure_ascii=False, indent=2)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text)
