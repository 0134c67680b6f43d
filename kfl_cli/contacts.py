"""E-mail addresses and phone numbers: finding them in texts, and taking them out of a plan that is published.

All patterns are bounded (RFC 5321 §4.5.3.1: 64 octets before the @, 255 after), so that no text takes long.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.model import Activity, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

_EMAIL = r"(?:mailto:)?(?:[\w.+-]{1,64}|\"[^\"\n]{1,62}\")[@\uff20][\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_SIGN = re.compile("[@\uff200-9]")
"""What every contact has one of, and few texts."""
_SEVEN_DIGITS = re.compile(r"\d(?:[ \u00a0().-]{0,3}\d){6}")
"""What every phone number has, and of texts with a number in them few: most need not be searched through."""
_GAP = r"[ \u00a0.-]{1,2}"
_NORWEGIAN = (
    rf"\(?[2-9]\d(?P<a>{_GAP})\d\d(?P=a)\d\d(?P=a)\d\d"  # 62 43 00 00
    rf"|\(?[2-9]\d\d\)?(?P<b>{_GAP})\d\d(?P=b)\d{{3}}"  # 917 12 345
    rf"|[2-9]\d(?P<c>{_GAP})\d{{3}}(?P=c)\d{{3}}"  # 91 712 345
    rf"|[2-9]\d{{3}}{_GAP}\d{{4}}|[2-9]\d\d{_GAP}\d{{5}}|[2-9]\d{{7}}"  # 9171 2345, 917 12345, 91712345
)
_ABROAD = r"\(?(?:\+|\b00)[1-9](?:[ \u00a0().-]{0,2}\d){6,14}"
_CONTACT = re.compile(
    rf"(?P<url>https?://\S+)|(?P<email>{_EMAIL})|(?P<tel>tel:\+?[\d().-]{{3,20}})"
    rf"|(?<![\w/-])(?<!\d[.,])(?:(?P<abroad>{_ABROAD})|(?P<phone>{_NORWEGIAN}))(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_MAIL_LINK = re.compile(r"\[([^\]\n]{0,500})\]\((?:mailto|tel):[^)\s]{0,500}\)", re.IGNORECASE)
"""A link in CommonMark to an address or a number."""
_MONEY = re.compile(r"\s*(?:kr|NOK)\b", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"\b(?:kr|NOK)\.?\s*$", re.IGNORECASE)
_KEPT = frozenset({
    "after", "contact", "country", "digest", "end", "id", "ignore", "kind", "language", "node",
    "party", "regions", "scope", "seasons", "stamp", "start", "status", "timezone", "uid", "url",
    "version", "visibility", "when",
})  # fmt: skip
"""Fields that hold no sentences; `contact` is there to be read."""


def may_hold(text: str) -> bool:
    """Return whether a text has what every contact has: a sign of an address, or digits enough for a number."""
    if not _SIGN.search(text):
        return False
    return "@" in text or "\uff20" in text or ":" in text or _SEVEN_DIGITS.search(text) is not None


def contacts(text: str) -> Iterator[str]:
    """Return the e-mail addresses and phone numbers in a text, and web addresses that hold an e-mail address."""
    for start, end in _places(text):
        yield text[start:end].removeprefix("mailto:").removeprefix("tel:")


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Return where contacts stand."""
    if not may_hold(text):
        return
    for match in _CONTACT.finditer(text):
        is_contact = match["email"] or match["tel"] or match["abroad"]
        if match["url"]:
            is_contact = re.search(_EMAIL, match["url"])
        if is_contact or (match["phone"] and _is_phone(text, match)):
            yield match.span()


def _is_phone(text: str, match: re.Match[str]) -> bool:
    """Return whether eight digits are a number to call: no year, amount of money or row of weeks."""
    digits = re.sub(r"\D", "", match["phone"])
    pairs = [int(digits[index : index + 2]) for index in range(0, 8, 2)]
    in_a_row = all(after - before == 1 for before, after in pairwise(pairs))
    before = text[max(0, match.start() - 8) : match.start()]
    money = _MONEY.match(text, match.end()) or _MONEY_BEFORE.search(before)
    return not digits.startswith("20") and not in_a_row and not money


class _Cleaner(Struct):
    placeholder: str
    removed: int = 0

    def text(self, text: str) -> str:
        pieces, last = [], 0
        for start, end in _places(text):
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
        from kfl_cli import gfm, plain  # noqa: PLC0415  slow to load, and only for what is published

        lines = plain.lines(cleaned)
        if any(any(_places(line)) for line in lines):
            return "\n\n".join(gfm.block(self.text(line)) for line in lines)
        return cleaned

    def leads_to_contact(self, link: Link) -> bool:
        found = link.url.lower().startswith(("mailto:", "tel:")) or any(_places(link.url))
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
