"""Whole plans, valid and nearly valid, as authors, mail programs, word processors and merges leave them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.plans import HEAD, plan_text

if TYPE_CHECKING:
    from collections.abc import Callable

REGIONS = ("nord", "hedmarken", "ringsaker-loten", "hamar-stange")
PARTIES = ("sepu", "styrer", "fmhe")
TEXT = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="æøå«»–🏔\u05d0\u0627"),
    min_size=1,
    max_size=30,
).filter(lambda text: any(sign.isalnum() for sign in text))


def _ids(number: int) -> list[str]:
    return [f"aktivitet-{index}" for index in range(number)]


DAYS = st.dates(date(2017, 8, 1), date(2018, 12, 31))
CLOCKS = st.sampled_from(["", " 09:00", " kl. 09.00–15.00", " 13:30–14:00"])


@st.composite
def written_dates(draw: st.DrawFn, earlier: list[str]) -> str:
    """Return a date as an author may write it; it may refer to an activity before it."""
    day = draw(DAYS)
    forms = [
        f"{day}{draw(CLOCKS)}",
        f"{day.day}.{day.month}.{day.year}",
        f"{['januar', 'februar', 'mars', 'april', 'mai', 'juni'][day.month % 6]} 2018",
        f"uke {day.isocalendar().week} {day.isocalendar().year}",
        "høst 2017",
        "våren 2018",
        f"senest {day}",
        f"{day}–{date(2019, 1, 1)}",
        "ikke fastsatt",
    ]
    if earlier:
        other = draw(st.sampled_from(earlier))
        forms += [f"før {other}", f"etter {other}", f"2 uker før {other}", f"senest 3 dager etter {other}"]
    return draw(st.sampled_from(forms))


@st.composite
def activities(draw: st.DrawFn, number: int, earlier: list[str]) -> dict[str, Any]:
    """Return an activity with whatever it may have."""
    own: dict[str, Any] = {"id": f"aktivitet-{number}", "title": draw(TEXT), "when": draw(written_dates(earlier))}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "responsible": st.lists(st.sampled_from(PARTIES), min_size=1, unique=True),
        "audience": st.lists(st.sampled_from(PARTIES), min_size=1, unique=True),
        "location": TEXT,
        "note": TEXT,
        "question": TEXT,
        "description": TEXT,
        "source": TEXT,
        "more": st.dictionaries(TEXT, TEXT, min_size=1, max_size=2),
        "status": st.sampled_from(["confirmed", "tentative", "cancelled", "done"]),
        "links": st.just([{"url": "https://example.no/møte", "title": "Møte"}]),
        "tasks": st.lists(st.fixed_dictionaries({"title": TEXT}), max_size=3),
    }
    for key, strategy in optional.items():
        if draw(st.booleans()):
            own[key] = draw(strategy)
    return own


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Return the values of a plan without faults of form; its dates may still contradict each other."""
    document: dict[str, Any] = yaml.load(HEAD, yaml.BaseLoader)
    ids = _ids(draw(st.integers(0, 5)))
    document["activities"] = [draw(activities(number, ids[:number])) for number in range(len(ids))]
    return document


def written(document: dict[str, Any]) -> bytes:
    """Return a plan as a file."""
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()


VALID = [
    (ROOT / "plan.yaml").read_bytes(),
    (ROOT / "tests" / "data" / "edge.yaml").read_bytes(),
    plan_text("").encode(),
]
FAULTY = [path.read_bytes() for path in sorted((ROOT / "tests" / "gallery").glob("*.yaml"))]
"""Each with one finding or a few; some are no plans to kfl."""
PLAUSIBLE = st.sampled_from([
    *("2018-01-08", "8.9.2017 kl. 09.00–15.00", "uke 3 2018", "senest 1. mars 2018", "våren 2018", "ikke fastsatt"),
    *("før aktivitet-0", "2 uker etter aktivitet-1", "nord", "[nord, hedmarken]", "styrer", "[sepu, fmhe]"),
    *("tentative", "Møte", "«Ny tittel» – 2", "https://example.no/a_b", "{party: styrer, count: 2}", "2018"),
])  # fmt: skip
"""Values that an author may write, often at the wrong key."""
VALUES = st.sampled_from([
    *("", "~", "no", "1e999", "-1", "0x1f", "12:30", "2017-02-30", "[]", "{}", "[a, [b]]", "{a: {b: c}}", "!!int 3"),
    *("&a x", "*a", "<<: x", "|\n   x", ">-\n  x", '"\\u202e\\0"', "'", '"', "`", "%", "@", "\t", "#", "? x", "- - x"),
    *("uke 53 2018", "etter etter", "29.2.2018", "x" * 500, "9" * 40, "\u0301" * 40, "\U0001f3d4\ufe0f", "\u05d0"),
])  # fmt: skip
ENCODINGS: list[Callable[[str], bytes]] = [
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode("latin-1", "replace"),
    lambda text: text.encode("cp1252", "replace"),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.replace("\n", "\r").encode(),
    lambda text: text.encode() + b"\0",
    lambda text: text.encode("utf-8").replace(b"\xc3", b"\xed\xa0", 1),
]


@st.composite
def nearly_valid(draw: st.DrawFn) -> bytes:
    """Return a plan in which a few things were changed, damaged or saved in another form.

    A third are damaged: what reads plans must answer them, and what comes after must get enough of the others.
    """
    data = draw(st.one_of(st.sampled_from(VALID), documents().map(written), st.sampled_from(FAULTY)))
    text = data.decode("utf-8", "replace")
    changes = draw(st.lists(st.sampled_from(_CHANGES), min_size=1, max_size=3))
    if draw(st.sampled_from([False, False, True])):
        changes.append(draw(st.sampled_from(_DAMAGES)))
    for change in changes:
        text = change(draw, text)
    return draw(st.sampled_from(ENCODINGS))(text) if draw(st.integers(0, 19)) == 19 else text.encode()


def _line(draw: st.DrawFn, lines: list[str]) -> int:
    return draw(st.integers(0, len(lines) - 1))


def _deleted(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    del lines[_line(draw, lines)]
    return "\n".join(lines)


def _doubled(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at, to = _line(draw, lines), _line(draw, lines)
    return "\n".join([*lines[:to], lines[at], *lines[to:]])


def _swapped(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    one, other = _line(draw, lines), _line(draw, lines)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _retyped(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = _line(draw, lines)
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon or ':'} {draw(VALUES)}"
    return "\n".join(lines)


def _rewritten(draw: st.DrawFn, text: str) -> str:
    """Give a line that ends with a value another one that it might have."""
    lines = text.split("\n")
    values = [index for index, line in enumerate(lines) if re.match(r"[\s-]*[a-z]+: [^\s{\[|>]", line)]
    if values:
        at = draw(st.sampled_from(values))
        lines[at] = f"{lines[at].partition(':')[0]}: {draw(PLAUSIBLE)}"
    return "\n".join(lines)


def _moved(draw: st.DrawFn, text: str) -> str:
    """Move an activity of the block style up, with all its lines."""
    head, separator, body = text.partition("activities:\n")
    rows = re.split(r"^(?=  - )|^(?=- )", body, flags=re.MULTILINE)
    if len(rows) > 2:
        rows.insert(draw(st.integers(1, len(rows) - 1)), rows.pop(draw(st.integers(1, len(rows) - 1))))
    return head + separator + "".join(rows)


def _indented(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = _line(draw, lines)
    lines[at] = draw(st.sampled_from(["  ", "\t", " ", "- "])) + lines[at]
    return "\n".join(lines)


def _cut(draw: st.DrawFn, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def _inserted(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.text(max_size=3)).encode("utf-8", "replace").decode() + text[at:]


_CHANGES: list[Callable[[st.DrawFn, str], str]] = [_rewritten, _moved, _deleted, _doubled]
"""The file stays YAML, and most often a plan."""
_DAMAGES: list[Callable[[st.DrawFn, str], str]] = [_retyped, _swapped, _inserted, _indented, _cut]
"""The file may be YAML no more."""
