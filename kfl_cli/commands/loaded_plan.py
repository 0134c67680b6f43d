"""The plan of a call, read and checked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from kfl_cli.commands.failure import EXIT_PLAN
from kfl_cli.commands.options import settings
from kfl_cli.commands.plan_file import find_lock, find_plan, lock_of, read_file, shown_path
from kfl_cli.commands.terminal import color
from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import Checked, run
from kfl_cli.plan.schema import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.exports.templates.environment import Templates
    from kfl_cli.findings.finding import Diagnostic
    from kfl_cli.findings.report.report import Report
    from kfl_cli.schedule.occurrence import Schedule


class LoadedPlan(Struct, frozen=True):
    """A plan file that has been read and checked."""

    path: str
    checked: Checked
    language: str
    """The language to speak: the one asked for, else the plan's."""

    @property
    def file(self) -> str:
        """The path for messages."""
        return shown_path(self.path)

    @property
    def lock(self) -> str:
        """The path of its ledger."""
        return lock_of(self.path)

    @property
    def say(self) -> Translator:
        """Says messages in the language to speak."""
        return Translator(self.language)

    def report(self, findings: Iterable[Diagnostic], *, color: bool = False) -> Report:
        """Return the report of some findings in this file or its ledger."""
        from kfl_cli.findings.report.report import Report  # noqa: PLC0415  only if there is something to report

        lock_file, lock_text = shown_path(self.lock), self.checked.lock_text
        return Report(self.file, self.checked.text, tuple(findings), self.say, color, lock_file, lock_text)


def load_plan(*, thorough: bool = False, with_lock: bool = False) -> LoadedPlan:
    """Read and check the plan of this call, and the ledger beside it. Fails with exit code 2 on one it cannot read."""
    chosen = settings()
    path = find_plan(chosen.plan)
    data = read_file(path)
    lock = find_lock(path)
    checked = run(data, read_file(lock) if lock and with_lock else None, thorough=thorough)
    plan = checked.schedule.plan if checked.schedule else None
    return LoadedPlan(path, checked, chosen.lang or (plan.language if plan else DEFAULT_LANGUAGE))


def load_valid_plan(*, with_lock: bool = False) -> tuple[LoadedPlan, Schedule]:
    """Return the plan of this call; one with errors is reported on standard error, with exit code 1."""
    loaded = load_plan(with_lock=with_lock)
    if loaded.checked.errors or loaded.checked.schedule is None:
        from kfl_cli.findings.report.text import text  # noqa: PLC0415  only if there is an error

        click.echo(text(loaded.report(loaded.checked.diagnostics, color=color(err=True))), nl=False, err=True)
        sys.exit(EXIT_PLAN)
    return loaded, loaded.checked.schedule


def templates_of(loaded: LoadedPlan) -> Templates:
    """Return the templates: those beside the plan first, then kfl's own."""
    from pathlib import Path  # noqa: PLC0415  slow to load; no other step from a plan to a schedule needs it

    from kfl_cli.exports.templates.environment import Templates  # noqa: PLC0415  Jinja is slow to load

    return Templates(Path(loaded.path).absolute().parent)
