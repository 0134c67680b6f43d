"""``kfl explain``: print what a rule finds, why it matters and what to write instead; without a code, list all."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.options import global_options
from kfl_cli.commands.plan_file import language
from kfl_cli.findings.explain import explanation
from kfl_cli.findings.rules.catalogue import RULES, find
from kfl_cli.language.translator import Translator
from kfl_cli.text.names import nearest


class RuleName(click.ParamType[str]):
    """The code or the name of a rule, as an argument that the shell can complete."""

    name = "code"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the codes that begin like ``incomplete``."""
        del ctx, param
        return [
            CompletionItem(rule.code, help=rule.name)
            for rule in RULES.values()
            if rule.code.startswith(incomplete.upper())
        ]


@click.command("explain")
@click.argument("code", type=RuleName(), required=False)
@global_options()
def command(code: str | None) -> None:
    """Say what a rule finds, why it matters and what to write instead.

    CODE is a code or a name from a report. Without it, all rules are listed.

    \b
    kfl explain KFL303
    kfl explain yearless-date
    kfl --lang en explain
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    say = Translator(language())
    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code} {rule.name} ({say.text(rule.severity.value)})\n    {say.text(rule.finds)}")
        return
    found = find(code)
    if found is None:
        near = nearest(code, [rule.name for rule in RULES.values()], 1)
        raise Failure(f"there is no rule '{code}'" + (f"; did you mean '{near[0]}'?" if near else ""))
    click.echo(explanation(found, say), nl=False)
