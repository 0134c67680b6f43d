"""Exports and sites of a plan that was released: sequences, what was dropped, what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import icalendar
from msgspec.structs import replace

from kfl_cli.releases.diff import compare
from kfl_cli.releases.published_occurrence import publish
from tests.conftest import Result
from tests.plans import schedule
from tests.releases import FIRST, ROWS, events, released, version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_cancelled_entries_are_only_for_those_whom_they_concerned(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    rows = ROWS.replace("    - {for: hamar-stange, when: 2018-01-19 09:00–15:00}\n", "").replace(
        "region: [nord, hamar-stange]", "region: nord"
    )
    released(kfl, version(rows, "2018-01-08"), "2018-01-09")

    everybody, nord, stange, styrer = (
        [title for title in events(kfl("export", "--ics", *selection).out) if title.startswith("AVLYST")]
        for selection in ((), ("--region", "nord"), ("--region", "Stange"), ("--for", "styrer"))
    )

    assert everybody == ["AVLYST: Frist: Møte – Hamar og Stange", "AVLYST: Workshop – Hamar og Stange"]
    assert (nord, stange, styrer) == ([], everybody, ["AVLYST: Workshop – Hamar og Stange"])


def test_unreleased_are_counted_for_the_reader(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")

    assert kfl("export", "--ics", "--region", "Hamar", plan=changed).err == ""
    assert kfl("export", "--ics", "--region", "nord").err != ""


def test_dropped_todos_are_cancelled(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    rows = re.sub(r"- \{id: mote.*\n", "", ROWS)
    released(kfl, version(rows, "2018-01-08"), "2018-01-09")

    calendar: Any = icalendar.Calendar.from_ical(kfl("export", "--todo", "--region", "nord").out)

    assert [(str(todo["SUMMARY"]), str(todo["STATUS"]), int(todo["SEQUENCE"])) for todo in calendar.walk("VTODO")] == [
        ("Møte – Nord-Østerdal", "CANCELLED", 1)
    ]


TASKS = "- {{id: a, title: A, when: 2018-02-01, tasks: [{{id: brev, title: Brev, when: {brev}}}{more}]}}\n"
LIST = ", {id: liste, title: Liste, when: ikke fastsatt}"


def todos(ics: str) -> list[tuple[str, str, int, bool]]:
    """Return SUMMARY, STATUS and SEQUENCE of each to-do, and whether it has a DUE."""
    calendar: Any = icalendar.Calendar.from_ical(ics)
    return [(str(t["SUMMARY"]), str(t["STATUS"]), int(t["SEQUENCE"]), "DUE" in t) for t in calendar.walk("VTODO")]


def test_task_that_loses_its_date_is_one_todo_and_one_that_never_had_one_is_cancelled_when_dropped(
    kfl: Callable[..., Result],
) -> None:
    released(kfl, version(TASKS.format(brev="senest 18.1.2018", more=LIST), "2017-12-04"), "2017-12-05")
    assert todos(kfl("export", "--todo").out) == [
        ("Brev", "NEEDS-ACTION", 0, True),
        ("Liste", "NEEDS-ACTION", 0, False),
    ]

    released(kfl, version(TASKS.format(brev="ikke fastsatt", more=""), "2018-01-08"), "2018-01-09")
    exported = kfl("export", "--todo").out
    assert sorted(todos(exported)) == [("Brev", "NEEDS-ACTION", 1, False), ("Liste", "CANCELLED", 1, False)]
    uids = re.findall("UID:(.*)", exported.replace("RELATED-TO", ""))
    assert len(uids) == len(set(uids))
    assert "AVLYST: Frist: Brev" in events(kfl("export", "--ics").out)


def test_dropped_todo_of_a_period_is_cancelled_however_periods_are_shown(kfl: Callable[..., Result]) -> None:
    released(kfl, version(TASKS.format(brev="januar 2018", more=""), "2017-12-04"), "2017-12-05")
    released(kfl, version("- {id: a, title: A, when: 2018-02-01}\n", "2018-01-08"), "2018-01-09")

    assert todos(kfl("export", "--todo", "--windows", "none").out) == [("Brev", "CANCELLED", 1, True)]
    assert "AVLYST" not in kfl("export", "--ics", "--windows", "none").out


def described(kfl: Callable[..., Result], *arguments: str) -> dict[str, str]:
    """Return the first line of DESCRIPTION by SUMMARY."""
    calendar: Any = icalendar.Calendar.from_ical(kfl("export", *arguments).out)
    return {
        str(each["SUMMARY"]): str(each["DESCRIPTION"]).split("\n")[0] for each in calendar.walk() if "SUMMARY" in each
    }


def test_what_moved_says_from_when_for_a_year_of_versions(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    moved = ROWS.replace("2018-01-18", "2018-01-17").replace("09:00–15:00", "10:00–15:00")
    released(kfl, version(moved, "2018-01-08"), "2018-01-09")

    shown = described(kfl, "--ics")
    assert shown["Workshop – Nord-Østerdal"] == "Flyttet fra torsdag 18. januar 2018 (uke 3)"
    assert shown["Workshop – Hamar og Stange"] == "Flyttet fra fredag 19. januar 2018 (uke 3) kl. 09.00–15.00"
    assert shown["Våren 2018: Regionvis arbeid"] == "Periode: våren 2018"
    assert described(kfl, "--todo")["Møte – Nord-Østerdal"] == "Flyttet fra senest onsdag 17. januar 2018 (uke 3)"

    elsewhere = moved.replace("Tynset", "Alvdal")
    released(kfl, version(elsewhere, "2019-01-07"), "2019-01-07")
    assert described(kfl, "--ics")["Workshop – Nord-Østerdal"] == "Flyttet fra torsdag 18. januar 2018 (uke 3)"
    released(kfl, version(elsewhere.replace("Alvdal", "Røros"), "2019-01-08"), "2019-01-08")
    assert "Flyttet" not in described(kfl, "--ics")["Workshop – Nord-Østerdal"]


def test_first_date_is_not_one_that_moved(kfl: Callable[..., Result]) -> None:
    released(kfl, version(ROWS.replace("2018-01-18", "ikke fastsatt"), "2017-12-04"), "2017-12-05", "--allow-open")
    released(kfl, version(ROWS, "2018-01-08"), "2018-01-09")

    assert "Flyttet fra" not in kfl("export", "--ics").out


def test_readers_of_a_group_that_is_no_more_learn_what_was_dropped(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    rows = ROWS.replace("    - {for: hamar-stange, when: 2018-01-19 09:00–15:00}\n", "").replace(", hamar-stange]", "]")
    fewer = version(rows, "2018-01-08")
    fewer = "".join(line for line in fewer.splitlines(keepends=True) if "hamar-stange:" not in line)
    released(kfl, fewer, "2018-01-09")

    titles = list(events(kfl("export", "--ics", "--region", "hedmarken").out))
    assert "AVLYST: Workshop – Hamar og Stange" in titles


def test_readers_of_a_region_learn_what_was_dropped_for_all_and_not_what_was_for_a_region_that_is_no_more(
    kfl: Callable[..., Result],
) -> None:
    released(kfl, FIRST, "2017-12-05")
    rows = ROWS[: ROWS.index("- {id: arbeid")].replace("    - {for: nord, when: 2018-01-18, location: Tynset}\n", "")
    fewer = version(rows.replace("[nord, ", "["), "2018-01-08")
    fewer = "".join(line for line in fewer.splitlines(keepends=True) if "  nord:" not in line)
    released(kfl, fewer, "2018-01-09")

    titles = list(events(kfl("export", "--ics", "--region", "hedmarken").out))
    assert [title for title in titles if title.startswith("AVLYST")] == ["AVLYST: Regionvis arbeid"]


def site_of(kfl: Callable[..., Result], folder: Path, plan: str, day: str) -> set[str]:
    """Release a plan, build its site, and return the names of its files."""
    assert released(kfl, plan, day, "--allow-open").code == 0
    assert kfl("build", "-o", "ut").code == 0
    return {path.name for path in (folder / "ut").iterdir()}


def test_site_keeps_the_calendar_of_readers_who_have_nothing_but_what_was_dropped(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    before = site_of(kfl, tmp_path, FIRST, "2017-12-05")
    without_meeting = "".join(line for line in ROWS.splitlines(keepends=True) if "id: mote" not in line)

    assert site_of(kfl, tmp_path, version(without_meeting, "2018-01-08"), "2018-01-09") == before
    for stem, cancelled, selection in (
        ("for-fmhe", 2, ["--for", "fmhe"]),
        ("region-nord", 1, ["--region", "nord"]),
        ("region-nord.for-fmhe", 1, ["--region", "nord", "--for", "fmhe"]),
    ):
        calendar = (tmp_path / "ut" / f"{stem}.ics").read_bytes().decode()
        assert calendar == kfl("export", "--ics", *selection).out
        assert calendar.count("STATUS:CANCELLED") == cancelled, stem


def test_site_keeps_the_calendar_of_readers_whose_entry_is_for_others_now(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    for_others = ROWS.replace("[fmhe]", "[sepu]")
    before = site_of(kfl, tmp_path, FIRST, "2017-12-05")

    assert site_of(kfl, tmp_path, version(for_others, "2018-01-08"), "2018-01-09") == before
    calendar = (tmp_path / "ut" / "for-fmhe.ics").read_bytes().decode()
    assert calendar == kfl("export", "--ics", "--for", "fmhe").out

    almost_a_year_later = version(for_others.replace("Tynset", "Alvdal"), "2019-01-07")
    assert site_of(kfl, tmp_path, almost_a_year_later, "2019-01-07") == before
    a_year_later = version(for_others, "2019-01-08")
    assert sorted(before - site_of(kfl, tmp_path, a_year_later, "2019-01-08")) == [
        f"{stem}for-fmhe.{suffix}"
        for stem in ("", "region-hamar-stange.", "region-hedmarken.", "region-nord.")
        for suffix in ("html", "ics")
    ]


def test_public_export_cleans_comments(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")
    released(kfl, changed, "2018-01-09", "--comment", "Ring 62 43 00 00")

    assert "Ring (utelatt)" in kfl("export", "--public", "--md").out


def test_unreleased_changes_export_with_the_sequences_of_a_release(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")

    ahead = kfl("--lang", "en", "export", "--ics", plan=changed)

    assert ahead.err == "1 entry is not released as it is here; see «kfl diff»\n"
    assert events(ahead.out)["Workshop – Nord-Østerdal"] == (1, "2017-12-05", "CONFIRMED")
    assert "LAST-MODIFIED:20171205T000001Z" in ahead.out
    assert kfl("--lang", "en", "export", "--ics").out == ahead.out

    released(kfl, changed, "2018-01-09")
    after = kfl("--lang", "en", "export", "--ics")
    assert after.err == ""
    assert events(after.out)["Workshop – Nord-Østerdal"] == (1, "2018-01-09", "CONFIRMED")


def test_todos_follow_the_ledger_too(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    released(kfl, version(ROWS.replace("2018-01-18", "2018-01-17"), "2018-01-08"), "2018-01-09")

    calendar: Any = icalendar.Calendar.from_ical(kfl("export", "--todo").out)

    assert {str(todo["SUMMARY"]): int(todo["SEQUENCE"]) for todo in calendar.walk("VTODO")} == {
        "Møte – Nord-Østerdal": 1,
        "Møte – Hamar og Stange": 0,
    }


def test_day_with_hours_that_is_left_out_is_cancelled_and_the_others_change(kfl: Callable[..., Result]) -> None:
    rows = "- {id: seminar, title: Seminar, when: 18.–20.1.2018 kl. 9–15}\n"
    released(kfl, version(rows, "2017-12-04"), "2017-12-05")
    before = _days(kfl("export", "--ics").out)
    released(kfl, version(rows.replace("18.–20.1.", "25.–26.1."), "2018-01-08"), "2018-01-09")
    fewer = _days(kfl("export", "--ics").out)
    released(kfl, version("[]", "2018-01-15"), "2018-01-15")
    gone = _days(kfl("export", "--ics").out)

    assert list(before.values()) == [(18, 0, "CONFIRMED"), (19, 0, "CONFIRMED"), (20, 0, "CONFIRMED")]
    assert fewer == dict(zip(before, [(25, 1, "CONFIRMED"), (26, 1, "CONFIRMED"), (20, 1, "CANCELLED")], strict=True))
    assert gone == dict(zip(before, [(25, 2, "CANCELLED"), (26, 2, "CANCELLED"), (20, 2, "CANCELLED")], strict=True))


def _days(ics: str) -> dict[str, tuple[int, int, str]]:
    """Return day of the month, SEQUENCE and STATUS of each entry by its UID, in the order of the first release."""
    calendar: Any = icalendar.Calendar.from_ical(ics)
    found = {
        str(each["UID"]): (each["DTSTART"].dt.day, int(each["SEQUENCE"]), str(each["STATUS"]))
        for each in calendar.walk("VEVENT")
    }
    return dict(sorted(found.items(), key=lambda each: (each[1][2] == "CANCELLED", each[1])))


def test_clock_time_of_a_deadline_moves_and_an_older_ledger_does_not_make_it_a_move() -> None:
    noon = "- {id: frist, title: Levere, when: senest 1.12.2017 kl. 12}\n"
    before, after = (publish(schedule(rows)) for rows in (noon, noon.replace("kl. 12", "kl. 15")))
    older = {uid: replace(each, end="2017-12-01", timezone="") for uid, each in before.items()}

    assert [each.kind.value for each in compare(before, after)] == ["moved"]
    assert compare(older, before) == []


def test_public_export_cleans_what_was_dropped_too(kfl: Callable[..., Result]) -> None:
    rows = ROWS + "- {id: ring, title: Ring 62 43 00 00, when: 2018-02-01, location: hos kari@example.no}\n"
    released(kfl, version(rows, "2017-12-04"), "2017-12-05")
    released(kfl, version(ROWS, "2018-01-08"), "2018-01-09")

    for format_ in ("--ics", "--md", "--html"):
        printed = kfl("export", "--public", format_).out.replace("\r\n ", "")
        assert [word for word in ("62 43", "kari@") if word in printed] == []
        assert "Ring (utelatt)" in printed


def test_changes_stand_on_the_page_and_in_markdown(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    assert "Endringer" not in kfl("export", "--md").out
    rows = ROWS.replace("2018-01-18", "2018-01-17").replace("location: Tynset", "location: 'A|B <b>'")
    released(kfl, version(rows, "2018-01-08"), "2018-01-09", "--comment", "*Nytt* sted")

    markdown, page = kfl("export", "--md").out, kfl("export", "--html").out

    assert markdown[markdown.index("## Endringer") :] == (
        "## Endringer\n"
        "\n"
        "### Versjon 8. januar 2018: \\*Nytt\\* sted\n"
        "\n"
        "- **Workshop – Nord-Østerdal**\n"
        "  - Flyttet: torsdag 18. januar 2018 (uke 3) → onsdag 17. januar 2018 (uke 3)\n"
        "  - Nytt sted: Tynset → A\\|B <b>\n"
        "- **Møte – Nord-Østerdal**\n"
        "  - Flyttet: senest onsdag 17. januar 2018 (uke 3)"
        " → senest tirsdag 16. januar 2018 (uke 3) (fordi «Workshop» er flyttet)\n"
    ).replace("<b>", "\\<b>")
    assert "<li><strong>Workshop – Nord-Østerdal</strong>\n" in page
    assert "<li>Nytt sted: Tynset → A|B &lt;b&gt;</li>" in page
    assert "Endringer" not in kfl("export", "--md", "--region", "Hamar").out


def test_renamed_to_the_same_uid_is_one_occurrence() -> None:
    before = publish(schedule("- {id: a, title: A, when: 2018-01-18}"))
    after = publish(schedule("- {id: b, uid: a, title: A, when: 2018-01-18}"))

    assert list(before) == list(after)
    assert compare(before, after) == []


def test_what_was_for_a_collective_party_reaches_its_members_when_it_is_dropped(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    members = "  alle: {name: Alle som deltar, members: [styrer]}\ncategories: {fag: {name: Fag}}\nactivities:"
    rows = "- {{id: dag, title: Fagdag, when: {}, audience: [alle], category: fag}}\n"
    rows += "- {{id: b, title: B, when: 2018-02-01}}\n"
    first, moved, dropped = (
        version(text, day).replace("activities:", members)
        for text, day in (
            (rows.format("2018-01-18"), "2017-12-04"),
            (rows.format("2018-01-19"), "2018-01-08"),
            (rows.split("\n", maxsplit=1)[1].replace("{{", "{").replace("}}", "}"), "2018-01-09"),
        )
    )
    released(kfl, first, "2017-12-04")
    released(kfl, moved, "2018-01-08")
    kfl("notes", "-o", "flyttet")
    assert sorted(path.stem for path in (tmp_path / "flyttet").glob("for-*.txt")) == ["for-alle", "for-styrer"]
    assert described(kfl, "--ics", "--for", "styrer") == {"Fagdag": "Flyttet fra torsdag 18. januar 2018 (uke 3)"}

    released(kfl, dropped, "2018-01-09")

    cancelled = {"AVLYST: Fagdag": (2, "2018-01-09", "CANCELLED")}
    for selection in (["--for", "styrer"], ["--audience", "alle"], ["--category", "fag"]):
        assert events(kfl("export", "--ics", *selection).out) == cancelled
    assert kfl("diff", "release:2018-01-08", "--for", "styrer").out == (
        "Fagdag\n  Avlyst: fredag 19. januar 2018 (uke 3)\n"
    )
    assert kfl("export", "--ics", "--for", "sepu").out.count("BEGIN:VEVENT") == 0
