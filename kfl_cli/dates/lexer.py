"""Text to tokens: the words of all languages at once.

A kind of token knows the type of what its tokens mean: the number of a month, the unit of an offset. To add a kind of
word, write a kind here and name its words in ``phrases``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeGuard, TypeVar, final

from msgspec import Struct

from kfl_cli.dates.expressions import After, Before, By, Relation, Since
from kfl_cli.language.vocabularies import VOCABULARIES, MonthThird, SchoolYear, Season, Unit, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Token(Struct, Generic[T_co], frozen=True, gc=False):
    """A word, number or sign, what it means, and where it stands in the text."""

    kind: TokenKind[Any]
    value: T_co
    text: str
    start: int
    end: int


class Meaning(Struct, frozen=True):
    """The meaning of a word or phrase of a language."""

    kind: TokenKind[Any]
    value: object


@final
class TokenKind(Generic[T]):
    """A kind of token, whose tokens mean values of type ``T``."""

    def __init__(self, name: str) -> None:
        """Name the kind, for whoever debugs."""
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def means(self, value: T) -> Meaning:
        """Return the meaning of a word of this kind."""
        return Meaning(self, value)

    def token(self, value: T, text: str, start: int, end: int) -> Token[T]:
        """Return a token of this kind."""
        return Token(self, value, text, start, end)

    def fits(self, token: Token[object]) -> TypeGuard[Token[T]]:
        """Return whether ``token`` is of this kind."""
        return token.kind is self


NUMBER = TokenKind[int]("number")
ISO_DATE = TokenKind[tuple[int, int, int]]("ISO date")
ISO_WEEK = TokenKind[tuple[int, int]]("ISO week")
SIGN = TokenKind[None]("sign")
MONTH = TokenKind[int]("month")
WEEKDAY = TokenKind[int]("weekday")
"""Days from Monday."""
SEASON = TokenKind[tuple[Season, bool]]("season")
"""A half-year, and whether it has the article."""
PART = TokenKind[MonthThird]("part of a month")
UNIT = TokenKind[Unit]("unit")
SCHOOL_YEAR = TokenKind[SchoolYear]("school year")
RELATION = TokenKind[type[Relation]]("relation")
CLOCK = TokenKind[None]("clock")
UNSET = TokenKind[None]("unset")
FILLER = TokenKind[None]("filler")
WORD = TokenKind[None]("word")
END = TokenKind[None]("end")

_UNKNOWN = WORD.means(None)

_LEXER = re.compile(
    r"""
    (?P<ordinal>(?<=[0-9])(?i:st|nd|rd|th)\b)
    | (?P<word>[^\W\d_]+)
    | (?P<week>[0-9]{4}-[Ww][0-9]{2}(?!\w|-[0-9](?![0-9])))
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
    | (?P<number>[0-9]+)
    | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_DASH = re.compile("[‐‑‒–—―−]")  # noqa: RUF001  the dashes that word processors put in
CHRISTMAS = "jul"
"""Norwegian for Christmas: never the English short form of July."""


@cache
def keywords() -> dict[tuple[str, ...], Meaning]:
    """Return every word and phrase of every language, split into words, with what it means."""
    meanings: dict[tuple[str, ...], Meaning] = {("t",): CLOCK.means(None)}  # «2018-01-18T09:00»
    for words in VOCABULARIES.values():
        for phrase, meaning in phrases(words):
            meanings[tuple(phrase.lower().rstrip(".").split())] = meaning
    return meanings


@cache
def known_words() -> frozenset[str]:
    """Return every single word of the date language."""
    return frozenset(word for phrase in keywords() for word in phrase)


def phrases(words: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    """Return every word and phrase of a language with what it means."""
    for names in (words.months, words.months_short):
        yield from ((name, MONTH.means(number)) for number, name in enumerate(names, 1) if name.lower() != CHRISTMAS)
    yield from ((name, MONTH.means(number)) for name, number in words.months_other.items())
    yield from ((name, WEEKDAY.means(number)) for number, name in enumerate(words.weekdays))
    for season in Season:
        yield from ((name, SEASON.means((season, False))) for name in words.seasons[season])
        yield from ((name, SEASON.means((season, True))) for name in words.seasons_definite[season])
    yield from ((name, PART.means(part)) for part, names in words.parts.items() for name in names)
    for unit, (singular, plural) in words.units.items():
        yield from ((name, UNIT.means(unit)) for name in singular + plural)
    yield from ((name, SCHOOL_YEAR.means(year)) for year, names in words.school_years.items() for name in names)
    yield from ((name, RELATION.means(Before)) for name in words.before)
    yield from ((name, RELATION.means(By)) for name in words.by)
    yield from ((name, RELATION.means(After)) for name in words.after)
    yield from ((name, RELATION.means(Since)) for name in words.since)
    yield from ((name, CLOCK.means(None)) for name in words.clock)
    yield from ((name, UNSET.means(None)) for name in words.unset)
    yield from ((name, FILLER.means(None)) for name in words.filler)


def plain_dashes(text: str) -> str:
    """Return a text with hyphens in place of other dashes."""
    return _DASH.sub("-", text)


def lex(text: str) -> list[Token[object]]:
    """Split ``text`` into tokens, the last of them ``END``; fillers («den 8. september») and «8th» lose theirs."""
    lexemes = [match for match in _LEXER.finditer(plain_dashes(text)) if match.lastgroup != "ordinal"]
    tokens: list[Token[object]] = []
    position = 0
    while position < len(lexemes):
        match = lexemes[position]
        position += 1
        lexeme, (start, end) = match[0].lower(), match.span()
        group = match.lastgroup
        if group == "word":
            meaning, length = _phrase(lexeme, lexemes, position)
            if length > 1:
                position += length - 1
                end = lexemes[position - 1].end()
                lexeme = text[start:end].lower()
            if meaning.kind is not FILLER or not text[end : end + 1].isspace():
                tokens.append(Token(meaning.kind, meaning.value, lexeme, start, end))
        elif group == "sign":
            tokens.append(SIGN.token(None, lexeme, start, end))
        elif group == "number":
            tokens.append(NUMBER.token(int(lexeme), lexeme, start, end))
        elif group == "date":
            year, month, day = map(int, lexeme.split("-"))
            tokens.append(ISO_DATE.token((year, month, day), lexeme, start, end))
        else:
            tokens.append(ISO_WEEK.token((int(lexeme[:4]), int(lexeme[6:])), lexeme, start, end))
    tokens.append(END.token(None, "", len(text), len(text)))
    return tokens


def _phrase(first: str, lexemes: list[re.Match[str]], position: int) -> tuple[Meaning, int]:
    """Return what the longest known phrase means that begins with the word before ``position``, and its length."""
    for phrase, meaning in _by_first_word().get(first, ()):
        rest = len(phrase) - 1
        if not rest or phrase[1:] == tuple([match[0].lower() for match in lexemes[position : position + rest]]):
            return meaning, rest + 1
    return _UNKNOWN, 1


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Meaning]]]:
    """Return the phrases that begin with each word, the longest first."""
    by_word: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for phrase in sorted(keywords(), key=len, reverse=True):
        by_word.setdefault(phrase[0], []).append((phrase, keywords()[phrase]))
    return by_word


class Cursor:
    """The tokens of a text, taken one by one."""

    def __init__(self, text: str) -> None:
        """Stand at the first token of ``text``."""
        self.text = text
        self.tokens = lex(text)
        self.position = 0

    @property
    def token(self) -> Token[object]:
        """The token that is next."""
        return self.tokens[self.position]

    def ahead(self, steps: int = 1) -> Token[object]:
        """Return the token that stands so many steps further on."""
        return self.tokens[min(self.position + steps, len(self.tokens) - 1)]

    def take(self) -> Token[object]:
        """Return the next token and go on, unless the text ends."""
        token = self.token
        if token.kind is not END:
            self.position += 1
        return token

    def accept(self, kind: TokenKind[T]) -> Token[T] | None:
        """Take the next token if it is of ``kind``."""
        token = self.tokens[self.position]
        if not kind.fits(token):
            return None
        self.position += 1
        return token

    def accept_sign(self, sign: str) -> bool:
        """Take the next token if it is this sign."""
        return self.token.text == sign and self.accept(SIGN) is not None
