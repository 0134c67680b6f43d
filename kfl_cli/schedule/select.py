"""A reader's part of a schedule: by region, by party, by time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli import dates
from kfl_cli.language.message import Message
from kfl_cli.text.names import nearest, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from kfl_cli.plan.model import Assignment, Plan
    from kfl_cli.plan.scopes import Municipality
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_MOST_OFFERED = 8
"""Names that are offered in place of an unknown one."""


class SelectionError(Exception):
    """A selection that names nothing in the plan, or has a date that cannot be read."""

    def __init__(self, option: str, message: Message, hint: Message | None = None) -> None:
        """Keep the option, the problem with it and the remedy."""
        super().__init__(message)
        self.option = option
        self.message = message
        self.hint = hint


class Selection(Struct, frozen=True):
    """Whom, what and which days a reader asks for, each by ids in the order of the plan; none means all.

    Of several regions, parties or categories any will do.
    """

    regions: tuple[str, ...] = ()
    leaves: frozenset[str] = frozenset()
    """The leaves of ``regions``."""
    parties: tuple[str, ...] = ()
    """Who answers for an occurrence or is its audience."""
    responsible: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    start: date | None = None
    until: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Regions, parties and categories, as ids, which give a file or a feed its name; empty for all."""
        asked = (self.regions, self.parties, self.responsible, self.audience, self.categories)
        return tuple("+".join(ids) for ids in asked)


class Request(Struct, frozen=True):
    """A selection as a user wrote it."""

    region: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    start: str | None = None
    until: str | None = None


def understand(request: Request, plan: Plan) -> Selection:
    """Return the selection that a request names in ``plan``. Raises SelectionError with the nearest names."""
    chosen = dict(_region(plan, name) for name in request.region)
    start = _window(plan, "--from", request.start) if request.start is not None else dates.UNSET
    until = _window(plan, "--until", request.until) if request.until is not None else dates.UNSET
    selection = Selection(
        regions=_in_order(chosen, (id_ for id_, _, _ in regions(plan))),
        leaves=frozenset[str]().union(*chosen.values()),
        parties=_parties_of(plan, "--for", request.party),
        responsible=_parties_of(plan, "--responsible", request.responsible),
        audience=_parties_of(plan, "--audience", request.audience),
        categories=_categories_of(plan, request.category),
        start=start.start or start.end,
        until=until.end or until.start,
    )
    if selection.start and selection.until and selection.until < selection.start:
        raise SelectionError("--until", Message("--until lies before --from"))
    return selection


def regions(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], frozenset[str]]]:
    """Return id, names and leaves of each region and group, and of each municipality under its slug."""
    yield from _declared(plan)
    towns: dict[str, tuple[str, frozenset[str]]] = {}
    for id_, municipalities in _municipalities(plan):
        for municipality in municipalities:
            known = towns.get(slug(municipality.name), (municipality.name, frozenset[str]()))
            towns[slug(municipality.name)] = (known[0], known[1] | plan.scopes.leaf_set((id_,)))
    yield from ((id_, (name,), leaves) for id_, (name, leaves) in towns.items())


def _declared(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], frozenset[str]]]:
    for region in plan.regions:
        yield region.id, (region.name, *region.aliases), plan.scopes.leaf_set((region.id,))
    for region in plan.regions:
        for group in region.groups:
            yield group.id, (group.name, *group.aliases), plan.scopes.leaf_set((group.id,))


def _municipalities(plan: Plan) -> Iterator[tuple[str, tuple[Municipality, ...]]]:
    for region in plan.regions:
        yield region.id, region.municipalities
        yield from ((group.id, group.municipalities) for group in region.groups)


def _region(plan: Plan, text: str) -> tuple[str, frozenset[str]]:
    """Return a region, group or municipality by id, else by name; of several that lie in each other, the widest."""
    wanted = slug(text) or text
    for id_, _, leaves in _declared(plan):
        if slug(id_) == wanted:
            return id_, leaves
    known = list(regions(plan))
    named = [(id_, leaves) for id_, names, leaves in known if wanted in {slug(id_), *map(slug, names)}]
    if not named:
        words = [word for id_, names, _ in known for word in (*names, id_)]
        message = Message("«{name}» is no region, group or municipality of the plan", name=text)
        raise _unknown("--region", message, nearest(text, words) or [names[0] for _, names, _ in known])
    widest = max(named, key=lambda each: len(each[1]))
    if not all(leaves <= widest[1] for _, leaves in named):
        names = ", ".join(_place(plan, leaves) for _, leaves in named)
        raise SelectionError("--region", Message("«{name}» may be any of {names}", name=text, names=names))
    return widest


def _place(plan: Plan, leaves: frozenset[str]) -> str:
    """Return the ids of the regions or groups that ``leaves`` lie in."""
    return "/".join(sorted(leaves, key=plan.scopes.leaves().index))


def _unknown(option: str, message: Message, near: list[str]) -> SelectionError:
    hint = Message("nearest: {names}", names=", ".join(near[:_MOST_OFFERED])) if near else None
    return SelectionError(option, message, hint)


def _in_order(asked: Collection[str], ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that are asked for, each once, in the order of ``ids``: that of the options does not matter."""
    return tuple(dict.fromkeys(id_ for id_ in ids if id_ in asked)) if asked else ()


def _parties_of(plan: Plan, option: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    return _in_order({_party(plan, option, text) for text in texts}, (party.id for party in plan.parties))


def _categories_of(plan: Plan, texts: tuple[str, ...]) -> tuple[str, ...]:
    return _in_order({_category(plan, text) for text in texts}, plan.category_names)


def _category(plan: Plan, text: str) -> str:
    wanted = slug(text) or text
    for category in plan.categories:
        if wanted in {slug(name) or name for name in (category.id, category.name, *category.aliases)}:
            return category.id
    names = list(plan.category_names.values())
    message = Message("«{name}» is no category of the plan", name=text)
    raise _unknown("--category", message, nearest(text, names) or names)


def _party(plan: Plan, option: str, text: str) -> str:
    wanted = slug(text) or text
    for party in plan.parties:
        if wanted in {slug(name) or name for name in (party.id, party.name, *party.aliases)}:
            return party.id
    words = [word for party in plan.parties for word in (party.name, *party.aliases, party.id)]
    near = nearest(text, words) or list(plan.party_names.values())
    raise _unknown(option, Message("«{name}» is no party of the plan", name=text), near)


def _window(plan: Plan, option: str, text: str) -> dates.Window:
    when = dates.parse(" ".join(text.split()), plan.period)
    if isinstance(when, dates.DateProblem):
        raise SelectionError(option, when.message, when.hint)
    if when.references:
        raise SelectionError(option, Message("«{text}» hangs on an activity; write a date", text=text))
    window = dates.window_of(when, plan.seasons, lambda _: dates.UNSET)
    if isinstance(window, dates.DateProblem):
        raise SelectionError(option, window.message, window.hint)
    if window.unset:
        raise SelectionError(option, Message("«{text}» is not a date", text=text))
    return window


class Reach(Struct, frozen=True):
    """Whom and what something concerns and when: the things that a selection compares."""

    leaves: frozenset[str]
    """The leaves that it is for."""
    responsible: frozenset[str]
    """Who answers for it: the parties named, and everybody in those that are collective."""
    audience: frozenset[str]
    categories: frozenset[str]
    """The category of its activity, if it has one."""
    window: dates.Window
    """Its days; an open end is the end of the plan's period."""

    def concerns(self, selection: Selection) -> bool:
        """Return whether a reader with this selection is concerned."""
        return (
            not (selection.regions and selection.leaves.isdisjoint(self.leaves))
            and overlaps(self.window, selection)
            and _any(selection.parties, self.responsible | self.audience)
            and _any(selection.responsible, self.responsible)
            and _any(selection.audience, self.audience)
            and _any(selection.categories, self.categories)
        )

    def readers(self, plan: Plan) -> tuple[frozenset[str], frozenset[str]]:
        """Return the regions and groups, and the parties, whose selections it is in."""
        return plan.scopes.around(self.leaves), self.responsible | self.audience


def _any(asked: tuple[str, ...], there: frozenset[str]) -> bool:
    """Return whether any of what is asked for is there; nothing asked for means all."""
    return not (asked and there.isdisjoint(asked))


def reach(occurrence: Occurrence, plan: Plan) -> Reach:
    """Return whom an occurrence concerns and when; undated tasks of an activity are part of its other occurrences."""
    tasks = [] if occurrence.task else [task for task in occurrence.activity.tasks if task.when is None]
    return Reach(
        plan.scopes.leaf_set(occurrence.scopes),
        plan.collectives.reached(_parties(occurrence.responsible, *(task.responsible for task in tasks))),
        plan.collectives.reached(_parties(occurrence.audience, *(task.audience for task in tasks))),
        frozenset(filter(None, [occurrence.activity.category])),
        within_period(occurrence.window, plan),
    )


def _parties(*assigned: tuple[Assignment, ...] | None) -> frozenset[str]:
    return frozenset(assignment.party for assignments in assigned for assignment in assignments or ())


def within_period(window: dates.Window, plan: Plan) -> dates.Window:
    """Return a window whose open end is the end of the plan's period: «etter workshop-1» does not go on for ever."""
    last = plan.period.end if plan.period else None
    if window.end is None and window.start is not None and last is not None and window.start <= last:
        return dates.Window(window.start, last)
    return window


def overlaps(window: dates.Window, selection: Selection) -> bool:
    """Return whether a window overlaps the time asked for; a deadline counts on its day, an undated one never."""
    if selection.start is None and selection.until is None:
        return True
    if window.unset:
        return False
    first = window.start or window.end
    return (selection.until is None or (first is not None and first <= selection.until)) and (
        selection.start is None or window.end is None or window.end >= selection.start
    )


def select(schedule: Schedule, selection: Selection) -> Schedule:
    """Keep the occurrences that concern the reader; activities of which none is left are left out."""
    if selection == Selection():
        return schedule
    activities = []
    for scheduled in schedule.activities:
        kept = tuple(each for each in scheduled.occurrences if reach(each, schedule.plan).concerns(selection))
        if kept:
            activities.append(replace(scheduled, occurrences=kept))
    return replace(schedule, activities=tuple(activities))
