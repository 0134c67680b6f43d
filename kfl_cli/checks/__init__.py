"""What is wrong with a plan that can be read: each rule a generator over the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.checks import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.diagnostics import Diagnostic
    from kfl_cli.resolve import Schedule

CHECKS: tuple[Callable[[Schedule], Iterator[Diagnostic]], ...] = (
    dates.session_outside_window,
    dates.outside_period,
    dates.no_such_time,
)


def check(schedule: Schedule) -> Iterator[Diagnostic]:
    """Run every rule."""
    for rule in CHECKS:
        yield from rule(schedule)
