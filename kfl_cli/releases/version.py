"""The version of a release: its day, and which release of that day it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli import dates

if TYPE_CHECKING:
    from datetime import date

_NUMBERED = re.compile(r"(.*[^.\s])\.([1-9][0-9]{0,3})")


class Version(Struct, frozen=True, order=True):
    """The version of a release, written ``2026-12-01``; of the second on that day ``2026-12-01.2``."""

    day: date
    number: int = 1

    def __str__(self) -> str:
        """Return it as it stands in the ledger."""
        return f"{self.day}" if self.number == 1 else f"{self.day}.{self.number}"


def next_version(day: date, last: Version | None) -> Version:
    """Return the version of a release on a day, after the last release."""
    return Version(day, last.number + 1) if last and last.day == day else Version(day)


def read_version(text: str) -> Version | None:
    """Read a version, its day in any form of the date language; None where it is none."""
    plain = " ".join(text.split())
    whole = dates.parse(plain)
    if isinstance(whole, dates.Day):
        return Version(whole.date)
    numbered = _NUMBERED.fullmatch(plain)
    day = dates.parse(numbered[1]) if numbered else None
    return Version(day.date, int(numbered[2])) if numbered and isinstance(day, dates.Day) else None
