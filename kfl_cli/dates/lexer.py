"""Text to tokens: the words of all languages at once."""

from __future__ import annotations

import enum
import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.language.vocabularies import VOCABULARIES, MonthThird, SchoolYear, Season, Unit, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator


class Is(enum.Enum):
    """What a token is."""

    NUMBER = enum.auto()
    ISO_DATE = enum.auto()
    ISO_WEEK = enum.auto()
    MARK = enum.auto()
    MONTH = enum.auto()
    WEEKDAY = enum.auto()
    SEASON = enum.auto()
    PART = enum.auto()
    UNIT = enum.auto()
    SCHOOL_YEAR = enum.auto()
    BEFORE = enum.auto()
    BY = enum.auto()
    AFTER = enum.auto()
    SINCE = enum.auto()
    CLOCK = enum.auto()
    UNSET = enum.auto()
    FILLER = enum.auto()
    WORD = enum.auto()
    END = enum.auto()


Value = int | bool | MonthThird | Unit | SchoolYear | tuple[Season, bool] | None


class Token(Struct, frozen=True):
    """A word, number or sign and where it stands in the text."""

    kind: Is
    text: str
    start: int
    end: int
    value: Value = None


_LEXER = re.compile(
    r"""
    (?P<week>[0-9]{4}-W[0-9]{2}(?!\w|-[0-9](?![0-9])))
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
    | (?P<number>[0-9]+)
    | (?P<ordinal>(?<=[0-9])(?:st|nd|rd|th)\b)
    | (?P<word>[^\W\d_]+)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))  # noqa: RUF001  the dashes that word processors put in


CHRISTMAS = "jul"
"""Norwegian for Christmas: never the English short form of July."""


@cache
def keywords() -> dict[tuple[str, ...], tuple[Is, Value]]:
    """Every word and phrase of every language, split into words."""
    found: dict[tuple[str, ...], tuple[Is, Value]] = {("t",): (Is.CLOCK, None)}
    for words in VOCABULARIES.values():
        for phrase, kind, value in phrases(words):
            found[tuple(phrase.lower().rstrip(".").split())] = (kind, value)
    return found


@cache
def known_words() -> frozenset[str]:
    """Return every single word of the date language."""
    return frozenset(word for phrase in keywords() for word in phrase)


def phrases(words: Vocabulary) -> Iterator[tuple[str, Is, Value]]:
    """Return every word and phrase of a language, what it is and what it stands for."""
    for names in (words.months, words.months_short):
        yield from ((name, Is.MONTH, number) for number, name in enumerate(names, 1) if name.lower() != CHRISTMAS)
    yield from ((name, Is.MONTH, number) for name, number in words.months_other.items())
    yield from ((name, Is.WEEKDAY, number) for number, name in enumerate(words.weekdays))
    for season in Season:
        yield from ((name, Is.SEASON, (season, False)) for name in words.seasons[season])
        yield from ((name, Is.SEASON, (season, True)) for name in words.seasons_definite[season])
    for part, names in words.parts.items():
        yield from ((name, Is.PART, part) for name in names)
    for unit, (singular, plural) in words.units.items():
        yield from ((name, Is.UNIT, unit) for name in singular + plural)
    for school_year, names in words.school_years.items():
        yield from ((name, Is.SCHOOL_YEAR, school_year) for name in names)
    for kind, names in (
        (Is.BEFORE, words.before),
        (Is.BY, words.by),
        (Is.AFTER, words.after),
        (Is.SINCE, words.since),
        (Is.CLOCK, words.clock),
        (Is.UNSET, words.unset),
        (Is.FILLER, words.filler),
    ):
        yield from ((name, kind, None) for name in names)


def lex(text: str) -> list[Token]:
    """Split ``text`` into tokens; words that mean nothing are dropped, an end token closes the list."""
    raw = [
        (match.lastgroup or "", match[0].lower(), *match.span())
        for match in _LEXER.finditer(text.translate(DASHES))
        if match.lastgroup not in {"space", "ordinal"}
    ]
    tokens: list[Token] = []
    position = 0
    while position < len(raw):
        group, lexeme, start, end = raw[position]
        position += 1
        match group:
            case "number":
                tokens.append(Token(Is.NUMBER, lexeme, start, end, int(lexeme)))
            case "date":
                tokens.append(Token(Is.ISO_DATE, lexeme, start, end))
            case "week":
                tokens.append(Token(Is.ISO_WEEK, lexeme, start, end))
            case "mark":
                tokens.append(Token(Is.MARK, lexeme, start, end))
            case _:
                kind, value, length = _keyword(raw, position - 1)
                position += length - 1
                end = raw[position - 1][3]
                if kind is not Is.FILLER or not text[end : end + 1].isspace():
                    tokens.append(Token(kind, text[start:end].lower(), start, end, value))
    tokens.append(Token(Is.END, "", len(text), len(text)))
    return tokens


def _keyword(raw: list[tuple[str, str, int, int]], position: int) -> tuple[Is, Value, int]:
    """Return kind, value and number of words of the longest known phrase at ``position``."""
    if raw[position][1] not in known_words():
        return Is.WORD, None, 1
    for length in (3, 2, 1):
        phrase = raw[position : position + length]
        if len(phrase) == length and all(group == "word" for group, *_ in phrase):
            known = keywords().get(tuple(lexeme for _, lexeme, *_ in phrase))
            if known is not None:
                return (*known, length)
    return Is.WORD, None, 1
