"""E-mail addresses and phone numbers in texts.

All patterns are bounded (RFC 5321 §4.5.3.1: 64 octets before the @, 255 after), so that the time is linear.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{1,59}|[^\W\d_]{2,63})(?![^\W_])"
"""The last part of a domain is letters: ``19:meeting_…@thread.v2`` is a meeting of Teams."""

_EMAIL = rf"(?:mailto:)?(?:[\w.+-]{{1,64}}|\"[^\"\n]{{1,62}}\")[@\uff20]{_DOMAIN}"

_AT_OR_DIGIT = re.compile("[@\uff200-9]")
"""Cheap precondition: there is no contact without one of these."""

_SEVEN_DIGITS = re.compile(r"\d(?:[ \u00a0().-]{0,3}\d){6}")
"""Cheap precondition of a phone number: most texts with digits have fewer in a row."""

_GAP = r"[ \u00a0.-]{1,2}"

_NORWEGIAN = (
    rf"\(?[2-9]\d(?P<a>{_GAP})\d\d(?P=a)\d\d(?P=a)\d\d"  # 62 43 00 00
    rf"|\(?[2-9]\d\d\)?(?P<b>{_GAP})\d\d(?P=b)\d{{3}}"  # 917 12 345
    rf"|[2-9]\d(?P<c>{_GAP})\d{{3}}(?P=c)\d{{3}}"  # 91 712 345
    rf"|(?<!\d\d\d[ \u00a0])[2-9]\d{{3}}{_GAP}\d{{4}}"  # 9171 2345, but not in the number of a meeting: 912 9171 2345
    rf"|[2-9]\d\d{_GAP}\d{{5}}|[2-9]\d{{7}}"  # 917 12345, 91712345
)

_ABROAD = r"\(?(?:\+|\b00)[1-9](?:[ \u00a0().-]{0,2}\d){6,14}"

_CONTACT = re.compile(
    rf"(?P<url>https?://\S+)|(?P<email>{_EMAIL})|(?P<tel>tel:\+?[\d().-]{{3,20}})"
    rf"|(?<![\w/-])(?<!\d[.,])(?:(?P<abroad>{_ABROAD})|(?P<phone>{_NORWEGIAN}))(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)

_MONEY = re.compile(r"\s*(?:kr|NOK)\b", re.IGNORECASE)

_MONEY_BEFORE = re.compile(r"\b(?:kr|NOK)\.?\s*$", re.IGNORECASE)


def may_hold(text: str) -> bool:
    """Return whether a text meets the preconditions of a contact; most texts do not, and are not searched."""
    if not _AT_OR_DIGIT.search(text):
        return False
    return "@" in text or "\uff20" in text or ":" in text or _SEVEN_DIGITS.search(text) is not None


def contacts(text: str) -> list[str]:
    """Return the e-mail addresses and phone numbers in a text, and web addresses that hold an e-mail address."""
    return [text[start:end].removeprefix("mailto:").removeprefix("tel:") for start, end in contact_positions(text)]


def contact_positions(text: str) -> list[tuple[int, int]]:
    """Return the start and end index of each contact."""
    return list(_positions(text)) if may_hold(text) else []


def _positions(text: str) -> Iterator[tuple[int, int]]:
    """Search a text for contacts, whatever it holds."""
    for match in _CONTACT.finditer(text):
        is_contact = match["email"] or match["tel"] or match["abroad"]
        if match["url"]:
            is_contact = re.search(_EMAIL, match["url"])
        if is_contact or (match["phone"] and _is_phone(text, match)):
            yield match.span()


def _is_phone(text: str, match: re.Match[str]) -> bool:
    """Return whether eight digits are a phone number: no year, no amount of money, no row of weeks."""
    digits = re.sub(r"\D", "", match["phone"])
    pairs = [int(digits[index : index + 2]) for index in range(0, 8, 2)]
    in_a_row = all(after - before == 1 for before, after in pairwise(pairs))
    before = text[max(0, match.start() - 8) : match.start()]
    money = _MONEY.match(text, match.end()) or _MONEY_BEFORE.search(before)
    return not digits.startswith("20") and not in_a_row and not money
