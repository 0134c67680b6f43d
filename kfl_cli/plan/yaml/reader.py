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
from kfl_cli.plan.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence
from kfl_cli.text.characters import split_lines
from kfl_cli.text.combining_marks import MOST_MARKS, non_ascii, stacked

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 256 * 1024 * 1024
"""The largest plan file."""

MOST_ALIASED = 100_000
"""Nodes that aliases may add to a plan; a long text counts as one for every 50 characters."""

LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser, or PyYAML's own where libyaml is missing."""

_NOT_TEXT = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""A pattern for all characters that are refused. Compiling it is slow; ``_is_text`` finds out whether it is needed."""

_REFUSED_BY_KFL = "\x85\u2028\u2029\ufeff"
"""Characters that kfl refuses although YAML allows them."""

_GLUED = r" +#(?=[^\s#!])"
"""The start of a comment without a space behind its «#»."""

_WINDOWS_CHARACTERS = "æøåÆØÅéö–«»"
"""Characters by which a file of Word or an old editor is told from other bytes that are not UTF-8."""

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
    readable, diagnostics = (text, []) if _is_text(rest) else _cleaned(text)
    builder = _NodeBuilder(diagnostics, _glued_comments(text))
    try:
        builder.build(readable)
    except yaml.MarkedYAMLError as error:
        builder.diagnostics.append(yaml_fault(error, text))
    except _Stop as stop:
        builder.diagnostics.append(stop.diagnostic)
    else:
        root = builder.root()
        if isinstance(root, Scalar) and not root.text:
            root = None
        if root is None and not builder.diagnostics:
            builder.diagnostics.append(_empty())
        return Source(root, tuple(builder.diagnostics))
    return Source(None, tuple(builder.diagnostics))


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


def _is_text(text: str) -> bool:
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


class _Open(Struct):
    """A list or mapping that is being read."""

    line: int
    column: int
    anchor: str | None
    items: list[Node] | None = None
    """The items of a list; None for a mapping."""
    pairs: dict[str, Pair] = field(default_factory=dict)
    key: Scalar | None = None
    """The key whose value comes next."""
    skip: bool = False
    """Whether the value that comes next is dropped, since its key cannot be used."""


class _NodeBuilder(Struct):
    """Builds nodes from events, bounded in depth and in the nodes that aliases may add."""

    diagnostics: list[Diagnostic]
    comments: dict[int, set[int]]
    """Columns of comments that are glued to their «#», by line, both from 0."""
    top: _Open = field(default_factory=lambda: _Open(0, 0, None, []))
    """The innermost list or mapping that is open; around all others, a list of the root node alone."""
    around: list[_Open] = field(default_factory=list)
    """Those that ``top`` stands in, the outermost first."""
    anchors: dict[str, Node | None] = field(default_factory=dict)
    """Finished nodes; None while the anchored node is still open."""
    aliased: int = 0
    documents: int = 0
    length: int = 0
    last_line: int = 0
    """Characters in a last line that has no line break."""

    def build(self, text: str) -> None:
        """Read all events. Three of five are scalars: they come first, without a look-up of their handler."""
        self.length = len(text)
        self.last_line = len(text) - 1 - max(text.rfind("\n"), text.rfind("\r"))
        loader: Any = LOADER(text)
        others = {
            yaml.MappingStartEvent: self.open,
            yaml.SequenceStartEvent: self.open,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        get_event, comments = loader.get_event, self.comments
        may_be_special = bool(comments) or any(mark in text for mark in "!&\\")  # a tag, an anchor, an escape
        scalar_event, end_event = yaml.ScalarEvent, yaml.StreamEndEvent
        line = 0
        try:
            while (kind := type(event := get_event())) is not end_event:
                if kind is scalar_event:
                    start, end = event.start_mark, event.end_mark
                    if start.line != line:
                        line = start.line  # one object for all nodes of a line: a sixth less memory
                    end_line = line if end.line == line else end.line
                    node = Scalar(line, start.column, end_line, end.column, event.value)
                    if may_be_special and (event.tag or event.anchor or event.style == '"' or end_line in comments):
                        self.special(event, node)
                    self.add(node)
                elif kind in others:
                    others[kind](event)
        finally:
            loader.dispose()

    def root(self) -> Node | None:
        """Return the node of the document, None where there is none."""
        items = self.top.items
        return items[0] if items else None

    def document(self, event: _Event) -> None:
        """Begin a document; a file has one."""
        self.documents += 1
        if self.documents > 1:
            message = Message("a second YAML document starts here")
            remedy = Advice(Message("remove this line; a plan is one document"))
            raise _Stop(Diagnostic(SEVERAL_DOCUMENTS, _span(event), message, remedy))

    def special(self, event: _Event, node: Scalar) -> None:
        """Deal with the comment, tag, anchor or escapes that few scalars have."""
        if event.style == '"' and stacked(node.text) is not None:
            raise _Stop(_too_many_marks(node.span))
        if node.end_line in self.comments and not event.style:
            self.comment(node)
        if event.tag is not None:
            self.refuse_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = node

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

    def open(self, event: _Event) -> None:
        """Begin a list or mapping."""
        if event.tag is not None:
            self.refuse_tag(event)
        if len(self.around) >= DEEPEST:
            raise _Stop(Diagnostic(TOO_DEEP, _span(event), NESTED_TOO_DEEP, Advice(Message("check the indentation"))))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        items: list[Node] | None = [] if isinstance(event, yaml.SequenceStartEvent) else None
        start = event.start_mark
        self.around.append(self.top)
        self.top = _Open(start.line, start.column, event.anchor, items)

    def close(self, event: _Event) -> None:
        """End the innermost list or mapping, which then is the value of what it stands in."""
        done, self.top = self.top, self.around.pop()
        end = event.end_mark
        place = (done.line, done.column, end.line, end.column)
        if self.last_line and not end.column and end.index >= self.length:  # on a line that is not there
            place = (done.line, done.column, end.line - 1, self.last_line)
        node = Mapping(*place, done.pairs) if done.items is None else Sequence(*place, done.items)
        if done.anchor is not None:
            self.anchors[done.anchor] = node
        self.add(node)

    def alias(self, event: _Event) -> None:
        """Put the node of an anchor in place once more."""
        if event.anchor not in self.anchors:
            message = Message("«*{name}» repeats a value that is not there", name=event.anchor)
            remedy = Advice(Message("put the text in quotes if it begins with *"))
            raise _Stop(Diagnostic(YAML_SYNTAX, _span(event), message, remedy))
        remedy = Advice(Message("write the value out"))
        node = self.anchors[event.anchor]
        if node is None:
            message = Message("«*{name}» stands inside the value that it names", name=event.anchor)
            raise _Stop(Diagnostic(TOO_MANY_ALIASES, _span(event), message, remedy))
        self.aliased += _size(node, MOST_ALIASED)
        if self.aliased > MOST_ALIASED:
            message = Message("the aliases up to here repeat more than {most} values", most=MOST_ALIASED)
            raise _Stop(Diagnostic(TOO_MANY_ALIASES, _span(event), message, remedy))
        if len(self.around) + _depth(node) > DEEPEST:
            raise _Stop(Diagnostic(TOO_DEEP, _span(event), NESTED_TOO_DEEP, remedy))
        self.add(node)

    def add(self, node: Node) -> None:
        """Put a finished node into the innermost list or mapping that is open."""
        top = self.top
        key = top.key
        if top.items is not None:
            top.items.append(node)
        elif key is not None:
            top.pairs[key.text] = Pair(key.line, key.column, key.end_line, key.end_column, intern(key.text), node)
            top.key = None
        elif top.skip:
            top.skip = False
        else:
            self.key(top, node)

    def key(self, top: _Open, node: Node) -> None:
        """Take ``node`` as a key; the value of a second key of the same name is dropped."""
        if not isinstance(node, Scalar):
            top.skip = True
            message = Message("a key must be a word")
            remedy = Advice(Message("put the text in quotes if it holds brackets"))
            self.diagnostics.append(Diagnostic(WRONG_SHAPE, node.span, message, remedy))
            return
        first = top.pairs.get(node.text)
        if first is None:
            top.key = node
            return
        top.skip = True
        message = Message("the key «{key}» stands here a second time", key=node.text)
        remedy = Advice(Message("remove one of the two"))
        related = (Related(Message("first here"), first.span),)
        self.diagnostics.append(Diagnostic(DUPLICATE_KEY, node.span, message, remedy, related))


def _depth(node: Node) -> int:
    """Return how many lists and mappings are nested in a node, itself among them; at most ``DEEPEST``."""
    match node:
        case Sequence(items=items):
            return 1 + max(map(_depth, items), default=0)
        case Mapping(pairs=pairs):
            return 1 + max((_depth(pair.value) for pair in pairs.values()), default=0)
    return 0


def _size(node: Node, most: int) -> int:
    """Count the nodes that an alias repeats, up to about ``most``; a text counts once for every 50 characters."""
    match node:
        case Scalar(text=text):
            return 1 + len(text) // 50
        case Sequence(items=items):
            inside = items
        case Mapping(pairs=pairs):
            inside = [each for pair in pairs.values() for each in (pair.key, pair.value)]
    size = 1
    for each in inside:
        if size > most:
            break
        size += _size(each, most - size)
    return size
