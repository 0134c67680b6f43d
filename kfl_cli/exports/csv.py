"""CSV: one line an occurrence (RFC 4180), UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kfl_cli.exports.iso_dates import iso_ends
from kfl_cli.releases.identity import Uids

if TYPE_CHECKING:
    from kfl_cli.exports.context import Context
    from kfl_cli.schedule.occurrence import Occurrence, Schedule

_FORMULA = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""The characters that begin a formula, with their wide forms of East Asian keyboards."""
COLUMNS = (
    "id", "activity", "task", "title", "scope", "kind", "precision", "start", "end", "when", "location", "status",
    "question", "responsible", "audience", "note", "uid",
)  # fmt: skip


def render(schedule: Schedule, context: Context) -> bytes:
    """Return a header and a line an occurrence, in the order of their days; the author's own columns come last."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    own = tuple(dict.fromkeys(label for activity in schedule.plan.activities for label, _ in activity.more))
    writer.writerow((*COLUMNS, *map(_safe, own)))
    uids = Uids(schedule.plan.id)
    for occurrence in schedule.by_date:
        more = {} if occurrence.task else dict(occurrence.activity.more)
        texts = (" ".join(more.get(label, "").split()) for label in own)
        writer.writerow([_safe(cell) for cell in (*_cells(occurrence, context), uids.of(occurrence), *texts)])
    return buffer.getvalue().encode()


def _cells(occurrence: Occurrence, context: Context) -> tuple[str, ...]:
    wording = context.wording
    start, end = iso_ends(occurrence, wording.plan.timezone)
    return (
        occurrence.id,
        occurrence.activity.id,
        occurrence.task.id if occurrence.task else "",
        occurrence.title,
        wording.scope(occurrence),
        occurrence.kind.value,
        occurrence.precision.value,
        start or "",
        end or "",
        wording.when(occurrence),
        occurrence.location or "",
        occurrence.status.value,
        occurrence.question or "",
        "; ".join(wording.assignments(occurrence.responsible)),
        "; ".join(wording.assignments(occurrence.audience)),
        " ".join((occurrence.note or "").split()),
    )


def _safe(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula: those begin with = + - @, a tab or a return."""
    first = next((character for character in cell if character.isprintable() and not character.isspace()), "")
    return f"'{cell}" if first in _FORMULA else cell
