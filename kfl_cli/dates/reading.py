"""Reading what an author wrote: a date, a part of any year, an id that could be taken for a date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kfl_cli.dates.faults import DateFaultError, DateProblem
from kfl_cli.dates.lexer import END, WEEKDAY, known_words, lex
from kfl_cli.dates.parser import Parser
from kfl_cli.dates.points import Day, Month
from kfl_cli.dates.windows import FIRST_YEAR, LAST_YEAR, SEASONS
from kfl_cli.findings.rules.dates import UNREADABLE_DATE
from kfl_cli.language.message import Message

if TYPE_CHECKING:
    from kfl_cli.dates.expressions import When
    from kfl_cli.dates.faults import MissingYear
    from kfl_cli.dates.windows import Window

LONGEST = 200
"""Characters in a date expression."""
_WORDS = re.compile(r"[^\W\d_]+")
_ISO_WEEK = re.compile(r"[0-9]{4}-w[0-9]{2}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_DAYS = r"([0-9]{2})-([0-9]{2})(?:\.\.|/| *[–-] *)([0-9]{2})-([0-9]{2})"


def could_be_date(id_: str) -> bool:
    """Return whether an activity's id could be taken for a date where both can stand (``før 2018``)."""
    if id_[:1].isdigit() and _ISO_WEEK.fullmatch(id_):
        return True
    if not known_words().issuperset(_WORDS.findall(id_)):
        return False
    try:
        parser = Parser(id_)
        parser.span()
    except DateFaultError as failure:
        return failure.fault.rule is not UNREADABLE_DATE
    return parser.token.kind is END


def names_weekday(text: str) -> bool:
    """Return whether the author of a date wrote its weekday, and so knew which day it is."""
    return any(token.kind is WEEKDAY for token in lex(text))


def parse(text: str, period: Window | None = None, language: str = "nb") -> When | DateProblem:
    """Read a date expression (the grammar stands in ``Parser``), or say what is wrong with it.

    ``period`` and ``language`` are the plan's; they only serve to offer a date where this one cannot be read.
    """
    if _ISO_DAY.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        try:
            return Day(date.fromisoformat(text))
        except ValueError:
            pass  # the parser knows what to say
    if len(text) > LONGEST:
        short = f"{text[:30]}…"
        return DateProblem(
            UNREADABLE_DATE,
            Message("«{text}» is longer than a date can be ({most} characters)", text=short, most=LONGEST),
        )
    try:
        return Parser(text, lambda fault: _could_have_year(fault, text, period, language)).when()
    except DateFaultError as failure:
        from kfl_cli.dates.suggestions import explain  # noqa: PLC0415  only for a plan that has a fault

        return explain(failure.fault, text, period, language)


def _could_have_year(fault: MissingYear, text: str, period: Window | None, language: str) -> bool:
    from kfl_cli.dates.suggestions import could_have_year  # noqa: PLC0415  only for a plan that has a fault

    return could_have_year(fault, text, period, language)


def parse_yearless(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read a part of any year, as (month, day) of its first and last day.

    ``1.8.–31.12.``, ``1. august–31. desember``, ``august–desember`` and ``08-01..12-31`` are all the same.
    """
    match = re.fullmatch(_MONTH_DAYS, text)
    if match:
        text = f"{int(match[2])}.{int(match[1])}.–{int(match[4])}.{int(match[3])}."
    try:
        parser = Parser(text)
        first = parser.point(None)
        parser.accept_sign("-")
        last = parser.point(first)
        parser.accept_sign(".")
    except DateFaultError:
        return None
    if parser.token.kind is not END or first.year or last.year:
        return None
    match [replace(partial, year=2020).as_point() for partial in (first, last)]:  # a leap year
        case [Day() | Month() as opening, Day() | Month() as closing]:
            start, end = opening.days(SEASONS)[0], closing.days(SEASONS)[1]
            return (start.month, start.day), (end.month, end.day)
    return None
