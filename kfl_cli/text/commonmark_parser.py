"""The CommonMark of a plan: what it leaves out, and what it reads as people mean it.

Whatever has no place in a plan stays the text it is, so that no line and no address is lost or altered.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import list_block
from markdown_it.rules_inline import emphasis
from markdown_it.token import Token

from kfl_cli.text.addresses import EMAIL, Address, addresses, attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.utils import EnvType, OptionsDict

_NOT_IN_A_PLAN = [
    *("html_block", "html_inline", "heading", "lheading", "image", "code", "fence", "backticks", "hr", "reference")
]
"""Markup that stays text: HTML (could run), headings (the page has them), images (would be fetched), code, rules, and
definitions of links, which no reader would see."""

_SAFE = re.compile(r"https?://[^\s/?#]|mailto:[^\s?]|tel:\+?\d", re.IGNORECASE)
"""The schemes of links, as everywhere in a plan; a link with another scheme stays text."""

_IN_BRACKETS = re.compile(
    rf"<(?P<address>(?:https?://|mailto:|tel:)[^<>|\s]+|{EMAIL})(?:\|(?P<label>[^<>\n]*))?>", re.IGNORECASE
)
"""An address in angle brackets; chat programs write a text for it behind a bar."""

_BEFORE, _AFTER = re.compile(r"[\s(\[«\"'*_:;,–—]"), re.compile(r"[.,:;!?)\]»\"'*_]*(?:\s|$)")
"""What may stand around an address that is shown without its angle brackets."""

_SPECIAL = re.compile(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~]")
"""Characters at which a rule of the parser may begin."""

_EMPTY_ITEM = re.compile(r"(?:(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]+|$))+$")
"""A line of nothing but marks of lists, such as «- - -»."""


@cache
def parser() -> MarkdownIt:
    """Return the parser. The tokens of a link have its address as it is written."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False}).disable(_NOT_IN_A_PLAN)
    made.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    made.inline.ruler.at("text", _text)
    made.inline.ruler.at("autolink", _in_brackets)
    made.inline.ruler.at("emphasis", _emphasis)
    made.inline.ruler.before("text", "address", _bare)
    made.block.ruler.at("list", _list, {"alt": ["paragraph", "blockquote"]})
    made.core.ruler.after("inline", "as_written", _as_written)
    made.add_render_rule("link_open", _link_open)
    return made


@lru_cache(maxsize=4)
def _addresses(text: str) -> tuple[dict[int, Address], list[int]]:
    """Return the addresses of a text by their start, and the starts in order."""
    found = {address.start: address for address in addresses(text)}
    return found, list(found)


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the signature of a rule
    """Take the characters up to the next one that may be markup, or up to an address."""
    special = _SPECIAL.search(state.src, state.pos, state.posMax)
    end = special.start() if special else state.posMax
    _, starts = _addresses(state.src)
    index = bisect_left(starts, state.pos)
    if index < len(starts):
        end = min(end, starts[index])
    if end <= state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _bare(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the signature of a rule
    """Take an address that stands by itself; inside the text of a link it is text."""
    address = _addresses(state.src)[0].get(state.pos)
    if address is None or address.end > state.posMax:
        return False
    if not silent:
        written = state.src[address.start : address.end]
        if state.linkLevel:
            state.append_pending(written)
        else:
            _push_link(state, address.target, written)
    state.pos = address.end
    return True


def _in_brackets(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the signature of a rule
    """Take an address in angle brackets; they stay where it would run into the text around it."""
    match = _IN_BRACKETS.match(state.src, state.pos, state.posMax)
    if not match or state.linkLevel:
        return False
    address, label = match["address"], (match["label"] or "").strip()
    target = address if _SAFE.match(address) else f"mailto:{address}"
    if not silent:
        start, end = match.span()
        alone = (not start or _BEFORE.match(state.src, start - 1)) and _AFTER.match(state.src, end)
        is_apart = label or alone
        state.append_pending("" if is_apart else "<")
        _push_link(state, target, label or address)
        state.append_pending("" if is_apart else ">")
    state.pos = match.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the signature of a rule
    """Take asterisks or underscores; between letters or digits they open no emphasis: «Passord: aB*9x*»."""
    start = state.pos
    if not emphasis.tokenize(state, silent):
        return False
    if start and state.src[start - 1].isalnum() and state.src[state.pos : state.pos + 1].isalnum():
        for delimiter in state.delimiters[start - state.pos :]:
            delimiter.open = False
    return True


def _push_link(state: StateInline, target: str, shown: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": target}
    state.push("text", "", 0).content = shown
    state.push("link_close", "a", -1)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  the signature of a rule
    """Take a list, but leave a line of nothing but marks as text: «- - -» is a rule, and a list would hide it."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return not _EMPTY_ITEM.match(line) and list_block(state, start, end, silent)


def _as_written(state: StateCore) -> None:
    """Give items the numbers that they have in the text, and links without an address back as text.

    In «18. januar …» and, on the next line, «25. januar …» the numbers are days.
    """
    numbers: list[int | None] = []
    for token in state.tokens:
        match token.type:
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open" if (expected := numbers[-1]) is not None:
                number = int(token.info)
                if number != expected:
                    token.attrSet("value", number)
                numbers[-1] = number + 1
            case "inline":
                token.children = [*_shown_links(token.children or [])]


def _shown_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """Return inline tokens; a link without an address is text, and one without a text shows its address."""
    is_link = True
    for index, token in enumerate(tokens):
        if token.type == "link_open":
            is_link = bool(token.attrGet("href"))
        if token.type not in {"link_open", "link_close"} or is_link:
            yield token
        else:
            yield Token("text", "", 0, content="[" if token.type == "link_open" else "]()")
        if token.type == "link_open" and is_link and tokens[index + 1].type == "link_close":
            yield Token("text", "", 0, content=str(token.attrGet("href")))


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, _env: EnvType) -> str:
    """Return the beginning of a link; characters that an attribute must not have are escaped as in addresses."""
    token = tokens[index]
    token.attrSet("href", attribute(str(token.attrGet("href"))))
    return renderer.renderToken(tokens, index, options, _env)
