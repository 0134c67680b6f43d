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
    UNDATED = "undated"
    MOVED = "moved"
    DATED = "dated"
    NEW = "new"
    LOCATION = "place"
    STATUS = "status"
    PEOPLE = "people"
    TEXT = "text"
    DONE = "done"


OF_DATES = {ChangeKind.UNDATED, ChangeKind.MOVED, ChangeKind.DATED}
"""The kinds of change to a date."""


class Change(Struct, frozen=True):
    """A change of one kind to one occurrence."""

    kind: ChangeKind
    before: Published | None
    """None where it is new."""
    after: Published | None
    """None where it was dropped."""
    because: str = ""
    """Id of the activity that it moved along with."""
    cause: ChangeKind | None = None
    """How the date of that one changed."""

    @property
    def activity(self) -> str:
        """The id of the activity that it is of."""
        return self.shown.id.split("/")[0]

    @property
    def shown(self) -> Published:
        """The occurrence as it is, or as it was last."""
        item = self.after or self.before
        if item is None:
            raise ValueError("a change of nothing")
        return item


def compare(old: Mapping[str, Published], new: Mapping[str, Published]) -> list[Change]:
    """Return what changed, most important first, in the order of the days; occurrences are known by their UIDs."""
    changes = [change for uid in dict.fromkeys([*old, *new]) for change in _changes(old.get(uid), new.get(uid))]
    moved: dict[str, dict[str, ChangeKind]] = {}
    for change in changes:
        if change.kind in OF_DATES and not change.shown.task:
            scopes = [scope for scope, _ in change.shown.scopes] or [""]
            moved.setdefault(change.activity, {}).update(dict.fromkeys(scopes, change.kind))
    caused = (_with_cause(each, moved) if each.kind in OF_DATES else each for each in changes)
    return sorted(caused, key=_order)


def rank(change: Change) -> int:
    """Return how important a change is, least first; all changes to dates are alike."""
    return list(ChangeKind).index(ChangeKind.MOVED if change.kind in OF_DATES else change.kind)


def _order(change: Change) -> tuple[int, bool, tuple[date, str, date]]:
    """Return the sort key of a change: its kind, causes before what moved along, its days."""
    return rank(change), bool(change.because), change.shown.order


_FIELDS = {
    ChangeKind.LOCATION: ("location",),
    ChangeKind.PEOPLE: ("responsible", "audience"),
    ChangeKind.TEXT: ("title", "question", "text", "scopes", "category"),
}
"""The other fields that readers see, by the kind of their change."""


def _changes(before: Published | None, after: Published | None) -> Iterator[Change]:
    if before is None or after is None:
        kind = ChangeKind.NEW if before is None else ChangeKind.CANCELLED
        if any(item and item.status != CANCELLED for item in (before, after)):
            yield Change(kind, before, after)
        return
    if after.status != before.status:
        kinds = {CANCELLED: ChangeKind.CANCELLED, DONE: ChangeKind.DONE}
        yield Change(kinds.get(after.status, ChangeKind.STATUS), before, after)
    if after.status == CANCELLED:  # when, where and for whom is no news any more
        if before.status == CANCELLED and (before.title, before.text) != (after.title, after.text):
            yield Change(ChangeKind.TEXT, before, after)
        return
    moved = date_change(before, after)
    if moved:
        yield Change(moved, before, after)
    for kind, names in _FIELDS.items():
        reworded = kind is ChangeKind.TEXT and not moved and words_of(before) != words_of(after)
        if reworded or any(getattr(before, name) != getattr(after, name) for name in names):
            yield Change(kind, before, after)


def date_change(before: Published, after: Published) -> ChangeKind | None:
    """Return how a date has changed for its readers, None if it has not; a day within a period before fixes it."""
    other_zone = before.timezone and after.timezone and before.timezone != after.timezone
    if _days(before) == _days(after) and not other_zone:
        return None
    was, now = before.window, after.window
    if was.unset or now.unset:
        return None if was.unset and now.unset else ChangeKind.DATED if was.unset else ChangeKind.UNDATED
    fixed = before.kind is Kind.PERIOD and after.kind is Kind.EVENT and now.within(was)
    return ChangeKind.DATED if fixed else ChangeKind.MOVED


def _days(item: Published) -> tuple[str, str, str, str]:
    """Return what makes a date another for readers: its days, its hours, its wording unless it refers to others.

    The wording of a deadline has its clock time.
    """
    wording = "" if item.references else item.when
    if item.kind is Kind.DEADLINE:
        return item.end[:10], item.end[:10], item.hours, wording
    return item.start, item.end, item.hours, wording


def words_of(item: Published) -> tuple[str, bool]:
    """Return what makes the same days another date for readers: its wording, and whether it is a deadline."""
    return item.when, item.kind is Kind.DEADLINE


def _with_cause(change: Change, moved: Mapping[str, Mapping[str, ChangeKind]]) -> Change:
    """Return a change with the activity that its date refers to and changed along with.

    There is none where its author wrote another date.
    """
    before, after = change.before, change.after
    if before is None or after is None or (before.references, before.when) != (after.references, after.when):
        return change
    causes = [(id_, moved[id_]) for id_ in after.references if id_ in moved]
    scopes = {scope for scope, _ in after.scopes}
    near = [(id_, kind) for id_, kinds in causes for scope, kind in kinds.items() if scope in scopes]
    far = [(id_, kind) for id_, kinds in causes for kind in kinds.values()]
    because, cause = next(iter(near or far), ("", None))
    return replace(change, because=because, cause=cause)
