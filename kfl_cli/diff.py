"""What changed between two states of a plan: typed changes, each with what it was and what it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kfl_cli.published import Published

CANCELLED = "cancelled"


class ChangeKind(enum.Enum):
    """What changed, most important first."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    NEW = "new"
    PLACE = "place"
    STATUS = "status"
    PEOPLE = "people"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed of one occurrence."""

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
        shown = self.after or self.before
        if shown is None:
            raise ValueError("a change of nothing")
        return shown


def compare(old: Mapping[str, Published], new: Mapping[str, Published]) -> list[Change]:
    """Return what changed, most important first, in the order of the days; occurrences are known by their UIDs."""
    found = [change for uid in dict.fromkeys([*old, *new]) for change in _changes(old.get(uid), new.get(uid))]
    moves = [each.shown for each in found if each.kind is ChangeKind.MOVED and not each.shown.task]
    moved = {each.id.split("/")[0] for each in moves}
    found = [replace(each, because=_cause(each, moved)) if each.kind is ChangeKind.MOVED else each for each in found]
    ranks = {kind: rank for rank, kind in enumerate(ChangeKind)}
    return sorted(found, key=lambda each: (ranks[each.kind], each.shown.order))


def _changes(before: Published | None, after: Published | None) -> Iterator[Change]:
    if before is None or after is None:
        kind = ChangeKind.NEW if before is None else ChangeKind.CANCELLED
        if (before or after) and not (before is not None and before.status == CANCELLED):
            yield Change(kind, before, after)
        return
    if after.status != before.status:
        yield Change(ChangeKind.CANCELLED if after.status == CANCELLED else ChangeKind.STATUS, before, after)
    fields = {
        ChangeKind.MOVED: ("start", "end", "when", "kind"),
        ChangeKind.PLACE: ("location",),
        ChangeKind.PEOPLE: ("responsible", "audience"),
        ChangeKind.TEXT: ("title", "question", "text", "scopes"),
    }
    for kind, names in fields.items():
        if any(getattr(before, name) != getattr(after, name) for name in names):
            yield Change(kind, before, after)


def _cause(change: Change, moved: set[str]) -> str:
    """Return the activity that a date hangs on and that moved, where its author did not write another date."""
    before, after = change.before, change.after
    if before is None or after is None or (before.after, before.when) != (after.after, after.when):
        return ""
    return next((id_ for id_ in after.after if id_ in moved), "")
