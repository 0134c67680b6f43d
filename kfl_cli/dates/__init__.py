"""The date language: what an author writes under ``when:`` and the days it means.

Three steps, each a function of values: ``parse`` reads a text into a ``When`` (or says why it cannot), ``window_of``
turns that into a ``Window`` of days, ``say`` writes it as people do. Days are inclusive everywhere; whole days are
``date`` arithmetic and never a midnight in some zone; clock times are the plan's local time.

Weeks are ISO 8601 weeks: week 1 holds the year's first Thursday, a week runs from Monday to Sunday.
"""

from kfl_cli.dates.clock_times import due_at, stretches
from kfl_cli.dates.expressions import HoursEachDay, Offset, Since, Timed, When
from kfl_cli.dates.faults import DateProblem
from kfl_cli.dates.meaning import lies_within, window_of
from kfl_cli.dates.points import Day
from kfl_cli.dates.reading import could_be_date, names_weekday, parse, parse_yearless
from kfl_cli.dates.saying import say, say_moment, say_window
from kfl_cli.dates.unknown_words import advice_on_words
from kfl_cli.dates.windows import DEADLINE, PERIOD, SEASONS, UNSET, Kind, Precision, Seasons, Window
from kfl_cli.language.days import say_day, say_plain_day, say_time

__all__ = [
    "DEADLINE",
    "PERIOD",
    "SEASONS",
    "UNSET",
    "DateProblem",
    "Day",
    "HoursEachDay",
    "Kind",
    "Offset",
    "Precision",
    "Seasons",
    "Since",
    "Timed",
    "When",
    "Window",
    "advice_on_words",
    "could_be_date",
    "due_at",
    "lies_within",
    "names_weekday",
    "parse",
    "parse_yearless",
    "say",
    "say_day",
    "say_moment",
    "say_plain_day",
    "say_time",
    "say_window",
    "stretches",
    "window_of",
]
