"""The gettext catalogues: which texts there are, and bringing the files in ``kfl_cli/locale`` up to date.

``make locale`` runs this as a program; ``test_locale`` holds the files equal to what it would write.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kfl_cli.catalogue import RULES
from kfl_cli.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "kfl_cli" / "locale"
LANGUAGES = ("nb", "nn")
_KEYWORDS = {"Message": None, "text": None, "count": (1, 2), "_": None}


def texts() -> Iterator[str | tuple[str, ...]]:
    """Return every text of code, templates and rules that readers see; a pair has a singular and a plural."""
    for folder, method in (("kfl_cli", "python"), ("templates", "jinja2.ext.babel_extract")):
        found = extract_from_dir(
            str(ROOT / folder),
            [("**.py" if method == "python" else "**.j2", method)],
            {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}},
            _KEYWORDS,
        )
        yield from (message for _, _, message, _, _ in found)
    yield from (severity.value for severity in Severity)
    for rule in RULES.values():
        yield from (rule.finds, rule.why, rule.example, rule.instead)


def template() -> Catalog:
    """Return the catalogue without translations, in alphabetical order."""
    catalogue = Catalog(project="kfl", charset="utf-8")
    ordered = sorted(set(texts()), key=lambda each: each if isinstance(each, str) else each[0])
    for text in ordered:
        catalogue.add(text)
    return catalogue


def updated(language: str) -> Catalog:
    """Return a language's catalogue with exactly the texts there are now, and the translations there were."""
    path = LOCALE / language / "LC_MESSAGES" / "kfl.po"
    old = read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=language)
    catalogue = Catalog(locale=language, project="kfl", charset="utf-8")
    catalogue.creation_date = catalogue.revision_date = old.creation_date
    for message in template():
        if message.id:
            known = old.get(message.id if isinstance(message.id, str) else message.id[0])
            catalogue.add(message.id, known.string if known else "")
    return catalogue


def po(catalogue: Catalog) -> bytes:
    """Return a catalogue as a .po file without places and dates, so that merges stay small."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, no_location=True, omit_header=False, width=118)
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team')
    return b"".join(line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(dated))


def mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as a compiled .mo file."""
    clean = read_po(io.BytesIO(po(catalogue)), locale=catalogue.locale)
    buffer = io.BytesIO()
    write_mo(buffer, clean)
    return buffer.getvalue()


def main() -> None:
    """Write all catalogues."""
    for language in LANGUAGES:
        folder = LOCALE / language / "LC_MESSAGES"
        catalogue = updated(language)
        (folder / "kfl.po").write_bytes(po(catalogue))
        (folder / "kfl.mo").write_bytes(mo(catalogue))
        missing = [message.id for message in catalogue if message.id and not message.string]
        print(f"{language}: {len(catalogue)} texts, {len(missing)} not translated")


if __name__ == "__main__":
    main()
