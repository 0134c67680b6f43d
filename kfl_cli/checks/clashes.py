"""Rules on people and regions that are called to two places at once, or far apart on two days running."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from itertools import product
from typing import TYPE_CHECKING

from kfl_cli.checks.facts import MOST_RELATED, some
from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.days_and_clashes import DOUBLE_BOOKED, FAR_APART, ORGANISATION_TWICE, REGION_TWICE
from kfl_cli.language.message import Message
from kfl_cli.text.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.dates import Timed
    from kfl_cli.findings.finding import Rule
    from kfl_cli.schedule.occurrence import Occurrence

_ONE_BODY = frozenset({"person", "team"})
_LONGEST_EVENT = 31
"""Days; who takes part in what lasts longer can still be elsewhere on one of them."""
_FAR = 3
"""Hours of travel after which two days in a row are too near."""
_MOST_COMPARED = 60
"""Occurrences of one day that are compared with each other."""

Days = dict[date, list["Occurrence"]]
Clash = Callable[["Occurrence", "Occurrence"], bool]


def clashes(facts: Facts) -> Iterator[Diagnostic]:
    """Find who must be in two places at once, and regions with two gatherings on one day; each clash once."""
    reported: set[frozenset[str]] = set()
    for rule, days in (
        (DOUBLE_BOOKED, _of_parties(facts, _ONE_BODY, audience=True)),
        (REGION_TWICE, _of_regions(facts)),
        (ORGANISATION_TWICE, _of_parties(facts, frozenset({"organisation"}), audience=False)),
    ):
        for whom, day, clashing in days:
            ids = frozenset(each.id for each in clashing)
            if ids not in reported:
                reported.add(ids)
                yield _finding(facts, rule, whom, day, clashing)


def _finding(facts: Facts, rule: Rule, whom: Message | str, day: date, clashing: list[Occurrence]) -> Diagnostic:
    """Report gatherings at the second of them in the file; the others are related places."""
    number = len(clashing)
    if rule is DOUBLE_BOOKED:
        message = Message("{party} must be in {n} places at once on {day}", party=whom, n=number, day=day)
        remedy = Advice(Message("move one of them, or let somebody else take it"))
    elif rule is ORGANISATION_TWICE:
        message = Message("{party} is in {n} places on {day}", party=whom, n=number, day=day)
        remedy = Advice(Message("see that it has the people"))
    else:
        in_regions = Message("{n} gatherings on {day} in {scopes}", scopes=whom, n=number, day=day)
        for_parties = Message("{n} gatherings on {day} for {parties}", parties=whom, n=number, day=day)
        message = in_regions if facts.plan.regions else for_parties
        timed = all(each.dated.stretches for each in clashing)
        remedy = (
            Advice(Message("move one of them"))
            if timed
            else Advice(Message("move one of them, or give both their hours"))
        )
    first, primary, *others = sorted(clashing, key=lambda each: each.span)
    related = tuple(
        Related(Message("«{title}» here", title=facts.schedule.label(each)), each.span)
        for each in (first, *others)[:MOST_RELATED]
    )
    return Diagnostic(rule, primary.span, message, remedy, related)


def _by_day(occurrences: Iterable[Occurrence]) -> Days:
    """Return occurrences by each of their days; long and open ones are left out."""
    days: Days = defaultdict(list)
    for occurrence in occurrences:
        start, end = occurrence.window.start, occurrence.window.end
        if start and start == end:
            days[start].append(occurrence)
        elif start and end and (end - start).days < _LONGEST_EVENT:
            for step in range((end - start).days + 1):
                days[start + timedelta(days=step)].append(occurrence)
    return days


def _by_party(facts: Facts, kinds: frozenset[str], *, audience: bool) -> dict[str, list[Occurrence]]:
    """Return the bookings of each party of some kinds: what it answers for, and what is for it."""
    wanted = {party.id for party in facts.plan.parties if party.kind in kinds}
    bookings: dict[str, list[Occurrence]] = defaultdict(list)
    for booking in facts.bookings if wanted else ():
        assignments = booking.responsible + booking.audience if audience else booking.responsible
        for party in dict.fromkeys(assignment.party for assignment in assignments):
            if party in wanted:
                bookings[party].append(booking)
    return bookings


def _of_parties(facts: Facts, kinds: frozenset[str], *, audience: bool) -> Iterator[tuple[str, date, list[Occurrence]]]:
    """Return the bookings of one party and day that clash."""

    def key(each: Occurrence) -> tuple[object, ...]:
        hours = each.id if each.dated.stretches else ""
        return (_place(each.location), hours) if each.location else (each.scopes, hours)

    for party, occurrences in _by_party(facts, kinds, audience=audience).items():
        for day, together in _by_day(occurrences).items():
            for clashing in _groups(together, key, partial(_apart, facts)) if len(together) > 1 else ():
                yield facts.plan.party_names[party], day, clashing


def _apart(facts: Facts, one: Occurrence, other: Occurrence) -> bool:
    """Return whether nobody can be at both: they are in two places, at hours that overlap or are not known."""
    if one.location and other.location and _place(one.location) == _place(other.location):
        return False
    if _have_hours(one, other):
        return _overlap(one, other)
    if one.location and other.location:
        return True
    if not (one.scopes and other.scopes):
        return False
    return facts.scopes.leaf_set(one.scopes).isdisjoint(facts.scopes.leaves(other.scopes))


@lru_cache(maxsize=1024)
def _place(location: str) -> str:
    """Return a place as it is compared with others; one place stands in many activities."""
    return slug(location)


def _of_regions(facts: Facts) -> Iterator[tuple[Message | str, date, list[Occurrence]]]:
    """Return for each day the gatherings that clash, with the names of those for whom they do.

    These are regions or groups, or in a plan without regions the parties that both are for.
    """
    clash = partial(_at_once, facts)
    for day, together in _by_day(facts.gatherings).items():
        by_part: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in together if len(together) > 1 else ():
            for part in _called(facts, occurrence):
                by_part[part].append(occurrence)
        known: dict[tuple[str, ...], list[list[Occurrence]]] = {}
        by_clash: dict[tuple[str, ...], tuple[list[Occurrence], list[str]]] = {}
        for part, occurrences in by_part.items():
            if len(occurrences) == 1:  # fast path: most regions have one gathering on a day
                continue
            together_here = tuple(each.id for each in occurrences)
            if together_here not in known:  # most regions have the same as others
                known[together_here] = list(_groups(occurrences, lambda each: (each.id,), clash))
            for clashing in known[together_here]:
                ids = tuple(each.id for each in clashing)
                by_clash.setdefault(ids, (clashing, []))[1].append(part)
        for clashing, parts in by_clash.values():
            yield _named(facts, parts), day, clashing


def _called(facts: Facts, occurrence: Occurrence) -> Iterable[str]:
    """Return who is called to a gathering: the smallest parts of the area; where it has none, the parties."""
    if facts.plan.regions:
        return facts.scopes.leaves(occurrence.scopes)
    return facts.plan.collectives.reached(each.party for each in occurrence.audience)


def _named(facts: Facts, parts: list[str]) -> Message | str:
    """Return the names of regions or groups, or of parties without the members of those that are named."""
    if facts.plan.regions:
        return Message("all regions") if len(parts) == len(facts.scopes.leaves()) else facts.names(parts)
    everybody = facts.plan.collectives.everybody
    named = set(parts).difference(*(everybody.get(part, ()) for part in parts))
    return some([facts.plan.party_names[party.id] for party in facts.plan.parties if party.id in named])


def _at_once(facts: Facts, one: Occurrence, other: Occurrence) -> bool:
    """Return whether two gatherings are of two activities, for the same people, at hours that overlap or are not known.

    One that does not say whom it is for is for everybody in its regions.
    """
    if one.activity is other.activity or _is_for_others(facts, one, other):
        return False
    return not _have_hours(one, other) or _overlap(one, other)


def _is_for_others(facts: Facts, one: Occurrence, other: Occurrence) -> bool:
    """Return whether two gatherings say whom they are for, and have nobody in common."""
    if not one.audience or not other.audience or one.audience is other.audience:
        return False
    reached = facts.plan.collectives.reached
    here, there = ({assignment.party for assignment in each.audience} for each in (one, other))
    return reached(here).isdisjoint(reached(there))


def _groups(
    together: list[Occurrence], key: Callable[[Occurrence], tuple[object, ...]], clash: Clash
) -> Iterator[list[Occurrence]]:
    """Return the sets of occurrences of a day that are connected by clashes.

    Occurrences with the same key do not clash: one stands for all. At most ``_MOST_COMPARED`` are compared, the first.
    """
    candidates = list({key(each): each for each in reversed(together)}.values())[::-1][:_MOST_COMPARED]
    left = set(range(len(candidates)))
    while left:
        group, ahead = [], [min(left)]
        left.discard(ahead[0])
        while ahead:
            index = ahead.pop()
            group.append(candidates[index])
            reached = [other for other in left if clash(candidates[index], candidates[other])]
            left.difference_update(reached)
            ahead += reached
        if len(group) > 1:
            yield group


def _have_hours(one: Occurrence, other: Occurrence) -> bool:
    return bool(one.dated.stretches and other.dated.stretches)


def _overlap(one: Occurrence, other: Occurrence) -> bool:
    pairs = product(one.dated.stretches, other.dated.stretches)
    hours = ((_hours(stretch), _hours(other_stretch)) for stretch, other_stretch in pairs)
    return any(start < other_end and other_start < end for (start, end), (other_start, other_end) in hours)


def _hours(stretch: Timed) -> tuple[datetime, datetime]:
    """Return when a stretch begins and ends; one without an end is taken to last an hour."""
    start = datetime.combine(stretch.first, stretch.start)
    end = datetime.combine(stretch.last, stretch.end) if stretch.end else start + timedelta(hours=1)
    return start, end


def far_apart(facts: Facts) -> Iterator[Diagnostic]:
    """Find persons and teams with gatherings far apart on two days running."""
    hours: dict[tuple[str, str], float] = {}
    for way in facts.plan.travel:
        for here in facts.scopes.leaves((way.between[0],)):
            for there in facts.scopes.leaves((way.between[1],)):
                hours[here, there] = hours[there, here] = way.hours
    for party, occurrences in _by_party(facts, _ONE_BODY, audience=True).items() if hours else ():
        days = {day: _places(together) for day, together in _by_day(occurrences).items()}
        for day, today in days.items():
            for one in today:
                for other in days.get(day + timedelta(days=1), ()):
                    ways = product(facts.scopes.leaves(one.scopes), facts.scopes.leaves(other.scopes))
                    far = [hours.get(way, 0) for way in ways]
                    if min(far, default=0) >= _FAR:
                        yield _journey(facts, facts.plan.party_names[party], one, other, min(far))


def _places(together: list[Occurrence]) -> list[Occurrence]:
    """Return one occurrence for each region or group that somebody is in on a day."""
    return list({each.scopes: each for each in reversed(together) if each.scopes}.values())[:_MOST_COMPARED]


def _journey(facts: Facts, party: str, one: Occurrence, other: Occurrence, hours: float) -> Diagnostic:
    message = Message(
        "{party} is at «{first}» the day before «{second}», {hours} hours away",
        party=party,
        first=facts.schedule.label(one),
        second=facts.schedule.label(other),
        hours=f"{hours:g}",
    )
    related = (Related(Message("«{title}» here", title=facts.schedule.label(one)), one.span),)
    return Diagnostic(FAR_APART, other.span, message, Advice(Message("leave a day between the two")), related)
