"""Writing: whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kfl_cli.machine.file import write
from tests.conftest import WITHOUT_COVERAGE


def test_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"gammel")
    target.chmod(0o640)

    write(target, b"ny")

    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"ny", 0o640)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give files away")
def test_file_that_is_replaced_keeps_its_owner(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"gammel")
    os.chown(target, 1234, 2345)

    write(target, b"ny")

    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 2345)


def test_new_file_gets_the_permissions_of_the_umask(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(tmp_path / "ny", b"")
    finally:
        os.umask(mask)

    assert (tmp_path / "ny").stat().st_mode & 0o777 == 0o640


def test_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "ekte", tmp_path / "lenke"
    target.write_bytes(b"gammel")
    link.symlink_to(target)

    write(link, b"ny")

    assert (link.is_symlink(), target.read_bytes()) == (True, b"ny")


def test_device_is_written_to_and_not_replaced() -> None:
    write(Path("/dev/null"), b"ny")

    assert Path("/dev/null").is_char_device()


def test_folder_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write(tmp_path, b"ny")

    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "mangler" / "plan.ics", b"ny")


def test_file_that_cannot_be_written_leaves_the_old_one_whole(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: both stop a write in the middle."""
    target = tmp_path / "plan.ics"
    target.write_bytes(b"gammel")
    program = (
        "import resource, signal, sys, pathlib\n"
        "from kfl_cli.machine.file import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write(pathlib.Path(sys.argv[1]), b'x' * 100_000)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(target)], env=WITHOUT_COVERAGE, capture_output=True, check=False
    )

    assert (done.returncode, target.read_bytes(), list(tmp_path.iterdir())) == (1, b"gammel", [target])


def test_file_on_a_disk_under_dev_is_replaced_as_any_other() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder) / "ut.csv"
        write(path, b"en\n")
        write(path, b"to\n")

        assert path.read_bytes() == b"to\n"
