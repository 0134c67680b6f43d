"""All stages that a plan file goes through: bytes → nodes → plan → schedule → findings."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.checks.registry import find_errors, find_warnings
from kfl_cli.findings.finding import Advice, Diagnostic, Fix, Related, Severity
from kfl_cli.findings.rules.identity import UNUSED_IGNORE
from kfl_cli.language.message import Message
from kfl_cli.plan.load.plan_file import load
from kfl_cli.plan.yaml.reader import MOST_BYTES, read
from kfl_cli.schedule.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.findings.finding import Remedy, Span
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.ledger import Ledger
    from kfl_cli.schedule.occurrence import Schedule


class Checked(Struct, frozen=True):
    """A plan file after all stages; the schedule is None where the plan could not be read."""

    data: bytes
    """The plan file; empty if there are no findings that would show lines of it, or it is too large."""
    schedule: Schedule | None
    diagnostics: tuple[Diagnostic, ...]
    """Sorted by place."""
    ledger: Ledger | None = None
    """The ledger of releases; None if no ledger was given, or it could not be read."""
    lock: bytes = b""

    @property
    def text(self) -> str:
        """The text of the plan file; what is not UTF-8 in it is replaced."""
        return self.data.decode("utf-8-sig", "replace")

    @property
    def lock_text(self) -> str:
        """The text of the ledger."""
        return self.lock.decode("utf-8-sig", "replace")

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return _errors(self.diagnostics)


def run(data: bytes, lock: bytes | None = None, *, thorough: bool = False) -> Checked:
    """Take a plan file, and the ledger beside it, through all stages, as far as it can be read.

    A thorough run finds more than errors: warnings always, and notes if there are no errors to mend first.
    """
    source = read(data)
    findings = list(source.diagnostics)
    schedule = ledger = None
    if source.root is not None:
        plan, found = load(source.root)
        findings += found
        if plan is not None:
            schedule, found = resolve(plan)
            findings += found
            findings, used = _not_ignored([*findings, *find_errors(schedule)], plan)
            if lock is not None:
                from kfl_cli.releases.lockfile_reader import load_ledger  # noqa: PLC0415  only beside a plan that was released

                ledger, found = load_ledger(lock, plan.id)
                findings += found
            if thorough:
                findings += _warnings(schedule, ledger, used, without_errors=not _errors(findings))
    findings.sort(key=lambda finding: (finding.in_lock, finding.span, finding.rule.code))
    shown = data if findings and len(data) <= MOST_BYTES else b""
    return Checked(shown, schedule, tuple(dict.fromkeys(_together(findings))), ledger, lock or b"")


def _warnings(
    schedule: Schedule, ledger: Ledger | None, used: set[Span], *, without_errors: bool
) -> Iterator[Diagnostic]:
    """Return warnings; ``without_errors`` also notes, and each ``ignore`` that silences nothing."""
    found = list(find_warnings(schedule, without_errors=without_errors))
    if ledger is not None and without_errors:
        from kfl_cli.checks.renamed_activities import renamed  # noqa: PLC0415  only beside a plan that was released

        found += renamed(schedule, ledger.current)
    kept, also_used = _not_ignored(found, schedule.plan)
    if without_errors:
        yield from kept
        yield from _unused_ignores(schedule.plan, used | also_used)
    else:
        yield from (each for each in kept if each.rule.severity is not Severity.NOTE)


def _errors(findings: Iterable[Diagnostic]) -> int:
    return sum(finding.rule.severity is Severity.ERROR for finding in findings)


def _not_ignored(findings: list[Diagnostic], plan: Plan) -> tuple[list[Diagnostic], set[Span]]:
    """Leave out findings that the plan, or an activity that a finding points at, says to ignore.

    Return the findings that are left, and the place of each ``ignore`` that silenced one.
    """
    marked = (
        (activity.node.span, activity.ignore) for activity in plan.activities if activity.node and activity.ignore
    )
    silent = sorted(marked, key=lambda pair: pair[0])
    starts = [span[:2] for span, _ in silent]
    kept, used = [], set()
    for finding in findings:
        ignores = [ignore for ignore in plan.ignore if ignore.rule == finding.rule]
        for span in (finding.span, *(related.span for related in finding.related)) if silent else ():
            index = bisect_right(starts, span[:2]) - 1
            inside = silent[index][1] if index >= 0 and span[:2] < silent[index][0][2:] else ()
            ignores += [ignore for ignore in inside if ignore.rule == finding.rule]
        used |= {ignore.span for ignore in ignores}
        if not ignores:
            kept.append(finding)
    return kept, used


def _unused_ignores(plan: Plan, used: set[Span]) -> Iterator[Diagnostic]:
    """Report each ``ignore`` that silenced nothing: its place is not among ``used``."""
    for ignore in chain(plan.ignore, *(activity.ignore for activity in plan.activities)):
        if ignore.span not in used:
            message = Message("{code} {name} finds nothing here", code=ignore.rule.code, name=ignore.rule.name)
            yield Diagnostic(UNUSED_IGNORE, ignore.span, message, Advice(Message("remove the line")))


def _together(findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Merge the findings of a rule that would often say the same into one, at the first of their places."""
    several: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        if finding.rule.several:
            several.setdefault(finding.rule.code, []).append(finding)
    for finding in findings:
        alike = several.get(finding.rule.code, [finding])
        if len(alike) == 1:
            yield finding
        elif finding is alike[0]:
            related = tuple(Related(one.message, one.span) for one in alike)
            message = Message(finding.rule.several, n=len(alike))
            yield replace(finding, message=message, remedy=_common_remedy(alike), related=related)


def _common_remedy(alike: list[Diagnostic]) -> Remedy | None:
    """Return the remedy of several findings where all have the same sentence; a fix then has the edits of all."""
    first = alike[0].remedy
    if any(each.hint != alike[0].hint for each in alike):
        return None
    if isinstance(first, Fix):
        fixes = (each.remedy for each in alike if isinstance(each.remedy, Fix))
        return Fix(first.message, tuple(edit for fix in fixes for edit in fix.edits))
    return first
