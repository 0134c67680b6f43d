"""What a plan leaves open: questions, what is tentative or not dated, whom nobody answers for, where nobody knows."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli import dates
from kfl_cli.dates import Precision
from kfl_cli.fields import is_blank
from kfl_cli.gatherings import is_gathering
from kfl_cli.model import Activity, Status
from kfl_cli.source import Scalar, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.diagnostics import Span
    from kfl_cli.resolve import Entry, Occurrence, Schedule


class Open(enum.Enum):
    """What can be open; the value names it in JSON."""

    QUESTION = "question"
    TENTATIVE = "tentative"
    DATE = "date"
    RESPONSIBLE = "responsible"
    AUDIENCE = "audience"
    PLACE = "place"
    CLOCK_TIME = "clock-time"


class Gap(Struct, frozen=True):
    """Something that an activity leaves open, as a whole or for some of its dates."""

    open: Open
    activity: Activity
    occurrences: tuple[Occurrence, ...] = ()
    """The dates for which it is open; none where it is asked of the activity."""
    question: str = ""
    whole: bool = True
    """Whether it is open for the activity as a whole."""

    @property
    def span(self) -> Span:
        """Where it would be mended: the activity, or the first of its dates."""
        first = self.occurrences[0] if self.occurrences and not self.whole else None
        part = first and (first.session or first.task)
        node = part.node if part else self.activity.node
        keys = {Open.QUESTION: "question", Open.DATE: "when"}
        return place(node, keys[self.open]) if self.open in keys else place(node)

    @property
    def asked(self) -> bool:
        """Whether a question of the plan says what is open."""
        own = (each.question for each in self.occurrences)
        return bool(self.activity.question) or any(own)


def gaps(schedule: Schedule) -> Iterator[Gap]:
    """Return all that is open, in reading order."""
    for entry in schedule.entries:
        if entry.activity.status is not Status.CANCELLED:
            yield from _gaps(entry, has_parties=bool(schedule.plan.parties))


def _gaps(entry: Entry, *, has_parties: bool) -> Iterator[Gap]:
    activity = entry.activity
    own = [each for each in entry.occurrences if each.task is None and each.status is not Status.CANCELLED]
    if activity.question:
        yield Gap(Open.QUESTION, activity, (), activity.question)
    for each in own:
        if each.session and each.session.question:
            yield Gap(Open.QUESTION, activity, (each,), each.session.question, whole=False)
    tentative = [each for each in own if each.status is Status.TENTATIVE]
    yield from _of(Open.TENTATIVE, activity, own, tentative)
    yield from _of(Open.DATE, activity, own, [each for each in own if each.precision is Precision.UNSET])
    undated = [each for each in entry.occurrences if each.precision is Precision.UNSET and each.task]
    yield from (Gap(Open.DATE, activity, (each,), whole=False) for each in undated)
    if has_parties and not _says(activity, "responsible"):
        yield from _of(Open.RESPONSIBLE, activity, own, [each for each in own if not each.responsible])
    if has_parties and not _says(activity, "audience"):
        yield from _of(Open.AUDIENCE, activity, own, [each for each in own if not each.audience])
    met = [each for each in own if is_gathering(each)]
    yield from _of(Open.PLACE, activity, met, [each for each in met if not each.location])
    written = [each for each in met if dates.is_written_day(each.when)]
    whole_days = [each for each in written if each.precision is not Precision.TIME]
    yield from _of(Open.CLOCK_TIME, activity, written, whole_days)


def _of(open_: Open, activity: Activity, occurrences: list[Occurrence], lacking: list[Occurrence]) -> tuple[Gap, ...]:
    """Return the gap of those occurrences that lack something: of the whole activity where all do."""
    return (Gap(open_, activity, tuple(lacking), whole=len(lacking) == len(occurrences)),) if lacking else ()


def _says(activity: Activity, key: str) -> bool:
    """Return whether something stands under a key: parties, read or not, or a list left empty on purpose."""
    entry = activity.node.entries.get(key) if activity.node else None
    return entry is not None and not (isinstance(entry.value, Scalar) and is_blank(entry.value.text))
