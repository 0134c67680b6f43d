"""The identity of an occurrence in calendars: the same for ever, whatever its title, date or place in the file."""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence

NAMESPACE = UUID("6a0f2f4e-35a5-5c3c-9f5c-3f0d1d7a52c1")
"""Drawn once for kfl; a change would change every UID of every plan."""


_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""A hexadecimal digit with its upper two bits as RFC 9562 §4.1 has them: 1 and 0."""


class Uids:
    """The UIDs of a plan: its own, and under it those of what is in its calendars."""

    def __init__(self, plan_id: str) -> None:
        """Make the namespace of a plan from its id."""
        own = uuid5(NAMESPACE, plan_id)
        self.plan = str(own)
        """The UID of the plan's calendar (RFC 7986 §5.3)."""
        self._namespace = sha1(own.bytes, usedforsecurity=False)

    def of(self, occurrence: Occurrence) -> str:
        """Return the UID of an occurrence; an activity's ``uid:`` stands in for its id."""
        activity = occurrence.activity
        if activity.uid:
            return self.named(activity.uid + occurrence.id.removeprefix(activity.id))
        return self.named(occurrence.id)

    def named(self, name: str) -> str:
        """Return the UUID of a name under the plan's, version 5 (RFC 9562 §5.5), as text.

        It is that of ``uuid.uuid5``, in half of its time: a large calendar needs thousands.
        """
        hashed = self._namespace.copy()
        hashed.update(name.encode())
        digits = hashed.hexdigest()
        variant = _VARIANTS[digits[16]]
        return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"
