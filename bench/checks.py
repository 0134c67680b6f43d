"""The cost of checking a plan, beside reading and resolving it: CPU seconds, the best of three runs."""

from __future__ import annotations

import gc
import math
import time
from typing import TYPE_CHECKING, TypeVar

from bench.plans import plan
from kfl_cli.checks.registry import find_errors, find_warnings
from kfl_cli.plan.load.plan_file import load
from kfl_cli.plan.yaml.reader import read
from kfl_cli.schedule.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.findings.finding import Diagnostic
    from kfl_cli.schedule.occurrence import Schedule

S = TypeVar("S")
T = TypeVar("T")
_RUNS = 3
SIZES = (1_000, 10_000)


def best(work: Callable[[S], T], argument: S) -> tuple[float, T]:
    """Return the least CPU time of some runs, and what the last one gave."""
    times = []
    for _ in range(_RUNS):
        start = time.process_time()
        result = work(argument)
        times.append(time.process_time() - start)
    return min(times), result


def _resolved(text: bytes) -> Schedule:
    root = read(text).root
    found, _ = load(root) if root else (None, [])
    if found is None:
        raise ValueError("the plan for the measurement cannot be read")
    return resolve(found)[0]


def _checked(schedule: Schedule) -> list[Diagnostic]:
    return [*find_errors(schedule), *find_warnings(schedule, without_errors=True)]


def main() -> None:
    """Print what reading, resolving and checking cost, their ratio, and how checking grows."""
    gc.disable()
    costs = []
    print(f"{'activities':>10} {'sessions':>9} {'read, resolve':>14} {'checking':>13} {'ratio':>6}")
    for size in SIZES:
        text = plan(size).encode()
        reading, schedule = best(_resolved, text)
        checking, _ = best(_checked, schedule)
        costs.append(checking)
        print(f"{size:>10} {size * 5:>9} {reading:>12.2f} s {checking:>11.2f} s {checking / reading:>6.2f}")
    exponent = math.log(costs[-1] / costs[0]) / math.log(SIZES[-1] / SIZES[0])
    print(f"checking grows with the size to the power of {exponent:.2f}")


if __name__ == "__main__":
    main()
