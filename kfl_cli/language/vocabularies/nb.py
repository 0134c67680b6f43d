"""Bokmål."""

from __future__ import annotations

from kfl_cli.language.vocabularies.vocabulary import MonthThird, SchoolYear, Season, Unit, Vocabulary

WORDS = Vocabulary(
    language="nb",
    months=(
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ),
    months_short=("jan", "feb", "mars", "apr", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des"),
    months_other={"sept": 9},
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    seasons={Season.SPRING: ("vår",), Season.AUTUMN: ("høst",)},
    seasons_definite={Season.SPRING: ("våren",), Season.AUTUMN: ("høsten",)},
    parts={MonthThird.EARLY: ("primo",), MonthThird.MID: ("medio",), MonthThird.LATE: ("ultimo",)},
    units={
        Unit.DAY: (("dag",), ("dager",)),
        Unit.WEEK: (("uke",), ("uker",)),
        Unit.MONTH: (("måned",), ("måneder",)),
    },
    school_years={
        SchoolYear.SCHOOL: ("skoleåret", "skoleår"),
        SchoolYear.KINDERGARTEN: ("barnehageåret", "barnehageår"),
    },
    before=("før",),
    by=("senest", "innen"),
    after=("etter",),
    since=("fra", "fra og med"),
    clock=("kl.", "klokka", "klokken"),
    unset=("ikke fastsatt", "ikke bestemt", "ikke avklart"),
    filler=("den",),
    gatherings=("samling", "møte", "workshop", "fagdag", "kurs", "seminar", "konferanse"),
    gathering_kinds=(
        "regional",
        "regionale",
        "felles",
        "digital",
        "digitalt",
        "lokal",
        "lokalt",
        "årlig",
        "første",
        "andre",
        "tredje",
        "siste",
        "ny",
        "nytt",
    ),
    day_point=".",
    clock_point=".",
)
