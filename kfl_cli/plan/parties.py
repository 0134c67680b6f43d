"""The parties of a plan, and who is a member of which.

A *collective* party has members, which may be collective themselves: «Alle barnehager som deltar» is styrer and
personalet. What a collective answers for, or what is for it, is each member's; what is a member's is not the
collective's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.findings.finding import FromFile
from kfl_cli.plan.rings import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kfl_cli.plan.yaml.nodes import Mapping
    from kfl_cli.text.kinds import Exact, Sentence

MOST_MEMBERSHIPS = 1_000_000
"""Memberships in a plan, those through other collectives among them."""


class Party(FromFile, frozen=True):
    """Somebody who answers for things or whom they are for."""

    id: Exact
    name: Sentence
    kind: Exact | None = None
    aliases: tuple[Sentence, ...] = ()
    members: tuple[Exact, ...] = ()
    """Ids of the parties that make it up; collective parties have some."""
    names_members: bool = False
    """Whether the file has the key ``members``; an empty list says that it takes in none of the others."""
    node: Mapping | None = None


class Collectives(Struct, frozen=True):
    """The collective parties of a plan, with everybody in them."""

    everybody: dict[str, frozenset[str]]
    """For each collective party: its members, theirs, and so on."""

    @classmethod
    def of(cls, parties: Sequence[Party]) -> Collectives | None:
        """Return the collectives among ``parties``, which form no ring; None for over ``MOST_MEMBERSHIPS``."""
        members = {party.id: party.members for party in parties if party.members}
        everybody: dict[str, frozenset[str]] = {}
        memberships = 0
        for id_ in in_order(members)[0]:
            within = (everybody[member] for member in members[id_] if member in everybody)
            everybody[id_] = frozenset(members[id_]).union(*within)
            memberships += len(everybody[id_])
            if memberships > MOST_MEMBERSHIPS:
                return None
        return cls(everybody)

    def reached(self, parties: Iterable[str]) -> frozenset[str]:
        """Return ``parties`` and everybody in them: those whose selections hold what is theirs."""
        named = frozenset(parties)
        if not self.everybody:
            return named
        return named.union(*(self.everybody[party] for party in named if party in self.everybody))
