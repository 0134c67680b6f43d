"""The click group with the global options; it loads the module of a command only when that is called."""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kfl_cli import __version__
from kfl_cli.commands.options import global_options
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {
    "validate": "Check the plan and say precisely what is wrong with it.",
    "upcoming": "What starts, is due and is going on in the days ahead.",
    "list": "The activities of a region or a party as a table.",
    "show": "One activity with all its dates and tasks.",
    "open": "What the plan leaves open, by who answers for it.",
    "matrix": "Activities with sessions by region and group, gaps marked.",
    "done": "Write in the plan that something is done; the rest stays as it is.",
    "release": "Publish the plan as it is; calendars and readers follow.",
    "diff": "What changed since the last release, or any other state.",
    "notes": "A message for each region and party whom changes concern.",
    "export": "The plan as Markdown, HTML, PDF, iCalendar, JSON, SVG or CSV.",
    "build": "Make a whole site: pages and calendars for each reader.",
    "serve": "Show the site in a browser, anew when the plan changes.",
    "explain": "What a rule finds, why it matters and what to write instead.",
    "init": "Write a small plan to start from.",
    "schema": "Print the JSON Schema of plan.yaml, for editors.",
}
"""The commands with their lines in ``kfl --help``, in the order of use; kept here so that help loads none of them."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called (click's documented pattern)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kfl_cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401  click's own
    ) -> click.Context:
        """Read the options; an error message about them is made safe to print."""
        with _printable_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own
        """Run the command; the message of a failure is made safe to print."""
        with _printable_errors():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; if it is misspelled, suggest the nearest one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from kfl_cli.text.names import nearest  # noqa: PLC0415  only on an error

            near = nearest(args[0], COMMANDS, 1)
            if near:
                raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@contextmanager
def _printable_errors() -> Iterator[None]:
    """Replace escapes and other control characters in the messages of click's errors, which quote arguments."""
    try:
        yield
    except click.ClickException as error:
        error.message = printable(error.message)  # type: ignore[misc]
        raise


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kfl")
@global_options(hidden=False)
def cli() -> None:
    """One plan file, checked, and shown to each reader as they need it.

    \b
    kfl validate                          what is wrong with plan.yaml
    kfl upcoming                          what is ahead
    kfl export --region hedmarken --ics   one region's calendar

    The plan is the nearest plan.yaml, in this folder or one above it.
    """  # noqa: D301  \b is click's mark for lines that stay as they are
