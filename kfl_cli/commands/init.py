"""``kfl init``: write a small plan with comments, to start from."""

from __future__ import annotations

from pathlib import Path

import click

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.options import global_options, settings
from kfl_cli.commands.plan_file import PLAN_FILE
from kfl_cli.exports.templates.environment import SHIPPED
from kfl_cli.language.message import Message
from kfl_cli.language.translator import Translator
from kfl_cli.machine.file import write
from kfl_cli.plan.schema import DEFAULT_LANGUAGE
from kfl_cli.text.terminal import printable


@click.command("init")
@click.argument("file", type=click.Path(path_type=Path), default=Path(PLAN_FILE))
@global_options()
def command(file: Path) -> None:
    """Write a small plan with comments, to start from.

    FILE is plan.yaml unless said. A file that is there already is never touched.

    \b
    kfl init
    kfl --lang nn init
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    language = settings().lang or DEFAULT_LANGUAGE
    name = f"init.{language}.yaml"
    data = next(path.read_bytes() for folder in SHIPPED if (path := folder / name).is_file())
    if file.exists() or file.is_symlink():
        raise Failure(f"{file} is there already, and was not touched")
    try:
        write(file, data)
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}") from error
    command_ = "kfl validate" if file == Path(PLAN_FILE) else f"kfl --plan {file} validate"
    message = Message("{file} is written. Next: {command}", file=str(file), command=command_)
    click.echo(printable(Translator(language).message(message)))
