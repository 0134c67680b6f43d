"""The keys and values of a plan file: one definition for the loader and for ``kfl schema``."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from kfl_cli.language.vocabularies import LANGUAGES, VOCABULARIES, Season

Json = dict[str, object]

DEFAULT_LANGUAGE = "nb"
"""Of a plan that names none, and of a file that is no plan."""

STATUSES = ("confirmed", "tentative", "cancelled", "done")

VISIBILITIES = ("public", "internal")

PARTY_KINDS = ("organisation", "authority", "role", "group", "team", "person")

SEASON_NAMES: dict[str, Season] = {
    name: season
    for words in VOCABULARIES.values()
    for season in Season
    for name in (*words.seasons[season], *words.seasons_definite[season], season.value)
}
"""The half-year that each of its names means."""

_TEXT: Json = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""A text; editors take «2018» for a number and «true» for a truth value, where kfl reads the text."""

_NOTHING: Json = {
    "description": "Nothing written; kfl says so.",
    "anyOf": [{"type": "null"}, {"type": "string", "pattern": r"^\s*$"}],
}

_ID: Json = {"type": ["string", "integer", "boolean"], "minimum": 0, "pattern": "^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$"}

_DATE: Json = {**_TEXT, "description": "A date as docs/dates.md describes it."}


def one_of(values: tuple[str, ...]) -> Json:
    """Return the schema of one of some values."""
    return {"enum": list(values)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def array(item: Json) -> Json:
    """Return the schema of a list."""
    return {"type": "array", "items": item}


def _items(*items: Json) -> Json:
    """Return the schema of a list whose items may be empty."""
    return array({"anyOf": [*items, _ref("nothing")]})


def _filled(key: str, schema: Json = _TEXT) -> Json:
    """Return the schema of a mapping that has something under a key."""
    return {"required": [key], "properties": {key: schema}}


_TEXTS: Json = {"anyOf": [_TEXT, _items(_TEXT)]}


def _by_id(item: Json) -> Json:
    return {"type": "object", "propertyNames": _ID, "additionalProperties": item}


_COUNTRY: Json = {"type": "string", "pattern": "^[A-Z]{2}$"}

_HOURS: Json = {
    "type": ["number", "string"],
    "minimum": 0.01,
    "maximum": 9999.99,
    "pattern": r"^(?!0*[.,]?0*$)[0-9]{1,4}([.,][0-9]{1,2})?$",
}


def _in_any_case(word: str) -> str:
    """Return a pattern for a word in capitals or not."""
    return "".join(f"[{letter.lower()}{letter.upper()}]" for letter in word)


_SEASONS: Json = {
    "type": "object",
    "propertyNames": {"pattern": f"^({'|'.join(map(_in_any_case, SEASON_NAMES))})$"},
    "additionalProperties": {"anyOf": [_TEXT, _NOTHING]},
}


class Key(Struct, frozen=True):
    """A key of a record: its meaning, in a sentence, and the JSON Schema of its value."""

    doc: str
    schema: Json
    required: bool = False


class Record(Struct, frozen=True, dict=True):
    """A mapping with known keys."""

    name: str
    doc: str
    keys: dict[str, Key]
    rule: Json = {}
    """What its JSON Schema says of several keys at once."""

    @cached_property
    def required(self) -> dict[str, None]:
        """The keys that must be there, in their order."""
        return {name: None for name, key in self.keys.items() if key.required}

    @cached_property
    def absent(self) -> dict[str, None]:
        """Each key with None: the pairs of a mapping that has none of them."""
        return dict.fromkeys(self.keys)

    def json(self) -> Json:
        """Return its JSON Schema."""
        properties = {
            name: {
                **(key.schema if key.required else {"anyOf": [key.schema, _ref("nothing")]}),
                "description": key.doc,
            }
            for name, key in self.keys.items()
        }
        return {
            "type": "object",
            "description": self.doc,
            "properties": properties,
            "required": list(self.required),
            "additionalProperties": False,
            **self.rule,
        }


_ASSIGNMENTS: Json = {
    "anyOf": [_TEXT, _ref("assignment"), _items(_TEXT, _ref("assignment"))],
}

_LINKS: Json = _items(_TEXT, _ref("link"))

ASSIGNMENT = Record(
    "assignment",
    "A party with what is said of it in this place.",
    {
        "party": Key("The party, by id, name or alias.", _TEXT),
        "id": Key("The same as `party`, as in the JSON export.", _TEXT),
        "note": Key("What is said of it here: a quota, a condition.", _TEXT),
        "count": Key(
            "How many.",
            {"type": ["integer", "string"], "minimum": 1, "maximum": 999_999_999, "pattern": "^[1-9][0-9]{0,8}$"},
        ),
    },
    {"oneOf": [_filled("party"), _filled("id")]},
)

LINK = Record(
    "link",
    "An address.",
    {
        "url": Key("An https, http, mailto or tel address.", _TEXT, required=True),
        "title": Key("What readers see instead of the address.", _TEXT),
    },
)

LABELS = Record(
    "labels",
    "What readers call things in this plan, such as «Kommune» for a region.",
    {
        "region": Key("A region or group.", _TEXT),
        "role": Key("A party, where readers choose one.", _TEXT),
        "responsible": Key("Who answers for something.", _TEXT),
        "audience": Key("Whom something is for.", _TEXT),
    },
)

GOAL = Record(
    "goal",
    "What the plan is for.",
    {
        "intention": Key("The intention, in a sentence or two.", _TEXT, required=True),
        "aims": Key("The aims under it, one a line.", _TEXTS),
    },
)

CONTACT = Record(
    "contact",
    "Whom readers can ask.",
    {
        "name": Key("A name or an office.", _TEXT),
        "email": Key("An e-mail address.", _TEXT),
        "phone": Key("A phone number.", _TEXT),
        "url": Key("A page.", _TEXT),
    },
)

PLAN = Record(
    "plan",
    "What holds for the whole plan.",
    {
        "id": Key("Part of every calendar entry's identity; never changed.", _ID, required=True),
        "title": Key("The plan's title.", _TEXT, required=True),
        "version": Key("The day of this version.", _DATE),
        "language": Key("The language that exports and messages speak; nb unless said.", one_of(LANGUAGES)),
        "timezone": Key("The zone of all clock times; Europe/Oslo unless said.", _TEXT),
        "period": Key("What the plan covers; every date must lie inside.", _DATE),
        "goals": Key("What the plan is for.", {"anyOf": [_TEXT, _ref("goal"), _items(_TEXT, _ref("goal"))]}),
        "contact": Key("Whom readers can ask.", {"anyOf": [_TEXT, _ref("contact")]}),
        "links": Key("Addresses that belong to the plan.", _LINKS),
        "labels": Key("What readers call a region, a role, responsible and audience.", _ref("labels")),
        "country": Key("The country, as an ISO 3166 code; NO unless said.", _COUNTRY),
        "visibility": Key("Who may see it; public unless said.", one_of(VISIBILITIES)),
        "accessibility_statement": Key("The address of the site's accessibility statement.", _TEXT),
        "source": Key("The document that the plan was written from.", _TEXT),
        "ignore": Key("Rules that are silent for the whole plan, each with a reason.", _ref("ignore")),
    },
)

GROUP = Record(
    "group",
    "A part of a region that meets on its own.",
    {
        "name": Key("Its name.", _TEXT, required=True),
        "aliases": Key("Other names it goes by.", _TEXTS),
        "municipalities": Key("The municipalities in it.", _TEXTS),
    },
)

REGION = Record(
    "region",
    "A region, whole or split in groups.",
    {**GROUP.keys, "groups": Key("Its groups, by id.", _by_id(_ref("group")))},
)

PARTY = Record(
    "party",
    "Somebody who answers for things or whom they are for.",
    {
        "name": Key("Its name.", _TEXT, required=True),
        "kind": Key("What it is.", {**_TEXT, "examples": list(PARTY_KINDS)}),
        "aliases": Key("Other names and spellings it goes by.", _TEXTS),
        "members": Key("The parties that make it up; what is for it is for each of them.", _TEXTS),
    },
)

CATEGORY = Record(
    "category",
    "A kind of activity, such as a fokusområde.",
    {
        "name": Key("Its name.", _TEXT, required=True),
        "aliases": Key("Other names and spellings it goes by.", _TEXTS),
    },
)

_SESSION_KEYS = {
    "title": Key("Its title; the activity's unless said.", _TEXT),
    "location": Key("Where.", _TEXT),
    "status": Key(
        "How certain it is, or done; confirmed, or for a session the activity's, unless said.", one_of(STATUSES)
    ),
    "question": Key("What is still open.", _TEXT),
    "capacity": Key("How many there is room for.", {"type": ["integer", "string"], "minimum": 1}),
    "note": Key("What else readers should know.", _TEXT),
    "responsible": Key("Who answers for it.", _ASSIGNMENTS),
    "audience": Key("Whom it is for.", _ASSIGNMENTS),
}

SESSION = Record(
    "session",
    "One dated holding of an activity; what it does not say, the activity says.",
    {
        "for": Key("The region or group it is for, or a list of those that meet together; all unless said.", _TEXTS),
        "id": Key("Its id; needed where two sessions are for the same group, or for all.", _ID),
        "when": Key("Its date.", _DATE, required=True),
        **_SESSION_KEYS,
        "links": Key("Addresses that belong to it, beside those of the activity.", _LINKS),
    },
    {"anyOf": [_filled("id"), _filled("for", {"anyOf": [_TEXT, {"type": "array", "contains": _TEXT}]})]},
)

TASK = Record(
    "task",
    "A part of an activity; with a date it is an occurrence of its own.",
    {
        "title": Key("What is to be done.", _TEXT, required=True),
        "id": Key("Its id; a task with a date should have one.", _ID),
        "when": Key("Its date or deadline.", _DATE),
        "status": Key("How certain it is, or done; the activity's unless said.", one_of(STATUSES)),
        "responsible": Key("Who does it; the activity's unless said.", _ASSIGNMENTS),
        "audience": Key("Whom it is for; the activity's unless said.", _ASSIGNMENTS),
        "note": Key("What else readers should know.", _TEXT),
        "links": Key("Addresses that belong to it.", _LINKS),
    },
)

ACTIVITY = Record(
    "activity",
    "One row of the plan.",
    {
        "id": Key("Its id, in dates, addresses and calendars; never changed.", _ID, required=True),
        **_SESSION_KEYS,
        "title": Key("Its title, on one line.", _TEXT, required=True),
        "when": Key("Its date; with sessions, the window that they must lie in.", _DATE),
        "region": Key("Regions and groups it concerns; all unless said.", _TEXTS),
        "category": Key("Its category, by id, name or alias.", _TEXT),
        "description": Key("The text, in CommonMark.", _TEXT),
        "more": Key("Columns of the author's own: text by label.", {"type": "object", "additionalProperties": _TEXT}),
        "links": Key("Addresses that belong to it.", _LINKS),
        "sessions": Key("Its holdings, one a region or group.", array(_ref("session"))),
        "tasks": Key("Its parts.", array(_ref("task"))),
        "after": Key("Activities that it must come after, by id.", _TEXTS),
        "source": Key("The wording of the row it came from.", _TEXT),
        "uid": Key("The id it had before it was renamed; keeps its place in calendars.", _ID),
        "ignore": Key("Rules that are silent here, each with a reason.", _ref("ignore")),
    },
    {"anyOf": [_filled("when"), _filled("sessions", {"type": "array", "minItems": 1})]},
)

CLOSURE = Record(
    "closure",
    "A period without meetings.",
    {
        "when": Key("The period.", _DATE, required=True),
        "why": Key("The reason, such as høstferie.", _TEXT, required=True),
        "region": Key("Where; everywhere unless said.", _TEXTS),
    },
)

TRAVEL = Record(
    "travel",
    "How long the way between two regions or groups is.",
    {
        "between": Key("The two regions or groups.", {**array(_TEXT), "minItems": 2, "maxItems": 2}, required=True),
        "hours": Key("Hours on the way.", _HOURS, required=True),
    },
)

FILE = Record(
    "file",
    "A programme plan that kfl reads.",
    {
        "kfl": Key("The version of the format.", {"enum": [1, "1"]}, required=True),
        "plan": Key("What holds for the whole plan.", _ref("plan"), required=True),
        "regions": Key("Regions by id.", _by_id(_ref("region"))),
        "parties": Key("Parties by id.", _by_id(_ref("party"))),
        "categories": Key("Kinds of activities by id, which readers can choose by.", _by_id(_ref("category"))),
        "seasons": Key("What høst and vår cover, such as `høst: 1.8.–31.12.`.", _SEASONS),
        "closed": Key("Periods without meetings.", array(_ref("closure"))),
        "travel": Key("How long the ways between regions are.", array(_ref("travel"))),
        "activities": Key("The rows, in reading order.", array(_ref("activity")), required=True),
    },
)

RECORDS = (
    FILE,
    PLAN,
    LABELS,
    GOAL,
    CONTACT,
    LINK,
    REGION,
    GROUP,
    PARTY,
    CATEGORY,
    ACTIVITY,
    SESSION,
    TASK,
    ASSIGNMENT,
    CLOSURE,
    TRAVEL,
)
"""In the order of a plan file."""


def json_schema() -> Json:
    """Return the JSON Schema (draft 2020-12) of a plan file."""
    ignore: Json = {
        "type": "object",
        "description": "Rule code or name, and why it does not count here.",
        "additionalProperties": _TEXT,
    }
    own = {record.name: record.json() for record in RECORDS if record is not FILE}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kfl plan",
        **FILE.json(),
        "$defs": own | {"ignore": ignore, "nothing": _NOTHING},
    }
