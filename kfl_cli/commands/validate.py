"""``kfl validate``."""

from __future__ import annotations

import sys

import click

from kfl_cli import report
from kfl_cli.commands.shell import EXIT_PLAN, color, global_options, open_plan


@click.command("validate")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(report.FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for annotations, sarif for code scanning.",
)
@global_options()
def command(format_: str, *, strict: bool) -> None:
    """Check the plan and say precisely what is wrong with it.

    All problems are shown at once, each with its place in the file and a remedy. 'kfl explain CODE' says more about
    any of them.

    Exit code: 0 when there are no errors, 1 when there are, 2 when the file cannot be read.

    \b
    kfl validate
    kfl validate --strict
    kfl --plan other.yaml validate --format json
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    opened = open_plan()
    checked = opened.checked
    found = report.Report(opened.file, checked.text, checked.diagnostics, opened.say, color=color())
    click.echo(report.FORMATS[format_](found), nl=False)
    counts = found.counts()
    if counts["errors"] or (strict and counts["warnings"]):
        sys.exit(EXIT_PLAN)
