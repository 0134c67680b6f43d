"""Rules 3xx: dates."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

UNREADABLE_DATE = Rule(
    "KFL301",
    "unreadable-date",
    Severity.ERROR,
    finds="A date that is not in the date language.",
    why="An occurrence without a date that can be read would be missing from calendars and lists.",
    example="when: høsst 2017",
    instead="when: høst 2017",
)


IMPOSSIBLE_DATE = Rule(
    "KFL302",
    "impossible-date",
    Severity.ERROR,
    finds="A day, week or clock time that does not exist: 31 February, week 53 in a year of 52, 25.00.",
    why="kfl never moves a date to the nearest one that exists.",
    example="when: 31. februar 2018",
    instead="when: 28. februar 2018",
)


YEARLESS_DATE = Rule(
    "KFL303",
    "yearless-date",
    Severity.ERROR,
    finds="A date without a year.",
    why="A plan over two school years has two Septembers, and a reader a year later does not know which was meant.",
    example="when: 8/9",
    instead="when: 8. september 2017",
)


SHORT_YEAR = Rule(
    "KFL304",
    "short-year",
    Severity.ERROR,
    finds="A year of two digits.",
    why="It is not certain which part of «8.9.17» is the year, nor which century it means.",
    example="when: 8.9.17",
    instead="when: 8.9.2017",
)


END_BEFORE_START = Rule(
    "KFL305",
    "end-before-start",
    Severity.ERROR,
    finds="A period, or a pair of clock times, that ends before it starts.",
    why="One of the two ends is a slip, and kfl does not guess which.",
    example="when: desember–januar 2018",
    instead="when: desember 2017–januar 2018",
)


WRONG_WEEKDAY = Rule(
    "KFL306",
    "wrong-weekday",
    Severity.ERROR,
    finds="A date whose weekday or week is another than the one written.",
    why="Either the date or what is said of its weekday or week is wrong, and people will come on both days.",
    example="when: torsdag 8. september 2017",
    instead="when: fredag 8. september 2017",
)


OPEN_ANCHOR = Rule(
    "KFL307",
    "open-anchor",
    Severity.ERROR,
    finds="A date counts from the first or last day of something that has none.",
    why="«etter X» needs a last day of X, «før X» a first.",
    example="- {id: a, when: etter 1. mars 2018, …}\n- {id: b, when: etter a, …}",
    instead="- {id: a, when: mars 2018, …}\n- {id: b, when: etter a, …}",
)


MISSING_SESSION = Rule(
    "KFL308",
    "missing-session",
    Severity.ERROR,
    finds="A date hangs on an activity that has sessions, but none for one of the groups concerned.",
    why="That group would not get the occurrence at all.",
    example="when: før workshop-1, where workshop-1 has no session for Nord-Østerdal",
    instead="Add the session, or say under `region` whom the activity concerns.",
)


SESSION_OUTSIDE_WINDOW = Rule(
    "KFL309",
    "session-outside-window",
    Severity.ERROR,
    finds="A session that does not lie within the `when` of its activity.",
    why="One of the two is out of date, and readers see both.",
    example="when: januar–februar 2018\nsessions:\n  - {for: hedmarken, when: 2018-03-01}",
    instead="when: januar–mars 2018",
    may_ignore=True,
)


OUTSIDE_PERIOD = Rule(
    "KFL310",
    "outside-period",
    Severity.ERROR,
    finds="A date outside the plan's period.",
    why="It is often a wrong year.",
    example="period: høst 2017 – vår 2018, and when: 8.9.2018",
    instead="when: 8.9.2017",
    may_ignore=True,
)


NO_SUCH_TIME = Rule(
    "KFL311",
    "no-such-time",
    Severity.ERROR,
    finds="A clock time in the hour that is skipped when clocks go forward.",
    why="Calendars move it an hour, some forwards and some back.",
    example="when: 25.3.2018 kl. 02.30",
    instead="when: 25.3.2018 kl. 03.30",
)

RULES = (
    UNREADABLE_DATE,
    IMPOSSIBLE_DATE,
    YEARLESS_DATE,
    SHORT_YEAR,
    END_BEFORE_START,
    WRONG_WEEKDAY,
    OPEN_ANCHOR,
    MISSING_SESSION,
    SESSION_OUTSIDE_WINDOW,
    OUTSIDE_PERIOD,
    NO_SUCH_TIME,
)
"""In the order of their codes."""
