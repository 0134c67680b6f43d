"""kfl beside the tools that people would take instead, on the same work: writes the table of ``docs/performance.md``.

Ratios within one run are what counts; seconds are those of the machine it ran on. ``--quick`` leaves out 100 000.
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import peers
from bench.measure import Command, Run, by_turns, median, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"
KFL = str(Path(sys.executable).parent / "kfl")
FLOOR = '`python -c "import click, yaml"`'
SIZES = (1_000, 10_000, 100_000)
WORKS = {
    "validate": ("validate",),
    "ics": ("export", "--ics"),
    "json": ("export", "--json"),
    "csv": ("export", "--csv"),
    "md": ("export", "--md"),
}
_TIMES = {60: 15, 1_000: 5, 10_000: 3, 100_000: 1}


def main() -> None:
    """Measure, print, and write the table."""
    sizes = SIZES[:2] if "--quick" in sys.argv else SIZES
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        text = "\n".join(line for part in (_start(home), _peers(home), _growth(home, sizes)) for line in part)
    print(text)
    if len(sizes) == len(SIZES):
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _plan(home: Path, size: int, wrong: int = 0) -> Path:
    folder = home / f"{size}-{wrong}"
    if not folder.exists():
        folder.mkdir()
        plan = (str(folder / "plan.yaml"), str(size), str(wrong))
        subprocess.run((sys.executable, "-m", "bench.plans", *plan), check=True)  # noqa: S603  ourselves
    return folder


def _start(home: Path) -> Iterator[str]:
    """Answer at once: the real plan, and a plan of 60 activities beside calendars that people have at hand."""
    floor = (sys.executable, "-c", "import click, yaml")
    commands = {
        FLOOR: Command(floor, ROOT),
        "`kfl --version`": Command((KFL, "--version"), ROOT),
        "`kfl upcoming`, the real plan, into a pipe": Command((KFL, "upcoming"), ROOT),
        "`kfl upcoming`, the real plan, in a terminal": Command((KFL, "upcoming"), ROOT, terminal=True),
        "`kfl validate`, the real plan": Command((KFL, "validate"), ROOT),
    }
    folder = _plan(home, 60)
    commands["`kfl upcoming`, 60 activities"] = Command((KFL, "--today", "2017-09-01", "upcoming"), folder)
    yield from _table("Start", commands, {"`khal list`": "khal", "org-agenda": "org-agenda"}, folder, 60)


def _peers(home: Path) -> Iterator[str]:
    for size in SIZES[:2]:
        folder, faulty = _plan(home, size), _plan(home, size, wrong=100)
        commands = {"`kfl export --ics`": Command((KFL, "export", "--ics"), folder)}
        yield from _table(f"A calendar of {_count(size)}", commands, {"yaml2ics": "yaml2ics"}, folder, size)
        commands = {
            "`kfl validate`, all rules": Command((KFL, "validate"), folder),
            "`kfl validate`, one of a hundred wrong": Command((KFL, "validate"), faulty),
        }
        schema = {"check-jsonschema, shape alone": "check-jsonschema"}
        yield from _table(f"{_count(size)} checked", commands, schema, folder, size)


def _table(
    title: str,
    commands: dict[str, Command],
    others: Mapping[str, str],
    folder: Path,
    size: int,
) -> Iterator[str]:
    """Run commands and peers by turns; ratios are to the first of them."""
    found = {name: peers.command(peer, folder) for name, peer in others.items()}
    runs = by_turns(commands | {name: each for name, each in found.items() if each}, _TIMES[size])
    first = median(next(iter(runs.values())))
    yield f"**{title}**\n"
    yield "| | CPU s | s by the clock | peak MiB | ratio |"
    yield "|---|---|---|---|---|"
    yield from (_row(name, each, median(each) / first) for name, each in runs.items())
    yield from (f"| {name} | not on this machine | | | |" for name, each in found.items() if each is None)
    yield ""


def _row(name: str, runs: list[Run], ratio: float) -> str:
    cpu, wall = spread([each.cpu for each in runs]), spread([each.wall for each in runs])
    return f"| {name} | {cpu} | {wall} | {max(each.peak for each in runs):.0f} | {ratio:.2f} |"


def _growth(home: Path, sizes: tuple[int, ...]) -> Iterator[str]:
    yield "**Growth**\n"
    yield f"| | {' | '.join(f'{_count(size)}: CPU s, MiB' for size in sizes)} | exponent | of the last step |"
    yield f"|---|{'---|' * len(sizes)}---|---|"
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in WORKS}
    for size in sizes:
        folder = _plan(home, size)
        runs = by_turns({name: Command((KFL, *words), folder) for name, words in WORKS.items()}, _TIMES[size])
        for name, found in runs.items():
            costs[name].append((median(found), max(each.peak for each in found)))
    for name, cost in costs.items():
        whole, last = (math.log(cost[-1][0] / cost[at][0]) / math.log(sizes[-1] / sizes[at]) for at in (0, -2))
        yield f"| {name} | {' | '.join(f'{cpu:.2f}, {peak:.0f}' for cpu, peak in cost)} | {whole:.2f} | {last:.2f} |"


def _count(size: int) -> str:
    return f"{size:,} activities".replace(",", "\N{NO-BREAK SPACE}")


if __name__ == "__main__":
    main()
