"""``kfl release``: what it keeps in the ledger, and what it refuses."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result
from tests.releases import FIRST, ROWS, events, released, version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
        "Workshop – Hamar og Stange\n"
        "  Moved: Friday 19 January 2018 (week 3) 09:00–15:00"
        " → Monday 22 January 2018 (week 4) 09:00–15:00\n"
        "\n"
        "Møte – Hamar og Stange\n"
        "  Moved: by Thursday 18 January 2018 (week 3) → by Sunday 21 January 2018 (week 3)"
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


def test_releasing_twice_without_a_change_says_so(kfl: Callable[..., Result], tmp_path: Path) -> None:
    released(kfl, FIRST, "2017-12-05")
    lock = (tmp_path / "plan.lock").read_bytes()

    again = released(kfl, version(ROWS, "2018-01-08"), "2018-01-09")

    assert again == Result(2, "", "Error: nothing has changed since the last release\n")
    assert (tmp_path / "plan.lock").read_bytes() == lock


def test_version_must_not_be_before_the_last(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = ROWS.replace("Tynset", "Alvdal")

    assert released(kfl, version(changed, "2017-12-03"), "2018-01-09") == Result(
        2,
        "",
        "Error: version 2017-12-03 is not later than the last release, 2017-12-04; change 'version:' under 'plan:'\n",
    )
    assert released(kfl, version(changed, "2017-12-03"), "2018-01-09", "10.1.2018").code == 0


def test_further_releases_of_a_day_are_numbered(kfl: Callable[..., Result], tmp_path: Path) -> None:
    places = ["Tynset", "Alvdal", "Røros", "Rendalen"]
    plans = [version(ROWS.replace("Tynset", place), "2017-12-04") for place in places]

    done = [
        released(kfl, plan, "2017-12-04", *arguments)
        for plan, arguments in zip(plans, ([], ["--comment", "Nytt"], ["4.12.2017.3"], ["2017-12-04"]), strict=True)
    ]

    assert [result.out.splitlines()[-1].split(":")[0] for result in done] == [
        "2017-12-04 is released",
        "2017-12-04.2 is released",
        "2017-12-04.3 is released",
        "2017-12-04.4 is released",
    ]
    assert [result.err for result in done] == ["", "", "", ""]
    lock = (tmp_path / "plan.lock").read_text(encoding="utf-8")
    assert lock.splitlines()[1] == "kfl-lock: 2"
    assert re.findall("- version: (.*)", lock) == ["2017-12-04", "2017-12-04.2", "2017-12-04.3", "2017-12-04.4"]
    assert set(re.findall("sequence: (.*)", lock)) == {"0", "1", "2", "3"}
    second = kfl("diff", "release:2017-12-04", "release:4.12.2017.2", "--format", "md").out
    assert second.splitlines()[2:5] == [
        "Endret fra versjon 4. desember 2017 til versjon 4. desember 2017, nr. 2",
        "",
        "Nytt",
    ]
    assert "### Versjon 4. desember 2017, nr. 4\n" in kfl("export", "--md").out
    assert kfl("diff").err == "Ingenting er endret. Det den siste utgivelsen endret: kfl diff release:2017-12-04.3\n"


def test_number_of_a_release_is_the_next_of_its_day(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    changed = version(ROWS.replace("Tynset", "Alvdal"), "2017-12-04")

    assert released(kfl, changed, "2017-12-05", "2017-12-04.3") == Result(
        2, "", "Error: the next release of 2017-12-04 is 2017-12-04.2, not 2017-12-04.3\n"
    )
    assert released(kfl, changed, "2017-12-05", "2017-12-05.2").code == 2
    assert released(kfl, changed, "2017-12-05", "i dag").code == 2


def test_version_that_was_not_raised_is_said(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")

    result = released(kfl, version(ROWS.replace("Tynset", "Alvdal"), "2017-12-04"), "2018-01-09")

    assert result.out.endswith("2017-12-04.2 is released: 1 entry is new, changed or cancelled\n")
    assert result.err == "the version in the plan is still 2017-12-04; raise it, for readers see it\n"


def test_format_of_the_ledger_is_raised_only_for_what_is_new_in_it(kfl: Callable[..., Result], tmp_path: Path) -> None:
    plan = FIRST.replace("activities:", "categories: {faglig: {name: Faglig}}\nactivities:")
    released(kfl, plan, "2017-12-05")
    lock = (tmp_path / "plan.lock").read_text(encoding="utf-8")
    assert lock.splitlines()[1] == "kfl-lock: 1"

    released(kfl, plan.replace("id: arbeid,", "id: arbeid, category: faglig,"), "2017-12-05")
    assert (tmp_path / "plan.lock").read_text(encoding="utf-8").splitlines()[1] == "kfl-lock: 2"
    (tmp_path / "plan.lock").write_text(lock.replace("kfl-lock: 1", "kfl-lock: 3"), encoding="utf-8")
    assert "the ledger is in format 3; this kfl reads format 1, 2" in kfl("--lang", "en", "export", "--ics").err


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
    assert told == "Møte – Nord-Østerdal\n  Ny: senest onsdag 17. januar 2018 (uke 3)\n"
    assert kfl("diff", "--for", "fmhe", "--region", "nord").out == (
        "Møte – Nord-Østerdal, senest onsdag 17. januar 2018 (uke 3)\n  Ansvar: FMHE → SePU\n"
    )


SINGLE = "- {{id: a, title: A, when: {when}, responsible: [sepu]}}\n- {{id: b, title: B, when: før a}}\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            SINGLE.format(when="senest 18.1.2018 kl. 12").split("\n")[0] + "\n",
            SINGLE.format(when="senest 18.1.2018 kl. 15").split("\n")[0] + "\n",
            "A\n  Moved: by Thursday 18 January 2018 (week 3) 12:00 → by Thursday 18 January 2018 (week 3) 15:00\n",
        ),
        (
            SINGLE.format(when="vår 2018"),
            SINGLE.format(when="ikke fastsatt"),
            (
                "A\n  No date any more: spring 2018\n\n"
                "B\n  No date any more: by Sunday 31 December 2017 (week 52) (because «A» has no date any more)\n"
            ),
        ),
        (
            SINGLE.format(when="vår 2018"),
            SINGLE.format(when="vår 2018").replace("title: A", "title: Å"),
            (
                "B, by Sunday 31 December 2017 (week 52)\n  New text: før A → før Å\n\n"
                "Å, spring 2018\n  New title: «A» → «Å»\n"
            ),
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
        "Workshop – Hamar og Stange\n  Moved: Friday 19 January 2018 (week 3) 09:00–15:00 (Europe/Oslo)"
        " → Friday 19 January 2018 (week 3) 09:00–15:00 (Europe/London)\n"
    )


def test_what_has_no_date_any_more_is_cancelled_where_it_was(kfl: Callable[..., Result]) -> None:
    released(kfl, FIRST, "2017-12-05")
    released(kfl, version(ROWS.replace("våren 2018", "ikke fastsatt"), "2018-01-08"), "2018-01-09")

    assert events(kfl("export", "--ics").out)["AVLYST: Regionvis arbeid"] == (1, "2018-01-09", "CANCELLED")


def test_comment_is_a_line_that_can_be_read_back(kfl: Callable[..., Result], tmp_path: Path) -> None:
    comment = "Første\x7f\u202e\ufeff  utgave\n\udcff"

    assert released(kfl, FIRST, "2017-12-05", "--comment", comment).code == 0
    assert kfl("validate", "--select", "KFL9").out == "plan.yaml: ingenting å bemerke\n"
    assert '    comment: "Første utgave"\n' in (tmp_path / "plan.lock").read_text(encoding="utf-8")


def test_ledger_that_is_not_a_file_is_no_new_start(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "plan.lock").symlink_to("borte.lock")

    assert kfl("export", "--ics", plan=FIRST) == Result(2, "", "Error: plan.lock: No such file or directory\n")
    (tmp_path / "plan.lock").unlink()
    (tmp_path / "plan.lock").mkdir()
    assert kfl("validate") == Result(2, "", "Error: plan.lock: Is a directory\n")


def test_linked_fifo_is_no_ledger(kfl: Callable[..., Result], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "plan.lock").symlink_to("fifo")

    result = kfl("validate", plan=FIRST)

    assert (result.code, result.err) == (2, "Error: plan.lock is no file\n")


def test_two_releases_at_once_are_not_both_done(kfl: Callable[..., Result], tmp_path: Path) -> None:
    import fcntl  # noqa: PLC0415

    (tmp_path / "plan.yaml").write_text(FIRST, encoding="utf-8")
    with (tmp_path / "plan.yaml").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = kfl("release")

    assert result == Result(2, "", "Error: another release of this plan is running\n")


def test_releases_at_once_while_the_plan_is_saved_are_done_or_refused(tmp_path: Path) -> None:
    plan, lock = tmp_path / "plan.yaml", tmp_path / "plan.lock"
    plan.write_text(FIRST, encoding="utf-8")
    days = [f"2018-01-{day:02}" for day in range(1, 21)]
    command = [sys.executable, "-m", "kfl_cli", "--lang", "en", "release"]

    running = [subprocess.Popen([*command, day], cwd=tmp_path, stdout=-1, stderr=-1, text=True) for day in days]
    saved = 0
    while any(process.poll() is None for process in running):
        saved += 1
        (tmp_path / "new").write_text(FIRST.replace("Tynset", f"Sted {saved}"), encoding="utf-8")
        (tmp_path / "new").replace(plan)

    said = {day: process.communicate() for day, process in zip(days, running, strict=True)}
    done = [day for day, (out, _) in said.items() if f"{day} is released" in out]
    assert done
    assert re.findall("- version: (.*)", lock.read_text(encoding="utf-8")) == done
    refusals = [err for day, (_, err) in said.items() if day not in done]
    assert all(
        re.match("Error: (another release|version .* is not later|nothing has changed)", err) for err in refusals
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.lock", "plan.yaml"]


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
