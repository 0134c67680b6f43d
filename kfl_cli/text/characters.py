"""Characters that nobody sees, white space, lines: texts as they are compared and shown."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 100_000
"""Characters in one text."""


REMOVED = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2060\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"  # but in the flags of England and Wales
)
"""Characters that nobody sees. A pattern that few texts need, and that takes long to compile."""


BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing: white space and invisible characters only."""
    stripped = text.strip()
    return not stripped or (not stripped[0].isprintable() and not without_controls(stripped).strip())


def on_one_line(text: str) -> str:
    """Return a text with its white space folded; one that is so already is not copied."""
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text  # as nearly all: the only white space that can be printed is a space
    folded = " ".join(text.split())
    return text if folded == text else folded


def without_controls(text: str) -> str:
    """Return a text without the characters that nobody sees."""
    return re.sub(REMOVED, "", text)


def clean_line(text: str) -> str:
    """Return a text on one line, in NFC and without control and direction characters."""
    return " ".join(unicodedata.normalize("NFC", without_controls(text)).split())


def is_clean(text: str) -> bool:
    """Return whether a text is on one line, shows something and has nothing to be cleaned of."""
    return (
        text.isprintable()
        and 0 < len(text) <= LONGEST_TEXT
        and not text.isspace()
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as editors count them: they end with LF, CR or both."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
