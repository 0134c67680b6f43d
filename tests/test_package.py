"""The wheel: it holds what kfl needs at work, and does in an environment of its own what the checkout does."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT, Result

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = (ROOT / "plan.yaml").read_bytes()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, as ``pip install .`` does."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and nothing else of kfl; return its ``kfl``. Libraries are those of this environment."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", wheel], check=True, capture_output=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return folder / "bin" / "kfl"


def test_wheel_holds_modules_templates_and_catalogues_and_no_sources_of_catalogues(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if ".dist-info/" not in name}

    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "kfl_cli").rglob("*") if path.suffix in {".py", ".mo"}}
    templates = {f"kfl_cli/templates/{path.name}" for path in (ROOT / "templates").iterdir()}
    assert packed == modules | templates


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate"],
        ["--lang", "nn", "--today", "2018-01-02", "upcoming"],
        *(["export", f"--{name}"] for name in ("md", "html", "ics", "todo", "json", "csv", "svg")),
        ["schema"],
    ],
    ids=" ".join,
)
def test_wheel_does_what_the_checkout_does(
    installed: Path, kfl: Callable[..., Result], tmp_path: Path, arguments: list[str]
) -> None:
    """In a folder that holds only the plan."""
    (tmp_path / "plan.yaml").write_bytes(PLAN)

    done = subprocess.run(
        [installed, *arguments], cwd=tmp_path, env={"PATH": "/usr/bin"}, capture_output=True, check=False
    )

    assert Result(done.returncode, done.stdout.decode(), done.stderr.decode()) == kfl(*arguments)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_installed_kfl_is_that_of_the_wheel(installed: Path) -> None:
    program = "import kfl_cli; print(kfl_cli.__file__)"

    done = subprocess.run(
        [installed.with_name("python"), "-c", program], cwd=installed.parent, capture_output=True, check=True, text=True
    )

    assert Path(done.stdout.strip()).is_relative_to(installed.parent.parent)
