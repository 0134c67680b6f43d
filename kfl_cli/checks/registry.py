"""The rules that judge a plan that can be read, each a small generator of findings.

``check`` finds errors, which keep a plan from being exported; ``judge`` finds what a coordinator should look at, and is
only asked by ``kfl validate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.checks import dates, order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Diagnostic
    from kfl_cli.schedule.occurrence import Schedule

    Judgement = Callable[[Facts], Iterator[Diagnostic]]

CHECKS: tuple[Callable[[Schedule], Iterator[Diagnostic]], ...] = (
    dates.session_outside_window,
    dates.outside_period,
    dates.no_such_time,
    order.out_of_order,
)


def check(schedule: Schedule) -> Iterator[Diagnostic]:
    """Run the rules that find errors."""
    for rule in CHECKS:
        yield from rule(schedule)


def judge(schedule: Schedule, *, whole: bool) -> Iterator[Diagnostic]:
    """Run the rules that find what is no error: warnings and notes.

    Those that judge the plan as a whole run only where there is no error (``whole``): what an error keeps out would
    seem to be missing.
    """
    from kfl_cli.checks.facts import Facts  # noqa: PLC0415  not needed to export a plan

    facts = Facts(schedule)
    for rule in _of_parts() + (_of_the_whole() if whole else ()):
        yield from rule(facts)


def _of_parts() -> tuple[Judgement, ...]:
    from kfl_cli.checks import calendar, clashes, publishing  # noqa: PLC0415  not needed to export a plan

    return (
        calendar.unknown_holidays,
        calendar.closed_day,
        calendar.july,
        calendar.no_working_day,
        clashes.clashes,
        clashes.far_apart,
        publishing.personal_contact,
        publishing.insecure_link,
        publishing.other_language,
    )


def _of_the_whole() -> tuple[Judgement, ...]:
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
        completeness.unused_region,
        spelling.similar_names,
    )
