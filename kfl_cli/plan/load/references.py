"""Names that other parts of a plan refer to: regions and groups, parties, activities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli import dates
from kfl_cli.findings.finding import Advice, Diagnostic, Edit, Fix, Related, Remedy, Rule, Span, offer
from kfl_cli.findings.rules.file import DUPLICATE_KEY
from kfl_cli.findings.rules.identity import (
    AMBIGUOUS_NAME,
    BAD_ID,
    DUPLICATE_ID,
    UNKNOWN_ACTIVITY,
    UNKNOWN_CATEGORY,
    UNKNOWN_PARTY,
    UNKNOWN_REGION,
)
from kfl_cli.language.message import Message
from kfl_cli.plan import schema
from kfl_cli.plan.model import Assignment
from kfl_cli.plan.records import Fields, Findings, as_record, check_id, clean_scalar
from kfl_cli.plan.scopes import Municipality
from kfl_cli.plan.yaml.nodes import Mapping, Node, Scalar
from kfl_cli.text.characters import on_one_line
from kfl_cli.text.names import nearest, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class NameTable(Struct):
    """Regions and groups, parties, or categories, by id, name and alias."""

    ids: dict[str, str] = field(default_factory=dict)
    """Id by the slug of an id, name or alias."""
    words: list[str] = field(default_factory=list)
    """All ids, names and aliases, as they are written."""
    spans: dict[str, Span] = field(default_factory=dict)
    """Where the declaration stands, by id."""

    def find(self, text: str) -> str | None:
        """Return the id for an id, name or alias."""
        return self.ids.get(text) or self.ids.get(slug(text) or text)


_MOST_COMPARED = 50_000
"""Comparisons of unknown with known names in one file; after that many, nothing is offered."""


class References(Struct):
    """The names that have been declared so far, and the look-up of references to them."""

    findings: Findings
    scopes: NameTable = field(default_factory=NameTable)
    homes: dict[str, str] = field(default_factory=dict)
    """The region or group that a municipality lies in, by its slug."""
    parties: NameTable = field(default_factory=NameTable)
    categories: NameTable = field(default_factory=NameTable)
    activity_ids: dict[str, Scalar] = field(default_factory=dict)
    by_text: dict[str, tuple[Assignment, ...]] = field(default_factory=dict)
    """Parties by the one text that names them: a few texts name those of most activities, and looking up takes long."""
    identities: dict[str, Scalar] = field(default_factory=dict)
    """The ``uid`` or else the id of each activity: its identity in calendars."""
    compared: int = 0
    """Comparisons so far, for ``_MOST_COMPARED``."""

    def report(self, rule: Rule, span: Span, message: Message, remedy: Remedy | None = None) -> None:
        """Add a finding."""
        self.findings.append(Diagnostic(rule, span, message, remedy))

    def declare(self, names: NameTable, key: Scalar, fields: Fields) -> str:
        """Declare a region, group, party or category under its id, name and aliases; return the id."""
        id_ = check_id(key, self.findings) or key.text
        first = names.spans.get(id_)
        if first is not None:
            self.duplicate(id_, key.span, first)
            return id_
        names.spans[id_] = key.span
        name = fields.scalar("name")
        for word in (key, *([name] if name else []), *fields.scalars("aliases")):
            names.words.append(word.text)
            owner = names.ids.setdefault(slug(word.text) or word.text, id_)
            if owner != id_:
                message = Message("«{name}» is also a name of «{owner}»", name=word.text, owner=owner)
                remedy = Advice(Message("keep the name on one of the two"))
                related = (Related(Message("«{owner}» is declared here", owner=owner), names.spans[owner]),)
                self.findings.append(Diagnostic(AMBIGUOUS_NAME, word.span, message, remedy, related))
        names.ids[id_] = id_
        return id_

    def near(self, text: str, known: Collection[str], most: int) -> list[str]:
        """Return the nearest known names; none after ``_MOST_COMPARED`` comparisons."""
        if self.compared > _MOST_COMPARED:
            return []
        self.compared += len(known)
        return nearest(text, known, most)

    def duplicate(self, id_: str, span: Span, first: Span) -> None:
        """Report an id that another one has already."""
        message = Message("the id «{id}» is taken", id=id_)
        related = (Related(Message("first here"), first),)
        remedy = Advice(Message("give one of the two another id"))
        self.findings.append(Diagnostic(DUPLICATE_ID, span, message, remedy, related))

    def municipalities(self, scope: str, fields: Fields) -> tuple[Municipality, ...]:
        """Read the municipalities of a region or group."""
        municipalities = tuple(
            [Municipality(on_one_line(each.text), each.span) for each in fields.scalars("municipalities")]
        )
        self.homes |= {slug(each.name): scope for each in municipalities}
        return municipalities

    def scope(self, scalar: Scalar) -> str | None:
        """Return the id of a region or group; None, with a finding, where there is none."""
        id_ = self.scopes.find(scalar.text)
        if id_ is None:
            message = Message("«{name}» is no region or group of the plan", name=scalar.text)
            home = self.homes.get(slug(scalar.text))
            remedy = offer([home], scalar.span) if home else _one_by_one(scalar.text, self.scopes.find)
            remedy = remedy or offer(self.near(scalar.text, self.scopes.words, 1), scalar.span)
            remedy = remedy or Advice(Message("declare it under `regions`; leave the key out for what concerns all"))
            self.report(UNKNOWN_REGION, scalar.span, message, remedy)
        return id_

    def scopes_of(self, fields: Fields, key: str = "region") -> tuple[str, ...] | None:
        """Return the regions and groups under a key, each once; None where one of them is not known."""
        scopes = {self.scope(scalar): None for scalar in fields.scalars(key)}
        known = tuple([scope for scope in scopes if scope])
        return known if len(known) == len(scopes) else None

    def party_ref(self, scalar: Scalar, *, alone: bool = False) -> str | None:
        """Return the id of a party; ``alone`` says that the text may hold a note or several parties by mistake."""
        id_ = self.parties.find(scalar.text)
        if id_ is None:
            message = Message("«{name}» is no party of the plan", name=scalar.text)
            listed = self.noted(scalar.text) or _one_by_one(scalar.text, self.parties.find) if alone else None
            remedy = listed or offer(self.near(scalar.text, self.parties.words, 1), scalar.span)
            remedy = remedy or Advice(Message("declare it under `parties`"))
            self.report(UNKNOWN_PARTY, scalar.span, message, remedy)
        return id_

    def category(self, fields: Fields) -> str | None:
        """Return the id of the category that an activity names; None, with a finding, where there is none."""
        scalar = fields.scalar("category")
        if scalar is None:
            return None
        id_ = self.categories.find(scalar.text)
        if id_ is None:
            message = Message("«{name}» is no category of the plan", name=scalar.text)
            remedy = offer(self.near(scalar.text, self.categories.words, 1), scalar.span)
            self.report(
                UNKNOWN_CATEGORY, scalar.span, message, remedy or Advice(Message("declare it under `categories`"))
            )
        return id_

    def noted(self, text: str) -> Advice | None:
        """Return the remedy for a party with a note after it, as exports show it: «Styrer (2 per barnehage)»."""
        noted = re.fullmatch(r"([^()]+) \(([^()\"]+)\)", text)
        party = self.parties.find(noted[1]) if noted else None
        if not noted or not party:
            return None
        return Advice(Message('write {{party: {id}, note: "{note}"}}', id=party, note=noted[2]))

    def assignments(self, fields: Fields, key: str) -> tuple[Assignment, ...]:
        """Return the parties under a key."""
        pair = fields.by_key[key]
        text = pair.value.text if pair and isinstance(pair.value, Scalar) else ""
        if text in self.by_text:
            return self.by_text[text]
        assignments = tuple([assignment for node in fields.nodes(key) if (assignment := self.assignment(node))])
        if text and assignments:
            self.by_text[text] = assignments
        return assignments

    def own_assignments(self, fields: Fields, key: str) -> tuple[Assignment, ...] | None:
        """Return the parties under a key of a session or task, None where those of the activity count."""
        return self.assignments(fields, key) if fields.value(key) is not None else None

    def assignment(self, node: Node) -> Assignment | None:
        """Read a party alone, or with a note and a count."""
        if not isinstance(node, Mapping):
            scalar = clean_scalar(node, self.findings)
            party = self.party_ref(scalar, alone=True) if scalar else None
            return Assignment(party) if party else None
        fields = as_record(node, schema.ASSIGNMENT, self.findings)
        if fields is None:
            return None
        named = [key for key in ("party", "id") if fields.is_filled(key)]
        id_ = fields.by_key["id"]
        if id_ and len(named) > 1:
            message, remedy = Message("«id» stands here beside «party»"), Advice(Message("remove one of the two"))
            self.report(DUPLICATE_KEY, id_.key.span, message, remedy)
        elif not named:
            fields.report_missing("party")
            return None
        scalar = fields.scalar(named[0])
        party = self.party_ref(scalar) if scalar else None
        return Assignment(party, fields.line("note"), fields.integer("count")) if party else None

    def declare_activity(self, fields: Fields) -> Scalar | None:
        """Declare an activity under its id, if it is one of its own; return the id as it stands in the file."""
        scalar = fields.scalar("id")
        if scalar is not None:
            self.declare_id(fields, scalar)
        return scalar

    def declare_id(self, fields: Fields, scalar: Scalar) -> None:
        """Declare an activity under an id, unless that is ill-formed or that of another."""
        id_ = check_id(scalar, self.findings)
        if id_ is None:
            self.activity_ids.setdefault(slug(scalar.text), scalar)
            return
        if id_ in self.activity_ids:
            self.duplicate(id_, scalar.span, self.activity_ids[id_].span)
            return
        if dates.could_be_date(id_):
            message = Message("the id «{id}» reads as a date", id=id_)
            remedy = Advice(Message("add a word, so that «før {id}» can only mean the activity", id=id_))
            self.report(BAD_ID, scalar.span, message, remedy)
        self.activity_ids[id_] = scalar
        self.declare_identity(fields, scalar)

    def declare_identity(self, fields: Fields, id_scalar: Scalar) -> None:
        """Declare the identity of an activity in calendars: its id, or the former one under ``uid:``."""
        scalar = fields.scalar("uid") or id_scalar
        if scalar is not id_scalar and check_id(scalar, self.findings) is None:
            return
        first = self.identities.setdefault(scalar.text, scalar)
        if first is not scalar:
            self.duplicate(scalar.text, scalar.span, first.span)

    def activity_ref(self, scalar: Scalar) -> str | None:
        """Return the id of an activity; None, with a finding, where there is none."""
        if scalar.text in self.activity_ids:
            return scalar.text
        self.unknown_activity(scalar.text, scalar.text, scalar.span, _one_by_one(scalar.text, self.activity_ids.get))
        return None

    def unknown_activity(self, id_: str, written: str, span: Span, remedy: Remedy | None = None) -> None:
        """Report an id that no activity has; ``written`` is the text at ``span``: the id alone, or a date with it."""
        message = Message("the plan has no activity «{id}»", id=id_)
        same = slug(id_)  # «Workshop 1», as its title may be
        remedy = _other_id(id_, [same], written, span) if same in self.activity_ids else remedy
        remedy = remedy or _other_id(id_, self.near(id_, self.activity_ids, 3), written, span)
        remedy = remedy or Advice(dates.advice_on_words(id_) or Message("write the id of an activity"))
        self.report(UNKNOWN_ACTIVITY, span, message, remedy)


def _other_id(id_: str, near: list[str], written: str, span: Span) -> Remedy | None:
    """Offer ``near`` in place of an id that stands in the text at ``span``."""
    remedy = offer(near, span)
    if not isinstance(remedy, Fix):
        return remedy
    whole_id = re.compile(rf"(?<![\w-]){re.escape(id_)}(?![\w-])", re.IGNORECASE)
    text, times = whole_id.subn(near[0], written)
    return Fix(remedy.message, (Edit(span, text),)) if times else Advice(remedy.message)


def _one_by_one(text: str, find: Callable[[str], object]) -> Advice | None:
    """Return the remedy for one text that names several; None for any other."""
    words = text.split()
    several = re.search(r"[,/;]| og | and ", text) or (len(words) > 1 and all(map(find, words)))
    return Advice(Message("write a list: [first, second]")) if several else None
