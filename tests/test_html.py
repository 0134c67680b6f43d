"""The HTML page, without a browser: in any selection and language, the rows of the spreadsheet in one structure."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from kfl_cli.exports import csv as spreadsheet
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import LANGUAGES
from kfl_cli.schedule.select import Request
from tests.conftest import ROOT
from tests.plans import many
from tests.test_exports import PLAN, export

EDGE = (ROOT / "tests" / "data" / "edge.yaml").read_bytes()
PAGES = {
    "whole": (PLAN, Request()),
    "hedmarken": (PLAN, Request(region=("hedmarken",))),
    "hamar-stange": (PLAN, Request(region=("hamar-stange",))),
    "styrer-2018": (PLAN, Request(party=("styrer",), start="2018")),
    "sepu": (PLAN, Request(responsible=("sepu",), until="2017")),
    "edge": (EDGE, Request()),
    "edge-vest": (EDGE, Request(region=("vest",))),
    "edge-team": (EDGE, Request(responsible=("team",))),
    "many": (many(80, 7).encode(), Request(region=("r3",))),
}


class Elements(HTMLParser):
    """The elements of a page, each with its id, classes and targets: all that no language may change."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        named = {name: value or "" for name, value in attrs}
        self.found.append((tag, *(named.get(name, "") for name in ("id", "class", "href", "scope", "headers"))))


def rows(page: str) -> dict[str, str]:
    """Return the markup of each row of the table that is a date, by the id of its occurrence."""
    found = re.findall('<tr id="rad-([^"]+)"[^>]*>(.*?)</tr>', page, re.DOTALL)
    assert len(dict(found)) == len(found)
    return dict(found)


def text(markup: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", re.sub("</?a\\b[^>]*>", "", markup))).split())


def of_class(markup: str, name: str) -> str:
    """Return the text of the first span of a class; "" where there is none."""
    return text("".join(re.findall(f'<span class="{name}">(.*?)</span>', markup)[:1]))


def shown(markup: str) -> dict[str, str]:
    """Return a row of the page by the English heads of the spreadsheet."""
    _, when, _, responsible, audience = re.findall("<t[dh][^>]*>(.*?)</t[dh]>", markup, re.DOTALL)
    return {
        "When": text(when),
        "Title": of_class(markup, "title"),
        "Part of": of_class(markup, "of").partition(": ")[2],
        "Region": of_class(markup, "scope"),
        "Location": of_class(markup, "where"),
        "Question": of_class(markup, "question").partition(": ")[2],
        "Responsible": text(responsible),
        "Audience": text(audience),
    }


def written(row: dict[str, str], column: str) -> str:
    """Return a cell of the spreadsheet as the page writes it."""
    cell = " ".join(row[column].split())
    return cell.replace("; ", ", ") if column in {"Responsible", "Audience"} else cell


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("plan", "request_"), PAGES.values(), ids=PAGES)
def test_page_holds_exactly_the_rows_of_its_selection(plan: bytes, request_: Request, language: str) -> None:
    page = rows(export(plan, "html", request_, language).decode())
    heads, *lines = csv.reader(io.StringIO(export(plan, "csv", request_, language).decode(), newline=""))
    table = [dict(zip(spreadsheet.heads(Translator("en")), cells, strict=True)) for cells in lines]

    assert tuple(heads) == spreadsheet.heads(Translator(language))
    assert page != {}
    assert {id_: shown(markup) for id_, markup in page.items()} == {
        row["id"]: {column: written(row, column) for column in shown(page[row["id"]])} for row in table
    }
    assert [row["id"] for row in table if text(row["Note"]) not in text(page[row["id"]])] == []


@pytest.mark.parametrize(("plan", "request_"), PAGES.values(), ids=PAGES)
def test_page_of_a_selection_has_the_order_of_the_whole(plan: bytes, request_: Request) -> None:
    whole, selected = (rows(export(plan, "html", request).decode()) for request in (Request(), request_))

    assert list(selected) == [id_ for id_ in whole if id_ in selected]


@pytest.mark.parametrize(("plan", "request_"), PAGES.values(), ids=PAGES)
def test_row_is_of_the_kind_and_status_of_its_date(plan: bytes, request_: Request) -> None:
    page = export(plan, "html", request_).decode()
    document = json.loads(export(plan, "json", request_))
    kinds = {"window": "period", "event": "event", "deadline": "deadline"}

    classes = {id_: words.split() for id_, words in re.findall('<tr id="rad-([^"]+)" class="([^"]*)"', page)}
    for occurrence in (each for activity in document["activities"] for each in activity["occurrences"]):
        dated, status = occurrence["start"] or occurrence["end"], occurrence["status"]
        kind = kinds[occurrence["kind"]] if dated else "period"
        assert set(kinds.values()).intersection(classes[occurrence["id"]]) == {kind}
        assert {"tentative", "cancelled"}.intersection(classes[occurrence["id"]]) == {status} - {"confirmed"}


@pytest.mark.parametrize("name", [name for name in PAGES if name != "many"])
def test_page_has_the_same_structure_in_every_language(name: str) -> None:
    plan, request_ = PAGES[name]

    bokmal, *others = (Elements(export(plan, "html", request_, language).decode()).found for language in LANGUAGES)

    assert len(bokmal) > 50
    assert [language for language, found in zip(LANGUAGES[1:], others, strict=True) if found != bokmal] == []


@pytest.mark.parametrize(("plan", "request_"), PAGES.values(), ids=PAGES)
def test_page_leads_only_to_rows_and_parts_that_it_has(plan: bytes, request_: Request) -> None:
    page = export(plan, "html", request_).decode()

    ids = [id_ for _, id_, *_ in Elements(page).found if id_]
    assert len(set(ids)) == len(ids)
    assert sorted({unescape(target) for target in re.findall('href="#([^"]+)"', page)} - set(ids)) == []
