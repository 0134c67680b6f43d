"""What the commands share: global and selection options, finding and opening the plan, exit codes.

Exit codes: 0 fine, 1 the plan has errors, 2 usage or environment (a bad option, no such file).
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click
from msgspec import Struct

from kfl_cli.commands.options import Settings, settings
from kfl_cli.load import DEFAULT_LANGUAGE
from kfl_cli.names import slug
from kfl_cli.pipeline import Checked, run
from kfl_cli.screen import printable
from kfl_cli.select import Request, Selection, SelectionError, regions, select, understand
from kfl_cli.source import MOST_BYTES
from kfl_cli.translate import Translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from kfl_cli.model import Plan
    from kfl_cli.report import Report
    from kfl_cli.resolve import Schedule
    from kfl_cli.templating import Templates

P = ParamSpec("P")
R = TypeVar("R")

EXIT_PLAN, EXIT_USAGE = 1, 2
PLAN_FILE = "plan.yaml"


# --- the plan ---------------------------------------------------------------------------------------------------------


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
        from kfl_cli.report import Report  # noqa: PLC0415  only where something is reported

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
    opened = Opened(path, shown_path(path), checked, language)
    _keep(opened)
    return opened


def _keep(opened: Opened) -> None:
    """Keep a plan until garbage is searched for, which a short run never does: its memory goes at once, at the end.

    Given back value by value, that took a twentieth of a run.
    """
    kept: list[object] = [opened]
    kept.append(kept)


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
        from kfl_cli.report import text  # noqa: PLC0415  only on an error

        report = opened.report(opened.checked.diagnostics, opened.say, color=color(err=True))
        click.echo(text(report), nl=False, err=True)
        sys.exit(EXIT_PLAN)
    return opened, opened.checked.schedule


def templates_of(opened: Opened) -> Templates:
    """Return the templates: those beside the plan first, then kfl's own."""
    from pathlib import Path  # noqa: PLC0415  as slow to load as all that finds a plan

    from kfl_cli.templating import Templates  # noqa: PLC0415  Jinja is slow to load

    return Templates(Path(opened.path).absolute().parent)


class Failure(click.ClickException):
    """An error of usage or environment."""

    exit_code = EXIT_USAGE


def color(*, err: bool = False) -> bool:
    """Return whether the stream is a terminal whose user wants colours (no-color.org)."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def today(plan: Plan) -> date:
    """Return the day to look from: the one asked for, else today where the plan is."""
    chosen = settings().today
    if chosen is not None:
        return chosen
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only where the clock is asked

    return datetime.now(ZoneInfo(plan.timezone)).date()


def now() -> datetime:
    """Return this moment in UTC, to the second; the midnight of the day to look from, where one was asked for."""
    chosen = settings().today
    return datetime.combine(chosen, time(), UTC) if chosen else datetime.now(UTC).replace(microsecond=0)


# --- selecting --------------------------------------------------------------------------------------------------------


class Named(click.ParamType[str]):
    """A name that shell completion takes from the plan."""

    def __init__(self, kind: str) -> None:
        """Complete names of this kind: region, party or activity."""
        self.name = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the ids that begin like ``incomplete``, with their names as help."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  only while completing

        del param
        plan = _plan_to_complete(ctx)
        found = _names(plan, self.name) if plan else []
        return [CompletionItem(id_, help=name) for id_, name in found if id_.startswith(slug(incomplete))]


def _plan_to_complete(ctx: click.Context) -> Plan | None:
    root = ctx.find_root()
    chosen = root.params.get("global_plan") or os.environ.get("KFL_PLAN")
    known = root.obj if isinstance(root.obj, Settings) else Settings()
    try:
        checked = run(read_file(find_plan(known.plan or chosen)))
    except (OSError, click.ClickException):
        return None
    return checked.schedule.plan if checked.schedule else None


def _names(plan: Plan, kind: str) -> list[tuple[str, str]]:
    match kind:
        case "region":
            return [(id_, names[0]) for id_, names, _ in regions(plan)]
        case "party":
            return [(party.id, party.name) for party in plan.parties]
        case _:
            return [(activity.id, activity.title) for activity in plan.activities]


def _only_one(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    """Return the value of an option, which may be given once: of two, none would silently be left out."""
    if len(value) > 1:
        raise click.BadParameter("may be given only once", ctx, param)
    return value[0] if value else None


def selection_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add the options that keep a reader's part of the plan."""

    def option(name: str, *more: str, **attributes: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:  # noqa: ANN401
        return click.option(f"--{name}", *more, multiple=True, callback=_only_one, **attributes)

    options = (
        option("region", type=Named("region"), help="Keep what concerns a region, group or municipality."),
        option("for", "party", type=Named("party"), help="Keep what a party answers for or is the audience of."),
        option("responsible", type=Named("party"), help="Keep what a party answers for."),
        option("audience", type=Named("party"), help="Keep what a party is the audience of."),
        option("from", "start", metavar="DATE", help="Keep what is not over before a date, such as 'uke 3 2018'."),
        option("until", metavar="DATE", help="Keep what begins no later than a date, such as 'vår 2018'."),
    )
    for each in reversed(options):
        command = each(command)
    return command


def selected(opened: Opened, schedule: Schedule, request: Request) -> tuple[Schedule, Selection]:
    """Return what a request keeps. Fails with exit code 2 where a name or a date is not understood."""
    try:
        selection = understand(request, schedule.plan)
    except SelectionError as error:
        say = opened.say.message
        hint = f" ({say(error.hint)})" if error.hint else ""
        raise Failure(f"{error.option}: {say(error.message)}{hint}") from error
    return select(schedule, selection), selection
