"""``kfl export``."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from kfl_cli.changes import Teller, history
from kfl_cli.commands.shell import (
    Failure,
    Opened,
    global_options,
    open_valid_plan,
    selected,
    selection_options,
    templates_of,
)
from kfl_cli.contacts import without_contacts
from kfl_cli.exports.context import Context, Windows
from kfl_cli.files import write
from kfl_cli.ledger import standing
from kfl_cli.names import slug
from kfl_cli.published import publish
from kfl_cli.resolve import resolve
from kfl_cli.select import Request, Selection, concerns, select
from kfl_cli.templating import TemplateError
from kfl_cli.view import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.ledger import Ledger, Standing, State
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
    "svg": Exporter("svg", "render", ".svg", "SVG: the year wheel, for a newsletter or a slide."),
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
    opened, schedule = open_valid_plan(with_lock=True)
    ledger = opened.checked.ledger
    _, selection = selected(opened, schedule, request)
    standing = standing_of(opened, schedule, ledger, selection) if ledger else None
    if public:
        schedule, ledger, standing = public_part(opened, schedule, ledger, standing)
    kept = select(schedule, selection)
    if output and Path(output).resolve() in {opened.path.resolve(), opened.lock.resolve()}:
        raise Failure(f"{output} is the plan itself, and was not touched")
    shown = view(schedule, opened.language)
    teller = Teller(opened.language, schedule.plan.language, shown.titles)
    changes = history(ledger, selection, schedule.plan, teller) if ledger and {"md", "html"} & set(formats) else []
    context = Context(shown, selection, templates_of(opened), opened.file, windows, standing, tuple(changes))
    try:
        rendered = {name: EXPORTERS[name].render(kept, context) for name in formats}
    except TemplateError as error:
        raise Failure(str(error)) from error
    _put(rendered, output, _stem(schedule, selection))


def standing_of(opened: Opened, schedule: Schedule, ledger: Ledger, selection: Selection) -> Standing:
    """Return how the plan stands in its ledger, and say how much of what is selected was not released."""
    found = standing(ledger, publish(schedule), schedule.plan.version)
    unreleased = sum(concerns(item, selection, schedule.plan) for item in found.unreleased)
    if unreleased:
        message = opened.say.count(
            "{n} entry is not released as it is here; see «kfl diff»",
            "{n} entries are not released as they are here; see «kfl diff»",
            unreleased,
        )
        click.echo(message, err=True)
    return found


def public_part(
    opened: Opened, schedule: Schedule, ledger: Ledger | None, standing_: Standing | None
) -> tuple[Schedule, Ledger | None, Standing | None]:
    """Return all that is exported without e-mail addresses and phone numbers, and say how many the plan has."""
    placeholder = opened.say.text("(left out)")
    plan, removed = without_contacts(schedule.plan, placeholder)
    left_out = opened.say.count(
        "{n} e-mail address or phone number is left out", "{n} e-mail addresses and phone numbers are left out", removed
    )
    click.echo(left_out, err=True)
    if ledger and standing_:
        cleaned = partial(_without_contacts, placeholder=placeholder)
        releases = tuple(without_contacts(release, placeholder)[0] for release in ledger.releases)
        histories = {uid: tuple(map(cleaned, own)) for uid, own in ledger.histories.items()}
        ledger = replace(ledger, releases=releases, histories=histories)
        standing_ = replace(standing_, dropped={uid: cleaned(state) for uid, state in standing_.dropped.items()})
    return resolve(plan)[0], ledger, standing_


def _without_contacts(state: State, placeholder: str) -> State:
    return replace(state, published=without_contacts(state.published, placeholder)[0])


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
