"""CommonMark to plain text and to HTML, by markdown-it-py with raw HTML off."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NOT_IN_A_PLAN = ["html_block", "html_inline", "heading", "lheading", "image", "code", "fence", "backticks", "hr"]
"""Markup that stays text: HTML (could run), headings (the page has them), images (would be fetched), code and rules."""

_SAFE = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
"""The schemes of links, as everywhere in a plan; a link with another scheme stays text."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#~]|^ {4}|^\t|^\s*(?:[-+]|[0-9]+[.)])(?:\s|$)|^\s*[-=]{2,}\s*$", re.MULTILINE)
"""Whatever may be markup; a text without it is taken apart without the parser."""


@cache
def _parser() -> MarkdownIt:
    """Return the parser; markup that has no place in a plan stays text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  slow to load, and most texts have no markup

    parser = MarkdownIt("commonmark", {"html": False}).disable(_NOT_IN_A_PLAN)
    parser.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]
    return parser


def html(text: str) -> str:
    """Return the HTML of a CommonMark text: all text is escaped, and links have the schemes of ``_SAFE`` only."""
    return str(_parser().render(text))


@lru_cache(maxsize=4096)
def lines(text: str) -> tuple[str, ...]:
    """Return a CommonMark text as plain lines: a paragraph a line, list items with «•», links with their address."""
    if not _MARKUP.search(text):
        paragraphs = re.split(r"\n\s*\n", text)
        return tuple(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())
    plain_lines: list[str] = []
    depth = 0
    bullet = ""
    numbers: list[int | None] = []
    for token in _parser().parse(text):
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                depth = len(numbers)
                bullet = _bullet(numbers)
            case "inline":
                content = " ".join(_inline(token.children or []).split())
                plain_lines.append(f"{'  ' * (depth - 1)}{bullet}{content}" if numbers else content)
                bullet = "  " if numbers else ""
    return tuple(line for line in plain_lines if line.strip())


def _bullet(numbers: list[int | None]) -> str:
    """Return the mark of the next item of the innermost list, and count it; None stands for a list without numbers."""
    number = numbers[-1]
    if number is None:
        return "• "
    numbers[-1] = number + 1
    return f"{number}. "


def _inline(tokens: list[Token]) -> str:
    """Return the text of inline tokens; a link whose text is not its address is followed by it."""
    pieces: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        match token.type:
            case "text":
                pieces.append(token.content)
            case "softbreak" | "hardbreak":
                pieces.append(" ")
            case "link_open":
                links.append((len(pieces), str(token.attrGet("href") or "")))
            case "link_close":
                start, address = links.pop()
                if "".join(pieces[start:]) != address.removeprefix("mailto:"):
                    pieces.append(f" ({address})")
    return "".join(pieces)
