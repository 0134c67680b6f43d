"""Writing files whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kfl_cli.machine.signals import held

if TYPE_CHECKING:
    from collections.abc import Iterable

_OWN_STREAM = re.compile("/(?:dev|proc/self)/(?:fd/([0-9]{1,6})|(stdin|stdout|stderr))")
"""Paths of the streams of this process."""


_TRIES = 100
"""How often runs that write the same file at once may collide before one gives up."""


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace the file ``path`` by ``data``, whole or in pieces, in one step. Raises OSError; then it is as it was.

    A link is followed, permissions and owner are kept, and the data is on the disk before the name points to it.
    Where the system can (Linux 3.11 and later, open(2), O_TMPFILE), the new file has no name until it is complete, so
    that a run that is killed leaves nothing behind.
    """
    own = _OWN_STREAM.fullmatch(os.path.abspath(path))  # noqa: PTH100  no link followed
    if own or (path.exists() and not path.is_file() and not path.is_dir()):
        with _own(own) if own else path.open("ab") as stream:  # a pipe or a device is written to, not replaced
            stream.writelines(_pieces(data))
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    with held():
        try:
            _write(target, _pieces(data))
        except OSError as error:  # it may name a handle or a temporary file
            raise OSError(error.errno, error.strerror, str(path)) from error


def beside(target: Path, use: str) -> Path:
    """Return the path of a hidden temporary file or folder beside ``target``; the same one for the same ``use``."""
    digest = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:8]
    return target.with_name(f".{target.name[:40]}.{digest}.{use}")


def dress(new: int | str | Path, target: Path, mode: int) -> None:
    """Give a new file or folder the permissions and the owner of the one that it replaces; if none, default ones."""
    try:
        old = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(new, mode & ~mask)  # noqa: PTH101  pathlib has no chmod of an open file
        return
    with suppress(OSError, AttributeError):  # only root may give files away, and not on every system
        os.chown(new, old.st_uid, old.st_gid)
    os.chmod(new, old.st_mode & 0o7777)  # noqa: PTH101


def _own(stream: re.Match[str]) -> BinaryIO:
    """Return a copy of one of this process's streams; a file opened anew would be overwritten from its beginning."""
    number = int(stream[1]) if stream[1] else ("stdin", "stdout", "stderr").index(stream[2])
    return os.fdopen(os.dup(number), "wb")


def _pieces(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (data,) if isinstance(data, bytes) else data


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    handle, name = _opened(target)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            dress(name or handle, target, 0o666)
            os.fsync(handle)
            if not name:
                _name(handle, target)
        if name:
            Path(name).replace(target)
    except BaseException:
        if name:
            Path(name).unlink(missing_ok=True)
        raise


def _opened(target: Path) -> tuple[int, str]:
    """Return the handle of a new file on the disk of ``target``, and its path; empty if it has no name yet."""
    if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
        with suppress(OSError):
            return os.open(target.parent, os.O_TMPFILE | os.O_WRONLY, 0o600), ""
    from tempfile import mkstemp  # noqa: PLC0415  slow to load, and seldom needed

    return mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)


def _name(handle: int, target: Path) -> None:
    """Let a file without a name take the place of ``target``.

    If there is an old file, the new one gets a name beside it first. That name is the same each time: what a run that
    was killed at this point left behind is replaced by the next.
    """
    between = beside(target, "kfl")
    for _ in range(_TRIES):
        with suppress(FileExistsError):
            return _link(handle, target)
        with suppress(FileNotFoundError, FileExistsError):  # another run writes the same file, just as completely
            between.unlink(missing_ok=True)
            _link(handle, between)
            return _replace(between, target)
    raise FileExistsError(17, os.strerror(17), str(between))


def _link(handle: int, name: Path) -> None:
    os.link(f"/proc/self/fd/{handle}", name, src_dir_fd=handle, follow_symlinks=True)


def _replace(between: Path, target: Path) -> None:
    try:
        between.replace(target)
    except OSError:
        between.unlink(missing_ok=True)
        raise
