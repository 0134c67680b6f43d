"""Bytes to nodes: YAML as its author means it, with the place of every value; libyaml and PyYAML's own parser alike."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kfl_cli.findings.finding import START, Span
from kfl_cli.pipeline import run
from kfl_cli.plan.yaml import reader
from kfl_cli.plan.yaml.nodes import Mapping, Scalar, Sequence, span_of
from kfl_cli.plan.yaml.reader import read


@pytest.fixture(params=[yaml.CBaseLoader, yaml.BaseLoader], ids=["libyaml", "pure"], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOADER", request.param)


def plain(node: object) -> object:
    """Return nodes as dicts, lists and texts."""
    match node:
        case Mapping(pairs=pairs):
            return {key: plain(entry.value) for key, entry in pairs.items()}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Scalar(text=text):
            return text
    return node


def codes(data: bytes) -> list[tuple[str, int, int]]:
    return [(each.rule.code, each.span.line, each.span.column) for each in read(data).diagnostics]


def test_every_scalar_is_text() -> None:
    data = b"a: no\nb: 12:30\nc: 2017-09-08\nd: 0123\ne: ~\nf: 1e3\ng: 'x'\nh: on\ni:\n"

    assert plain(read(data).root) == {
        "a": "no",
        "b": "12:30",
        "c": "2017-09-08",
        "d": "0123",
        "e": "",
        "f": "1e3",
        "g": "x",
        "h": "on",
        "i": "",
    }


def test_every_value_knows_its_place() -> None:
    root = read("å: x\nliste:\n  - 👩‍👩‍👧 y\n  - {a: blåbær}\n".encode()).root

    assert span_of(root, "å") == Span(1, 4, 1, 5)
    assert span_of(root, "liste", 1, "a") == Span(4, 9, 4, 15)
    assert span_of(root, "liste", 1) == Span(4, 6, 4, 7)
    assert span_of(root, "mangler") == Span(1, 1, 1, 2)
    assert span_of(None) == START


def test_anchors_repeat_a_value() -> None:
    assert plain(read(b"a: &x [1, 2]\nb: *x\nc: &y z\nd: *y\n").root) == {
        "a": ["1", "2"],
        "b": ["1", "2"],
        "c": "z",
        "d": "z",
    }


def test_byte_order_mark_and_crlf_are_no_fault() -> None:
    found = read("\ufeffa: 1\r\nb: 2\r\n".encode())

    assert (plain(found.root), found.diagnostics) == ({"a": "1", "b": "2"}, ())
    assert span_of(found.root, "b") == Span(2, 4, 2, 5)


def bomb(levels: int) -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (bomb(40), [("KFL105", 6, 10)]),
        (b"a: &a [*a]", [("KFL105", 1, 8)]),
        (b"[" * 900, [("KFL106", 1, 21)]),
        (b"- " * 100_000, [("KFL106", 1, 41)]),
        (b"a: 1\na: 2\na: 3\n", [("KFL110", 2, 1), ("KFL110", 3, 1)]),
        (b"a: {b: 1, b: [2]}\n", [("KFL110", 1, 11)]),
        (b"--- \na: 1\n--- \nb: 1\n", [("KFL104", 3, 1)]),
        (b"a: !!binary x\n", [("KFL107", 1, 4)]),
        (b"? [a]\n: b\n", [("KFL113", 1, 3)]),
        (b"", [("KFL108", 1, 1)]),
        (b"# bare en kommentar\n", [("KFL108", 1, 1)]),
        ("a: bl\u00e5b\u00e6r".encode("latin-1"), [("KFL102", 1, 6)]),
        ("a: bl\u00e5b\u00e6r".encode("utf-16"), [("KFL102", 1, 1)]),
        ("a: bl\u00e5b\u00e6r".encode("utf-16-le"), [("KFL102", 1, 1)]),
        ("a: bl\u00e5b\u00e6r".encode("utf-32"), [("KFL102", 1, 1)]),
        (b"a: x\nb: \xc3\n", [("KFL102", 2, 4)]),
        (b"a: x\x00y\x0cz\n", [("KFL103", 1, 5), ("KFL103", 1, 7)]),
        ("a: x\u2028y\n".encode(), [("KFL103", 1, 5)]),
        (bytes(range(1, 9)) * 100_000, [("KFL103", 1, n) for n in range(1, 21)]),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else "",
)
def test_file_is_refused_with_its_place(data: bytes, found: list[tuple[str, int, int]]) -> None:
    assert codes(data)[: len(found)] == found


def test_depth_that_the_parser_itself_refuses_is_reported_as_such() -> None:
    """Libyaml 0.2.6 stops at a thousand levels, before kfl sees any."""
    assert [code for code, _, _ in codes(b"[" * 1_000_000)] == ["KFL106"]


def test_control_characters_do_not_hide_what_else_is_wrong() -> None:
    assert codes(b"a: \x0b\na: 1\n") == [("KFL103", 1, 4), ("KFL110", 2, 1)]


def test_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 4)

    assert codes(b"a: 12") == [("KFL119", 1, 1)]


def test_text_that_is_too_long_is_refused() -> None:
    data = b"kfl: 1\nplan: {id: p, title: " + b"x" * 100_001 + b"}\nactivities: []\n"

    assert [each.rule.code for each in run(data).diagnostics] == ["KFL119"]


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"%TAG ! tag:x,2000:\n--- !x y")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = read(data)

    lines = len(data.decode("utf-8-sig", "replace").splitlines()) + 1
    assert (found.root is None) <= bool(found.diagnostics)
    assert [each for each in found.diagnostics if not 1 <= each.span.line <= lines] == []


PIECES = st.sampled_from([*"abø:- \n\t[]{}&*!|>'\"%@`#,?", "  ", "\n  ", "a: ", "- ", "&x ", "*x", "---\n"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_that_looks_like_yaml_is_read_or_refused(text: str) -> None:
    found = read(text.encode())

    assert (found.root is None) <= bool(found.diagnostics)


def test_mapping_can_be_repeated_and_a_repeated_text_be_a_key() -> None:
    assert plain(read(b"a: &m {b: [c]}\nd: *m\n").root) == {"a": {"b": ["c"]}, "d": {"b": ["c"]}}
    assert plain(read(b"a: &k word\n*k : x\n").root) == {"a": "word", "word": "x"}


def test_mappings_that_repeat_each_other_are_bounded() -> None:
    rows = ["a0: &a0 {x: y}"]
    rows += [f"a{n}: &a{n} {{{', '.join(f'k{i}: *a{n - 1}' for i in range(10))}}}" for n in range(1, 9)]

    assert [each.rule.code for each in read("\n".join(rows).encode()).diagnostics] == ["KFL105"]


def test_tag_of_a_list_or_mapping_is_refused() -> None:
    assert [each.rule.code for each in read(b"a: !!map {b: !x [c]}\n").diagnostics] == ["KFL107", "KFL107"]


def test_aliases_do_not_lead_deeper_than_a_plan_may_be() -> None:
    rows = ["a0: &a0 x", *(f"a{n}: &a{n} {'[' * 15}*a{n - 1}{']' * 15}" for n in range(1, 100))]

    assert [each.rule.code for each in run("\n".join(rows).encode()).diagnostics] == ["KFL106"]
