"""Files as they were at a revision of a git repository."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class GitMissingError(Exception):
    """The program git is not installed."""


class RevisionError(Exception):
    """There is no such revision, or it has no such file."""


def file_at(path: Path, revision: str) -> bytes:
    """Return a file as it was at a revision of the repository that its folder is in.

    Git is told that ``revision`` is no option, and to fetch nothing: a repository may name a command to fetch with.
    Raises GitMissingError and RevisionError.
    """
    verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    try:
        commit = _git(path.parent, *verify).decode().strip()
        int(commit, 16)  # «^HEAD» is no revision
        return _git(path.parent, "show", f"{commit}:./{path.name}")
    except FileNotFoundError as error:
        raise GitMissingError from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise RevisionError from error


def _git(folder: Path, *arguments: str) -> bytes:
    """Run git without network and prompts, and return what it prints."""
    alone = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(["git", *arguments], cwd=folder, env=alone, capture_output=True, check=True).stdout  # noqa: S603, S607
