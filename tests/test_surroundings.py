"""Wherever kfl is started from: the same bytes, the right exit code, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Result, needs_pango
from tests.plans import many, plan_text

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = (ROOT / "plan.yaml").read_text(encoding="utf-8")
SMALL = plan_text("- {id: mote, title: Møte «æøå», when: 7.2.2018 kl. 9, responsible: [styrer]}")
COMMANDS = [
    ["validate", "--strict"],
    ["validate", "--format", "json"],
    ["--today", "2018-01-02", "upcoming"],
    ["list"],
    ["show", "gjennomga-malsettingen"],
    ["open"],
    ["matrix"],
    ["explain", "KFL301"],
    ["schema"],
    ["export", "--md"],
    ["export", "--html"],
    ["export", "--ics"],
    ["export", "--json"],
    ["export", "--csv"],
    ["export", "--svg"],
]
SMALL_FILES = "unset ${!COVERAGE@}; ulimit -f 8"
KEPT = b"/dev/stdout\ngammel\n"
BETWEEN = "/dev/stdout\nførst\n}\nsist\n".encode()
LINES = b"/dev/fd/3\ngammel\n"
KFL = f"{sys.executable} -m kfl_cli"


SURROUNDINGS: list[dict[str, str]] = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "2"},
    {"TZ": ":/etc/passwd", "HOME": "/nowhere", "COLUMNS": "20"},
    {"PYTHONUNBUFFERED": "1", "TERM": "dumb"},
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_surroundings_do_not_matter(kfl: Callable[..., Result], arguments: list[str]) -> None:
    plain = kfl(*arguments, plan=PLAN)

    assert (plain.code < 2, plain.err) == (True, "")
    for surroundings in SURROUNDINGS:
        assert kfl(*arguments, **surroundings) == plain, surroundings


def shell(folder: Path, script: str, **environment: str) -> tuple[int, bytes, bytes]:
    """Run a script of bash in which ``kfl`` is kfl."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KFL_")}
    whole = f'kfl() {{ {KFL} "$@"; }}; set -o pipefail; {script}'
    done = subprocess.run(
        ["bash", "-c", whole], cwd=folder, env={**own, **environment}, capture_output=True, check=False, timeout=120
    )
    return done.returncode, done.stdout, done.stderr


def test_environment_may_be_empty(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")

    code, out, err = shell(tmp_path, f"env -i {sys.executable} -m kfl_cli --today 2018-02-07 upcoming")

    assert (code, "Møte «æøå»" in out.decode(), err) == (0, True, b"")


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("kfl export --html | head -c 9", 141, b""),
        ("kfl list | true", 141, b""),
        ("kfl list >&-", 2, b"Error: standard output is closed\n"),
        ("kfl list >&- 2>&-", 2, b""),
        ("kfl list >&- 2> /dev/full", 2, b""),
        ("kfl list 2>&- > /dev/null", 0, b""),
        ("kfl build -o ut 2>&- > /dev/null", 0, b""),
        ("kfl list <&- > /dev/null", 0, b""),
        ("kfl --plan finnes-ikke.yaml list 2> /dev/full", 2, b""),
        ("kfl export --json > /dev/full", 2, b"Error: No space left on device\n"),
        ("export PYTHONUNBUFFERED=1; kfl export --json > /dev/full", 2, b"Error: No space left on device\n"),
        (f"{SMALL_FILES}; PYTHONUNBUFFERED=1 kfl export --html > ut.html", 2, b"Error: File too large\n"),
        ("echo gammel > ut.md; kfl export --csv -o /dev/stdout >> ut.md; head -1 ut.md | grep gammel >&2", 0, KEPT),
        ("(echo først; kfl export --json -o /dev/stdout; echo sist) > ut; (head -1 ut; tail -2 ut) >&2", 0, BETWEEN),
        ("echo gammel > ut.md; kfl export --csv -o /dev/fd/3 3>> ut.md; head -1 ut.md | grep gammel >&2", 0, LINES),
    ],
)
def test_streams_that_are_closed_full_or_left(tmp_path: Path, script: str, code: int, said: bytes) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")

    assert shell(tmp_path, script)[::2] == (code, said)


def test_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    script = f"mkdir borte; cd borte; rmdir ../borte; kfl --plan {tmp_path}/plan.yaml list"

    code, out, err = shell(tmp_path, script)

    assert (code, "Møte" in out.decode(), err) == (0, True, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "arguments", [["validate"], ["export", "--ics", "-o", "ut.ics"], ["build", "-o", "ut"]], ids=" ".join
)
def test_signal_ends_a_command_as_it_ends_others(tmp_path: Path, arguments: list[str], number: signal.Signals) -> None:
    """Killed by the signal, or ended with 128 + its number between two files: the same to a shell."""
    (tmp_path / "plan.yaml").write_text(many(200, 30), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "kfl_cli", *arguments],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.endswith("kfl_cli.pipeline\n"):
            break

    process.send_signal(number)

    said = process.communicate(timeout=60)[1]
    assert process.returncode in {-number, 128 + number}
    assert ("Traceback" in said, sorted(path.name for path in tmp_path.iterdir())) == (False, ["plan.yaml"])


def test_hang_up_is_ignored_where_it_is_to_be_ignored(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(many(100, 12), encoding="utf-8")
    process = subprocess.Popen(
        ["nohup", sys.executable, "-m", "kfl_cli", "build", "-o", "ut"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not [path for path in tmp_path.glob(".ut.*") if len(list(path.iterdir())) > 2]:
        assert process.poll() is None

    process.send_signal(signal.SIGHUP)

    assert (process.wait(timeout=120), (tmp_path / "ut" / "index.html").exists()) == (0, True)


@needs_pango
def test_nothing_is_asked_of_the_network(tmp_path: Path) -> None:
    """Any socket is an error; all of kfl's commands but ``serve`` go on without."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    program = (
        "import socket, sys, runpy\n"
        "def refuse(*_): raise AssertionError('a socket')\n"
        "sys.addaudithook(lambda event, _: refuse() if event.startswith('socket.') else None)\n"
        "sys.argv = ['kfl', *sys.argv[1:]]\n"
        "runpy.run_module('kfl_cli', run_name='__main__')\n"
    )
    for arguments in (
        *COMMANDS,
        ["export", "--pdf"],
        ["build", "-o", "ut"],
        ["--today", "2018-01-02", "release", "--allow-open"],
        ["diff"],
        ["notes", "-o", "n"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, check=False
        )
        assert (arguments, done.returncode < 2, b"a socket" in done.stderr) == (arguments, True, False)
