"""The rules for a plan that can be read, each a small generator of findings.

``find_errors`` finds what keeps a plan from being exported; ``find_warnings`` finds what a coordinator should look at,
and is only asked by ``kfl validate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.checks import dates, order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Diagnostic
    from kfl_cli.schedule.occurrence import Schedule

    WarningRule = Callable[[Facts], Iterator[Diagnostic]]

CHECKS: tuple[Callable[[Schedule], Iterator[Diagnostic]], ...] = (
    dates.session_outside_window,
    dates.outside_period,
    dates.no_such_time,
    order.out_of_order,
)


def find_errors(schedule: Schedule) -> Iterator[Diagnostic]:
    """Run the rules that find errors."""
    for rule in CHECKS:
        yield from rule(schedule)


def find_warnings(schedule: Schedule, *, without_errors: bool) -> Iterator[Diagnostic]:
    """Run the rules that find warnings and notes.

    Those on the plan as a whole run only ``without_errors``: what an error keeps out would seem to be missing.
    """
    from kfl_cli.checks.facts import Facts  # noqa: PLC0415  not needed to export a plan

    facts = Facts(schedule)
    for rule in _of_parts() + (_of_the_whole() if without_errors else ()):
        yield from rule(facts)


def _of_parts() -> tuple[WarningRule, ...]:
    from kfl_cli.checks import clashes, closed_days, publishing  # noqa: PLC0415  not needed to export a plan

    return (
        closed_days.unknown_holidays,
        closed_days.closed_day,
        closed_days.half_day,
        closed_days.july,
        closed_days.no_working_day,
        clashes.clashes,
        clashes.far_apart,
        publishing.personal_contact,
        publishing.insecure_link,
        publishing.other_language,
    )


def _of_the_whole() -> tuple[WarningRule, ...]:
    from kfl_cli.checks import completeness, coverage, spelling  # noqa: PLC0415  not needed to export a plan

    return (
        coverage.region_without_session,
        coverage.region_covered_twice,
        coverage.municipality_not_once,
        order.deadline_too_late,
        order.task_outside_activity,
        order.numbers_out_of_order,
        order.uneven_spacing,
        completeness.left_open,
        completeness.unused_party,
        completeness.collective_without_members,
        completeness.unused_region,
        spelling.similar_names,
    )
