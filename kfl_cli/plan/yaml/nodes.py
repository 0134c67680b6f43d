"""The nodes of a YAML file, each with its place."""

from __future__ import annotations

from typing import final

from msgspec import Struct

from kfl_cli.findings.finding import START, Span


class _Marked(Struct, frozen=True, gc=False):
    """Where a node stands, as the parser counts: from 0.

    Four small numbers and no value of their own for them: of 100 000 activities there are two million nodes.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """Where it stands, counted from 1."""
        return Span(self.line + 1, self.column + 1, self.end_line + 1, self.end_column + 1)


class Scalar(_Marked, frozen=True, gc=False):
    """A text."""

    text: str


class Pair(Scalar, frozen=True, gc=False):
    """A key of a mapping, and what stands under it."""

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


def span_of(node: Node | None, *path: str | int) -> Span:
    """Return where the value at ``path`` under ``node`` stands, as far as the path goes.

    Of a mapping that is the part people know it by (its title, id or name), else its first key.
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
    """Return a mapping without entries, at the place of another node."""
    return Mapping(node.line, node.column, node.end_line, node.end_column, {})
