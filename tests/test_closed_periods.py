"""``closed``: readers see the closed periods of a plan wherever they see dates."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from tests.conftest import Result, needs_chromium
from tests.plans import HEAD, plan_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

CLOSED = """\
closed:
  - {when: uke 40 2017, why: Høstferie, region: hedmarken}
  - {when: uke 41 2017, why: Høstferie, region: nord}
  - {when: 2018-05-18, why: Barnehagen stengt}
  - {when: 18.6.2018–31.7.2018, why: Sommerferie}
"""
ACTIVITIES = """
    - id: samling
      title: Samling
      responsible: sepu
      audience: styrer
      sessions:
        - {for: hedmarken, when: 2017-10-12 09:00–15:00, location: Hamar}
        - {for: nord, when: 2017-10-03 09:00–15:00, location: Tynset}
    - {id: frist, title: Svare, when: senest 18. mai 2018, responsible: styrer, audience: sepu, category: skriv}
    """
PLAN = plan_text(ACTIVITIES, f"{HEAD}categories:\n  skriv: {{name: Skriving}}\n{CLOSED}")
ALL = ["Stengt: Høstferie – Hedmarken", "Stengt: Høstferie – Nord-Østerdal", "Barnehagen stengt", "Stengt: Sommerferie"]


def listed(result: Result) -> list[str]:
    """Return the titles in a list."""
    return [re.split("  +", line)[1] for line in result.out.splitlines() if "  " in line]


def entries_of(result: Result) -> list[Any]:
    """Return the entries of a calendar."""
    return list(icalendar.Calendar.from_ical(result.out).walk("VEVENT"))


def test_closed_periods_stand_among_the_dates(kfl: Callable[..., Result]) -> None:
    assert kfl("list", plan=PLAN).out == (
        "uke 40 2017                                        Stengt: Høstferie – Hedmarken\n"
        "tirsdag 3. oktober 2017 (uke 40) kl. 09.00–15.00   Samling – Nord-Østerdal            SePU    Styrer\n"
        "uke 41 2017                                        Stengt: Høstferie – Nord-Østerdal\n"
        "torsdag 12. oktober 2017 (uke 41) kl. 09.00–15.00  Samling – Hedmarken                SePU    Styrer\n"
        "fredag 18. mai 2018 (uke 20)                       Barnehagen stengt\n"
        "senest fredag 18. mai 2018 (uke 20)                Svare                              Styrer  SePU\n"
        "18. juni–31. juli 2018                             Stengt: Sommerferie\n"
    )


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], ALL),
        (["--for", "styrer"], ALL),
        (["--audience", "styrer"], ALL),
        (["--region", "hamar-stange"], [ALL[0], *ALL[2:]]),
        (["--region", "Tynset"], ALL[1:]),
        (["--region", "nord", "--region", "hedmarken"], ALL),
        (["--from", "2018"], ALL[2:]),
        (["--from", "5.10.2017", "--until", "12.10.2017"], ALL[:2]),
        (["--responsible", "sepu"], []),
        (["--category", "skriv"], []),
        (["--until", "2016"], []),
    ],
)
def test_all_outputs_have_the_closed_periods_of_the_selection(
    kfl: Callable[..., Result], options: list[str], found: list[str]
) -> None:
    calendar = entries_of(kfl("export", "--ics", "--closed", *options, plan=PLAN))
    entries = [str(entry["summary"]).removeprefix("18. juni–31. juli 2018: ") for entry in calendar]
    document = json.loads(kfl("export", "--json", *options, plan=PLAN).out)
    page = kfl("export", "--html", *options, plan=PLAN).out
    rows = re.findall(r'<tr id="stengt-[^>]*>.*?<span class="title">([^<]*)', page, re.DOTALL)
    table = kfl("export", "--md", *options, plan=PLAN).out
    reasons = [re.sub(r"Stengt: | – .*", "", each) for each in found]

    assert [each for each in listed(kfl("list", *options, plan=PLAN)) if each in ALL] == found
    assert [each for each in entries if each in ALL] == found
    assert [each["why"] for each in document["plan"]["closed"]] == reasons
    assert sorted(rows) == sorted(reasons)
    assert re.findall(r"\*\*(Høstferie|Barnehagen stengt|Sommerferie)\*\*", table) == reasons


def test_json_says_when_why_where(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("export", "--json", plan=PLAN).out)

    assert document["plan"]["closed"][0] == {
        "when": "uke 40 2017",
        "why": "Høstferie",
        "regions": [{"id": "hedmarken", "name": "Hedmarken"}],
        "window": {"start": "2017-10-02", "end": "2017-10-08"},
        "when_text": "uke 40 2017",
    }


def test_calendars_have_them_only_where_asked_for(kfl: Callable[..., Result]) -> None:
    plain, closed = (kfl("export", "--ics", *more, plan=PLAN) for more in ([], ["--closed"]))
    entry = next(each for each in entries_of(closed) if "Høstferie" in each["summary"])
    times = [str(entry[name].dt) for name in ("dtstart", "dtend")]

    assert "ferie" not in plain.out
    assert [*times, str(entry["transp"]), str(entry["status"])] == [
        "2017-10-02", "2017-10-09", "TRANSPARENT", "CONFIRMED"
    ]  # fmt: skip
    assert kfl("export", "--md", "--closed", plan=PLAN).code == 2


@pytest.mark.parametrize(
    ("windows", "days"),
    [("start", ["2018-06-18", "2018-06-19"]), ("span", ["2018-06-18", "2018-08-01"]), ("none", [])],
)
def test_long_closed_periods_are_periods(kfl: Callable[..., Result], windows: str, days: list[str]) -> None:
    calendar = entries_of(kfl("export", "--ics", "--closed", "--windows", windows, plan=PLAN))
    found = [entry for entry in calendar if "Sommerferie" in entry["summary"]]

    assert [str(entry[name].dt) for entry in found for name in ("dtstart", "dtend")] == days


def test_their_uids_stay_where_the_days_move(kfl: Callable[..., Result]) -> None:
    def uids(plan: str) -> dict[str, str]:
        calendar = entries_of(kfl("export", "--ics", "--closed", plan=plan))
        return {str(entry["uid"]): str(entry["summary"]) for entry in calendar}

    twice = PLAN.replace("uke 41 2017, why: Høstferie, region: nord", "uke 9 2018, why: Høstferie, region: hedmarken")

    assert uids(PLAN.replace("uke 40", "uke 39").replace("title: Sam", "title: Ny sam")).keys() == uids(PLAN).keys()
    assert len(uids(twice)) == 7


def test_upcoming_has_those_of_its_days(kfl: Callable[..., Result]) -> None:
    shown = kfl("--today", "2017-10-06", "upcoming", "--days", "4", plan=PLAN).out
    document = json.loads(kfl("--today", "2017-10-06", "upcoming", "--days", "4", "--json", plan=PLAN).out)

    assert shown[shown.index("Stengt") :] == (
        "Stengt\n\n2 dager igjen  uke 40 2017\n    Høstferie – Hedmarken\n\n"
        "om 3 dager  uke 41 2017\n    Høstferie – Nord-Østerdal\n"
    )
    assert [(each["phase"], each["day"], each["days_until"]) for each in document["closed"]] == [
        ("ongoing", "2017-10-08", 2),
        ("starts", "2017-10-09", 3),
    ]


def test_drawings_have_bands_where_it_is_closed(kfl: Callable[..., Result]) -> None:
    wheel = kfl("export", "--svg", plan=PLAN).out
    titles = re.findall(r'<path class="closed[^>]*><title>([^<]*)', wheel)

    assert [titles.count(title) for title in sorted(set(titles))] == [3, 1, 1, 3]  # three rings: for all, two regions
    assert "Stengt: Høstferie – Hedmarken, uke 40 2017" in titles


@needs_chromium
def test_a_choice_on_the_page_keeps_those_of_the_region(kfl: Callable[..., Result], browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(kfl("export", "--html", plan=PLAN).out)

    def seen() -> list[str]:
        return [row.inner_text() for row in page.locator("tr.closed .scope").all() if row.is_visible()]

    before = seen()
    page.get_by_label("Hedmarken", exact=True).check(force=True)

    assert before == ["Hedmarken", "Nord-Østerdal"]
    assert seen() == ["Hedmarken"]
    assert page.locator("tr.closed:visible").count() == 3
    page.close()
