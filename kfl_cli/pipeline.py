"""The whole way of a plan file, stage by stage: bytes → nodes → plan → schedule → findings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kfl_cli.checks import check
from kfl_cli.diagnostics import Diagnostic, Severity
from kfl_cli.load import load
from kfl_cli.resolve import Schedule, resolve
from kfl_cli.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.model import Plan


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan file after all stages; the schedule is None where the plan could not be read."""

    text: str
    schedule: Schedule | None
    diagnostics: tuple[Diagnostic, ...]
    """Sorted by place."""

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(diagnostic.rule.severity is Severity.ERROR for diagnostic in self.diagnostics)


def run(data: bytes) -> Checked:
    """Take a plan file through all stages, as far as it can be read."""
    source = read(data)
    found = list(source.diagnostics)
    schedule = None
    if source.root is not None:
        plan, findings = load(source.root)
        found += findings
        if plan is not None:
            schedule, findings = resolve(plan)
            found += findings
            found += check(schedule)
            found = list(_not_ignored(found, plan))
    found.sort(key=lambda each: (each.span, each.rule.code))
    return Checked(source.text, schedule, tuple(dict.fromkeys(found)))


def _not_ignored(found: list[Diagnostic], plan: Plan) -> Iterator[Diagnostic]:
    """Leave out what the plan, or the activity that a finding lies in, says to ignore."""
    marked = (
        (activity.node.span, activity.ignore) for activity in plan.activities if activity.node and activity.ignore
    )
    silent = sorted(marked, key=lambda each: each[0])
    starts = [span[:2] for span, _ in silent]
    for diagnostic in found:
        place = diagnostic.span[:2]
        index = bisect_right(starts, place) - 1
        inside = silent[index][1] if index >= 0 and place < silent[index][0][2:] else ()
        if diagnostic.rule not in plan.ignore and diagnostic.rule not in inside:
            yield diagnostic
