"""Rules on what cannot be done at once, or only by travelling at night."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kfl_cli import catalogue
from kfl_cli.dates import Timed
from kfl_cli.diagnostics import Diagnostic, Message, Related
from kfl_cli.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.diagnostics import Rule
    from kfl_cli.resolve import Occurrence

_ONE_BODY = frozenset({"person", "team"})
_LONGEST_EVENT = 31
"""Days; what lasts longer keeps nobody from meeting elsewhere."""
_FAR = 3
"""Hours of travel after which two days in a row are too near."""
_MOST_RELATED = 5

Days = dict[date, list["Occurrence"]]


def _by_day(occurrences: Iterable[Occurrence]) -> Days:
    found: Days = defaultdict(list)
    for each in occurrences:
        start, end = each.window.start, each.window.end
        if start and end and (end - start).days < _LONGEST_EVENT:
            for step in range((end - start).days + 1):
                found[start + timedelta(days=step)].append(each)
    return found


def _by_party(facts: Facts, kinds: frozenset[str], *, audience: bool) -> dict[str, list[Occurrence]]:
    """Return the gatherings of each party of some kinds: those it answers for, and those that are for it."""
    wanted = {party.id for party in facts.plan.parties if party.kind in kinds}
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for each in facts.gatherings if wanted else ():
        assignments = each.responsible + each.audience if audience else each.responsible
        for party in dict.fromkeys(assignment.party for assignment in assignments):
            if party in wanted:
                found[party].append(each)
    return found


def double_booked(facts: Facts) -> Iterator[Diagnostic]:
    """Find persons and teams that must be in two places at once."""
    by_party = _by_party(facts, _ONE_BODY, audience=True)
    for party, day, clashing in _clashes(facts, by_party):
        text = Message("{party} must be in {n} places at once on {day}", party=party, n=len(clashing), day=day)
        hint = Message("move one of them, or let somebody else take it")
        yield _together(facts, catalogue.DOUBLE_BOOKED, clashing, text, hint)


def organisation_twice(facts: Facts) -> Iterator[Diagnostic]:
    """Find organisations that answer for gatherings in several places on one day."""
    by_party = _by_party(facts, frozenset({"organisation"}), audience=False)
    for party, day, clashing in _clashes(facts, by_party):
        text = Message("{party} is in {n} places on {day}", party=party, n=len(clashing), day=day)
        yield _together(facts, catalogue.ORGANISATION_TWICE, clashing, text, Message("see that it has the people"))


def _clashes(facts: Facts, by_party: dict[str, list[Occurrence]]) -> Iterator[tuple[str, date, list[Occurrence]]]:
    """Return for each party and day the gatherings of which none can be combined with another; each set once."""
    for party, occurrences in by_party.items():
        seen: set[tuple[str, ...]] = set()
        for day, together in _by_day(occurrences).items():
            clashing = _apart(facts, together)
            ids = tuple(each.id for each in clashing)
            if len(clashing) > 1 and ids not in seen:
                seen.add(ids)
                yield facts.plan.party_names[party], day, clashing


def _apart(facts: Facts, together: list[Occurrence]) -> list[Occurrence]:
    """Return gatherings of one day that all clash with the first that clashes at all."""
    alike = {(each.location, each.scopes, each.id if isinstance(each.when, Timed) else ""): each for each in together}
    candidates = list(alike.values())
    for index, first in enumerate(candidates):
        if any(_clash(facts, first, other) for other in candidates[index + 1 :]):
            return [first, *(other for other in together if other is not first and _clash(facts, first, other))]
    return []


def _clash(facts: Facts, one: Occurrence, other: Occurrence) -> bool:
    """Return whether nobody can be at both: their hours overlap, or one has none and they are in different places."""
    if _have_hours(one, other):
        return _overlap(one, other)
    if one.location and other.location:
        return slug(one.location) != slug(other.location)
    return bool(one.scopes and other.scopes) and facts.leaves(one).isdisjoint(facts.leaves(other))


def _have_hours(one: Occurrence, other: Occurrence) -> bool:
    return isinstance(one.when, Timed) and isinstance(other.when, Timed)


def _overlap(one: Occurrence, other: Occurrence) -> bool:
    (start, end), (other_start, other_end) = _hours(one), _hours(other)
    return start < other_end and other_start < end


def _hours(occurrence: Occurrence) -> tuple[datetime, datetime]:
    """Return from when to when an occurrence with clock times lasts: an hour where its end is not known."""
    when = occurrence.when
    if not isinstance(when, Timed):  # pragma: no cover  only asked of such
        raise TypeError(occurrence.id)
    start = datetime.combine(when.first, when.start)
    end = datetime.combine(when.last, when.end) if when.end else start + timedelta(hours=1)
    return start, end


def _together(
    facts: Facts, rule: Rule, clashing: list[Occurrence], message: Message, hint: Message | None
) -> Diagnostic:
    """Report gatherings at the second of them in the file; the others are named."""
    ordered = sorted(clashing, key=lambda each: each.span)
    primary = ordered.pop(1)
    related = tuple(Related(Message("«{title}» here", title=facts.label(each)), each.span) for each in ordered)
    return Diagnostic(rule, primary.span, message, hint, related[:_MOST_RELATED])


def region_twice(facts: Facts) -> Iterator[Diagnostic]:
    """Find regions and groups with two gatherings on one day."""
    seen: set[tuple[str, ...]] = set()
    for day, together in _by_day(facts.gatherings).items():
        by_leaf: dict[str, list[Occurrence]] = defaultdict(list)
        for each in together if len(together) > 1 else ():
            for leaf in facts.plan.leaves_of(each.scopes) or ("",):
                by_leaf[leaf].append(each)
        pairs: dict[tuple[str, ...], tuple[list[Occurrence], list[str]]] = {}
        for leaf, occurrences in by_leaf.items():
            clashing = _at_once(occurrences)
            ids = tuple(each.id for each in clashing)
            if clashing and ids not in seen:
                pairs.setdefault(ids, (clashing, []))[1].append(leaf)
        seen |= set(pairs)
        for clashing, leaves in pairs.values():
            yield _region_finding(facts, day, clashing, leaves)


def _at_once(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Return gatherings of one region and day that all clash with the first that clashes at all."""
    for index, first in enumerate(occurrences):
        others = [
            other for other in occurrences[index + 1 :] if not _have_hours(first, other) or _overlap(first, other)
        ]
        if others:
            return [first, *others]
    return []


def _region_finding(facts: Facts, day: date, clashing: list[Occurrence], leaves: list[str]) -> Diagnostic:
    if leaves == [""] or set(leaves) == set(facts.plan.all_leaves):
        message = Message("all are called to {n} gatherings on {day}", n=len(clashing), day=day)
    else:
        names = facts.names(leaves)
        message = Message("{scopes} is called to {n} gatherings on {day}", scopes=names, n=len(clashing), day=day)
    hint = Message("move one of them, or give both their hours")
    return _together(facts, catalogue.REGION_TWICE, clashing, message, hint)


def far_apart(facts: Facts) -> Iterator[Diagnostic]:
    """Find persons and teams with gatherings far apart on two days running."""
    hours: dict[tuple[str, str], float] = {}
    for way in facts.plan.travel:
        for here in facts.plan.leaves[way.between[0]]:
            for there in facts.plan.leaves[way.between[1]]:
                hours[here, there] = hours[there, here] = way.hours
    for party, occurrences in _by_party(facts, _ONE_BODY, audience=True).items() if hours else ():
        days = _by_day(occurrences)
        for day, today in days.items():
            for one in today:
                for other in days.get(day + timedelta(days=1), ()) if day < date.max else ():
                    far = [hours.get((a, b), 0) for a in facts.leaves(one) for b in facts.leaves(other)]
                    if one.scopes and other.scopes and far and min(far) >= _FAR:
                        yield _journey(facts, facts.plan.party_names[party], one, other, min(far))


def _journey(facts: Facts, party: str, one: Occurrence, other: Occurrence, hours: float) -> Diagnostic:
    message = Message(
        "{party} is at «{first}» the day before «{second}», {hours} hours away",
        party=party,
        first=facts.label(one),
        second=facts.label(other),
        hours=f"{hours:g}",
    )
    related = (Related(Message("«{title}» here", title=facts.label(one)), one.span),)
    return Diagnostic(catalogue.FAR_APART, other.span, message, None, related)
