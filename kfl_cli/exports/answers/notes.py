"""Drafts of mails that say what changed, one for each reader: the files of ``kfl notes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.exports.answers.changes import page
from kfl_cli.exports.page.policy import with_policy
from kfl_cli.releases.change_texts import concerning
from kfl_cli.schedule.select import Request, Selection, understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.exports.templates.environment import Templates
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.comparison import Comparison

TEMPLATES = {".txt": "note.txt.j2", ".html": "changes.html.j2"}
"""Template by suffix."""


def notes(comparison: Comparison, templates: Templates, contact: str) -> Iterator[tuple[str, bytes]]:
    """Return a text and a page for each reader whom a change concerns, by file name. Raises TemplateError."""
    plan, change_wording = comparison.plan, comparison.change_wording
    for name, whom, selection in _readers(plan):
        sections = change_wording.sections(concerning(comparison.changes, selection, plan))
        for suffix, template in TEMPLATES.items() if sections else ():
            data = page(comparison, sections, templates, template, whom=whom, contact=contact).encode()
            yield f"{name}{suffix}", with_policy(data, change_wording.language) if suffix == ".html" else data


def _readers(plan: Plan) -> Iterator[tuple[str, str, Selection]]:
    """Return a file name, a name and a selection for each region, group and party."""
    for id_, name in plan.scopes.names.items():
        yield f"region-{id_}", name, understand(Request(region=(id_,)), plan)
    for party in plan.parties:
        yield f"for-{party.id}", party.name, understand(Request(party=(party.id,)), plan)
