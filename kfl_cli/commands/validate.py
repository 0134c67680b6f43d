"""``kfl validate``: check the plan and print the findings in the format that is asked for."""

from __future__ import annotations

import sys

import click

from kfl_cli.commands.failure import EXIT_PLAN, Failure
from kfl_cli.commands.loaded_plan import load_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.terminal import color
from kfl_cli.findings.finding import Rule, Severity
from kfl_cli.findings.report.formats import FORMATS
from kfl_cli.findings.rules.catalogue import RULES, matching
from kfl_cli.text.names import nearest


def _rules(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> frozenset[Rule]:
    """Return the rules that codes, names or beginnings of codes stand for."""
    del ctx
    found: set[Rule] = set()
    patterns = [each for one in value for each in one.split(",") if each.strip()]
    if value and not patterns:
        raise Failure(f"{param.opts[0]} needs a rule")
    for pattern in patterns:
        rules = matching(pattern)
        if not rules:
            near = nearest(pattern, [rule.name for rule in RULES.values()], 1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise Failure(f"{param.opts[0]}: there is no rule '{pattern}'{hint}")
        found |= set(rules)
    return frozenset(found)


def _must_be_shown(rule: Rule) -> bool:
    """Return whether findings of a rule are shown whatever the options: those of a plan that cannot be read."""
    return rule.severity is Severity.ERROR and not rule.may_ignore


@click.command("validate")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for annotations, sarif for code scanning.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE…",
    callback=_rules,
    help="Show only these rules: codes, names or beginnings of codes such as KFL4, with commas.",
)
@click.option("--ignore", multiple=True, metavar="CODE…", callback=_rules, help="Leave these rules out.")
@global_options()
def command(format_: str, select: frozenset[Rule], ignore: frozenset[Rule], *, strict: bool) -> None:
    """Check the plan and say precisely what is wrong with it.

    All problems are shown at once, each with its place in the file and a remedy. 'kfl explain CODE' says more about
    any of them. Errors that no plan can be read with are shown whatever is selected or ignored.

    Exit code: 0 when there are no errors, 1 when there are, 2 when the file cannot be read.

    \b
    kfl validate
    kfl validate --strict
    kfl validate --select KFL4,KFL501
    kfl --plan other.yaml validate --format json
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded = load_plan(thorough=True, with_lock=True)
    checked = loaded.checked
    shown = tuple(
        each
        for each in checked.diagnostics
        if _must_be_shown(each.rule) or ((not select or each.rule in select) and each.rule not in ignore)
    )
    found = loaded.report(shown, color=color())
    click.echo(FORMATS[format_](found), nl=False)
    counts = found.counts()
    if counts["errors"] and format_ == "text":
        click.echo(loaded.say.text("When the errors are mended, kfl looks at the plan as a whole."))
    if counts["errors"] or (strict and counts["warnings"]):
        sys.exit(EXIT_PLAN)
