"""``kfl build``: make the site: the page, calendars and data of the whole plan and of each reader, in one folder."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from kfl_cli.commands.announcement import announced_plan
from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import load_valid_plan, templates_of
from kfl_cli.commands.options import global_options
from kfl_cli.exports.context import Context, PeriodsShown
from kfl_cli.exports.site import Builder, reader_parts
from kfl_cli.exports.templates.environment import TemplateError
from kfl_cli.exports.wording import wording_of
from kfl_cli.machine.folder import TakenError, put
from kfl_cli.schedule.select import Selection
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kfl_cli.commands.loaded_plan import LoadedPlan
    from kfl_cli.language.translator import Translator
    from kfl_cli.machine.folder import PutResult
    from kfl_cli.schedule.occurrence import Schedule

_SOON = 1.0
"""Seconds after which a progress bar is shown."""


@click.command("build")
@click.option("-o", "--output", required=True, metavar="DIR/", help="The folder of the site.")
@click.option(
    "--url", default="", metavar="URL", help="The address it will have, for links that subscribe to calendars."
)
@click.option(
    "--windows",
    "periods_shown",
    type=click.Choice(get_args(PeriodsShown)),
    default="start",
    show_default=True,
    help="How months-long periods stand in the calendars.",
)
@click.option("--closed", is_flag=True, help="Put the closed periods into the calendars.")
@click.option(
    "--public", is_flag=True, help="Leave e-mail addresses and phone numbers out, but for those under 'contact'."
)
@global_options()
def command(output: str, url: str, periods_shown: PeriodsShown, *, closed: bool, public: bool) -> None:
    """Make a whole site: a page and a calendar for each region, each party and each pair of them that has anything.

    All links are relative: the folder can be copied to any web server, or opened as it is. It takes the place of the
    one before in one step. Files that have not changed keep their times, those that are no longer needed go, and what
    kfl did not make is left alone.

    \b
    kfl build -o public/
    kfl build -o public/ --url https://www.example.no/plan/
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    if url and not (re.fullmatch(r"https?://[^\s?#]+", url) and url.isprintable()):
        raise Failure(f"'{url}' is not the address of a site; write it as https://www.example.no/plan/")
    loaded, schedule = load_valid_plan(with_lock=True)
    target = Path(output)
    _refuse_to_replace(output, loaded.path)
    builder = builder_of(loaded, schedule, url, periods_shown, closed=closed, public=public)
    try:
        with ExitStack() as stack:
            placed = put(target, _with_progress(builder.makers(), stack))
    except TemplateError as error:
        raise Failure(str(error)) from error
    except TakenError as error:
        raise Failure(f"{target / str(error)} is there, and kfl did not make it; name another folder") from error
    except OSError as error:
        name = f" ({Path(error.filename).name})" if error.filename else ""
        raise Failure(f"{output}: {error.strerror}{name}") from error
    _report(output, placed, loaded.say)


def _refuse_to_replace(output: str, plan: str) -> None:
    """Fail with exit code 2 if the folder of the site would be one that holds much else."""
    home = os.path.expanduser("~")  # noqa: PTH111  pathlib raises an error if there is no home
    for held, what in ((plan, "the plan itself"), (Path.cwd(), "where you stand"), (home, "your home")):
        if Path(os.path.realpath(held)).is_relative_to(os.path.realpath(output)):
            raise Failure(f"{output} holds {what}; name a folder for the site alone")


def _report(output: str, placed: PutResult, say: Translator) -> None:
    """Print how many files are new, and name those that others had changed."""
    folder = printable(str(Path(output)))
    for name in map(printable, placed.remade):
        click.echo(f"{folder}/{name} was changed by hand, and is made anew", err=True)
    for name in map(printable, placed.kept):
        click.echo(f"{folder}/{name} is no longer needed, but was changed by hand, and is left", err=True)
    made = say.count("{n} file is new or changed", "{n} files are new or changed", placed.written)
    same = say.count("{n} is as before", "{n} are as before", placed.same)
    removed = say.count("{n} is removed", "{n} are removed", placed.removed)
    click.echo(f"{printable(output)}: {made}, {same}, {removed}")


def builder_of(
    loaded: LoadedPlan, schedule: Schedule, url: str, periods_shown: PeriodsShown, *, closed: bool, public: bool
) -> Builder:
    """Return the builder of a plan's site."""
    outgoing = announced_plan(loaded, schedule, Selection(), public=public)
    shown = wording_of(outgoing.schedule, loaded.language)
    context = Context(
        shown, Selection(), templates_of(loaded), loaded.file, periods_shown, outgoing.standing, closed=closed
    )
    address = f"{url.rstrip('/')}/" if url else ""
    return Builder(
        outgoing.schedule, context, outgoing.ledger, address, reader_parts(outgoing.schedule, outgoing.standing)
    )


def _with_progress(makers: Mapping[str, Callable[[], bytes]], stack: ExitStack) -> dict[str, Callable[[], bytes]]:
    """Return functions that make each file and move a progress bar, which is shown in a terminal if it takes long."""
    start = time.monotonic()
    moved: list[Callable[[int], None]] = []

    def made(step: int, make: Callable[[], bytes]) -> bytes:
        if not moved and sys.stderr.isatty() and time.monotonic() - start > _SOON:
            moved.append(stack.enter_context(click.progressbar(length=len(makers), file=sys.stderr)).update)
            moved[0](step)
        elif moved:
            moved[0](1)
        return make()

    return {name: partial(made, step, make) for step, (name, make) in enumerate(makers.items())}
