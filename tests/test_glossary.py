"""One word for one thing: what can be held of docs/glossary.md."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from kfl_cli.findings.finding import Rule
from kfl_cli.findings.rules.catalogue import RULES
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


ENTRY = re.compile(r"\bentr(?:y|ies)\b", re.IGNORECASE)
OF_CALENDARS = re.compile(
    r"calendar|SEQUENCE|\bUID\b|DTEND|yaml2ics|event\.txt|description of an entry|kfl diff", re.IGNORECASE
)
"""Words of paragraphs and headings that are about calendars, whose entries are called so."""


def test_entries_of_documents_are_those_of_calendars() -> None:
    others = []
    for path in sorted((ROOT / "docs").glob("*.md")):
        headings: dict[int, str] = {}
        for paragraph in path.read_text(encoding="utf-8").split("\n\n") if path.name not in MADE else ():
            for level, heading in re.findall(r"^(#+) (.*)$", paragraph, re.MULTILINE):
                headings = {above: text for above, text in headings.items() if above < len(level)}
                headings[len(level)] = heading
            if ENTRY.search(paragraph) and not OF_CALENDARS.search("\n".join([*headings.values(), paragraph])):
                others.append((path.name, paragraph))

    assert others == []


MADE = {"glossary.md", "rules.md", "veiledning.md"}
"""Documents that speak of the word itself, are made from the rules or are Norwegian."""


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_entries_of_rules_are_those_of_calendars(rule: Rule) -> None:
    texts = (rule.finds, rule.why, rule.example, rule.instead)

    assert [text for text in texts if ENTRY.search(text) and not OF_CALENDARS.search(text)] == []
