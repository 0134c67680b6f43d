"""Nodes to a plan: every value checked for shape, every reference for what it names, every date read.

Whatever cannot be read is reported and left out, so that one fault does not hide the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kfl_cli import catalogue, dates, schema
from kfl_cli.diagnostics import Diagnostic, Message, Related, Rule, Span
from kfl_cli.fields import NORWEGIAN_KEYS, Fields, Findings, as_record, check_id, check_url, clean_scalar, suggestion
from kfl_cli.model import (
    Activity,
    Assignment,
    Closure,
    Contact,
    Dated,
    Goal,
    Group,
    Link,
    Party,
    Plan,
    Region,
    Session,
    Status,
    Task,
)
from kfl_cli.names import nearest, slug
from kfl_cli.source import Mapping, Node, Scalar, Sequence, place
from kfl_cli.words import VOCABULARIES, Season

if TYPE_CHECKING:
    from datetime import date

FORMAT = 1
DEFAULT_LANGUAGE = "nb"
DEFAULT_TIMEZONE = "Europe/Oslo"
DEFAULT_COUNTRY = "NO"


def load(root: Node) -> tuple[Plan | None, list[Diagnostic]]:
    """Read the root node of a plan file; the plan is None where it has no usable head."""
    findings: Findings = []
    if not isinstance(root, Mapping):
        message = Message("a plan is a mapping that begins with «kfl: 1»")
        findings.append(Diagnostic(catalogue.WRONG_SHAPE, place(root), message, Message("see `kfl init` for a plan")))
        return None, findings
    if _newer(root, findings):
        return None, findings
    file = Fields(schema.FILE, root, findings)
    file.check_keys()
    head = _head(file)
    return _Loader(findings, _language(head)).plan(file, head), findings


def _newer(root: Mapping, findings: Findings) -> bool:
    """Report a format version that this kfl does not know."""
    scalar = Fields(schema.FILE, root, findings).scalar("kfl") if "kfl" in root.entries else None
    if scalar is None or scalar.text == str(FORMAT):
        return False
    if re.fullmatch(r"[1-9][0-9]*", scalar.text):
        message = Message(
            "the plan is in format {version}; this kfl reads format {known}", version=scalar.text, known=FORMAT
        )
        findings.append(Diagnostic(catalogue.NEWER_FORMAT, scalar.span, message, Message("upgrade kfl")))
        return True
    message = Message("«{value}» is no format version", value=scalar.text)
    hint = Message("write «kfl: {known}»", known=FORMAT)
    findings.append(Diagnostic(catalogue.UNKNOWN_VALUE, scalar.span, message, hint))
    return False


def _head(file: Fields) -> Fields:
    """Return what stands under ``plan:``; nothing where that cannot be read, so that the rest still is."""
    value = file.value("plan")
    head = None if value is None else as_record(value, schema.PLAN, file.findings)
    return head or Fields(schema.PLAN, Mapping({}, file.node.span), file.findings)


def _language(head: Fields) -> str:
    return head.choice("language", schema.LANGUAGES) or DEFAULT_LANGUAGE


def _one_by_one(text: str) -> Message | None:
    """Return the remedy where one text names several."""
    return Message("write a list: [first, second]") if re.search(r"[,/;]| og | and ", text) else None


def _filled(fields: Fields, key: str) -> bool:
    """Return whether something stands under a key: a text, a list with entries, or a thing of another shape."""
    entry = fields.node.entries.get(key)
    match entry.value if entry else None:
        case None:
            return False
        case Scalar(text=text):
            return bool(text.strip())
        case Sequence(items=items):
            return bool(items)
        case _:
            return True


def _misspelled(fields: Fields, key: str) -> bool:
    """Return whether a key that the record does not have may be a misspelled ``key``."""
    unknown = [name for name in fields.node.entries if name not in fields.record.keys]
    return any(key in NORWEGIAN_KEYS.get(name.lower(), ()) or nearest(name, [key]) for name in unknown)


@dataclass(slots=True)
class _Names:
    """What can be referred to, by the slug of its id, name or alias."""

    ids: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        return self.ids.get(text) or self.ids.get(slug(text) or text)


@dataclass(slots=True)
class _Loader:
    """Reads the parts of a plan in the order in which they refer to each other."""

    findings: Findings
    language: str
    period: dates.Window | None = None
    seasons: dates.Seasons = dates.SEASONS
    scopes: _Names = field(default_factory=_Names)
    municipalities: dict[str, str] = field(default_factory=dict)
    """The region or group that each lies in."""
    parties: _Names = field(default_factory=_Names)
    activity_ids: dict[str, Span] = field(default_factory=dict)
    identities: dict[str, Scalar] = field(default_factory=dict)

    def report(self, rule: Rule, span: Span, message: Message, hint: Message | None = None) -> None:
        self.findings.append(Diagnostic(rule, span, message, hint))

    def plan(self, file: Fields, head: Fields) -> Plan:
        self.seasons = self.read_seasons(file)
        id_scalar, title = head.scalar("id"), head.line("title")
        plan_id = check_id(id_scalar, self.findings) if id_scalar else None
        period_when = self.dated(head, "period", Message("write years or half-years, such as «høst 2017 – vår 2018»"))
        self.period = self.period_of(period_when, head)
        regions = tuple(self.region(*entry) for entry in file.table("regions", schema.REGION))
        parties = tuple(self.party(*entry) for entry in file.table("parties", schema.PARTY))
        return Plan(
            id=plan_id or "",
            title=title or "",
            language=self.language,
            timezone=self.timezone(head),
            version=self.version(head),
            period=self.period,
            period_when=period_when,
            seasons=self.seasons,
            country=self.country(head),
            visibility=head.choice("visibility", schema.VISIBILITIES) or "public",
            goals=tuple(goal for node in head.nodes("goals") if (goal := self.goal(node))),
            contact=self.contact(head),
            links=self.links(head),
            accessibility_statement=head.url("accessibility_statement"),
            source=head.text("source"),
            regions=regions,
            parties=parties,
            closed=tuple(closure for item in file.records("closed", schema.CLOSURE) if (closure := self.closure(item))),
            activities=self.activities(file),
            ignore=self.ignored(head),
        )

    # the head

    def timezone(self, head: Fields) -> str:
        scalar = head.scalar("timezone")
        if scalar is None or scalar.text == DEFAULT_TIMEZONE:
            return DEFAULT_TIMEZONE
        import zoneinfo  # noqa: PLC0415  slow to load, and most plans name the default

        try:
            zoneinfo.ZoneInfo(scalar.text)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            message = Message("«{zone}» is no time zone", zone=scalar.text)
            known = sorted(zoneinfo.available_timezones())
            cities = {zone.rsplit("/", 1)[-1]: zone for zone in known}
            home = ["Europe/Oslo"] if scalar.text.lower() in {"norge", "noreg", "norway", "cet"} else []
            near = home or nearest(scalar.text, known, 1) or [cities[city] for city in nearest(scalar.text, cities, 1)]
            hint = suggestion(near) or Message("write a name such as «{zone}»", zone=DEFAULT_TIMEZONE)
            self.report(catalogue.UNKNOWN_TIMEZONE, scalar.span, message, hint)
            return DEFAULT_TIMEZONE
        return scalar.text

    def version(self, head: Fields) -> date | None:
        hint = Message("write the day of this version, such as 2017-12-04")
        dated = self.dated(head, "version", hint)
        if dated is None:
            return None
        if isinstance(dated.when, dates.Day):
            return dated.when.date
        message = Message("the version «{text}» is not a day", text=dated.text)
        self.report(catalogue.UNREADABLE_DATE, head.at("version"), message, hint)
        return None

    def period_of(self, period: Dated | None, head: Fields) -> dates.Window | None:
        if period is None:
            return None
        if dates.references(period.when):
            message = Message("the plan's period cannot hang on an activity")
            self.report(catalogue.UNREADABLE_DATE, head.at("period"), message, Message("write years or half-years"))
            return None
        window = dates.resolve(period.when, self.seasons, lambda _: dates.UNSET)
        return self.window(window, head.at("period"))

    def window(self, found: dates.Window | dates.DateProblem, span: Span) -> dates.Window | None:
        if isinstance(found, dates.DateProblem):
            self.report(found.rule, span, found.message, found.hint)
            return None
        return None if found.unset else found

    def goal(self, node: Node) -> Goal | None:
        if not isinstance(node, Mapping):
            scalar = clean_scalar(node, self.findings)
            return Goal(" ".join(scalar.text.split())) if scalar else None
        fields = as_record(node, schema.GOAL, self.findings)
        intention = fields.line("intention") if fields else None
        return Goal(intention, fields.lines("aims")) if fields and intention else None

    def contact(self, head: Fields) -> Contact | None:
        value = head.value("contact")
        if value is None:
            return None
        if isinstance(value, Scalar):
            return Contact(name=head.line("contact"))
        fields = as_record(value, schema.CONTACT, self.findings)
        if fields is None:
            return None
        return Contact(fields.line("name"), self.email(fields), fields.line("phone"), fields.url("url"))

    def email(self, fields: Fields) -> str | None:
        scalar = fields.scalar("email")
        if scalar is None or re.fullmatch(r"[^\s<>\"@]+@[^\s<>\"@]+\.[^\s<>\"@?]+", scalar.text):
            return scalar.text if scalar else None
        message = Message("«{text}» is not an e-mail address", text=scalar.text)
        self.report(catalogue.UNSAFE_LINK, scalar.span, message, Message("write an address such as post@kommune.no"))
        return None

    def country(self, head: Fields) -> str:
        scalar = head.scalar("country")
        if scalar is None or re.fullmatch(r"[A-Z]{2}", scalar.text):
            return scalar.text if scalar else DEFAULT_COUNTRY
        message = Message("«{value}» is none of the values of `{key}:`", value=scalar.text, key="country")
        hint = Message("write a country code of two capitals, such as NO")
        self.report(catalogue.UNKNOWN_VALUE, scalar.span, message, hint)
        return DEFAULT_COUNTRY

    def read_seasons(self, file: Fields) -> dates.Seasons:
        """Read what the half-years cover in this plan: ``høst: 1.8.–31.12.`` or ``høst: 08-01..12-31``."""
        found = {season: (season, first, last) for season, first, last in dates.SEASONS}
        written: dict[Season, Scalar] = {}
        names = {
            name: season
            for words in VOCABULARIES.values()
            for season in Season
            for name in (*words.seasons[season], *words.seasons_definite[season], season.value)
        }
        for key, node in file.pairs("seasons"):
            season = names.get(key.text.lower())
            if season is None:
                message = Message("«{name}» is no half-year", name=key.text)
                self.report(catalogue.UNKNOWN_KEY, key.span, message, Message("write «vår» or «høst»"))
                continue
            first_key = written.setdefault(season, key)
            if first_key is not key:
                message = Message("«{name}» is the same half-year as «{other}»", name=key.text, other=first_key.text)
                related = (Related(Message("first here"), first_key.span),)
                hint = Message("remove one of the two")
                self.findings.append(Diagnostic(catalogue.DUPLICATE_KEY, key.span, message, hint, related))
            scalar = clean_scalar(node, self.findings)
            span = dates.parse_yearless(scalar.text) if scalar else None
            if scalar and span is None:
                message = Message("«{text}» is not a part of the year", text=scalar.text)
                hint = Message("write its first and last day, such as «1.8.–31.12.»")
                self.report(catalogue.UNREADABLE_DATE, scalar.span, message, hint)
            elif span is not None:
                found[season] = (season, *span)
        return tuple(found.values())

    # regions and parties

    def region(self, key: Scalar, fields: Fields) -> Region:
        id_ = self.declare(self.scopes, key, fields)
        groups = tuple(self.group(*entry) for entry in fields.table("groups", schema.GROUP))
        return Region(id_, fields.line("name") or id_, fields.lines("aliases"), self.parts(id_, fields), groups)

    def group(self, key: Scalar, fields: Fields) -> Group:
        id_ = self.declare(self.scopes, key, fields)
        return Group(id_, fields.line("name") or id_, fields.lines("aliases"), self.parts(id_, fields))

    def parts(self, scope: str, fields: Fields) -> tuple[str, ...]:
        """Return the municipalities of a region or group."""
        names = fields.lines("municipalities")
        self.municipalities |= {slug(name): scope for name in names}
        return names

    def party(self, key: Scalar, fields: Fields) -> Party:
        id_ = self.declare(self.parties, key, fields)
        return Party(id_, fields.line("name") or id_, self.kind(fields), fields.lines("aliases"))

    def kind(self, fields: Fields) -> str | None:
        scalar = fields.scalar("kind")
        if scalar is not None and scalar.text not in schema.PARTY_KINDS:
            message = Message("«{kind}» is no kind of party that kfl knows", kind=scalar.text)
            choices = Message("the values are {values}", values=", ".join(schema.PARTY_KINDS))
            hint = suggestion(nearest(scalar.text, schema.PARTY_KINDS, 1)) or choices
            self.report(catalogue.UNKNOWN_KIND, scalar.span, message, hint)
        return scalar.text if scalar else None

    def declare(self, names: _Names, key: Scalar, fields: Fields) -> str:
        """Take up a region, group or party under its id, name and aliases; return the id."""
        id_ = check_id(key, self.findings) or key.text
        first = names.places.get(id_)
        if first is not None:
            self.duplicate(id_, key.span, first)
            return id_
        names.places[id_] = key.span
        name = fields.scalar("name")
        for word in (key, *([name] if name else []), *fields.scalars("aliases")):
            names.words.append(word.text)
            owner = names.ids.setdefault(slug(word.text) or word.text, id_)
            if owner != id_:
                message = Message("«{name}» is also a name of «{owner}»", name=word.text, owner=owner)
                hint = Message("keep the name on one of the two")
                related = (Related(Message("«{owner}» is declared here", owner=owner), names.places[owner]),)
                self.findings.append(Diagnostic(catalogue.AMBIGUOUS_NAME, word.span, message, hint, related))
        names.ids[id_] = id_
        return id_

    def duplicate(self, id_: str, span: Span, first: Span) -> None:
        message = Message("the id «{id}» is taken", id=id_)
        related = (Related(Message("first here"), first),)
        hint = Message("give one of the two another id")
        self.findings.append(Diagnostic(catalogue.DUPLICATE_ID, span, message, hint, related))

    def scope(self, scalar: Scalar) -> str | None:
        found = self.scopes.find(scalar.text)
        if found is None:
            message = Message("«{name}» is no region or group of the plan", name=scalar.text)
            home = self.municipalities.get(slug(scalar.text))
            hint = _one_by_one(scalar.text)
            hint = hint or suggestion([home] if home else nearest(scalar.text, self.scopes.words, 1))
            hint = hint or Message("declare it under `regions`; leave the key out for what concerns all")
            self.report(catalogue.UNKNOWN_REGION, scalar.span, message, hint)
        return found

    def scopes_of(self, fields: Fields) -> tuple[str, ...] | None:
        """Return whom an entry concerns; None where a name of them is not known."""
        found = [self.scope(scalar) for scalar in fields.scalars("region")]
        return None if None in found else tuple(dict.fromkeys(scope for scope in found if scope))

    def assignments(self, fields: Fields, key: str) -> tuple[Assignment, ...]:
        found = (self.assignment(node) for node in fields.nodes(key))
        return tuple(assignment for assignment in found if assignment)

    def own_assignments(self, fields: Fields, key: str) -> tuple[Assignment, ...] | None:
        """Return the parties said here, None where it is left to the activity."""
        return self.assignments(fields, key) if fields.value(key) is not None else None

    def assignment(self, node: Node) -> Assignment | None:
        if not isinstance(node, Mapping):
            scalar = clean_scalar(node, self.findings)
            party = self.party_ref(scalar) if scalar else None
            return Assignment(party) if party else None
        fields = as_record(node, schema.ASSIGNMENT, self.findings)
        if fields is None:
            return None
        if not {"party", "id"} & set(fields.node.entries):
            fields.missing("party")
        scalar = fields.scalar("party") or fields.scalar("id")
        party = self.party_ref(scalar) if scalar else None
        return Assignment(party, fields.line("note"), fields.integer("count")) if party else None

    def party_ref(self, scalar: Scalar) -> str | None:
        found = self.parties.find(scalar.text)
        if found is None:
            message = Message("«{name}» is no party of the plan", name=scalar.text)
            hint = _one_by_one(scalar.text) or suggestion(nearest(scalar.text, self.parties.words, 1))
            hint = hint or Message("declare it under `parties`")
            self.report(catalogue.UNKNOWN_PARTY, scalar.span, message, hint)
        return found

    # dates, links, ignores

    def dated(self, fields: Fields, key: str, remedy: Message | None = None) -> Dated | None:
        """Read a date; ``remedy`` is what to say where it cannot be read, unless a near one is known."""
        scalar = fields.scalar(key)
        if scalar is None:
            return None
        text = " ".join(scalar.text.split())
        found = dates.parse(text, self.period, self.language)
        if isinstance(found, dates.DateProblem):
            near = found.hint is not None and found.hint.template.startswith("did you mean")
            self.report(found.rule, scalar.span, found.message, found.hint if near or not remedy else remedy)
            return None
        return Dated(text, found)

    def links(self, fields: Fields) -> tuple[Link, ...]:
        value = fields.value("links")
        if value is not None and not isinstance(value, Sequence):
            message = Message("«{key}» must be a list", key="links")
            self.report(catalogue.WRONG_SHAPE, place(value), message, Message("begin each entry with a hyphen"))
            return ()
        found = (self.link(node) for node in fields.nodes("links"))
        return tuple(link for link in found if link)

    def link(self, node: Node) -> Link | None:
        if not isinstance(node, Mapping):
            scalar = clean_scalar(node, self.findings)
            url = check_url(scalar, self.findings) if scalar else None
            return Link(url) if url else None
        fields = as_record(node, schema.LINK, self.findings)
        url = fields.url("url") if fields else None
        return Link(url, fields.line("title")) if fields and url else None

    def ignored(self, fields: Fields) -> tuple[Rule, ...]:
        found = []
        for key, reason in fields.pairs("ignore"):
            rule = catalogue.find(key.text)
            if rule is None:
                message = Message("kfl has no rule «{rule}»", rule=key.text)
                known = [word for each in catalogue.RULES.values() for word in (each.code, each.name)]
                self.report(catalogue.UNKNOWN_RULE, key.span, message, suggestion(nearest(key.text, known)))
            elif not rule.may_ignore:
                message = Message("{code} {name} cannot be ignored", code=rule.code, name=rule.name)
                self.report(catalogue.UNKNOWN_RULE, key.span, message, Message("mend what it reports"))
            elif not isinstance(reason, Scalar) or not reason.text.strip():
                message = Message("{code} {name} is ignored without a reason", code=rule.code, name=rule.name)
                hint = Message("write the reason after the colon")
                self.report(catalogue.IGNORE_WITHOUT_REASON, key.span, message, hint)
            else:
                found.append(rule)
        return tuple(found)

    def closure(self, fields: Fields) -> Closure | None:
        when, why = self.dated(fields, "when"), fields.line("why")
        if when and dates.references(when.when):
            message = Message("a closed period cannot hang on an activity")
            self.report(catalogue.UNREADABLE_DATE, fields.at("when"), message, Message("write its days or weeks"))
            return None
        return Closure(when, why, self.scopes_of(fields) or ()) if when and why else None

    # activities

    def activities(self, file: Fields) -> tuple[Activity, ...]:
        records = list(file.records("activities", schema.ACTIVITY))
        for fields in records:
            self.declare_activity(fields)
        found = (self.activity(fields) for fields in records)
        return tuple(activity for activity in found if activity)

    def declare_activity(self, fields: Fields) -> None:
        scalar = fields.scalar("id")
        if scalar is None:
            return
        id_ = check_id(scalar, self.findings)
        if id_ is None:
            self.activity_ids.setdefault(slug(scalar.text), scalar.span)
            return
        if id_ in self.activity_ids:
            self.duplicate(id_, scalar.span, self.activity_ids[id_])
            return
        if dates.is_point_in_time(id_):
            message = Message("the id «{id}» reads as a date", id=id_)
            hint = Message("add a word, so that «før {id}» can only mean the activity", id=id_)
            self.report(catalogue.BAD_ID, scalar.span, message, hint)
        self.activity_ids.setdefault(id_, scalar.span)
        self.declare_identity(fields, scalar)

    def declare_identity(self, fields: Fields, id_scalar: Scalar) -> None:
        """Take up what calendars know an activity by: its id, or the former one under ``uid:``."""
        scalar = fields.scalar("uid") or id_scalar
        first = self.identities.setdefault(scalar.text, scalar)
        if first is not scalar:
            self.duplicate(scalar.text, scalar.span, first.span)

    def activity(self, fields: Fields) -> Activity | None:
        id_scalar, title = fields.scalar("id"), fields.line("title")
        regions = self.scopes_of(fields)
        activity = Activity(
            id=id_scalar.text if id_scalar else "",
            title=title or "",
            when=self.activity_date(fields),
            regions=regions or (),
            location=fields.line("location"),
            status=Status(fields.choice("status", schema.STATUSES) or "confirmed"),
            question=fields.line("question"),
            responsible=self.assignments(fields, "responsible"),
            audience=self.assignments(fields, "audience"),
            description=fields.text("description"),
            note=fields.text("note"),
            source=fields.text("source"),
            links=self.links(fields),
            sessions=self.sessions(fields),
            tasks=self.tasks(fields),
            after=tuple(id_ for scalar in fields.scalars("after") if (id_ := self.activity_ref(scalar))),
            uid=fields.line("uid"),
            ignore=self.ignored(fields),
            node=fields.node,
        )
        first = self.activity_ids.get(activity.id)
        twice = id_scalar is not None and first is not None and first != id_scalar.span
        return activity if activity.id and regions is not None and not twice else None

    def activity_date(self, fields: Fields) -> Dated | None:
        """Read ``when``, which only an activity with sessions may leave out."""
        if not _filled(fields, "when") and not _filled(fields, "sessions"):
            if "when" in fields.node.entries or not _misspelled(fields, "when"):
                fields.missing("when", Message("write a date, or «when: ikke fastsatt» while there is none"))
            return None
        return self.activity_when(fields)

    def activity_when(self, fields: Fields) -> Dated | None:
        dated = self.dated(fields, "when")
        if dated is None:
            return None
        for id_ in dates.references(dated.when):
            if id_ not in self.activity_ids:
                self.unknown_activity(id_, fields.at("when"))
                return None
        return dated

    def activity_ref(self, scalar: Scalar) -> str | None:
        if scalar.text in self.activity_ids:
            return scalar.text
        self.unknown_activity(scalar.text, scalar.span)
        return None

    def unknown_activity(self, id_: str, span: Span) -> None:
        message = Message("the plan has no activity «{id}»", id=id_)
        hint = suggestion(nearest(id_, self.activity_ids)) or dates.other_wording(id_)
        hint = hint or Message("write the id of an activity")
        self.report(catalogue.UNKNOWN_ACTIVITY, span, message, hint)

    def sessions(self, fields: Fields) -> tuple[Session, ...]:
        found: dict[str, Session] = {}
        for item in fields.records("sessions", schema.SESSION):
            session = self.session(item)
            if session is None:
                continue
            if session.id in found:
                self.same_session(item, found[session.id])
            else:
                found[session.id] = session
        return tuple(found.values())

    def session(self, fields: Fields) -> Session | None:
        scope_scalar, id_scalar = fields.scalar("for"), fields.scalar("id")
        scope = self.scope(scope_scalar) if scope_scalar else None
        own_id = check_id(id_scalar, self.findings) if id_scalar else None
        if own_id is None and scope is None:
            if "for" not in fields.node.entries and id_scalar is None:
                message = Message("a session that is for all needs an id of its own")
                hint = Message("add `id:`, or `for:` with a region or group")
                self.report(catalogue.SESSION_WITHOUT_ID, place(fields.node), message, hint)
            return None
        status = fields.choice("status", schema.STATUSES)
        return Session(
            id=own_id or scope or "",
            scope=scope,
            when=self.activity_when(fields),
            title=fields.line("title"),
            location=fields.line("location"),
            status=Status(status) if status else None,
            question=fields.line("question"),
            note=fields.text("note"),
            responsible=self.own_assignments(fields, "responsible"),
            audience=self.own_assignments(fields, "audience"),
            node=fields.node,
        )

    def same_session(self, fields: Fields, first: Session) -> None:
        related = (Related(Message("first here"), place(first.node)),)
        if "id" in fields.node.entries:
            message, hint = Message("the id «{id}» is taken", id=first.id), Message("give one of the two another id")
            rule = catalogue.DUPLICATE_ID
        else:
            message = Message("there are two sessions for «{scope}»", scope=first.id)
            hint = Message("give each an `id:` of its own")
            rule = catalogue.SESSION_WITHOUT_ID
        self.findings.append(Diagnostic(rule, place(fields.node), message, hint, related))

    def tasks(self, fields: Fields) -> tuple[Task, ...]:
        found: dict[str, Task] = {}
        for item in fields.records("tasks", schema.TASK):
            task = self.task(item)
            if task is None:
                continue
            if task.id not in found:
                found[task.id] = task
            elif task.when is None and "id" not in item.node.entries:
                number = next(number for number in range(2, len(found) + 3) if f"{task.id}-{number}" not in found)
                found[f"{task.id}-{number}"] = replace(task, id=f"{task.id}-{number}")
            else:
                self.duplicate(task.id, place(item.node), place(found[task.id].node))
        return tuple(found.values())

    def task(self, fields: Fields) -> Task | None:
        title, id_scalar = fields.line("title"), fields.scalar("id")
        own_id = check_id(id_scalar, self.findings) if id_scalar else None
        when = self.activity_when(fields)
        if title is None:
            return None
        made = re.sub(r"[^a-z0-9]+", "-", slug(title)).strip("-")[:60].strip("-") or "task"
        if when is not None and id_scalar is None:
            message = Message("the task «{title}» has a date but no id", title=title)
            self.report(catalogue.TASK_WITHOUT_ID, place(fields.node), message, Message("add `id: {id}`", id=made))
        return Task(
            id=own_id or made,
            title=title,
            when=when,
            responsible=self.own_assignments(fields, "responsible"),
            audience=self.own_assignments(fields, "audience"),
            note=fields.text("note"),
            links=self.links(fields),
            node=fields.node,
        )
