"""Dates to write in place of one that is refused, worked out from the fault and the text."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from kfl_cli.dates.expressions import Range
from kfl_cli.dates.faults import (
    DateFaultError,
    DateProblem,
    Fault,
    MissingYear,
    NoSuchPoint,
    NoSuchTime,
    ReversedClock,
    ReversedRange,
    SchoolYearApart,
    ShortYear,
    SinceRange,
    SingleSchoolYear,
    SlashDate,
    TooFar,
    Unreadable,
    UnreadableClock,
    WrongWeek,
    WrongWeekday,
    YearOutside,
)
from kfl_cli.dates.lexer import lex, phrases
from kfl_cli.dates.meaning import lies_within
from kfl_cli.dates.parser import Parser, is_readable
from kfl_cli.dates.points import AcademicYear, Day, HalfYear, Month, Nonexistent, Partial, Point, Week
from kfl_cli.dates.saying import say_plain
from kfl_cli.dates.unknown_words import advice_on_words, respelled, rewordings
from kfl_cli.dates.windows import SEASONS, Window
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import VOCABULARIES, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


_ISO_MONTH = r"([0-9]{4})-([0-9]{2})"
_FEW_DAYS = 8
"""Days between two that somebody may have written in the wrong order, or across the end of a month."""
_LONGEST_OVER_NEW_YEAR = 340
"""Days of a period across New Year that somebody may have meant."""


def explain(fault: Fault, text: str, period: Window | None, language: str) -> DateProblem:
    """Return what is wrong with ``text`` and its remedy: dates that may have been meant, else advice in words."""
    near = _near(fault, text, period, language)
    advice = None if near else _advice(fault, text, period, language)
    return DateProblem(fault.rule, fault.message(text), advice, near)


def _near(fault: Fault, text: str, period: Window | None, language: str) -> tuple[str, ...]:
    words = _words_of(text, language)
    match fault:
        case Unreadable():
            return _reworded(text)
        case SinceRange(start, end):
            return (_put(text, start, "", end),)
        case SlashDate(start, end, meant):
            return _meant(text, start, meant, end, words)
        case NoSuchPoint(partial, why):
            return _meant(text, partial.start, why.nearest, partial.end, words)
        case ReversedRange(first, last):
            likely = _likely_range(fault)
            return _readable(_put(text, first.start, say_plain(likely, words), last.end)) if likely else ()
        case WrongWeekday():
            return _readable(_with_weekday(fault, text, words))
        case WrongWeek(start, end, weeks):
            return _readable(_put(text, start, weeks, end))
        case ShortYear():
            return _readable(_with_long_year(fault, text, words))
        case MissingYear():
            return tuple(islice(filter(is_readable, _with_years(fault, text, period, language)), 2))
        case NoSuchTime(24, 0, start, end):
            return _readable(_put(text, start, "23.59", end))
        case (
            UnreadableClock() | NoSuchTime() | ReversedClock() | YearOutside() | TooFar()
            | SingleSchoolYear() | SchoolYearApart()
        ):  # fmt: skip
            return ()
    assert_never(fault)


def _advice(fault: Fault, text: str, period: Window | None, language: str) -> Message | None:
    match fault:
        case Unreadable():
            return advice_on_words(text) or _write_a_date(text)
        case SlashDate():
            return _write_a_date(text)
        case UnreadableClock():
            return Message("write clock times as 09.30")
        case NoSuchTime():
            return Message("hours go from 00 to 23, minutes from 00 to 59")
        case ReversedClock():
            return Message("write the later clock time last")
        case ShortYear():
            return Message("write all four digits of the year")
        case MissingYear():
            return Message("write the year") if period is None else Message("write a year in the plan's period")
        case SingleSchoolYear(year, name) | SchoolYearApart(year, name):
            return Message("write «{text}»", text=AcademicYear(year, name).say(_words_of(text, language)))
        case YearOutside() | TooFar() | SinceRange() | NoSuchPoint():
            return None
        case ReversedRange():
            return Message("write the earlier date first, and month and year with each")
        case WrongWeekday() | WrongWeek():
            return None
    assert_never(fault)


def could_have_year(fault: MissingYear, text: str, period: Window | None, language: str) -> bool:
    """Return whether ``text`` can be read with a year of the plan's period; also where the period has none for it."""
    with_years = list(_with_years(fault, text, period, language))
    return not with_years or any(map(is_readable, with_years))


def _words_of(text: str, language: str) -> Vocabulary:
    """Return the vocabulary that knows most words of ``text``; the plan's wins a draw."""
    texts = {token.text for token in lex(text)}
    return max(
        (VOCABULARIES[language], *VOCABULARIES.values()),
        key=lambda words: len(texts & {phrase.lower() for phrase, _ in phrases(words)}),
    )


def _put(text: str, start: int, replacement: str, end: int) -> str:
    """Return ``text`` with the part from ``start`` to ``end`` replaced."""
    return f"{text[:start]}{replacement}{text[end:]}"


def _meant(text: str, start: int, meant: Partial | Point | Range, end: int, words: Vocabulary) -> tuple[str, ...]:
    """Return ``text`` with a part replaced by what it may mean; nothing where there is no such day."""
    said = _say_meant(meant, words)
    return (_put(text, start, said, end),) if said else ()


def _say_meant(meant: Partial | Point | Range, words: Vocabulary) -> str:
    """Write a date as an author would; empty where there is no such day."""
    point = meant.as_point() if isinstance(meant, Partial) else meant
    return "" if isinstance(point, Nonexistent) else say_plain(point, words)


def _readable(text: str | None) -> tuple[str, ...]:
    return (text,) if text is not None and is_readable(text) else ()


# a text without a reading


def _reworded(text: str) -> tuple[str, ...]:
    """Return ``text`` as kfl reads it, where only its spelling or a wording is in the way."""
    month = re.fullmatch(_ISO_MONTH, text)
    if month and 1 <= int(month[2]) <= 12:  # noqa: PLR2004  months of a year
        return _readable(Month(int(month[1]), int(month[2])).say(VOCABULARIES["nb"]))
    if advice_on_words(text) is None and (near := _readable(respelled(text))):
        return near
    return tuple(islice((new for new in rewordings(text) if _keeps_ids(new, text)), 1))


def _write_a_date(text: str) -> Message:
    if text.rstrip().endswith("?"):
        return Message("write the date without «?», and the doubt as `status: tentative` and `question:`")
    return Message("write a date such as «8. september 2017», «uke 36 2017», «høst 2017» or «før» and an activity's id")


def _keeps_ids(new: str, text: str) -> bool:
    """Return whether ``new`` is a date that refers to nothing but what ``text`` has as words of their own."""
    try:
        when = Parser(new).when()
    except DateFaultError:
        return False
    words = text.lower().replace(",", " ").split()
    return all(id_ in words and advice_on_words(id_) is None for id_ in when.references)


# years


def _with_years(fault: MissingYear, text: str, period: Window | None, language: str) -> Iterator[str]:
    """Return ``text`` with each year that puts its date inside the plan's period; some may not be readable."""
    words = _words_of(text, language)
    first, last = fault.first, fault.last or fault.first
    for meant in _in_period(fault, period):
        yield _put(text, first.start, say_plain(meant, words, weekday=first.weekday is not None), last.end)


def _in_period(fault: MissingYear, period: Window | None) -> Iterator[Point | Range]:
    if period is None or period.start is None or period.end is None:
        return
    for year in range(period.start.year, period.end.year + 1):
        first = replace(fault.first, year=year).as_point()
        last = replace(fault.last, year=year).as_point() if fault.last else first
        if isinstance(first, Nonexistent) or isinstance(last, Nonexistent) or not fault.first.fits(first):
            continue
        start, end = first.days(SEASONS)[0], last.days(SEASONS)[1]
        meant = Range(first, last) if fault.last else first
        if start <= end and lies_within(meant, Window(start, end), period):
            yield meant


def _with_long_year(fault: ShortYear, text: str, words: Vocabulary) -> str:
    if fault.meant is None:
        return _put(text, fault.start, f"20{text[fault.start : fault.end]}", fault.end)
    return _put(text, fault.start, _say_meant(fault.meant, words), fault.end)


# ends and weekdays


def _likely_range(fault: ReversedRange) -> Range | None:
    """Return what a range may mean that ends before it starts: one over New Year, or the other way round."""
    first, ends = fault.first, fault.ends
    if type(ends.first) is not type(ends.last):
        return None
    if isinstance(ends.first, Day) and isinstance(ends.last, Day) and first.month is None:
        return _in_two_months(first, ends.first.date, ends.last.date)
    earlier = replace(first, year=(first.year or fault.last.year or 0) - 1).as_point()
    if first.year is None and isinstance(earlier, Day | Week | Month | HalfYear):
        length = ends.last.days(SEASONS)[1] - earlier.days(SEASONS)[0]
        if earlier != ends.last and length.days < _LONGEST_OVER_NEW_YEAR:
            return Range(earlier, ends.last)
    return Range(ends.last, ends.first)


def _in_two_months(written: Partial, first: date, last: date) -> Range | None:
    """Return what «30.–1. mai» or «19.–18. mai» may mean: days over the end of a month, or the other way round."""
    month_before = last - timedelta(days=last.day)
    before = replace(written, year=month_before.year, month=month_before.month)
    earlier = before.as_point()
    if isinstance(earlier, Day) and before.fits(earlier) and (last - earlier.date).days < _FEW_DAYS:
        return Range(earlier, Day(last))
    return Range(Day(last), Day(first)) if (first - last).days < _FEW_DAYS else None


def _with_weekday(fault: WrongWeekday, text: str, words: Vocabulary) -> str:
    day, end = say_plain(fault.day, words, weekday=True), fault.partial.end
    if fault.week:
        start, week_end = fault.week
        return _put(text, fault.partial.start, f"{day}{text[end:start]}{fault.day.date.isocalendar().week}", week_end)
    return _put(text, fault.partial.start, day, end)
