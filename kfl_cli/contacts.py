"""E-mail addresses and phone numbers: finding them in texts, and taking them out of a plan that is published."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from kfl_cli.model import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

_EMAIL = re.compile(r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w/.-])(?:tel:)?(?:(?:\+|00)[1-9]\d{0,2}[ \u00a0]?)?"
    r"(?:[2-9]\d(?:[ \u00a0]\d\d){3}|[2-9]\d\d[ \u00a0]\d\d[ \u00a0]\d{3}|[2-9]\d{7}(?!\d))(?![\d/-]|[.,]\d)"
    r"|(?<![\w/.-])(?:tel:)?(?:\+|00)[1-9](?:[ \u00a0.-]?\d){6,13}(?![\d/-])"
    r"|tel:\+?[0-9][0-9().-]*",
    re.IGNORECASE,
)
"""Norwegian numbers of eight digits, in pairs, as 3–2–3 or in one; others with their country code."""
_KEPT = frozenset(
    {"id", "uid", "url", "language", "timezone", "country", "visibility", "scope", "party", "regions", "kind"}
)
_KEPT_WHOLE = frozenset({"contact", "node", "when", "period_when", "version", "after", "ignore", "status", "seasons"})
"""Fields that hold no sentences; `contact` is there to be read."""


def contacts(text: str) -> Iterator[str]:
    """Return the e-mail addresses and phone numbers in a text."""
    if "@" in text:
        yield from (match[0].removeprefix("mailto:") for match in _EMAIL.finditer(text))
    if any(sign.isdigit() for sign in text):
        without = _EMAIL.sub(" ", _URL.sub(" ", text))
        yield from (match[0].removeprefix("tel:") for match in _PHONE.finditer(without))


@dataclass(slots=True)
class _Cleaner:
    placeholder: str
    removed: int = 0

    def text(self, text: str) -> str:
        for found in dict.fromkeys(contacts(text)):
            pattern = re.compile(rf"(?:mailto:|tel:)?{re.escape(found)}", re.IGNORECASE)
            text, count = pattern.subn(self.placeholder, text)
            self.removed += count
        return text

    def value(self, value: Any) -> Any:  # noqa: ANN401  any value of a plan
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            kept = [each for each in value if not (isinstance(each, Link) and self.leads_to_contact(each))]
            return tuple(self.value(each) for each in kept)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {
                field.name: self.value(getattr(value, field.name))
                for field in fields(value)
                if field.name not in _KEPT | _KEPT_WHOLE
            }
            return replace(value, **changed)
        return value

    def leads_to_contact(self, link: Link) -> bool:
        found = link.url.lower().startswith(("mailto:", "tel:"))
        self.removed += found
        return found


def without_contacts(value: T, placeholder: str) -> tuple[T, int]:
    """Return a plan, or what was published of one, without e-mail addresses and phone numbers, and how many there were.

    ``placeholder`` stands for each, and links to them are left out. What stands under a plan's ``contact`` is kept: it
    is there for readers.
    """
    cleaner = _Cleaner(placeholder)
    cleaned: T = cleaner.value(value)
    return cleaned, cleaner.removed
