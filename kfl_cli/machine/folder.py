"""Replacing a whole folder in one step, without touching files that others put into it.

The new folder is made beside the old one and takes its place at once. Unchanged files stay the same files, with their
times. A manifest lists the files that were made here, so that only those are ever removed.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.machine.file import beside, dress, write
from kfl_cli.machine.signals import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MANIFEST = ".kfl-site.json"


_UNFINISHED = ".kfl-unfinished"
"""A file in a new folder until that is complete: with it, what a killed run left behind may be thrown away."""


_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of renameat2(2)."""


class TakenError(Exception):
    """There is a file of the same name that was not made here."""


class PutResult(Struct, frozen=True):
    """How many files of a folder are new or changed, unchanged and removed."""

    written: int
    same: int
    removed: int
    kept: tuple[str, ...] = ()
    """Names of files that are no longer needed but were left, since others had changed them."""
    remade: tuple[str, ...] = ()
    """Names of files that others had changed, and that were made again."""


def put(target: Path, files: Mapping[str, Callable[[], bytes]]) -> PutResult:
    """Replace the files that were put into ``target`` before by ``files``: functions that make them, by name.

    Names have no folders. One file is made at a time, so that the folder may be larger than memory. Files of others
    stay; folders of others are moved along, not copied. Raises TakenError if a file of others would be overwritten,
    OSError if the folder cannot be made; then everything is as it was.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent), held() as end_if_asked:
        _recover(target)
        known = _manifest(target)
        _refuse_to_take(target, (*files, MANIFEST), known)
        new = beside(target, "kfl-new")
        try:
            new.mkdir(mode=0o700)
            (new / _UNFINISHED).touch()
            placed = _stage(new, target, files, known, end_if_asked)
            dress(new, target, 0o777)
            (new / _UNFINISHED).unlink()
            old = _swap(new, target)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        if old:
            try:
                _bring_along(old, target)
            except BaseException:
                _swap_back(old, target, new)
                raise
            _clear(old)
    return placed


def create(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with all its files in one step; there may be an empty one. Raises OSError."""
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent), held():
        new = beside(target, "kfl-whole")
        shutil.rmtree(new, ignore_errors=True)
        try:
            new.mkdir(mode=0o700)
            for name, data in files.items():
                write(new / name, data)
            dress(new, target, 0o777)
            if target.exists():
                target.rmdir()
            new.rename(target)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock on ``folder``, if the system has such locks: only one run at a time replaces folders in it."""
    handle = -1
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415  not on Windows

        with suppress(OSError):  # the folder may not be listed, or the disk has no locks
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _recover(target: Path) -> None:
    """Finish what a killed run began: give the old folder its name back, or move the files of others to the new one."""
    for left in (beside(target, "kfl-old"), beside(target, "kfl-new")):
        if left.is_symlink() or (left.exists() and not left.is_dir()):
            raise FileExistsError(errno.EEXIST, "is in the way, and kfl did not make it", str(left))
        if not left.exists():
            continue
        if (left / _UNFINISHED).exists():
            shutil.rmtree(left, ignore_errors=True)
        elif not target.exists():
            left.rename(target)
        else:
            _bring_along(left, target, killed=True)
            _clear(left)


def _bring_along(old: Path, target: Path, *, killed: bool = False) -> None:
    """Move files that others put into the replaced folder, or changed in it, to the new one: all of them or none.

    What they saved while the new folder was made replaces what was linked into it before. After a killed run it does
    not: then the file in the new folder is newer. Raises OSError.
    """
    theirs = list(_of_others(old, target, killed=killed))
    for name in theirs:
        if os.path.lexists(target / name) and ((old / name).is_dir() or (target / name).is_dir()):
            raise FileExistsError(errno.EEXIST, "is left from a run that was stopped; move it by hand", str(old / name))
    moved = []
    try:
        for name in theirs:
            (old / name).replace(target / name)
            moved.append(name)
    except BaseException:
        for name in moved:
            (target / name).replace(old / name)
        raise


def _of_others(old: Path, target: Path, *, killed: bool) -> Iterator[str]:
    """Return the names of others' files in a replaced folder that are not, or not as they are, in the new one."""
    known = _manifest(old)
    for path in sorted(path for path in old.iterdir() if path.name != MANIFEST):
        there = target / path.name
        is_folder = path.is_dir() and not path.is_symlink()
        superseded = killed and not is_folder and os.path.lexists(there) and not there.is_dir()
        if not superseded and not _same_file(path, there) and not _was_made_here(path, known, there):
            yield path.name


def _clear(old: Path) -> None:
    """Remove a replaced folder that holds nothing of others any more; its manifest last, which is what tells."""
    for path in [path for path in old.iterdir() if path.name != MANIFEST]:
        path.unlink()
    (old / MANIFEST).unlink(missing_ok=True)
    old.rmdir()


def _was_made_here(path: Path, known: Mapping[str, str], there: Path) -> bool:
    """Return whether a file was made here, and was made again or is unchanged."""
    is_known = path.name in known and not path.is_dir()
    return is_known and (os.path.lexists(there) or _digest(path.read_bytes()) == known[path.name])


def _swap_back(old: Path, target: Path, new: Path) -> None:
    """Undo ``_swap``, and remove the new folder."""
    if old != new or not _exchanged(old, target):
        target.rename(new)
        old.rename(target)
    shutil.rmtree(new, ignore_errors=True)


def _same_file(one: Path, other: Path) -> bool:
    return os.path.lexists(other) and os.path.samestat(one.lstat(), other.lstat())


def _refuse_to_take(target: Path, names: tuple[str, ...], known: Mapping[str, str]) -> None:
    """Raise TakenError if a file of others has one of the names, OSError if a disk is mounted in the folder."""
    for name in names:
        made_here = name in known if name != MANIFEST else bool(known)
        if os.path.lexists(target / name) and (not made_here or (target / name).is_dir()):
            raise TakenError(name)
    for path in target.iterdir() if target.is_dir() else ():
        if os.path.ismount(path):  # pathlib would follow a link
            raise OSError(errno.EBUSY, "another disk is mounted in it", str(path))


def _manifest(target: Path) -> dict[str, str]:
    """Return the digests of the files that were made here, by name."""
    path = target / MANIFEST
    try:
        files = json.loads(path.read_bytes())["files"] if path.is_file() else {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {str(name): str(digest) for name, digest in files.items()} if isinstance(files, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _stage(
    staging: Path,
    target: Path,
    files: Mapping[str, Callable[[], bytes]],
    known: Mapping[str, str],
    end_if_asked: Callable[[], None],
) -> PutResult:
    """Fill the new folder: new files, unchanged ones, and those that others put beside them."""
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
        if old.name in files or old.name == MANIFEST or (old.is_dir() and not old.is_symlink()):
            continue
        if old.name in known and old.is_file() and _digest(old.read_bytes()) == known[old.name]:
            removed += 1
            continue
        kept += [old.name] if old.name in known else []
        with suppress(OSError):  # if a file cannot be linked into both folders, it is moved later
            os.link(old, staging / old.name, follow_symlinks=False)
    return PutResult(len(files) + 1 - same, same, removed, tuple(kept), tuple(remade))


def _fill(new: Path, data: bytes, old: Path) -> bool:
    """Put a file into the new folder; return whether it is unchanged: then it is the old one, with its times."""
    if old.is_file() and not old.is_symlink() and old.stat().st_size == len(data) and old.read_bytes() == data:
        _link(old, new)
        return True
    write(new, data)
    return False


def _link(old: Path, new: Path) -> None:
    """Link a file into the new folder; copy it with its times if it cannot be linked."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _swap(new: Path, target: Path) -> Path | None:
    """Let the new folder take the place of the old one; return the path of the old one now, None if there was none."""
    if not target.exists():
        new.rename(target)
        return None
    if _exchanged(new, target):
        return new
    aside = beside(target, "kfl-old")
    target.rename(aside)
    try:
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    return aside


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
