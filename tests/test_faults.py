"""Faults: each call that writes fails, or the run is killed in it, in turn; strace makes the faults."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kfl_cli.machine.file import beside, write
from kfl_cli.machine.folder import MANIFEST, put
from tests.conftest import WITHOUT_COVERAGE, needs_strace
from tests.plans import plan_text
from tests.test_build import names, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


pytestmark = needs_strace

CALLS = [
    "write",
    "linkat",
    "rename",
    "renameat2",
    "fsync",
    "mkdir",
    "unlink",
    "unlinkat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchown",
]
PLAN = plan_text("- {id: mote, title: Møte, when: 7.2.2018, responsible: [styrer]}")
FILE = "from pathlib import Path; from kfl_cli.machine.file import write; write(Path('fil'), b'ny')"
FOLDER = (
    "from functools import partial; from pathlib import Path; from kfl_cli.machine.folder import put; "
    "put(Path('ut'), {'a': partial(bytes, b'ny'), 'b': partial(bytes, b'ny'), 'c': partial(bytes, b'gammel')})"
)


STEADY = {**WITHOUT_COVERAGE, "PYTHONDONTWRITEBYTECODE": "1"}
"""The environment in which a command makes the same calls each time."""


def traced(folder: Path, trace: Path, command: tuple[str, ...], *faults: str) -> subprocess.CompletedProcess[bytes]:
    """Run a Python command in a folder; write the calls that write, as they are made, to ``trace``."""
    shutil.rmtree(folder.with_name("work"), ignore_errors=True)
    shutil.copytree(folder, folder.with_name("work"))
    strace = ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}", *faults]
    return subprocess.run(
        [*strace, sys.executable, *command],
        cwd=folder.with_name("work"),
        env=STEADY,
        capture_output=True,
        check=False,
    )


def faults(folder: Path, fault: str, *command: str) -> Iterator[tuple[Path, int]]:
    """Run a Python command in a copy of ``folder`` with a fault in each call that writes; yields the copy and code."""
    trace = folder.with_name("trace")
    done = traced(folder, trace, command)
    assert done.returncode == 0, done.stderr
    made = Counter(re.findall(r"^\d+ +(\w+)\(", trace.read_text(encoding="utf-8"), re.MULTILINE))
    assert made["write"]
    for call, times in made.items():
        for number in range(1, times + 1):
            inject = ["-e", f"inject={call}:{fault}:when={number}"]
            if fault.startswith("error"):  # strace stops at these calls alone, but sends no signals then
                inject.append("--seccomp-bpf")
            done = traced(folder, trace, command, *inject)
            calls = trace.read_text(encoding="utf-8")
            assert "INJECTED" in calls or "killed by SIGKILL" in calls
            assert b"Traceback" not in done.stderr or command[0] == "-c"
            yield folder.with_name("work"), done.returncode


def again(work: Path, *command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=work, check=True, capture_output=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("fault", ["error=ENOSPC", "error=EIO", "error=EROFS"])
def test_file_stands_as_it_was_where_a_call_fails(base: Path, fault: str) -> None:
    (base / "fil").write_bytes(b"gammel")
    tried = 0
    for work, code in faults(base, fault, "-c", FILE):
        # whom the file belongs to is kept if that can be, the rest is needed
        assert (code, contents(work)) in [(1, {"fil": b"gammel"}), (0, {"fil": b"ny"})]
        tried += code
    assert tried == 7


def test_file_is_old_or_new_where_the_run_is_killed_and_the_next_run_clears_up(base: Path) -> None:
    (base / "fil").write_bytes(b"gammel")
    hidden = beside(base / "fil", "kfl").name
    seen = []
    for work, code in faults(base, "signal=KILL", "-c", FILE):
        assert code == -signal.SIGKILL
        seen.append(contents(work))
        again(work, "-c", FILE)
        assert contents(work) == {"fil": b"ny"}

    assert [each for each in seen if each != {"fil": b"gammel"}] == [{"fil": b"gammel", hidden: b"ny"}]


@pytest.mark.parametrize("fault", ["error=ENOSPC", "signal=KILL"])
def test_folder_is_old_or_new_whole(base: Path, fault: str) -> None:
    old = {"a": b"gammel", "b": b"gammel", "c": b"gammel"}
    put(base / "ut", texts(old))
    (base / "ut" / "andres").write_bytes(b"andres")
    (base / "ut" / "mappe").mkdir()
    (base / "ut" / "mappe" / "fil").write_bytes(b"andres")
    new = {"a": b"ny", "b": b"ny", "c": b"gammel", "andres": b"andres", MANIFEST: b""}
    was = contents(base / "ut")
    for work, code in faults(base, fault, "-c", FOLDER):
        now = contents(work / "ut")
        assert now == was or {**now, MANIFEST: b""} == new
        if fault != "signal=KILL" and now == was:
            assert (names(work), code) == (["ut"], 1)
        again(work, "-c", FOLDER)
        assert ({**contents(work / "ut"), MANIFEST: b""}, names(work)) == (new, ["ut"])
        assert contents(work / "ut" / "mappe") == {"fil": b"andres"}


@pytest.mark.parametrize("fault", ["error=ENOSPC", "signal=KILL"])
@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["export", "--ics", "-o", "ut.ics"], "ut.ics"),
        (["--today", "2018-01-02", "release"], "plan.lock"),
        (["init", "ny.yaml"], "ny.yaml"),
    ],
)
def test_command_leaves_the_file_old_or_new(base: Path, fault: str, command: list[str], name: str) -> None:
    (base / "plan.yaml").write_text(PLAN, encoding="utf-8")
    whole = base.with_name("whole")
    shutil.copytree(base, whole)
    again(whole, "-m", "kfl_cli", *command)
    for work, code in faults(base, fault, "-m", "kfl_cli", *command):
        assert code in ((2, 0) if fault != "signal=KILL" else (-signal.SIGKILL,))
        assert contents(work).get(name) in (None, (whole / name).read_bytes())


MESSAGES = (
    "from pathlib import Path; from kfl_cli.machine.folder import create; "
    "create(Path('utkast'), {'a': b'1', 'b': b'2', 'c': b'3'})"
)


@pytest.mark.parametrize("fault", ["error=ENOSPC", "error=EIO"])
def test_messages_are_all_there_or_none(base: Path, fault: str) -> None:
    written = {"a": b"1", "b": b"2", "c": b"3"}
    for work, code in faults(base, fault, "-c", MESSAGES):
        messages = contents(work / "utkast") if (work / "utkast").exists() else {}
        assert messages in [{}, written]
        assert messages or code == 1
        assert [name for name in names(work) if name.startswith(".")] == []


def test_notes_that_find_no_room_leave_nothing(base: Path) -> None:
    (base / "plan.yaml").write_text(PLAN, encoding="utf-8")
    again(base, "-m", "kfl_cli", "--today", "2018-01-02", "release", "--allow-open")
    (base / "plan.yaml").write_text(PLAN.replace("7.2.2018", "8.2.2018"), encoding="utf-8")
    full = ["-e", "inject=write:error=ENOSPC:when=3"]

    done = traced(base, base.with_name("trace"), ("-m", "kfl_cli", "notes", "-o", "utkast"), *full)

    assert (done.returncode, done.stderr) == (2, b"Error: utkast: No space left on device\n")
    assert names(base.with_name("work")) == ["plan.lock", "plan.yaml"]


def test_write_goes_on_beside_what_others_left(tmp_path: Path) -> None:
    """A killed run may have left something at the temporary path; a folder there is an error."""
    target = tmp_path / "fil"
    target.write_bytes(b"gammel")
    beside(target, "kfl").mkdir()

    with pytest.raises(OSError, match="fil"):
        write(target, b"ny")

    assert target.read_bytes() == b"gammel"


def test_two_builds_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-m", "kfl_cli", "--lang", "en", "build", "-o", "ut"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    told = sorted((run.communicate(timeout=60), run.returncode) for run in runs)

    count = len(names(tmp_path / "ut"))
    assert told == [
        ((f"ut: 0 files are new or changed, {count} are as before, 0 are removed\n", ""), 0),
        ((f"ut: 0 files are new or changed, {count} are as before, 0 are removed\n", ""), 0),
        ((f"ut: {count} files are new or changed, 0 are as before, 0 are removed\n", ""), 0),
    ]
    assert names(tmp_path) == ["plan.yaml", "ut"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_in_the_middle_waits_until_the_file_is_whole(tmp_path: Path, number: int) -> None:
    """The signal comes while a write waits in ``fsync``, which strace delays."""
    (tmp_path / "fil").write_bytes(b"gammel")
    strace = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(tmp_path / "trace"),
        "-e",
        "trace=fsync",
        "-e",
        "inject=fsync:delay_enter=2s",
    ]
    told = "import os, signal, threading; signal.signal(signal.SIGINT, signal.default_int_handler); "
    late = f"threading.Timer(0.5, os.kill, (os.getpid(), {int(number)})).start(); "
    done = subprocess.run(
        [*strace, sys.executable, "-c", told + late + FILE], cwd=tmp_path, env=WITHOUT_COVERAGE, check=False
    )

    (tmp_path / "trace").unlink()
    assert (done.returncode, contents(tmp_path)) == (128 + number, {"fil": b"ny"})
