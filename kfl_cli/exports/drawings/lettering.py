"""The texts in a drawing, and how much room they take."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

DIGIT_WIDTH = 0.62
"""Width of a digit, as a share of the font's height."""


class Captions(Struct, frozen=True):
    """The texts of a drawing, in the reader's language."""

    months: tuple[str, ...]
    for_all: str
    """Name of the track of occurrences that are for all."""
    texts: dict[str, str]
    """Text of an occurrence by its id: of a date with its day and scope, of a period its title."""
    day_point: str = "."
    """Follows the number of a day."""


def bold_width(text: str) -> float:
    """Return an upper estimate of the width of a bold text, in heights of its font."""
    return sum(_bold_width(char) for char in text)


def _bold_width(char: str) -> float:
    if char in "WMÆŒ@%" or unicodedata.east_asian_width(char) in "WF":
        return 1.1
    return 0.82 if char.isupper() else 0.65
