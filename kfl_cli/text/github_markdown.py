"""Escaping of plain text for GitHub Flavored Markdown (GFM 0.29)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kfl_cli.text.addresses import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

_INLINE = re.compile(
    r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?]|$)|&(?=#?\w+;)|!(?=\[)"
    r"|(?:^|(?<=\s))#(?=#*$)"  # hashes at the end of a heading are not shown
)
"""Characters that are markup inside a line."""

_TAIL = re.compile(r"[?!.,:;*_~()'\"]*[^ ]{0,400}")
"""Characters behind an address, some of which GitHub may take for a part of it."""

_LINKED = re.compile(r"(?<=www)\.|://", re.IGNORECASE)
"""The part by which GitHub recognises an address; with a backslash before it, it does not."""

_EMAIL = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+")
"""An e-mail address that may stand in angle brackets (CommonMark 6.5)."""

_GAP = re.compile(r"[ \t\n\r\f\v]+")

_ENTITY = re.compile(r"&(?=#?\w+;)")

_BLOCK = re.compile(r"^(\s*)(?:([0-9]{1,9})([.)])(?=\s|$)|([-+=>:])|(#))")
"""Characters that are markup at the beginning of a line."""


def inline(text: str) -> str:
    """Return ``text`` for the inside of a line or a table cell: on one line, with all markup escaped.

    Its addresses are links in angle brackets; those without a scheme are left to GitHub, which makes links of them but
    takes escapes for a part of them: where one needs escapes, it is no link.
    """
    folded = _GAP.sub(" ", text).strip(" ")
    pieces, last = [], 0
    for start, end, target in addresses(folded):
        url = folded[start:end]
        is_bare = url.lower().startswith("www.")
        behind = _TAIL.match(folded, end)[0]  # type: ignore[index]
        stays = is_bare and _escaped(url + behind) == url + behind == url + _text(behind)
        if stays:
            linked = url
        elif not is_bare and (target == url or _EMAIL.fullmatch(url)):
            linked = link(url)
        else:  # with what stands behind it, its last characters may be an entity
            linked = _text(url + behind)[: -len(_text(behind)) or None]
        before = _text(folded[last:start])
        if linked.startswith("[") and before.endswith("!"):  # "![" would begin an image
            before = f"{before[:-1]}\\!"
        pieces += [before, linked]
        last = end
    return "".join((*pieces, _text(folded[last:])))


def cell(text: str | Iterable[str]) -> str:
    """Return a text, or its lines, for a table cell: escaped, with a break for each end of a line."""
    lines = text.split("\n") if isinstance(text, str) else text
    return "<br>".join(filter(None, map(inline, lines)))


def link(url: str) -> str:
    """Return a link to a web address; its entities are escaped, since renderers differ on them (CommonMark 6.4)."""
    if not _ENTITY.search(url):
        return f"<{url}>"
    safe = _ENTITY.sub("&amp;", url)
    return f"[{_escaped(safe.replace('&amp;', '&'))}](<{safe}>)"


def _text(text: str) -> str:
    """Return ``text`` with all markup escaped, and nothing in it that GitHub would make a link of."""
    return _LINKED.sub(lambda match: f"\\{match[0]}", _escaped(text))


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
