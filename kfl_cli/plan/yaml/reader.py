"""From bytes to nodes: the YAML of a plan file, in which every scalar is text.

``no``, ``12:30`` and ``2017-09-08`` are not turned into other types, and every node has its place. Faults of the file
as a file (its encoding, its size, its YAML) are findings. The nodes are built from the parser's events (libyaml's where
PyYAML has it), since composing PyYAML's node tree first takes several times as long.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.reader import Reader

from kfl_cli.findings.finding import START, Advice, Diagnostic, Related, Span
from kfl_cli.findings.rules.file import (
    COMMENT_IN_TEXT,
    CONTROL_CHARACTER,
    DUPLICATE_KEY,
    EMPTY_PLAN,
    SEVERAL_DOCUMENTS,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY_ALIASES,
    WRONG_ENCODING,
    WRONG_SHAPE,
    YAML_SYNTAX,
    YAML_TAG,
)
from kfl_cli.language.message import Message
from kfl_cli.plan.yaml.faults import DEEPEST, NESTED_TOO_DEEP, yaml_fault
from kfl_cli.plan.yaml.nodes import Mapping, Node, Null, Pair, Scalar, Sequence, depth_of, size_of
from kfl_cli.plan.yaml.surrogates import as_written, can_have_stand_ins, has_surrogates, joined, with_stand_ins
from kfl_cli.text.characters import split_lines
from kfl_cli.text.combining_marks import MOST_MARKS, non_ascii, stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_BYTES = 256 * 1024 * 1024
"""The largest plan file."""

MOST_ALIASED = 100_000
"""Nodes that aliases may add to a plan; a long text counts as one for every 50 characters."""

LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser, or PyYAML's own where libyaml is missing."""

_NOT_TEXT = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""A pattern for all characters that are refused. Compiling it is slow; ``is_text`` finds out whether it is needed."""

_REFUSED_BY_KFL = "\x85\u2028\u2029\ufeff"
"""Characters that kfl refuses although YAML allows them."""

_GLUED = r" +#(?=[^\s#!])"
"""The start of a comment without a space behind its «#»."""

_WINDOWS_CHARACTERS = "æøåÆØÅéö–«»"
"""Characters by which a file of Word or an old editor is told from other bytes that are not UTF-8."""

_NULLS = ("~", "null", "Null", "NULL")
"""What stands for nothing where it is not in quotes."""

_Event = Any
"""An event of PyYAML, whose stubs make marks, anchors and tags optional, which the parser always sets."""


class Source(Struct, frozen=True):
    """The root node of a plan file, None where it could not be parsed, and the findings on the file as a file."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]


def read(data: bytes) -> Source:
    """Parse a plan file. The root is None where the file as a whole cannot be read."""
    if len(data) > MOST_BYTES:
        message = Message("the file is larger than {most} MB", most=MOST_BYTES // 1024 // 1024)
        remedy = Advice(Message("check that this is the plan file"))
        return Source(None, (Diagnostic(TOO_LARGE, START, message, remedy),))
    text = _decode(data)
    if isinstance(text, Diagnostic):
        return Source(None, (text,))
    rest = non_ascii(text)
    index = None if stacked(rest) is None else stacked(text)
    if index is not None:
        return Source(None, (_too_many_marks(_span_at(text, index)),))
    readable, diagnostics = (text, []) if is_text(rest) else _cleaned(text)
    root = None
    try:
        root = _root(readable, _glued_comments(text), diagnostics)
        if root is None and not diagnostics:
            diagnostics.append(_empty())
    except yaml.MarkedYAMLError as error:
        diagnostics.append(yaml_fault(error, text))
    except _Stop as stop:
        diagnostics.append(stop.diagnostic)
    return Source(root, tuple(diagnostics))


def _root(text: str, comments: dict[int, set[int]], diagnostics: list[Diagnostic]) -> Node | None:
    """Return the root node; None where there is none, or an empty text."""
    surrogates = has_surrogates(text)
    stand_ins = surrogates and can_have_stand_ins(text)
    parser = yaml.BaseLoader if surrogates and not stand_ins else LOADER
    loader: Any = parser(with_stand_ins(text) if stand_ins else text)
    reader = _NodeReader(
        next_event=loader.get_event,
        numbers=list(range(text.count("\n") + text.count("\r") + 2)),
        comments=comments,
        may_be_special=bool(comments) or any(mark in text for mark in ("!", "&", "\\", *_NULLS)),
        surrogates=surrogates,
        stand_ins=stand_ins,
        length=len(text),
        last_line=len(text) - 1 - max(text.rfind("\n"), text.rfind("\r")),
        diagnostics=diagnostics,
    )
    try:
        root = reader.document()
    finally:
        loader.dispose()
    return None if isinstance(root, Scalar) and not root.text else root


def _empty() -> Diagnostic:
    message = Message("the file holds no plan")
    return Diagnostic(EMPTY_PLAN, START, message, Advice(Message("write a plan to start from with `kfl init`")))


def _decode(data: bytes) -> str | Diagnostic:
    """Return the text without a byte order mark, or a finding on the encoding."""
    remedy = Advice(Message("save the file again with the encoding UTF-8"))
    if data.startswith(b"PK\x03\x04"):
        message = Message("the file is a Word or Excel document, or a zip archive, not a text file")
        return Diagnostic(WRONG_ENCODING, START, message, Advice(Message("give the plan's YAML file")))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in data[:2]:
        message = Message("the file is UTF-16 or UTF-32, not UTF-8")
        return Diagnostic(WRONG_ENCODING, START, message, remedy)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        span = _span_at(before, len(before))
        byte = data[error.start]
        character = bytes([byte]).decode("cp1252", "replace")
        if character in _WINDOWS_CHARACTERS:
            message = Message(
                "the file is not UTF-8: byte {byte} would be «{sign}» in an old Windows encoding",
                byte=f"0x{byte:02X}",
                sign=character,
            )
        else:
            message = Message("the file is not UTF-8: byte {byte} cannot stand here", byte=f"0x{byte:02X}")
        return Diagnostic(WRONG_ENCODING, span, message, remedy)


def _too_many_marks(span: Span) -> Diagnostic:
    message = Message("more than {most} marks stand on one letter here", most=MOST_MARKS)
    return Diagnostic(TOO_LARGE, span, message, Advice(Message("delete them")))


def _span_at(text: str, offset: int) -> Span:
    lines = split_lines(text[:offset])
    return Span(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)


def is_text(text: str) -> bool:
    """Return whether a file may hold these characters."""
    return not Reader.NON_PRINTABLE.search(text) and not any(character in text for character in _REFUSED_BY_KFL)


def _cleaned(text: str) -> tuple[str, list[Diagnostic]]:
    """Return the text with spaces in place of refused characters, so that the rest can be read, and the findings."""
    return re.sub(_NOT_TEXT, " ", text), list(_control_characters(text))


def _control_characters(text: str) -> Iterator[Diagnostic]:
    remedy = Advice(Message("delete the character, or write the line again by hand"))
    matches = re.finditer(_NOT_TEXT, text)
    for match, _ in zip(matches, range(20), strict=False):  # a binary file has thousands
        message = Message("the character {code} is not text", code=f"U+{ord(match[0]):04X}")
        yield Diagnostic(CONTROL_CHARACTER, _span_at(text, match.start()), message, remedy)


def _glued_comments(text: str) -> dict[int, set[int]]:
    """Return the columns of « #1» by line, from 0: a comment to YAML, but likely part of a text to its author."""
    if " #" not in text:
        return {}
    glued = re.compile(_GLUED)
    lines = enumerate(split_lines(text))
    columns_by_line = ((number, {match.start() for match in glued.finditer(line)}) for number, line in lines)
    return {number: columns for number, columns in columns_by_line if columns}


class _Stop(Exception):  # noqa: N818  carries a finding, and is no error of kfl
    """Ends the reading, with a finding after which the rest has no meaning."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def _span(event: _Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class _NodeReader(Struct):
    """Makes nodes of events by recursive descent, bounded in depth and in the nodes that aliases may add."""

    next_event: Callable[[], _Event]
    numbers: list[int]
    """The numbers of the lines from 0: all nodes of a line have one object, which takes a sixth less memory."""
    comments: dict[int, set[int]]
    """Columns of comments that are glued to their «#», by line, both from 0."""
    may_be_special: bool
    """Whether there may be a text with a glued comment, a tag, an anchor, an escape or a null: few files have any."""
    surrogates: bool
    """Whether there are escapes of halves of characters."""
    stand_ins: bool
    """Whether the parser was given stand-ins for these."""
    length: int
    """Characters in the file."""
    last_line: int
    """Characters in a last line that has no line break."""
    diagnostics: list[Diagnostic]
    anchors: dict[str, Node | None] = field(default_factory=dict)
    """Finished nodes; None while the anchored node is still open."""
    aliased: int = 0
    depth: int = 0
    """Lists and mappings that are open."""

    def document(self) -> Node | None:
        """Read the one document of a file; None where there is none."""
        root = None
        documents = 0
        event: _Event
        while not isinstance(event := self.next_event(), StreamEndEvent):
            if isinstance(event, NodeEvent):
                root = self.node(event)
            documents += isinstance(event, DocumentStartEvent)
            if documents > 1:
                message = Message("a second YAML document starts here")
                remedy = Advice(Message("remove this line; a plan is one document"))
                raise _Stop(Diagnostic(SEVERAL_DOCUMENTS, _span(event), message, remedy))
        return root

    def node(self, event: _Event) -> Node:
        """Read the node that begins with an event; nine of ten are scalars."""
        kind = type(event)
        if kind is not ScalarEvent:
            return self.alias(event) if isinstance(event, AliasEvent) else self.collection(event)
        start, end, numbers = event.start_mark, event.end_mark, self.numbers
        scalar = Scalar(numbers[start.line], start.column, numbers[end.line], end.column, event.value)
        return self.special(event, scalar) if self.may_be_special else scalar

    def collection(self, event: _Event) -> Sequence | Mapping:
        """Read a list or mapping."""
        if event.tag is not None:
            self.refuse_tag(event)
        if self.depth >= DEEPEST:
            raise _Stop(Diagnostic(TOO_DEEP, _span(event), NESTED_TOO_DEEP, Advice(Message("check the indentation"))))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.depth += 1
        node = self.mapping(event) if isinstance(event, MappingStartEvent) else self.sequence(event)
        self.depth -= 1
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def sequence(self, first: _Event) -> Sequence:
        """Read a list up to its end."""
        items: list[Node] = []
        event: _Event
        while type(event := self.next_event()) is not SequenceEndEvent:
            items.append(self.node(event))
        return Sequence(*self.place(first, event), items)

    def mapping(self, first: _Event) -> Mapping:
        """Read a mapping up to its end."""
        pairs: dict[str, Pair] = {}
        next_event, numbers = self.next_event, self.numbers
        event: _Event
        while (kind := type(event := next_event())) is not MappingEndEvent:
            if self.may_be_special or kind is not ScalarEvent or event.value in pairs:
                self.pair(event, pairs)
            else:  # fast path: without a node for the key alone, a twentieth of the time of reading
                start, end, text = event.start_mark, event.end_mark, intern(event.value)
                value = self.node(next_event())
                pairs[text] = Pair(numbers[start.line], start.column, numbers[end.line], end.column, text, value)
        return Mapping(*self.place(first, event), pairs)

    def pair(self, event: _Event, pairs: dict[str, Pair]) -> None:
        """Read a key and its value; they are left out, with a finding, where the key cannot be used."""
        key = self.node(event)
        key = replace(key, text=key.written) if isinstance(key, Null) else key
        if isinstance(key, Scalar) and key.text not in pairs:
            value, text = self.node(self.next_event()), intern(key.text)
            pairs[text] = Pair(key.line, key.column, key.end_line, key.end_column, text, value)
        else:
            self.unusable(key, pairs)
            self.node(self.next_event())

    def place(self, first: _Event, last: _Event) -> tuple[int, int, int, int]:
        """Return the place of a list or mapping between its first and its last event."""
        start, end = first.start_mark, last.end_mark
        if self.last_line and not end.column and end.index >= self.length:  # on a line that is not there
            return self.numbers[start.line], start.column, end.line - 1, self.last_line
        return self.numbers[start.line], start.column, self.numbers[end.line], end.column

    def unusable(self, key: Node, pairs: dict[str, Pair]) -> None:
        """Report a key that is no word, or that stands in the mapping already."""
        if not isinstance(key, Scalar):
            message = Message("a key must be a word")
            remedy = Advice(Message("put the text in quotes if it holds brackets"))
            self.diagnostics.append(Diagnostic(WRONG_SHAPE, key.span, message, remedy))
            return
        message = Message("the key «{key}» stands here a second time", key=key.text)
        remedy = Advice(Message("remove one of the two"))
        related = (Related(Message("first here"), pairs[key.text].span),)
        self.diagnostics.append(Diagnostic(DUPLICATE_KEY, key.span, message, remedy, related))

    def special(self, event: _Event, node: Scalar) -> Scalar:
        """Deal with the comment, tag, anchor, escapes or null that few scalars have."""
        if not event.style and node.text in _NULLS:
            node = Null(node.line, node.column, node.end_line, node.end_column, "", node.text)
        if self.surrogates:
            node = self.whole(event, node)
        if event.style == '"' and stacked(node.text) is not None:
            raise _Stop(_too_many_marks(node.span))
        if node.end_line in self.comments and not event.style:
            self.comment(node)
        if event.tag is not None:
            self.refuse_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def whole(self, event: _Event, node: Scalar) -> Scalar:
        """Return a text in which two halves of a character are one; report a half that stands alone."""
        if event.style != '"':
            return replace(node, text=as_written(node.text)) if self.stand_ins else node
        text, half = joined(node.text, stand_ins=self.stand_ins)
        if half is not None:
            message = Message("«{escape}» is half of a character", escape=f"\\u{ord(half):04x}")
            remedy = Advice(Message("write the character itself, or both halves"))
            self.diagnostics.append(Diagnostic(CONTROL_CHARACTER, node.span, message, remedy))
        return replace(node, text=text)

    def comment(self, node: Scalar) -> None:
        """Report a plain text that « #» cuts off."""
        if any(column == node.end_column for column in self.comments[node.end_line]):
            message = Message("«{text}» is cut off here: « #» begins a comment", text=node.text)
            remedy = Advice(Message("put the whole text in quotes, or a space after «#» if it is a comment"))
            line, column = node.end_line + 1, node.end_column + 1
            span = Span(line, column, line, column + 2)
            self.diagnostics.append(Diagnostic(COMMENT_IN_TEXT, span, message, remedy))

    def refuse_tag(self, event: _Event) -> None:
        """Report a tag; its mark is the «!» and the word after it."""
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        start = _span(event)
        span = Span(start.line, start.column, start.line, start.column + len(tag))
        message = Message("the value has a YAML tag, «{tag}»", tag=tag)
        remedy = Advice(Message("put the text in quotes if it begins with «!», else remove the tag"))
        self.diagnostics.append(Diagnostic(YAML_TAG, span, message, remedy))

    def alias(self, event: _Event) -> Node:
        """Return the node of an anchor, in place of which the alias stands."""
        if event.anchor not in self.anchors:
            message = Message("«*{name}» repeats a value that is not there", name=event.anchor)
            remedy = Advice(Message("put the text in quotes if it begins with *"))
            raise _Stop(Diagnostic(YAML_SYNTAX, _span(event), message, remedy))
        remedy = Advice(Message("write the value out"))
        node = self.anchors[event.anchor]
        if node is None:
            message = Message("«*{name}» stands inside the value that it names", name=event.anchor)
            raise _Stop(Diagnostic(TOO_MANY_ALIASES, _span(event), message, remedy))
        self.aliased += size_of(node, MOST_ALIASED)
        if self.aliased > MOST_ALIASED:
            message = Message("the aliases up to here repeat more than {most} values", most=MOST_ALIASED)
            raise _Stop(Diagnostic(TOO_MANY_ALIASES, _span(event), message, remedy))
        if self.depth + depth_of(node) > DEEPEST:
            raise _Stop(Diagnostic(TOO_DEEP, _span(event), NESTED_TOO_DEEP, remedy))
        return node
