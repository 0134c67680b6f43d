"""Putting a whole folder in place in one step, without touching what others have put there.

The new folder is made beside the old one and takes its place at once. Files that have not changed are the same files,
with their times; a manifest tells which files were made here, so that only those are ever removed.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.files import beside, umask, write
from kfl_cli.stopping import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MANIFEST = ".kfl-site.json"
_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of renameat2(2)."""


class TakenError(Exception):
    """A file of the same name is there that was not made here."""


class Placed(Struct, frozen=True):
    """What became of the files of a folder."""

    written: int
    same: int
    removed: int
    kept: tuple[str, ...] = ()
    """Files that are no longer made, but were changed by others, and left."""
    remade: tuple[str, ...] = ()
    """Files that others had changed, and that were made anew."""


def put(target: Path, files: Mapping[str, Callable[[], bytes]]) -> Placed:
    """Put ``files`` (what makes each, by name, without folders) in place of those that were put in ``target`` before.

    One is made at a time, so that a folder may be larger than memory. Raises TakenError where a file of others would
    be written over, OSError where the folder cannot be made; then all stands as it was.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent):
        _recover(target)
        known = _manifest(target)
        _refuse_to_take(target, (*files, MANIFEST), known)
        return _put(target, files, known)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one at a time put folders in ``folder``, where the system has such locks; others wait for their turn."""
    handle = -1
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415  not everywhere

        with suppress(OSError):  # a folder that may not be listed, or a disk without locks
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _recover(target: Path) -> None:
    """Clear away what a run left that was killed, and give the old folder its name back if it had just lost it."""
    aside = beside(target, "kfl-old")
    if aside.exists() and not target.exists():
        aside.rename(target)
    for left in (aside, beside(target, "kfl-new")):
        shutil.rmtree(left, ignore_errors=True)


def _refuse_to_take(target: Path, names: tuple[str, ...], known: Mapping[str, str]) -> None:
    for name in names:
        own = name in known if name != MANIFEST else bool(known)
        if os.path.lexists(target / name) and (not own or (target / name).is_dir()):
            raise TakenError(name)


def _put(target: Path, files: Mapping[str, Callable[[], bytes]], known: Mapping[str, str]) -> Placed:
    staging = beside(target, "kfl-new")
    with held() as end_if_asked:
        try:
            staging.mkdir(mode=0o700)
            placed = _stage(staging, target, files, known, end_if_asked)
            staging.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o777 & ~umask())
            _swap(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return placed


def _manifest(target: Path) -> dict[str, str]:
    """Return the files that were made here, with their digests."""
    try:
        found = json.loads((target / MANIFEST).read_bytes())["files"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _stage(
    staging: Path,
    target: Path,
    files: Mapping[str, Callable[[], bytes]],
    known: Mapping[str, str],
    end_if_asked: Callable[[], None],
) -> Placed:
    """Fill the new folder: what is new, what is the same, and what others have put beside it."""
    digests: dict[str, str] = {}
    same = removed = 0
    kept: list[str] = []
    remade: list[str] = []
    for name, make in files.items():
        end_if_asked()
        data = make()
        digests[name] = _digest(data)
        if name in known and (target / name).is_file() and _digest((target / name).read_bytes()) != known[name]:
            remade.append(name)
        same += _fill(staging / name, data, target / name)
    manifest = json.dumps({"files": dict(sorted(digests.items()))}, indent=1) + "\n"
    same += _fill(staging / MANIFEST, manifest.encode(), target / MANIFEST)
    for old in sorted(target.iterdir()) if target.is_dir() else ():
        if old.name in files or old.name == MANIFEST:
            continue
        if old.name not in known:
            _copy(old, staging / old.name)
        elif old.is_file() and _digest(old.read_bytes()) == known[old.name]:
            removed += 1
        else:
            _copy(old, staging / old.name)
            kept.append(old.name)
    return Placed(len(files) + 1 - same, same, removed, tuple(kept), tuple(remade))


def _fill(new: Path, data: bytes, old: Path) -> bool:
    """Write a file of the new folder; return whether it is the old one, which then stands there with its times."""
    if old.is_file() and not old.is_symlink() and old.stat().st_size == len(data) and old.read_bytes() == data:
        _link(old, new)
        return True
    write(new, data)
    return False


def _link(old: Path, new: Path) -> None:
    """Let the same file stand in the new folder; a copy with its times where that cannot be."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _copy(old: Path, new: Path) -> None:
    if old.is_dir() and not old.is_symlink():
        shutil.copytree(old, new, symlinks=True, copy_function=lambda a, b: _link(Path(a), Path(b)))
    else:
        _link(old, new)


def _swap(staging: Path, target: Path) -> None:
    """Let the new folder take the place of the old one; what was there is then in ``staging``."""
    if not target.exists():
        staging.rename(target)
    elif not _exchanged(staging, target):
        aside = beside(target, "kfl-old")
        target.rename(aside)
        staging.rename(target)
        aside.rename(staging)


def _exchanged(staging: Path, target: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux 3.15 and later)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_HERE, os.fsencode(staging), _HERE, os.fsencode(target), _EXCHANGE)
    return done == 0
