"""Marks of the texts in a plan, for those who treat them by their kind: what may be taken out of them, and what not.

A field of a plan or of what was published of it is annotated with one of them in place of ``str``.
"""

from __future__ import annotations

import enum
from typing import Annotated


class Mark(enum.Enum):
    """The kind of a text."""

    EXACT = enum.auto()
    SENTENCE = enum.auto()
    MARKDOWN = enum.auto()


Exact = Annotated[str, Mark.EXACT]
"""An id, a code, a date, an address of a link: kept as it is, letter by letter."""

Sentence = Annotated[str, Mark.SENTENCE]
"""Plain text of the author's, a name among them."""

Markdown = Annotated[str, Mark.MARKDOWN]
"""CommonMark of the author's."""
