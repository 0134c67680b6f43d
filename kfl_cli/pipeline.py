"""The whole way of a plan file, stage by stage: bytes → nodes → plan → schedule → findings."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.checks.registry import check, judge
from kfl_cli.findings.finding import Advice, Diagnostic, Fix, Related, Severity
from kfl_cli.findings.rules.identity import UNUSED_IGNORE
from kfl_cli.language.message import Message
from kfl_cli.plan.load.plan_file import load
from kfl_cli.plan.yaml.reader import MOST_BYTES, read
from kfl_cli.schedule.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.findings.finding import Remedy, Span
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.ledger import Ledger
    from kfl_cli.schedule.occurrence import Schedule


class Checked(Struct, frozen=True):
    """A plan file after all stages; the schedule is None where the plan could not be read."""

    data: bytes
    """The plan file, where findings may show lines of it."""
    schedule: Schedule | None
    diagnostics: tuple[Diagnostic, ...]
    """Sorted by place."""
    ledger: Ledger | None = None
    """What was released, where a ledger was given."""
    lock: bytes = b""

    @property
    def text(self) -> str:
        """The plan file, also where it is no UTF-8."""
        return self.data.decode("utf-8-sig", "replace")

    @property
    def lock_text(self) -> str:
        """The ledger."""
        return self.lock.decode("utf-8-sig", "replace")

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return _errors(self.diagnostics)


def run(data: bytes, lock: bytes | None = None, *, thorough: bool = False) -> Checked:
    """Take a plan file, and the ledger beside it, through all stages, as far as they can be read.

    A thorough run also judges what is no error: warnings always, notes where there are no errors to mend first.
    """
    source = read(data)
    found = list(source.diagnostics)
    schedule = ledger = None
    if source.root is not None:
        plan, findings = load(source.root)
        found += findings
        if plan is not None:
            schedule, findings = resolve(plan)
            found += findings
            found, used = _not_ignored([*found, *check(schedule)], plan)
            if lock is not None:
                from kfl_cli.releases.lockfile import load_ledger  # noqa: PLC0415  only beside a plan that was released

                ledger, findings = load_ledger(lock, plan.id)
                found += findings
            if thorough:
                found += _judged(schedule, ledger, used, whole=not _errors(found))
    found.sort(key=lambda each: (each.in_lock, each.span, each.rule.code))
    shown = data if found and len(data) <= MOST_BYTES else b""
    return Checked(shown, schedule, tuple(dict.fromkeys(_together(found))), ledger, lock or b"")


def _judged(schedule: Schedule, ledger: Ledger | None, used: set[Span], *, whole: bool) -> Iterator[Diagnostic]:
    """Return warnings; where nothing must be mended first, notes and what ``ignore`` silences in vain too."""
    judged = list(judge(schedule, whole=whole))
    if ledger is not None and whole:
        from kfl_cli.checks.renamed_activities import renamed  # noqa: PLC0415  only beside a plan that was released

        judged += renamed(schedule, ledger.current)
    kept, also_used = _not_ignored(judged, schedule.plan)
    if whole:
        yield from kept
        yield from _unused_ignores(schedule.plan, used | also_used)
    else:
        yield from (each for each in kept if each.rule.severity is not Severity.NOTE)


def _errors(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> int:
    return sum(diagnostic.rule.severity is Severity.ERROR for diagnostic in found)


def _not_ignored(found: list[Diagnostic], plan: Plan) -> tuple[list[Diagnostic], set[Span]]:
    """Leave out what the plan, or an activity that a finding points at, says to ignore.

    Return what is left, and the place of each ``ignore`` that silenced something.
    """
    marked = (
        (activity.node.span, activity.ignore) for activity in plan.activities if activity.node and activity.ignore
    )
    silent = sorted(marked, key=lambda each: each[0])
    starts = [span[:2] for span, _ in silent]
    kept, used = [], set()
    for diagnostic in found:
        ignores = [each for each in plan.ignore if each.rule == diagnostic.rule]
        for span in (diagnostic.span, *(related.span for related in diagnostic.related)) if silent else ():
            index = bisect_right(starts, span[:2]) - 1
            inside = silent[index][1] if index >= 0 and span[:2] < silent[index][0][2:] else ()
            ignores += [each for each in inside if each.rule == diagnostic.rule]
        used |= {each.span for each in ignores}
        if not ignores:
            kept.append(diagnostic)
    return kept, used


def _unused_ignores(plan: Plan, used: set[Span]) -> Iterator[Diagnostic]:
    for ignore in (*plan.ignore, *(each for activity in plan.activities for each in activity.ignore)):
        if ignore.span not in used:
            message = Message("{code} {name} finds nothing here", code=ignore.rule.code, name=ignore.rule.name)
            yield Diagnostic(UNUSED_IGNORE, ignore.span, message, Advice(Message("remove the line")))


def _together(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Put all findings of a rule that would often say the same into one, at the first of their places."""
    several: dict[str, list[Diagnostic]] = {}
    for each in found:
        if each.rule.several:
            several.setdefault(each.rule.code, []).append(each)
    for each in found:
        alike = several.get(each.rule.code, [each])
        if len(alike) == 1:
            yield each
        elif each is alike[0]:
            related = tuple(Related(one.message, one.span) for one in alike)
            message = Message(each.rule.several, n=len(alike))
            yield replace(each, message=message, remedy=_common_remedy(alike), related=related)


def _common_remedy(alike: list[Diagnostic]) -> Remedy | None:
    """Return the remedy of several findings where all have the same sentence; a fix then has the edits of all."""
    first = alike[0].remedy
    if any(each.hint != alike[0].hint for each in alike):
        return None
    if isinstance(first, Fix):
        fixes = (each.remedy for each in alike if isinstance(each.remedy, Fix))
        return Fix(first.message, tuple(edit for fix in fixes for edit in fix.edits))
    return first
