"""Text that means itself in GitHub Flavored Markdown (GFM 0.29), whatever it holds."""

from __future__ import annotations

import re

_INLINE = re.compile(
    r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!(?=\[)"
    r"|(?<=\s)#(?=#*$)"  # which would end a heading unseen
    r"|(?<=\bwww)\.(?=\S*[_~*|])",  # which GitHub would make a link of, escapes and all
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<!\w)https?://[^\s<>\"'`{}|\\^\[\]]*[^\s<>\"'`{}|\\^\[\]?!.,:;*_~()]", re.IGNORECASE)
"""A web address in a text, without the signs that end the sentence around it."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK = re.compile(r"^(\s*)(?:([0-9]{1,9})([.)])(?=\s|$)|([-+=>:])|(#))")


def inline(text: str) -> str:
    """Return ``text`` for the inside of a line or a table cell: on one line, whatever could be markup escaped.

    Web addresses that hold such signs become links, since GitHub makes links of them, escapes and all (GFM 6.9).
    """
    folded = " ".join(text.split())
    pieces, last = [], 0
    for match in _ADDRESS.finditer(folded):
        url = match[0]
        pieces += [_escaped(folded[last : match.start()]), url if _escaped(url) == url else link(url)]
        last = match.end()
    return "".join((*pieces, _escaped(folded[last:])))


def link(url: str) -> str:
    """Return a link to a web address; of «&copy;» in an address renderers think differently (CommonMark 6.4)."""
    if not _ENTITY.search(url):
        return f"<{url}>"
    safe = _ENTITY.sub("&amp;", url)
    return f"[{_escaped(safe.replace('&amp;', '&'))}](<{safe}>)"


def _escaped(text: str) -> str:
    return _INLINE.sub(lambda match: f"\\{match[0]}", text)


def block(text: str) -> str:
    r"""Return ``text`` for the beginning of a line: «8. september» must not become a list (``8\. september``)."""
    line = inline(text)
    match = _BLOCK.match(line)
    if match is None:
        return line
    at = match.end(2) if match[2] else match.end(1)
    return f"{line[:at]}\\{line[at:]}"
