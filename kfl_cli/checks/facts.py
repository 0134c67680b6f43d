"""Facts about a schedule that several rules need, each worked out once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind
from kfl_cli.language.message import Message
from kfl_cli.plan.texts import texts_of
from kfl_cli.schedule.closing_criteria import says_closed
from kfl_cli.schedule.gathering_criteria import is_gathering
from kfl_cli.schedule.working_days import Workdays, workdays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.plan.model import Plan
    from kfl_cli.plan.scopes import Scopes
    from kfl_cli.plan.texts import WrittenText
    from kfl_cli.schedule.occurrence import Occurrence, Schedule, ScheduledActivity

MOST_RELATED = 5
"""Other places that a finding names."""
_MOST_NAMED = 6
"""Regions, groups or contacts that a finding names."""
_NUMBER = re.compile(r"[1-9](?<!\w.)[0-9]?(?!\w)")
"""A number of one or two digits that stands alone; it is sought by its first digit, which most titles lack."""


class Facts(Struct, frozen=True, dict=True):
    """A schedule and what follows from it."""

    schedule: Schedule

    @property
    def plan(self) -> Plan:
        """The plan of the schedule."""
        return self.schedule.plan

    @property
    def scopes(self) -> Scopes:
        """The regions and groups of the plan."""
        return self.schedule.plan.scopes

    @cached_property
    def current(self) -> tuple[Occurrence, ...]:
        """All dated occurrences that are neither cancelled nor done, in reading order."""
        return tuple(each for each in self.schedule.occurrences if not each.status.is_over and not each.window.unset)

    @cached_property
    def gatherings(self) -> tuple[Occurrence, ...]:
        """Occurrences that occupy a region for the day: gatherings, and events that are for some regions."""
        return tuple(each for each in self.current if _is_for_some(each) or is_gathering(each))

    @cached_property
    def bookings(self) -> tuple[Occurrence, ...]:
        """Occurrences that occupy their parties: gatherings, and whatever takes place at a clock time."""
        timed = (each for each in self.current if each.dated.stretches)
        return tuple({each.id: each for each in (*self.gatherings, *timed)}.values())

    @cached_property
    def texts(self) -> tuple[tuple[str, list[WrittenText]], ...]:
        """The texts of each activity, region and party, and of the head, each with the key of its section.

        Whatever looks for something in texts first looks for what is cheap to find: most texts hold nothing of it.
        """
        return tuple(texts_of(self.plan))

    @cached_property
    def prepared(self) -> tuple[tuple[list[Occurrence], list[Occurrence], ScheduledActivity], ...]:
        """Activities with tasks on fixed dates: (occurrences of the activity itself, those tasks, the activity)."""
        prepared = []
        for scheduled in self.schedule.activities:
            tasks = [task for task in scheduled.tasks if _is_fixed(task)]
            if tasks and scheduled.current:
                prepared.append((scheduled.current, tasks, scheduled))
        return tuple(prepared)

    @cached_property
    def series(self) -> tuple[tuple[ScheduledActivity, ScheduledActivity], ...]:
        """Pairs of activities whose titles differ only in a number, which is one higher in the second."""
        known: dict[tuple[str, int, str], ScheduledActivity] = {}
        for scheduled in self.schedule.activities:
            title = scheduled.activity.title
            for match in _NUMBER.finditer(title):
                known.setdefault((title[: match.start()], int(match[0]), title[match.end() :]), scheduled)
        pairs = ((known.get((before, number - 1, after)), later) for (before, number, after), later in known.items())
        return tuple((earlier, later) for earlier, later in pairs if earlier)

    @cached_property
    def _calendar(self) -> tuple[Workdays, Message | None]:
        return workdays(self.plan)

    @property
    def workdays(self) -> Workdays:
        """The working days of the plan."""
        return self._calendar[0]

    @property
    def unknown_holidays(self) -> Message | None:
        """The remedy if the holidays of the plan's country are not known."""
        return self._calendar[1]

    def names(self, scopes: Iterable[str]) -> Message | str:
        """Return the names of regions and groups as a list; of many, the first and how many more."""
        return some([self.scopes.names[scope] for scope in scopes])


def _is_fixed(task: Occurrence) -> bool:
    return not task.status.is_over and not task.window.unset and not task.dated.references


def _is_for_some(occurrence: Occurrence) -> bool:
    if occurrence.kind is not Kind.EVENT or not occurrence.scopes or occurrence.task:
        return False
    return bool(occurrence.location) or not says_closed(occurrence)


def some(names: list[str]) -> Message | str:
    """Return names as a list; of many, the first and how many more."""
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return Message("{names} and {n} more", names=shown, n=more) if more > 0 else shown
