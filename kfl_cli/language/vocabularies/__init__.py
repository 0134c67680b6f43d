"""The words of the date language: a vocabulary for each language, for reading dates and for writing them."""

from __future__ import annotations

from kfl_cli.language.vocabularies import en, nb, nn
from kfl_cli.language.vocabularies.vocabulary import MonthThird, SchoolYear, Season, Unit, Vocabulary

VOCABULARIES: dict[str, Vocabulary] = {words.language: words for words in (nb.WORDS, nn.WORDS, en.WORDS)}
"""By language code, bokmål first."""

LANGUAGES = tuple(VOCABULARIES)
"""The codes of the languages that kfl speaks."""

__all__ = ["LANGUAGES", "VOCABULARIES", "MonthThird", "SchoolYear", "Season", "Unit", "Vocabulary"]
