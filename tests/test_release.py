"""Releases: what the ledger keeps, how calendars follow, and what readers are told has changed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kfl_cli.dates import Kind
from kfl_cli.releases.advance import advance, standing
from kfl_cli.releases.diff import compare
from kfl_cli.releases.ledger import Ledger, Release
from kfl_cli.releases.lockfile import dump, load_ledger
from kfl_cli.releases.published_occurrence import Published, publish
from kfl_cli.text.characters import without_controls
from tests.conftest import ROOT, Result
from tests.plans import HEAD, plan_text, schedule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = """
- id: workshop
  title: Workshop
  responsible: [sepu]
  audience: [styrer]
  sessions:
    - {for: nord, when: 2018-01-18, location: Tynset}
    - {for: hamar-stange, when: 2018-01-19 09:00–15:00}
- {id: mote, title: Møte, when: før workshop, region: [nord, hamar-stange], responsible: [fmhe]}
- {id: arbeid, title: Regionvis arbeid, when: våren 2018, responsible: [sepu]}
"""


def version(rows: str, day: str) -> str:
    """Return a plan in the version of a day."""
    return plan_text(rows, HEAD.replace("2017-12-04", day))


FIRST = version(ROWS, "2017-12-04")


def released(kfl: Callable[..., Result], plan: str, day: str, *arguments: str) -> Result:
    return kfl("--today", day, "--lang", "en", "release", *arguments, plan=plan)


def events(ics: str) -> dict[str, tuple[int, str, str]]:
    """Return SEQUENCE, day of DTSTAMP and STATUS by SUMMARY, as icalendar reads them."""
    calendar: Any = icalendar.Calendar.from_ical(ics)
    return {
        str(event["SUMMARY"]): (int(event["SEQUENCE"]), f"{event['DTSTAMP'].dt:%Y-%m-%d}", str(event["STATUS"]))
        for event in calendar.walk("VEVENT")
    }


# --- kfl release ------------------------------------------------------------------------------------------------------


def test_first_release_writes_the_ledger(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = released(kfl, FIRST, "2017-12-05", "--comment", "Første utgave")

    assert result == Result(0, "2017-12-04 is released: 5 entries are new, changed or cancelled\n", "")
    lock = (tmp_path / "plan.lock").read_text(encoding="utf-8")
    digest = re.search("digest: ([0-9a-f]{32})", lock)
    assert digest is not None
    assert lock.startswith(
        "# What was published of the plan beside this file. "
        "Written by «kfl release»; keep it in git, and do not edit it.\n"
        'kfl-lock: 1\nplan: "prove"\nreleases:\n  - version: 2017-12-04\n    stamp: 20171205T000000Z\n'
        f"    digest: {digest[1]}\n"
        '    comment: "Første utgave"\noccurrences:\n'
    )
    assert re.findall(r'^      id: "(.*)"$', lock, re.MULTILINE) == [
        "arbeid",
        "mote/hamar-stange",
        "mote/nord",
        "workshop/hamar-stange",
        "workshop/nord",
    ]


def test_sequence_grows_where_readers_see_a_change_and_nowhere_else(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    second = version(ROWS.replace("2018-01-18", "18. januar 2018").replace("2018-01-19", "2018-01-22"), "2018-01-08")

    result = released(kfl, second, "2018-01-09")

    assert result.out == (
        "Moved\n"
        "  Workshop – Hamar og Stange: Friday 19 January 2018 (week 3) 09:00–15:00"
        " → Monday 22 January 2018 (week 4) 09:00–15:00\n"
        "  Møte – Hamar og Stange: by Thursday 18 January 2018 (week 3) → by Sunday 21 January 2018 (week 3)"
        " (because «Workshop» has moved)\n"
        "\n"
        "2018-01-08 is released: 2 entries are new, changed or cancelled\n"
    )
    assert events(kfl("export", "--ics").out) == {
        "Våren 2018: Regionvis arbeid": (0, "2017-12-05", "CONFIRMED"),
        "Workshop – Nord-Østerdal": (0, "2017-12-05", "CONFIRMED"),
        "Frist: Møte – Nord-Østerdal": (0, "2017-12-05", "CONFIRMED"),
        "Workshop – Hamar og Stange": (1, "2018-01-09", "CONFIRMED"),
        "Frist: Møte – Hamar og Stange": (1, "2018-01-09", "CONFIRMED"),
    }


def test_dropped_is_cancelled_for_a_year_of_versions_and_what_returns_counts_on(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    dropped = ROWS[: ROWS.index("- {id: arbeid")]
    released(kfl, FIRST, "2017-12-05")

    released(kfl, version(dropped, "2018-01-08"), "2018-01-09")
    assert events(kfl("export", "--ics").out)["AVLYST: Regionvis arbeid"] == (1, "2018-01-09", "CANCELLED")
    lock = (tmp_path / "plan.lock").read_bytes()

    released(kfl, version(ROWS, "2018-02-01"), "2018-02-01")
    assert events(kfl("export", "--ics").out)["Våren 2018: Regionvis arbeid"] == (2, "2018-02-01", "CONFIRMED")

    (tmp_path / "plan.lock").write_bytes(lock)
    moved = dropped.replace("location: Tynset", "location: Alvdal")
    released(kfl, version(moved, "2019-01-07"), "2019-01-07")
    assert "AVLYST: Regionvis arbeid" in events(kfl("export", "--ics").out)

    released(kfl, version(dropped, "2019-01-08"), "2019-01-08")
    assert "AVLYST: Regionvis arbeid" not in events(kfl("export", "--ics").out)

    released(kfl, version(ROWS, "2019-01-09"), "2019-01-09")
    assert events(kfl("export", "--ics").out)["Våren 2018: Regionvis arbeid"] == (2, "2019-01-09", "CONFIRMED")


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


def test_releasing_twice_without_a_change_says_so(kfl: Callable[..., Result], tmp_path: Path) -> None:
    released(kfl, FIRST, "2017-12-05")
    lock = (tmp_path / "plan.lock").read_bytes()

    again = released(kfl, version(ROWS, "2018-01-08"), "2018-01-09")

    assert again == Result(2, "", "Error: nothing has changed since the last release\n")
    assert (tmp_path / "plan.lock").read_bytes() == lock


def test_version_must_be_later_than_the_last(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = ROWS.replace("Tynset", "Alvdal")

    assert released(kfl, version(changed, "2017-12-04"), "2018-01-09").err == (
        "Error: version 2017-12-04 is not later than the last release, 2017-12-04; change 'version:' under 'plan:'\n"
    )
    assert released(kfl, version(changed, "2017-12-04"), "2018-01-09", "10.1.2018").code == 0


def test_plan_without_version_needs_one(kfl: Callable[..., Result]) -> None:
    plan = FIRST.replace("  version: 2017-12-04\n", "")

    assert released(kfl, plan, "2018-01-09").code == 2
    assert released(kfl, plan, "2018-01-09", "2018-01-09").out.startswith("2018-01-09 is released")


def test_errors_and_open_questions_are_not_released(kfl: Callable[..., Result], tmp_path: Path) -> None:
    open_ = FIRST.replace("location: Tynset", "location: Tynset, question: Passer dagen?")

    assert released(kfl, FIRST.replace("våren 2018", "vååren 2018"), "2017-12-05").code == 1
    assert released(kfl, open_, "2017-12-05") == Result(
        1,
        "",
        "plan.yaml:25: Workshop: Passer dagen?\n"
        "1 question is open; settle what is open, or release with --allow-open\n",
    )
    assert not (tmp_path / "plan.lock").exists()
    assert released(kfl, open_, "2017-12-05", "--allow-open").code == 0


def test_dry_run_shows_and_writes_nothing(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = released(kfl, FIRST, "2017-12-05", "--dry-run")

    assert result.out == "2017-12-04 would be released: 5 entries are new, changed or cancelled\n"
    assert not (tmp_path / "plan.lock").exists()


def test_renamed_activity_is_warned_of_and_kept_with_uid(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    renamed = version(ROWS.replace("id: arbeid", "id: regionarbeid"), "2018-01-08")
    kept = renamed.replace("id: regionarbeid", "id: regionarbeid, uid: arbeid")

    warned = released(kfl, renamed, "2018-01-09", "--dry-run")
    assert "KFL905 renamed: «regionarbeid» is new, and «arbeid» is gone: renamed?" in warned.err
    result = kfl("--lang", "en", "diff", plan=kept)
    assert (result.out, result.err) == ("", "Nothing has changed.\n")


def test_renaming_with_uid_is_no_change_to_readers(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    kept = ROWS.replace("id: arbeid", "id: regionarbeid, uid: arbeid")

    assert released(kfl, version(kept, "2018-01-08"), "2018-01-09").code == 2
    moved = released(kfl, version(kept.replace("Tynset", "Alvdal"), "2018-01-08"), "2018-01-09")
    assert moved.out.endswith("2018-01-08 is released: 1 entry is new, changed or cancelled\n")
    assert events(kfl("export", "--ics").out)["Våren 2018: Regionvis arbeid"] == (0, "2017-12-05", "CONFIRMED")


def test_what_begins_to_concern_a_reader_is_new_to_them(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("responsible: [fmhe]", "responsible: [sepu]"), "2018-01-08")

    told = kfl("diff", "--for", "sepu", "--region", "nord", plan=changed).out
    assert told == "Ny\n  Møte – Nord-Østerdal: senest onsdag 17. januar 2018 (uke 3)\n"
    assert kfl("diff", "--for", "fmhe", "--region", "nord").out == (
        "Nye ansvarlige eller ny målgruppe\n"
        "  Møte – Nord-Østerdal, senest onsdag 17. januar 2018 (uke 3): Ansvar: FMHE → SePU\n"
    )


def test_unreleased_are_counted_for_the_reader(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")

    assert kfl("export", "--ics", "--region", "Hamar", plan=changed).err == ""
    assert kfl("export", "--ics", "--region", "nord").err != ""


def test_diff_after_a_release_says_how_to_see_what_it_changed(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    released(kfl, version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08"), "2018-01-09", "--comment", "Nytt sted")

    assert kfl("--lang", "en", "diff").err == (
        "Nothing has changed. What the last release changed: kfl diff release:2017-12-04\n"
    )
    assert "\n\nNytt sted\n\n" in kfl("diff", "release:2017-12-04", "--format", "md").out


def test_diff_before_the_version_is_raised_counts_from_the_released_one(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")

    markdown = kfl("diff", "--format", "md", plan=version(ROWS.replace("Tynset", "Alvdal"), "2017-12-04")).out
    assert markdown.splitlines()[2] == "Endret siden versjon 4. desember 2017"


SINGLE = "- {{id: a, title: A, when: {when}, responsible: [sepu]}}\n- {{id: b, title: B, when: før a}}\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            SINGLE.format(when="senest 18.1.2018 kl. 12").split("\n")[0] + "\n",
            SINGLE.format(when="senest 18.1.2018 kl. 15").split("\n")[0] + "\n",
            "Moved\n  A: by Thursday 18 January 2018 (week 3) 12:00 → by Thursday 18 January 2018 (week 3) 15:00\n",
        ),
        (
            SINGLE.format(when="vår 2018"),
            SINGLE.format(when="ikke fastsatt"),
            (
                "Moved\n  A: spring 2018 → not fixed\n"
                "  B: by Sunday 31 December 2017 (week 52) → not fixed (because «A» has moved)\n"
            ),
        ),
        (
            SINGLE.format(when="vår 2018"),
            SINGLE.format(when="vår 2018").replace("title: A", "title: Å"),
            "New text\n  B, by Sunday 31 December 2017 (week 52): før A → før Å\n  Å, spring 2018: «A» → «Å»\n",
        ),
    ],
)
def test_release_tells_what_readers_see(kfl: Callable[..., Result], before: str, after: str, told: str) -> None:
    released(kfl, version(before, "2017-12-04"), "2017-12-05")

    assert released(kfl, version(after, "2018-01-08"), "2018-01-09").out.split("\n2018-01-08")[0] == told


def test_time_zone_is_part_of_a_clock_time(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    london = version(ROWS, "2018-01-08").replace("  version:", "  timezone: Europe/London\n  version:")

    assert released(kfl, london, "2018-01-09").out.startswith(
        "Moved\n  Workshop – Hamar og Stange: Friday 19 January 2018 (week 3) 09:00–15:00 (Europe/Oslo)"
        " → Friday 19 January 2018 (week 3) 09:00–15:00 (Europe/London)\n"
    )


def test_what_has_no_date_any_more_is_cancelled_where_it_was(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    released(kfl, version(ROWS.replace("våren 2018", "ikke fastsatt"), "2018-01-08"), "2018-01-09")

    assert events(kfl("export", "--ics").out)["AVLYST: Regionvis arbeid"] == (1, "2018-01-09", "CANCELLED")


def test_dropped_todos_are_cancelled(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    rows = re.sub(r"- \{id: mote.*\n", "", ROWS)
    released(kfl, version(rows, "2018-01-08"), "2018-01-09")

    calendar: Any = icalendar.Calendar.from_ical(kfl("export", "--todo", "--region", "nord").out)

    assert [(str(todo["SUMMARY"]), str(todo["STATUS"]), int(todo["SEQUENCE"])) for todo in calendar.walk("VTODO")] == [
        ("Møte – Nord-Østerdal", "CANCELLED", 1)
    ]


def test_readers_of_a_group_that_is_no_more_learn_what_was_dropped(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    rows = ROWS.replace("    - {for: hamar-stange, when: 2018-01-19 09:00–15:00}\n", "").replace(", hamar-stange]", "]")
    fewer = version(rows, "2018-01-08")
    fewer = "".join(line for line in fewer.splitlines(keepends=True) if "hamar-stange:" not in line)
    released(kfl, fewer, "2018-01-09")

    titles = list(events(kfl("export", "--ics", "--region", "hedmarken").out))
    assert "AVLYST: Workshop – Hamar og Stange" in titles


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
    a_year_later = version(for_others.replace("Tynset", "Alvdal"), "2019-01-09")
    assert sorted(before - site_of(kfl, tmp_path, a_year_later, "2019-01-09")) == [
        f"{stem}for-fmhe.{suffix}"
        for stem in ("", "region-hamar-stange.", "region-hedmarken.", "region-nord.")
        for suffix in ("html", "ics")
    ]


def test_comment_is_a_line_that_can_be_read_back(kfl: Callable[..., Result], tmp_path: Path) -> None:
    comment = "Første\x7f\u202e\ufeff  utgave\n\udcff"

    assert released(kfl, FIRST, "2017-12-05", "--comment", comment).code == 0
    assert kfl("validate", "--select", "KFL9").out == "plan.yaml: ingenting å bemerke\n"
    assert '    comment: "Første utgave"\n' in (tmp_path / "plan.lock").read_text(encoding="utf-8")


def test_public_export_cleans_comments(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")
    released(kfl, changed, "2018-01-09", "--comment", "Ring 62 43 00 00")

    assert "Ring (utelatt)" in kfl("export", "--public", "--md").out


def test_ledger_that_is_not_a_file_is_no_new_start(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "plan.lock").symlink_to("borte.lock")

    assert kfl("export", "--ics", plan=FIRST) == Result(2, "", "Error: plan.lock: No such file or directory\n")
    (tmp_path / "plan.lock").unlink()
    (tmp_path / "plan.lock").mkdir()
    assert kfl("validate") == Result(2, "", "Error: plan.lock: Is a directory\n")


def test_two_releases_at_once_are_not_both_done(kfl: Callable[..., Result], tmp_path: Path) -> None:
    import fcntl  # noqa: PLC0415

    (tmp_path / "plan.yaml").write_text(FIRST, encoding="utf-8")
    with (tmp_path / "plan.yaml").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = kfl("release")

    assert result == Result(2, "", "Error: another release of this plan is running\n")


def test_another_plan_is_not_compared(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(FIRST.replace("id: prove", "id: annen"), encoding="utf-8")

    assert kfl("diff", "old.yaml", plan=FIRST).err == "Error: old.yaml is another plan: its id is 'annen'\n"


def test_the_ledger_itself_is_never_an_output(kfl: Callable[..., Result], tmp_path: Path) -> None:
    released(kfl, FIRST, "2017-12-05")
    lock = (tmp_path / "plan.lock").read_bytes()

    assert kfl("export", "--md", "-o", "plan.lock").code == 2
    assert (tmp_path / "plan.lock").read_bytes() == lock


@pytest.mark.parametrize("command", [["export", "--ics"], ["release"], ["diff"], ["notes", "-o", "ut"]])
def test_damaged_ledger_stops_what_rests_on_it(kfl: Callable[..., Result], tmp_path: Path, command: list[str]) -> None:
    released(kfl, FIRST, "2017-12-05")
    lock = tmp_path / "plan.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace("Tynset", "Alvdal"), encoding="utf-8")
    damaged = lock.read_bytes()

    result = kfl("--lang", "en", *command)

    assert (result.code, result.out) == (1, "")
    assert "error KFL903 damaged-lock: what stands here of «workshop/nord» was changed" in result.err
    assert kfl("upcoming").code == 0
    assert lock.read_bytes() == damaged


def test_release_that_is_killed_leaves_the_old_ledger_or_the_new_one(tmp_path: Path) -> None:
    many = "".join(f"- {{id: a{n}, title: A, when: 2018-01-{n % 28 + 1:02}}}\n" for n in range(1500))
    plan, lock = tmp_path / "plan.yaml", tmp_path / "plan.lock"
    release = [sys.executable, "-m", "kfl_cli", "--today", "2018-01-09", "release"]
    plan.write_text(version(many, "2017-12-04"), encoding="utf-8")
    subprocess.run(release, cwd=tmp_path, check=True, capture_output=True)
    old = lock.read_bytes()
    plan.write_text(version(many.replace("title: A", "title: B"), "2018-01-08"), encoding="utf-8")
    start = time.monotonic()
    subprocess.run(release, cwd=tmp_path, check=True, capture_output=True)
    whole, new = time.monotonic() - start, lock.read_bytes()

    for step in range(10):
        lock.write_bytes(old)
        process = subprocess.Popen(release, cwd=tmp_path, stdout=subprocess.DEVNULL)
        time.sleep(whole * (step + 1) / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert lock.read_bytes() in {old, new}


# --- exports read the ledger ------------------------------------------------------------------------------------------


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
        "- Flyttet: **Workshop – Nord-Østerdal**: torsdag 18. januar 2018 (uke 3) → onsdag 17. januar 2018 (uke 3)\n"
        "- Flyttet: **Møte – Nord-Østerdal**: senest onsdag 17. januar 2018 (uke 3)"
        " → senest tirsdag 16. januar 2018 (uke 3) (fordi «Workshop» er flyttet)\n"
        "- Nytt sted: **Workshop – Nord-Østerdal, onsdag 17. januar 2018 (uke 3)**: Tynset → A\\|B <b>\n"
    ).replace("<b>", "\\<b>")
    label = "<strong>Workshop – Nord-Østerdal, onsdag 17. januar 2018 (uke 3)</strong>"
    assert f"<li>Nytt sted: {label}: Tynset → A|B &lt;b&gt;</li>" in page
    assert "Endringer" not in kfl("export", "--md", "--region", "Hamar").out


def test_renamed_to_the_same_uid_is_one_occurrence() -> None:
    before = publish(schedule("- {id: a, title: A, when: 2018-01-18}"))
    after = publish(schedule("- {id: b, uid: a, title: A, when: 2018-01-18}"))

    assert list(before) == list(after)
    assert compare(before, after) == []


# --- kfl diff ---------------------------------------------------------------------------------------------------------

BASE = "- {{id: a, title: A, when: {when}, {more}}}\n- {{id: b, title: B, when: 2018-02-01}}\n"
PLAIN = {"when": "2018-01-18", "more": "location: Hamar, responsible: [sepu], audience: [styrer]"}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"when": "2018-01-19"}, "Moved\n  A: Thursday 18 January 2018 (week 3) → Friday 19 January 2018 (week 3)"),
        (
            {"when": "2018-01-18 09:00–10:00"},
            "Moved\n  A: Thursday 18 January 2018 (week 3) → Thursday 18 January 2018 (week 3) 09:00–10:00",
        ),
        (
            {"when": "senest 18.1.2018"},
            (
                "New text\n  A, by Thursday 18 January 2018 (week 3):"
                " Thursday 18 January 2018 (week 3) → by Thursday 18 January 2018 (week 3)"
            ),
        ),
        ({"when": "uke 3 2018"}, "Moved\n  A: Thursday 18 January 2018 (week 3) → week 3 2018"),
        (
            {"more": PLAIN["more"].replace("Hamar", "Elverum")},
            "New place\n  A, Thursday 18 January 2018 (week 3): Hamar → Elverum",
        ),
        (
            {"more": PLAIN["more"].replace("location: Hamar, ", "")},
            "New place\n  A, Thursday 18 January 2018 (week 3): Hamar → no place",
        ),
        (
            {"more": PLAIN["more"].replace("[sepu]", "[fmhe]")},
            "New people\n  A, Thursday 18 January 2018 (week 3): Responsible: SePU → FMHE",
        ),
        (
            {"more": PLAIN["more"].replace("[styrer]", "[{party: styrer, count: 2}]")},
            "New people\n  A, Thursday 18 January 2018 (week 3): Audience: Styrer → Styrer (2)",
        ),
        (
            {"more": PLAIN["more"] + ", status: tentative"},
            "New status\n  A, Thursday 18 January 2018 (week 3): confirmed → tentative",
        ),
        ({"more": PLAIN["more"] + ", status: cancelled"}, "Cancelled\n  A: Thursday 18 January 2018 (week 3), Hamar"),
        (
            {"more": PLAIN["more"] + ", question: Når?"},
            "New text\n  A, Thursday 18 January 2018 (week 3): Not settled: Når?",
        ),
        (
            {"more": PLAIN["more"] + ", description: Ny"},
            "New text\n  A, Thursday 18 January 2018 (week 3): the description is new",
        ),
        (
            {"more": PLAIN["more"] + ", region: nord"},
            "New text\n  A – Nord-Østerdal, Thursday 18 January 2018 (week 3): Region: all regions → Nord-Østerdal",
        ),
    ],
)
def test_diff_names_each_kind_of_change(
    kfl: Callable[..., Result], tmp_path: Path, change: dict[str, str], line: str
) -> None:
    (tmp_path / "old.yaml").write_text(plan_text(BASE.format(**PLAIN)), encoding="utf-8")

    result = kfl("--lang", "en", "diff", "old.yaml", plan=plan_text(BASE.format(**{**PLAIN, **change})))

    assert result == Result(0, f"{line}\n", "")


def test_diff_tells_new_and_dropped_most_important_first(kfl: Callable[..., Result], tmp_path: Path) -> None:
    old, new = "- {id: a, title: A, when: vår 2018}\n", "- {id: b, title: B, when: ikke fastsatt, location: Hamar}\n"
    (tmp_path / "old.yaml").write_text(plan_text(old), encoding="utf-8")

    assert kfl("diff", "old.yaml", "plan.yaml", plan=plan_text(new)).out == (
        "Avlyst\n  A: vår 2018\n\nNy\n  B: ikke fastsatt, Hamar\n"
    )


def test_diff_is_silent_for_those_who_are_not_touched(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(FIRST, encoding="utf-8")
    new = version(ROWS.replace("2018-01-18", "2018-01-17"), "2018-01-08")

    nord = kfl("diff", "old.yaml", "--region", "nord", "--for", "styrer", plan=new)
    assert nord.out == (
        "Flyttet\n  Workshop – Nord-Østerdal: torsdag 18. januar 2018 (uke 3) → onsdag 17. januar 2018 (uke 3)\n"
    )
    assert kfl("diff", "old.yaml", "--region", "Hamar") == Result(0, "", "Ingenting er endret.\n")


def test_diff_as_markdown_html_and_json(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(FIRST, encoding="utf-8")
    new = version(ROWS.replace("2018-01-19 09:00–15:00", "2018-01-22 09:00–15:00"), "2018-01-08")
    arguments = ("diff", "old.yaml", "--region", "Stange")

    markdown = kfl(*arguments, "--format", "md", plan=new).out
    page = kfl(*arguments, "--format", "html").out
    document = json.loads(kfl(*arguments, "--format", "json").out)

    assert markdown == (
        "# Endringer i Prøveplan – Stange\n"
        "\n"
        "Endret fra versjon 4. desember 2017 til versjon 8. januar 2018\n"
        "\n"
        "## Flyttet\n"
        "\n"
        "- **Workshop – Hamar og Stange**: fredag 19. januar 2018 (uke 3) kl. 09.00–15.00"
        " → mandag 22. januar 2018 (uke 4) kl. 09.00–15.00\n"
        "- **Møte – Hamar og Stange**: senest torsdag 18. januar 2018 (uke 3) → senest søndag 21. januar 2018 (uke 3)"
        " (fordi «Workshop» er flyttet)\n"
    )
    assert '<html lang="nb">' in page
    assert page.count("<li>") == 2
    assert [document["from"], document["to"]] == ["old.yaml", "plan.yaml"]
    assert [(each["kind"], each["id"], each.get("because")) for each in document["changes"]] == [
        ("moved", "workshop/hamar-stange", None),
        ("moved", "mote/hamar-stange", "workshop"),
    ]
    assert document["changes"][0]["scope"] == {"id": "hamar-stange", "name": "Hamar og Stange"}
    assert document["changes"][0]["after"]["start"] == "2018-01-22T09:00:00+01:00"
    assert document["changes"][1]["before"]["end"] == "2018-01-18"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=kfl", "-c", "user.email=kfl@example.no")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_diff_between_git_revisions_and_releases(kfl: Callable[..., Result], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    released(kfl, FIRST, "2017-12-05")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "første")
    git(tmp_path, "tag", "v1")
    moved = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")
    released(kfl, moved, "2018-01-09")
    place = "Nytt sted\n  Workshop – Nord-Østerdal, torsdag 18. januar 2018 (uke 3): Tynset → Alvdal\n"

    assert kfl("diff", "HEAD").out == place
    assert kfl("diff", "v1", "plan.yaml").out == place
    assert kfl("diff", "release:2017-12-04", "release:2018-01-08").out == place
    assert kfl("diff", "release:4.12.2017").out == place
    assert kfl("diff", "release:2018-01-08", "v1").out == place.replace("Tynset → Alvdal", "Alvdal → Tynset")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "the plan was never released: name what to compare with, or release it with 'kfl release'"),
        (["HEAD~3"], "HEAD~3: there is no such file, and no git revision with plan.yaml"),
        (["--", "--output=evil"], "--output=evil: there is no such file, and no git revision with plan.yaml"),
        (["release:2017-12-04"], "there is no release:2017-12-04; the releases are: none"),
        ([""], ": there is no such file, and no git revision with plan.yaml"),
        (["x" * 300], f"{'x' * 300}: there is no such file, and no git revision with plan.yaml"),
        (["^HEAD"], "^HEAD: there is no such file, and no git revision with plan.yaml"),
        (["release:i går"], "there is no release:i går; the releases are: none"),
    ],
)
def test_diff_with_what_is_not_there(
    kfl: Callable[..., Result], tmp_path: Path, arguments: list[str], error: str
) -> None:
    assert kfl("diff", *arguments, plan=FIRST) == Result(2, "", f"Error: {error}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.yaml"]


def test_diff_with_a_plan_that_has_errors(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(FIRST.replace("våren", "vååren"), encoding="utf-8")

    result = kfl("--lang", "en", "diff", "old.yaml", plan=FIRST)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("old.yaml:28:49: error KFL301")


# --- kfl notes --------------------------------------------------------------------------------------------------------


def test_notes_are_for_those_whom_the_changes_concern(kfl: Callable[..., Result], tmp_path: Path) -> None:
    released(kfl, FIRST.replace("  version:", "  contact: Kari, post@example.no\n  version:"), "2017-12-05")
    moved = version(ROWS.replace("2018-01-18", "2018-01-17"), "2018-01-08")
    moved = moved.replace("  version:", "  contact: Kari, post@example.no\n  version:")

    before = kfl("notes", "-o", "utkast", plan=moved)
    assert sorted(path.name for path in (tmp_path / "utkast").iterdir()) == [
        "for-fmhe.html",
        "for-fmhe.txt",
        "for-sepu.html",
        "for-sepu.txt",
        "for-styrer.html",
        "for-styrer.txt",
        "region-nord.html",
        "region-nord.txt",
    ]
    assert (tmp_path / "utkast" / "for-styrer.txt").read_text(encoding="utf-8") == (
        "Endringer i Prøveplan – Styrer\n"
        "\n"
        "Endret fra versjon 4. desember 2017 til versjon 8. januar 2018:\n"
        "\n"
        "Flyttet\n"
        "- Workshop – Nord-Østerdal: torsdag 18. januar 2018 (uke 3) → onsdag 17. januar 2018 (uke 3)\n"
        "\n"
        "Kontakt: Kari, post@example.no\n"
    )
    released(kfl, moved, "2018-01-09")
    after = kfl("notes", "-o", "etter")
    assert after.err.replace("etter", "utkast") == before.err
    for name in ("for-fmhe.txt", "region-nord.html"):
        assert (tmp_path / "etter" / name).read_bytes() == (tmp_path / "utkast" / name).read_bytes()


def test_notes_never_mix_with_old_ones(kfl: Callable[..., Result], tmp_path: Path) -> None:
    released(kfl, FIRST, "2017-12-05")
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "gammel.txt").write_text("x")

    assert kfl("notes", "-o", "ut").code == 2
    assert kfl("notes", "-o", "ny").err == "Ingenting er endret.\n"
    assert kfl("notes", "-o", "plan.yaml").code == 2


# --- the ledger as a value --------------------------------------------------------------------------------------------

STAMP = datetime(2018, 1, 9, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(without_controls)
"""As what is read of a plan: without what nobody sees."""
UIDS = st.sampled_from([f"{number:08}-0000-5000-8000-000000000000" for number in range(4)])
ITEMS = st.builds(
    Published,
    id=st.just(""),
    title=TEXTS,
    kind=st.sampled_from(Kind),
    status=st.sampled_from(["confirmed", "tentative", "cancelled"]),
    start=st.sampled_from(["", "2018-01-18"]),
    end=st.sampled_from(["", "2018-01-19"]),
    after=st.lists(st.sampled_from(["a", "b"]), max_size=2).map(tuple),
    scopes=st.lists(st.tuples(st.sampled_from(["nord", "sor"]), TEXTS), max_size=2).map(tuple),
    text=TEXTS,
)


def with_ids(items: dict[str, Published]) -> dict[str, Published]:
    return {uid: replace(item, id=f"id-{uid[:8]}") for uid, item in items.items()}


STATES = st.lists(st.dictionaries(UIDS, ITEMS).map(with_ids), min_size=1, max_size=4)


def ledger_of(states: list[dict[str, Published]]) -> Ledger:
    ledger = Ledger("prove")
    for number, state in enumerate(states):
        ledger = advance(
            ledger, state, Release(date(2018, 1, number + 1), STAMP.replace(day=number + 1), f"nr. {number}")
        )
    return ledger


@given(STATES)
def test_ledger_is_read_back_as_it_was(states: list[dict[str, Published]]) -> None:
    ledger = ledger_of(states)

    assert load_ledger(dump(ledger), "prove") == (ledger, [])
    assert ledger.current == states[-1]
    seen = [{uid: item.visible for uid, item in ledger.at(release.version).items()} for release in ledger.releases]
    assert seen == [{uid: item.visible for uid, item in state.items()} for state in states]


@given(STATES)
def test_sequences_only_grow_and_only_by_one(states: list[dict[str, Published]]) -> None:
    for uid, history in ledger_of(states).histories.items():
        assert [state.sequence for state in history] == list(range(len(history)))
        seen = [state[uid].visible if uid in state else None for state in states]
        changes = [now for before, now in zip([None, *seen], seen, strict=False) if now != before]
        assert len(history) == len(changes)


@given(STATES)
def test_releasing_again_changes_nothing(states: list[dict[str, Published]]) -> None:
    ledger = ledger_of(states)

    again = standing(ledger, states[-1], None)

    assert again.unreleased == ()
    assert again.states == {uid: history[-1] for uid, history in ledger.histories.items()}


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_no_bytes_break_the_reader(noise: bytes, at: int) -> None:
    whole = dump(ledger_of([publish(schedule("- {id: a, title: A, when: 2018-01-18}"))]))
    cut = at % len(whole)

    for data in (noise, whole[:cut], whole[:cut] + noise + whole[cut:]):
        ledger, found = load_ledger(data, "prove")
        assert (ledger is None) is bool(found)
        assert all(each.rule.code in {"KFL901", "KFL902", "KFL903"} and each.in_lock for each in found)


def test_real_plan_round_trips_through_its_ledger() -> None:
    from kfl_cli.pipeline import run  # noqa: PLC0415

    found = run((ROOT / "plan.yaml").read_bytes()).schedule
    assert found is not None
    ledger = advance(Ledger(found.plan.id), publish(found), Release(date(2017, 12, 4), STAMP))

    assert load_ledger(dump(ledger), found.plan.id) == (ledger, [])
