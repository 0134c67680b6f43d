"""A plan to a schedule: every activity, session and dated task as occurrences with days.

An activity with sessions has one occurrence a session. A date that hangs on an activity with sessions is resolved for
each region or group that has one. Any other activity has one occurrence. References form a graph that is walked in
order, so that a chain of any length is resolved without recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from kfl_cli import dates
from kfl_cli.dates import Window
from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.dates import MISSING_SESSION
from kfl_cli.findings.rules.file import TOO_LARGE
from kfl_cli.findings.rules.identity import DUPLICATE_ID, UNRELATED_SCOPE
from kfl_cli.language.message import Message
from kfl_cli.plan.model import Activity, Dated, Plan, Session, Task
from kfl_cli.plan.yaml.nodes import Mapping, Node, Sequence, span_of
from kfl_cli.schedule.graph import in_order, referenced_activities
from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kfl_cli.plan.scopes import ScopeIds


def resolve(plan: Plan) -> tuple[Schedule, list[Diagnostic]]:
    """Date every activity of ``plan``."""
    findings: list[Diagnostic] = []
    by_id = {activity.id: activity for activity in plan.activities}
    order = in_order(
        {activity.id: referenced_activities(activity) for activity in plan.activities}, by_id, "when", findings
    )
    after = {activity.id: activity.after for activity in plan.activities}
    sequence = in_order(after, by_id, "after", findings) if any(after.values()) else list(after)
    resolver = _ScheduleResolver(plan, by_id, findings)
    for id_ in order:
        resolver.activity(by_id[id_])
    entries = tuple(resolver.entry(activity) for activity in plan.activities if activity.id in resolver.own)
    return Schedule(plan, entries, frozenset(by_id).difference(sequence)), findings


MOST_MULTIPLIED = 100_000
"""Dates that may come of dates which hang on activities that differ from group to group."""


class _ScheduleResolver(Struct):
    plan: Plan
    by_id: dict[str, Activity]
    findings: list[Diagnostic]
    own: dict[str, tuple[Occurrence, ...]] = field(default_factory=dict)
    """The occurrences of each activity itself, without its tasks; they are what other dates hang on."""
    spread: dict[str, dict[str, list[Occurrence]]] = field(default_factory=dict)
    """Activities that differ from group to group, with their occurrences by the smallest parts of the plan."""
    windows: dict[str, Window] = field(default_factory=dict)
    multiplied: int = 0
    """Dates that stand for a group each and not in the file."""
    broken: set[str] = field(default_factory=set)
    """Activities of which a date could not be read or found; what hangs on them is not reported too."""

    def activity(self, activity: Activity) -> None:
        if activity.sessions:
            self.own[activity.id] = tuple(self.sessions(activity))
            if len(self.own[activity.id]) < len(_session_nodes(activity)):
                self.broken.add(activity.id)
        else:
            self.own[activity.id] = tuple(self.dated(activity))
        own = self.own[activity.id]
        if activity.sessions or len(own) > 1 or (own and own[0].id != activity.id):
            self.spread[activity.id] = self.by_leaf(own)
        self.windows[activity.id] = self.activity_window(activity)

    def by_leaf(self, occurrences: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
        found: dict[str, list[Occurrence]] = {}
        for occurrence in occurrences:
            for leaf in self.plan.scopes.leaves(occurrence.scopes):
                found.setdefault(leaf, []).append(occurrence)
        return found

    def entry(self, activity: Activity) -> ScheduledActivity:
        tasks = tuple(occurrence for task in activity.tasks for occurrence in self.dated(activity, task))
        occurrences = (*self.own[activity.id], *tasks)
        if len(occurrences) > 1:
            self.unique(occurrences)
        return ScheduledActivity(activity, self.windows[activity.id], occurrences, tasks)

    def unique(self, occurrences: Iterable[Occurrence]) -> None:
        seen: dict[str, Occurrence] = {}
        for occurrence in occurrences:
            first = seen.setdefault(occurrence.id, occurrence)
            if first is not occurrence:
                node = occurrence.task.node if occurrence.task else None
                message = Message("the id «{id}» is taken", id=occurrence.id)
                related = (Related(Message("first here"), first.span),)
                remedy = Advice(Message("give one of the two another id"))
                self.findings.append(Diagnostic(DUPLICATE_ID, span_of(node), message, remedy, related))

    def activity_window(self, activity: Activity) -> Window:
        """Return what ``when`` says, or what the sessions or groups span."""
        if activity.sessions and activity.when:
            return self.window(activity.when, activity.regions, activity.node) or dates.UNSET
        own = self.own[activity.id]
        return own[0].window if len(own) == 1 else hull(occurrence.window for occurrence in own)

    # sessions

    def sessions(self, activity: Activity) -> Iterator[Occurrence]:
        for session in activity.sessions:
            scopes = (session.scope,) if session.scope else activity.regions
            if session.scope and not self.plan.scopes.covers(activity.regions, scopes):
                self.unrelated(activity, session)
            if session.when is None:
                continue
            window = self.group_window(activity, session.when, scopes, session.node)
            if window is not None:
                own_id = f"{activity.id}/{session.id}"
                found = self.occurrence(own_id, activity, session, scopes, session.when, window)
                yield replace(found, allowed=self.allowed(activity, scopes))

    def allowed(self, activity: Activity, scopes: ScopeIds) -> Window | None:
        """Return the window that a session of ``scopes`` must lie in."""
        if activity.when is None:
            return None
        return self.group_window(activity, activity.when, scopes, activity.node)

    def group_window(self, activity: Activity, written: Dated, scopes: ScopeIds, node: Mapping | None) -> Window | None:
        """Return what a date means for ``scopes``; None where something that it hangs on has no date for them."""
        leaves = self.plan.scopes.leaves(scopes)
        spread = [reference for reference in written.references if reference in self.spread]
        if self.plan.regions and any(
            len(self.covered(activity.id, each, leaves, node)) < len(leaves) for each in spread
        ):
            return None
        return self.window(written, scopes, node)

    def unrelated(self, activity: Activity, session: Session) -> None:
        name = self.plan.scopes.names[session.scope or ""]
        message = Message("the session is for {scope}, whom «{id}» does not concern", scope=name, id=activity.id)
        related = (Related(Message("whom it concerns"), span_of(activity.node, "region")),)
        remedy = Advice(Message("add it to `region:` of the activity, or mend the session"))
        self.findings.append(Diagnostic(UNRELATED_SCOPE, span_of(session.node, "for"), message, remedy, related))

    # dates

    def dated(self, activity: Activity, task: Task | None = None) -> Iterator[Occurrence]:
        """Return the occurrences of an activity without sessions, or of a dated task."""
        written, node = (task or activity).when, (task or activity).node
        if written is None:
            return
        id_ = f"{activity.id}/{task.id}" if task else activity.id
        spread = [ref for ref in written.references if ref in self.spread]
        units = self.units(activity.id, spread, activity.regions, node) if spread else [activity.regions]
        self.multiplied += len(units) - 1
        if self.multiplied > MOST_MULTIPLIED:
            self.too_many(node)
            return
        for scopes in units:
            own_id = f"{id_}/{scopes[0]}" if spread and len(scopes) == 1 else id_
            window = self.window(written, scopes, node)
            if window is None:
                return
            yield self.occurrence(own_id, activity, task, scopes, written, window)

    def too_many(self, node: Mapping | None) -> None:
        """Report, once, that dates for each region or group come to more than can be meant."""
        if not any(found.rule is TOO_LARGE for found in self.findings):
            message = Message("dates for each region or group come to more than {most}", most=MOST_MULTIPLIED)
            remedy = Advice(Message("let fewer dates hang on activities that differ from group to group"))
            self.findings.append(Diagnostic(TOO_LARGE, span_of(node, "when"), message, remedy))

    def window(self, written: Dated, scopes: ScopeIds, node: Mapping | None) -> Window | None:
        found = dates.resolve(written.when, self.plan.seasons, self.anchor(scopes))
        if isinstance(found, dates.DateProblem):
            message = found.message
            if scopes and any(reference in self.spread for reference in written.references):
                names = ", ".join(self.plan.scopes.names[scope] for scope in scopes)
                message = Message("for {groups}: {problem}", groups=names, problem=message)
            span = span_of(node, "when")
            self.findings.append(Diagnostic(found.rule, span, message, found.remedy(span)))
            return None
        return found

    def anchor(self, scopes: ScopeIds) -> Callable[[str], Window]:
        """Return a look-up of an activity's window as ``scopes`` see it."""

        def look_up(id_: str) -> Window:
            by_leaf = self.spread.get(id_)
            if by_leaf is None:
                return whole(occurrence.window for occurrence in self.own.get(id_, ()))
            leaves = self.plan.scopes.leaves(scopes)
            return whole(occurrence.window for leaf in leaves for occurrence in by_leaf.get(leaf, ()))

        return look_up

    def units(self, id_: str, references: list[str], concern: ScopeIds, node: Mapping | None) -> list[ScopeIds]:
        """Return the parts of ``concern`` for which all ``references`` have a date of their own.

        The parts are as coarse as the references allow: a region where they have it whole, else its groups.
        """
        if not self.plan.regions:
            return [concern]
        leaves = self.plan.scopes.leaves(concern)
        narrowest: dict[str, ScopeIds] = {}
        for reference in references:
            for leaf in self.covered(id_, reference, leaves, node):
                scopes = [each.scopes for each in self.spread[reference][leaf]]
                narrowest[leaf] = self.narrowest(leaf, [narrowest.get(leaf, ()), *scopes])
        covered = [leaf for leaf in leaves if leaf in narrowest]
        if not any(narrowest.values()):
            return [concern]
        concerned = set(leaves)
        return list(dict.fromkeys(self.unit(leaf, narrowest, concerned) for leaf in covered))

    def covered(self, id_: str, reference: str, leaves: ScopeIds, node: Mapping | None) -> list[str]:
        """Return the leaves that ``reference`` has a date for, and report the others, once along a chain."""
        dated = self.spread[reference]
        missing = [leaf for leaf in leaves if leaf not in dated]
        reported = reference in self.broken
        if missing:
            self.broken.add(id_)
        if missing and not reported:
            names = ", ".join(self.plan.scopes.names[leaf] for leaf in missing)
            message = Message("«{id}» has no date for {groups}", id=reference, groups=names)
            remedy = Advice(Message("add the session, or say under `region:` whom this concerns"))
            related = (Related(Message("«{id}» here", id=reference), span_of(self.by_id[reference].node)),)
            self.findings.append(Diagnostic(MISSING_SESSION, span_of(node, "when"), message, remedy, related))
        return [leaf for leaf in leaves if leaf in dated]

    def narrowest(self, leaf: str, scopes: list[ScopeIds]) -> ScopeIds:
        """Return the smallest region or group named in ``scopes`` that holds ``leaf``; none where all are for all."""
        around, leaves = self.plan.scopes.around([leaf]), self.plan.scopes.leaves
        sizes = [(len(leaves((scope,))), scope) for each in scopes for scope in each if scope in around]
        return (min(sizes)[1],) if sizes else ()

    def unit(self, leaf: str, narrowest: dict[str, ScopeIds], concern: set[str]) -> ScopeIds:
        """Return the whole that ``leaf`` is dated with, or ``leaf`` where a part of that whole is dated otherwise."""
        scope = narrowest[leaf]
        whole = scope or (self.plan.scopes.parents.get(leaf, leaf),)
        same = all(part in concern and narrowest.get(part) == scope for part in self.plan.scopes.leaves(whole))
        return whole if same else (leaf,)

    # occurrences

    def occurrence(
        self,
        id_: str,
        activity: Activity,
        part: Session | Task | None,
        scopes: ScopeIds,
        written: Dated,
        window: Window,
    ) -> Occurrence:
        """Put an occurrence together: what the session or task says, else what the activity says."""
        session = part if type(part) is Session else None
        task = part if type(part) is Task else None
        responsible = part.responsible if part else None
        audience = part.audience if part else None
        return Occurrence(  # in the order of its fields: by name it takes four times as long
            id_,
            activity,
            (part.title if part else None) or activity.title,
            scopes,
            written,
            window,
            (session.status if session else None) or activity.status,
            None if task else (session.location if session else None) or activity.location,
            None if task else (session.question if session else None) or activity.question,
            part.note if part else activity.note,
            activity.responsible if responsible is None else responsible,
            activity.audience if audience is None else audience,
            task,
            session,
        )


def _session_nodes(activity: Activity) -> list[Node]:
    """Return what stands under ``sessions:`` in the file, read or not."""
    entry = activity.node.pairs.get("sessions") if activity.node else None
    return entry.value.items if entry and isinstance(entry.value, Sequence) else []


def whole(windows: Iterable[Window]) -> Window:
    """Return the window of all, not dated while one of them is not: what hangs on them cannot be known yet."""
    known = list(windows)
    return dates.UNSET if any(window.unset for window in known) else hull(known)


def hull(windows: Iterable[Window]) -> Window:
    """Return the window from the first day of all to the last; open where one of them is, undated ones aside."""
    dated = [window for window in windows if not window.unset]
    if len(dated) < 2:  # noqa: PLR2004  as of most activities
        return dated[0] if dated else dates.UNSET
    starts = [window.start for window in dated if window.start is not None]
    ends = [window.end for window in dated if window.end is not None]
    return Window(
        min(starts) if len(starts) == len(dated) else None,
        max(ends) if len(ends) == len(dated) else None,
    )
