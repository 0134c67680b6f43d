"""The date language: tables of what is written and what it means, of what is refused, and of how dates are said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from kfl_cli import dates
from kfl_cli.dates import DateProblem, Window
from kfl_cli.dates.expressions import By, Since
from kfl_cli.dates.lexer import CHRISTMAS, Meaning, keywords, lex, phrases
from kfl_cli.dates.windows import FIRST_YEAR, LAST_YEAR
from kfl_cli.language.days import say_day
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import LANGUAGES, VOCABULARIES, MonthThird, SchoolYear, Season, Unit, Vocabulary
from kfl_cli.plan.model import Dated

PERIOD = Window(date(2017, 8, 1), date(2018, 12, 31))
"""Høst 2017 – høst 2018, as in the real plan."""
X = Window(date(2018, 1, 18), date(2018, 1, 19))
"""The days of the activity «x» in these tests."""


def window(text: str) -> Window:
    """Return what a date means, «x» being 18–19 January 2018."""
    when = dates.parse(text, PERIOD)
    assert not isinstance(when, DateProblem), when
    found = dates.window_of(when, dates.SEASONS, lambda _: X)
    assert not isinstance(found, DateProblem), found
    return found


def problem(text: str, period: Window | None = PERIOD) -> tuple[str, str, str]:
    """Return the rule, the message and the hint that a date gives, in English."""
    say = Translator("en").message
    when = dates.parse(text, period)
    found = when if isinstance(when, DateProblem) else dates.window_of(when, dates.SEASONS, lambda _: X)
    assert isinstance(found, DateProblem), found
    return found.rule.name, say(found.message), say(found.hint) if found.hint else ""


MEANINGS = [
    # written, first day, last day, kind, precision
    ("2017-09-08", "2017-09-08", "2017-09-08", "event", "day"),
    ("8.9.2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("08.09.2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("8. september 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("8 september 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("8. SEPT. 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("fredag 8. september 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("fredag, 8.9.2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("fredag 8. september 2017 (uke 36)", "2017-09-08", "2017-09-08", "event", "day"),
    ("3.–10. april 2021 (uke 13)", "2021-04-03", "2021-04-10", "window", "day"),  # one of the days is in it
    ("3.4. - 10.4.2023 (Uke 14)", "2023-04-03", "2023-04-10", "window", "day"),
    ("3.–10. april 2021 (uke 13–14)", "2021-04-03", "2021-04-10", "window", "day"),
    ("3.–10. april 2021 (uke 13 og 14)", "2021-04-03", "2021-04-10", "window", "day"),
    ("30. desember 2020–8. januar 2021 (uke 53/1)", "2020-12-30", "2021-01-08", "window", "day"),
    ("januar–februar 2018.", "2018-01-01", "2018-02-28", "window", "month"),
    ("8 September 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("8th of September 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("September 8, 2017", "2017-09-08", "2017-09-08", "event", "day"),
    ("29.2.2020", "2020-02-29", "2020-02-29", "event", "day"),
    ("2017-10-31 09:30–15:30", "2017-10-31", "2017-10-31", "event", "time"),
    ("31.10.2017 kl. 09.30–15.30", "2017-10-31", "2017-10-31", "event", "time"),
    ("31.10.2017 kl 9.30 - 15:30", "2017-10-31", "2017-10-31", "event", "time"),
    ("31. oktober 2017, kl. 9", "2017-10-31", "2017-10-31", "event", "time"),
    ("2017-10-31T09:30", "2017-10-31", "2017-10-31", "event", "time"),
    ("31 October 2017 at 09:30", "2017-10-31", "2017-10-31", "event", "time"),
    ("31.10.2017 kl. 12.00 – 1.11.2017 kl. 13.00", "2017-10-31", "2017-11-01", "event", "time"),
    ("15.8.2017 kl. 9 – 15.6.2018 kl. 15", "2017-08-15", "2018-06-15", "window", "day"),
    ("18.–19.1.2018 kl. 9–15", "2018-01-18", "2018-01-19", "event", "time"),
    ("2018-01-18/2018-01-19 09:00–15:00", "2018-01-18", "2018-01-19", "event", "time"),
    ("torsdag 18. – fredag 19. januar 2018 (uke 3), kl. 9 - kl. 15", "2018-01-18", "2018-01-19", "event", "time"),
    ("18–19 January 2018 at 9–15", "2018-01-18", "2018-01-19", "event", "time"),
    ("18.1.–18.1.2018 kl. 9–15", "2018-01-18", "2018-01-18", "event", "time"),
    ("15.8.2017–15.6.2018 kl. 9–15", "2017-08-15", "2018-06-15", "window", "day"),
    ("1.–7. mars 2018", "2018-03-01", "2018-03-07", "event", "day"),
    ("1.–8. mars 2018", "2018-03-01", "2018-03-08", "window", "day"),
    ("15.8.2017–15.6.2018", "2017-08-15", "2018-06-15", "window", "day"),
    ("2017-08-15/2018-06-15", "2017-08-15", "2018-06-15", "window", "day"),
    ("23.–29. februar 2020", "2020-02-23", "2020-02-29", "event", "day"),
    ("23. februar – 1. mars 2020", "2020-02-23", "2020-03-01", "window", "day"),
    ("senest 1.12.2017 kl. 12", None, "2017-12-01", "deadline", "time"),
    ("før 1.12.2017 kl. 12", None, "2017-12-01", "deadline", "time"),
    ("senest 1.12.2017 kl. 00.00", None, "2017-12-01", "deadline", "time"),
    ("innen 1.12.2017 kl. 23.59", None, "2017-12-01", "deadline", "time"),
    ("senest 18.–19.1.2018 kl. 9–15", None, "2018-01-19", "deadline", "time"),
    ("før 18.–19.1.2018 kl. 9–15", None, "2018-01-18", "deadline", "time"),
    ("2 dager etter 18.–19.1.2018 kl. 9–15", "2018-01-21", "2018-01-21", "event", "day"),
    ("etter 18.–19.1.2018 kl. 9–15", "2018-01-20", None, "window", "range"),
    ("2018-01-18/2018-01-19", "2018-01-18", "2018-01-19", "event", "day"),
    ("2018-01-18 – 2018-01-19", "2018-01-18", "2018-01-19", "event", "day"),
    ("18.–19. januar 2018", "2018-01-18", "2018-01-19", "event", "day"),
    ("18-19 januar 2018", "2018-01-18", "2018-01-19", "event", "day"),
    ("18.1.–19.1.2018", "2018-01-18", "2018-01-19", "event", "day"),
    ("torsdag 18.–fredag 19. januar 2018", "2018-01-18", "2018-01-19", "event", "day"),
    ("30. januar–2. februar 2018", "2018-01-30", "2018-02-02", "event", "day"),
    ("30.12.2017–2.1.2018", "2017-12-30", "2018-01-02", "event", "day"),
    ("uke 10 2018", "2018-03-05", "2018-03-11", "window", "week"),
    ("2018-W10", "2018-03-05", "2018-03-11", "window", "week"),
    ("2018-W10–2018-W12", "2018-03-05", "2018-03-25", "window", "week"),
    ("uke 10, 2018", "2018-03-05", "2018-03-11", "window", "week"),
    ("veke 10 2018", "2018-03-05", "2018-03-11", "window", "week"),
    ("week 10 2018", "2018-03-05", "2018-03-11", "window", "week"),
    ("uke 10–12 2018", "2018-03-05", "2018-03-25", "window", "week"),
    ("uke 10 – 12, 2018", "2018-03-05", "2018-03-25", "window", "week"),
    ("18.1.2018/19.1.2018", "2018-01-18", "2018-01-19", "event", "day"),
    ("uke 51 2017 – uke 2 2018", "2017-12-18", "2018-01-14", "window", "week"),
    ("uke 1 2018", "2018-01-01", "2018-01-07", "window", "week"),
    ("uke 1 2020", "2019-12-30", "2020-01-05", "window", "week"),
    ("uke 53 2020", "2020-12-28", "2021-01-03", "window", "week"),
    ("mars 2018", "2018-03-01", "2018-03-31", "window", "month"),
    ("februar 2020", "2020-02-01", "2020-02-29", "window", "month"),
    ("mars–juni 2018", "2018-03-01", "2018-06-30", "window", "month"),
    ("Mars - Juni 2018", "2018-03-01", "2018-06-30", "window", "month"),
    ("november–desember 2017", "2017-11-01", "2017-12-31", "window", "month"),
    ("november 2017–februar 2018", "2017-11-01", "2018-02-28", "window", "month"),
    ("januar/februar 2018", "2018-01-01", "2018-02-28", "window", "month"),
    ("March–June 2018", "2018-03-01", "2018-06-30", "window", "month"),
    ("høst 2017", "2017-08-01", "2017-12-31", "window", "season"),
    ("Høsten 2017", "2017-08-01", "2017-12-31", "window", "season"),
    ("haust 2017", "2017-08-01", "2017-12-31", "window", "season"),
    ("hausten 2017", "2017-08-01", "2017-12-31", "window", "season"),
    ("autumn 2017", "2017-08-01", "2017-12-31", "window", "season"),
    ("the autumn of 2017", "2017-08-01", "2017-12-31", "window", "season"),
    ("vår 2018", "2018-01-01", "2018-06-30", "window", "season"),
    ("våren 2018", "2018-01-01", "2018-06-30", "window", "season"),
    ("spring 2018", "2018-01-01", "2018-06-30", "window", "season"),
    ("høst 2017 – høst 2018", "2017-08-01", "2018-12-31", "window", "season"),
    ("2018", "2018-01-01", "2018-12-31", "window", "year"),
    ("2017–2018", "2017-01-01", "2018-12-31", "window", "year"),
    ("skoleåret 2017/2018", "2017-08-01", "2018-07-31", "window", "year"),
    ("skuleåret 2017–2018", "2017-08-01", "2018-07-31", "window", "year"),
    ("barnehageåret 2018/2019", "2018-08-01", "2019-07-31", "window", "year"),
    ("school year 2017/2018", "2017-08-01", "2018-07-31", "window", "year"),
    ("primo mars 2018", "2018-03-01", "2018-03-10", "window", "range"),
    ("medio mars 2018", "2018-03-11", "2018-03-20", "window", "range"),
    ("ultimo mars 2018", "2018-03-21", "2018-03-31", "window", "range"),
    ("ultimo februar 2018", "2018-02-21", "2018-02-28", "window", "range"),
    ("mid-March 2018", "2018-03-11", "2018-03-20", "window", "range"),
    ("mars–høst 2018", "2018-03-01", "2018-12-31", "window", "range"),
    ("før 3. januar 2018", None, "2018-01-02", "deadline", "day"),
    ("Før uke 10 2018", None, "2018-03-04", "deadline", "day"),
    ("before 3 January 2018", None, "2018-01-02", "deadline", "day"),
    ("senest 1.12.2017", None, "2017-12-01", "deadline", "day"),
    ("seinast 1.12.2017", None, "2017-12-01", "deadline", "day"),
    ("innen uke 10 2018", None, "2018-03-11", "deadline", "day"),
    ("innan mars 2018", None, "2018-03-31", "deadline", "day"),
    ("by 1 December 2017", None, "2017-12-01", "deadline", "day"),
    ("no later than 1 December 2017", None, "2017-12-01", "deadline", "day"),
    ("før x", None, "2018-01-17", "deadline", "day"),
    ("senest x", None, "2018-01-19", "deadline", "day"),
    ("senest 1. desember 2018.", None, "2018-12-01", "deadline", "day"),
    ("etter x", "2018-01-20", None, "window", "range"),
    ("after x", "2018-01-20", None, "window", "range"),
    ("fra x", "2018-01-18", None, "window", "range"),
    ("frå X", "2018-01-18", None, "window", "range"),
    ("fra og med mars 2018", "2018-03-01", None, "window", "range"),
    ("etter x, før 1. mars 2018", "2018-01-20", "2018-02-28", "window", "range"),
    ("senest mars 2018, fra x", "2018-01-18", "2018-03-31", "window", "range"),
    ("2 uker før x", "2018-01-04", "2018-01-04", "event", "day"),
    ("1 uke etter x", "2018-01-26", "2018-01-26", "event", "day"),
    ("3 dager etter x", "2018-01-22", "2018-01-22", "event", "day"),
    ("3 dagar etter 28.2.2020", "2020-03-02", "2020-03-02", "event", "day"),
    ("1 måned før 31.3.2018", "2018-02-28", "2018-02-28", "event", "day"),
    ("2 months after 31 December 2017", "2018-02-28", "2018-02-28", "event", "day"),
    ("senest 3 dager etter x", None, "2018-01-22", "deadline", "day"),
    ("før 2 uker etter x", None, "2018-02-01", "deadline", "day"),
    ("ikke fastsatt", None, None, "window", "unset"),
    ("ikkje fastsett", None, None, "window", "unset"),
    ("not fixed", None, None, "window", "unset"),
]


@pytest.mark.parametrize(("text", "start", "end", "kind", "precision"), MEANINGS, ids=[row[0] for row in MEANINGS])
def test_date_means(text: str, start: str | None, end: str | None, kind: str, precision: str) -> None:
    found = window(text)

    assert (str(found.start), str(found.end)) == (str(start), str(end))
    when = dates.parse(text, PERIOD)
    assert not isinstance(when, DateProblem)
    assert (when.kind.value, when.precision.value) == (kind, precision)


ALONE = "write the date alone; the rest belongs under `location:`, `note:` or `question:`"
JOIN = "write «–» between first and last, a comma between «etter …» and «før …», and a session for each date"
HOLIDAY = "write the date itself, such as «før 24. desember 2017»"
UNSET = "write «ikke fastsatt» while there is no date"
CLOCK = "hours go from 00 to 23, minutes from 00 to 59"
_IN_ORDER = "write the earlier date first, and month and year with each"
ERRORS = [
    # written, rule, hint (None: the general one)
    ("etter 8.9.2017, mars 2018", "unreadable-date", None),
    ("8.9.2017 9.", "unreadable-date", None),
    ("8.9.2017 kl. 9–uke 10 2018", "unreadable-date", "write clock times as 09.30"),
    ("8.9.2018–uke 10 2018", "end-before-start", _IN_ORDER),
    ("høsst 2017", "unreadable-date", "did you mean «høst 2017»?"),
    ("8. janaur 2018", "unreadable-date", "did you mean «8. januar 2018»?"),
    ("før 3. janaur 2018", "unreadable-date", "did you mean «før 3. januar 2018»?"),
    ("2018-01", "unreadable-date", "did you mean «januar 2018»?"),
    ("8/9/2017", "unreadable-date", "did you mean «8. september 2017»?"),
    ("0/2018", "unreadable-date", None),
    ("0000-10", "unreadable-date", None),
    ("1 / 2018", "unreadable-date", "did you mean «januar 2018»?"),
    ("8/9-2017", "unreadable-date", "did you mean «8. september 2017»?"),
    ("8/9 2017 kl. 10", "unreadable-date", "did you mean «8. september 2017 kl. 10»?"),
    ("1/9–15/9 2017", "unreadable-date", "did you mean «1.–15. september 2017»?"),
    ("skoleåret 2017", "unreadable-date", "write «skoleåret 2017/2018»"),
    ("blåbær", "unreadable-date", None),
    ("workshop-1", "unreadable-date", None),
    ("uke 36-2017", "unreadable-date", None),
    ("2 uker", "unreadable-date", None),
    ("før", "unreadable-date", None),
    ("før x, senest y", "unreadable-date", None),
    ("kl. 09.30", "unreadable-date", ALONE),
    ("2018-01-18 på Scandic Hamar", "unreadable-date", ALONE),
    ("2017-10-31 9", "unreadable-date", None),
    ("2017-10-31 09.3", "unreadable-date", "write clock times as 09.30"),
    ("2017-10-31 kl. 0930", "unreadable-date", "write clock times as 09.30"),
    (
        "7. mars 2018?",
        "unreadable-date",
        "write the date without «?», and the doubt as `status: tentative` and `question:`",
    ),
    ("uke 36 og 37 2017", "unreadable-date", JOIN),
    ("mars til juni 2018", "unreadable-date", "did you mean «mars–juni 2018»?"),
    (
        "etter 1. mars 2018 og før 1. april 2018",
        "unreadable-date",
        "did you mean «etter 1. mars 2018, før 1. april 2018»?",
    ),
    ("etter x og før y", "unreadable-date", "did you mean «etter x, før y»?"),
    ("etter x før 2 uker før y", "unreadable-date", "did you mean «etter x, før 2 uker før y»?"),
    ("2 dageer før x", "unreadable-date", None),
    ("etter 2 dageer før x", "unreadable-date", None),
    ("t-1", "unreadable-date", None),
    ("i forkant av x", "unreadable-date", "did you mean «før x»?"),
    ("i god tid før x", "unreadable-date", "did you mean «før x»?"),
    ("i etterkant av x", "unreadable-date", "did you mean «etter x»?"),
    ("well before x", "unreadable-date", "did you mean «before x»?"),
    ("innen utgangen av juni 2018", "unreadable-date", "did you mean «senest juni 2018»?"),
    ("by the end of June 2018", "unreadable-date", "did you mean «by June 2018»?"),
    ("fra 1. mars 2018 til 1. april 2018", "unreadable-date", "did you mean «1. mars 2018–1. april 2018»?"),
    ("3. til 7. mai 2018", "unreadable-date", "did you mean «3.–7. mai 2018»?"),
    ("12.1.2018 kl. 9 til 15", "unreadable-date", "did you mean «12.1.2018 kl. 9–15»?"),
    ("12.1.2018 fra kl. 9 til 15", "unreadable-date", "did you mean «12.1.2018 kl. 9–15»?"),
    ("12. janaur 2018 kl. 09.00", "unreadable-date", "did you mean «12. januar 2018 kl. 09.00»?"),
    ("12. blåbær 2018 kl. 09.00", "unreadable-date", None),
    ("før sommerferien 2018", "unreadable-date", HOLIDAY),
    ("etter nyttår 2018", "unreadable-date", HOLIDAY),
    ("før jul 2017", "unreadable-date", HOLIDAY),
    ("vinter 2018", "unreadable-date", "write the months, such as «desember 2017–februar 2018»"),
    ("ca. 15. mars 2018", "unreadable-date", "write «primo», «medio» or «ultimo» and the month"),
    ("Etter nærmere avtale", "unreadable-date", UNSET),
    ("8. september 20017", "unreadable-date", None),
    ("mars1", "unreadable-date", None),
    ("fredag mars 2018", "unreadable-date", None),
    ("primo 2018", "unreadable-date", None),
    ("fredag 8. september 2017 (uke 37)", "wrong-weekday", "did you mean «fredag 8. september 2017 (uke 36)»?"),
    ("torsdag 8. september 2017 (uke 37)", "wrong-weekday", "did you mean «fredag 8. september 2017 (uke 36)»?"),
    ("25.–14. februar 2017 (uke 50)", "end-before-start", _IN_ORDER),
    ("etter Overgang til skole", "unreadable-date", JOIN),
    ("fra workshop-1 til workshop-2", "unreadable-date", JOIN),
    ("før eller etter x", "unreadable-date", JOIN),
    ("", "unreadable-date", None),
    ("😀", "unreadable-date", None),
    ("٨.٩.٢٠١٧", "unreadable-date", None),
    ("8/9", "yearless-date", "did you mean «8. september 2017» or «8. september 2018»?"),
    ("8.9.", "yearless-date", "did you mean «8. september 2017» or «8. september 2018»?"),
    ("8. september", "yearless-date", "did you mean «8. september 2017» or «8. september 2018»?"),
    ("fredag 8. september", "yearless-date", "did you mean «fredag 8. september 2017»?"),
    ("mandag 8. september", "yearless-date", "write a year in the plan's period"),
    ("3/1", "yearless-date", "did you mean «3. januar 2018»?"),
    ("10/1–12/1", "yearless-date", "did you mean «10.–12. januar 2018»?"),
    ("29/2", "yearless-date", "write a year in the plan's period"),
    ("uke 3", "yearless-date", "did you mean «uke 3 2018»?"),
    ("mars–juni", "yearless-date", "did you mean «mars–juni 2018»?"),
    ("Januar/februar.", "yearless-date", "did you mean «januar–februar 2018»?"),
    ("våren", "yearless-date", "did you mean «våren 2018»?"),
    ("Før 3. januar", "yearless-date", "did you mean «Før 3. januar 2018»?"),
    ("etter x, før 3. januar", "yearless-date", "did you mean «etter x, før 3. januar 2018»?"),
    ("18.–19. januar", "yearless-date", "did you mean «18.–19. januar 2018»?"),
    ("mars 2018–juni", "yearless-date", "did you mean «mars 2018–juni 2018»?"),
    ("skoleåret", "yearless-date", "did you mean «skoleåret 2017/2018»?"),
    ("8.9.17", "short-year", "did you mean «8.9.2017»?"),
    ("8/9/17", "short-year", "did you mean «8. september 2017»?"),
    ("innen 1/3-18", "short-year", "did you mean «innen 1. mars 2018»?"),
    ("september 17", "short-year", "did you mean «september 2017»?"),
    ("skoleåret 2017/18", "short-year", "did you mean «skoleåret 2017/2018»?"),
    ("skoleåret 17/18", "short-year", "write all four digits of the year"),
    ("31. februar 2018", "impossible-date", "did you mean «28. februar 2018»?"),
    ("før 29.2.2018", "impossible-date", "did you mean «før 28. februar 2018»?"),
    ("0.1.2018", "impossible-date", "did you mean «1. januar 2018»?"),
    ("8.13.2017", "impossible-date", "did you mean «13. august 2017»?"),
    ("senest 1.12.2017 kl. 24.00", "impossible-date", "did you mean «senest 1.12.2017 kl. 23.59»?"),
    ("31.10.2017 kl. 20–24", "impossible-date", "did you mean «31.10.2017 kl. 20–23.59»?"),
    ("18.–19.1.2018 kl. 24–2", "impossible-date", "hours go from 00 to 23, minutes from 00 to 59"),
    ("2018-13-01", "impossible-date", "did you mean «13. januar 2018»?"),
    ("2018-02-30", "impossible-date", "did you mean «28. februar 2018»?"),
    ("uke 53 2017", "impossible-date", "did you mean «uke 52 2017»?"),
    ("uke 0 2018", "impossible-date", "did you mean «uke 1 2018»?"),
    ("2017-W53", "impossible-date", "did you mean «uke 52 2017»?"),
    ("2017-10-31 25:00", "impossible-date", CLOCK),
    ("2017-10-31 12:60", "impossible-date", CLOCK),
    ("skoleåret 2017/2019", "impossible-date", "write «skoleåret 2017/2018»"),
    ("0001-01-01", "impossible-date", ""),
    ("9999-12-31", "impossible-date", ""),
    ("1000000000000 uker før x", "impossible-date", ""),
    ("9999 måneder etter x", "impossible-date", ""),
    ("9999 uker etter 31.12.2199", "impossible-date", ""),
    ("desember–januar 2018", "end-before-start", "did you mean «desember 2017–januar 2018»?"),
    ("28.12.–2.1.2018", "end-before-start", "did you mean «28. desember 2017–2. januar 2018»?"),
    ("19.–18. januar 2018", "end-before-start", "did you mean «18.–19. januar 2018»?"),
    ("høst 2018–høst 2017", "end-before-start", "did you mean «høst 2017–høst 2018»?"),
    ("mars 2018–mars 2017", "end-before-start", "did you mean «mars 2017–mars 2018»?"),
    ("uke 12–10 2018", "end-before-start", "did you mean «uke 10–12 2018»?"),
    ("30.–1. mai 2021", "end-before-start", "did you mean «30. april–1. mai 2021»?"),
    ("28.–2. januar 2021", "end-before-start", "did you mean «28. desember 2020–2. januar 2021»?"),
    ("mandag 30.–tirsdag 1. mai 2018", "end-before-start", "did you mean «30. april–1. mai 2018»?"),
    ("31.–1. mai 2021", "end-before-start", _IN_ORDER),  # there is no 31 April
    ("12.–1. juli 2021", "end-before-start", _IN_ORDER),
    ("3.–10. april 2021 (uke 15)", "wrong-weekday", "did you mean «3.–10. april 2021 (uke 13–14)»?"),
    ("31.12.9999 (uke 52)", "impossible-date", ""),
    ("høst–mars 2018", "end-before-start", _IN_ORDER),
    ("høst/vår 2018", "end-before-start", "did you mean «høst 2017–vår 2018»?"),
    ("uke 50–2 2018", "end-before-start", "did you mean «uke 50 2017–uke 2 2018»?"),
    ("9/13/2017", "impossible-date", "did you mean «13. september 2017»?"),
    ("fra mars–juni 2018", "unreadable-date", "did you mean «mars–juni 2018»?"),
    ("fre 8.9.2017", "unreadable-date", None),
    ("senest 19.–18. januar 2018", "end-before-start", "did you mean «senest 18.–19. januar 2018»?"),
    ("3/2018", "unreadable-date", "did you mean «mars 2018»?"),
    ("uke 10 kl 9", "unreadable-date", ALONE),
    ("2017-10-31 15:30–09:30", "end-before-start", "write the later clock time last"),
    ("2017-10-31 09:30–09:30", "end-before-start", "write the later clock time last"),
    ("etter x, før x", "end-before-start", ""),
    ("torsdag 8. september 2017", "wrong-weekday", "did you mean «fredag 8. september 2017»?"),
    ("senest mandag 1.12.2017", "wrong-weekday", "did you mean «senest fredag 1. desember 2017»?"),
    ("mandag 31.10.2017 kl. 09.30", "wrong-weekday", "did you mean «tirsdag 31. oktober 2017 kl. 09.30»?"),
]


@pytest.mark.parametrize(("text", "rule", "hint"), ERRORS, ids=[row[0] or "empty" for row in ERRORS])
def test_date_is_refused(text: str, rule: str, hint: str | None) -> None:
    name, _, said = problem(text)

    general = "write a date such as «8. september 2017», «uke 36 2017», «høst 2017» or «før» and an activity's id"
    assert (name, said) == (rule, general if hint is None else hint)


def test_yearless_date_without_a_period_asks_for_the_year() -> None:
    assert problem("8/9", None) == ("yearless-date", "«8/9» has no year", "write the year")


def test_date_that_is_far_too_long_is_refused_at_once() -> None:
    name, message, _ = problem("1" * 100_000)

    assert (name, message) == (
        "unreadable-date",
        f"«{'1' * 30}…» is longer than a date can be (200 characters)",
    )


@pytest.mark.parametrize(
    ("anchor", "text", "message"),
    [
        (Window(None, date(2018, 1, 1)), "før x", "«x» has no first day"),
        (Window(date(2018, 1, 1), None), "senest x", "«x» has no last day"),
        (Window(date(2018, 1, 1), None), "2 uker etter x", "«x» has no last day"),
    ],
)
def test_date_that_counts_from_an_open_end_is_refused(anchor: Window, text: str, message: str) -> None:
    when = dates.parse(text)
    assert not isinstance(when, DateProblem)

    found = dates.window_of(when, dates.SEASONS, lambda _: anchor)

    assert isinstance(found, DateProblem)
    assert Translator("en").message(found.message) == message


@pytest.mark.parametrize("text", ["før x", "etter x, før 2018", "2 uker etter x", "senest 1 måned før x"])
def test_date_that_hangs_on_something_undated_is_undated(text: str) -> None:
    when = dates.parse(text)
    assert not isinstance(when, DateProblem)

    assert dates.window_of(when, dates.SEASONS, lambda _: dates.UNSET) == dates.UNSET


REFERENCES = [
    ("før workshop-1", ("workshop-1",)),
    ("Før Workshop-1", ("workshop-1",)),
    ("før workshop–1", ("workshop-1",)),
    ("etter workshop-1, før mars-samling", ("workshop-1", "mars-samling")),
    ("senest 3 dager etter 2-samling", ("2-samling",)),
    ("før etter-workshop-1", ("etter-workshop-1",)),
    ("Før Workshop 1", ("Workshop 1",)),
    ("mars 2018", ()),
]


@pytest.mark.parametrize(("text", "ids"), REFERENCES)
def test_date_names_activities(text: str, ids: tuple[str, ...]) -> None:
    when = dates.parse(text)

    assert not isinstance(when, DateProblem)
    assert when.references == ids


ASKED = [
    # written, is counted, is worded, is a written day, has a clock
    ("18.1.2018", False, False, True, False),
    ("18.1.2018 kl. 9", False, False, True, True),
    ("18.–19. januar 2018", False, False, True, False),
    ("senest 18.1.2018", False, False, True, False),
    ("senest 18.1.2018 kl. 9", False, False, True, True),
    ("18.–19.1.2018 kl. 9–15", False, False, True, True),
    ("torsdag 18. januar – torsdag 15. mars 2018", False, False, True, False),
    ("torsdag 18. januar 2018 kl. 9 – torsdag 15. mars 2018 kl. 9", False, False, True, True),
    ("senest 18.–19. januar 2018", False, False, True, False),
    ("senest uke 10 2018", False, False, False, False),
    ("før 18.1.2018", False, False, False, False),
    ("før 18.1.2018 kl. 9", False, False, False, True),
    ("etter 18.1.2018 kl. 9", False, True, False, True),
    ("fra 18.1.2018 kl. 9", False, True, False, True),
    ("uke 10 2018", False, True, False, False),
    ("mars–juni 2018", False, True, False, False),
    ("8. januar 2018–uke 10 2018", False, False, False, False),
    ("2018", False, False, False, False),
    ("2018-W10", False, False, False, False),
    ("ikke fastsatt", False, True, False, False),
    ("etter 18.1.2018, før mars 2018", False, True, False, False),
    ("etter x, før mars 2018", False, False, False, False),
    ("etter x, før 2 uker før mars 2018", True, False, False, False),
    ("etter 2 uker etter mars 2018, før mai 2018", True, True, False, False),
    ("2 uker før x", True, False, False, False),
    ("2 uker før 18.1.2018", True, False, False, False),
    ("senest 3 dager etter x", True, False, False, False),
    ("fra 3 dager etter mars 2018", True, True, False, False),
]


@pytest.mark.parametrize(("text", "is_counted", "is_worded", "is_written_day", "has_clock"), ASKED)
def test_wording_knows_what_is_asked_of_it(
    *, text: str, is_counted: bool, is_worded: bool, is_written_day: bool, has_clock: bool
) -> None:
    when = dates.parse(text)
    assert not isinstance(when, DateProblem)

    dated = Dated.of(text, when)

    assert (dated.is_counted, dated.is_worded) == (is_counted, is_worded)
    assert (dated.is_written_day, dated.has_clock) == (is_written_day, has_clock)
    assert (dated.kind, dated.precision, dated.references) == (when.kind, when.precision, when.references)


@pytest.mark.parametrize(
    ("id_", "taken"),
    [
        ("2018", True),
        ("2017-2018", True),
        ("uke-3", False),
        ("mars", True),
        ("2018-w10", True),
        ("workshop-1", False),
        ("etter-workshop-1", False),
    ],
)
def test_id_that_reads_as_a_date_is_known(id_: str, taken: bool) -> None:  # noqa: FBT001  a table's column
    assert dates.could_be_date(id_) is taken


YEARLESS = [
    ("1.8.–31.12.", ((8, 1), (12, 31))),
    ("1. august – 31. desember", ((8, 1), (12, 31))),
    ("august–desember", ((8, 1), (12, 31))),
    ("08-01..12-31", ((8, 1), (12, 31))),
    ("01-01/06-30", ((1, 1), (6, 30))),
    ("1.9.–31.1.", ((9, 1), (1, 31))),
    ("1.8.2017–31.12.2017", None),
    ("høst", None),
    ("1.8.–31.13.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "days"), YEARLESS)
def test_part_of_any_year(text: str, days: tuple[tuple[int, int], tuple[int, int]] | None) -> None:
    assert dates.parse_yearless(text) == days


def test_window_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="2018-01-17 is before 2018-01-18"):
        Window(date(2018, 1, 18), date(2018, 1, 17))


def test_plan_may_set_its_half_years() -> None:
    when = dates.parse("høst 2017")
    assert not isinstance(when, DateProblem)
    seasons = ((Season.SPRING, (2, 1), (6, 20)), (Season.AUTUMN, (8, 15), (1, 31)))

    found = dates.window_of(when, seasons, lambda _: dates.UNSET)

    assert found == Window(date(2017, 8, 15), date(2018, 1, 31))


SAID = [
    # written, then as each language says it, in the order of VOCABULARIES
    (
        "2018-01-18",
        "torsdag 18. januar 2018 (uke 3)",
        "torsdag 18. januar 2018 (veke 3)",
        "Thursday 18 January 2018 (week 3)",
    ),
    (
        "2017-10-31 09:30–15:30",
        "tirsdag 31. oktober 2017 (uke 44) kl. 09.30–15.30",
        "tysdag 31. oktober 2017 (veke 44) kl. 09.30–15.30",
        "Tuesday 31 October 2017 (week 44) 09:30–15:30",
    ),
    (
        "2017-10-31 09:30",
        "tirsdag 31. oktober 2017 (uke 44) kl. 09.30",
        "tysdag 31. oktober 2017 (veke 44) kl. 09.30",
        "Tuesday 31 October 2017 (week 44) 09:30",
    ),
    (
        "18.–19. januar 2018",
        "18.–19. januar 2018 (uke 3)",
        "18.–19. januar 2018 (veke 3)",
        "18–19 January 2018 (week 3)",
    ),
    ("30.1.–7.2.2018", "30. januar–7. februar 2018", "30. januar–7. februar 2018", "30 January–7 February 2018"),
    (
        "30.12.2017–2.1.2018",
        "30. desember 2017–2. januar 2018",
        "30. desember 2017–2. januar 2018",
        "30 December 2017–2 January 2018",
    ),
    (
        "18.1.2018–18.1.2018",
        "torsdag 18. januar 2018 (uke 3)",
        "torsdag 18. januar 2018 (veke 3)",
        "Thursday 18 January 2018 (week 3)",
    ),
    (
        "18.–19. januar 2018 kl. 9–15",
        "18.–19. januar 2018 (uke 3) kl. 09.00–15.00",
        "18.–19. januar 2018 (veke 3) kl. 09.00–15.00",
        "18–19 January 2018 (week 3) 09:00–15:00",
    ),
    (
        "før 1.12.2017 kl. 12",
        "før fredag 1. desember 2017 (uke 48) kl. 12.00",
        "før fredag 1. desember 2017 (veke 48) kl. 12.00",
        "before Friday 1 December 2017 (week 48) 12:00",
    ),
    ("uke 10–12 2018", "uke 10–12 2018", "veke 10–12 2018", "week 10–12 2018"),
    ("mars–juni 2018", "mars–juni 2018", "mars–juni 2018", "March–June 2018"),
    ("november 2017–mars 2018", "november 2017–mars 2018", "november 2017–mars 2018", "November 2017–March 2018"),
    ("høsten 2017", "høsten 2017", "hausten 2017", "autumn 2017"),
    ("skoleåret 2017/2018", "skoleåret 2017/2018", "skuleåret 2017/2018", "school year 2017/2018"),
    ("ultimo mars 2018", "ultimo mars 2018", "ultimo mars 2018", "late March 2018"),
    (
        "senest 1.12.2017",
        "senest fredag 1. desember 2017 (uke 48)",
        "seinast fredag 1. desember 2017 (veke 48)",
        "by Friday 1 December 2017 (week 48)",
    ),
    ("2 uker før x", "2 uker før x", "2 veker før x", "2 weeks before x"),
    ("etter x, før y", "etter x, før y", "etter x, før y", "after x, before y"),
    ("ikke fastsatt", "ikke fastsatt", "ikkje fastsett", "not fixed"),
]


@pytest.mark.parametrize("text", [row[0] for row in MEANINGS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_date_is_read_as_it_is_said(text: str, language: str) -> None:
    when = dates.parse(text)
    assert not isinstance(when, DateProblem)

    again = dates.parse(dates.say(when, VOCABULARIES[language]))

    assert not isinstance(again, DateProblem)
    assert dates.say(again, VOCABULARIES[language]) == dates.say(when, VOCABULARIES[language])
    assert dates.window_of(again, dates.SEASONS, lambda _: X) == window(text)


@pytest.mark.parametrize(("text", "said"), [(text, said) for text, *said in SAID], ids=[row[0] for row in SAID])
def test_date_is_said(text: str, said: list[str]) -> None:
    when = dates.parse(text)

    assert not isinstance(when, DateProblem)
    assert [dates.say(when, words) for words in VOCABULARIES.values()] == said


@pytest.mark.parametrize(
    ("found", "deadline", "said"),
    [
        (Window(None, date(2018, 1, 17)), True, "senest onsdag 17. januar 2018 (uke 3)"),
        (Window(date(2018, 1, 19), None), False, "fra fredag 19. januar 2018 (uke 3)"),
        (Window(date(2018, 2, 3), date(2018, 3, 7)), False, "3. februar–7. mars 2018"),
        (Window(date(2018, 2, 3), date(2018, 2, 3)), False, "lørdag 3. februar 2018 (uke 5)"),
        (Window(None, None), False, "ikke fastsatt"),
    ],
)
def test_window_is_said(found: Window, deadline: bool, said: str) -> None:  # noqa: FBT001  a table's column
    assert dates.say_window(found, deadline=deadline, words=VOCABULARIES["nb"]) == said


TOKENS = [
    (
        "fredag den 8. sept.",
        [("weekday", 4), ("number", 8), ("sign", None), ("month", 9), ("sign", None), ("end", None)],
    ),
    ("Den", [("filler", None), ("end", None)]),
    ("8th of May", [("number", 8), ("month", 5), ("end", None)]),
    ("2018-01-18T09", [("ISO date", (2018, 1, 18)), ("clock", None), ("number", 9), ("end", None)]),
    ("2018–W10", [("ISO week", (2018, 10)), ("end", None)]),
    ("fra og med våren", [("relation", Since), ("season", (Season.SPRING, True)), ("end", None)]),
    ("no later than x", [("relation", By), ("word", None), ("end", None)]),
    ("2 uker", [("number", 2), ("unit", Unit.WEEK), ("end", None)]),
    ("primo skoleåret", [("part of a month", MonthThird.EARLY), ("school year", SchoolYear.SCHOOL), ("end", None)]),
    ("ikke fastsatt kl", [("unset", None), ("clock", None), ("end", None)]),
    ("ikke", [("word", None), ("end", None)]),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS, ids=[text for text, _ in TOKENS])
def test_text_is_split_into_tokens(text: str, tokens: list[tuple[str, object]]) -> None:
    assert [(repr(token.kind), token.value) for token in lex(text)] == tokens


# --- the vocabularies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_those_of_cldr(language: str) -> None:
    words, locale = VOCABULARIES[language], Locale(language)

    months = [locale.months["format"]["wide"][number] for number in range(1, 13)]
    short = [locale.months["format"]["abbreviated"][number].rstrip(".") for number in range(1, 13)]
    days = [locale.days["format"]["wide"][number] for number in range(7)]

    assert (list(words.months), list(words.months_short), list(words.weekdays)) == (months, short, days)


def test_no_word_means_two_things() -> None:
    meanings: dict[tuple[str, ...], set[Meaning]] = {}
    for words in VOCABULARIES.values():
        for phrase, meaning in phrases(words):
            meanings.setdefault(tuple(phrase.lower().rstrip(".").split()), set()).add(meaning)

    assert {phrase: found for phrase, found in meanings.items() if len(found) > 1} == {}
    assert set(meanings) <= set(keywords())


NO_DATES = {
    *(
        "language",
        "names",
        "gatherings",
        "gathering_kinds",
        "closings",
        "closing_ends",
        "holidays",
        "planning_days",
        "eves",
    ),
    *("day_point", "day_in_figures", "clock_point"),
}
"""Fields of a vocabulary that hold no words of dates."""


@pytest.mark.parametrize("words", VOCABULARIES.values(), ids=VOCABULARIES)
def test_every_word_of_a_vocabulary_can_be_read(words: Vocabulary) -> None:
    texts = set(texts_in([value for field, value in asdict(words).items() if field not in NO_DATES]))
    unread = texts - {phrase for phrase, _ in phrases(words)}

    assert {text.lower() for text in unread} <= {CHRISTMAS}


def texts_in(value: object) -> Iterator[str]:
    """Return the texts in nested dicts and sequences; of a dict of numbers its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key if isinstance(inner, int) else inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


# --- properties -------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(FIRST_YEAR, 1, 8), date(LAST_YEAR, 12, 20))
SPOKEN = st.sampled_from(list(VOCABULARIES.values()))


@given(DAYS, SPOKEN)
def test_day_is_read_as_it_is_said(day: date, words: Vocabulary) -> None:
    said = say_day(day, words, week=False)

    assert dates.parse(said) == dates.Day(day)


@given(DAYS, st.integers(1, 40), SPOKEN)
def test_days_are_read_as_they_are_said(day: date, length: int, words: Vocabulary) -> None:
    last = min(day + timedelta(days=length), date(LAST_YEAR, 12, 31))
    said = dates.say_window(Window(day, last), deadline=False, words=words).split(" (")[0]

    assert window(said) == Window(day, last)


@given(DAYS)
def test_iso_week_is_the_calendars(day: date) -> None:
    year, week, _ = day.isocalendar()
    found = window(f"uke {week} {year}")

    assert found.start is not None
    assert found.start <= day <= found.start + timedelta(days=6)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = dates.parse(text, PERIOD)

    assert isinstance(found, DateProblem) or found.kind in set(dates.Kind)


SIGNS = {"1", "8", "12", "2017", "2018", "17", ".", "-", "/", ":", ",", "x-1"}
WORDS = sorted({" ".join(phrase) for phrase in keywords()} | SIGNS)


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_any_words_of_the_language_are_read_or_refused(words: list[str]) -> None:
    found = dates.parse(" ".join(words), PERIOD)

    if not isinstance(found, DateProblem):
        resolved = dates.window_of(found, dates.SEASONS, lambda _: X)
        assert isinstance(resolved, Window | DateProblem)


@given(DAYS)
def test_before_ends_by_the_start(day: date) -> None:
    assert window(f"før {day}").end == day - timedelta(days=1)
    assert window(f"etter {day}").start == day + timedelta(days=1)
