"""A parent process that has loaded kfl and forks for each run: the same as a start of kfl, without loading it again.

Each run is a process of its own, with its own streams, folder, environment and exit code. It is not a start of Python:
variables that Python reads when it starts, and what is loaded when, need one (``kfl`` in ``tests/conftest.py``).

``python -m tests.warm`` reads one request a line from standard input, as JSON, and answers with the exit code.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SECONDS = 120
"""A run that takes longer is killed."""
LATE = {"kfl_cli.__main__", "kfl_cli.exports.page.pdf", "kfl_cli.commands.serve"}
"""Modules that the parent leaves to the runs that need them: they load what takes long, or start threads."""
LIBRARIES = ("jinja2", "markdown_it", "rich.console", "rich.table", "rich.text")
"""Libraries that kfl imports inside functions."""


class WarmParent:
    """The parent process, seen from the tests."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Start it in the root of the repository; streams of runs are kept in a folder."""
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """Run kfl in a folder."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        out, err = self.folder / "out", self.folder / "err"
        request = {
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(environment),
            "out": str(out),
            "err": str(err),
        }
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return subprocess.CompletedProcess(list(arguments), code, out.read_bytes(), err.read_bytes())

    def stop(self) -> None:
        """End it."""
        self.process.communicate()


def serve() -> None:
    """Answer requests until there are no more; returns in each child, ready to run ``main()``."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            answers.close()
            become(request)
            return
        signal.signal(signal.SIGALRM, lambda *_, child=child: os.kill(child, signal.SIGKILL))
        signal.alarm(SECONDS)
        _, status = os.waitpid(child, 0)
        signal.alarm(0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()
    sys.exit()


def become(request: dict[str, Any]) -> None:
    """Make this process what a process started for the request would be."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    for number, path in enumerate((os.devnull, request["out"], request["err"])):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["kfl", *request["arguments"]]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)))
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)))
    errors = io.BufferedWriter(io.FileIO(2, "w", closefd=False))
    sys.stderr = io.TextIOWrapper(errors, errors="backslashreplace", line_buffering=True)


def load() -> None:
    """Load what runs of kfl load."""
    import kfl_cli  # noqa: PLC0415  the tests that start the parent do not need it from here

    for module in pkgutil.walk_packages(kfl_cli.__path__, "kfl_cli."):
        if module.name not in LATE:
            importlib.import_module(module.name)
    for library in LIBRARIES:
        importlib.import_module(library)


if __name__ == "__main__":
    load()
    serve()
    from kfl_cli.__main__ import main

    main()
