"""Dates as people write them: «torsdag 18. januar 2018 (uke 3)», «kl. 09.30–15.30», «mars–juni 2018»."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kfl_cli.dates.expressions import (
    After,
    Anchor,
    Before,
    Between,
    By,
    HoursEachDay,
    Offset,
    Range,
    Reference,
    Since,
    Timed,
    Unset,
    When,
)
from kfl_cli.dates.points import Day, Month, Point, Week
from kfl_cli.language.days import say_day, say_plain_day, say_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kfl_cli.dates.windows import Window
    from kfl_cli.language.vocabularies import Vocabulary

_NO_TITLES: Mapping[str, str] = {}


def say(when: When | Anchor, words: Vocabulary, titles: Mapping[str, str] = _NO_TITLES) -> str:
    """Write a date as people do: ``torsdag 18. januar 2018 (uke 3)``, ``mars–juni 2018``.

    An activity that it names is written as its title in ``titles``, or as its id.
    """
    match when:
        case Unset():
            return words.unset[0]
        case Before(anchor):
            return f"{words.before[0]} {say(anchor, words, titles)}"
        case By(anchor):
            return f"{words.by[0]} {say(anchor, words, titles)}"
        case After(anchor):
            return f"{words.after[0]} {say(anchor, words, titles)}"
        case Since(anchor):
            return f"{words.since[0]} {say(anchor, words, titles)}"
        case Between(lower, upper):
            return f"{say(lower, words, titles)}, {say(upper, words, titles)}"
        case Reference(id_):
            return titles.get(id_, id_)
        case Timed():
            return _say_timed(when, words)
        case HoursEachDay(first, start, last, end):
            return f"{_say_days(first, last, words)} {_clock(words)}{say_time(start, words)}–{say_time(end, words)}"
        case Range(first, last):
            return _say_range(first, last, words)
        case Offset(amount, unit, before, anchor):
            count = words.units[unit][0 if amount == 1 else 1][0]
            direction = words.before[0] if before else words.after[0]
            return f"{amount} {count} {direction} {say(anchor, words, titles)}"
        case point:
            return point.say(words)


def say_window(window: Window, *, deadline: bool, words: Vocabulary) -> str:
    """Write resolved days: ``senest onsdag 17. januar 2018 (uke 3)``, ``3. februar–7. mars 2018``."""
    if window.start is not None and window.end is not None:
        if window.start == window.end:
            return say_day(window.start, words)
        return _say_range(Day(window.start), Day(window.end), words)
    if window.end is not None:
        prefix = f"{words.by[0]} " if deadline else ""
        return f"{prefix}{say_day(window.end, words)}"
    if window.start is not None:
        return f"{words.since[0]} {say_day(window.start, words)}"
    return words.unset[0]


def _say_range(first: Point, last: Point, words: Vocabulary) -> str:
    """Write both ends with an en dash between, and what they share only once."""
    match first, last:
        case Day(start), Day(end):
            return _say_days(start, end, words)
        case Week(year, week), Week(last_year, last_week) if year == last_year:
            return f"{words.week} {week}–{last_week} {year}"
        case Month(year, month), Month(last_year, last_month) if year == last_year:
            return f"{words.months[month - 1]}–{words.months[last_month - 1]} {year}"
        case _:
            return f"{first.say(words)}–{last.say(words)}"


def _say_days(start: date, end: date, words: Vocabulary, *, week: bool = True) -> str:
    if start == end:
        return say_day(start, words)
    same_week = week and start.isocalendar()[:2] == end.isocalendar()[:2]
    weeks = f" ({words.week} {start.isocalendar().week})" if same_week else ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{words.day_point}–{say_plain_day(end, words)}{weeks}"
    return f"{say_plain_day(start, words, year=start.year != end.year)}–{say_plain_day(end, words)}{weeks}"


def _say_timed(timed: Timed, words: Vocabulary) -> str:
    clock = _clock(words)
    start = say_moment(datetime.combine(timed.first, timed.start), words)
    if timed.end is None:
        return start
    if timed.first == timed.last:
        return f"{start}–{say_time(timed.end, words)}"
    return f"{start}–{say_day(timed.last, words)} {clock}{say_time(timed.end, words)}"


def say_moment(moment: datetime, words: Vocabulary) -> str:
    """Write a day and a clock time: ``fredag 1. desember 2017 (uke 48) kl. 12.00``."""
    return f"{say_day(moment.date(), words)} {_clock(words)}{say_time(moment.time(), words)}"


def _clock(words: Vocabulary) -> str:
    """Return what stands before a clock time: «kl. » where it has a point and could be taken for a day."""
    return f"{words.clock[0]} " if words.clock_point == "." else ""


def say_plain(span: Point | Range, words: Vocabulary, *, weekday: bool = False) -> str:
    """Write a date as an author would: without the week that ``say`` adds, and the weekday only where asked."""
    match span:
        case Day(day):
            return say_day(day, words, week=False) if weekday else say_plain_day(day, words)
        case Range(Day(start), Day(end)):
            return _say_days(start, end, words, week=False)
        case _:
            return say(span, words)
