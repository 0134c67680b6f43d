"""Edits of a plan file: one value is written at its place, and every other byte stays as it is.

The text is changed at a span, not dumped anew: comments, order, quotes, line ends and a byte order mark stay. The
result is read again and must differ in nothing but the named value; else nothing is written.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence, span_of
from kfl_cli.plan.yaml.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.findings.finding import Span

_LF = "\n"

_BREAK = re.compile(r"\r\n|\r|\n")

_ANCHOR = re.compile(r"&\S+\s+")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")

_BEFORE = ("when", "title", "for", "id")
"""Keys after which a new one is written, best first."""

_QUOTES = ('"', "'")


class RefusedEditError(Exception):
    """An edit that would change more than it should, or that cannot be written; nothing was changed."""

    def __init__(self, message: Message, span: Span) -> None:
        """Take the reason and the place that it lies in."""
        super().__init__(message)
        self.message = message
        self.span = span


def with_value(data: bytes, root: Node, mapping: Mapping, key: str, value: str) -> bytes:
    """Return a plan file in which ``key`` of a mapping has a value; ``value`` is a word that needs no quotes.

    ``root`` and ``mapping`` are nodes of the file as it was read. Raises RefusedEditError where an anchor or alias
    shares what would change, where kfl cannot write at this place, and where ``data`` is not what was read.
    """
    pair = mapping.pairs.get(key)
    for node in (mapping, pair.value) if pair else (mapping,):
        if _count(root, node) > 1:
            message = Message("an anchor or alias repeats this value elsewhere; write «{key}» yourself", key=key)
            raise RefusedEditError(message, span_of(node))
    text = data.decode("utf-8-sig")
    file = _Text(text, list(accumulate((len(line) for line in _LINE.findall(text)), initial=0)))
    edit = file.replaced(pair, value) if pair else file.added(mapping, key, value)
    edited = BOM_UTF8 * data.startswith(BOM_UTF8) + edit.encode()
    after = read(edited).root
    if after is None or not _same(root, after, mapping, key, value):
        raise RefusedEditError(Message("kfl cannot write «{key}» here; write it yourself", key=key), span_of(mapping))
    return edited


class _Text(Struct, frozen=True):
    """The text of a file and where each of its lines begins."""

    text: str
    starts: list[int]

    def start(self, node: Node) -> int:
        """Return the index of the first character of a node."""
        return self.starts[min(node.line, len(self.starts) - 1)] + node.column

    def end(self, node: Node) -> int:
        """Return the index after the last character of a node."""
        return self.starts[min(node.end_line, len(self.starts) - 1)] + node.end_column

    def replaced(self, pair: Pair, value: str) -> str:
        """Return the text with another value in the place of a pair's; quotes and an anchor before it stay."""
        start, end = self.start(pair.value), self.end(pair.value)
        anchor = _ANCHOR.match(self.text, start, end)
        start = anchor.end() if anchor else start
        old = self.text[start:end]
        if old.startswith(("|", ">")):  # a block scalar ends where the next line begins
            end = start if "#" in old else start + len(old.rstrip())
        elif not old:
            value = f" {value}"
        elif old[0] in _QUOTES:
            value = f"{old[0]}{value}{old[0]}"
        return self.text[:start] + value + self.text[end:]

    def added(self, mapping: Mapping, key: str, value: str) -> str:
        """Return the text with a new key in a mapping, after a value that stands in it as one text."""
        start = self.start(mapping)
        anchor = _ANCHOR.match(self.text, start)
        is_flow = self.text.startswith("{", anchor.end() if anchor else start)
        pair = next(self.own_texts(mapping), None)
        if pair is None:
            return ""
        end = self.end(pair.value)
        if is_flow:
            quote = '"' if self.text[self.start(pair)] == '"' else ""
            return f"{self.text[:end]}, {quote}{key}{quote}: {quote}{value}{quote}{self.text[end:]}"
        after = _BREAK.search(self.text, end)
        line_end = after.start() if after else len(self.text)
        line_break = after or _BREAK.search(self.text)
        new = f"{line_break[0] if line_break else _LF}{' ' * pair.column}{key}: {value}"
        return self.text[:line_end] + new + self.text[line_end:]

    def own_texts(self, mapping: Mapping) -> Iterator[Pair]:
        """Return the pairs of a mapping whose values are texts at that place, those of ``_BEFORE`` first.

        The value of an alias has the place of its anchor, and a block scalar ends beyond its text.
        """
        pairs = [mapping.pairs[key] for key in _BEFORE if key in mapping.pairs]
        for pair in (*pairs, *reversed(mapping.pairs.values())):
            value = pair.value
            between = self.text[self.end(pair) : self.start(value)]
            own = isinstance(value, Scalar) and value.text and re.fullmatch(r"\s*:\s*", between)
            if own and self.text[self.start(value)] not in "|>&":
                yield pair


def _count(root: Node, node: Node) -> int:
    """Return how often a node stands in a file: more than once where it, or what it lies in, has an alias."""
    found, waiting = 0, [root]
    while waiting:
        each = waiting.pop()
        found += each is node
        if isinstance(each, Sequence):
            waiting += each.items
        elif isinstance(each, Mapping):
            waiting += [pair.value for pair in each.pairs.values()]
    return found


def _same(before: Node, after: Node, mapping: Mapping, key: str, value: str) -> bool:
    """Return whether two files hold the same, but for ``key`` of a mapping of the first, which has a value."""
    waiting = [(before, after)]
    while waiting:
        old, new = waiting.pop()
        if isinstance(old, Scalar) and isinstance(new, Scalar):
            if old.text != new.text:
                return False
        elif isinstance(old, Sequence) and isinstance(new, Sequence):
            if len(old.items) != len(new.items):
                return False
            waiting += zip(old.items, new.items, strict=True)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            own = {name: pair.value for name, pair in old.pairs.items()}
            if old is mapping:
                own[key] = Scalar(0, 0, 0, 0, value)
            if own.keys() != new.pairs.keys():
                return False
            waiting += [(each, new.pairs[name].value) for name, each in own.items()]
        else:
            return False
    return True
