"""``kfl export``."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from kfl_cli.commands.shell import Failure, Opened, global_options, open_valid_plan, selected, selection_options
from kfl_cli.contacts import without_contacts
from kfl_cli.exports.context import Context, Windows
from kfl_cli.files import write
from kfl_cli.names import slug
from kfl_cli.resolve import resolve
from kfl_cli.select import Request, Selection
from kfl_cli.templating import TemplateError, Templates
from kfl_cli.view import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.resolve import Schedule


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: where its ``render`` is, and what its files are called."""

    module: str
    function: str
    suffix: str
    help: str
    mark: bytes = b""
    """What a file begins with so that the programs that open it know its encoding."""

    @property
    def render(self) -> Callable[[Schedule, Context], bytes]:
        """Load the format's module and return its function."""
        function: Callable[[Schedule, Context], bytes] = getattr(
            importlib.import_module(f"kfl_cli.exports.{self.module}"), self.function
        )
        return function


EXPORTERS = {
    "md": Exporter("markdown", "render", ".md", "Markdown: the table, for mails and documents."),
    "html": Exporter("html", "render", ".html", "HTML: one page that needs nothing else."),
    "ics": Exporter("ics", "render", ".ics", "iCalendar: events for any calendar."),
    "todo": Exporter(
        "ics", "render_todo", "-todo.ics", "iCalendar: tasks and deadlines as to-dos, in a file of its own."
    ),
    "json": Exporter("json", "render", ".json", "JSON: all of it, for programs."),
    "csv": Exporter("csv", "render", ".csv", "CSV: one line a date, for spreadsheets.", b"\xef\xbb\xbf"),
}


def _format_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, exporter in reversed(EXPORTERS.items()):
        command = click.option(f"--{name}", name, is_flag=True, help=exporter.help)(command)
    return command


@click.command("export")
@_format_options
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR/",
    help="Write this file, or well-named files in this folder; a path that ends in / is a folder.",
)
@click.option(
    "--windows",
    type=click.Choice(get_args(Windows)),
    default="start",
    show_default=True,
    help="How months-long periods stand in a calendar: one entry on the first day, the whole stretch, or not at all.",
)
@click.option(
    "--public", is_flag=True, help="Leave e-mail addresses and phone numbers out, but for those under 'contact'."
)
@selection_options
@global_options()
def command(output: str | None, windows: Windows, *, public: bool, **options: Any) -> None:  # noqa: ANN401  flags and names
    """Write the plan, or a reader's part of it, as Markdown, HTML, iCalendar, JSON or CSV.

    One format goes to the screen unless -o names a file; several need -o with a folder. A plan with errors is not
    exported, and files are written whole or not at all.

    \b
    kfl export --md
    kfl export --region hedmarken --ics -o hedmarken.ics
    kfl export --for styrer --html --ics -o public/
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    formats = [name for name in EXPORTERS if options.pop(name)]
    request = Request(**options)
    if not formats:
        raise Failure("choose a format: " + ", ".join(f"--{name}" for name in EXPORTERS))
    if output == "":
        raise Failure("-o needs a file or a folder")
    if len(formats) > 1 and not _is_folder(output):
        raise Failure("several formats need a folder: -o FOLDER/")
    opened, schedule = open_valid_plan()
    if public:
        schedule = _public(opened, schedule)
    kept, selection = selected(opened, schedule, request)
    if output and Path(output).resolve() == opened.path.resolve():
        raise Failure(f"{output} is the plan itself, and was not touched")
    context = Context(view(schedule, opened.language), selection, _templates(opened.path), opened.file, windows)
    try:
        rendered = {name: EXPORTERS[name].render(kept, context) for name in formats}
    except TemplateError as error:
        raise Failure(str(error)) from error
    _put(rendered, output, _stem(schedule, selection))


def _public(opened: Opened, schedule: Schedule) -> Schedule:
    """Return the schedule without e-mail addresses and phone numbers, and say how many there were."""
    placeholder = opened.say.text("(left out)")
    plan, removed = without_contacts(schedule.plan, placeholder)
    left_out = opened.say.count(
        "{n} e-mail address or phone number is left out", "{n} e-mail addresses and phone numbers are left out", removed
    )
    click.echo(left_out, err=True)
    return resolve(plan)[0]


def _templates(plan: Path) -> Templates:
    folder = plan.absolute().parent / "templates"
    return Templates(folder if folder.is_dir() else None)


def _is_folder(output: str | None) -> bool:
    return output is not None and (output.endswith(("/", "\\")) or Path(output).is_dir())


def _stem(schedule: Schedule, selection: Selection) -> str:
    """Return a file name without suffix: the plan's id and whom the selection is for."""
    marks = ("", "", "-responsible", "-audience")
    parts = [f"{slug(name)}{mark}" for name, mark in zip(selection.names, marks, strict=True) if name]
    return "-".join([schedule.plan.id, *parts])


def _put(rendered: dict[str, bytes], output: str | None, stem: str) -> None:
    """Write what was rendered where the user wants it. Fails with exit code 2 where that cannot be written."""
    if output is None or output == "-":
        for data in rendered.values():
            sys.stdout.buffer.write(data)
        return
    target = Path(output)
    try:
        if _is_folder(output):
            target.mkdir(parents=True, exist_ok=True)
        for name, data in rendered.items():
            exporter = EXPORTERS[name]
            file = target / f"{stem}{exporter.suffix}" if _is_folder(output) else target
            write(file, exporter.mark + data)
            click.echo(file, err=True)
    except OSError as error:
        raise Failure(f"{target}: {error.strerror}") from error
