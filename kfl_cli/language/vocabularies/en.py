"""The words of English."""

from __future__ import annotations

from kfl_cli.language.vocabularies.vocabulary import MonthThird, SchoolYear, Season, Unit, Vocabulary

WORDS = Vocabulary(
    language="en",
    names=("engelsk", "english"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    months_other={"sept": 9},
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    seasons={Season.SPRING: ("spring",), Season.AUTUMN: ("autumn", "fall")},
    seasons_definite={Season.SPRING: (), Season.AUTUMN: ()},
    parts={MonthThird.EARLY: ("early",), MonthThird.MID: ("mid",), MonthThird.LATE: ("late",)},
    units={
        Unit.DAY: (("day",), ("days",)),
        Unit.WEEK: (("week",), ("weeks",)),
        Unit.MONTH: (("month",), ("months",)),
    },
    school_years={
        SchoolYear.SCHOOL: ("school year",),
        SchoolYear.KINDERGARTEN: ("kindergarten year",),
    },
    before=("before",),
    by=("by", "no later than"),
    after=("after",),
    since=("from",),
    clock=("at",),
    unset=("not fixed", "not set", "not decided", "not scheduled", "to be decided", "tbd"),
    filler=("the", "of"),
    gatherings=("gathering", "meeting", "workshop", "course", "seminar", "conference"),
    gathering_kinds=(
        "regional",
        "joint",
        "digital",
        "local",
        "annual",
        "first",
        "second",
        "third",
        "last",
        "new",
        "the",
        "a",
    ),
    day_point="",
    day_in_figures="{year}-{month:02}-{day:02}",
    clock_point=":",
)
