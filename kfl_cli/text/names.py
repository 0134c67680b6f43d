"""Names as people write them, compared without case, diacritics, spaces and hyphens."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ID = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
"""The pattern of an id; match it in full."""

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ŧ": "t", "ŋ": "n"})
"""Letters that Unicode does not decompose, as ids are written."""

_OTHER = re.compile(r"[^\w]+|_+")
"""Runs of characters that are neither letters nor digits."""


def slug(text: str) -> str:
    """Return ``text`` as an id is written: ``Sør-Østerdal`` → ``sor-osterdal``; letters of other scripts stay."""
    if text.isascii():
        plain = text.lower()
    else:
        composed = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
        plain = "".join(each for each in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(each))
    return _OTHER.sub("-", plain).strip("-")


def title_for(title: str, names: Sequence[str]) -> str:
    """Return a title that stands alone: with the names of those it is for, unless they stand in it as words."""
    whom = ", ".join(names)
    if not whom or (whom in title and re.search(rf"(?<!\w){re.escape(whom)}(?!\w)", title)):
        return title
    return f"{title} – {whom}"


def nearest(text: str, known: Iterable[str], most: int = 3, likeness: float = 0.6) -> list[str]:
    """Return the words of ``known`` that are most like ``text``, at most ``most`` of them, best first.

    The likeness of two words is twice the letters that they share, by all of their letters.
    """
    import difflib  # noqa: PLC0415  only where something is not found

    by_slug: dict[str, str] = {}
    for word in known:
        by_slug.setdefault(slug(word), word)
    return [by_slug[near] for near in difflib.get_close_matches(slug(text), by_slug, most, likeness)]
