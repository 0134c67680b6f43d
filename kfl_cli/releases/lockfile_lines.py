"""The file plan.lock read line by line, which takes a fifth of the time that its YAML takes.

Only a file that is, byte for byte, what ``dump`` writes of its ledger is read so; every other one is for
``lockfile_reader``, which finds what is wrong with it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import MsgspecError, Struct, field
from msgspec.json import Decoder
from msgspec.structs import fields

from kfl_cli.dates import Kind
from kfl_cli.plan.model import Status
from kfl_cli.plan.yaml.reader import MOST_BYTES, is_text
from kfl_cli.releases.ledger import History, Ledger, Release, State, follows
from kfl_cli.releases.lockfile import HEAD, KEYS, STAMP, dumped, format_of
from kfl_cli.releases.published_occurrence import Published, digest_of
from kfl_cli.releases.version import read_version
from kfl_cli.text.characters import without_controls
from kfl_cli.text.combining_marks import ASCII, stacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELEASE = r"  - version: (\S+)\n    stamp: (\S+)\n    digest: ([0-9a-f]{32})\n(?:    comment: (\".+\")\n)?"

_BEGINNING = re.compile(
    rf"{re.escape(HEAD)}kfl-lock: (\d+)\nplan: (\".+\")\nreleases:\n((?:{_RELEASE})+)occurrences:( {{}})?\n".encode()
)

_RELEASES = re.compile(_RELEASE.encode())

_UID = re.compile(rb"  ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):\n")

_VALUES = {each.name: r"([a-z]+)" if each.type is Kind else r"([\"\[].+)" for each in fields(Published)}

_STATE = re.compile(
    (
        r"    - release: (\S+)\n      sequence: (\d+)\n      stamp: (\S+)\n"
        r"(?:      (dropped: yes)\n|      digest: ([0-9a-f]{32})\n"
        + "".join(rf"(?:      {KEYS[name]}: {value}\n)?" for name, value in _VALUES.items())
        + ")"
    ).encode()
)
"""A state, with its keys in the order in which they are written."""

_ESCAPES = re.compile(r"\\[\\\"nt]")
"""The escapes of characters that a text may hold."""

_TEXT = Decoder(str)

_DECODERS: dict[str, Decoder[Any]] = {
    each.name: Decoder(each.type) if each.default == () else _TEXT for each in fields(Published)
}


class _IrregularError(Exception):
    """The file is not as ``dump`` writes it, or not what a release wrote."""


def read_lines(data: bytes, plan: str) -> Ledger | None:
    """Return the ledger of the plan with this id; None where the file is not just as kfl writes it."""
    try:
        return _LineReader(data).ledger(plan)
    except (_IrregularError, MsgspecError, ValueError):
        return None


class _LineReader(Struct):
    data: bytes
    releases: dict[bytes, tuple[Release, bytes]] = field(default_factory=dict)
    """Each with its stamp as it is written, by version as it is written."""
    live: set[str] = field(default_factory=set)

    def ledger(self, plan: str) -> Ledger:
        beginning = _BEGINNING.match(self.data)
        if beginning is None or len(self.data) > MOST_BYTES or not _is_clean(self.data):
            raise _IrregularError
        number, owner, written, *_, none = beginning.groups()
        for found in _RELEASES.finditer(written):
            self.release(*found.groups())
        releases = tuple(release for release, _ in self.releases.values())
        _demand(_decoded(_TEXT, owner) == plan and _is_sealed(self.data, beginning.end(3), releases[-1].digest))
        ledger = Ledger(plan, releases, dict(self.histories(beginning.end())))
        _demand(number.decode() == format_of(ledger) and (none is None) is bool(ledger.histories))
        return ledger

    def release(self, version: bytes, stamp: bytes, digest: bytes, comment: bytes | None) -> None:
        read, moment = read_version(version.decode()), datetime.strptime(stamp.decode(), STAMP).replace(tzinfo=UTC)
        _demand(read is not None and str(read).encode() == version and f"{moment:{STAMP}}".encode() == stamp)
        before = next(reversed(self.releases.values()), None)
        if read is None or (before and read <= before[0].version):
            raise _IrregularError
        text = _decoded(_TEXT, comment) if comment else ""
        self.releases[version] = Release(read, moment, text, digest.decode()), stamp

    def histories(self, at: int) -> Iterator[tuple[str, History]]:
        """Read all occurrences from an offset on, each after the one before in the order of the file."""
        before = ("", "")
        while at < len(self.data):
            found = _UID.match(self.data, at)
            if found is None:
                raise _IrregularError
            uid = found[1].decode()
            states: list[State] = []
            while state := _STATE.match(self.data, found.end()):
                found = state
                states.append(self.state(state.groups(), states[-1] if states else None))
            at = found.end()
            _demand(bool(states))
            last = states[-1]
            place = (last.published.id, uid)
            _demand(before < place and (last.dropped or last.published.id not in self.live))
            before = place
            self.live |= set() if last.dropped else {last.published.id}
            yield uid, tuple(states)

    def state(self, groups: tuple[bytes | None, ...], last: State | None) -> State:
        version, sequence, stamp, dropped, digest, *values = groups
        release, written = self.releases.get(version or b"", (None, b""))
        number = last.sequence + 1 if last else 0
        if release is None or written != stamp or sequence != b"%d" % number:
            raise _IrregularError
        _demand(follows(release, last, dropped=dropped is not None))
        if dropped and last:
            return State(release.version, number, release.stamp, last.published, dropped=True)
        known: dict[str, Any] = {
            name: _value(name, value) for name, value in zip(_VALUES, values, strict=True) if value
        }
        _demand(digest_of(known).encode() == digest)
        published = Published(**{"title": "", **known})
        _check_dates(published.kind, published.status, published.start, published.end, published.hours)
        return State(release.version, number, release.stamp, published)


def _demand(holds: bool) -> None:  # noqa: FBT001  its one argument is what it is about
    if not holds:
        raise _IrregularError


def _is_clean(data: bytes) -> bool:
    """Return whether a file holds only characters that kfl writes, so that no text in it needs another look.

    Whether it is UTF-8 is seen where each value is decoded; decoding it as a whole takes three times its size.
    """
    rest = data.translate(None, ASCII).decode()
    characters = set(rest)
    kept = all(without_controls(each) == each for each in characters)
    return kept and is_text("".join(characters)) and stacked(rest) is None


def _is_sealed(data: bytes, end: int, digest: str) -> bool:
    """Return whether the last of the releases, which end there, has the fingerprint of the file without it."""
    at = data.rindex(b"    digest: ", 0, end) + len(b"    digest: ")
    hashed = hashlib.sha256(data[:at])
    hashed.update(memoryview(data)[at + len(digest) :])
    return hashed.hexdigest()[:32] == digest


def _decoded(decoder: Decoder[Any], value: bytes) -> Any:  # noqa: ANN401  a field of any type
    """Read a value. Raises _IrregularError where ``dump`` would write it otherwise, or never writes it."""
    text = value.decode()
    inner = text[1:-1]
    if decoder is _TEXT and inner and text[0] == text[-1] == '"' and '"' not in inner and "\\" not in inner:
        return inner
    found = decoder.decode(value)
    if not found or dumped(found) != text or ("\\" in text and "\\" in _ESCAPES.sub("", text)):
        raise _IrregularError
    return found


@lru_cache(maxsize=4096)
def _value(name: str, value: bytes) -> object:
    """Read the value of a field; the same text, such as a place, is one object."""
    return Kind(value.decode()) if name == "kind" else _decoded(_DECODERS[name], value)


@lru_cache(maxsize=4096)
def _check_dates(kind: Kind, status: str, start: str, end: str, hours: str) -> None:
    """Raise ValueError where the fields are no date and no status that kfl writes."""
    published = Published("", "", kind, Status(status).value, start=start, end=end, hours=hours)
    _ = published.window, published.stretches, published.due
