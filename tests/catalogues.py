"""The gettext catalogues: which texts there are, and bringing the files in ``kfl_cli/language/locale`` up to date.

``make locale`` runs this as a program; ``test_locale`` holds the files equal to what it would write.
"""

from __future__ import annotations

import ast
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from kfl_cli.findings.finding import Severity
from kfl_cli.findings.rules.catalogue import RULES
from kfl_cli.language.translator import SOURCE_LANGUAGE
from kfl_cli.language.vocabularies import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "kfl_cli" / "language" / "locale"
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)
"""The languages that need a catalogue."""


def texts() -> Iterator[str | tuple[str, ...]]:
    """Return every text of code, templates and rules that readers see; a pair has a singular and a plural."""
    for path in sorted((ROOT / "kfl_cli").rglob("*.py")):
        yield from _texts_of(ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "templates").glob("*.j2")):
        with path.open("rb") as file:
            found = babel_extract(file, ["_"], [], {"trim_blocks": "true"})
            yield from (text for _, _, text, _ in found if isinstance(text, str))
    yield from (severity.value for severity in Severity)
    for rule in RULES.values():
        yield from (text for text in (rule.finds, rule.why, rule.example, rule.instead, rule.several) if text)


def _texts_of(tree: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """Return the texts of ``Message("…")``, ``say("…")``, ``….say.text("…")`` and ``….say.count("…", "…", n)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _says(node.func):
            found = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from [tuple(found)] if len(found) > 1 else found


def _says(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute) and function.attr in {"text", "count"}:
        return _is_say(function.value)
    return _is_say(function) or (isinstance(function, ast.Name) and function.id in {"Message", "count"})


def _is_say(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "say") or (isinstance(node, ast.Attribute) and node.attr == "say")


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
    clean.creation_date = clean.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes at any time
    buffer = io.BytesIO()
    write_mo(buffer, clean)
    return buffer.getvalue()


def strings(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one a form."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def main() -> None:
    """Write all catalogues."""
    for language in TRANSLATED:
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        catalogue = updated(language)
        (folder / "kfl.po").write_bytes(po(catalogue))
        (folder / "kfl.mo").write_bytes(mo(catalogue))
        missing = [message.id for message in catalogue if message.id and not all(strings(message))]
        print(f"{language}: {len(catalogue)} texts, {len(missing)} not translated")


if __name__ == "__main__":
    main()
