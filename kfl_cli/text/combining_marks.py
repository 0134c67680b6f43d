"""Combining marks that are stacked on one character, as no language does."""

from __future__ import annotations

import re
import unicodedata

ASCII = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


FAR_FROM_LATIN = re.compile("[^\x00-\u02ff][^\x00-\u02ff]{30,}")
"""What Norwegian, German or French has not, but all texts with many marks have."""


MOST_MARKS = 30


def non_ascii(text: str) -> str:
    """Return what a text holds beside the signs of ASCII, in its order: all that can be wrong with it, and little."""
    return text.encode().translate(None, ASCII).decode()


def stacked(text: str) -> int | None:
    """Return where more marks are stacked on one letter than any language has.

    The limit is that of UAX #15, D3 (Stream-Safe Text Format): putting marks in order takes the square of their number.
    """
    if text.isascii():
        return None
    for match in FAR_FROM_LATIN.finditer(text):
        run = 0
        for index, sign in enumerate(match[0], match.start()):
            run = run + 1 if unicodedata.combining(sign) else 0
            if run > MOST_MARKS:
                return index
    return None
