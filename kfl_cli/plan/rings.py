"""Things that refer to each other, in an order in which each comes after those it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.language.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kfl_cli.findings.finding import Rule, Span

_MOST_SHOWN = 6
"""Members of a ring that are all named; of more, the first three and the last two."""


def in_order(graph: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[list[str]]]:
    """Return ids so that each comes after those it refers to, and the rings of references.

    ``graph`` has the references of each id; a reference to an id that it lacks is passed over. Members of a ring are
    left out of the order, and so is whatever refers to them. A ring whose members all stand in others is not named:
    where each of many refers to each, there are more rings than anybody mends. The walk does not recurse: a chain may
    have any length.
    """
    ordered: list[str] = []
    rings: list[list[str]] = []
    followed: dict[str, bool] = {}  # False while its references are being followed, True when that is done
    broken: set[str] = set()
    for root, first in graph.items():
        path: list[tuple[str, Iterator[str]]] = []
        if root not in followed:
            followed[root] = not first
            if first:
                path.append((root, iter(first)))
            else:
                ordered.append(root)
        while path:
            id_, references = path[-1]
            reference = next((ref for ref in references if ref in graph), None)
            if reference is None:
                path.pop()
                followed[id_] = True
                if any(ref in broken for ref in graph[id_]):
                    broken.add(id_)
                else:
                    ordered.append(id_)
            elif reference not in followed:
                followed[reference] = False
                path.append((reference, iter(graph[reference])))
            elif not followed[reference]:
                ring = [step for step, _ in path]
                ring = ring[ring.index(reference) :]
                if not broken.issuperset(ring):
                    rings.append(ring)
                    broken.update(ring)
    return ordered, rings


def ring_finding(
    rule: Rule, ring: list[str], spans: Mapping[str, Span], message: Callable[[list[str]], Message], remedy: Message
) -> Diagnostic:
    """Report a ring at the member that stands first in the file; others are related places.

    ``message`` gets the members from that one on.
    """
    start = min(range(len(ring)), key=lambda index: spans[ring[index]])
    ring = ring[start:] + ring[:start]
    related = tuple(Related(Message("«{id}» here", id=id_), spans[id_]) for id_ in ring[1:_MOST_SHOWN])
    return Diagnostic(rule, spans[ring[0]], message(ring), Advice(remedy), related)


def way_round(ring: list[str]) -> str:
    """Return the way round a ring, as text: «a → b → a»."""
    names = [*ring, ring[0]] if len(ring) <= _MOST_SHOWN else [*ring[:3], "…", *ring[-2:], ring[0]]
    return " → ".join(names)
