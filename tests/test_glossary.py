"""One word for one thing: what can be held of docs/glossary.md."""

from __future__ import annotations

import ast
import re
from collections import Counter

from tests.conftest import ROOT

PACKAGE = ROOT / "kfl_cli"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
CLASSES = [node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def test_no_class_shares_its_name() -> None:
    assert [name for name, times in Counter(name.lstrip("_") for name in CLASSES).items() if times > 1] == []


def test_types_of_the_glossary_exist() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    first = [line.split("|")[1] for line in page.splitlines() if line.startswith("| ")]
    types = {name for cell in first for name in re.findall(r"`(\w+)`", cell)}

    assert types != set()
    assert types - set(CLASSES) - {"When"} == set()


def test_entries_are_those_of_calendars() -> None:
    """An occurrence becomes an entry in a calendar file, and nothing else has entries."""
    named = {
        str(path.relative_to(PACKAGE))
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        for attribute in ("id", "arg", "attr", "name")
        if re.search(r"(?<![a-z])entr(?:y|ies)(?![a-z])", str(getattr(node, attribute, "")))
    }

    assert sorted(name for name in named if not name.startswith("exports/calendar/")) == []
