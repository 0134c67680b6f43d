"""Dates as people write them: «torsdag 18. januar 2018 (uke 3)», «kl. 09.30–15.30», «mars–juni 2018»."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from kfl_cli.dates.expressions import (
    AcademicYear,
    After,
    Anchor,
    Before,
    Between,
    By,
    Day,
    HalfYear,
    Month,
    MonthPart,
    Offset,
    Point,
    Range,
    Reference,
    Since,
    Timed,
    Unset,
    Week,
    When,
    Window,
    Year,
)
from kfl_cli.language.days import say_day, say_plain_day, say_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kfl_cli.language.vocabularies import Vocabulary


def say(when: When, words: Vocabulary) -> str:
    """Write a date expression as people do: ``torsdag 18. januar 2018 (uke 3)``, ``mars–juni 2018``."""
    match when:
        case Unset():
            return words.unset[0]
        case Before(anchor):
            return f"{words.before[0]} {say_anchor(anchor, words)}"
        case By(anchor):
            return f"{words.by[0]} {say_anchor(anchor, words)}"
        case After(anchor):
            return f"{words.after[0]} {say_anchor(anchor, words)}"
        case Since(anchor):
            return f"{words.since[0]} {say_anchor(anchor, words)}"
        case Between(lower, upper):
            return f"{say(lower, words)}, {say(upper, words)}"
        case _:
            return say_anchor(when, words)


def named(when: When, names: Mapping[str, str]) -> When:
    """Return ``when`` with the ids of activities replaced by ``names``, to be said."""
    match when:
        case Before() | By() | After() | Since():
            return type(when)(_named_anchor(when.anchor, names))
        case Between(After(lower) | Since(lower), Before(upper) | By(upper)):
            return Between(
                type(when.lower)(_named_anchor(lower, names)),
                type(when.upper)(_named_anchor(upper, names)),
            )
        case Offset():
            return replace(when, anchor=_named_anchor(when.anchor, names))
        case _:
            return when


def _named_anchor(anchor: Anchor, names: Mapping[str, str]) -> Anchor:
    match anchor:
        case Reference():
            return Reference(names.get(anchor.id, anchor.id))
        case Offset():
            return replace(anchor, anchor=_named_anchor(anchor.anchor, names))
        case _:
            return anchor


def say_anchor(anchor: Anchor, words: Vocabulary) -> str:
    """Write what a relation hangs on; an activity is written as its id."""
    match anchor:
        case Reference(id_):
            return id_
        case Timed():
            return _say_timed(anchor, words)
        case Range(first, last):
            return _say_range(first, last, words)
        case Offset(amount, unit, before, inner):
            count = words.units[unit][0 if amount == 1 else 1][0]
            direction = words.before[0] if before else words.after[0]
            return f"{amount} {count} {direction} {say_anchor(inner, words)}"
        case _:
            return _say_point(anchor, words)


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


def _say_point(point: Point, words: Vocabulary) -> str:
    match point:
        case Day(day):
            return say_day(day, words)
        case Week(year, week):
            return f"{words.week} {week} {year}"
        case MonthPart(year, month, part):
            return f"{words.parts[part][0]} {words.months[month - 1]} {year}"
        case Month(year, month):
            return f"{words.months[month - 1]} {year}"
        case HalfYear(year, season, definite):
            names = words.seasons_definite[season] if definite else ()
            return f"{(names or words.seasons[season])[0]} {year}"
        case Year(year):
            return str(year)
        case AcademicYear(year, name):
            return f"{words.school_years[name][0]} {year}/{year + 1}"
    assert_never(point)


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
            return f"{_say_point(first, words)}–{_say_point(last, words)}"


def _say_days(start: date, end: date, words: Vocabulary, *, week: bool = True) -> str:
    if start == end:
        return say_day(start, words)
    same_week = week and start.isocalendar()[:2] == end.isocalendar()[:2]
    weeks = f" ({words.week} {start.isocalendar().week})" if same_week else ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{words.day_point}–{say_plain_day(end, words)}{weeks}"
    return f"{say_plain_day(start, words, year=start.year != end.year)}–{say_plain_day(end, words)}{weeks}"


def _say_timed(timed: Timed, words: Vocabulary) -> str:
    clock = f"{words.clock[0]} " if words.clock_point == "." else ""
    start = f"{say_day(timed.first, words)} {clock}{say_time(timed.start, words)}"
    if timed.end is None:
        return start
    if timed.first == timed.last:
        return f"{start}–{say_time(timed.end, words)}"
    return f"{start}–{say_day(timed.last, words)} {clock}{say_time(timed.end, words)}"


def write(span: Point | Range, words: Vocabulary, *, weekday: bool = False) -> str:
    """Write a date as an author would: without the week that ``say`` adds, and the weekday only where asked."""
    match span:
        case Day(day):
            return say_day(day, words, week=False) if weekday else say_plain_day(day, words)
        case Range(Day(start), Day(end)):
            return _say_days(start, end, words, week=False)
        case _:
            return say(span, words)
