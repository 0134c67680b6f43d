"""``kfl release``: publish the plan as it is: check it, say what changed, and write the ledger."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kfl_cli.checks.renamed_activities import renamed
from kfl_cli.commands.clock import now
from kfl_cli.commands.failure import EXIT_PLAN, Failure
from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options, settings
from kfl_cli.commands.plan_file import find_lock, find_plan, lock_of, read_file, shown_path
from kfl_cli.exports.wording import wording_of
from kfl_cli.machine.file import write
from kfl_cli.releases.change_texts import ChangeWording, as_text
from kfl_cli.releases.diff import compare
from kfl_cli.releases.ledger import Ledger, Release
from kfl_cli.releases.lockfile import dump
from kfl_cli.releases.next_ledger import next_ledger
from kfl_cli.releases.published_occurrence import publish
from kfl_cli.releases.version import Version, next_version, read_version
from kfl_cli.schedule.open_questions import GapKind, gaps
from kfl_cli.text.characters import clean_line
from kfl_cli.text.combining_marks import MOST_MARKS, stacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.commands.loaded_plan import LoadedPlan
    from kfl_cli.schedule.occurrence import Schedule


class VersionParameter(click.ParamType[Version]):
    """The version of a release: a day, for a further release on it with its number."""

    name = "version"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Version:
        """Return the version, or fail as click's usage errors do."""
        found = value if isinstance(value, Version) else read_version(str(value))
        if found is not None:
            return found
        self.fail(f"'{value}' is not a day; write it as 2018-01-04 or 4.1.2018", param, ctx)


@click.command("release")
@click.argument("version", type=VersionParameter(), required=False)
@click.option("--comment", default="", metavar="TEXT", help="What readers should know of this release.")
@click.option("--allow-open", is_flag=True, help="Release although the plan leaves questions open.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@global_options()
def command(version: Version | None, comment: str, *, allow_open: bool, dry_run: bool) -> None:
    """Publish the plan as it is now: what changed is shown, and kept in plan.lock for calendars to follow.

    VERSION is a day, not before the last release; the plan's own version unless said. The second release of a day is
    2018-01-10.2. A plan with errors is not released, nor one with open questions unless that is allowed.

    Exit code: 0 when it was released, 1 when the plan cannot be, 2 for a wrong version or when nothing changed.

    \b
    kfl release --dry-run
    kfl release --comment "Workshop 2 er flyttet"
    kfl release 2018-01-10 --allow-open
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    with _alone():
        _release(version, comment, allow_open=allow_open, dry_run=dry_run)


def _release(version: Version | None, comment: str, *, allow_open: bool, dry_run: bool) -> None:
    loaded, schedule = load_valid_plan(with_lock=True)
    ledger = loaded.checked.ledger or Ledger(schedule.plan.id)
    published, day = publish(schedule), schedule.plan.version
    if ledger.releases and not compare(ledger.current, published):
        raise Failure("nothing has changed since the last release")
    if not allow_open:
        _refuse_open(loaded, schedule)
    release = _next_release(version or (Version(day) if day else None), comment, ledger)
    ahead = next_ledger(ledger, published, release)
    changed = sum(len(history) != len(ledger.histories.get(uid, ())) for uid, history in ahead.histories.items())
    _warn_of_renames(loaded, schedule, ledger)
    change_wording = ChangeWording(
        loaded.language, schedule.plan.language, wording_of(schedule).titles, schedule.plan.labels
    )
    sections = change_wording.sections(compare(ledger.current, published) if ledger.releases else [])
    if not dry_run:
        _write_ledger(ahead, loaded)
    if sections:
        click.echo(as_text(sections) + "\n")
    _say_done(loaded, release, changed, ledger.releases[-1] if ledger.releases else None, dry_run=dry_run)


@contextmanager
def _alone() -> Iterator[None]:
    """Lock the ledger while a release reads it, decides and writes, if the system can. Fails with exit code 2.

    What is locked is the folder that the ledger is in: the ledger and the plan are replaced when they are saved, and a
    lock on the old file would keep nobody from the new one. The plan file is locked too, for kfl 0.2 locks that alone.
    """
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:  # pragma: no cover
        yield
        return
    plan = find_plan(settings().plan)
    with ExitStack() as locks:
        for path in (Path(os.path.realpath(lock_of(plan))).parent, plan):
            with suppress(OSError):  # a fault is reported when the plan is read; not every disk can lock
                handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
                locks.callback(os.close, handle)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise Failure("another release of this plan is running") from error
        yield


def _next_release(version: Version | None, comment: str, ledger: Ledger) -> Release:
    """Return the release to come. Fails with exit code 2 where its version or its comment cannot be."""
    chosen = _version(version, ledger)
    if stacked(comment) is not None:
        raise Failure(f"--comment: more than {MOST_MARKS} marks stand on one letter")
    return Release(chosen, _stamp(chosen, ledger), clean_line(comment))


def _write_ledger(ledger: Ledger, loaded: LoadedPlan) -> None:
    """Write the ledger beside the plan. Fails with exit code 2 if it cannot be written, or is not as it was read."""
    lock = find_lock(loaded.path)
    if (read_file(lock) if lock else b"") != loaded.checked.lock:
        raise Failure("another release of this plan is running")
    try:
        write(Path(loaded.lock), dump(ledger))
    except OSError as error:
        raise Failure(f"{shown_path(loaded.lock)}: {error.strerror}") from error


def _stamp(version: Version, ledger: Ledger) -> datetime:
    """Return the time stamp of a release, later than that of all before: calendars keep the newer of two entries."""
    if not ledger.releases:
        return max(now(), datetime.combine(version.day, time(), UTC))
    return max(now(), ledger.releases[-1].stamp + timedelta(seconds=2))


def _version(version: Version | None, ledger: Ledger) -> Version:
    """Return the version to release. Fails with exit code 2 if there is none, or it is not the next of its day."""
    if version is None:
        raise Failure("the plan has no version; write 'version:' under 'plan:', or name one: kfl release 2018-01-10")
    last = ledger.releases[-1].version if ledger.releases else None
    if last is not None and version.day < last.day:
        raise Failure(f"version {version} is not later than the last release, {last}; change 'version:' under 'plan:'")
    coming = next_version(version.day, last)
    if version.number not in {1, coming.number}:
        raise Failure(f"the next release of {version.day} is {coming}, not {version}")
    return coming


def _refuse_open(loaded: LoadedPlan, schedule: Schedule) -> None:
    """Report open questions and what is tentative on standard error, with exit code 1."""
    found = [
        gap
        for gap in gaps(schedule)
        if gap.kind is GapKind.QUESTION or (gap.kind is GapKind.TENTATIVE and not gap.asked)
    ]
    if not found:
        return
    say = loaded.say
    for gap in found:
        what = gap.question or say.text("tentative")
        click.echo(f"{loaded.file}:{gap.span.line}: {gap.activity.title}: {what}", err=True)
    count = say.count("{n} question is open", "{n} questions are open", len(found))
    remedy = say.text("settle what is open, or release with --allow-open")
    click.echo(f"{count}; {remedy}", err=True)
    sys.exit(EXIT_PLAN)


def _warn_of_renames(loaded: LoadedPlan, schedule: Schedule, ledger: Ledger) -> None:
    from kfl_cli.findings.report.text import text  # noqa: PLC0415  only with findings

    found = tuple(renamed(schedule, ledger.current))
    if found:
        click.echo(text(loaded.report(found)), nl=False, err=True)


def _say_done(loaded: LoadedPlan, release: Release, changed: int, last: Release | None, *, dry_run: bool) -> None:
    say = loaded.say
    done = say.text("would be released") if dry_run else say.text("is released")
    changes = say.count("{n} entry is new, changed or cancelled", "{n} entries are new, changed or cancelled", changed)
    click.echo(f"{release.version} {done}: {changes}")
    if release.version.number > 1 and last and last.stamp.date() < release.stamp.date():
        day = f"{release.version.day}"
        click.echo(
            say.text("the version in the plan is still {day}; raise it, for readers see it").format(day=day), err=True
        )
