"""The kinds of text in a plan: which may be searched for contacts and which are kept letter by letter.

A field of a plan or of what was published of it is annotated with one of them in place of ``str``.
"""

from __future__ import annotations

import enum
from typing import Annotated


class TextKind(enum.Enum):
    """The kind of a text."""

    EXACT = enum.auto()
    SENTENCE = enum.auto()
    MARKDOWN = enum.auto()


Exact = Annotated[str, TextKind.EXACT]
"""An id, a code, a date, an address of a link: kept as it is, letter by letter."""

Sentence = Annotated[str, TextKind.SENTENCE]
"""Plain text of the author's, a name among them."""

Markdown = Annotated[str, TextKind.MARKDOWN]
"""CommonMark of the author's."""
