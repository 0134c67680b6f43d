"""Changes between two snapshots of a plan: the answer of ``kfl diff``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType, field

from kfl_cli.exports.json_contract import NamedJson
from kfl_cli.releases.diff import ChangeKind
from kfl_cli.text.json import JsonObject, printable_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kfl_cli.exports.templates.environment import Templates
    from kfl_cli.releases.change_texts import ChangeSection
    from kfl_cli.releases.comparison import Comparison
    from kfl_cli.releases.diff import Change
    from kfl_cli.releases.published_occurrence import Named, Published

TEMPLATES = {"md": "changes.md.j2", "html": "changes.html.j2"}
"""Template by format."""


class PublishedJson(JsonObject, frozen=True):
    """An occurrence as readers saw it."""

    title: str
    status: str
    start: str | None
    end: str | None
    when_text: str
    location: str | None
    question: str | None
    scopes: tuple[NamedJson, ...]
    responsible: tuple[NamedJson, ...]
    audience: tuple[NamedJson, ...]
    text: str | None


class ChangeJson(JsonObject, frozen=True):
    """One change of an occurrence; null for what there was or is nothing of."""

    kind: ChangeKind
    id: str
    activity: str
    """The id of the activity that it is of."""
    title: str
    scope: NamedJson | None
    before: PublishedJson | None
    after: PublishedJson | None
    because: str | UnsetType = UNSET


class ChangesJson(JsonObject, frozen=True):
    """Changes between two snapshots of a plan, the most important first."""

    old: str = field(name="from")
    new: str = field(name="to")
    changes: tuple[ChangeJson, ...]


def as_json(comparison: Comparison, changes: Iterable[Change]) -> str:
    """Return changes between two snapshots as a JSON text of lines."""
    documents = tuple(_change(change, comparison) for change in changes)
    return printable_json(ChangesJson(comparison.old.name, comparison.new.name, documents))


def _change(change: Change, comparison: Comparison) -> ChangeJson:
    scopes = _named(change.shown.scopes)
    return ChangeJson(
        kind=change.kind,
        id=change.shown.id,
        activity=change.activity,
        title=change.shown.title,
        scope=scopes[0] if len(scopes) == 1 else None,
        before=_published(change.before, comparison) if change.before else None,
        after=_published(change.after, comparison) if change.after else None,
        because=change.because or UNSET,
    )


def _published(published: Published, comparison: Comparison) -> PublishedJson:
    timezone = comparison.plan.timezone
    return PublishedJson(
        title=published.title,
        status=published.status,
        start=_moment(published.start, timezone),
        end=_moment(published.end, timezone),
        when_text=comparison.change_wording.when(published),
        location=published.location or None,
        question=published.question or None,
        scopes=_named(published.scopes),
        responsible=_named(published.responsible),
        audience=_named(published.audience),
        text=published.text or None,
    )


def _moment(text: str, timezone: str) -> str | None:
    """Return a day, or a clock time with the offset of the plan's zone, as in ``kfl export --json``."""
    if "T" not in text:
        return text or None
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only for plans with clock times

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).isoformat()


def _named(named: Named) -> tuple[NamedJson, ...]:
    return tuple(NamedJson(id_, name) for id_, name in named)


def page(
    comparison: Comparison,
    sections: list[ChangeSection],
    templates: Templates,
    template: str,
    *,
    whom: str = "",
    contact: str = "",
) -> str:
    """Return changes as a template puts them, for ``whom``. Raises TemplateError."""
    return templates.render(
        template,
        comparison.change_wording.say,
        title=comparison.title(whom),
        since=comparison.since(),
        comments=comparison.comments(),
        sections=sections,
        contact=contact,
        visibility=comparison.plan.visibility,
    )
