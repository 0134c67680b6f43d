"""The whole file: its sections are read in the order in which they refer to each other.

A value that cannot be read is reported and left out, so that one fault does not hide the next.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.findings.finding import Advice, Diagnostic, offer
from kfl_cli.findings.rules.dates import UNREADABLE_DATE
from kfl_cli.findings.rules.file import NEWER_FORMAT, TOO_LARGE, UNKNOWN_KIND, UNKNOWN_VALUE, WRONG_SHAPE
from kfl_cli.findings.rules.identity import COLLECTIVE_RING
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import LANGUAGES
from kfl_cli.plan import schema
from kfl_cli.plan.load.activities import Activities
from kfl_cli.plan.load.head import PERIOD_REMEDY, Head, read_seasons
from kfl_cli.plan.load.references import References
from kfl_cli.plan.load.values import Values
from kfl_cli.plan.model import Category, Closure, Plan, Travel
from kfl_cli.plan.parties import MOST_MEMBERSHIPS, Collectives, Party
from kfl_cli.plan.records import Fields, Findings, as_record, check_id
from kfl_cli.plan.rings import in_order, ring_finding, way_round
from kfl_cli.plan.scopes import Group, Region
from kfl_cli.plan.yaml.nodes import Mapping, Node, Pair, Scalar, nothing_at, span_of
from kfl_cli.text.names import nearest

FORMAT = 1


def load(root: Node) -> tuple[Plan | None, list[Diagnostic]]:
    """Read the root node of a plan file; the plan is None where it has no usable head."""
    findings: Findings = []
    records = head_of(root, findings)
    if records is None:
        return None, findings
    file, head = records
    loader = _Loader(Values(findings, language_of(head)), References(findings))
    return loader.plan(file, head), findings


def head_of(root: Node, findings: Findings) -> tuple[Fields, Fields] | None:
    """Return the file as a record, and what stands under ``plan:``; None where it is no plan that this kfl reads."""
    if not isinstance(root, Mapping):
        message = Message("a plan is a mapping that begins with «kfl: 1»")
        findings.append(Diagnostic(WRONG_SHAPE, span_of(root), message, Advice(Message("see `kfl init` for a plan"))))
        return None
    if _newer(root, findings):
        return None
    file = _as_meant(Fields.of(schema.FILE, root, findings))
    return file, _head(file)


def _as_meant(file: Fields) -> Fields:
    """Check the keys of the file, and read a misspelled section as the key it resembles: one typo is one finding."""
    meant = file.check_keys()
    pairs: dict[str, Pair] = {}
    for key, pair in file.node.pairs.items():
        pairs.setdefault(meant.get(key, key), pair)
    return Fields.of(file.record, replace(file.node, pairs=pairs), file.findings) if meant else file


def _newer(root: Mapping, findings: Findings) -> bool:
    """Report a format version that this kfl does not know."""
    scalar = Fields.of(schema.FILE, root, findings).scalar("kfl") if "kfl" in root.pairs else None
    if scalar is None or scalar.text == str(FORMAT):
        return False
    if re.fullmatch(r"[1-9][0-9]*", scalar.text):
        message = Message(
            "the plan is in format {version}; this kfl reads format {known}", version=scalar.text, known=FORMAT
        )
        findings.append(Diagnostic(NEWER_FORMAT, scalar.span, message, Advice(Message("upgrade kfl"))))
        return True
    message = Message("«{value}» is no format version", value=scalar.text)
    remedy = Advice(Message("write «kfl: {known}»", known=FORMAT))
    findings.append(Diagnostic(UNKNOWN_VALUE, scalar.span, message, remedy))
    return False


def _head(file: Fields) -> Fields:
    """Return the section ``plan:``; an empty one where it cannot be read, so that the rest still is."""
    value = file.value("plan")
    head = None if value is None else as_record(value, schema.PLAN, file.findings)
    return head or Fields.of(schema.PLAN, nothing_at(file.node), file.findings)


def language_of(head: Fields) -> str:
    """Return the language that the head names, else the default."""
    return head.choice("language", LANGUAGES) or schema.DEFAULT_LANGUAGE


class _Loader(Struct):
    """Reads the parts of a plan in the order in which they refer to each other."""

    values: Values
    references: References

    def plan(self, file: Fields, fields: Fields) -> Plan:
        """Read all sections; ``fields`` is the head of the plan."""
        values = self.values
        head = Head(values, read_seasons(file, values.findings))
        id_scalar, title = fields.scalar("id"), fields.line("title")
        plan_id = check_id(id_scalar, values.findings) if id_scalar else None
        period_when = values.dated(fields, "period", PERIOD_REMEDY)
        values.period = head.period_of(period_when, fields)
        regions = tuple(self.region(*pair) for pair in file.table("regions", schema.REGION))
        parties = self.parties(file)
        categories = tuple(self.category(*pair) for pair in file.table("categories", schema.CATEGORY))
        return Plan(
            id=plan_id or "",
            title=title or "",
            language=values.language,
            timezone=head.timezone(fields),
            version=head.version(fields),
            period=values.period,
            period_when=period_when,
            seasons=head.seasons,
            country=head.country(fields),
            visibility=fields.choice("visibility", schema.VISIBILITIES) or "public",
            goals=tuple(goal for node in fields.nodes("goals") if (goal := head.goal(node))),
            contact=head.contact(fields),
            labels=head.labels(fields),
            links=values.links(fields),
            accessibility_statement=fields.url("accessibility_statement"),
            source=fields.text("source"),
            regions=regions,
            parties=parties,
            collectives=self.collectives(parties),
            categories=categories,
            closed=tuple(closure for item in file.records("closed", schema.CLOSURE) if (closure := self.closure(item))),
            travel=tuple(way for item in file.records("travel", schema.TRAVEL) if (way := self.way(item))),
            activities=Activities(values, self.references).activities(file),
            ignore=values.ignored(fields),
            node=file.node,
        )

    def region(self, key: Scalar, fields: Fields) -> Region:
        """Read and declare a region and its groups."""
        id_ = self.references.declare(self.references.scopes, key, fields)
        groups = tuple(self.group(*pair) for pair in fields.table("groups", schema.GROUP))
        name, aliases = fields.line("name") or id_, fields.lines("aliases")
        return Region(id_, name, aliases, self.references.municipalities(id_, fields), groups, fields.node)

    def group(self, key: Scalar, fields: Fields) -> Group:
        """Read and declare a group."""
        id_ = self.references.declare(self.references.scopes, key, fields)
        name, aliases = fields.line("name") or id_, fields.lines("aliases")
        return Group(id_, name, aliases, self.references.municipalities(id_, fields), fields.node)

    def parties(self, file: Fields) -> tuple[Party, ...]:
        """Read the parties; all are declared first, since a collective one may name any of them."""
        records = list(file.table("parties", schema.PARTY))
        ids = [self.references.declare(self.references.parties, *record) for record in records]
        return tuple(self.party(id_, fields) for id_, (_, fields) in zip(ids, records, strict=True))

    def party(self, id_: str, fields: Fields) -> Party:
        """Read a party that is declared."""
        members = {self.references.party_ref(scalar): None for scalar in fields.scalars("members")}
        return Party(
            id=id_,
            name=fields.line("name") or id_,
            kind=self.kind(fields),
            aliases=fields.lines("aliases"),
            members=tuple(member for member in members if member),
            names_members=fields.is_filled("members"),
            node=fields.node,
        )

    def collectives(self, parties: tuple[Party, ...]) -> Collectives:
        """Return who is in each collective party; report rings, and more memberships than kfl reads."""
        by_id = {party.id: party for party in parties}
        for ring in in_order({party.id: party.members for party in parties if party.members})[1]:
            self.values.findings.append(_ring(ring, by_id))
        collectives = Collectives.of(parties)
        if collectives is not None:
            return collectives
        place = next(party for party in parties if party.members)
        message = Message("the collective parties have more than {most} members in all", most=MOST_MEMBERSHIPS)
        remedy = Advice(Message("nest them less deeply"))
        self.values.report(TOO_LARGE, span_of(place.node, "members"), message, remedy)
        return Collectives({})

    def category(self, key: Scalar, fields: Fields) -> Category:
        """Read and declare a category."""
        id_ = self.references.declare(self.references.categories, key, fields)
        return Category(id_, fields.line("name") or id_, fields.lines("aliases"), fields.node)

    def kind(self, fields: Fields) -> str | None:
        """Return the kind of a party as it is written, and report one that kfl does not know."""
        scalar = fields.scalar("kind")
        if scalar is not None and scalar.text not in schema.PARTY_KINDS:
            message = Message("«{kind}» is no kind of party that kfl knows", kind=scalar.text)
            choices = Advice(Message("the values are {values}", values=", ".join(schema.PARTY_KINDS)))
            remedy = offer(nearest(scalar.text, schema.PARTY_KINDS, 1), scalar.span) or choices
            self.values.report(UNKNOWN_KIND, scalar.span, message, remedy)
        return scalar.text if scalar else None

    def closure(self, fields: Fields) -> Closure | None:
        """Read a closed period; None where its date, its reason or a region is missing or unknown."""
        when, why = self.values.dated(fields, "when"), fields.line("why")
        if when and when.references:
            message = Message("a closed period cannot hang on an activity")
            self.values.report(UNREADABLE_DATE, fields.at("when"), message, Advice(Message("write its days or weeks")))
            return None
        regions = self.references.scopes_of(fields)
        return Closure(when, why, regions, fields.node) if when and why and regions is not None else None

    def way(self, fields: Fields) -> Travel | None:
        """Read the time between two regions or groups; None where one of the three is missing or unknown."""
        ends = [self.references.scope(scalar) for scalar in fields.scalars("between")]
        hours = fields.number("hours")
        known = [end for end in ends if end]
        if len(ends) != 2 and "between" in fields:  # noqa: PLR2004
            message = Message("a way is between two regions or groups")
            self.values.report(
                WRONG_SHAPE, fields.at("between"), message, Advice(Message("write «between: [first, second]»"))
            )
        return Travel((known[0], known[1]), hours) if len(ends) == len(known) == 2 and hours else None  # noqa: PLR2004


def _ring(ring: list[str], by_id: dict[str, Party]) -> Diagnostic:
    """Report collective parties that are in each other."""
    spans = {id_: span_of(by_id[id_].node, "members") for id_ in ring}
    return ring_finding(COLLECTIVE_RING, ring, spans, _ring_message, Message("take one of them out of `members:`"))


def _ring_message(ring: list[str]) -> Message:
    if len(ring) == 1:
        return Message("«{id}» is a member of itself", id=ring[0])
    return Message("these parties are members of each other in a ring: {ring}", ring=way_round(ring))
