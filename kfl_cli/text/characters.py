"""Invisible characters, white space and lines: cleaning a text before it is compared and shown."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 100_000
"""Characters that one text may have."""

REMOVED = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2060\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"  # but in the flags of England and Wales
)
"""A pattern for invisible characters. It is compiled where it is first used: that is slow, and few texts need it."""

BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
"""Line breaks other than LF and CR, for ``str.translate``."""


def is_blank(text: str) -> bool:
    """Return whether a text consists of white space and invisible characters only."""
    stripped = text.strip()
    return not stripped or (not stripped[0].isprintable() and not without_controls(stripped).strip())


def on_one_line(text: str) -> str:
    """Return a text with each run of white space as one space and none at the ends; the same object if it is so."""
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text  # fast path: of white space, only the space counts as printable
    folded = " ".join(text.split())
    return text if folded == text else folded


def without_controls(text: str) -> str:
    """Return a text without invisible characters."""
    return re.sub(REMOVED, "", text)


def clean_line(text: str) -> str:
    """Return a text on one line, in NFC and without invisible characters."""
    return " ".join(unicodedata.normalize("NFC", without_controls(text)).split())


def is_clean(text: str) -> bool:
    """Return whether a text is not blank, has one line and is in NFC without invisible characters."""
    return (
        text.isprintable()
        and 0 < len(text) <= LONGEST_TEXT
        and not text.isspace()
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def is_clean_line(text: str) -> bool:
    """Return whether a text is clean, and each run of white space in it one space, with none at the ends."""
    return (
        text.isprintable()  # so that its white space is spaces
        and 0 < len(text) <= LONGEST_TEXT
        and text == text.strip()
        and "  " not in text
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as editors count them: each ends with LF, CR or CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
