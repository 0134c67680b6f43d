"""The description of an entry: plain text, one thing a line.

It is written here rather than by a template: Jinja took two fifths of the time of 10 000 entries, and as long to load
as a small calendar takes to write. A plan's own ``templates/event.txt.j2`` takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from kfl_cli.dates import DEADLINE, PERIOD, Kind
from kfl_cli.text import commonmark

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPLATE = "event.txt.j2"


class Description(Struct, frozen=True, gc=False):
    """The facts of a description, under the names by which a template gets them (docs/exports.md)."""

    kind: Kind | None
    """None where there is no date."""
    when: str
    written: str
    moved_from: str
    """The date that it had before it moved, for a year of versions; empty where it did not."""
    each_day: bool
    """Whether it is one of several entries of a date, one a day."""
    open_end: bool
    part_of: str
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    question: str
    text: str
    """CommonMark."""
    more: tuple[tuple[str, str], ...]
    """Label and text of the author's own columns."""
    note: str
    activity_note: str
    tasks: tuple[tuple[str, str, str], ...]
    """Title, date and responsible parties."""
    task_texts: tuple[str, ...]
    """Notes and links of those tasks that have no entry of their own, with their titles."""
    links: list[str]

    def values(self) -> dict[str, object]:
        """Return the facts as a template gets them."""
        return asdict(self) | {"kind": self.kind.value if self.kind else ""}

    def write(self, say: Callable[[str], str]) -> str:
        """Return the description; ``say`` translates kfl's own English words."""
        text = "\n".join(self._lines(say))
        has_author_lines = self.text or self.more or self.note or self.activity_note or self.task_texts
        return trimmed(text) if has_author_lines else text

    def _lines(self, say: Callable[[str], str]) -> list[str]:
        moved = [say("Moved from {date}").format(date=self.moved_from)] if self.moved_from else []
        lines = moved + self._date(say)
        if self.part_of:
            lines.append(f"{say('Part of')}: {self.part_of}")
        if self.responsible:
            lines.append(f"{say('Responsible')}: {', '.join(self.responsible)}")
        if self.audience:
            lines.append(f"{say('Audience')}: {', '.join(self.audience)}")
        if self.question:
            lines.append(f"{say('Not settled')}: {self.question}")
        if self.text:
            lines += commonmark.lines(self.text)
        lines += [f"{label}: {text}" for label, text in self.more]
        if self.note:
            lines.append(self.note)
        if self.activity_note:
            lines.append(self.activity_note)
        if self.tasks:
            lines.append(f"{say('Tasks')}:")
        for title, date, parties in self.tasks:
            lines.append(f"• {title}{f' ({date})' if date else ''}{f' – {parties}' if parties else ''}")
        return [*lines, *self.task_texts, *self.links]

    def _date(self, say: Callable[[str], str]) -> list[str]:
        """Return what start and end of an entry do not say of its date."""
        lines: list[str] = []
        aside = f" ({self.when})" if self.written != self.when else ""
        if self.kind is PERIOD:
            lines.append(f"{say('Period')}: {self.written}{aside}")
        elif aside or self.each_day or self.kind is DEADLINE:
            lines.append(f"{say('When')}: {self.written}{aside}")
        if self.open_end:
            lines.append(say("The plan gives no end time."))
        return lines


def trimmed(text: str) -> str:
    """Return a text without white space around it and at the ends of its lines."""
    return "\n".join(map(str.rstrip, text.strip().split("\n")))
