"""What ``kfl diff`` and ``kfl notes`` share: finding two states of a plan and what changed between them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from kfl_cli.commands.failure import EXIT_PLAN, Failure
from kfl_cli.commands.plan_file import Opened, language, open_valid_plan, read_file
from kfl_cli.dates import Day, parse
from kfl_cli.exports.wording import wording_of
from kfl_cli.findings.report.report import Report
from kfl_cli.findings.report.text import text
from kfl_cli.language.days import say_plain_day
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.pipeline import run
from kfl_cli.releases.change_texts import Teller
from kfl_cli.releases.diff import Change, compare
from kfl_cli.releases.published_occurrence import Published, publish

if TYPE_CHECKING:
    from datetime import date

    from kfl_cli.releases.ledger import Ledger
    from kfl_cli.schedule.occurrence import Schedule

_RELEASE = "release:"


class PlanState(Struct, frozen=True):
    """A state of the plan: what its readers see, and what to call it."""

    name: str
    """As the user named it."""
    published: dict[str, Published]
    version: date | None
    language: str


class Comparison(Struct, frozen=True):
    """Two states of the plan of this call, and what changed between them."""

    opened: Opened
    schedule: Schedule
    old: PlanState
    new: PlanState
    changes: list[Change]
    teller: Teller

    def title(self, whom: str = "") -> str:
        """Return what the changes are of, and for whom."""
        plan = self.schedule.plan.title
        return f"{self.teller.say.text('Changes in')} {plan}{f' – {whom}' if whom else ''}"

    def since(self) -> str:
        """Return between which versions."""
        old, new = self._version(self.old), self._version(self.new)
        if old == new:  # while one writes, the version is raised last
            return self.teller.say.text("Since version {old}").format(old=old)
        return self.teller.say.text("From version {old} to version {new}").format(old=old, new=new)

    def comments(self) -> list[str]:
        """Return what was said of the releases between the two states."""
        first, last = self.old.version, self.new.version
        releases = self.opened.checked.ledger.releases if self.opened.checked.ledger else ()
        between = [each for each in releases if first and last and first < each.version <= last]
        return [release.comment for release in between if release.comment]

    def _version(self, state: PlanState) -> str:
        words = VOCABULARIES[self.opened.language]
        return say_plain_day(state.version, words) if state.version else state.name


def compared(old: str | None, new: str | None, *, last_release: bool = False) -> Comparison:
    """Return what changed between two states; from the last release to the plan, where they are not named.

    With ``last_release``, a plan that is released as it is is compared with the release before.

    Fails with exit code 2 where a state is not found, with 1 where it has errors.
    """
    opened, schedule = open_valid_plan(with_lock=True)
    plan = schedule.plan
    ledger = opened.checked.ledger
    if old is None and ledger is None:
        raise Failure("the plan was never released: name what to compare with, or release it with 'kfl release'")
    before = _state(opened, old if old is not None else _last(ledger, publish(schedule) if last_release else None))
    after = _state(opened, new) if new else PlanState(opened.file, publish(schedule), plan.version, plan.language)
    teller = Teller(opened.language, after.language, wording_of(schedule).titles)
    return Comparison(opened, schedule, before, after, compare(before.published, after.published), teller)


def _last(ledger: Ledger | None, published: dict[str, Published] | None) -> str:
    """Return the name of the last release; of the one before, where ``published`` is what the last one published."""
    releases = ledger.releases if ledger else ()
    released = ledger is not None and published == ledger.current and len(releases) > 1
    return f"{_RELEASE}{releases[-2 if released else -1].version}"


def _state(opened: Opened, name: str) -> PlanState:
    """Return the state that is a release, a plan file or a git revision."""
    if name.startswith(_RELEASE):
        return _released(opened, name)
    path = Path(name)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False  # a name that no file can have
    return _read(opened, name, read_file(name) if is_file else _from_git(opened.path, name))


def _released(opened: Opened, name: str) -> PlanState:
    ledger, schedule = opened.checked.ledger, opened.checked.schedule
    version = parse(name.removeprefix(_RELEASE).strip())
    releases = ledger.releases if ledger else ()
    found = next((each for each in releases if isinstance(version, Day) and each.version == version.date), None)
    if found is None or ledger is None or schedule is None:
        known = ", ".join(f"{_RELEASE}{each.version}" for each in releases) or "none"
        raise Failure(f"there is no {name}; the releases are: {known}")
    return PlanState(name, ledger.at(found.version), found.version, schedule.plan.language)


def _from_git(plan: str, revision: str) -> bytes:
    """Return the plan file as it was at a git revision.

    Git is told that the name is no option, and to fetch nothing: a repository may name a command to fetch with.
    """
    path = Path(plan).absolute()
    verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    try:
        commit = _git(path.parent, *verify).decode().strip()
        int(commit, 16)  # «^HEAD» is no revision
        return _git(path.parent, "show", f"{commit}:./{path.name}")
    except FileNotFoundError as error:
        raise Failure(f"{revision}: there is no such file, and git is not installed") from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise Failure(f"{revision}: there is no such file, and no git revision with {path.name}") from error


def _git(folder: Path, *arguments: str) -> bytes:
    alone = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(["git", *arguments], cwd=folder, env=alone, capture_output=True, check=True).stdout  # noqa: S603, S607


def _read(opened: Opened, name: str, data: bytes) -> PlanState:
    """Return the state of a plan; one with errors is reported on standard error, with exit code 1."""
    checked = run(data)
    if checked.errors or checked.schedule is None:
        click.echo(text(Report(name, checked.text, checked.diagnostics, Translator(language()))), nl=False, err=True)
        sys.exit(EXIT_PLAN)
    plan = checked.schedule.plan
    if opened.checked.schedule and plan.id != opened.checked.schedule.plan.id:
        raise Failure(f"{name} is another plan: its id is '{plan.id}'")
    return PlanState(name, publish(checked.schedule), plan.version, plan.language)
