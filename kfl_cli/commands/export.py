"""``kfl export``: write the plan, or a part of it, in one or several formats."""

from __future__ import annotations

import importlib
import os
import re
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.commands.announcement import announced_plan
from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import LoadedPlan, load_valid_plan, templates_of
from kfl_cli.commands.options import global_options
from kfl_cli.commands.selection import selected, selection_options
from kfl_cli.exports.context import CalendarLinks, Context, PeriodsShown, UnavailableError, Views, selected_names
from kfl_cli.exports.templates.environment import TemplateError
from kfl_cli.exports.wording import wording_of
from kfl_cli.schedule.select import Request, Selection, select
from kfl_cli.text.names import slug
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kfl_cli.exports.outgoing_plan import OutgoingPlan
    from kfl_cli.releases.change_texts import ReleaseChanges
    from kfl_cli.schedule.occurrence import Schedule


class Exporter(Struct, frozen=True):
    """A format: the module and function that render it, the suffix of its files and its help."""

    module: str
    function: str
    suffix: str
    help: str
    byte_order_mark: bytes = b""
    """Bytes at the beginning of a file by which programs know its encoding."""
    tells_changes: bool = False
    """Whether it shows the changes of the last releases."""
    has_views: bool = False
    """Whether it shows several views, of which ``--view`` chooses one."""

    @property
    def render(self) -> Callable[[Schedule, Context], Iterable[bytes]]:
        """Load the format's module and return its function, which gives a file in pieces."""
        function: Callable[[Schedule, Context], bytes | Iterable[bytes]] = getattr(
            importlib.import_module(f"kfl_cli.exports.{self.module}"), self.function
        )

        def pieces(schedule: Schedule, context: Context) -> Iterable[bytes]:
            rendered = function(schedule, context)
            return (rendered,) if isinstance(rendered, bytes) else rendered

        return pieces


EXPORTERS = {
    "md": Exporter("markdown", "render", ".md", "Markdown: the table, for mails and documents.", tells_changes=True),
    "html": Exporter(
        "page.html", "render", ".html", "HTML: one page that needs nothing else.", tells_changes=True, has_views=True
    ),
    "ics": Exporter("calendar.writer", "render", ".ics", "iCalendar: events for any calendar."),
    "todo": Exporter(
        "calendar.writer", "render_todo", "-todo.ics", "iCalendar: tasks and deadlines as to-dos, in a file of its own."
    ),
    "json": Exporter("json", "render", ".json", "JSON: all of it, for programs."),
    "svg": Exporter("drawings.svg", "render", ".svg", "SVG: the year wheel, for a newsletter or a slide."),
    "pdf": Exporter(
        "page.pdf",
        "render",
        ".pdf",
        "PDF: the page as it prints; needs WeasyPrint, the extra kfl[pdf].",
        tells_changes=True,
        has_views=True,
    ),
    "csv": Exporter("csv", "render", ".csv", "CSV: one line a date, for spreadsheets.", b"\xef\xbb\xbf"),
}


_RESERVED = re.compile("con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)
"""Names that no file can have on Windows, whatever its suffix."""


class _Separator(click.Choice[str]):
    """What may stand between the cells of a CSV file; a tab is said by its name or as shells and programs write it."""

    def __init__(self) -> None:
        super().__init__([",", ";", "tab"])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the separator that was named. Fails with exit code 2 if it is none."""
        named = "tab" if value in {"\t", r"\t"} else value
        return super().convert(named, param, ctx).replace("tab", "\t")


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
    "periods_shown",
    type=click.Choice(get_args(PeriodsShown)),
    default="start",
    show_default=True,
    help="How months-long periods stand in a calendar: one entry on the first day, the whole stretch, or not at all.",
)
@click.option("--closed", is_flag=True, help="Put the closed periods into the calendar; needs --ics.")
@click.option(
    "--view",
    type=click.Choice(get_args(Views)),
    help="Show only this on the page; needs --html or --pdf.",
)
@click.option(
    "--csv-separator",
    type=_Separator(),
    help="What stands between the cells of --csv; ';' is what Excel expects in Norwegian.  [default: ,]",
)
@click.option(
    "--public", is_flag=True, help="Leave e-mail addresses and phone numbers out, but for those under 'contact'."
)
@selection_options
@global_options()
def command(
    request: Request,
    output: str | None,
    periods_shown: PeriodsShown,
    view: Views | None,
    csv_separator: str | None,
    *,
    closed: bool,
    public: bool,
    **flags: bool,
) -> None:
    """Write the plan, or a reader's part of it, as Markdown, HTML, PDF, iCalendar, JSON, SVG or CSV.

    One format goes to the screen unless -o names a file; several need -o with a folder. A plan with errors is not
    exported, and files are written whole or not at all.

    \b
    kfl export --md
    kfl export --region hedmarken --ics -o hedmarken.ics
    kfl export --for styrer --html --ics -o public/
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    formats = [name for name in EXPORTERS if flags[name]]
    _check_options(formats, output, view, csv_separator, closed=closed)
    loaded, schedule = load_valid_plan(with_lock=True)
    _, selection = selected(loaded, schedule, request)
    stem = _stem(schedule, selection)
    files = _files(formats, output, stem, loaded) if output else {}
    outgoing = announced_plan(loaded, schedule, selection, public=public)
    context = _context(loaded, outgoing, selection, formats)
    context = replace(
        context,
        periods_shown=periods_shown,
        closed=closed,
        views=frozenset({view}) if view else context.views,
        csv_separator=csv_separator or context.csv_separator,
    )
    if "ics" in formats:
        context = replace(context, calendar=_calendar(schedule, selection, loaded, stem))
    kept = select(outgoing.schedule, selection)
    try:
        rendered = {name: EXPORTERS[name].render(kept, context) for name in formats}
    except (TemplateError, UnavailableError) as error:
        raise Failure(str(error)) from error
    _put(rendered, files, Path(output) if output and _is_folder(output) else None)


def _check_options(
    formats: list[str], output: str | None, view: Views | None, csv_separator: str | None, *, closed: bool
) -> None:
    """Fail with exit code 2 where no format is chosen, or the options contradict each other."""
    if not formats:
        raise Failure("choose a format: " + ", ".join(f"--{name}" for name in EXPORTERS))
    if output == "":
        raise Failure("-o needs a file or a folder")
    if len(formats) > 1 and not _is_folder(output):
        raise Failure("several formats need a folder: -o FOLDER/")
    if view and not any(EXPORTERS[name].has_views for name in formats):
        viewed = " and ".join(f"--{name}" for name, exporter in EXPORTERS.items() if exporter.has_views)
        raise Failure(f"--view is for {viewed}")
    if closed and "ics" not in formats:
        raise Failure("--closed is for --ics")
    if csv_separator and "csv" not in formats:
        raise Failure("--csv-separator is for --csv")


def _files(formats: list[str], output: str, stem: str, loaded: LoadedPlan) -> dict[str, Path | None]:
    """Return the file of each format, as ``_file`` does. Fails with exit code 2 where one is the plan or its ledger."""
    files = {name: _file(output, f"{stem}{EXPORTERS[name].suffix}") for name in formats}
    for file in filter(None, files.values()):
        if os.path.realpath(file) in {os.path.realpath(loaded.path), os.path.realpath(loaded.lock)}:
            raise Failure(f"{file} is the plan itself, and was not touched")
    return files


def _context(loaded: LoadedPlan, outgoing: OutgoingPlan, selection: Selection, formats: list[str]) -> Context:
    """Return the context of the formats."""
    shown = wording_of(outgoing.schedule, loaded.language)
    changes: list[ReleaseChanges] = []
    if outgoing.ledger and any(EXPORTERS[name].tells_changes for name in formats):
        from kfl_cli.releases.change_texts import ChangeWording, recent_changes  # noqa: PLC0415  only after a release

        plan = outgoing.schedule.plan
        changes = recent_changes(
            outgoing.ledger, selection, plan, ChangeWording(loaded.language, plan.language, shown.titles, plan.labels)
        )
    templates = templates_of(loaded)
    return Context(shown, selection, templates, loaded.file, standing=outgoing.standing, recent_changes=tuple(changes))


def _calendar(schedule: Schedule, selection: Selection, loaded: LoadedPlan, stem: str) -> CalendarLinks:
    """Return the calendar that is written beside the page."""
    name = ", ".join(selected_names(schedule.plan, selection)) or loaded.say.text("The whole plan")
    return CalendarLinks(name, *(f"{stem}{EXPORTERS[each].suffix}" for each in ("html", "ics")))


def _is_folder(output: str | None) -> bool:
    return output is not None and (output.endswith(("/", "\\")) or Path(output).is_dir())


def _stem(schedule: Schedule, selection: Selection) -> str:
    """Return a file name without suffix: the plan's id, the region and the parties of the selection."""
    suffixes = ("", "", "-responsible", "-audience", "-category")
    parts = [f"{slug(name)}{suffix}" for name, suffix in zip(selection.names, suffixes, strict=True) if name]
    stem = "-".join([schedule.plan.id, *parts])
    return f"{stem}-plan" if _RESERVED.fullmatch(stem) else stem


def _file(output: str, name: str) -> Path | None:
    """Return the file that a format is written to; None for standard output."""
    if _is_folder(output):
        return Path(output, name)
    return None if output == "-" else Path(output)


def _put(rendered: dict[str, Iterable[bytes]], files: dict[str, Path | None], folder: Path | None) -> None:
    """Write the formats to their files or to standard output. Fails with exit code 2 if a file cannot be written."""
    for name, pieces in rendered.items():
        file = files.get(name)
        if file is None:
            sys.stdout.buffer.writelines(pieces)
            continue
        from kfl_cli.machine.file import write  # noqa: PLC0415  not for what goes to the screen

        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            write(file, chain([EXPORTERS[name].byte_order_mark], pieces))
        except OSError as error:
            raise Failure(f"{file}: {error.strerror}") from error
        click.echo(printable(str(file)), err=True)
