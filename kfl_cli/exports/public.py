"""A plan, or what was published of it, without e-mail addresses and phone numbers."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.plan.model import Activity, Link
from kfl_cli.text.contacts import places

T = TypeVar("T")


_MAIL_LINK = re.compile(r"\[([^\]\n]{0,500})\]\((?:mailto|tel):[^)\s]{0,500}\)", re.IGNORECASE)
"""A link in CommonMark to an address or a number."""


_KEPT = frozenset({
    "after", "contact", "country", "digest", "end", "id", "ignore", "kind", "language", "node",
    "party", "regions", "scope", "seasons", "stamp", "start", "status", "timezone", "uid", "url",
    "version", "visibility", "when",
})  # fmt: skip
"""Fields that hold no sentences; `contact` is there to be read."""


class _Cleaner(Struct):
    placeholder: str
    removed: int = 0

    def text(self, text: str) -> str:
        pieces, last = [], 0
        for start, end in places(text):
            pieces += [text[last:start], self.placeholder]
            last = end
            self.removed += 1
        return "".join((*pieces, text[last:]))

    def value(self, value: Any) -> Any:  # noqa: ANN401  any value of a plan
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            kept = [each for each in value if not (isinstance(each, Link) and self.leads_to_contact(each))]
            return tuple(self.value(each) for each in kept)
        if not isinstance(value, Struct):
            return value
        names = (name for name in value.__struct_fields__ if name not in _KEPT)
        return replace(value, **{name: self.field(value, name) for name in names})

    def field(self, value: object, name: str) -> object:
        own = getattr(value, name)
        is_markdown = isinstance(value, Activity) and name == "description"
        return self.markdown(own) if is_markdown else self.value(own)

    def markdown(self, text: str | None) -> str | None:
        """Clean CommonMark: links to contacts become their text, and so does all of it where marks hide a contact."""
        if text is None:
            return None
        linked, count = _MAIL_LINK.subn(r"\1", text)
        self.removed += count
        cleaned = self.text(linked)
        from kfl_cli.text import commonmark, github_markdown  # noqa: PLC0415  slow to load, and only for what is published

        lines = commonmark.lines(cleaned)
        if any(places(line) for line in lines):
            return "\n\n".join(github_markdown.block(self.text(line)) for line in lines)
        return cleaned

    def leads_to_contact(self, link: Link) -> bool:
        found = link.url.lower().startswith(("mailto:", "tel:")) or bool(places(link.url))
        self.removed += found
        return found


def without_contacts(value: T, placeholder: str) -> tuple[T, int]:
    """Return a plan, or what was published of one, without e-mail addresses and phone numbers, and how many there were.

    ``placeholder`` stands for each, and links to them are left out. What stands under a plan's ``contact`` is kept: it
    is there for readers. Ids are kept, since calendars know entries by them.
    """
    cleaner = _Cleaner(placeholder)
    cleaned: T = cleaner.value(value)
    return cleaned, cleaner.removed
