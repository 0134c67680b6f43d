"""The rule on names that are nearly alike.

A name is two words with a capital each, side by side: «Thomas Nordahl», «Britt Drugli». Two of them are nearly alike
where one word is the same and the other differs in a single letter. Names with one letter left out are looked
up in a table of such shapes, so that the work grows with the text and not with its square.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.findings.finding import Advice, Diagnostic, Related, Span
from kfl_cli.findings.rules.completeness import SIMILAR_NAMES
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.checks.facts import Facts

_WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CAPITAL_INSIDE = re.compile(r"\s[^\W\d_a-zæøå]")
"""A word with a capital behind another: without one, there is no name of two words in a text."""
_SHORTEST = 4
"""Letters of the shortest word that is compared: «Per» and «Pål» are not one misspelled name."""
_ENDINGS = frozenset("aenrst")
"""Letters that inflect a word: «Regional» and «Regionale» are no misspelled names."""
_NOT_READ = frozenset({"source", "url", "region", "responsible", "audience", "status"})
"""Keys of ids and addresses, and the source, which is quoted as it is."""


class _Name(Struct, frozen=True):
    text: str
    party: str | None
    span: Span


def similar_names(facts: Facts) -> Iterator[Diagnostic]:
    """Find names that differ in a letter from another name."""
    known: dict[str, _Name] = {}
    shapes: dict[tuple[str, str], _Name] = {}
    for name in _names(facts):
        if name.text in known:
            continue
        known[name.text] = name
        near = {shapes[shape].text: shapes[shape] for shape in _shapes(name.text) if shape in shapes}
        for other in near.values():
            if _differ(name, other):
                message = Message("«{name}» is nearly «{other}»", name=name.text, other=other.text)
                remedy = Advice(Message("write it the same way"))
                if name.party or other.party:
                    remedy = Advice(Message("write it the same way, or add the other spelling under `aliases:`"))
                related = (Related(Message("«{title}» here", title=other.text), other.span),)
                yield Diagnostic(SIMILAR_NAMES, name.span, message, remedy, related)
        for shape in _shapes(name.text):
            shapes.setdefault(shape, name)


def _names(facts: Facts) -> Iterator[_Name]:
    """Return the names of parties, then those in the texts of activities."""
    for party in facts.plan.parties:
        for text in (party.name, *party.aliases):
            yield from (_Name(name, party.id, span_of(party.node)) for name in _pairs(text))
    read: set[str] = set()
    for section, texts in facts.texts:
        for written in texts if section == "activities" else ():
            if written.key not in _NOT_READ and written.above.isdisjoint(_NOT_READ) and written.text not in read:
                read.add(written.text)
                yield from (_Name(name, None, written.span) for name in _pairs(written.text))


def _pairs(text: str) -> Iterator[str]:
    """Return all pairs of words with a capital that stand side by side."""
    if not _CAPITAL_INSIDE.search(text):
        return
    before, end = "", -1
    for match in _WORDS.finditer(text):
        word = match[0]
        if not word[0].isupper():
            before = ""
            continue
        if before and text[end : match.start()].isspace():
            yield f"{before} {word}"
        before, end = word, match.end()


def _shapes(name: str) -> Iterator[tuple[str, str]]:
    """Return a name with any one letter left out, as (what stays the same, the rest); and as it is."""
    first, second = name.casefold().split()
    for same, word in ((f"{first} ", second), (f" {second}", first)):
        if len(word) >= _SHORTEST:
            yield same, word
            yield from ((same, word[:index] + word[index + 1 :]) for index in range(len(word)))


def _differ(one: _Name, other: _Name) -> bool:
    """Return whether two names that look alike may be one misspelled: not of one party, and not inflected."""
    if one.party is not None and one.party == other.party:
        return False
    words = list(zip(one.text.casefold().split(), other.text.casefold().split(), strict=True))
    short, long = sorted(next((pair for pair in words if pair[0] != pair[1]), ("", "")), key=len)
    if len(short) == len(long) and (short[1:] == long[1:] or short[:-1] == long[:-1]):
        return False  # «Kari» and «Mari», «Anna» and «Anne» are other people
    inflected = long[:-1] == short and long[-1:] in _ENDINGS
    return short != long and not inflected and min(len(short), len(long)) >= _SHORTEST - 1
