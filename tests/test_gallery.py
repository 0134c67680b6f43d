"""The gallery of errors: for each rule the smallest plan that shows it, and the exact report.

A file ``tests/gallery/KFL301-unreadable-date.yaml`` is a test as soon as it is there; its report stands beside it with
the suffix ``.txt``, and the ledger that it is read with, if any, with the suffix ``.lock``. Bytes that an editor cannot
keep are written in a file with the suffix ``.hex``.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kfl_cli.findings import rules
from kfl_cli.findings.finding import Rule
from kfl_cli.findings.report.report import Report
from kfl_cli.findings.report.text import text
from kfl_cli.findings.rules.catalogue import RULES
from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run

if TYPE_CHECKING:
    from collections.abc import Callable

GALLERY = Path(__file__).parent / "gallery"
FILES = sorted(path for path in GALLERY.iterdir() if path.suffix in {".yaml", ".hex"})
BEYOND_A_FILE = {"KFL119"}
"""Rules on what is too large to keep; test_source shows them."""


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_gallery_report_is_exact(path: Path, golden: Callable[[Path, bytes], None]) -> None:
    data = bytes.fromhex(path.read_text()) if path.suffix == ".hex" else path.read_bytes()
    lock = path.with_suffix(".lock")
    checked = run(data, lock.read_bytes() if lock.exists() else None, thorough=True)

    report = text(
        Report(
            path.name,
            checked.text,
            checked.diagnostics,
            Translator("en"),
            lock_file=lock.name,
            lock_text=checked.lock_text,
        )
    )

    golden(path.with_suffix(".txt"), report.encode())
    code = path.stem.split("-")[0]
    assert {diagnostic.rule.code for diagnostic in checked.diagnostics} == {code}


def test_gallery_shows_every_rule() -> None:
    shown = {"-".join(path.stem.split("-")[:1]) for path in FILES}

    assert shown | BEYOND_A_FILE == set(RULES)


def test_gallery_files_are_named_after_their_rules() -> None:
    names = {f"{rule.code}-{rule.name}" for rule in RULES.values()}

    assert [path.stem for path in FILES if not any(path.stem.startswith(name) for name in names)] == []


def test_every_rule_is_in_the_catalogue_under_a_code_of_its_hundred() -> None:
    constants: list[Rule] = []
    hundreds: dict[str, str] = {}
    for file in pkgutil.iter_modules(rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{file.name}")
        found = [value for value in vars(module).values() if isinstance(value, Rule)]
        constants += found
        hundreds |= {rule.code: (module.__doc__ or "")[: len("Rules 1xx")] for rule in found}

    assert sorted(rule.code for rule in constants) == list(RULES)
    assert {code: f"Rules {code[len('KFL')]}xx" for code in RULES} == hundreds
