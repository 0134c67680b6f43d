"""The contract of ``kfl export --json``: its JSON Schema (draft 2020-12), printed by ``kfl schema --export``."""

from __future__ import annotations

from kfl_cli.plan.schema import LANGUAGES, STATUSES, Json, array, one_of


def _object(properties: dict[str, Json], *optional: str) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_TEXT: Json = {"type": "string"}


_MAYBE: Json = {"type": ["string", "null"]}


_NUMBER: Json = {"type": ["integer", "null"]}


_DAY: Json = {"type": ["string", "null"], "format": "date"}


_NAMED = _object({"id": _TEXT, "name": _TEXT})


_ASSIGNMENTS = array(_object({"id": _TEXT, "name": _TEXT, "note": _MAYBE, "count": _NUMBER}))


_LINKS = array(_object({"title": _MAYBE, "url": _TEXT}))


_WINDOW = _object({"start": _DAY, "end": _DAY})


_GROUP = _object({"id": _TEXT, "name": _TEXT, "municipalities": array(_TEXT)})


_PLAN: dict[str, Json] = {
    "id": _TEXT,
    "title": _TEXT,
    "version": _DAY,
    "language": one_of(LANGUAGES),
    "timezone": _TEXT,
    "period": {"anyOf": [_WINDOW, {"type": "null"}]},
    "source": _MAYBE,
    "goals": array(_object({"intention": _TEXT, "aims": array(_TEXT)})),
    "contact": {
        "anyOf": [_object({"name": _MAYBE, "email": _MAYBE, "phone": _MAYBE, "url": _MAYBE}), {"type": "null"}],
    },
    "links": _LINKS,
    "regions": array(
        _object({"id": _TEXT, "name": _TEXT, "municipalities": array(_TEXT), "groups": array(_GROUP)}),
    ),
    "parties": array(_object({"id": _TEXT, "name": _TEXT, "kind": _MAYBE})),
}


_OCCURRENCE: dict[str, Json] = {
    "id": _TEXT,
    "uid": {"type": "string", "format": "uuid"},
    "title": _TEXT,
    "scope": {"anyOf": [_NAMED, {"type": "null"}]},
    "scopes": array(_NAMED),
    "kind": one_of(("event", "window", "deadline")),
    "precision": one_of(("time", "day", "week", "month", "season", "year", "range", "unset")),
    "start": _MAYBE,
    "end": _MAYBE,
    "location": _MAYBE,
    "status": one_of(STATUSES),
    "question": _MAYBE,
    "note": _MAYBE,
    "responsible": _ASSIGNMENTS,
    "audience": _ASSIGNMENTS,
    "when_text": _TEXT,
    "task": _TEXT,
}


_TASK: dict[str, Json] = {
    "id": _TEXT,
    "title": _TEXT,
    "responsible": _ASSIGNMENTS,
    "audience": _ASSIGNMENTS,
    "when": _MAYBE,
    "start": _DAY,
    "end": _DAY,
    "note": _MAYBE,
    "links": _LINKS,
}


_ACTIVITY: dict[str, Json] = {
    "id": _TEXT,
    "title": _TEXT,
    "description": _MAYBE,
    "when": _MAYBE,
    "status": one_of(STATUSES),
    "question": _MAYBE,
    "location": _MAYBE,
    "note": _MAYBE,
    "regions": array(_NAMED),
    "window": _WINDOW,
    "responsible": _ASSIGNMENTS,
    "audience": _ASSIGNMENTS,
    "tasks": array(_object(_TASK)),
    "links": _LINKS,
    "after": array(_TEXT),
    "source": _object({"file": _TEXT, "line": _NUMBER, "text": _MAYBE}),
    "occurrences": array(_object(_OCCURRENCE, "task")),
}


_SELECTION: dict[str, Json] = {
    "region": _MAYBE,
    "for": _MAYBE,
    "responsible": _MAYBE,
    "audience": _MAYBE,
    "from": _DAY,
    "until": _DAY,
}


EXPORT_SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "kfl export",
    **_object({"plan": _object(_PLAN), "selection": _object(_SELECTION), "activities": array(_object(_ACTIVITY))}),
}
