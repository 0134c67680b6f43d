"""Fixtures: golden files, plans as text in the test, and a way to run kfl as its users do."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden``."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew; read the difference in git")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """Let a skipped test fail where nothing may be missing (``KFL_NO_SKIP=1``, as in CI)."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("KFL_NO_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr[-1]}"


WITHOUT_COVERAGE = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
"""The environment for runs that are cut short, which can tell nobody what they covered."""
Golden = "Callable[[Path, bytes], None]"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, bytes], None]:
    """Compare bytes with a golden file, or write it under ``--golden``."""

    def compare(path: Path, actual: bytes) -> None:
        if request.config.getoption("golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual)
        assert actual.decode() == path.read_bytes().decode()

    return compare


@dataclass(frozen=True)
class Result:
    """What a run of kfl gave."""

    code: int
    out: str
    err: str


Kfl = "Callable[..., Result]"


@pytest.fixture
def kfl(tmp_path: Path) -> Callable[..., Result]:
    """Run kfl in an empty folder, in a process of its own, as a user does; ``plan`` is written to plan.yaml."""

    def run(*arguments: str, plan: str | bytes | None = None, **environment: str) -> Result:
        if plan is not None:
            data = plan if isinstance(plan, bytes) else textwrap.dedent(plan).lstrip("\n").encode()
            (tmp_path / "plan.yaml").write_bytes(data)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KFL_", "NO_COLOR"))}
        done = subprocess.run(
            [sys.executable, "-m", "kfl_cli", *arguments],
            cwd=tmp_path,
            env={**clean, **environment},
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
