"""Reading mappings as records: the record says which keys there are, for authors and for kfl itself."""

from __future__ import annotations

import pytest

from kfl_cli.plan import schema
from kfl_cli.plan.records import Fields
from kfl_cli.plan.yaml.nodes import Mapping
from kfl_cli.plan.yaml.reader import read


def contact(text: str) -> Fields:
    """Return a mapping of the file, read as a contact."""
    node = read(text.encode()).root
    assert isinstance(node, Mapping)
    return Fields.of(schema.CONTACT, node, [])


def test_key_that_is_not_there_has_no_value() -> None:
    fields = contact("name: SePU")
    assert ("name" in fields, fields.line("name"), "email" in fields, fields.line("email")) == (
        True,
        "SePU",
        False,
        None,
    )


@pytest.mark.parametrize("text", ["name: SePU", "mobile: '99'"], ids=["missing", "in the file"])
def test_key_that_the_record_does_not_have_is_a_bug_of_the_loader(text: str) -> None:
    fields = contact(text)
    readers = (fields.value, fields.scalar, fields.line, fields.text, fields.nodes, fields.lines, fields.__contains__)
    for reader in readers:
        with pytest.raises(KeyError, match="mobile"):
            reader("mobile")
