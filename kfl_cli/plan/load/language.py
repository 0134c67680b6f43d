"""The language of a plan file, found without reading the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from kfl_cli.plan.schema import DEFAULT_LANGUAGE
from kfl_cli.plan.yaml.reader import LOADER, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    Events = Iterator[yaml.Event]


def plan_language(data: bytes) -> str:
    """Return the ``language`` of a plan file; the default if it has none, or the file cannot be read as a plan.

    Fast path: if the head names the default or no language, nothing after it changes the answer, and is not parsed.
    """
    if _has_default(data):
        return DEFAULT_LANGUAGE
    from kfl_cli.plan.load.plan_file import head_of, language_of  # noqa: PLC0415  slow to load, and seldom needed

    root = read(data).root
    head = head_of(root, []) if root else None
    return language_of(head[1]) if head else DEFAULT_LANGUAGE


def _has_default(data: bytes) -> bool:
    """Return whether the head of the file surely names no other language than the default."""
    events: Events = yaml.parse(data, LOADER)
    try:
        start = [type(next(events)) for _ in range(3)]
        if start != [yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent]:
            return False
        if not isinstance(_value(events, "plan"), yaml.MappingStartEvent):
            return False
        language = _value(events, "language")
    except (yaml.YAMLError, StopIteration):
        return False
    return isinstance(language, yaml.MappingEndEvent) or getattr(language, "value", None) == DEFAULT_LANGUAGE


def _value(events: Events, key: str) -> yaml.Event | None:
    """Return the first event of the value of ``key`` in a mapping that has just begun.

    Return the end of the mapping if it lacks the key, None if a key before that is no scalar.
    """
    while isinstance(event := next(events), yaml.ScalarEvent):
        if event.value == key:
            return next(events)
        _skip(events)
    return event if isinstance(event, yaml.MappingEndEvent) else None


def _skip(events: Events) -> None:
    """Pass over one node."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if not depth:
            return
