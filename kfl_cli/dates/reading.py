"""Reading a date expression, and what to say of one that cannot be read."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from kfl_cli.dates.expressions import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    SEASONS,
    DateError,
    DateProblem,
    Day,
    Month,
    When,
    Window,
)
from kfl_cli.dates.lexer import Is, known_words
from kfl_cli.dates.meaning import bounds, references
from kfl_cli.dates.parser import Parser, respelled
from kfl_cli.dates.partial import whole_point
from kfl_cli.dates.saying import named, say
from kfl_cli.dates.suggestions import other_wording, rewordings
from kfl_cli.findings.rules.dates import UNREADABLE_DATE
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import VOCABULARIES

_WORDS = re.compile(r"[^\W\d_]+")
_ISO_WEEK = re.compile(r"[0-9]{4}-w[0-9]{2}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HANGING = re.compile(r"([^,]* )(?=([a-z]+))([a-z0-9_-]+)(?<=[a-z0-9])")
"""A date that ends with what may be an id: the words before it, the word that this begins with, and the id."""
_SOMETHING = "x"
_ISO_MONTH = r"([0-9]{4})-([0-9]{2})"
_MONTH_DAYS = r"([0-9]{2})-([0-9]{2})(?:\.\.|/| *[–-] *)([0-9]{2})-([0-9]{2})"


def is_point_in_time(id_: str) -> bool:
    """Return whether an activity's id could be taken for a date where both can stand (``før 2018``)."""
    if _ISO_WEEK.fullmatch(id_):
        return True
    if not known_words().issuperset(_WORDS.findall(id_)):
        return False
    try:
        parser = Parser(id_, None)
        parser.span()
    except DateError as failure:
        return failure.problem.rule is not UNREADABLE_DATE
    return parser.token.kind is Is.END


def parse(text: str, period: Window | None = None, language: str = "nb") -> When | DateProblem:
    """Read a date expression (the grammar stands in ``Parser``), or say what is wrong with it.

    ``period`` and ``language`` are the plan's; they only serve to offer a date where this one cannot be read.

    Many dates count from activities in the same words, «2 uker før …»: those are parsed once, and the id is put in.
    """
    hanging = _HANGING.fullmatch(text) if len(text) <= LONGEST else None
    if hanging and hanging[2] not in known_words():
        found = _hanging(hanging[1])
        if found is not None:
            return named(found, {_SOMETHING: hanging[3]})
    return _parse(text, period, language)


@lru_cache(maxsize=1024)
def _hanging(words: str) -> When | None:
    """Return what a date means that ends with an id after ``words``; None where there is no such date."""
    found = _parse(f"{words}{_SOMETHING}", None, "nb")
    return None if isinstance(found, DateProblem) or references(found) != (_SOMETHING,) else found


@lru_cache(maxsize=4096)
def _parse(text: str, period: Window | None, language: str) -> When | DateProblem:
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
        return Parser(text, period, language).when()
    except DateError as failure:
        problem = failure.problem
    if problem.rule is UNREADABLE_DATE and problem.hint is None:
        return _with_remedy(problem, text)
    return problem


def parse_yearless(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read a part of any year, as (month, day) of its first and last day.

    ``1.8.–31.12.``, ``1. august–31. desember``, ``august–desember`` and ``08-01..12-31`` are all the same.
    """
    match = re.fullmatch(_MONTH_DAYS, text)
    if match:
        text = f"{int(match[2])}.{int(match[1])}.–{int(match[4])}.{int(match[3])}."
    try:
        parser = Parser(text, None)
        first = parser.point(None)
        parser.accept_mark("-")
        last = parser.point(first)
        parser.accept_mark(".")
        whole = [whole_point(replace(point, year=2020)) for point in (first, last)]  # a leap year
    except DateError:
        return None
    if parser.token.kind is not Is.END or first.year or last.year:
        return None
    match whole:
        case [Day() | Month() as opening, Day() | Month() as closing]:
            start, end = bounds(opening, SEASONS)[0], bounds(closing, SEASONS)[1]
            return (start.month, start.day), (end.month, end.day)
    return None


def _keeps_ids(new: str, text: str) -> bool:
    """Return whether ``new`` is a date that hangs on nothing but what ``text`` has as words of their own."""
    try:
        found = Parser(new, None).when()
    except DateError:
        return False
    words = text.lower().replace(",", " ").split()
    return all(id_ in words and other_wording(id_) is None for id_ in references(found))


def _with_remedy(problem: DateProblem, text: str) -> DateProblem:
    """Offer a date that kfl can read and that ``text`` may mean, or say how dates are written."""
    month = re.fullmatch(_ISO_MONTH, text)
    if month and 1 <= int(month[2]) <= 12:  # noqa: PLR2004
        near: str | None = say(Month(int(month[1]), int(month[2])), VOCABULARIES["nb"])
    else:
        other = other_wording(text)
        near = respelled(text) if other is None else None
        near = near or next((each for each in rewordings(text) if _keeps_ids(each, text)), None)
        if near is None and other is not None:
            return replace(problem, advice=other)
    if near is not None:
        return replace(problem, near=(near,))
    if text.rstrip().endswith("?"):
        advice = Message("write the date without «?», and the doubt as `status: tentative` and `question:`")
    else:
        advice = Message(
            "write a date such as «8. september 2017», «uke 36 2017», «høst 2017» or «før» and an activity's id"
        )
    return replace(problem, advice=advice)
