"""The order in which activities are dated: each after those that it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.rules.identity import REFERENCE_CYCLE
from kfl_cli.language.message import Message
from kfl_cli.plan.rings import in_order, ring_finding, way_round
from kfl_cli.plan.yaml.nodes import span_of

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Diagnostic, Span
    from kfl_cli.plan.model import Activity


def referenced_activities(activity: Activity) -> tuple[str, ...]:
    """Return the ids of the activities that must be dated before this one."""
    references = activity.when.references if activity.when else ()
    if not activity.sessions:
        return references
    dated = (session.when for session in activity.sessions if session.when)
    return (*references, *(id_ for when in dated for id_ in when.references))


def dating_order(
    graph: dict[str, tuple[str, ...]], by_id: dict[str, Activity], key: str
) -> tuple[list[str], list[Diagnostic]]:
    """Return ids so that each comes after those it refers to, and a finding for each ring of references.

    ``graph`` has the references of each activity, which stand under ``key`` in the file. Members of a ring are left
    out; so is whatever refers to them, without a finding: it is right as soon as the ring is.
    """
    ordered, rings = in_order(graph)
    return ordered, [_ring(ring, by_id, key) for ring in rings]


def _ring(ring: list[str], by_id: dict[str, Activity], key: str) -> Diagnostic:
    """Report activities that refer to each other."""
    spans = {id_: _reference_span(by_id[id_], key) for id_ in ring}
    remedy = Message("give one of them a date of its own") if key == "when" else Message("remove one of the `after:`")
    return ring_finding(REFERENCE_CYCLE, ring, spans, _ring_message, remedy)


def _ring_message(ring: list[str]) -> Message:
    if len(ring) == 1:
        return Message("«{id}» hangs on itself", id=ring[0])
    return Message("these activities hang on each other in a ring: {ring}", ring=way_round(ring))


def _reference_span(activity: Activity, key: str) -> Span:
    """Return where the references of an activity stand: under ``key``, or in the first session that has some."""
    if key == "when" and not (activity.when and activity.when.references):
        for session in activity.sessions:
            if session.when and session.when.references:
                return span_of(session.node, "when")
    return span_of(activity.node, key)
