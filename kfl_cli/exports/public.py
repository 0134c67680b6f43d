"""A plan, or what was published of it, without e-mail addresses and phone numbers."""

from __future__ import annotations

import builtins
import re
import sys
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.plan.model import Link
from kfl_cli.text import kinds
from kfl_cli.text.contacts import contact_positions
from kfl_cli.text.kinds import TextKind

T = TypeVar("T")


_MAIL_LINK = re.compile(r"\[([^\]\n]{0,500})\]\((?:mailto|tel):[^)\s]{0,500}\)", re.IGNORECASE)
"""A link in CommonMark to an address or a number."""


class _Names(dict[str, object]):
    """Names of a module for its annotations; one that it imports for type checking alone is no text: any object."""

    def __missing__(self, name: str) -> object:
        return object


@cache
def declared_fields(type_: type[Struct]) -> dict[str, object]:
    """Return the annotations of a record, by field."""
    names = _Names(vars(builtins) | vars(kinds) | vars(sys.modules[type_.__module__]))
    return get_type_hints(type_, localns=names, include_extras=True)


@cache
def _text_fields(type_: type[Struct]) -> dict[str, object]:
    """Return the annotations of the fields of a record; none where no text in it has a kind: it is kept as it is."""
    declared = declared_fields(type_)
    has_texts = any(isinstance(kind, TextKind) for annotation in declared.values() for kind in _within(annotation))
    return {name: annotation for name, annotation in declared.items() if name != "node"} if has_texts else {}


def _within(annotation: object) -> list[object]:
    """Return all that an annotation is made of."""
    if get_origin(annotation) is Annotated:
        return list(getattr(annotation, "__metadata__", ()))
    return [annotation, *(piece for part in get_args(annotation) for piece in _within(part))]


def _alternatives(annotation: object) -> tuple[object, ...]:
    return get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)


def _kind_of(annotation: object) -> TextKind:
    """Return the kind of a text. Raises TypeError where it has none: whether it must be cleaned is not known."""
    for alternative in _alternatives(annotation):
        if get_origin(alternative) is Annotated and isinstance(kind := _within(alternative)[0], TextKind):
            return kind
    raise TypeError(f"a text without a kind: {annotation}")


def _parts_of(annotation: object, count: int) -> tuple[object, ...]:
    """Return the annotations of the ``count`` members of a tuple."""
    for alternative in _alternatives(annotation):
        if get_origin(alternative) is tuple:
            parts = get_args(alternative)
            return parts[:1] * count if parts[-1:] == (...,) else parts
    return (object,) * count


class _Cleaner(Struct):
    placeholder: str
    removed: int = 0

    def sentence(self, text: str) -> str:
        """Clean plain text."""
        pieces, last = [], 0
        for start, end in contact_positions(text):
            pieces += [text[last:start], self.placeholder]
            last = end
            self.removed += 1
        return "".join((*pieces, text[last:]))

    def markdown(self, text: str) -> str:
        """Clean CommonMark: links to contacts become their text, and so does all of it where marks hide a contact."""
        linked, count = _MAIL_LINK.subn(r"\1", text)
        self.removed += count
        cleaned = self.sentence(linked)
        from kfl_cli.text import commonmark, github_markdown  # noqa: PLC0415  slow to load, and few texts need them

        lines = commonmark.lines(cleaned)
        if any(any(contact_positions(line)) for line in lines):
            return "\n\n".join(github_markdown.block(self.sentence(line)) for line in lines)
        return cleaned

    def value(self, value: Any, annotation: object) -> Any:  # noqa: ANN401  any value of a plan
        """Clean what stands in a field of this annotation."""
        if isinstance(value, str):
            match _kind_of(annotation):
                case TextKind.EXACT:
                    return value
                case TextKind.SENTENCE:
                    return self.sentence(value)
                case TextKind.MARKDOWN:
                    return self.markdown(value)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            parts = _parts_of(annotation, len(value))
            members = zip(value, parts, strict=True)
            return tuple(self.value(member, part) for member, part in members if not self.leads_to_contact(member))
        return self.record(value) if isinstance(value, Struct) else value

    def record(self, record: Struct) -> Struct:
        """Clean the fields of a record."""
        annotations = _text_fields(type(record))
        return replace(record, **{name: self.value(getattr(record, name), annotations[name]) for name in annotations})

    def leads_to_contact(self, value: object) -> bool:
        """Return whether a value is a link to an address or a number."""
        if not isinstance(value, Link):
            return False
        found = value.url.lower().startswith(("mailto:", "tel:")) or any(contact_positions(value.url))
        self.removed += found
        return found


def without_contacts(record: T, placeholder: str) -> tuple[T, int]:
    """Return a plan, or what was published of one, without e-mail addresses and phone numbers, and how many there were.

    ``placeholder`` stands for each, and links to them are left out. Which texts are searched is said by the kinds of
    their fields. What stands under a plan's ``contact`` is kept: it is there for readers. Ids are kept, since calendars
    know entries by them.
    """
    cleaner = _Cleaner(placeholder)
    cleaned: T = cleaner.value(record, type(record))
    return cleaned, cleaner.removed
