"""Addresses in plain text: where they stand, and where a link from each of them leads.

An address is taken as it is written, letters beyond ASCII included, without the punctuation that ends the sentence
around it. All patterns are bounded or have one way to match, so that the time is linear.
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from urllib.parse import quote

EMAIL = r"[^\W_][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{1,59}|[^\W\d_]{2,63})"
"""A pattern of an e-mail address (RFC 5321 §4.5.3.1); the last part of its domain is letters, as all of them are."""

_PART = r"(?:[\w.~:/?#@!$&()*+=%-]|[,;](?!https?://)|\[[\w.-]{0,60}\])"
"""A character of a web address (RFC 3986, RFC 3987), or brackets that are opened in it."""

_ADDRESS = re.compile(
    rf"(?P<url>https?://(?=[^\W_]){_PART}+)"
    rf"|(?<!\w)(?P<mail>mailto:{EMAIL}(?:\?{_PART}+)?)"
    r"|(?<!\w)(?P<tel>tel:\+?\d[\d().,;#*%-]{2,60})"
    rf"|(?<![\w.@/-])(?P<www>www\.[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}(?:[/?#:]{_PART}*)?)"
    rf"|(?<![^\W_])(?<![+@-])(?P<email>{EMAIL})(?![^\W_]|@)",
    re.IGNORECASE,
)

_SIGN = re.compile(r"[:@]|www\.", re.IGNORECASE)
"""Cheap precondition: there is no address without one of these."""

_END = "?!.,:;*_~()"
"""Characters that end the sentence around an address; a bracket that is opened in the address belongs to it."""

_LAST_ENTITY = re.compile(r"&#?\w+;$")

_UNUSABLE = re.compile(r"[\s\"<>\\^`{|}\x00-\x1f]")
"""Characters that an address in an attribute must not have (URL Standard)."""


class Address(NamedTuple):
    """An address in a text: its start and end index, and where a link from it leads."""

    start: int
    end: int
    target: str


def addresses(text: str) -> list[Address]:
    """Return the addresses in a text, in their order."""
    if not _SIGN.search(text):
        return []
    found = []
    for match in _ADDRESS.finditer(text):
        written = match[0].rstrip(".,;") if match["tel"] else _without_end(match[0])
        found.append(Address(match.start(), match.start() + len(written), _target(written, str(match.lastgroup))))
    return found


def _target(written: str, kind: str) -> str:
    """Return where a link from an address leads."""
    match kind:
        case "www":
            return f"https://{written}"
        case "email":
            return f"mailto:{written}"
        case _:
            return written


def _without_end(address: str) -> str:
    """Return an address without the punctuation and entities that end the sentence around it."""
    end = len(address)
    closed = address.count(")") - address.count("(")
    while end:
        last = address[end - 1]
        entity = _LAST_ENTITY.search(address, max(0, end - 40), end) if last == ";" else None
        if entity:
            end = entity.start()
        elif last in _END and not (last == ")" and closed <= 0):
            closed += (last == "(") - (last == ")")
            end -= 1
        else:
            break
    return address[:end]


def attribute(target: str) -> str:
    """Return an address for an attribute of HTML, which need not be escaped again but for ``&``."""
    usable = _UNUSABLE.sub(lambda match: quote(match[0]), target)
    return usable.replace("#", "%23") if usable[:4].lower() == "tel:" else usable


def html(text: str) -> str:
    """Return plain text as HTML: all of it is escaped, its addresses are links, and its lines stay lines."""
    pieces, last = [], 0
    for address in addresses(text):
        pieces.append(escape(text[last : address.start]))
        pieces.append(f'<a href="{escape(attribute(address.target))}">{escape(text[address.start : address.end])}</a>')
        last = address.end
    return "".join((*pieces, escape(text[last:]))).replace("\n", "<br>\n")
