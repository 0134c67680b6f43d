"""A plan to a schedule: every activity, session and dated task as occurrences with days.

An activity with sessions has one occurrence a session. A date that refers to an activity with sessions is resolved for
each region or group that has one. Any other activity has one occurrence. References form a graph that is walked in
order, so that a chain of any length is resolved without recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli import dates
from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.dates import MISSING_SESSION
from kfl_cli.findings.rules.file import TOO_LARGE
from kfl_cli.findings.rules.identity import DUPLICATE_ID, UNRELATED_SCOPE
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.schedule.anchors import Anchors, hull
from kfl_cli.schedule.graph import dating_order, referenced_activities
from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.dates import Window
    from kfl_cli.plan.model import Activity, Dated, Plan, Session, Task
    from kfl_cli.plan.scopes import ScopeIds
    from kfl_cli.plan.yaml.nodes import Mapping

MOST_MULTIPLIED = 100_000
"""Occurrences of dates that are resolved for each group, beyond one for each date in the file."""


def resolve(plan: Plan) -> tuple[Schedule, list[Diagnostic]]:
    """Date every activity of ``plan``; those in a ring of references are left out, with a finding."""
    by_id = {activity.id: activity for activity in plan.activities}
    references = {activity.id: referenced_activities(activity) for activity in plan.activities}
    order, rings = dating_order(references, by_id, "when")
    after = {activity.id: activity.after for activity in plan.activities}
    sequence, after_rings = dating_order(after, by_id, "after") if any(after.values()) else (list(after), [])
    resolver = _PlanResolver(plan, by_id, Anchors(plan.scopes))
    for id_ in order:
        resolver.add(by_id[id_])
    activities = tuple(resolver.scheduled(activity) for activity in plan.activities if activity.id in resolver.windows)
    schedule = Schedule(plan, activities, frozenset(by_id).difference(sequence))
    return schedule, [*rings, *after_rings, *resolver.findings]


class _PlanResolver(Struct):
    """Dates activities one by one, each after those that it refers to."""

    plan: Plan
    by_id: dict[str, Activity]
    anchors: Anchors
    findings: list[Diagnostic] = field(default_factory=list)
    windows: dict[str, Window] = field(default_factory=dict)
    """The window of each activity that is dated so far."""
    by_text: dict[str, Window] = field(default_factory=dict)
    """The window of each wording that refers to no activity: one value and one reckoning for all that share it."""
    multiplied: int = 0
    """Occurrences beyond one for each date in the file."""
    broken: set[str] = field(default_factory=set)
    """Activities of which a date could not be read or found; what refers to them is not reported too."""

    def add(self, activity: Activity) -> None:
        """Date an activity and its sessions, so that other dates can refer to it."""
        if activity.sessions:
            occurrences = tuple(self.sessions(activity))
            varies = True
            if len(occurrences) < len(activity.sessions) + activity.unread_sessions:
                self.broken.add(activity.id)
        else:
            occurrences = tuple(self.dated(activity))
            varies = len(occurrences) > 1 or (len(occurrences) == 1 and occurrences[0].id != activity.id)
        self.anchors.add(activity.id, occurrences, varies=varies)
        self.windows[activity.id] = self.activity_window(activity, occurrences)

    def activity_window(self, activity: Activity, occurrences: tuple[Occurrence, ...]) -> Window:
        """Return what ``when`` means, or what the sessions or groups span."""
        if activity.sessions and activity.when:
            return self.window(activity.when, activity.regions, activity.node) or dates.UNSET
        return occurrences[0].window if len(occurrences) == 1 else hull(each.window for each in occurrences)

    def scheduled(self, activity: Activity) -> ScheduledActivity:
        """Return an activity with its occurrences and those of its tasks, once all activities are dated."""
        occurrences = self.anchors.occurrences[activity.id]
        tasks = tuple([occurrence for task in activity.tasks for occurrence in self.dated(activity, task)])
        if tasks:
            occurrences += tasks
        if len(occurrences) > 1:
            self.findings += _duplicate_ids(occurrences)
        return ScheduledActivity(activity, self.windows[activity.id], occurrences, tasks)

    def sessions(self, activity: Activity) -> Iterator[Occurrence]:
        """Return the occurrences of an activity with sessions: one for each that has a date."""
        for session in activity.sessions:
            scopes = session.scopes or activity.regions
            for scope in session.scopes:
                if not self.plan.scopes.covers(activity.regions, (scope,)):
                    self.findings.append(_unrelated(activity, session, self.plan.scopes.names[scope]))
            if session.when is None:
                continue
            window = self.window_of_all(activity, session.when, scopes, session.node)
            if window is not None:
                when = activity.when  # of the whole activity: the window that the session must lie in
                allowed = self.window_of_all(activity, when, scopes, activity.node) if when else None
                yield _session(activity, session, session.when, scopes, window, allowed)

    def dated(self, activity: Activity, task: Task | None = None) -> Iterator[Occurrence]:
        """Return the occurrences of an activity without sessions, or of a dated task."""
        dated, node = (task or activity).when, (task or activity).node
        if dated is None:
            return
        varying = self.anchors.varying(dated)
        units = [activity.regions]
        if varying and self.plan.regions:
            for reference in varying:
                self.lacks_date(activity.id, reference, activity.regions, node)
            units = self.anchors.units(varying, activity.regions)
        self.multiplied += len(units) - 1
        if self.multiplied > MOST_MULTIPLIED:
            if not any(finding.rule is TOO_LARGE for finding in self.findings):
                self.findings.append(_too_many(node))
            return
        id_ = f"{activity.id}/{task.id}" if task else activity.id
        for scopes in units:
            window = self.window(dated, scopes, node)
            if window is None:
                return
            unit_id = f"{id_}/{scopes[0]}" if varying and len(scopes) == 1 else id_
            if task:
                yield _task(unit_id, activity, task, dated, scopes, window)
            else:
                yield _activity(unit_id, activity, dated, scopes, window)

    def window_of_all(self, activity: Activity, dated: Dated, scopes: ScopeIds, node: Mapping | None) -> Window | None:
        """Return what a date means for ``scopes``; None where something that it refers to has no date for them all."""
        varying = self.anchors.varying(dated) if self.plan.regions else ()
        if any(self.lacks_date(activity.id, reference, scopes, node) for reference in varying):
            return None
        return self.window(dated, scopes, node)

    def lacks_date(self, id_: str, reference: str, scopes: ScopeIds, node: Mapping | None) -> bool:
        """Return whether ``reference`` lacks a date for some of ``scopes``; reported once along a chain."""
        undated = self.anchors.without_date(reference, self.plan.scopes.leaves(scopes))
        if undated and reference not in self.broken:
            names = ", ".join(self.plan.scopes.names[leaf] for leaf in undated)
            message = Message("«{id}» has no date for {groups}", id=reference, groups=names)
            remedy = Advice(Message("add the session, or say under `region:` whom this concerns"))
            related = (Related(Message("«{id}» here", id=reference), span_of(self.by_id[reference].node)),)
            self.findings.append(Diagnostic(MISSING_SESSION, span_of(node, "when"), message, remedy, related))
        if undated:
            self.broken.add(id_)
        return bool(undated)

    def window(self, dated: Dated, scopes: ScopeIds, node: Mapping | None) -> Window | None:
        """Return what a date means for ``scopes``; None, with a finding, where it means no days."""
        known = self.by_text.get(dated.text)
        if known is not None:
            return known
        window = dates.window_of(dated.when, self.plan.seasons, self.anchors.as_seen_by(scopes))
        if not isinstance(window, dates.DateProblem):
            if not dated.references:
                self.by_text[dated.text] = window
            return window
        message = window.message
        if scopes and self.anchors.varying(dated):
            names = ", ".join(self.plan.scopes.names[scope] for scope in scopes)
            message = Message("for {groups}: {problem}", groups=names, problem=message)
        span = span_of(node, "when")
        self.findings.append(Diagnostic(window.rule, span, message, window.remedy(span)))
        return None


# --- occurrences ------------------------------------------------------------------------------------------------------


def _activity(id_: str, activity: Activity, dated: Dated, scopes: ScopeIds, window: Window) -> Occurrence:
    return Occurrence(
        id=id_,
        activity=activity,
        title=activity.title,
        scopes=scopes,
        dated=dated,
        window=window,
        status=activity.status,
        location=activity.location,
        question=activity.question,
        capacity=activity.capacity,
        note=activity.note,
        responsible=activity.responsible,
        audience=activity.audience,
    )


def _session(
    activity: Activity, session: Session, dated: Dated, scopes: ScopeIds, window: Window, allowed: Window | None
) -> Occurrence:
    """Return the occurrence of a session, which inherits all but its note."""
    return Occurrence(
        id=f"{activity.id}/{session.id}",
        activity=activity,
        title=session.title or activity.title,
        scopes=scopes,
        dated=dated,
        window=window,
        status=session.status or activity.status,
        location=session.location or activity.location,
        question=session.question or activity.question,
        capacity=session.capacity or activity.capacity,
        note=session.note,
        responsible=activity.responsible if session.responsible is None else session.responsible,
        audience=activity.audience if session.audience is None else session.audience,
        session=session,
        allowed=allowed,
    )


def _task(id_: str, activity: Activity, task: Task, dated: Dated, scopes: ScopeIds, window: Window) -> Occurrence:
    """Return an occurrence of a dated task, which inherits status and parties; it has no place."""
    return Occurrence(
        id=id_,
        activity=activity,
        title=task.title or activity.title,
        scopes=scopes,
        dated=dated,
        window=window,
        status=task.status or activity.status,
        location=None,
        question=None,
        note=task.note,
        responsible=activity.responsible if task.responsible is None else task.responsible,
        audience=activity.audience if task.audience is None else task.audience,
        task=task,
    )


# --- findings ---------------------------------------------------------------------------------------------------------


def _duplicate_ids(occurrences: Iterable[Occurrence]) -> Iterator[Diagnostic]:
    """Report tasks of an activity that have the id of one of its sessions or groups."""
    seen: dict[str, Occurrence] = {}
    for occurrence in occurrences:
        first = seen.setdefault(occurrence.id, occurrence)
        if first is not occurrence:
            node = occurrence.task.node if occurrence.task else None
            message = Message("the id «{id}» is taken", id=occurrence.id)
            related = (Related(Message("first here"), first.span),)
            remedy = Advice(Message("give one of the two another id"))
            yield Diagnostic(DUPLICATE_ID, span_of(node), message, remedy, related)


def _unrelated(activity: Activity, session: Session, name: str) -> Diagnostic:
    """Report a session for a region or group that its activity is not for."""
    message = Message("the session is for {scope}, whom «{id}» does not concern", scope=name, id=activity.id)
    related = (Related(Message("whom it concerns"), span_of(activity.node, "region")),)
    remedy = Advice(Message("add it to `region:` of the activity, or mend the session"))
    return Diagnostic(UNRELATED_SCOPE, span_of(session.node, "for"), message, remedy, related)


def _too_many(node: Mapping | None) -> Diagnostic:
    """Report, once a plan, that dates for each group come to more than anybody can mean."""
    message = Message("dates for each region or group come to more than {most}", most=MOST_MULTIPLIED)
    remedy = Advice(Message("let fewer dates hang on activities that differ from group to group"))
    return Diagnostic(TOO_LARGE, span_of(node, "when"), message, remedy)
