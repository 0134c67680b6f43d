"""The plan file of a call: where it is, what is in it, and the language to speak beside it."""

from __future__ import annotations

import contextlib
import os
import stat

import click

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.options import settings
from kfl_cli.plan.schema import DEFAULT_LANGUAGE
from kfl_cli.plan.yaml.reader import MOST_BYTES
from kfl_cli.text.terminal import printable

PLAN_FILE = "plan.yaml"


def find_plan(chosen: str | None) -> str:
    """Return the plan file that was asked for, or the nearest one upwards. Fails with exit code 2."""
    if chosen:
        return chosen
    folder, above = "", os.getcwd()
    while folder != above:
        folder, above = above, os.path.dirname(above)
        path = os.path.join(folder, PLAN_FILE)
        if os.path.isfile(path):
            return path
        if os.path.lexists(path) and not os.path.isdir(path):  # the plan of a folder above was not meant either
            raise Failure(f"{shown_path(path)} is no file")
    raise Failure(
        f"there is no {PLAN_FILE} here or in a folder above; write one with 'kfl init', or name it with --plan"
    )


def lock_of(plan: str) -> str:
    """Return the path of a plan's ledger: beside it, with the suffix ``.lock``."""
    stem, suffix = os.path.splitext(plan)
    return f"{plan if suffix == '.' else stem}.lock"


def find_lock(plan: str) -> str | None:
    """Return the path of a plan's ledger if there is one. Fails with exit code 2 on a pipe or a device."""
    lock = lock_of(plan)
    if os.path.exists(lock) and not os.path.isdir(lock) and not os.path.isfile(lock):
        raise Failure(f"{shown_path(lock)} is no file")
    return lock if os.path.lexists(lock) else None


def read_file(path: str) -> bytes:
    """Return the bytes of a file, no more than needed to see that it is too large. Fails with exit code 2."""
    try:
        with open(path, "rb") as file:
            if stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                raise Failure(f"{shown_path(path)} is no file")
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Failure(f"{shown_path(path)}: {error.strerror}") from error


def shown_path(path: str) -> str:
    """Return a path for messages: relative to the current folder if it is below that, and safe to print."""
    plain = path if os.pardir in path.split(os.sep) else os.path.normpath(path)  # «..» may leave a linked folder
    with contextlib.suppress(FileNotFoundError):  # the current folder may be gone
        plain = plain.removeprefix(os.path.join(os.getcwd(), ""))
    return printable(plain)


def language() -> str:
    """Return the language for a command that needs no plan: the one asked for, else that of the nearest plan."""
    chosen = settings()
    if chosen.lang is None:
        from kfl_cli.plan.load.language import plan_language  # noqa: PLC0415  only if no language was asked for

        with contextlib.suppress(OSError, click.ClickException):
            return plan_language(read_file(find_plan(chosen.plan)))
    return chosen.lang or DEFAULT_LANGUAGE
