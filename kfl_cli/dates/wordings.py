"""Wordings that authors use for dates and the language does not have, and what to write for them."""

from __future__ import annotations

from itertools import pairwise

from kfl_cli.dates.lexer import Is, lex
from kfl_cli.diagnostics import Message

_NUMBERS = ("en én ei et ett to tre fire fem seks sju syv åtte ni ti", "a one two three four five six")
_DIGITS = Message("write numbers with digits, such as «2 uker før workshop-1»")
_OTHER_WORDS: tuple[tuple[Message, str], ...] = (
    (Message("write «etter …, før …»"), "mellom between"),
    (
        Message("write the date itself, such as «før 24. desember 2017»"),
        "jul jula julen påske påska påsken pinse pinsen christmas easter høstferien vinterferien haustferien",
    ),
    (
        Message("write the months, such as «desember 2017–februar 2018»"),
        "vinter vinteren sommer sommeren sommar sumaren winter summer",
    ),
    (
        Message("write «ikke fastsatt» while there is no date"),
        "avtale avtales avtalast løpende løpande fortløpende snarest tba ukjent ukjend enda ennå senere seinare",
    ),
    (
        Message("write «–» between first and last, a comma between «etter …» and «før …», and a session for each date"),
        "og and til to eller or samt",
    ),
    (
        Message("write «primo», «medio» or «ultimo» and the month"),
        "ca cirka circa about rundt omkring begynnelsen slutten midten utgangen starten",
    ),
    (
        Message("write the date alone; the rest belongs under `location:`, `note:` or `question:`"),
        "i på ved hos kl in on",
    ),
)


def other_wording(text: str) -> Message | None:
    """Return the remedy for the first word that is often written for a date and is none."""
    tokens = lex(text)
    numbers = {word for words in _NUMBERS for word in words.split()}
    if any(token.text in numbers and after.kind is Is.UNIT for token, after in pairwise(tokens)):
        return _DIGITS
    words = [token.text for token in tokens if token.kind in {Is.WORD, Is.CLOCK}]
    return next((hint for word in words for hint, known in _OTHER_WORDS if word in known.split()), None)
