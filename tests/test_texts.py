"""Texts of several lines and addresses: each line and each address reaches readers, once and in order, everywhere.

The invitations are those that meeting programs write, as people paste them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import cmarkgfm
import icalendar
import pytest
import vobject
import yaml
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from kfl_cli.text import addresses, commonmark, github_markdown
from tests.conftest import Result
from tests.test_exports import export

if TYPE_CHECKING:
    from collections.abc import Callable

INVITATIONS = {path.stem: path.read_text() for path in sorted((Path(__file__).parent / "data/invitations").glob("*"))}
OUTSIDE_CELL = re.compile(r"(?<![^\s])<((?:https?:|tel:|mailto:)[^<>|\s]+|[^<>|\s]+@[^<>|\s]+)>(?=[.,]?(?:\s|$))")
"""Angle brackets around an address that stands by itself."""


def shown_lines(text: str) -> list[str]:
    """Return the lines that readers should see of an invitation, by nothing but replacements."""
    bare = OUTSIDE_CELL.sub(r"\1", re.sub(r"<(https:[^<>|\s]+)\|([^<>]+)>", r"\2 (\1)", text))
    marked = re.sub(r"(?m)^- (?=[ub])", "• ", bare)
    return [line for each in marked.split("\n") if (line := re.sub("[ \t]+", " ", each).strip())]


def plan_of(text: str) -> bytes:
    activity = {"id": "a", "title": "A", "when": "18. januar 2018 kl. 09.30–10.00", "description": text}
    return yaml.safe_dump({"kfl": "1", "plan": {"id": "p", "title": "P"}, "activities": [activity]}).encode()


def lines_of(markup: str) -> list[str]:
    """Return the visible lines of HTML."""
    broken = re.sub(r"<li[^>]*>", "• ", re.sub(r"<br>\n?|</p>|</li>", "\n", markup))
    lines = unescape(re.sub("<[^>]+>", "", broken)).split("\n")
    return [line for each in lines if (line := re.sub("[ \t]+", " ", each).strip())]


def targets(markup: str) -> list[str]:
    return [unescape(target) for target in re.findall(r'<a href="([^"]*)"', markup)]


@pytest.mark.parametrize("name", INVITATIONS)
def test_invitation_in_text_csv_and_json(name: str) -> None:
    plan, lines = plan_of(INVITATIONS[name]), shown_lines(INVITATIONS[name])
    [row] = csv.DictReader(io.StringIO(export(plan, "csv").decode(), newline=""))
    [activity] = json.loads(export(plan, "json"))["activities"]

    assert [line.strip() for line in commonmark.lines(INVITATIONS[name])] == lines
    assert [line.strip() for line in row["Beskrivelse"].removeprefix("'").split("\n")] == lines
    assert activity["description"] == INVITATIONS[name].strip()


@pytest.mark.parametrize("name", INVITATIONS)
def test_invitation_in_calendars(name: str) -> None:
    data = export(plan_of(INVITATIONS[name]), "ics")
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    other = vobject.readOne(data.decode()).vevent.description.value

    assert [line.strip() for line in str(event["DESCRIPTION"]).split("\n")] == shown_lines(INVITATIONS[name])
    assert [line.strip() for line in other.split("\n")] == shown_lines(INVITATIONS[name])


@pytest.mark.parametrize("name", INVITATIONS)
def test_invitation_on_a_page(name: str) -> None:
    page = export(plan_of(INVITATIONS[name]), "html").decode()
    [details] = re.findall(r'<div class="details">\n(.*?)</div>', page, re.DOTALL)
    numbers = r"^(?:18|25|1)\. (?=januar|februar)"

    assert [re.sub("^• (?=januar|februar)", "", line) for line in lines_of(details)] == [
        re.sub(numbers, "", line) if name == "program" else re.sub(r"^(.*)(møterommet) \(\S+\)", r"\1\2", line)
        for line in shown_lines(INVITATIONS[name])
    ]
    assert targets(details) == [addresses.attribute(each) for each in leads_to(INVITATIONS[name])]


def leads_to(text: str) -> list[str]:
    return [address.target for address in addresses.addresses(text)]


@pytest.mark.parametrize("name", INVITATIONS)
def test_invitation_in_markdown(name: str) -> None:
    document = export(plan_of(INVITATIONS[name]), "md").decode()
    shown = cmarkgfm.github_flavored_markdown_to_html(document, options=Options.CMARK_OPT_UNSAFE)
    [cell] = re.findall(r"<strong>A</strong><br>(.*?)</td>", shown)

    assert lines_of(cell) == shown_lines(INVITATIONS[name])
    assert [as_written(target) for target in targets(cell)] == [
        target for target in leads_to(INVITATIONS[name]) if target.isascii() or not target.startswith("mailto:")
    ]


def as_written(target: str) -> str:
    """Return an address without the percent signs that cmark writes for letters beyond ASCII and for brackets."""
    return re.sub("(?:%[89A-F][0-9A-F]|%5[BD])+", lambda match: unquote(match[0]), target).replace(
        "http://www.", "https://www."
    )


@pytest.mark.parametrize("name", INVITATIONS)
def test_invitation_in_show(name: str, kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(plan_of(INVITATIONS[name]))
    shown = kfl("--plan", str(tmp_path / "plan.yaml"), "show", "a").out.split("\n")

    start = shown.index("") + 1
    assert [line.strip() for line in shown[start : shown.index("", start)]] == shown_lines(INVITATIONS[name])


ADDRESSES = [
    "https://example.no/a_b_c*d*?x=1&copy;=2&y=~z",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Z_1@thread.v2/0?context=%7b%22T%22%7d",
    "http://www.blåbær.no/ø_æ/(å)#avsnitt",
    "post_kasse.a@kommune.no",
    "mailto:post@kommune.no?subject=M%C3%B8te",
    "tel:+4721402211,,123",
]
MARKS = [
    *(
        "*",
        "**",
        "_",
        "__",
        "#",
        "##",
        ">",
        "-",
        "- ",
        "+ ",
        "+47",
        "* * *",
        "____",
        "---",
        "===",
        "    ",
        "\t",
        "~",
        "`",
    ),
    *("[", "]", "(", ")", "!", "<b>", "\u00a0", "[m]: ", "%", "{", "}", "😀", "«", "…", "|", "kl.", "09.30", "å", "x"),
]
LINES = st.lists(st.sampled_from([*MARKS, *(f" {address} " for address in ADDRESSES)]), max_size=6).map("".join)


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_any_text_comes_through_with_its_words_and_addresses(text: str) -> None:
    """Markup may vanish; no letter, no digit and no end of a line between two of them does."""
    known = [address for address in re.split(r"\s", text) if address in ADDRESSES]
    words = [*filter(None, map(letters, text.split("\n")))]
    cell = github_markdown.cell(commonmark.lines(text))
    table = cmarkgfm.github_flavored_markdown_to_html(f"| a |\n| - |\n| {cell} |\n", Options.CMARK_OPT_UNSAFE)

    assert [*filter(None, map(letters, commonmark.lines(text)))] == words
    assert [*filter(None, map(letters, lines_of(commonmark.html(text))))] == words
    assert [*filter(None, map(letters, lines_of(table)[1:]))] == words
    for markup in (commonmark.html(text), addresses.html(text)):
        assert [as_mailto(target) for target in targets(markup)] == [as_mailto(address) for address in known]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def as_mailto(address: str) -> str:
    return f"mailto:{address}" if re.match("[^:]*@", address) else address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Se https://a.no.", ["https://a.no"]),
        ("(https://a.no/b_(c)), «https://d.no»!", ["https://a.no/b_(c)", "https://d.no"]),
        ("www.kommune.no/møte og post@kommune.no;", ["https://www.kommune.no/møte", "mailto:post@kommune.no"]),
        ("mailto:post@kommune.no?subject=A, tel:+4762430000.", ["mailto:post@kommune.no?subject=A", "tel:+4762430000"]),
        ("https://a.no,https://b.no", ["https://a.no", "https://b.no"]),
        ("https://xn--blbr-roah.no https://blåbær.no", ["https://xn--blbr-roah.no", "https://blåbær.no"]),
        ("https:// http://_ www. www.a @ a@b 19:x@thread.v2 Hotel:12345 ftp://a.no", []),
        ("&lt;https://a.no/?b=1&amp;c&gt;", ["https://a.no/?b=1&amp;c"]),
    ],
)
def test_addresses_in_plain_text(text: str, expected: list[str]) -> None:
    assert [address.target for address in addresses.addresses(text)] == expected


DESCRIPTIONS = [
    ("[Side](https://a.no)", '<a href="https://a.no">Side</a>', ("Side (https://a.no)",)),
    ("[](https://a.no) [x]()", '<a href="https://a.no">https://a.no</a> [x]()', ("https://a.no [x]()",)),
    ("<https://a.no|Side>", '<a href="https://a.no">Side</a>', ("Side (https://a.no)",)),
    ("møtet<https://a.no>", 'møtet&lt;<a href="https://a.no">https://a.no</a>&gt;', ("møtet<https://a.no>",)),
    ("<https://a.no>.", '<a href="https://a.no">https://a.no</a>.', ("https://a.no.",)),
    ("<mailto:p@a.no>", '<a href="mailto:p@a.no">mailto:p@a.no</a>', ("mailto:p@a.no",)),
    ("<tel:+47,,1#>", '<a href="tel:+47,,1%23">tel:+47,,1#</a>', ("tel:+47,,1#",)),
    ('<https://a.no/{"b"}>', '<a href="https://a.no/%7B%22b%22%7D">https://a.no/{&quot;b&quot;}</a>', ('https://a.no/{"b"}',)),
    ("[https://a.no](https://b.no)", '<a href="https://b.no">https://a.no</a>', ("https://a.no (https://b.no)",)),
    ("[m][1]\n\n[1]: https://a.no", '[m][1]</p>\n<p>[1]: <a href="https://a.no">https://a.no</a>', ("[m][1]", "[1]: https://a.no")),
    ("[x](ftp://a.no) <ftp://a.no>", "[x](ftp://a.no) &lt;ftp://a.no&gt;", ("[x](ftp://a.no) <ftp://a.no>",)),
    ("Kode: aB*9x* 3*4*5", "Kode: aB*9x* 3*4*5", ("Kode: aB*9x* 3*4*5",)),
    ("a\n- - -\nb", "a<br>\n- - -<br>\nb", ("a", "- - -", "b")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "markup", "lines"), DESCRIPTIONS)
def test_descriptions_as_people_write_them(text: str, markup: str, lines: tuple[str, ...]) -> None:
    assert commonmark.html(text) == f"<p>{markup}</p>\n"
    assert commonmark.lines(text) == lines


def test_dates_at_the_beginning_of_lines_keep_their_numbers() -> None:
    text = "8. januar: A\n\n25. januar: B\n26. januar: C\n\n1) D\n07) E"

    assert commonmark.lines(text) == ("8. januar: A", "25. januar: B", "26. januar: C", "1) D", "07) E")
    assert re.sub("</?p>|\n", "", commonmark.html(text)) == (
        '<ol start="8"><li>januar: A</li><li value="25">januar: B</li><li>januar: C</li></ol>'
        '<ol><li>D</li><li value="7">E</li></ol>'
    )
