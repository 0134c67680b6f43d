"""``kfl schema``: print the JSON Schema of a plan file."""

from __future__ import annotations

import click

from kfl_cli.commands.options import global_options
from kfl_cli.exports.json_contract import export_schema
from kfl_cli.plan.schema import json_schema
from kfl_cli.text.json import encode


@click.command("schema")
@click.option("--export", "of_export", is_flag=True, help="The schema of 'kfl export --json' instead.")
@global_options()
def command(*, of_export: bool) -> None:
    """Print the JSON Schema of plan.yaml.

    An editor that knows it completes keys, explains them and marks mistakes while you type.

    \b
    kfl schema > kfl.schema.json
    kfl schema --export
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    click.echo(encode(export_schema() if of_export else json_schema()))
