"""Gatherings: the occurrences that people come to, which need a place and hours and occupy a region for the day."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind, Since
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.plan.model import Status
from kfl_cli.schedule.closing_criteria import says_closed

if TYPE_CHECKING:
    from kfl_cli.schedule.occurrence import Occurrence


@cache
def _called_a_gathering() -> re.Pattern[str]:
    """Match a title whose first or second word is a gathering: «Samling», «Regional samling for styrere»."""
    words = "|".join(sorted({word for words in VOCABULARIES.values() for word in words.gatherings}))
    kinds = "|".join(sorted({word for words in VOCABULARIES.values() for word in words.gathering_kinds}))
    inflected = "[saernt]|er|ar|en|et|ne|ene|ane"
    return re.compile(rf"(?:(?:{kinds}) )?\S*(?:{words})(?:{inflected})?(?![\w,])", re.IGNORECASE)


def is_gathering(occurrence: Occurrence) -> bool:
    """Return whether an event is one that people come to: a session, with a place, with hours from–to, or called so.

    «Nettportalen åpner», on a day or at nine o'clock, is an event, but nobody goes there; nobody goes to a task either,
    or to «Fridag» with the days as its sessions.
    """
    if occurrence.kind is not Kind.EVENT or occurrence.status is Status.CANCELLED:
        return False
    return _is_attended(occurrence)


def takes_place_once(occurrence: Occurrence) -> bool:
    """Return whether an occurrence whose days are many takes place once within them, on a day that is not known.

    That is what people come to («Samling», mars 2018), and what is tentative: a date that is not fixed. Other periods
    go on from their first day to their last, and so does what begins on a day («fra 1. mars») or has its days written.
    """
    dated = occurrence.dated
    goes_on = dated.is_written_day or isinstance(dated.when, Since)
    if dated.kind is not Kind.PERIOD or goes_on or occurrence.window.unset:
        return False
    return occurrence.status is Status.TENTATIVE or _is_attended(occurrence)


def _is_attended(occurrence: Occurrence) -> bool:
    """Return whether people come to something: a session, with a place, with hours from–to, or called a gathering."""
    if occurrence.task:
        return False
    if occurrence.location or any(stretch.end for stretch in occurrence.dated.stretches[:1]):
        return True
    called = occurrence.session or _called_a_gathering().match(occurrence.title)
    return bool(called) and not says_closed(occurrence)
