"""The rooms: which may import from which, and what only some of them may know."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter

import pytest

from tests import mutants
from tests.conftest import ROOT

PACKAGE = ROOT / "kfl_cli"
FLOORS = [
    {"text", "machine", "language"},
    {"findings"},
    {"dates"},
    {"plan"},
    {"schedule"},
    {"releases"},
    {"checks", "exports"},
    {"pipeline"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
"""A room imports from rooms of earlier floors; rooms of one floor know nothing of each other."""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sorted(PACKAGE.rglob("*.py"))}
"""Path by name; the file of a package is named after it, with ``__init__``."""


def room(module: str) -> str:
    return module.split(".")[1]


def imports(module: str) -> set[str]:
    """Return the modules that a module imports from, those for type checking and inside functions included."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{name.name}" for name in node.names}
            found |= {name if name in MODULES else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {f"{name}.__init__" if f"{name}.__init__" in MODULES else name for name in found} - {module}


INSIDE = sorted(module for module in MODULES if module != "kfl_cli.__init__")


@pytest.mark.parametrize("module", INSIDE)
def test_module_imports_only_from_rooms_of_earlier_floors(module: str) -> None:
    own = room(module)
    others = {room(name) for name in imports(module) if name.startswith("kfl_cli.") and name != "kfl_cli.__init__"}

    assert sorted(other for other in others - {own} if FLOOR[other] >= FLOOR[own]) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: imports(module) & MODULES.keys() for module in MODULES}

    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_every_room_stands_on_a_floor_and_every_floor_has_its_rooms() -> None:
    assert sorted({room(module) for module in INSIDE}) == sorted(FLOOR)


PACKAGES = sorted(module for module in MODULES if module.endswith("__init__"))


@pytest.mark.parametrize("module", PACKAGES)
def test_room_says_in_a_sentence_what_it_is(module: str) -> None:
    said = ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8"))) or ""

    assert re.fullmatch(r"[^\n]{20,}[.:]", said.split("\n")[0])


def test_development_page_describes_each_room_in_the_order_of_the_floors() -> None:
    page = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")
    described = [
        name.removesuffix("/").removesuffix(".py")
        for name in re.findall(r"^\| `(\w+(?:/|\.py))` \|", page, re.MULTILINE)
    ]

    assert sorted(described) == sorted(FLOOR)
    assert [FLOOR[name] for name in described] == sorted(FLOOR[name] for name in described)


def test_places_that_texts_name_exist() -> None:
    """Docstrings name rooms as ``room/`` and ``room/module.py``; docs name files from the root or the package."""
    named = {
        (source.name, name)
        for source in [*MODULES.values(), *(ROOT / "docs").glob("*.md"), ROOT / "SECURITY.md", ROOT / "README.md"]
        for name in re.findall(r"`+((?:[a-z_]+/)+(?:[a-z_]+\.py)?)`+", source.read_text(encoding="utf-8"))
        if name.split("/")[0] in {"kfl_cli", *FLOOR}
    }

    assert named != set()
    assert (
        sorted((where, name) for where, name in named if not ((ROOT / name).exists() or (PACKAGE / name).exists()))
        == []
    )


def test_only_commands_know_click_and_rich() -> None:
    shell = {"commands", "cli"}

    assert [
        module
        for module in INSIDE
        if room(module) not in shell and {"click", "rich"} & {name.split(".")[0] for name in imports(module)}
    ] == []


def test_only_the_clock_of_the_commands_reads_the_clock() -> None:
    clocks = ("datetime.now(", "date.today(", "time.time(", "utcnow(")

    assert [
        module for module, path in MODULES.items() if any(clock in path.read_text(encoding="utf-8") for clock in clocks)
    ] == ["kfl_cli.commands.clock"]


def test_root_holds_only_the_way_in_and_the_pipeline() -> None:
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py", "cli.py", "pipeline.py"]


def test_table_of_mutants_names_modules_and_tests_that_exist() -> None:
    tests = {name for names in mutants.MODULES.values() for name in names}

    assert [module for module in mutants.MODULES if not (PACKAGE / f"{module}.py").is_file()] == []
    assert [name for name in sorted(tests) if not (ROOT / "tests" / f"test_{name}.py").is_file()] == []
