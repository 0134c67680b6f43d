"""Finding, reading and checking the plan of a call."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from functools import partial
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from kfl_cli.commands.failure import EXIT_PLAN, Failure
from kfl_cli.commands.options import settings
from kfl_cli.commands.terminal import color
from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import Checked, run
from kfl_cli.plan.load.plan_file import DEFAULT_LANGUAGE
from kfl_cli.plan.yaml.reader import MOST_BYTES
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.exports.templates.environment import Templates
    from kfl_cli.findings.report.report import Report
    from kfl_cli.schedule.occurrence import Schedule

PLAN_FILE = "plan.yaml"


class Opened(Struct, frozen=True):
    """A plan file that has been read and checked."""

    path: str
    file: str
    """The path as the user would write it."""
    checked: Checked
    language: str

    @property
    def lock(self) -> str:
        """Where the ledger of its releases is: beside it, with the suffix ``.lock``."""
        return lock_of(self.path)

    @property
    def report(self) -> Callable[..., Report]:
        """Makes the report of some findings."""
        from kfl_cli.findings.report.report import Report  # noqa: PLC0415  only where something is reported

        return partial(
            Report, self.file, self.checked.text, lock_file=shown_path(self.lock), lock_text=self.checked.lock_text
        )

    @property
    def say(self) -> Translator:
        """Says messages in the language asked for."""
        return Translator(self.language)


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
        if os.path.lexists(path) and not os.path.isdir(path):  # nor is the plan of a folder above what was meant
            raise Failure(f"{shown_path(path)} is no file")
    raise Failure(
        f"there is no {PLAN_FILE} here or in a folder above; write one with 'kfl init', or name it with --plan"
    )


def lock_of(plan: str) -> str:
    """Return where the ledger of a plan is."""
    stem, suffix = os.path.splitext(plan)
    return f"{plan if suffix == '.' else stem}.lock"


def open_plan(*, thorough: bool = False, with_lock: bool = False) -> Opened:
    """Read and check the plan of this call, and the ledger beside it. Fails with exit code 2 on one it cannot read."""
    chosen = settings()
    path = find_plan(chosen.plan)
    data = read_file(path)
    lock = lock_of(path)
    has_lock = os.path.lexists(lock)
    if os.path.exists(lock) and not os.path.isdir(lock) and not os.path.isfile(lock):
        raise Failure(f"{shown_path(lock)} is no file")
    checked = run(data, read_file(lock) if with_lock and has_lock else None, thorough=thorough)
    plan = checked.schedule.plan if checked.schedule else None
    language = chosen.lang or (plan.language if plan else DEFAULT_LANGUAGE)
    return Opened(path, shown_path(path), checked, language)


def read_file(path: str) -> bytes:
    """Return what is in a file, no more than a plan may have. Fails with exit code 2 where it cannot be read."""
    try:
        with open(path, "rb") as file:
            if stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                raise Failure(f"{shown_path(path)} is no file")
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Failure(f"{shown_path(path)}: {error.strerror}") from error


def language() -> str:
    """Return the language to speak where no plan is needed: the one asked for, else that of a plan that is near."""
    if settings().lang is None:
        with contextlib.suppress(OSError, click.ClickException):
            schedule = run(read_file(find_plan(settings().plan))).schedule
            return schedule.plan.language if schedule else DEFAULT_LANGUAGE
    return settings().lang or DEFAULT_LANGUAGE


def shown_path(path: str) -> str:
    """Return the path relative to where the user stands, where it lies below; one that can be shown."""
    plain = path if os.pardir in path.split(os.sep) else os.path.normpath(path)  # «..» may leave a linked folder
    with contextlib.suppress(FileNotFoundError):  # the folder where the user stands may be gone
        plain = plain.removeprefix(os.path.join(os.getcwd(), ""))
    return printable(plain)


def open_valid_plan(*, with_lock: bool = False) -> tuple[Opened, Schedule]:
    """Return the plan of this call; one with errors is reported on standard error, with exit code 1."""
    opened = open_plan(with_lock=with_lock)
    if opened.checked.errors or opened.checked.schedule is None:
        from kfl_cli.findings.report.text import text  # noqa: PLC0415  only on an error

        report = opened.report(opened.checked.diagnostics, opened.say, color=color(err=True))
        click.echo(text(report), nl=False, err=True)
        sys.exit(EXIT_PLAN)
    return opened, opened.checked.schedule


def templates_of(opened: Opened) -> Templates:
    """Return the templates: those beside the plan first, then kfl's own."""
    from pathlib import Path  # noqa: PLC0415  as slow to load as all that finds a plan

    from kfl_cli.exports.templates.environment import Templates  # noqa: PLC0415  Jinja is slow to load

    return Templates(Path(opened.path).absolute().parent)
