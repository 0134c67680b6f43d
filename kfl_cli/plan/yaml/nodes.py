"""The nodes of a YAML file, each with its span."""

from __future__ import annotations

from typing import final

from msgspec import Struct

from kfl_cli.findings.finding import START, Span


class _Marked(Struct, frozen=True, gc=False):
    """The place of a node, with lines and columns from 0, as the parser counts.

    Four numbers and no ``Span``, to save memory: 100 000 activities have two million nodes.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """The place of the node, with lines and columns from 1."""
        return Span(self.line + 1, self.column + 1, self.end_line + 1, self.end_column + 1)


class Scalar(_Marked, frozen=True, gc=False):
    """A text."""

    text: str


class Null(Scalar, frozen=True, gc=False):
    """``null`` or ``~``, which counts as nothing written: its text is empty."""

    written: str


class Pair(Scalar, frozen=True, gc=False):
    """A key of a mapping and its value; as a scalar it is the key, which saves an object for each."""

    value: Node

    @property
    def key(self) -> Scalar:
        """The key."""
        return self


@final
class Sequence(_Marked, frozen=True, gc=False):
    """A list."""

    items: list[Node]


@final
class Mapping(_Marked, frozen=True, gc=False):
    """Keys and values in the order of the file."""

    pairs: dict[str, Pair]


Node = Scalar | Sequence | Mapping

_GRIPS = ("title", "id", "name", "for")
"""The keys of the value by which people know a mapping, best first."""


def span_of(node: Node | None, *path: str | int) -> Span:
    """Return the place of the value at ``path`` under ``node``, as far as the path goes.

    The place of a mapping is that of its title, id or name, else that of its first key.
    """
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.pairs:
            node = node.pairs[step].value
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        else:
            break
    if isinstance(node, Mapping):
        for key in _GRIPS:
            if key in node.pairs:
                return node.pairs[key].value.span
        first = next(iter(node.pairs.values()), None)
        return first.span if first else node.span
    return START if node is None else node.span


def nothing_at(node: Node) -> Mapping:
    """Return an empty mapping at the place of another node."""
    return Mapping(node.line, node.column, node.end_line, node.end_column, {})


def depth_of(node: Node) -> int:
    """Return how many lists and mappings are nested in a node, itself among them."""
    match node:
        case Sequence(items=items):
            return 1 + max(map(depth_of, items), default=0)
        case Mapping(pairs=pairs):
            return 1 + max((depth_of(pair.value) for pair in pairs.values()), default=0)
    return 0


def size_of(node: Node, most: int) -> int:
    """Count the nodes that an alias repeats, up to about ``most``; a text counts once for every 50 characters."""
    match node:
        case Scalar(text=text):
            return 1 + len(text) // 50
        case Sequence(items=items):
            inside = items
        case Mapping(pairs=pairs):
            inside = [each for pair in pairs.values() for each in (pair.key, pair.value)]
    size = 1
    for each in inside:
        if size > most:
            break
        size += size_of(each, most - size)
    return size
