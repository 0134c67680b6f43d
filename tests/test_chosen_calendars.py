"""What is chosen on a page decides its calendar: sentence, list, links and feed agree, also without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, Result, needs_chromium
from tests.plans import plan_text

pytestmark = needs_chromium

HEAD = """\
kfl: 1
plan:
  id: sprak
  title: Språkløftet
  version: 2026-08-01
  period: 2026–2027
regions:
  elvrom: {name: Elvrom}
  fjelldal:
    name: Fjelldal
    groups:
      indre: {name: Indre Fjelldal}
      ytre: {name: Ytre Fjelldal}
  skogvik: {name: Skogvik}
parties:
  veileder: {name: Veileder}
  styrer: {name: Styrer}
  assistent: {name: Assistent}
  eier: {name: Barnehageeier}
  personalet: {name: Personalet, members: [assistent]}
  alle: {name: Alle i barnehagen, members: [styrer, personalet]}
"""
ROWS = """
- {id: oppstart, title: Oppstart, when: 2026-08-20, responsible: [veileder], audience: [alle]}
- id: fellesdag
  title: Fellesdag
  responsible: [veileder]
  audience: [styrer]
  sessions:
    - {for: [elvrom, indre], when: 2026-09-08, location: Elvrom}
    - {for: [ytre, skogvik], when: 2026-09-15, location: Skogvik}
- {id: kurs, title: Kurs, when: 2026-10-06, region: skogvik, responsible: [veileder], audience: [personalet]}
- {id: rapport, title: Rapport, when: senest 1.12.2026, region: [elvrom, fjelldal], responsible: [styrer]}
- {id: tilskudd, title: Tilskudd, when: senest 15.1.2027, region: ytre, responsible: [eier]}
- {id: lesing, title: Lesing, when: vår 2027, responsible: [assistent]}
- {id: avslutning, title: Avslutning, when: ikke fastsatt, responsible: [veileder], audience: [alle]}
"""
PLANS = {"real": (ROOT / "plan.yaml").read_text(encoding="utf-8"), "joint": plan_text(ROWS, HEAD)}
ADDRESS = "https://www.example.no/plan/"


def feed(path: Path) -> set[str]:
    """Return the UIDs of a calendar."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]) for event in calendar.walk("VEVENT")}


def uids(site: Path) -> dict[str, str]:
    """Return the UID of each dated occurrence of a site, by the id of its row."""
    activities = json.loads((site / "plan.json").read_bytes())["activities"]
    occurrences = (each for activity in activities for each in activity["occurrences"])
    return {f"rad-{each['id']}": each["uid"] for each in occurrences if each["start"] or each["end"]}


def choices(opened: Page, name: str) -> list[tuple[str, str]]:
    """Return the id of each button of a choice with its text, that for no choice first."""
    labels = opened.locator(f".choices input[name={name}] + label").all()
    return [(label.get_attribute("for") or "", label.inner_text().removeprefix("✓ ")) for label in labels]


def rows(opened: Page) -> list[str]:
    """Return the ids of the rows that are shown."""
    shown = "rows => rows.filter(row => row.getClientRects().length).map(row => row.id)"
    return [str(id_) for id_ in opened.locator("tr[id^=rad-]").evaluate_all(shown)]


def links(opened: Page) -> list[tuple[str, str]]:
    """Return text and address of the links to calendars that are shown."""
    return [
        (text, address)
        for text, address in opened.locator(".calendar a").evaluate_all(
            "links => links.filter(link => link.getClientRects().length)"
            ".map(link => [link.textContent, link.getAttribute('href')])"
        )
    ]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", list(PLANS))
def test_sentence_list_links_and_feed_agree_for_every_pair(
    kfl: Callable[..., Result], tmp_path: Path, opened: Page, name: str
) -> None:
    kfl("build", "-o", "ut", "--url", ADDRESS, plan=PLANS[name])
    site = tmp_path / "ut"
    opened.goto((site / "index.html").as_uri())
    uid_of, all_rows = uids(site), rows(opened)

    tried = 0
    checked = ("region", "rolle")
    for (region, place), (party, role) in product(choices(opened, "region"), choices(opened, "rolle")):
        for key in {region, party}.difference(checked):
            opened.locator(f"label[for={key}]").click()
        checked = (region, party)
        chosen = [text for key, text in ((region, place), (party, role)) if key not in {"region", "rolle"}]
        shown, found = rows(opened), links(opened)
        sentence = opened.locator(".shown").text_content()
        named = f": {', '.join(chosen)}" if chosen else ""
        assert sentence in {f"Viser {len(shown)} av {len(all_rows)} datoer og perioder{named}.", ""}
        if not shown:
            assert found == []
            assert opened.locator(".calendars > p:visible").inner_text().startswith("Ingenting i planen")
            continue
        owner = ", ".join(chosen) or "Hele planen"
        file = found[-1][1]
        assert found == [
            (f"Abonner: {owner}", f"webcal://www.example.no/plan/{file}"),
            (f"Adresse å abonnere på: {owner}", f"{ADDRESS}{file}"),
            (f"Last ned: {owner}", file),
        ]
        assert feed(site / file) == {uid_of[row] for row in shown if row in uid_of}, (place, role)
        tried += 1
    assert tried == len(list(site.glob("*.ics")))


def test_page_of_a_reader_has_the_calendars_of_what_it_leaves_open(
    kfl: Callable[..., Result], tmp_path: Path, opened: Page
) -> None:
    kfl("build", "-o", "ut", plan=PLANS["joint"])
    opened.goto((tmp_path / "ut" / "region-fjelldal.html").as_uri())

    for label in ("Ytre Fjelldal", "Styrer"):
        opened.locator(".choices label", has_text=re.compile(f"^(✓ )?{label}$")).click()

    assert links(opened)[-1] == ("Last ned: Ytre Fjelldal, Styrer", "region-ytre.for-styrer.ics")


def test_calendar_beside_a_page_is_never_said_to_be_that_of_a_choice(
    kfl: Callable[..., Result], tmp_path: Path, opened: Page
) -> None:
    kfl("export", "--html", "--ics", "-o", "ut/", plan=PLANS["joint"])
    opened.goto((tmp_path / "ut" / "sprak.html").as_uri())
    said = opened.locator(".calendar .if-chosen")

    before = said.is_visible()
    opened.locator("label[for=r1]").click()

    assert (before, said.is_visible()) == (False, True)
    assert said.inner_text() == "Merk: Kalenderen er for «Hele planen», ikke bare for det du har valgt."
    assert links(opened) == [
        ("Adresse å abonnere på: Hele planen", "sprak.ics"),
        ("Last ned: Hele planen", "sprak.ics"),
    ]


def test_with_many_pairs_a_page_leads_to_that_of_the_region(
    kfl: Callable[..., Result], tmp_path: Path, opened: Page
) -> None:
    regions = "".join(f"  r{number}: {{name: Kommune {number}}}\n" for number in range(40))
    parties = "".join(f"  p{number}: {{name: Rolle {number}}}\n" for number in range(40))
    head = f"{HEAD[: HEAD.index('regions:')]}regions:\n{regions}parties:\n{parties}"
    everybody = ", ".join(f"p{number}" for number in range(39))
    plan = plan_text(
        f"- {{id: a, title: A, when: 2026-09-01, audience: [{everybody}]}}\n"
        "- {id: b, title: B, when: 2026-09-02, region: r7, audience: [p39]}",
        head,
    )
    kfl("build", "-o", "ut", plan=plan)
    site = tmp_path / "ut"
    opened.goto((site / "index.html").as_uri())

    def shown(*keys: str) -> list[tuple[str, str]]:
        for key in keys:
            opened.locator(f"label[for={key}]").click()
        return links(opened)[-1:]

    assert (site / "index.html").stat().st_size < 150_000
    assert shown("r8") == [("Last ned: Kommune 7", "region-r7.ics")]
    assert shown("region", "p3") == [("Last ned: Rolle 2", "for-p2.ics")]
    assert shown("r9", "p40") == []
    assert shown("r8", "p3") == [
        ("Gå til siden for Kommune 7, og velg der: Den har kalenderen for begge valgene.", "region-r7.html")
    ]
    opened.locator(".calendar a:visible").click()
    assert shown("p3") == [("Last ned: Kommune 7, Rolle 2", "region-r7.for-p2.ics")]
