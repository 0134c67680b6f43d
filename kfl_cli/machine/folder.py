"""Putting a whole folder in place in one step, without touching what others have put there.

The new folder is made beside the old one and takes its place at once. Files that have not changed are the same files,
with their times; a manifest tells which files were made here, so that only those are ever removed.
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
"""Stands in a new folder until all of it is there: what a run leaves that is killed may then be thrown away."""


_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of renameat2(2)."""


class TakenError(Exception):
    """A file of the same name is there that was not made here."""


class PutResult(Struct, frozen=True):
    """What became of the files of a folder."""

    written: int
    same: int
    removed: int
    kept: tuple[str, ...] = ()
    """Files that are no longer made, but were changed by others, and left."""
    remade: tuple[str, ...] = ()
    """Files that others had changed, and that were made anew."""


def put(target: Path, files: Mapping[str, Callable[[], bytes]]) -> PutResult:
    """Put ``files`` (what makes each, by name, without folders) in place of those that were put in ``target`` before.

    One is made at a time, so that a folder may be larger than memory. Files of others stay where they are; folders of
    others are moved along, not copied. Raises TakenError where a file of others would be written over, OSError where
    the folder cannot be made; then all stands as it was.
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
    """Make a folder with all its files in one step, or in the place of an empty one. Raises OSError."""
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
    """Finish what a run began that was killed: give a folder its name back, or bring over what is of others."""
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
    """Move what others put into the folder that was replaced, or changed in it; all of it, or nothing.

    What they saved there while the new one was made takes the place of what was taken over before. Of a run that was
    killed it does not: what is in the folder now is newer. Raises OSError.
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
    """Return what is of others in a folder that was replaced, and is not yet in the new one as it is."""
    known = _manifest(old)
    for each in sorted(path for path in old.iterdir() if path.name != MANIFEST):
        there = target / each.name
        is_folder = each.is_dir() and not each.is_symlink()
        superseded = killed and not is_folder and os.path.lexists(there) and not there.is_dir()
        if not superseded and not _same_file(each, there) and not _is_own(each, known, there):
            yield each.name


def _clear(old: Path) -> None:
    """Remove a folder of which all that is of others was taken over. The manifest, which tells what is, goes last."""
    for each in [path for path in old.iterdir() if path.name != MANIFEST]:
        each.unlink()
    (old / MANIFEST).unlink(missing_ok=True)
    old.rmdir()


def _is_own(each: Path, known: Mapping[str, str], there: Path) -> bool:
    """Return whether a file was made here, and is made anew or as it was made."""
    is_known = each.name in known and not each.is_dir()
    return is_known and (os.path.lexists(there) or _digest(each.read_bytes()) == known[each.name])


def _swap_back(old: Path, target: Path, new: Path) -> None:
    """Undo ``_swap``, and remove the new folder."""
    if old != new or not _exchanged(old, target):
        target.rename(new)
        old.rename(target)
    shutil.rmtree(new, ignore_errors=True)


def _same_file(one: Path, other: Path) -> bool:
    return os.path.lexists(other) and os.path.samestat(one.lstat(), other.lstat())


def _refuse_to_take(target: Path, names: tuple[str, ...], known: Mapping[str, str]) -> None:
    for name in names:
        own = name in known if name != MANIFEST else bool(known)
        if os.path.lexists(target / name) and (not own or (target / name).is_dir()):
            raise TakenError(name)
    for each in target.iterdir() if target.is_dir() else ():
        if os.path.ismount(each):  # of a link, pathlib says what it leads to
            raise OSError(errno.EBUSY, "another disk is mounted in it", str(each))


def _manifest(target: Path) -> dict[str, str]:
    """Return the files that were made here, with their digests."""
    path = target / MANIFEST
    try:
        found = json.loads(path.read_bytes())["files"] if path.is_file() else {}
    except (ValueError, KeyError, TypeError, RecursionError):
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
) -> PutResult:
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
        if old.name in files or old.name == MANIFEST or (old.is_dir() and not old.is_symlink()):
            continue
        if old.name in known and old.is_file() and _digest(old.read_bytes()) == known[old.name]:
            removed += 1
            continue
        kept += [old.name] if old.name in known else []
        with suppress(OSError):  # where the same file cannot stand in both, it comes along after
            os.link(old, staging / old.name, follow_symlinks=False)
    return PutResult(len(files) + 1 - same, same, removed, tuple(kept), tuple(remade))


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


def _swap(new: Path, target: Path) -> Path | None:
    """Let the new folder take the place of the old one; return where that is now, if there was one."""
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
