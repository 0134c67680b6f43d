"""Fixtures: golden files, and a way to run kfl as its users do; what every run of the tests is set up with."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import zlib
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.warm import SECONDS, WarmParent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace: apt install strace")
needs_pango = pytest.mark.skipif(
    find_library("pangoft2-1.0") is None, reason="needs Pango: apt install libpangoft2-1.0-0"
)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium")

# On a busy machine an example takes as long as it takes: nothing is judged by the clock.
_ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _ANY_TIME, max_examples=50)
settings.register_profile("ci", _ANY_TIME, max_examples=300)
settings.register_profile("mutants", _ANY_TIME, max_examples=15)
settings.load_profile("dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden``."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew; read the difference in git")


def pytest_configure() -> None:
    """Let processes that tests start end by signals, also where ``nohup`` or ``&`` had them ignored.

    A handler is not inherited by other programs, as an ignored signal is; it does nothing, so this process goes on.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only the tests that write expected outputs under ``--golden``."""
    if config.getoption("golden"):
        items[:] = [item for item in items if "writes_golden" in getattr(item, "fixturenames", ())]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """Let a skipped test fail where nothing may be missing (``KFL_NO_SKIP=1``, as in CI)."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("KFL_NO_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr[-1]}"


WITHOUT_COVERAGE = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
"""The environment for runs that are cut short, which cannot write down what they covered."""
Golden = "Callable[[Path, bytes], None]"


@pytest.fixture
def writes_golden(request: pytest.FixtureRequest) -> bool:
    """Return whether expected outputs are to be written anew (``--golden``); then only tests that ask this are run."""
    return bool(request.config.getoption("golden"))


@pytest.fixture
def golden(*, writes_golden: bool) -> Callable[[Path, bytes], None]:
    """Compare bytes with a golden file, or write it under ``--golden``."""

    def compare(path: Path, actual: bytes) -> None:
        if writes_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual)
        assert actual.decode() == path.read_bytes().decode()

    return compare


@dataclass(frozen=True)
class Result:
    """Exit code and output of a run of kfl."""

    code: int
    out: str
    err: str


Kfl = "Callable[..., Result]"
READ_BY_PYTHON = ("PYTHON", "LC_", "LANG", "TZ")
"""Variables that take effect when Python starts."""


@pytest.fixture(scope="session")
def warm_parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmParent]:
    parent = WarmParent(ROOT, tmp_path_factory.mktemp("streams"))
    yield parent
    parent.stop()


@pytest.fixture
def kfl(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Result]:
    """Run kfl in an empty folder, in a process of its own, as a user does; ``plan`` is written to plan.yaml.

    The process is forked from one that has loaded kfl, which takes an eighth of the time of a start. It is started in a
    tenth of the tests, which their names choose, with variables that Python reads, and always under coverage.
    """
    tenth = zlib.crc32(request.node.nodeid.encode()) % 10 == 0
    measured = any(name.startswith("COVERAGE") for name in os.environ)

    def run(*arguments: str, plan: str | bytes | None = None, **environment: str) -> Result:
        if plan is not None:
            data = plan if isinstance(plan, bytes) else textwrap.dedent(plan).lstrip("\n").encode()
            (tmp_path / "plan.yaml").write_bytes(data)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KFL_", "NO_COLOR"))}
        whole = {**clean, **environment}
        if tenth or measured or any(name.startswith(READ_BY_PYTHON) for name in environment):
            done = subprocess.run(
                [sys.executable, "-m", "kfl_cli", *arguments],
                cwd=tmp_path,
                env=whole,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=SECONDS,
            )
        else:
            done = request.getfixturevalue("warm_parent").run(arguments, tmp_path, whole)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; for tests that need it (``needs_chromium``)."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  slow to load, and few tests need it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Return a page, and what it does that it should not: requests, errors, dialogs."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    events: list[str] = []
    opened.on("request", lambda request: None if request.url.startswith("file:") else events.append(request.url))
    opened.on("console", lambda message: events.append(message.text))
    opened.on("pageerror", lambda error: events.append(str(error)))
    opened.on("dialog", lambda dialog: events.append(dialog.message))
    yield opened, events
    context.close()
