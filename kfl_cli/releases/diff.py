"""Changes between two snapshots of a plan, typed, each with the occurrence before and after."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.dates import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kfl_cli.releases.published_occurrence import Published

CANCELLED = "cancelled"
DONE = "done"


class ChangeKind(enum.Enum):
    """The kinds of change, most important first."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    NEW = "new"
    LOCATION = "place"
    STATUS = "status"
    PEOPLE = "people"
    TEXT = "text"
    DONE = "done"


class Change(Struct, frozen=True):
    """A change of one kind to one occurrence."""

    kind: ChangeKind
    before: Published | None
    """None where it is new."""
    after: Published | None
    """None where it was dropped."""
    because: str = ""
    """Id of the activity that it moved along with."""

    @property
    def shown(self) -> Published:
        """The occurrence as it is, or as it was last."""
        item = self.after or self.before
        if item is None:
            raise ValueError("a change of nothing")
        return item


def compare(old: Mapping[str, Published], new: Mapping[str, Published]) -> list[Change]:
    """Return what changed, most important first, by days, of one day in the order of the new plan; known by UIDs."""
    changes = [change for uid in dict.fromkeys([*new, *old]) for change in _changes(old.get(uid), new.get(uid))]
    moved: dict[str, set[str]] = {}
    for item in (each.shown for each in changes if each.kind is ChangeKind.MOVED and not each.shown.task):
        moved.setdefault(item.id.split("/")[0], set()).update(scope for scope, _ in item.scopes)
    caused = (replace(each, because=_cause(each, moved)) if each.kind is ChangeKind.MOVED else each for each in changes)
    return sorted(caused, key=_order)


def _order(change: Change) -> tuple[int, bool, tuple[date, str, date]]:
    """Return the sort key of a change: its kind, causes before what moved along, its days."""
    return list(ChangeKind).index(change.kind), bool(change.because), change.shown.order


def _changes(before: Published | None, after: Published | None) -> Iterator[Change]:
    if before is None or after is None:
        kind = ChangeKind.NEW if before is None else ChangeKind.CANCELLED
        if (before or after) and not (before is not None and before.status == CANCELLED):
            yield Change(kind, before, after)
        return
    if after.status != before.status:
        kinds = {CANCELLED: ChangeKind.CANCELLED, DONE: ChangeKind.DONE}
        yield Change(kinds.get(after.status, ChangeKind.STATUS), before, after)
    fields = {
        ChangeKind.LOCATION: ("location",),
        ChangeKind.PEOPLE: ("responsible", "audience"),
        ChangeKind.TEXT: ("title", "question", "text", "scopes", "category"),
    }
    other_zone = before.timezone and after.timezone and before.timezone != after.timezone
    moved = _days(before) != _days(after) or other_zone
    if moved:
        yield Change(ChangeKind.MOVED, before, after)
    for kind, names in fields.items():
        reworded = kind is ChangeKind.TEXT and not moved and _words(before) != _words(after)
        if reworded or any(getattr(before, name) != getattr(after, name) for name in names):
            yield Change(kind, before, after)


def _days(item: Published) -> tuple[str, str, str, str]:
    """Return what makes a date another for readers: its days, its hours, its wording unless it refers to others.

    The wording of a deadline has its clock time.
    """
    wording = "" if item.references else item.when
    if item.kind is Kind.DEADLINE:
        return item.end[:10], item.end[:10], item.hours, wording
    return item.start, item.end, item.hours, wording


def _words(item: Published) -> tuple[str, bool]:
    """Return what makes the same days another date for readers: its wording, and whether it is a deadline."""
    return item.when, item.kind is Kind.DEADLINE


def _cause(change: Change, moved: Mapping[str, set[str]]) -> str:
    """Return the activity that a date refers to and moved along with; empty if its author wrote another date."""
    before, after = change.before, change.after
    if before is None or after is None or (before.references, before.when) != (after.references, after.when):
        return ""
    scopes = {scope for scope, _ in after.scopes}
    causes = [id_ for id_ in after.references if id_ in moved]
    return next((id_ for id_ in causes if not scopes.isdisjoint(moved[id_])), causes[0] if causes else "")
