"""The rooms: who may know whom, and what a command may load before it needs it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "kfl_cli"
ORDER = [
    "diagnostics",
    "catalogue",
    "screen",
    "syntax",
    "source",
    "names",
    "words",
    "dates",
    "translate",
    "schema",
    "contract",
    "meant",
    "fields",
    "model",
    "plain",
    "gfm",
    "contacts",
    "load",
    "resolve",
    "identity",
    "published",
    "diff",
    "ledger",
    "renaming",
    "workdays",
    "gatherings",
    "gaps",
    "checks",
    "pipeline",
    "select",
    "ahead",
    "numbering",
    "view",
    "changes",
    "drawing",
    "wheel",
    "timeline",
    "theme",
    "sandbox",
    "templating",
    "exports",
    "report",
    "stopping",
    "files",
    "folder",
    "serving",
    "commands",
    "cli",
    "__main__",
]
"""Each room imports only from those before it."""


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return what a module imports, type checking and functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_module_imports_only_from_rooms_before_its_own(path: Path) -> None:
    own = ORDER.index(room(path))
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("kfl_cli.")}

    assert sorted(each for each in rooms if each in ORDER and ORDER.index(each) > own) == []


def test_only_commands_know_click_and_rich() -> None:
    shell = {"commands", "cli"}

    assert [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if room(path) not in shell and {"click", "rich"} & {name.split(".")[0] for name in imports(path)}
    ] == []


def test_only_the_shell_reads_the_clock() -> None:
    clocks = ("datetime.now(", "date.today(", "time.time(", "utcnow(")

    assert [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if any(clock in path.read_text(encoding="utf-8") for clock in clocks)
    ] == ["commands/shell.py"]
