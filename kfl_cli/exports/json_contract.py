"""The structs of the JSON export: the contract with other programs (docs/exports.md, ``kfl schema --export``)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from kfl_cli.dates import Kind, Precision
from kfl_cli.language.vocabularies import LANGUAGES
from kfl_cli.plan.model import Status
from kfl_cli.text.json import JsonObject, Schema, schema_of

Language = Annotated[str, Meta(extra_json_schema={"enum": list(LANGUAGES)})]
Uid = Annotated[str, Meta(extra_json_schema={"format": "uuid"})]


class NamedJson(JsonObject, frozen=True):
    """A region or group, or a party, by its id."""

    id: str
    name: str


class WindowJson(JsonObject, frozen=True):
    """First and last day; null where open."""

    start: date | None
    end: date | None


class LinkJson(JsonObject, frozen=True):
    """An address and its title."""

    title: str | None
    url: str


class AssignmentJson(JsonObject, frozen=True):
    """A party that answers for something or whom it is for, with the note and the number written there."""

    id: str
    name: str
    note: str | None
    count: int | None


class GoalJson(JsonObject, frozen=True):
    """An intention of the plan, with its aims."""

    intention: str
    aims: tuple[str, ...]


class ContactJson(JsonObject, frozen=True):
    """Whom readers can ask."""

    name: str | None
    email: str | None
    phone: str | None
    url: str | None


class LabelsJson(JsonObject, frozen=True):
    """What readers call things in this plan; null: what kfl calls them."""

    region: str | None
    role: str | None
    responsible: str | None
    audience: str | None


class GroupJson(JsonObject, frozen=True):
    """A part of a region that meets on its own."""

    id: str
    name: str
    municipalities: tuple[str, ...]


class RegionJson(JsonObject, frozen=True):
    """A region with its groups, if it is split."""

    id: str
    name: str
    municipalities: tuple[str, ...]
    groups: tuple[GroupJson, ...]


class PartyJson(JsonObject, frozen=True):
    """Somebody who answers for things or whom they are for."""

    id: str
    name: str
    kind: str | None
    members: tuple[str, ...]
    """Ids of the parties that make it up; none for one that is not collective."""


class ClosedJson(JsonObject, frozen=True):
    """A closed period; without regions it is for all."""

    when: str
    why: str
    regions: tuple[NamedJson, ...]
    window: WindowJson
    when_text: str


class PlanJson(JsonObject, frozen=True):
    """The head of the plan."""

    id: str
    title: str
    version: date | None
    language: Language
    timezone: str
    period: WindowJson | None
    source: str | None
    goals: tuple[GoalJson, ...]
    contact: ContactJson | None
    labels: LabelsJson
    links: tuple[LinkJson, ...]
    regions: tuple[RegionJson, ...]
    parties: tuple[PartyJson, ...]
    categories: tuple[NamedJson, ...]
    closed: tuple[ClosedJson, ...]
    """The closed periods of the selection, in the order of their days."""


class AnyOfJson(JsonObject, frozen=True):
    """All that each option asks for, where it was given several times: any of them will do; none means all."""

    region: tuple[str, ...]
    party: tuple[str, ...] = field(name="for")
    responsible: tuple[str, ...]
    audience: tuple[str, ...]
    category: tuple[str, ...]


class SelectionJson(JsonObject, frozen=True):
    """The options that chose what is in the document."""

    region: str | None
    """The first of ``regions`` under ``any_of``; so with the next four."""
    party: str | None = field(name="for")
    responsible: str | None
    audience: str | None
    category: str | None
    start: date | None = field(name="from")
    until: date | None
    any_of: AnyOfJson


class TaskJson(JsonObject, frozen=True):
    """A task of an activity, dated or not."""

    id: str
    title: str
    responsible: tuple[AssignmentJson, ...]
    audience: tuple[AssignmentJson, ...]
    when: str | None
    start: date | None
    end: date | None
    status: Status
    note: str | None
    links: tuple[LinkJson, ...]


class SourceJson(JsonObject, frozen=True):
    """Where an activity stands in the plan file, and the wording of the row that it came from."""

    file: str
    line: int | None
    text: str | None


class StretchJson(JsonObject, frozen=True):
    """A stretch of clock times; the end is null where none is written."""

    start: str
    end: str | None


class OccurrenceJson(JsonObject, frozen=True):
    """An activity on its date, a session, a date for one group, or a dated task."""

    id: str
    uid: Uid
    title: str
    scope: NamedJson | None
    """The first of ``scopes``."""
    scopes: tuple[NamedJson, ...]
    kind: Kind
    precision: Precision
    start: str | None
    end: str | None
    location: str | None
    capacity: int | None
    status: Status
    question: str | None
    note: str | None
    responsible: tuple[AssignmentJson, ...]
    audience: tuple[AssignmentJson, ...]
    links: tuple[LinkJson, ...]
    """Its own; those of the activity are there."""
    when_text: str
    task: str | UnsetType = UNSET
    times: tuple[StretchJson, ...] | UnsetType = UNSET
    """Of several days with the same hours: each day's own, between which it does not go on."""


class ActivityJson(JsonObject, frozen=True):
    """An activity with its tasks and its occurrences."""

    id: str
    title: str
    description: str | None
    when: str | None
    status: Status
    question: str | None
    location: str | None
    capacity: int | None
    note: str | None
    regions: tuple[NamedJson, ...]
    window: WindowJson
    responsible: tuple[AssignmentJson, ...]
    audience: tuple[AssignmentJson, ...]
    category: str | None
    more: dict[str, str]
    """Columns of the author's own: text by label."""
    tasks: tuple[TaskJson, ...]
    links: tuple[LinkJson, ...]
    after: tuple[str, ...]
    source: SourceJson
    occurrences: tuple[OccurrenceJson, ...]


class ExportJson(JsonObject, frozen=True):
    """A plan, or a reader's part of it."""

    plan: PlanJson
    selection: SelectionJson
    activities: tuple[ActivityJson, ...]


def export_schema() -> Schema:
    """Return the JSON Schema of the export."""
    return schema_of(ExportJson, "kfl export")
