"""JSON documents: structs that msgspec encodes, and the JSON Schema that is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Schema = dict[str, object]


class JsonObject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object of a JSON document: its fields are the keys, in their order.

    A field with the default ``UNSET`` is left out where it does not apply; every other key is always there.
    """


def encode(document: object) -> bytes:
    """Return a document as UTF-8, indented by two spaces, without a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def encode_with_list(document: object, items: Iterable[object]) -> Iterator[bytes]:
    """Return a document whose last field is an empty list, with ``items`` in that list, and a line break at its end.

    It comes in pieces, an item each: a large document would take several times the memory of the plan.
    """
    yield encode(document)[: -len("[]\n}")]
    before, end = b"[\n    ", b"[]\n}\n"
    for item in items:
        yield before + encode(item).replace(b"\n", b"\n    ")  # a line break inside a text is escaped
        before, end = b",\n    ", b"\n  ]\n}\n"
    yield end


def printable_json(document: object) -> str:
    r"""Return an indented document; characters that a terminal would obey are escaped (``\u202e``)."""
    text = encode(document).decode()
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        character if character.isprintable() or character == "\n" else _escape(character) for character in text
    )


def _escape(character: str) -> str:
    """Return the escape of a character; one beyond U+FFFF has two, of its surrogates (RFC 8259 §7)."""
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def schema_of(document: type[JsonObject], title: str) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a kind of document; the objects in it are in ``$defs``."""
    definitions = msgspec.json.schema(document)["$defs"]
    whole = definitions.pop(document.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": title,
        "$defs": definitions,
    }
