"""``kfl serve``: serve the site on this machine, made anew when a file that it is made of changes."""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from kfl_cli.commands.build import builder_of
from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import load_plan
from kfl_cli.commands.options import global_options, settings
from kfl_cli.commands.plan_file import find_plan, lock_of
from kfl_cli.exports.page.policy import with_policy
from kfl_cli.exports.templates.environment import TEMPLATES, THEME, Templates
from kfl_cli.language.translator import SOURCE_LANGUAGE, Translator
from kfl_cli.machine.server import Served, SiteServer, is_loopback
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    FileStamps = dict[Path, tuple[int, int]]
    """By path: the time and the size of each file that the site is made of."""

_PORT = 8000
_GLANCE = 1000
"""Milliseconds after which kfl looks for changes that the system did not report."""


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; others than this machine can reach 0.0.0.0.",
)
@click.option(
    "--port", default=_PORT, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option(
    "--public", is_flag=True, help="Leave e-mail addresses and phone numbers out, but for those under 'contact'."
)
@global_options()
def command(host: str, port: int, *, public: bool) -> None:
    """Show the site in a browser, and show it anew when the plan, its ledger, a template or theme.css changes.

    A plan with errors shows them on the page, until they are mended. Ctrl-C ends it.

    \b
    kfl serve
    kfl serve --port 8080
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    try:
        import watchfiles  # noqa: F401, PLC0415  optional; _watch uses it
    except ImportError as error:
        raise Failure("serving needs watchfiles; install kfl with its extra: pip install 'kfl[serve]'") from error
    if not host:
        raise Failure("--host needs an address, such as 127.0.0.1")
    plan = Path(find_plan(settings().plan)).absolute()
    click.get_current_context().obj = replace(settings(), plan=str(plan))
    served = Served()
    gc.enable()  # a server is no short run
    seen = _file_stamps(plan)
    _show(served, public=public)
    running = _listening(served, host, port)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    _set_signals()
    try:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{running.server_address[1]}/")
        sys.stdout.flush()
        _watch(plan, seen, lambda: _show(served, public=public))
        raise Failure(f"{plan.parent} cannot be watched any more; is it still there?")
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second Ctrl-C ends it at once
        running.shutdown()


def _listening(served: Served, host: str, port: int) -> SiteServer:
    """Return a server that listens, and say so if others than this machine can reach it. Fails with exit code 2."""
    try:
        running = SiteServer(served, host, port)
    except (OSError, OverflowError, TypeError, UnicodeError) as error:  # the last three: no host can have this name
        raise Failure(f"cannot listen on {host}:{port} ({error}); choose others with --host and --port") from error
    if not is_loopback(host):
        click.echo(f"{printable(host)} can be reached from other machines", err=True)
    return running


def _watch(plan: Path, seen: FileStamps, show: Callable[[], None]) -> None:
    """Call ``show`` whenever a file that the site is made of differs from ``seen``, until the plan's folder is gone."""
    import watchfiles  # noqa: PLC0415  optional

    with contextlib.suppress(OSError):  # the folder is gone
        while plan.parent.is_dir():
            folders = _folders(plan.parent)
            for _ in watchfiles.watch(
                *folders, recursive=False, debounce=200, rust_timeout=_GLANCE, yield_on_timeout=True
            ):
                if _file_stamps(plan) != seen:
                    seen = _file_stamps(plan)
                    show()
                if _folders(plan.parent) != folders or not plan.parent.is_dir():
                    break


def _set_signals() -> None:
    """Let Ctrl-C raise KeyboardInterrupt, and ignore browsers that close their connection."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _folders(home: Path) -> list[Path]:
    """Return the folders to watch: the plan's, and all those of its templates."""
    templates = home / TEMPLATES
    inside = [path for path in sorted(templates.rglob("*")) if path.is_dir()] if templates.is_dir() else []
    return [home, templates, *inside] if templates.is_dir() else [home]


def _file_stamps(plan: Path) -> FileStamps:
    """Return the time and the size of each file that the site is made of."""
    templates = plan.parent / TEMPLATES
    found = {}
    for path in [plan, Path(lock_of(str(plan))), plan.parent / THEME, *templates.rglob("*")]:
        with contextlib.suppress(OSError):
            found[path] = (path.stat().st_mtime_ns, path.stat().st_size)
    return found


def _show(served: Served, *, public: bool) -> None:
    """Serve the site of the plan as it is now, or the report of its errors."""
    say = Translator(settings().lang or SOURCE_LANGUAGE)
    try:
        plan = Path(find_plan(settings().plan))
        if plan.exists() and not plan.is_file():
            raise Failure(f"{plan.name} is no file")
        loaded = load_plan(with_lock=True)
        say = loaded.say
        schedule = loaded.checked.schedule
        if loaded.checked.errors or schedule is None:
            from kfl_cli.findings.report.text import text  # noqa: PLC0415  only on an error

            served.show({}, text(loaded.report(loaded.checked.diagnostics)), _fault(say))
        else:
            builder = builder_of(loaded, schedule, "", "start", closed=False, public=public)
            served.show(builder.makers(), "", _fault(say))
    except click.ClickException as error:
        served.show({}, error.format_message(), _fault(say))


def _fault(say: Translator) -> Callable[[str], bytes]:
    """Return the maker of pages that show a fault; not by a template of the plan, which may be at fault."""
    return lambda wrong: with_policy(Templates().render("fault.html.j2", say, wrong=wrong).encode(), say.language)
