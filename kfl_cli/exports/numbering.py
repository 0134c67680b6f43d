"""The numbers that the same dates have in the table and in the year wheel of the HTML page.

Days and deadlines are numbered in the order of their days; activities that are a period, or have no date, have letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.dates import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class DateNumbers(Struct, frozen=True):
    """Number or letter by occurrence id; occurrences of one activity that are periods share a letter."""

    marks: Mapping[str, str]

    def of(self, occurrence: Occurrence) -> str:
        """Return the number or letter of an occurrence; nothing for one that is not in the selection."""
        return self.marks.get(occurrence.id, "")


def is_mark(occurrence: Occurrence) -> bool:
    """Return whether an occurrence is on certain days, or due on one."""
    return occurrence.kind is not Kind.PERIOD and not occurrence.window.unset


def number_dates(schedule: Schedule) -> DateNumbers:
    """Number all occurrences of a schedule."""
    ordered = schedule.by_date
    days = (occurrence for occurrence in ordered if is_mark(occurrence))
    marks = {occurrence.id: str(number) for number, occurrence in enumerate(days, 1)}
    periods = _by_activity(occurrence for occurrence in ordered if not is_mark(occurrence))
    for index, periods_of_one in enumerate(periods):
        marks |= dict.fromkeys((occurrence.id for occurrence in periods_of_one), letters(index))
    return DateNumbers(marks)


def _by_activity(occurrences: Iterable[Occurrence]) -> list[list[Occurrence]]:
    """Return the occurrences of each activity, and of each task, together."""
    groups: dict[tuple[str, str], list[Occurrence]] = {}
    for occurrence in occurrences:
        task_id = occurrence.task.id if occurrence.task else ""
        groups.setdefault((occurrence.activity.id, task_id), []).append(occurrence)
    return list(groups.values())


def letters(index: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(_LETTERS))
        text = _LETTERS[rest] + text
    return text
