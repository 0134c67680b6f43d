"""Finding the two snapshots that ``kfl diff`` and ``kfl notes`` compare: releases, plan files, git revisions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kfl_cli.commands.failure import EXIT_PLAN, Failure
from kfl_cli.commands.loaded_plan import LoadedPlan, load_valid_plan
from kfl_cli.commands.plan_file import read_file
from kfl_cli.findings.report.report import Report
from kfl_cli.findings.report.text import text
from kfl_cli.machine.git import GitMissingError, RevisionError, file_at
from kfl_cli.pipeline import run
from kfl_cli.releases.comparison import (
    RELEASE,
    Comparison,
    Snapshot,
    UnknownReleaseError,
    compare_snapshots,
    last_release,
    released_snapshot,
    snapshot_of,
)

if TYPE_CHECKING:
    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Schedule


def compared(
    old: str | None, new: str | None, *, last_changes: bool = False
) -> tuple[LoadedPlan, Schedule, Comparison]:
    """Return the plan of this call, and what changed between two snapshots; by default the last release and the plan.

    With ``last_changes``, a plan that was not changed since the last release is compared with the release before.

    Fails with exit code 2 if a snapshot is not found, with 1 if it has errors.
    """
    loaded, schedule = load_valid_plan(with_lock=True)
    plan, ledger = schedule.plan, loaded.checked.ledger
    now = snapshot_of(loaded.file, schedule, ledger)
    if old is None:
        if ledger is None:
            raise Failure("the plan was never released: name what to compare with, or release it with 'kfl release'")
        old = last_release(ledger, now.published if last_changes else None)
    before = _snapshot(loaded, plan, old)
    after = _snapshot(loaded, plan, new) if new else now
    return loaded, schedule, compare_snapshots(plan, ledger, before, after, loaded.language)


def _snapshot(loaded: LoadedPlan, plan: Plan, name: str) -> Snapshot:
    """Return the snapshot that is a release, a plan file or a git revision."""
    if name.startswith(RELEASE):
        try:
            return released_snapshot(name, loaded.checked.ledger, plan.language)
        except UnknownReleaseError as error:
            raise Failure(str(error)) from error
    checked = run(_data(loaded, name))
    if checked.errors or checked.schedule is None:
        click.echo(text(Report(name, checked.text, checked.diagnostics, loaded.say)), nl=False, err=True)
        sys.exit(EXIT_PLAN)
    if checked.schedule.plan.id != plan.id:
        raise Failure(f"{name} is another plan: its id is '{checked.schedule.plan.id}'")
    return snapshot_of(name, checked.schedule)


def _data(loaded: LoadedPlan, name: str) -> bytes:
    """Return the plan file of that name, or the one of this call at the git revision of that name."""
    path = Path(loaded.path).absolute()
    try:
        is_file = Path(name).is_file()
    except OSError:
        is_file = False  # no file can have such a name
    if is_file:
        return read_file(name)
    try:
        return file_at(path, name)
    except GitMissingError as error:
        raise Failure(f"{name}: there is no such file, and git is not installed") from error
    except RevisionError as error:
        raise Failure(f"{name}: there is no such file, and no git revision with {path.name}") from error
