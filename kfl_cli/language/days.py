"""Days and clock times in words: «torsdag 18. januar 2018 (uke 3)», «09.30»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

    from kfl_cli.language.vocabularies import Vocabulary


def say_day(day: date, words: Vocabulary, *, week: bool = True) -> str:
    """Write a day with its weekday: ``torsdag 18. januar 2018 (uke 3)``."""
    text = f"{words.weekdays[day.weekday()]} {say_plain_day(day, words)}"
    return f"{text} ({words.week} {day.isocalendar().week})" if week else text


def say_time(clock: time, words: Vocabulary) -> str:
    """Write a clock time: ``09.30``."""
    return f"{clock.hour:02}{words.clock_point}{clock.minute:02}"


def say_plain_day(day: date, words: Vocabulary, *, year: bool = True) -> str:
    """Write a day without its weekday: ``8. september 2017``."""
    text = f"{day.day}{words.day_point} {words.months[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def say_day_in_figures(day: date, words: Vocabulary) -> str:
    """Write a day in figures, as short as it can be: ``8.9.2017``."""
    return words.day_in_figures.format(year=day.year, month=day.month, day=day.day)
