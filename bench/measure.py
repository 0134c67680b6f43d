"""Running commands by turns, and what each took: processor time, time by the clock, peak memory."""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class Command(Struct, frozen=True):
    """A command and where it runs."""

    words: tuple[str, ...]
    folder: Path
    terminal: bool = False
    """Whether it writes to a terminal; else to a file that nobody reads."""


class Run(Struct, frozen=True):
    """The cost of one run."""

    cpu: float
    """Seconds of the processor, in the program and in the system."""
    wall: float
    """Seconds by the clock."""
    peak: float
    """Most memory at once, in MiB."""


def run(command: Command) -> Run:
    """Run a command to its end. Raises RuntimeError where it fails; kfl's own 1 means that a plan has errors."""
    start = time.perf_counter()
    child, screen = os.forkpty() if command.terminal else (os.fork(), None)
    if child == 0:
        _become(command)
    while screen is not None and _more(screen):
        pass
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise RuntimeError(f"{' '.join(command.words)} failed in {command.folder}")
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def _become(command: Command) -> None:
    os.chdir(command.folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (2,) if command.terminal else (0, 1, 2):
        os.dup2(nowhere, stream)
    try:
        os.execvp(command.words[0], command.words)  # noqa: S606  the benchmark's own commands
    finally:
        os._exit(127)


def _more(screen: int) -> bool:
    try:
        return bool(os.read(screen, 65536))
    except OSError:  # the other end is closed
        return False


def by_turns(commands: Mapping[str, Command], times: int) -> dict[str, list[Run]]:
    """Run the commands A B A B, so that a machine that grows slower is slower for all."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            found[name].append(run(command))
    return found


def median(runs: Iterable[Run]) -> float:
    """Return the median of the processor's time."""
    return statistics.median(each.cpu for each in runs)


def spread(values: list[float]) -> str:
    """Return «median (min..max)», without decimals from a hundred on."""
    digits = 0 if max(values) >= 100 else 2  # noqa: PLR2004
    low, middle, high = (f"{each:.{digits}f}" for each in (min(values), statistics.median(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({low}..{high})"
