"""The catalogues: complete, up to date with the code, and with the same placeholders as the English."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages.pofile import read_po

from tests.catalogues import LOCALE, TRANSLATED, mo, po, strings, updated

GAP = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_is_what_make_locale_writes(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    catalogue = updated(language)

    assert (folder / "kfl.po").read_bytes() == po(catalogue)
    assert (folder / "kfl.mo").read_bytes() == mo(catalogue)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_with_its_gaps(language: str) -> None:
    data = (LOCALE / language / "LC_MESSAGES" / "kfl.po").read_bytes()
    wrong = []
    for message in read_po(io.BytesIO(data), locale=language):
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        said = strings(message)
        for english, text in zip(texts, said, strict=True):
            if english and (not text or set(GAP.findall(english)) != set(GAP.findall(str(text)))):
                wrong.append((english, text))
    assert wrong == []
