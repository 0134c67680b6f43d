"""Messages and page words in the reader's language, from the gettext catalogues in ``locale/``.

The English text is the key; a text that a catalogue lacks stays English.
"""

from __future__ import annotations

import gettext
import os
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.language.days import say_day
from kfl_cli.language.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from kfl_cli.language.message import Message, Value

SOURCE_LANGUAGE = "en"
"""The language of the texts in the code, which are the keys of the catalogues; it needs none."""
LOCALE = os.path.join(os.path.dirname(__file__), "locale")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    with open(f"{LOCALE}/{language}/LC_MESSAGES/kfl.mo", "rb") as file:
        return gettext.GNUTranslations(file)


class Translator(Struct, frozen=True):
    """Turns messages and fixed texts into one language."""

    language: str
    own: tuple[tuple[str, str], ...] = ()
    """Texts with what a plan says in their place."""

    def message(self, message: Message) -> str:
        """Return a message in this language, its gaps filled."""
        values = {name: self._value(value) for name, value in message.values}
        return self.text(message.template).format_map(values)

    def _value(self, value: Value) -> str | int:
        if isinstance(value, date):
            return say_day(value, VOCABULARIES[self.language], week=False)
        return value if isinstance(value, (str, int)) else self.message(value)

    def text(self, text: str) -> str:
        """Return a fixed text in this language, or what the plan says in its place."""
        for known, own in self.own:
            if known == text:
                return own
        return _catalogue(self.language).gettext(text)

    def count(self, one: str, many: str, number: int) -> str:
        """Return «1 day» or «3 days»; both forms may hold ``{n}``."""
        return _catalogue(self.language).ngettext(one, many, number).format(n=number)
