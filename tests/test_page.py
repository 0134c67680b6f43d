"""The HTML page in a real browser: nothing runs, nothing is fetched, everybody can read it.

Needs Chromium (Debian: ``apt install chromium``); without it these tests are skipped, which ``.ci/run`` does not allow.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PageObject, PdfReader

from kfl_cli.exports.templates.environment import Templates
from kfl_cli.schedule.select import Request
from tests.conftest import ROOT, needs_chromium, needs_pango
from tests.plans import HEAD, many, plan_text
from tests.test_exports import HOSTILE, PLAN, export, hostile_plan

VALIDATORS = ROOT / "tests" / "validators" / "node_modules"

pytestmark = needs_chromium

ATTACKS = [
    *HOSTILE,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><svg/onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
]


def show(opened: Page, data: bytes, folder: Path) -> None:
    path = folder / "side.html"
    path.write_bytes(data)
    opened.goto(path.as_uri())


PLANS = {
    "real": PLAN,
    "one": plan_text("- {id: a, title: Samling, when: 2017-09-08}").encode(),
    "none": plan_text("").encode(),
    "many": many(500, 12).encode(),
    "nynorsk": (ROOT / "tests" / "data" / "edge.yaml").read_bytes(),
}
"""Plans of all kinds, by name."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each plan, as a file."""
    folder = tmp_path_factory.mktemp("sider")
    for name, data in PLANS.items():
        (folder / f"{name}.html").write_bytes(export(data, "html"))
    return {name: folder / f"{name}.html" for name in PLANS}


def visible(opened: Page) -> list[str]:
    """Return the ids of the dates that the table shows."""
    return [row.get_attribute("id") or "" for row in opened.locator("tr[id^=rad-]:visible").all()]


def kept(request: Request) -> list[str]:
    """Return what the same selection of the real plan exports, in the order of the table."""
    document = export(PLAN, "html", request).decode()
    return re.findall('<tr id="(rad-[^"]+)"', document)


# --- what it is -------------------------------------------------------------------------------------------------------


def test_page_of_the_real_plan_is_whole_and_quiet(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, events = page

    opened.goto(pages["real"].as_uri())

    assert events == []
    assert opened.title() == "FoU-prosjektet Kultur for læring barnehage"
    assert opened.evaluate("document.documentElement.lang") == "nb"
    assert opened.locator("tr[id^=rad-]").count() == 57
    assert [heading.inner_text() for heading in opened.locator(".activities thead th").all()] == [
        "Nr.",
        "Når",
        "Aktivitet",
        "Ansvar",
        "Målgruppe",
    ]
    assert [heading.inner_text() for heading in opened.locator("h2").all()] == [
        "De neste datoene etter 4. desember 2017",
        "Årshjul",
        "Tidslinje",
        "Alle aktiviteter",
        "Ikke avklart i planen",
        "Målsetning",
    ]


def test_table_goes_by_month_with_the_periods_of_a_half_year_before(
    page: tuple[Page, list[str]], pages: dict[str, Path]
) -> None:
    opened, _ = page
    opened.goto(pages["nynorsk"].as_uri())

    groups = [
        (group.locator("th[scope=rowgroup]").inner_text(), group.locator("tr[id^=rad-] td.nr").all_inner_texts())
        for group in opened.locator(".activities tbody").all()
    ]

    assert groups == [
        ("Periodar, hausten 2026", ["A", "B", "B"]),
        ("September 2026", ["1", "2"]),
        ("Oktober 2026", ["3"]),
        ("November 2026", ["4", "5"]),
        ("Desember 2026", ["6"]),
        ("Mars 2027", ["7"]),
        ("Utan dato", ["C", "D", "B", "E"]),
        ("Meir om aktivitetane", []),
    ]


@pytest.mark.parametrize("name", list(PLANS))
def test_numbers_of_the_drawings_are_those_of_the_table(
    page: tuple[Page, list[str]], pages: dict[str, Path], name: str
) -> None:
    opened, _ = page
    opened.goto(pages[name].as_uri())

    rows = opened.evaluate(
        "[...document.querySelectorAll('tr[id^=rad-]')].map(row => ['#' + row.id, row.cells[0].textContent])"
    )
    marks = opened.evaluate(
        "[...document.querySelectorAll('.large a.mark, .timeline a.mark')]"
        ".map(mark => [mark.getAttribute('href'), mark.querySelector('text').textContent])"
    )
    numbers = dict(rows)
    assert [mark for mark in marks if numbers[mark[0]] != re.split("[–, ]", mark[1])[0]] == []


@pytest.mark.parametrize("name", list(PLANS))
def test_every_link_inside_the_page_leads_somewhere(
    page: tuple[Page, list[str]], pages: dict[str, Path], name: str
) -> None:
    opened, _ = page
    opened.goto(pages[name].as_uri())

    targets = {link.get_attribute("href") or "" for link in opened.locator("a[href^='#']").all()}
    ids = set(opened.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)"))
    assert {target.removeprefix("#") for target in targets} - ids == set()


@pytest.mark.parametrize(("name", "most"), [("real", 150_000), ("many", 600_000)])
def test_page_is_small(pages: dict[str, Path], name: str, most: int) -> None:
    assert pages[name].stat().st_size <= most


# --- everybody can read it --------------------------------------------------------------------------------------------


MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light"},
    "forced": {"forced_colors": "active"},
    "print": {"media": "print"},
}


@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("name", list(PLANS))
def test_page_is_accessible(page: tuple[Page, list[str]], pages: dict[str, Path], name: str, mode: str) -> None:
    """WCAG 2.1 A and AA, and the good practice that axe knows."""
    opened, events = page
    opened.emulate_media(**MODES[mode])
    opened.set_viewport_size({"width": 320 if mode == "phone" else 1280, "height": 800})

    opened.goto(pages[name].as_uri())

    found = Axe().run(opened)
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert events == []


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("name", list(PLANS))
def test_page_does_not_scroll_sideways(
    page: tuple[Page, list[str]], pages: dict[str, Path], name: str, size: str, width: int
) -> None:
    """WCAG 1.4.10 and 1.4.4: on a phone, and with twice the size of text."""
    opened, _ = page
    opened.set_viewport_size({"width": width, "height": 800})
    opened.goto(pages[name].as_uri())

    opened.evaluate(f"document.documentElement.style.fontSize = '{size}'")

    assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_long_words_do_not_scroll_sideways_on_a_phone(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    opened, _ = page
    opened.set_viewport_size({"width": 320, "height": 800})

    show(opened, export(hostile_plan("x" * 300), "html"), tmp_path)

    assert opened.evaluate("document.documentElement.scrollWidth") == 320


def test_skip_link_leads_to_the_content_by_keyboard(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page
    opened.goto(pages["real"].as_uri())

    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")

    assert opened.evaluate("document.activeElement.id") == "innhold"


def test_all_texts_are_there_without_a_script(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.goto(pages["real"].as_uri())

    assert opened.locator("tr[id^=rad-]:visible").count() == 57
    assert opened.locator(".today:visible, .shown:visible").count() == 0
    opened.get_by_label("Kongsvingerregionen").check(force=True)
    assert opened.locator("tr[id^=rad-]:visible").count() == len(kept(Request(region=("kongsvingerregionen",))))
    context.close()


@pytest.mark.parametrize("name", list(PLANS))
def test_page_is_valid(pages: dict[str, Path], name: str) -> None:
    """By html-validate and by the Nu checker, whose style part lags behind browsers and is not asked."""
    if not VALIDATORS.is_dir() or shutil.which("java") is None:
        pytest.skip("needs Node and Java: apt install nodejs npm default-jre-headless, then make test")
    validate = VALIDATORS / "html-validate" / "bin" / "html-validate.mjs"
    nu = VALIDATORS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    rules = VALIDATORS.parent / "rules.json"

    first = subprocess.run(
        ["node", validate, "--config", rules, pages[name]], capture_output=True, text=True, check=False
    )
    second = subprocess.run(
        ["java", "-jar", nu, "--errors-only", "--format", "json", pages[name]],
        capture_output=True,
        text=True,
        check=False,
    )

    assert first.stdout + first.stderr == ""
    found = [each["message"] for each in json.loads(second.stderr)["messages"]]
    assert [each for each in found if not each.startswith(("CSS:", "Bad value “default-src"))] == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["real", "nynorsk"])
def test_each_cell_stands_under_its_own_head_for_screen_readers(
    page: tuple[Page, list[str]], pages: dict[str, Path], name: str, width: int
) -> None:
    """By Chromium's accessibility tree: an empty cell is one too, or those after it would have another's head."""
    opened, _ = page
    opened.set_viewport_size({"width": width, "height": 800})
    opened.goto(pages[name].as_uri())

    nodes = opened.context.new_cdp_session(opened).send("Accessibility.getFullAXTree")["nodes"]

    by_id = {node["nodeId"]: node for node in nodes}
    cells = {"cell", "gridcell", "rowheader", "columnheader"}
    rows = [
        [by_id[child]["role"]["value"] for child in node["childIds"] if by_id[child]["role"]["value"] in cells]
        for node in nodes
        if node.get("role", {}).get("value") == "row"
    ]
    dated = [row for row in rows if len(row) > 3 and "rowheader" in row]
    assert len(dated) >= opened.locator("tr[id^=rad-]").count()
    assert {tuple(row) for row in dated} == {("cell", "cell", "rowheader", "cell", "cell")}


@pytest.mark.parametrize(
    ("row", "heads"),
    [
        ("- {id: a, title: Tur, when: 2017-09-08}", ["Nr.", "Når", "Aktivitet"]),
        ("- {id: a, title: Tur, when: 2017-09-08, audience: [styrer]}", ["Nr.", "Når", "Aktivitet", "Målgruppe"]),
        ("- {id: a, title: Tur, when: 2017-09-08, responsible: [sepu]}", ["Nr.", "Når", "Aktivitet", "Ansvar"]),
    ],
)
def test_column_in_which_nothing_stands_is_left_out(
    page: tuple[Page, list[str]], tmp_path: Path, row: str, heads: list[str]
) -> None:
    opened, _ = page
    show(opened, export(plan_text(row).encode(), "html"), tmp_path)

    assert opened.locator(".activities thead th").all_inner_texts() == heads
    assert (
        opened.locator(".activities tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0))"
        )
        == [len(heads)] * 2
    )


LONG = "https://www.example.no/" + "avtale-om-deltakelse-" * 12
ADDRESSES = f"""
- id: a
  title: Samling {LONG}
  when: 2017-09-08
  responsible: [{{party: sepu, note: {LONG}}}]
  audience: [styrer]
  location: {LONG}
  question: Er det {LONG}
  note: Se {LONG}
  description: Les {LONG} og <{LONG}>.
  links: [{LONG}, {{title: {LONG}, url: {LONG}}}]
- {{id: b, title: Periode {LONG}, when: høst 2017, responsible: [sepu], audience: [styrer]}}
"""
BEYOND = """
(() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const column = texts.currentNode.parentElement.closest("th, td, figcaption, main").getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const out = [...range.getClientRects()].some((box) => box.width > 1 && box.right > column.right + 1);
    if (out && !texts.currentNode.parentElement.closest("svg, .away")) found.push(texts.currentNode.textContent);
  }
  return found;
})()
"""
"""The texts that reach beyond their column."""


@pytest.mark.parametrize(("media", "width"), [("screen", 320), ("screen", 1040), ("screen", 1280), ("print", 1040)])
def test_long_addresses_stay_in_their_column(
    page: tuple[Page, list[str]], tmp_path: Path, width: int, media: Literal["screen", "print"]
) -> None:
    opened, _ = page
    opened.set_viewport_size({"width": width, "height": 800})
    opened.emulate_media(media=media)

    show(opened, export(plan_text(ADDRESSES).encode(), "html"), tmp_path)

    assert opened.evaluate(BEYOND) == []
    assert opened.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 960, 1280])
def test_dates_of_periods_beside_the_wheel_are_not_squeezed(
    page: tuple[Page, list[str]], tmp_path: Path, width: int
) -> None:
    opened, _ = page
    opened.set_viewport_size({"width": width, "height": 800})
    activities = """
      - {id: samling, title: Samling, when: 15.9.2017}
      - {id: arbeid, title: Et arbeid med en lang tittel, when: "etter samling, før 1. mars 2018"}
    """

    show(opened, export(plan_text(activities).encode(), "html"), tmp_path)

    assert opened.locator(".periods td:nth-child(2)").evaluate_all(
        "cells => cells.map((cell) => cell.offsetWidth >= 105)"
    ) == [True]


# --- choosing ---------------------------------------------------------------------------------------------------------


CHOICES = [
    ({"region": "hedmarken"}, Request(region=("hedmarken",))),
    ({"region": "ringsaker-loten"}, Request(region=("ringsaker-loten",))),
    ({"rolle": "styrer"}, Request(party=("styrer",))),
    ({"region": "sor-osterdal", "rolle": "sepu"}, Request(region=("sor-osterdal",), party=("sepu",))),
]


@pytest.mark.parametrize(("chosen", "request_"), CHOICES)
def test_filter_shows_what_the_selection_exports(
    page: tuple[Page, list[str]], pages: dict[str, Path], chosen: dict[str, str], request_: Request
) -> None:
    opened, events = page
    opened.goto(pages["real"].as_uri())

    for name, value in chosen.items():
        opened.locator(f"label:near(input[name={name}][value={value}])").first.click()

    expected = kept(request_)
    assert visible(opened) == expected
    names = opened.locator(".choices input:checked:not([value='']) + label").all_inner_texts()
    assert opened.locator(".shown").inner_text() == (
        f"Viser {len(expected)} av 57 datoer og perioder: {', '.join(names)}."
    )
    assert opened.url.partition("#")[2] == "&".join(f"{name}={value}" for name, value in chosen.items())
    assert opened.locator(".activities tbody:visible:not(:has(tr[id]:visible))").count() == 0
    assert events == []


@pytest.mark.parametrize(("chosen", "request_"), CHOICES)
def test_address_keeps_what_was_chosen(
    page: tuple[Page, list[str]], pages: dict[str, Path], chosen: dict[str, str], request_: Request
) -> None:
    opened, _ = page

    opened.goto(pages["real"].as_uri() + "#" + "&".join(f"{name}={value}" for name, value in chosen.items()))

    assert visible(opened) == kept(request_)


def test_filter_is_operated_by_keyboard(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page
    opened.goto(pages["real"].as_uri())
    opened.locator("#region").focus()

    opened.keyboard.press("ArrowRight")
    chosen = opened.locator("input[name=region]:checked").get_attribute("value") or ""
    outline = opened.evaluate("getComputedStyle(document.querySelector('input:checked + label')).outlineStyle")

    assert visible(opened) == kept(Request(region=(chosen,)))
    assert outline == "solid"
    opened.keyboard.press("ArrowLeft")
    assert len(visible(opened)) == 57
    assert "#" not in opened.url


@pytest.mark.parametrize("script", [True, False])
def test_category_is_chosen_and_stands_on_its_rows(browser: Browser, tmp_path: Path, *, script: bool) -> None:
    rows = "\n".join(f"- {{id: a{each}, title: A, when: 2017-09-1{each}, category: {each}}}" for each in "123")
    head = HEAD + "categories:\n  '1': {name: Analyse}\n  '2': {name: Deling}\n  '3': {name: Annet}\n"
    opened = browser.new_context(java_script_enabled=script).new_page()
    show(opened, export(plan_text(f"{rows}\n- {{id: b, title: B, when: 2017-10-01}}", head).encode(), "html"), tmp_path)

    names = opened.locator(".activities .category").all_inner_texts()
    opened.locator("label[for=c2]").click()

    assert names == ["Analyse", "Deling", "Annet"]
    assert visible(opened) == ["rad-a2"]
    assert opened.url.partition("#")[2] == ("kategori=2" if script else "")
    opened.context.close()


def test_choice_holds_on_paper(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page
    opened.goto(pages["real"].as_uri() + "#region=hedmarken&rolle=styrer")

    opened.emulate_media(media="print")

    assert visible(opened) == kept(Request(region=("hedmarken",), party=("styrer",)))


def test_marks_of_others_are_dimmed(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page
    opened.goto(pages["real"].as_uri() + "#region=nord-osterdal")

    shown = set(visible(opened))
    for mark in opened.locator(".timeline a.mark").all():
        dimmed = mark.evaluate("mark => getComputedStyle(mark).opacity") != "1"
        target = (mark.get_attribute("href") or "").removeprefix("#")
        assert dimmed == (target not in shown)


def test_choice_stays_in_the_address_when_a_link_of_the_page_is_followed(
    page: tuple[Page, list[str]], pages: dict[str, Path]
) -> None:
    opened, _ = page
    address = pages["real"].as_uri() + "#region=hedmarken&rolle=styrer"
    opened.goto(address)

    opened.locator("nav a[href='#aktiviteter']").click()

    opened.wait_for_url(address)
    assert visible(opened) == kept(Request(region=("hedmarken",), party=("styrer",)))
    assert opened.evaluate("scrollY > 0")


def test_next_dates_are_those_of_the_choice(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page
    opened.clock.set_fixed_time("2017-01-01T12:00:00")
    opened.goto(pages["real"].as_uri())
    cards = opened.locator(".cards a")
    without = cards.evaluate_all("links => links.map(link => [link.getAttribute('href'), link.textContent])")

    opened.goto(pages["real"].as_uri() + "#region=hamar-stange&rolle=styrer")
    shown = cards.evaluate_all("links => links.map(link => link.getAttribute('href').slice(1))")

    built = re.findall('<li[^>]*>[^<]+<br><a href="([^"]+)">([^<]+)</a>', pages["real"].read_text(encoding="utf-8"))
    assert without == [list(each) for each in built]
    assert len(shown) > 0
    assert set(shown) <= set(visible(opened))


@pytest.mark.parametrize(
    ("today", "heading", "first"),
    [
        ("2017-01-01", "De neste datoene etter 4. desember 2017", "#rad-evaluere-svarprosenter"),
        ("2018-03-08", "De neste datoene", "#rad-workshop-2/sor-osterdal"),
        ("2026-01-01", "De neste datoene etter 4. desember 2017", "#rad-evaluere-svarprosenter"),
    ],
)
def test_script_shows_what_is_next_from_today(
    page: tuple[Page, list[str]], pages: dict[str, Path], today: str, heading: str, first: str
) -> None:
    opened, _ = page
    opened.clock.set_fixed_time(f"{today}T12:00:00")

    opened.goto(pages["real"].as_uri())

    assert opened.locator("#neste").inner_text() == heading
    assert opened.locator(".cards a").first.get_attribute("href") == first


def test_mark_of_several_dates_leads_to_one_that_is_shown(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page
    opened.goto(pages["real"].as_uri() + "#region=hamar-stange")
    mark = opened.locator(".large a[data-all*='workshop-1/ringsaker-loten']")

    mark.click()

    assert (mark.get_attribute("href") or "").removeprefix("#") in visible(opened)


def test_headings_without_anything_below_are_hidden(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, _ = page

    opened.goto(pages["real"].as_uri() + "#region=hedmarken&rolle=conexus")
    assert opened.locator("#apent:visible").count() == 0
    opened.locator("label[for=rolle]").click()
    assert opened.locator("#apent:visible").count() == 1

    opened.goto(pages["real"].as_uri() + "#region=hedmarken&rolle=thomas-nordahl")
    assert opened.locator(".periods:visible").count() == 0


def test_unknown_choice_in_the_address_shows_all(page: tuple[Page, list[str]], pages: dict[str, Path]) -> None:
    opened, events = page

    opened.goto(pages["real"].as_uri() + "#region=<script>alert(1)</script>&rolle=%00")

    assert len(visible(opened)) == 57
    assert events == []


# --- today ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("today", "shown"), [("2018-01-04", 2), ("2020-01-01", 0)])
def test_script_marks_today_where_a_drawing_has_it(
    page: tuple[Page, list[str]], pages: dict[str, Path], today: str, shown: int
) -> None:
    opened, _ = page
    opened.clock.set_fixed_time(f"{today}T12:00:00")

    opened.goto(pages["real"].as_uri())

    assert opened.locator(".large .today:visible, .timeline .today:visible").count() == shown
    assert opened.locator(".today-key:visible").count() == shown


def test_page_holds_no_day_of_its_own_making() -> None:
    assert export(PLAN, "html") == export(PLAN, "html")


# --- strangers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ATTACKS)
def test_text_is_only_text(page: tuple[Page, list[str]], tmp_path: Path, text: str) -> None:
    opened, events = page

    show(opened, export(hostile_plan(text), "html"), tmp_path)

    assert events == []
    assert opened.title() == " ".join(text.split())
    assert opened.locator("script").count() == 1
    assert opened.locator("img, svg:not(.drawing), iframe, base").count() == 0
    assert opened.locator(".title").first.inner_text() == " ".join(text.split())


# --- on paper ---------------------------------------------------------------------------------------------------------


def paper(data: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(data)).pages)


def printed(opened: Page, path: Path) -> list[PageObject]:
    opened.goto(path.as_uri())
    return paper(opened.pdf(prefer_css_page_size=True))


def test_page_prints_on_landscape_a4_with_heads_and_numbers(
    page: tuple[Page, list[str]], pages: dict[str, Path]
) -> None:
    opened, _ = page

    found = printed(opened, pages["real"])

    assert len(found) == 12
    assert {(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in found} == {(842, 595)}
    texts = [each.extract_text() for each in found]
    foot = "FoU-prosjektet Kultur for læring barnehage. Versjon 4. desember 2017"
    for number, text in enumerate(texts, 1):
        assert (foot in text, f"Side {number} av 12" in text) == (True, True)
    assert "2017/18" in texts[0]
    assert [("Målgruppe" in text, "Når" in text) for text in texts[4:11]] == [(True, True)] * 7
    assert "Vis bare" not in "".join(texts)


def test_page_of_a_view_is_not_preceded_by_an_empty_one(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    opened, _ = page
    path = tmp_path / "tidslinje.html"
    path.write_bytes(export(PLANS["one"], "html", views=frozenset({"timeline"})))

    assert len(printed(opened, path)) == 1


@pytest.mark.parametrize("name", list(PLANS))
def test_no_printed_page_is_empty(page: tuple[Page, list[str]], pages: dict[str, Path], name: str) -> None:
    opened, _ = page

    lengths = [len(each.extract_text()) for each in printed(opened, pages[name])]

    assert [length for length in lengths if length < 80] == []


@needs_pango
@pytest.mark.parametrize("name", ["real", "one", "none", "nynorsk"])
def test_pdf_is_tagged_and_in_the_language_of_the_plan(name: str) -> None:
    data = export(PLANS[name], "pdf")

    root: Any = PdfReader(io.BytesIO(data)).root_object
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert str(root["/Lang"]) == ("nn" if name == "nynorsk" else "nb")
    assert data == export(PLANS[name], "pdf")
    assert {(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in paper(data)} == {
        (842, 595)
    }


@needs_pango
def test_pdf_has_the_numbers_of_its_drawings_and_the_heads_of_its_table() -> None:
    texts = [each.extract_text() for each in paper(export(PLAN, "pdf"))]

    assert "2017/18" in texts[0]
    assert "37 datoer" in texts[0]
    assert [("Målgruppe" in text, "Når" in text) for text in texts[4:11]] == [(True, True)] * 7


@needs_pango
def test_pdf_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.css.j2").write_text(f'body {{ background: url("{secret.as_uri()}"); }}')

    assert b"hemmelig" not in export(PLAN, "pdf", templates=Templates(tmp_path))
