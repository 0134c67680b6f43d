"""What a calendar shows under an entry: what ``event.txt.j2`` says, written directly.

Writing 10 000 entries spent two fifths of its time in that template, and Jinja takes as long to load as a small
calendar to write. So the template as it is shipped is only what people start from who want to say it otherwise; the
tests hold both to the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.text import commonmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEMPLATE = "event.txt.j2"


CHECKSUM = 0xE6D4C16F
"""CRC-32 of the template that this stands for."""


class Description(Struct, frozen=True):
    """What the template gets, under the names that it gets it by (docs/exports.md)."""

    kind: str
    when: str
    written: str
    open_end: bool
    part_of: str
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    question: str
    text: str
    note: str
    activity_note: str
    tasks: tuple[tuple[str, str, str], ...]
    """Title, date and responsible party."""
    links: list[str]

    def lines(self, say: Callable[[str], str]) -> Iterator[str]:
        """Return the description, one thing a line."""
        aside = f" ({self.when})" if self.written != self.when else ""
        if self.kind == "window":
            yield f"{say('Period')}: {self.written}{aside}"
        elif aside or self.kind == "deadline":
            yield f"{say('When')}: {self.written}{aside}"
        if self.open_end:
            yield say("The plan gives no end time.")
        if self.part_of:
            yield f"{say('Part of')}: {self.part_of}"
        if self.responsible:
            yield f"{say('Responsible')}: {', '.join(self.responsible)}"
        if self.audience:
            yield f"{say('Audience')}: {', '.join(self.audience)}"
        if self.question:
            yield f"{say('Not settled')}: {self.question}"
        yield from commonmark.lines(self.text)
        yield from filter(None, (self.note, self.activity_note))
        if self.tasks:
            yield f"{say('Tasks')}:"
        for title, date, who in self.tasks:
            yield f"• {title}{f' ({date})' if date else ''}{f' – {who}' if who else ''}"
        yield from self.links
