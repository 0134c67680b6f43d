"""The same work for the tools that people would take instead: what each needs in its folder, and its command."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Command
from kfl_cli.dates import Timed
from kfl_cli.pipeline import run
from kfl_cli.plan.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.schedule.occurrence import Occurrence

HOME = Path(sys.prefix) / "peers" / "bin"
"""Where ``make bench`` installs those that PyPI has; else they are looked for on the path."""
_ORG = (
    '(progn (require (quote org-agenda)) (setq org-agenda-files (list (expand-file-name "plan.org")) '
    'org-agenda-start-day "2017-09-01" org-agenda-span 30) (org-batch-agenda "a"))'
)


_LOCALE = "".join(
    f"{key} = {value}\n"
    for key, value in {
        "timeformat": "%H:%M",
        "dateformat": "%Y-%m-%d",
        "longdateformat": "%Y-%m-%d",
        "datetimeformat": "%Y-%m-%d %H:%M",
        "longdatetimeformat": "%Y-%m-%d %H:%M",
        "local_timezone": "Europe/Oslo",
        "default_timezone": "Europe/Oslo",
    }.items()
)


def command(peer: str, folder: Path) -> Command | None:
    """Return a peer's command, with what it needs in place; None where the machine lacks it.

    A process of its own prepares it: the peak memory of a command is never less than that of what starts it.
    """
    prepare = (sys.executable, "-m", "bench.peers", peer, str(folder))
    name, *rest = json.loads(subprocess.run(prepare, capture_output=True, check=True).stdout)  # noqa: S603  ourselves
    path = find(name)
    return Command((path, *rest), folder) if path else None


def find(name: str) -> str | None:
    """Return where a tool is, None where this machine has none."""
    return shutil.which(name, path=str(HOME)) or shutil.which(name)


def yaml2ics(folder: Path) -> tuple[str, ...]:
    """Write the plan's dates as yaml2ics wants them."""
    lines = ["name: Program", "timezone: Europe/Oslo", "events:"]
    for each in _dated(folder):
        lines += [f"  - summary: {_text(each.title)}", f"    begin: {_begin(each)}"]
        lines += (
            [f"    end: {each.when.last} {each.when.end}"] if isinstance(each.when, Timed) and each.when.end else []
        )
        lines += [f"    location: {_text(each.location)}"] if each.location else []
        lines += [f"    description: {_text(each.activity.description)}"] if each.activity.description else []
    (folder / "events.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ("yaml2ics", "events.yaml")


def check_jsonschema(folder: Path) -> tuple[str, ...]:
    """Write kfl's own schema beside the plan."""
    (folder / "schema.json").write_text(json.dumps(json_schema()), encoding="utf-8")
    return ("check-jsonschema", "--schemafile", "schema.json", "plan.yaml")


def khal(folder: Path) -> tuple[str, ...]:
    """Write a folder with an entry a file, as khal keeps calendars, and read it once into khal's own database."""
    (folder / "vdir").mkdir(exist_ok=True)
    for number, each in enumerate(_dated(folder)):
        day = f"{each.window.start or each.window.end:%Y%m%d}"
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:bench",
            "BEGIN:VEVENT",
            f"UID:{number}",
            "DTSTAMP:20171204T000000Z",
        )
        entry = (*lines, f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{each.title}", "END:VEVENT", "END:VCALENDAR", "")
        (folder / "vdir" / f"{number}.ics").write_text("\r\n".join(entry), encoding="utf-8")
    settings = f"[calendars]\n[[plan]]\npath = {folder}/vdir\n[sqlite]\npath = {folder}/khal.db\n[locale]\n{_LOCALE}"
    (folder / "khal.conf").write_text(settings, encoding="utf-8")
    return ("khal", "-c", "khal.conf", "list", "2017-09-01", "30d")


def org_agenda(folder: Path) -> tuple[str, ...]:
    """Write the plan's dates as headings of Org."""
    rows = (f"* {each.title}\n  <{each.window.start or each.window.end}>\n" for each in _dated(folder))
    (folder / "plan.org").write_text("".join(rows), encoding="utf-8")
    return ("emacs", "-Q", "--batch", "--eval", _ORG)


PEERS = {"yaml2ics": yaml2ics, "check-jsonschema": check_jsonschema, "khal": khal, "org-agenda": org_agenda}


def _dated(folder: Path) -> Iterator[Occurrence]:
    schedule = run((folder / "plan.yaml").read_bytes()).schedule
    if schedule is None:
        raise ValueError("the plan for the measurement cannot be read")
    return (each for each in schedule.occurrences if not each.window.unset)


def _text(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)


def _begin(each: Occurrence) -> str:
    return (
        f"{each.when.first} {each.when.start}"
        if isinstance(each.when, Timed)
        else str(each.window.start or each.window.end)
    )


if __name__ == "__main__":
    print(json.dumps(PEERS[sys.argv[1]](Path(sys.argv[2]))))
