"""The file plan.lock: a ledger written as YAML."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kfl_cli.dates import Kind
from kfl_cli.releases.diff import DONE
from kfl_cli.releases.published_occurrence import Published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.releases.ledger import Ledger, State


def sealed(ledger: Ledger) -> Ledger:
    """Return a ledger whose last release has the fingerprint of the whole."""
    *before, last = ledger.releases
    bare = replace(ledger, releases=(*before, replace(last, digest="")))
    digest = hashlib.sha256(dump(bare)).hexdigest()[:32]
    return replace(ledger, releases=(*before, replace(last, digest=digest)))


FORMATS = ("1", "2")
"""The formats of the file: the second is written where the first cannot say it, so that an older kfl refuses it."""


HEAD = """\
# What was published of the plan beside this file. Written by «kfl release»; keep it in git, and do not edit it.
"""
"""The comment with which the file begins."""


STAMP = "%Y%m%dT%H%M%SZ"
"""How a moment is written."""


KEYS = {name: {"scopes": "for", "references": "after"}.get(name, name) for name in Published.__struct_fields__}
"""Key in the file by field of ``Published``."""


def dump(ledger: Ledger) -> bytes:
    """Return the file: the same bytes for the same ledger, occurrences in the order of their ids."""
    lines = [f"kfl-lock: {format_of(ledger)}", f"plan: {quoted(ledger.plan)}", "releases:"]
    for release in ledger.releases:
        lines += [f"  - version: {release.version}", f"    stamp: {release.stamp:{STAMP}}"]
        lines.append(f"    digest: {release.digest}")
        lines += [f"    comment: {quoted(release.comment)}"] if release.comment else []
    lines.append("occurrences:" if ledger.histories else "occurrences: {}")
    ordered = sorted(ledger.histories.items(), key=lambda each: (each[1][-1].published.id, each[0]))
    for uid, history in ordered:
        lines.append(f"  {uid}:")
        for state in history:
            lines += _state_lines(state)
    return (HEAD + "\n".join(lines) + "\n").encode()


def format_of(ledger: Ledger) -> str:
    """Return the first format that can say what is in a ledger."""
    numbered = any(release.version.number > 1 for release in ledger.releases)
    states = (state.published for history in ledger.histories.values() for state in history)
    return FORMATS[numbered or any(item.category or item.hours or item.status == DONE for item in states)]


def _state_lines(state: State) -> Iterator[str]:
    yield f"    - release: {state.release}"
    yield f"      sequence: {state.sequence}"
    yield f"      stamp: {state.stamp:{STAMP}}"
    if state.dropped:
        yield "      dropped: yes"
        return
    yield f"      digest: {state.published.digest}"
    for name, key in KEYS.items():
        value = getattr(state.published, name)
        if value:
            yield f"      {key}: {dumped(value)}"


def dumped(value: object) -> str:
    """Return the value of a field as it is written."""
    match value:
        case Kind():
            return value.value
        case tuple():
            pairs = (f"[{', '.join(map(quoted, each))}]" if isinstance(each, tuple) else quoted(each) for each in value)
            return f"[{', '.join(pairs)}]"
        case _:
            return quoted(str(value))


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes, which is what JSON writes."""
    return json.dumps(text, ensure_ascii=False)
