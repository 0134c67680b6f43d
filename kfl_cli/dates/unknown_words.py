"""Words and wordings that authors use for dates and the language does not have, and what may be meant by them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kfl_cli.dates.lexer import UNIT, WORD, known_words, lex
from kfl_cli.language.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = "en én ei et ett to tre fire fem seks sju syv åtte ni ti a one two three four five six"
_DIGITS = Message("write numbers with digits, such as «2 uker før workshop-1»")
_BETWEEN = Message(
    "write «–» between first and last, a comma between «etter …» and «før …», and a session for each date"
)
_ITSELF = Message("write the date itself, such as «før 24. desember 2017»")
_ALONE = Message("write the date alone; the rest belongs under `location:`, `note:` or `question:`")
_WORDS_WITH_ADVICE: tuple[tuple[Message, str], ...] = (
    (Message("write «etter …, før …»"), "mellom between"),
    (_ITSELF, "jul jula julen påske påska påsken pinse pinsen nyttår christmas easter"),
    (_ITSELF, "ferie ferien høstferien haustferien juleferien vinterferien påskeferien sommerferien sommarferien"),
    (_ITSELF, "skolestart skulestart skoleslutt skuleslutt barnehagestart"),
    (
        Message("write the months, such as «desember 2017–februar 2018»"),
        "vinter vinteren sommer sommeren sommar sumaren winter summer",
    ),
    (
        Message("write «ikke fastsatt» while there is no date"),
        "avtale avtales avtalast løpende løpande fortløpende snarest tba ukjent ukjend enda ennå senere seinare",
    ),
    (_BETWEEN, "og and til to eller or samt"),
    (
        Message("write «primo», «medio» or «ultimo» and the month"),
        "ca cirka circa about rundt omkring begynnelsen slutten midten utgangen starten end",
    ),
    (_ALONE, "i på ved hos in on"),
)
"""The remedy for words that are no dates, or need no writing; the first word of a text that stands here decides."""

_BEFORE = "før|innen|senest|seinast|before|by"
_ANY = f"{_BEFORE}|etter|after"
_REWORDED: tuple[tuple[str, str], ...] = (
    (rf"\b(?:{_BEFORE}) (?:utgangen|slutten) av (?=\w)", "senest "),
    (r"\bby the end of (?=\w)", "by "),
    (r"\bi (?:god tid før|forkant av) (?=\w)", "før "),
    (r"\bi etterkant av (?=\w)", "etter "),
    (r"\b(?:well before|ahead of) (?=\w)", "before "),
    (r"\b(?:fra|frå|from) (?=kl\b)", ""),
    (r"^(?:fra|frå|from) (?=\w.* (?:til|to) )", ""),
    (r" (?:til og med|til|t\.o\.m\.|to|until) (?=\w)", "–"),
    (rf"^((?:{_ANY}) (?:\d[^,]*\d|[^\W\d][\w-]*))(?: og| and)? (?=(?:{_ANY}) \w)", r"\1, "),
)
"""Patterns of wordings, and what kfl reads in their place."""


def rewordings(text: str) -> Iterator[str]:
    """Yield ``text`` with the first wording replaced, then with the first two, and so on; some may be no dates."""
    for pattern, replacement in _REWORDED:
        changed = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
        if changed != text:
            text = changed
            yield text


def advice_on_words(text: str) -> Message | None:
    """Return advice for a word that is often written in dates and that kfl cannot read; None without such a word."""
    tokens = lex(text)
    numbers = _NUMBERS.split()
    if any(token.text in numbers and after.kind is UNIT for token, after in pairwise(tokens)):
        return _DIGITS
    words = [token.text for token in tokens if token.kind is WORD]
    if not words and any(token.text == "kl" for token in tokens):
        return _ALONE
    return next((advice for word in words for advice, known in _WORDS_WITH_ADVICE if word in known.split()), None)


def respelled(text: str) -> str | None:
    """Return ``text`` with its unknown words replaced by the nearest known ones; None where one has none near."""
    import difflib  # noqa: PLC0415  only for a plan that has a fault

    pieces: list[str] = []
    position = 0
    for token in lex(text):
        if token.kind is WORD:
            near = difflib.get_close_matches(token.text, sorted(known_words()), 1, 0.75)
            if not near:
                return None
            pieces += text[position : token.start], near[0]
            position = token.end
    return "".join(pieces) + text[position:] if pieces else None
