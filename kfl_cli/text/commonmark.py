"""CommonMark to plain text and to HTML, by markdown-it-py with raw HTML off."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKUP = re.compile(r"[\\*_\[<>&]|^[ \t]*(?:[-+]|[0-9]+[.)])(?:\s|$)", re.MULTILINE)
"""Whatever may be markup; a text without it is taken apart without the parser."""

_GAP = re.compile(r"[ \t]+")


def _parser() -> MarkdownIt:
    from kfl_cli.text.commonmark_parser import parser  # noqa: PLC0415  slow to load, and most texts have no markup

    return parser()


def html(text: str) -> str:
    """Return the HTML of a CommonMark text: all of it is escaped, lines stay lines, and addresses are links."""
    return str(_parser().render(text))


@lru_cache(maxsize=4096)
def lines(text: str) -> tuple[str, ...]:
    """Return a CommonMark text as its lines, those of lists with «•» or their number, links with their address."""
    if not _MARKUP.search(text):
        return tuple(line for line in map(_spaced, text.split("\n")) if line)
    return tuple(_lines(_parser().parse(text)))


def _spaced(line: str) -> str:
    """Return a line with each run of spaces and tabs as one space; a no-break space in it stays."""
    return _GAP.sub(" ", line).strip()


def _lines(tokens: list[Token]) -> Iterator[str]:
    bullet, depth = "", 0
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                bullet = "  " if depth else ""
            case "list_item_open":
                bullet = f"{token.info}{token.markup} " if token.info else "• "
            case "inline":
                for line in filter(None, map(_spaced, _inline(token.children or []).split("\n"))):
                    yield f"{'  ' * (depth - 1)}{bullet}{line}"
                    bullet = "  " if depth else ""


def _inline(tokens: list[Token]) -> str:
    """Return the text of inline tokens; a link whose text is not its address is followed by it."""
    pieces: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        match token.type:
            case "text":
                pieces.append(token.content)
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "link_open":
                links.append((len(pieces), str(token.attrGet("href") or "")))
            case "link_close":
                start, address = links.pop()
                text = "".join(pieces[start:])
                if not address.endswith(text) or address[: -len(text)] not in {"", "mailto:", "https://"}:
                    pieces.append(f" ({address})")
    return "".join(pieces)
