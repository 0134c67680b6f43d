"""The HTML page in a real browser: nothing runs, nothing is fetched, everybody can read it.

Needs Chromium (Debian: ``apt install chromium``); without it these tests are skipped, which ``.ci/run`` does not allow.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from kfl_cli.select import Request
from tests.test_exports import HOSTILE, PLAN, export, hostile_plan

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium")

ATTACKS = [
    *HOSTILE,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><svg/onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Return a page, and what it does that it should not: requests, errors, dialogs."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    events: list[str] = []
    opened.on("request", lambda request: None if request.url.startswith("file:") else events.append(request.url))
    opened.on("console", lambda message: events.append(message.text))
    opened.on("pageerror", lambda error: events.append(str(error)))
    opened.on("dialog", lambda dialog: events.append(dialog.message))
    yield opened, events
    context.close()


def show(opened: Page, data: bytes, folder: Path) -> None:
    path = folder / "side.html"
    path.write_bytes(data)
    opened.goto(path.as_uri())


def test_page_of_the_real_plan_is_whole_and_quiet(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    opened, events = page

    show(opened, export(PLAN, "html"), tmp_path)

    assert events == []
    assert opened.title() == "FoU-prosjektet Kultur for læring barnehage"
    assert opened.evaluate("document.documentElement.lang") == "nb"
    assert opened.locator("tbody tr").count() == 27
    assert [heading.inner_text() for heading in opened.locator("thead th").all()] == [
        "Når",
        "Aktivitet",
        "Ansvar",
        "Målgruppe",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_page_is_accessible(page: tuple[Page, list[str]], tmp_path: Path, scheme: str, width: int) -> None:
    opened, _ = page
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened.set_viewport_size({"width": width, "height": 800})

    show(opened, export(PLAN, "html", Request(region="hedmarken")), tmp_path)

    found = Axe().run(opened)
    assert [violation["id"] for violation in found.response["violations"]] == []


def test_page_does_not_scroll_sideways_on_a_phone(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    opened, _ = page
    opened.set_viewport_size({"width": 320, "height": 800})

    show(opened, export(hostile_plan("x" * 300), "html"), tmp_path)

    assert opened.evaluate("document.documentElement.scrollWidth") == 320


def test_skip_link_leads_to_the_table_by_keyboard(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    opened, _ = page
    show(opened, export(PLAN, "html"), tmp_path)

    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")

    assert opened.evaluate("document.activeElement.id") == "aktiviteter"


@pytest.mark.parametrize("text", ATTACKS)
def test_text_is_only_text(page: tuple[Page, list[str]], tmp_path: Path, text: str) -> None:
    opened, events = page

    show(opened, export(hostile_plan(text), "html"), tmp_path)

    assert events == []
    assert opened.title() == " ".join(text.split())
    assert opened.locator("script, img, svg:not(.wheel), iframe, base").count() == 0
    assert opened.locator(".title").first.inner_text() == " ".join(text.split())


def test_page_prints_on_a4_with_its_table_heads(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    opened, _ = page
    show(opened, export(PLAN, "html"), tmp_path)

    opened.emulate_media(media="print")

    assert opened.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert opened.locator(".skip").is_hidden()
    assert opened.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
