"""Escaping of plain text for GitHub Flavored Markdown (GFM 0.29)."""

from __future__ import annotations

import re

_INLINE = re.compile(
    r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?]|$)|&(?=#?\w+;)|!(?=\[)"
    r"|(?:^|(?<=\s))#(?=#*$)"  # hashes at the end of a heading are not shown
)
"""Characters that are markup inside a line."""

_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"'`{}|\\^\[\]]+|www\.[^\s<>\"'`{}|\\^\[\]]+", re.IGNORECASE)
"""Text that GitHub makes a link of (GFM 6.9)."""

_END = "?!.,:;*_~()"
"""Characters that end the sentence around an address; a bracket that is opened in the address belongs to it."""

_TAIL = re.compile(r"[?!.,:;*_~()'\"]*[^ ]{0,40}")
"""Characters behind an address, some of which GitHub may take for a part of it."""

_LINKED = re.compile(r"(?<=www)\.|://", re.IGNORECASE)
"""The part by which GitHub recognises an address; with a backslash before it, it does not."""

_LAST_ENTITY = re.compile(r"&#?\w+;$")

_ENTITY = re.compile(r"&(?=#?\w+;)")

_BLOCK = re.compile(r"^(\s*)(?:([0-9]{1,9})([.)])(?=\s|$)|([-+=>:])|(#))")
"""Characters that are markup at the beginning of a line."""


def inline(text: str) -> str:
    """Return ``text`` for the inside of a line or a table cell: on one line, with all markup escaped.

    GitHub makes a link of a web address and takes escapes for a part of it. So an address that needs escapes becomes a
    link by markup, or no link at all where it has no scheme.
    """
    folded = " ".join(text.split())
    pieces, last = [], 0
    for match in _ADDRESS.finditer(folded):
        url = _without_end(match[0])
        end = match.start() + len(url)
        around = url + _TAIL.match(folded, end)[0]  # type: ignore[index]
        is_safe = _escaped(around) == around
        if is_safe or "." not in url[:-1]:  # no escapes needed, or too short for a link
            escaped = _escaped(url)
        elif url.lower().startswith("www."):
            escaped = _LINKED.sub(lambda found: f"\\{found[0]}", _escaped(url))
        else:
            escaped = link(url)
        before = _escaped(folded[last : match.start()])
        if escaped.startswith("[") and before.endswith("!"):  # "![" would begin an image
            before = f"{before[:-1]}\\!"
        pieces += [before, escaped]
        last = end
    return "".join((*pieces, _escaped(folded[last:])))


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


def link(url: str) -> str:
    """Return a link to a web address; its entities are escaped, since renderers differ on them (CommonMark 6.4)."""
    if not _ENTITY.search(url):
        return f"<{url}>"
    safe = _ENTITY.sub("&amp;", url)
    return f"[{_escaped(safe.replace('&amp;', '&'))}](<{safe}>)"


def _escaped(text: str) -> str:
    """Return ``text`` with a backslash before every character that is markup inside a line."""
    return _INLINE.sub(lambda match: f"\\{match[0]}", text)


def block(text: str) -> str:
    r"""Return ``text`` for the beginning of a line, where «8. september» would be a list: ``8\. september``."""
    line = inline(text)
    match = _BLOCK.match(line)
    if match is None:
        return line
    at = match.end(2) if match[2] else match.end(1)
    return f"{line[:at]}\\{line[at:]}"
