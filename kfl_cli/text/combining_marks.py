"""More combining marks on one character than any language has: a text that takes long to compare and to draw."""

from __future__ import annotations

import re
import unicodedata

ASCII = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""The ASCII characters that a text may hold."""

FAR_FROM_LATIN = re.compile("[^\x00-\u02ff][^\x00-\u02ff]{30,}")
"""Thirty-one characters beyond Latin in a row: a fast precondition, since every stack of marks has them."""

MOST_MARKS = 30
"""Combining marks on one character (UAX #15, D3: Stream-Safe Text Format)."""


def non_ascii(text: str) -> str:
    """Return the other characters of a text than ``ASCII``, in order; they are few, and cheap to search."""
    return text.encode().translate(None, ASCII).decode()


def stacked(text: str) -> int | None:
    """Return the index of the first mark beyond ``MOST_MARKS`` on one character; None where there is none.

    Putting marks in canonical order takes time by the square of their number.
    """
    if text.isascii():
        return None
    for match in FAR_FROM_LATIN.finditer(text):
        run = 0
        for index, character in enumerate(match[0], match.start()):
            run = run + 1 if unicodedata.combining(character) else 0
            if run > MOST_MARKS:
                return index
    return None
