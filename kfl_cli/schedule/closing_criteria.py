"""Closings: rows of a plan that say in words that something is closed or that people have free, and so know the day."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind
from kfl_cli.language.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.schedule.occurrence import Occurrence

_SHORTEST_WHY = 4
"""Letters of a reason that is looked for in titles."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _closings() -> re.Pattern[str]:
    """Match words of a closing, and names of holidays, but not «etter påskeferien» or «før skolens sommerferie»."""
    every = VOCABULARIES.values()
    words = {word for words in every for word in (*words.closings, *words.holidays)} - {"fri"}
    ends = {word for words in every for word in words.closing_ends}
    apart = {word for words in every for word in (*words.before, *words.after)}
    whole = rf"{_any_of(words)}|\w*(?:{_any_of(ends)})"
    free = r"fri(?=\s*(?:$|[.,;:)(–-]|for\b|fra\b|frå\b|i\b))"  # «Fri for elevene», and not «fri lek»
    pattern = rf"(?<!\w)(?:(?:{_any_of(apart)})(?: \w+)? (?:{whole})|(?P<closing>{whole}|{free}))(?!\w)"
    return re.compile(pattern, re.IGNORECASE)


@cache
def _weekends() -> re.Pattern[str]:
    """Match words by which a title says that it is in a weekend: «Julemarked lørdag», «Helgesamling»."""
    days = {day for words in VOCABULARIES.values() for day in words.weekdays[5:]}
    return re.compile(rf"(?<!\w)(?:{_any_of(days)}|helg|helga|helgen|weekend|helge(?!land)\w+)(?!\w)", re.IGNORECASE)


@cache
def _planning_days() -> re.Pattern[str]:
    days = {word for words in VOCABULARIES.values() for word in words.planning_days}
    return re.compile(rf"(?<!\w)(?:{_any_of(days)})(?!\w)", re.IGNORECASE)


@cache
def _eves() -> re.Pattern[str]:
    beginnings = {word for words in VOCABULARIES.values() for word in words.eves}
    return re.compile(rf"(?<!\w)(?:{_any_of(beginnings)})(?!i\b|y\b)", re.IGNORECASE)


def _titles(occurrence: Occurrence) -> str:
    """Return its title, and for a session that of its activity too."""
    titles = (occurrence.title,) if occurrence.task else (occurrence.title, occurrence.activity.title)
    return ". ".join(dict.fromkeys(titles))


def says_closed(occurrence: Occurrence) -> bool:
    """Return whether a row says that something is closed: «Høstferie», «17. mai – barnehagen stengt», «Fridag».

    A deadline is none: «Påmeldingen stenger» on a Sunday may be a slip.
    """
    if occurrence.kind is Kind.DEADLINE:
        return False
    return any(match["closing"] for match in _closings().finditer(_titles(occurrence)))


def names_eve(occurrence: Occurrence) -> bool:
    """Return whether a row names the time of half working days: «Julegudstjeneste», «Nyttårsfest», «Påskelunsj»."""
    return says_closed(occurrence) or bool(_eves().search(_titles(occurrence)))


def says_weekend(occurrence: Occurrence) -> bool:
    """Return whether a row says that it is in a weekend."""
    return bool(_weekends().search(_titles(occurrence)))


def knows_closure(occurrence: Occurrence, why: str) -> bool:
    """Return whether a row in a closed period knows of it: a planning day, or one that names it: «Høstferiekurs»."""
    titles = _titles(occurrence)
    named = len(why) >= _SHORTEST_WHY and why.casefold() in titles.casefold()
    return named or bool(_planning_days().search(titles))
