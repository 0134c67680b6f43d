"""The section ``activities:``, with sessions and tasks."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.findings.finding import Advice, Diagnostic, Related
from kfl_cli.findings.rules.identity import DUPLICATE_ID, SESSION_WITHOUT_ID, TASK_WITHOUT_ID
from kfl_cli.language.message import Message
from kfl_cli.plan import schema
from kfl_cli.plan.model import Activity, Dated, Session, Status, Task
from kfl_cli.plan.records import Fields, check_id
from kfl_cli.plan.yaml.nodes import Scalar, Sequence, span_of
from kfl_cli.text.characters import is_blank
from kfl_cli.text.names import slug

if TYPE_CHECKING:
    from kfl_cli.plan.load.references import References
    from kfl_cli.plan.load.values import Values


class Activities(Struct):
    """Reads the activities of a plan; their ids are declared first, since dates may refer to any of them."""

    values: Values
    references: References

    def activities(self, file: Fields) -> tuple[Activity, ...]:
        """Read the list under ``activities``."""
        records = file.records("activities", schema.ACTIVITY)
        ids = [self.references.declare_activity(fields) for fields in records]
        return tuple([activity for each in zip(records, ids, strict=True) if (activity := self.activity(*each))])

    def activity(self, fields: Fields, id_scalar: Scalar | None) -> Activity | None:
        """Read an activity; None where it has no id or the id of another, or concerns an unknown region."""
        title = fields.line("title")
        regions = self.references.scopes_of(fields)
        sessions = self.sessions(fields)
        responsible = self.references.assignments(fields, "responsible")
        audience = self.references.assignments(fields, "audience")
        activity = Activity(
            id=id_scalar.text if id_scalar else "",
            title=title or "",
            when=self.activity_date(fields),
            regions=regions or (),
            location=fields.line("location"),
            status=_status(fields) or Status.CONFIRMED,
            question=fields.line("question"),
            capacity=fields.integer("capacity"),
            responsible=responsible,
            audience=audience,
            category=self.references.category(fields),
            unsaid=() if responsible and audience else _unsaid(fields),
            description=fields.text("description"),
            more=self.values.labelled(fields, "more"),
            note=fields.text("note"),
            source=fields.text("source"),
            links=self.values.links(fields),
            sessions=sessions,
            unread_sessions=len(fields.nodes("sessions")) - len(sessions) if sessions else 0,
            tasks=self.tasks(fields),
            after=self.after(fields),
            uid=fields.line("uid"),
            ignore=self.values.ignored(fields),
            node=fields.node,
        )
        first = self.references.activity_ids.get(activity.id)
        twice = id_scalar is not None and first is not None and first != id_scalar
        return activity if activity.id and regions is not None and not twice else None

    def after(self, fields: Fields) -> tuple[str, ...]:
        """Return the ids of the activities under ``after``."""
        return tuple([id_ for scalar in fields.scalars("after") if (id_ := self.references.activity_ref(scalar))])

    def activity_date(self, fields: Fields) -> Dated | None:
        """Read ``when``, which only an activity with sessions may leave out."""
        if not _filled(fields, "when") and not _filled(fields, "sessions"):
            if "when" in fields or not _misspelled(fields, "when", "sessions"):
                fields.report_missing(
                    "when", Advice(Message("write a date, or «when: ikke fastsatt» while there is none"))
                )
            return None
        return self.activity_when(fields)

    def activity_when(self, fields: Fields) -> Dated | None:
        """Read ``when``; None where it refers to an unknown activity."""
        dated = self.values.dated(fields, "when")
        if dated is None:
            return None
        for id_ in dated.references:
            if id_ not in self.references.activity_ids:
                self.references.unknown_activity(id_, dated.text, fields.at("when"))
                return None
        return dated

    def sessions(self, fields: Fields) -> tuple[Session, ...]:
        """Read the list under ``sessions``; of two with one id, the first."""
        if fields.by_key["sessions"] is None:
            return ()
        sessions: dict[str, Session] = {}
        for item in fields.records("sessions", schema.SESSION):
            session = self.session(item)
            if session is None:
                continue
            if session.id in sessions:
                self.same_session(item, sessions[session.id])
            else:
                sessions[session.id] = session
        return tuple(sessions.values())

    def session(self, fields: Fields) -> Session | None:
        """Read a session; None where it has neither an id nor a known region or group."""
        id_scalar = fields.scalar("id")
        scopes = self.references.scopes_of(fields, "for")
        own_id = check_id(id_scalar, self.values.findings) if id_scalar else None
        if own_id is None and not scopes:
            if scopes is not None and id_scalar is None and not _misspelled(fields, "for"):
                message = Message("a session that is for all needs an id of its own")
                remedy = Advice(Message("add `id:`, or `for:` with a region or group"))
                self.references.report(SESSION_WITHOUT_ID, span_of(fields.node), message, remedy)
            return None
        return Session(
            id=own_id or "-".join(sorted(scopes or ())),
            scopes=scopes or (),
            when=self.activity_when(fields),
            title=fields.line("title"),
            location=fields.line("location"),
            status=_status(fields),
            question=fields.line("question"),
            capacity=fields.integer("capacity"),
            note=fields.text("note"),
            links=self.values.links(fields),
            responsible=self.references.own_assignments(fields, "responsible"),
            audience=self.references.own_assignments(fields, "audience"),
            node=fields.node,
        )

    def same_session(self, fields: Fields, first: Session) -> None:
        """Report a session with the id or the region of an earlier one."""
        related = (Related(Message("first here"), span_of(first.node)),)
        if "id" in fields:
            message, remedy = (
                Message("the id «{id}» is taken", id=first.id),
                Advice(Message("give one of the two another id")),
            )
            rule = DUPLICATE_ID
        else:
            message = Message("there are two sessions for «{scope}»", scope=first.id)
            remedy = Advice(Message("give each an `id:` of its own"))
            rule = SESSION_WITHOUT_ID
        self.values.findings.append(Diagnostic(rule, span_of(fields.node), message, remedy, related))

    def tasks(self, fields: Fields) -> tuple[Task, ...]:
        """Read the list under ``tasks``; tasks of one title, without date and id, are numbered."""
        if fields.by_key["tasks"] is None:
            return ()
        tasks: dict[str, Task] = {}
        numbers: dict[str, int] = {}
        for item in fields.records("tasks", schema.TASK):
            task = self.task(item)
            if task is None:
                continue
            if task.id not in tasks:
                tasks[task.id] = task
            elif task.when is None and "id" not in item:
                number = next(each for each in count(numbers.get(task.id, 2)) if f"{task.id}-{each}" not in tasks)
                numbers[task.id] = number + 1
                tasks[f"{task.id}-{number}"] = replace(task, id=f"{task.id}-{number}")
            else:
                self.references.duplicate(task.id, span_of(item.node), span_of(tasks[task.id].node))
        return tuple(tasks.values())

    def task(self, fields: Fields) -> Task | None:
        """Read a task; None where it has no title."""
        title, id_scalar = fields.line("title"), fields.scalar("id")
        own_id = check_id(id_scalar, self.values.findings) if id_scalar else None
        when = self.activity_when(fields)
        if title is None:
            return None
        id_ = own_id or _made_of(title)
        if when is not None and id_scalar is None:
            message = Message("the task «{title}» has a date but no id", title=title)
            self.references.report(
                TASK_WITHOUT_ID, span_of(fields.node), message, Advice(Message("add `id: {id}`", id=id_))
            )
        return Task(
            id=id_,
            title=title,
            when=when,
            status=_status(fields),
            responsible=self.references.own_assignments(fields, "responsible"),
            audience=self.references.own_assignments(fields, "audience"),
            note=fields.text("note"),
            links=self.values.links(fields),
            node=fields.node,
        )


def _unsaid(fields: Fields) -> tuple[str, ...]:
    """Return those of the two keys of parties that have no value; an empty list is a value."""
    return tuple([key for key in ("responsible", "audience") if not fields.is_filled(key)])


def _status(fields: Fields) -> Status | None:
    status = fields.choice("status", schema.STATUSES)
    return Status(status) if status else None


def _made_of(title: str) -> str:
    """Return the id of a task that has none in the file."""
    return re.sub(r"[^a-z0-9]+", "-", slug(title)).strip("-")[:60].strip("-") or "task"


def _filled(fields: Fields, key: str) -> bool:
    """Return whether something is under a key: a text, a list with items, or a value of another shape."""
    pair = fields.by_key[key]
    if pair is None:
        return False
    if isinstance(pair.value, Scalar):
        return not is_blank(pair.value.text)
    return not isinstance(pair.value, Sequence) or bool(pair.value.items)


def _misspelled(fields: Fields, *keys: str) -> bool:
    """Return whether an unknown key of the mapping is likely one of ``keys``, misspelled."""
    from kfl_cli.plan.suggestions import keys_meant  # noqa: PLC0415  only for a plan that has a fault

    unknown = [name for name in fields.node.pairs if name not in fields.record.keys]
    return any(key in keys for name in unknown for key in keys_meant(name, fields.unused_keys)[:1])
