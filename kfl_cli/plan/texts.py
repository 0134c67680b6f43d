"""The texts of a plan file as they are written: for rules that judge wording, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.plan.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.findings.finding import Span
    from kfl_cli.plan.model import Plan
    from kfl_cli.plan.yaml.nodes import Node

_NO_TEXT = frozenset({"id", "uid", "when", "for", "after", "ignore"})
"""Keys of ids and dates, and of reasons that stay in the file: a third of all values."""


class WrittenText(Struct, frozen=True, gc=False):
    """A text of the file and the keys that it stands under."""

    above: frozenset[str]
    """Keys of the mappings that it lies in."""
    key: str
    """Its own key; a text of a list has that of the list."""
    text: str
    _node: Scalar

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self._node.span


def texts_of(plan: Plan) -> Iterator[tuple[str, list[WrittenText]]]:
    """Return the texts of each activity, region and party, and of the head, each with the key of its section."""
    for section, pair in plan.node.pairs.items() if plan.node else ():
        parts: list[Node] = [pair.value]
        if isinstance(pair.value, Sequence):
            parts = pair.value.items
        elif isinstance(pair.value, Mapping) and section in {"regions", "parties"}:
            parts = [each.value for each in pair.value.pairs.values()]
        for part in parts:
            texts: list[WrittenText] = []
            _add_texts(part, "", frozenset(), texts)
            yield section, texts


def _add_texts(node: Node, key: str, above: frozenset[str], texts: list[WrittenText]) -> None:
    """Add the texts under a node to ``texts``, in the order of the file."""
    if isinstance(node, Scalar):
        texts.append(WrittenText(above, key, node.text, node))
    elif isinstance(node, Sequence):
        for item in node.items:
            _add_texts(item, key, above, texts)
    else:
        below = above | {key} if key else above
        own = {"groups": "", "more": "more"}.get(key)  # their keys are the author's own
        for name, pair in node.pairs.items():
            if own is not None:
                _add_texts(pair.value, own, below, texts)
            elif name not in _NO_TEXT:
                _add_texts(pair.value, name, below, texts)
