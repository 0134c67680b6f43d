"""The clock times of a date, an entry each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.dates import Timed


class Slot(Struct, frozen=True, gc=False):
    """The clock times of an entry, local to the plan's zone."""

    at: datetime
    """When it begins; of a deadline, when it is due."""
    end: datetime | None = None
    is_due: bool = False


def slots(stretches: Iterable[Timed], due: datetime | None) -> tuple[Slot, ...]:
    """Return the clock times of a date, an entry each; none where it is whole days."""
    if due:
        return (Slot(due, is_due=True),)
    return tuple(
        Slot(datetime.combine(each.first, each.start), datetime.combine(each.last, each.end) if each.end else None)
        for each in stretches
    )
