"""Run tests with each Python of this machine that kfl supports: ``python -m tests.pythons TESTS …``.

A Python is looked for on the path, as ``python3.12``, and among the versions of pyenv. The libraries are those of
``requirements/dev.txt``. The Python that runs this is left out: ``make test`` has run all tests with it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SUPPORTED = (11, 12, 13, 14)
"""Minor versions of Python 3."""
PYENV = Path.home() / ".pyenv" / "versions"


def found(minor: int) -> Path | None:
    """Return a Python of a minor version; of several in pyenv the newest."""
    of_pyenv = [path for path in PYENV.glob(f"3.{minor}.*") if re.fullmatch(r"[\d.]+", path.name)]
    of_path = shutil.which(f"python3.{minor}")
    newest = sorted(of_pyenv, key=lambda path: int(path.name.split(".")[2]))[-1:]
    candidates = [*(path / "bin" / "python" for path in newest), *([Path(of_path)] if of_path else [])]
    return next((path for path in candidates if starts(path, minor)), None)


def starts(python: Path, minor: int) -> bool:
    """Return whether a program is that Python; what pyenv puts on the path may not start."""
    program = f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"
    return subprocess.run([python, "-c", program], capture_output=True, check=False).returncode == 0


def environment(python: Path, minor: int) -> Path:
    """Make an environment with kfl and what its tests need; return its Python."""
    folder = ROOT / ".venv" / f"python3.{minor}"
    uv = [sys.executable, "-m", "uv"]
    install = [*uv, "pip", "install", "--quiet", "--python", str(folder), "--constraint", "requirements/dev.txt"]
    subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", python, folder], cwd=ROOT, check=True)
    subprocess.run([*install, "--editable", ".[holidays,pdf,serve]", "--group", "test"], cwd=ROOT, check=True)
    return folder / "bin" / "python"


def main(tests: list[str]) -> int:
    """Run the tests with each; return 1 where one fails."""
    minors = [minor for minor in SUPPORTED if minor != sys.version_info.minor]
    pythons = {minor: python for minor in minors if (python := found(minor))}
    missing = [f"3.{minor}" for minor in minors if minor not in pythons]
    print(f"also run with: {', '.join(f'3.{minor}' for minor in pythons) or 'none'}", flush=True)
    if missing:
        print(f"not on this machine: {', '.join(missing)}", flush=True)
    options = ["--numprocesses", "auto", "--dist", "worksteal", "-p", "no:cacheprovider"]
    failed = [
        f"3.{minor}"
        for minor, python in pythons.items()
        if subprocess.run(
            [environment(python, minor), "-m", "pytest", *options, *tests], cwd=ROOT, check=False
        ).returncode
    ]
    if failed:
        print(f"failed with: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
