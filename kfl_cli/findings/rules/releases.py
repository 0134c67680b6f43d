"""Rules 9xx: releases."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

UNREADABLE_LOCK = Rule(
    "KFL901",
    "unreadable-lock",
    Severity.ERROR,
    finds="The ledger beside the plan (`plan.lock`) cannot be read: it is not YAML, cut off, or of a later format.",
    why="It holds what readers have in their calendars; starting anew would reset every entry.",
    example="A line with <<<<<<< from a merge that git could not settle",
    instead="Take the file back from git: git checkout plan.lock",
)


FOREIGN_LOCK = Rule(
    "KFL902",
    "foreign-lock",
    Severity.ERROR,
    finds="The ledger beside the plan belongs to another plan.",
    why="Its occurrences are not those of this plan's readers. A plan's `id` must never change.",
    example="plan.lock of last year's plan, copied along with it",
    instead="Remove the file, if this plan was never released; else give the plan its old id back.",
)


DAMAGED_LOCK = Rule(
    "KFL903",
    "damaged-lock",
    Severity.ERROR,
    finds="The ledger says what no release wrote: it was edited by hand, or two releases were merged into one.",
    why="Calendars follow its sequence numbers; with wrong ones, some readers keep an old date.",
    example="sequence: 1, twice for the same occurrence",
    instead="Take the file back from git; if two people released, keep one of the two and release again.",
)


RENAMED = Rule(
    "KFL905",
    "renamed",
    Severity.WARNING,
    finds="An id that was released is gone, and one that is much like it has appeared.",
    why="Calendars would cancel the old entry and show a new one, although it is the same.",
    example="id: workshop-en, where the last release had workshop-1",
    instead="id: workshop-en\nuid: workshop-1",
    may_ignore=True,
)

RULES = (
    UNREADABLE_LOCK,
    FOREIGN_LOCK,
    DAMAGED_LOCK,
    RENAMED,
)
"""In the order of their codes."""
