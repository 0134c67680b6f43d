r"""Characters that JSON writes in two halves: ``\ud83d\ude00`` is one sign.

JSON of ASCII characters alone writes each character beyond U+FFFF as two escapes, a pair of *surrogates* (RFC 8259,
section 7). YAML does not know them, and libyaml refuses them. So it is given stand-ins of the same length, characters
for private use, so that all places stay; ``joined`` makes the characters of them. Few files have any: patterns are
compiled where they are needed.
"""

from __future__ import annotations

import re
from functools import cache

_ESCAPE = r"(?<!\\)((?:\\\\)*\\u)([dD])(?=[89a-fA-F][0-9a-fA-F]{2})"
"""An escape of a surrogate, up to its «d»; a backslash that is escaped itself begins none."""

_STAND_IN = r"(\\u)([eE])(?=[89a-fA-F][0-9a-fA-F]{2})"

_TAKEN = r"[\ue800-\uefff]|\\u[eE][89a-fA-F]|\\U0000[eE][89a-fA-F]"
"""A character that could be taken for a stand-in."""

_OTHER = {"d": "e", "D": "E", "e": "d", "E": "D"}

_HALF = "[\ud800-\udfff]"


def has_surrogates(text: str) -> bool:
    """Return whether a file has escapes of surrogates."""
    return ("\\ud" in text or "\\uD" in text) and re.search(_ESCAPE, text) is not None


def can_have_stand_ins(text: str) -> bool:
    """Return whether no character of a file could be taken for a stand-in."""
    return re.search(_TAKEN, text) is None


def with_stand_ins(text: str) -> str:
    """Return a file with a stand-in for each surrogate."""
    return re.sub(_ESCAPE, _swapped, text)


def as_written(text: str) -> str:
    """Return a text in which a backslash is no escape, as it stood in the file."""
    return re.sub(_STAND_IN, _swapped, text)


def _swapped(match: re.Match[str]) -> str:
    return f"{match[1]}{_OTHER[match[2]]}"


@cache
def _surrogates() -> dict[int, int]:
    """Return the surrogate of each stand-in."""
    return {code + 0x1000: code for code in range(0xD800, 0xE000)}


def joined(text: str, *, stand_ins: bool) -> tuple[str, str | None]:
    """Return a text with two halves as one character; and a half that stands alone, for which there is a space."""
    halves = text.translate(_surrogates()) if stand_ins else text
    whole = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    alone = re.search(_HALF, whole)
    return re.sub(_HALF, " ", whole), alone[0] if alone else None
