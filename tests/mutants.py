"""Mutation testing, bounded: change the code in a few places, one at a time, and see whether a test fails.

``python -m tests.mutants [NUMBER] [MODULE …]`` changes each module of the table in NUMBER places (12 unless given),
drawn with a fixed seed, in a copy of the repository. It prints the changes that no test noticed, the survivors. Each is
a missing test or a change without effect; the tests of a module are those that the table names.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

from tests.conftest import ROOT

MODULES = {
    "dates/meaning": ("dates", "resolve", "speed", "gallery"),
    "schedule/resolve": ("resolve", "gallery", "speed", "checks", "exports", "hostile"),
    "schedule/select": ("select", "filters", "export_command", "scopes", "released_exports"),
    "schedule/working_days": ("working_days", "checks", "gallery", "speed"),
    "schedule/coverage": ("matrix", "resolve", "gallery", "checks"),
    "checks/coverage": ("checks", "gallery", "resolve"),
    "releases/ledger": ("ledger", "release", "released_exports"),
    "releases/lockfile_lines": ("ledger", "hostile", "released_exports"),
    "releases/next_ledger": ("ledger", "release", "released_exports"),
    "releases/standing": ("released_exports", "release", "ledger"),
    "releases/reach": ("select", "released_exports", "diff_and_notes", "build"),
}
"""The files of tests that hold each module, the quickest first."""
SWAPPED: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
IGNORED = {"node_modules", ".venv", ".git", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    module: str
    line: int
    change: str
    text: str


# --- changing code ----------------------------------------------------------------------------------------------------


def changed(node: ast.AST) -> ast.AST | None:
    """Return a node with another meaning; None where there is no change to make."""
    new = deepcopy(node)
    match new:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            new.ops = [SWAPPED[type(op)]()]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPPED:
            new.op = SWAPPED[type(op)]()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.IfExp(body=body, orelse=orelse):
            new.body, new.orelse = orelse, body
        case ast.Call(func=ast.Name(id=name) as called) if name in NAMES:
            called.id = NAMES[name]
        case ast.Constant(value=bool(value)):
            new.value = not value
        case ast.Constant(value=int(value)):
            new.value = value + 1
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            new.value = ast.Constant(None)
        case _:
            return None
    return new


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Return the nodes of what runs: not of annotations, options of a class, nor of what only a type checker reads."""
    for name, field in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list"} or (name, type(tree)) == ("keywords", ast.ClassDef):
            continue
        for node in field if isinstance(field, list) else [field]:
            if isinstance(node, ast.AST) and not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)):
                yield node
                yield from places(node)


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().generic_visit(node)


def mutants(module: str, number: int) -> list[Mutant]:
    """Return changes of a module, drawn with a fixed seed, in the order of lines."""
    text = (ROOT / "kfl_cli" / f"{module}.py").read_text(encoding="utf-8")
    every = []
    for index, node in enumerate(places(ast.parse(text))):
        new = changed(node)
        if new is not None:
            every.append((index, node, new))
    chosen = random.Random(module).sample(every, min(number, len(every)))  # noqa: S311  a choice, not a secret
    found = []
    for index, node, new in sorted(chosen, key=lambda each: each[0]):
        tree = ast.parse(text)
        old = list(places(tree))[index]
        mutated = ast.unparse(_Replacing(old, new).visit(tree))
        found.append(Mutant(module, getattr(node, "lineno", 0), f"{ast.unparse(node)}  →  {ast.unparse(new)}", mutated))
    return found


# --- running tests ----------------------------------------------------------------------------------------------------


def passes(folder: Path, module: str, seconds: float | None = None) -> bool:
    """Return whether the tests of a module pass in a copy; those that take too long have noticed something."""
    files = [f"tests/test_{name}.py" for name in MODULES[module]]
    options = ["-x", "-p", "no:cacheprovider", "--hypothesis-profile", "mutants", "--hypothesis-seed", "0"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *files],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def survives(mutant: Mutant, folders: Queue[Path], seconds: float) -> bool:
    """Return whether the tests pass with a change, in a copy that is free."""
    folder = folders.get()
    path = folder / "kfl_cli" / f"{mutant.module}.py"
    original = path.read_bytes()
    path.write_text(mutant.text, encoding="utf-8")
    try:
        return passes(folder, mutant.module, seconds)
    finally:
        path.write_bytes(original)
        folders.put(folder)


def main(number: int, modules: list[str]) -> None:
    """Print the survivors of each module."""
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(workers) as pool:
        folders: Queue[Path] = Queue()
        for worker in range(workers):
            folders.put(Path(place) / str(worker))
            shutil.copytree(ROOT, Path(place) / str(worker), ignore=lambda _, names: IGNORED & {*names})
        for module in modules or MODULES:
            start = time.monotonic()
            if not passes(Path(place) / "0", module):
                sys.exit(f"{module}: its tests fail without a change")
            seconds = 60 + 5 * (time.monotonic() - start)
            tried = mutants(module, number)
            alive = list(pool.map(partial(survives, folders=folders, seconds=seconds), tried))
            print(f"{module}: {alive.count(False)} of {len(tried)} noticed", flush=True)
            for mutant, lives in zip(tried, alive, strict=True):
                if lives:
                    print(f"  kfl_cli/{module}.py:{mutant.line}: {mutant.change}", flush=True)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    main(numbers[0] if numbers else 12, [argument for argument in sys.argv[1:] if not argument.isdecimal()])
