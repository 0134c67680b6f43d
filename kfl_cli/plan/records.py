"""Typed reading of mappings: a method for each type of value, which checks the node and returns the clean value.

``Fields`` is a mapping together with its record in ``schema``, which names the keys it may have. Its methods return the
value under a key, or None. A key that is missing, unknown or empty and a value of the wrong shape become findings. Most
keys are absent and most values clean: the methods that are called most find that out before they call another. The
functions below do the same for single nodes, such as the items of a list.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.findings.finding import Advice, Diagnostic, Rule, Span, offer
from kfl_cli.findings.rules.file import (
    EMPTY_VALUE,
    MISSING_KEY,
    REMOVED_CHARACTER,
    TOO_LARGE,
    UNKNOWN_KEY,
    UNKNOWN_VALUE,
    UNSAFE_LINK,
    WRONG_SHAPE,
)
from kfl_cli.findings.rules.identity import BAD_ID
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.nodes import Mapping, Node, Null, Pair, Scalar, Sequence, nothing_at, span_of
from kfl_cli.text.characters import (
    BREAKS,
    LONGEST_TEXT,
    REMOVED,
    is_blank,
    is_clean,
    is_clean_line,
    on_one_line,
    without_controls,
)
from kfl_cli.text.names import ID, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.findings.finding import Remedy
    from kfl_cli.plan.schema import Record

_URL = (
    r"(?i:https?://[^\s<>\"'`{}|\\^/?#]+(?:[/?#][^\s<>\"'`{}|\\^]*)?"
    r"|mailto:[^\s<>\"'`{}|\\^@]+@[^\s<>\"'`{}|\\^@?]+(?:\?[^\s<>\"'`{}|\\^]*)?"
    r"|tel:\+?[0-9][0-9().-]*)"
)
"""The addresses that kfl links to, without spaces and without characters that end an attribute or a Markdown link."""

_MOST_LOOKED_UP = 1000
"""Findings of a file after which no near keys are looked for: each search compares all keys."""

_WRITE_OR_REMOVE = Message("write the value, or remove the line")

_LONGEST_SHOWN = 60
"""Characters of a wrong id that a finding shows."""

Findings = list[Diagnostic]
"""The findings of a file so far; whatever reads a part of it adds its own."""


class Fields(Struct, frozen=True):
    """A mapping that is read as a record."""

    record: Record
    node: Mapping
    findings: Findings
    by_key: dict[str, Pair | None]
    """Each key of the record with its value as they stand in the file, None where the key is missing.

    A key that the record does not have raises ``KeyError``: that is a bug of the caller's, not of the file.
    """

    @classmethod
    def of(cls, record: Record, node: Mapping, findings: Findings) -> Fields:
        """Return a mapping as a record."""
        by_key = record.absent | node.pairs
        if len(by_key) > len(record.absent):  # the file has a key that the record does not have
            by_key = {key: node.pairs.get(key) for key in record.keys}
        return cls(record, node, findings, by_key)

    def __contains__(self, key: str) -> bool:
        """Return whether ``key`` is in the file, with a value or without."""
        return self.by_key[key] is not None

    def is_filled(self, key: str) -> bool:
        """Return whether ``key`` has a value, which may be an empty list."""
        pair = self.by_key[key]
        return pair is not None and not (isinstance(pair.value, Scalar) and is_blank(pair.value.text))

    @property
    def unused_keys(self) -> list[str]:
        """The keys of the record that the mapping does not have."""
        return [name for name in self.record.keys if name not in self.node.pairs]

    def report(self, rule: Rule, span: Span, message: Message, remedy: Remedy | None = None) -> None:
        """Add a finding."""
        self.findings.append(Diagnostic(rule, span, message, remedy))

    def at(self, *path: str | int) -> Span:
        """Return the span of a value."""
        return span_of(self.node, *path)

    def value(self, key: str) -> Node | None:
        """Return the value of ``key``, None where it is missing or, with a finding, empty."""
        pair = self.by_key[key]
        if pair is None:
            return None
        value = pair.value
        if isinstance(value, Scalar) and is_blank(value.text):
            self.report_empty(key, pair)
            return None
        return value

    def report_empty(self, key: str, pair: Pair) -> None:
        """Report a key without a value."""
        value = pair.value
        required = self.record.keys[key].required
        message = Message("«{key}» is empty", key=key)
        advice = Message("write the value after the colon") if required else _WRITE_OR_REMOVE
        if isinstance(value, Null):
            message = Message("«{key}» is «{null}», which counts as nothing written", key=key, null=value.written)
            advice = Message(
                "write the value, or remove it; put «{null}» in quotes if it is a text", null=value.written
            )
        self.report(MISSING_KEY if required else EMPTY_VALUE, pair.key.span, message, Advice(advice))

    def check_keys(self) -> dict[str, str]:
        """Report keys that the record does not have, and required keys that are missing.

        Return the key that each unknown key may stand for; that one is not reported as missing too.
        """
        keys = self.record.keys
        meant: dict[str, str] = {}
        if self.node.pairs.keys() <= keys.keys() and self.record.required.keys() <= self.node.pairs.keys():
            return meant
        from kfl_cli.plan.suggestions import advice_for_key, is_known, keys_meant  # noqa: PLC0415  only for a plan that has a fault

        for pair in self.node.pairs.values():
            key = pair.key.text
            if key not in keys:
                cheap = is_known(key) or len(self.findings) < _MOST_LOOKED_UP
                near = keys_meant(key, self.unused_keys) if cheap else []
                meant.update((key, name) for name in near[:1])
                more = advice_for_key(key) if near else None
                remedy = (
                    Advice(more)
                    if more
                    else offer(near[:1], pair.key.span) or Advice(Message("the keys are {keys}", keys=", ".join(keys)))
                )
                if near and key.startswith(f"{near[0]}:"):
                    remedy = Advice(Message("write a space after the colon"))
                self.report(UNKNOWN_KEY, pair.key.span, Message("there is no key «{key}»", key=key), remedy)
        for name in self.record.required:
            if name not in self.node.pairs and name not in meant.values():
                self.report_missing(name)
        return meant

    def report_missing(self, key: str, remedy: Remedy | None = None) -> None:
        """Report a key that is missing, or that has nothing in it."""
        message = Message("the key «{key}» is missing here", key=key)
        pair = self.by_key[key]
        span = pair.key.span if pair else span_of(self.node)
        self.report(MISSING_KEY, span, message, remedy or Advice(Message("add `{key}:`", key=key)))

    # one value

    def scalar(self, key: str) -> Scalar | None:
        """Return the text under ``key``, cleaned, with its place; None where there is none."""
        pair = self.by_key[key]
        if pair is None:
            return None
        value = pair.value
        if isinstance(value, Scalar) and is_clean(value.text):  # fast path: nine of ten values
            return value
        filled = self.value(key)
        return None if filled is None else clean_scalar(filled, self.findings)

    def text(self, key: str) -> str | None:
        """Return a text that may have several lines."""
        if self.by_key[key] is None:
            return None
        scalar = self.scalar(key)
        return scalar.text.strip() if scalar else None

    def line(self, key: str) -> str | None:
        """Return a text on one line, each run of white space as one space."""
        pair = self.by_key[key]
        if pair is None:
            return None
        value = pair.value
        if isinstance(value, Scalar) and is_clean_line(value.text):  # fast path: nine of ten values
            return value.text
        scalar = self.scalar(key)
        return on_one_line(scalar.text) if scalar else None

    def choice(self, key: str, values: tuple[str, ...]) -> str | None:
        """Return one of ``values``."""
        scalar = None if self.by_key[key] is None else self.scalar(key)
        if scalar is None:
            return None
        if scalar.text in values:
            return scalar.text
        message = Message("«{value}» is none of the values of `{key}:`", value=scalar.text, key=key)
        from kfl_cli.plan.suggestions import values_meant  # noqa: PLC0415  only for a plan that has a fault

        remedy = offer(values_meant(scalar.text, values), scalar.span)
        choices = Advice(Message("the values are {values}", values=", ".join(values)))
        self.report(UNKNOWN_VALUE, scalar.span, message, remedy or choices)
        return None

    def integer(self, key: str) -> int | None:
        """Return a whole number above zero."""
        scalar = self.scalar(key)
        if scalar is None:
            return None
        if re.fullmatch(r"[1-9][0-9]{0,8}", scalar.text):
            return int(scalar.text)
        message = Message("«{value}» is not a whole number above zero", value=scalar.text)
        self.report(UNKNOWN_VALUE, scalar.span, message, Advice(Message("write a number such as 2")))
        return None

    def number(self, key: str) -> float | None:
        """Return a number above zero; the decimal mark is a comma or a point."""
        scalar = self.scalar(key)
        if scalar is None:
            return None
        if re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?", scalar.text) and float(scalar.text.replace(",", ".")):
            return float(scalar.text.replace(",", "."))
        message = Message("«{value}» is not a number above zero", value=scalar.text)
        self.report(UNKNOWN_VALUE, scalar.span, message, Advice(Message("write a number such as 2.5")))
        return None

    def url(self, key: str) -> str | None:
        """Return an address that is safe to link to."""
        scalar = self.scalar(key)
        return check_url(scalar, self.findings) if scalar else None

    # several values

    def nodes(self, key: str) -> list[Node]:
        """Return the items of a list, or the one value in its place."""
        value = self.value(key)
        if value is None:
            return []
        return value.items if isinstance(value, Sequence) else [value]

    def scalars(self, key: str) -> list[Scalar]:
        """Return the texts of a list, or the one text in its place."""
        pair = self.by_key[key]
        if pair is None:
            return []
        if isinstance(pair.value, Sequence):
            return [scalar for node in pair.value.items if (scalar := clean_scalar(node, self.findings))]
        scalar = self.scalar(key)
        return [scalar] if scalar else []

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, each on one line."""
        return tuple(on_one_line(scalar.text) for scalar in self.scalars(key))

    def records(self, key: str, record: Record) -> list[Fields]:
        """Return the mappings of a list as records."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, Sequence):
            message = Message("«{key}» must be a list", key=key)
            remedy = Advice(Message("begin each entry with a hyphen"))
            self.report(WRONG_SHAPE, span_of(value), message, remedy)
            return []
        return [fields for item in value.items if (fields := as_record(item, record, self.findings))]

    def table(self, key: str, record: Record) -> Iterator[tuple[Scalar, Fields]]:
        """Return the records of a mapping with their ids; one of the wrong shape is empty, so that its id is known."""
        for scalar, value in self.pairs(key):
            fields = as_record(value, record, self.findings)
            yield scalar, fields or Fields.of(record, nothing_at(scalar), self.findings)

    def pairs(self, key: str, remedy: Remedy | None = None) -> Iterator[tuple[Scalar, Node]]:
        """Return the keys and values of a mapping; ``remedy`` is for a value of another shape."""
        value = self.value(key)
        if value is None:
            return
        if not isinstance(value, Mapping):
            message = Message("«{key}» must be a mapping", key=key)
            remedy = remedy or Advice(Message("write «name: value», one a line"))
            self.report(WRONG_SHAPE, span_of(value), message, remedy)
            return
        for pair in value.pairs.values():
            yield pair.key, pair.value


def as_record(node: Node, record: Record, findings: Findings) -> Fields | None:
    """Read ``node`` as a record and check its keys; None where it is no mapping."""
    if isinstance(node, Mapping):
        fields = Fields.of(record, node, findings)
        fields.check_keys()
        return fields
    message = Message("here belongs a mapping")
    example = ", ".join(f"{key}: …" for key in record.required or list(record.keys)[:2])
    findings.append(Diagnostic(WRONG_SHAPE, node.span, message, Advice(Message("write {{{keys}}}", keys=example))))
    return None


def clean_scalar(node: Node, findings: Findings) -> Scalar | None:
    """Return a text in NFC without invisible characters; None, with a finding, where there is no text."""
    if not isinstance(node, Scalar):
        message = Message("here belongs a text, not a list or mapping")
        remedy = Advice(Message("write one text; put it in quotes if it holds brackets or a colon"))
        findings.append(Diagnostic(WRONG_SHAPE, span_of(node), message, remedy))
        return None
    text = node.text
    if is_clean(text):
        return node
    if is_blank(text):
        findings.append(Diagnostic(EMPTY_VALUE, node.span, Message("an empty entry"), Advice(_WRITE_OR_REMOVE)))
        return None
    if len(text) > LONGEST_TEXT:
        message = Message("the text is longer than {most} characters", most=LONGEST_TEXT)
        findings.append(Diagnostic(TOO_LARGE, node.span, message, Advice(Message("shorten it"))))
        return None
    if not text.replace("\n", "").isprintable() and re.search(REMOVED, text):
        text = _without_controls(node, findings)
    normal = unicodedata.normalize("NFC", text)
    if not normal.strip():
        return None
    return node if normal == node.text else replace(node, text=normal)


def _without_controls(node: Scalar, findings: Findings) -> str:
    """Return a text without invisible characters, and report them."""
    text = node.text.replace("\r\n", "\n").replace("\r", "\n").translate(BREAKS)
    removed = sorted({f"U+{ord(each):04X}" for run in re.findall(REMOVED, text) for each in run})
    if removed:
        message = Message("the text holds invisible characters that are left out: {codes}", codes=", ".join(removed))
        remedy = Advice(Message("delete them, or write the text again by hand"))
        findings.append(Diagnostic(REMOVED_CHARACTER, node.span, message, remedy))
    return without_controls(text)


def check_id(scalar: Scalar, findings: Findings) -> str | None:
    """Return an id; None, with a finding, where it is not well-formed."""
    if ID.fullmatch(scalar.text):
        return scalar.text
    short = scalar.text if len(scalar.text) <= _LONGEST_SHOWN else f"{scalar.text[:_LONGEST_SHOWN]}…"
    message = Message("«{id}» is not an id", id=short)
    better = re.sub(r"[^a-z0-9-]", "", slug(scalar.text[:_LONGEST_SHOWN])).strip("-")
    remedy = offer([better] if better else [], scalar.span)
    general = Advice(Message("write lower-case letters a–z, digits and hyphens"))
    findings.append(Diagnostic(BAD_ID, scalar.span, message, remedy or general))
    return None


def check_url(scalar: Scalar, findings: Findings) -> str | None:
    """Return an address that is safe to link to; None, with a finding, for any other."""
    if re.fullmatch(_URL, scalar.text):
        return scalar.text
    message = Message("«{url}» is not an address kfl can link to", url=scalar.text)
    spaced = scalar.text.strip().replace(" ", "%20")
    whole = [spaced] if ":" in spaced else [f"https://{spaced}", f"mailto:{spaced}"]
    near = [url for url in whole if re.fullmatch(_URL, url)]
    better = [url for url in near if "@" not in url or url.startswith("mailto:")]
    remedy = offer(better[:1], scalar.span) or Advice(Message("write a whole https, http, mailto or tel address"))
    findings.append(Diagnostic(UNSAFE_LINK, scalar.span, message, remedy))
    return None
