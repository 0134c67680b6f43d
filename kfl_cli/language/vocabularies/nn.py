"""Nynorsk."""

from __future__ import annotations

from kfl_cli.language.vocabularies.vocabulary import MonthThird, SchoolYear, Season, Unit, Vocabulary

WORDS = Vocabulary(
    language="nn",
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
    weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    seasons={Season.SPRING: ("vår",), Season.AUTUMN: ("haust",)},
    seasons_definite={Season.SPRING: ("våren",), Season.AUTUMN: ("hausten",)},
    parts={MonthThird.EARLY: ("primo",), MonthThird.MID: ("medio",), MonthThird.LATE: ("ultimo",)},
    units={
        Unit.DAY: (("dag",), ("dagar",)),
        Unit.WEEK: (("veke",), ("veker",)),
        Unit.MONTH: (("månad",), ("månader",)),
    },
    school_years={
        SchoolYear.SCHOOL: ("skuleåret", "skuleår"),
        SchoolYear.KINDERGARTEN: ("barnehageåret", "barnehageår"),
    },
    before=("før",),
    by=("seinast", "innan"),
    after=("etter",),
    since=("frå", "frå og med"),
    clock=("kl.", "klokka"),
    unset=("ikkje fastsett", "ikkje fastsatt", "ikkje bestemt", "ikkje avklart"),
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
        "årleg",
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
