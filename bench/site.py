"""The cost of a national site: CPU seconds and bytes of ``kfl build``, for growing numbers of calendars."""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path

from bench.plans import national
from kfl_cli.exports.context import Context
from kfl_cli.exports.site import Builder, reader_parts
from kfl_cli.exports.templates.environment import Templates
from kfl_cli.exports.wording import wording_of
from kfl_cli.machine.folder import put
from kfl_cli.pipeline import run
from kfl_cli.schedule.select import Selection

SIZES = ((50, 12), (100, 12), (200, 12), (400, 12))
"""Regions and parties: some 650, 1 300, 2 600 and 5 200 calendars."""


def built(regions: int, parties: int) -> tuple[int, int, int, float, float]:
    """Return how many occurrences, calendars and bytes a site has, and the CPU seconds of reading and of building."""
    start = time.process_time()
    schedule = run(national(regions, parties).encode()).schedule
    if schedule is None:
        raise ValueError("the plan for the measurement cannot be read")
    read = time.process_time() - start
    start = time.process_time()
    context = Context(wording_of(schedule), Selection(), Templates(), "plan.yaml")
    builder = Builder(schedule, context, None, "", reader_parts(schedule, None))
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder) / "ut", builder.makers())
        size = sum(path.stat().st_size for path in (Path(folder) / "ut").iterdir())
    return len(list(schedule.occurrences)), len(builder.parts), size, read, time.process_time() - start


def main() -> None:
    """Print what each size costs, and how the cost grows beside the bytes that are written."""
    print(
        f"{'occurrences':>11} {'calendars':>9} {'MB':>7} {'read':>8} {'build':>8} {'ms a calendar':>13} {'s a GB':>7}"
    )
    found = []
    for regions, parties in SIZES:
        occurrences, calendars, size, read, cost = built(regions, parties)
        found.append((size, cost))
        print(
            f"{occurrences:>11} {calendars:>9} {size / 1e6:>7.1f} {read:>6.2f} s {cost:>6.1f} s "
            f"{1000 * cost / calendars:>13.1f} {1e9 * cost / size:>7.1f}"
        )
    (small, first), (large, last) = found[0], found[-1]
    print(f"building grows with the bytes to the power of {math.log(last / first) / math.log(large / small):.2f}")


if __name__ == "__main__":
    main()
