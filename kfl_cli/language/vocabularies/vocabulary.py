"""The fields of a vocabulary, and the kinds of words in it."""

from __future__ import annotations

import enum

from msgspec import Struct


class Season(enum.Enum):
    """A half-year of the plan."""

    SPRING = "spring"
    AUTUMN = "autumn"


class MonthThird(enum.Enum):
    """A third of a month: the 1st–10th, the 11th–20th, the 21st to the end."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


class Unit(enum.Enum):
    """The unit of an offset such as «2 uker før workshop-1»."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class SchoolYear(enum.Enum):
    """A year from August to July, by the name its author gave it."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"


class Vocabulary(Struct, frozen=True):
    """The words of one language.

    Of synonyms kfl writes the first and reads all. Reading ignores case.
    """

    language: str
    names: tuple[str, ...]
    """What Norwegian and English authors call the language, in place of its code."""
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    """As CLDR abbreviates them, without the full stop."""
    months_other: dict[str, int]
    """Other spellings that are read, with the number of the month."""
    weekdays: tuple[str, ...]
    """Monday first."""
    seasons: dict[Season, tuple[str, ...]]
    """The bare form first («høst»)."""
    seasons_definite: dict[Season, tuple[str, ...]]
    """The form with an article, where the language has one («høsten»)."""
    parts: dict[MonthThird, tuple[str, ...]]
    units: dict[Unit, tuple[tuple[str, ...], tuple[str, ...]]]
    """Singular and plural."""
    school_years: dict[SchoolYear, tuple[str, ...]]
    before: tuple[str, ...]
    by: tuple[str, ...]
    after: tuple[str, ...]
    since: tuple[str, ...]
    clock: tuple[str, ...]
    """Words before a clock time («kl.»)."""
    unset: tuple[str, ...]
    filler: tuple[str, ...]
    """Words that carry no meaning in a date («den», «of»)."""
    gatherings: tuple[str, ...]
    """Words for gatherings, also as the end of a compound («oppstartsamling»)."""
    gathering_kinds: tuple[str, ...]
    """Words that may stand before a gathering at the beginning of a title («Regional samling»)."""
    closings: tuple[str, ...]
    """Words and phrases by which a title says that it is about free days («stengt»)."""
    closing_ends: tuple[str, ...]
    """The same, also as the end of a compound («høstferie»)."""
    holidays: tuple[str, ...]
    """Names of public holidays, as titles have them."""
    planning_days: tuple[str, ...]
    """Days on which the staff are at work and the children are not."""
    eves: tuple[str, ...]
    """Beginnings of words for the time of half working days («jul»)."""
    day_point: str
    """The mark after the number of a day: «.» in Norwegian, nothing in English."""
    day_in_figures: str
    """A day in figures, with the gaps ``{year}``, ``{month}`` and ``{day}``: «{day}.{month}.{year}»."""
    clock_point: str
    """The mark between hours and minutes in times that kfl writes."""

    @property
    def week(self) -> str:
        """The word for a week, as in «uke 36»."""
        return self.units[Unit.WEEK][0][0]
