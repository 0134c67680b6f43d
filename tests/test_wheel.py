"""The wheel: built, installed in an empty environment, run in a folder that holds only a plan."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_what_kfl_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    shipped = {f"kfl_cli/templates/{path.name}" for path in (ROOT / "templates").iterdir()}
    shipped |= {f"kfl_cli/locale/{language}/LC_MESSAGES/kfl.mo" for language in ("nb", "nn")}
    assert shipped <= set(names)
    assert [name for name in names if not name.startswith(("kfl_cli/", "kfl-"))] == []


def test_installed_wheel_does_everything(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    bin_ = tmp_path / "venv" / "bin"
    run(bin_ / "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    home = tmp_path / "plan"
    home.mkdir()
    (home / "plan.yaml").write_bytes((ROOT / "plan.yaml").read_bytes())
    kfl = bin_ / "kfl"

    checked = run(kfl, "validate", cwd=home).stdout
    assert checked == (ROOT / "tests" / "golden" / "validate-nb.txt").read_bytes()
    formats = [f"--{name}" for name in ("md", "html", "ics", "todo", "json", "csv")]
    run(kfl, "export", *formats, "--region", "hedmarken", "-o", "ut/", cwd=home)
    for path in (home / "ut").iterdir():
        golden = ROOT / "tests" / "golden" / f"hedmarken{path.name.removeprefix('kfl-barnehage-hedmark-hedmarken')}"
        assert path.read_bytes().removeprefix(b"\xef\xbb\xbf") == golden.read_bytes()
    assert run(kfl, "--version", cwd=home).stdout == b"kfl, version 0.1.0\n"
    for command in (["upcoming"], ["list"], ["show", "workshop-1"], ["explain", "KFL303"], ["schema"]):
        run(kfl, *command, cwd=home)
    run(kfl, "init", "ny.yaml", cwd=home)
