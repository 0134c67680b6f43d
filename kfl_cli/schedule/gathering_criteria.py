"""Which entries people meet at: those that need a place and an hour, and keep a region from meeting elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind, Timed
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.plan.model import Status

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence


@cache
def _called_a_gathering() -> re.Pattern[str]:
    """Match a title that begins with a gathering, alone or after one more word: «Regional samling for styrere»."""
    words = "|".join(sorted({word for words in VOCABULARIES.values() for word in words.gatherings}))
    kinds = "|".join(sorted({word for words in VOCABULARIES.values() for word in words.gathering_kinds}))
    inflected = "[saernt]|er|ar|en|et|ne|ene|ane"
    return re.compile(rf"(?:(?:{kinds}) )?\S*(?:{words})(?:{inflected})?(?![\w,])", re.IGNORECASE)


def is_gathering(occurrence: Occurrence) -> bool:
    """Return whether people meet: a day that is a session, has a place or hours from–to, or is called a gathering.

    «Nettportalen åpner», on a day or at nine o'clock, is an event, but nobody goes there; a task is no meeting either.
    """
    if occurrence.kind is not Kind.EVENT or occurrence.task or occurrence.status is Status.CANCELLED:
        return False
    return bool(
        occurrence.session
        or occurrence.location
        or (isinstance(occurrence.when, Timed) and occurrence.when.end)
        or _called_a_gathering().match(occurrence.title)
    )
