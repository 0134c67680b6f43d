"""The site: what pages and calendars there are, that links lead somewhere, and that nothing of others is touched."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kfl_cli.machine.file import beside
from kfl_cli.machine.folder import MANIFEST, TakenError, put
from tests.conftest import WITHOUT_COVERAGE, Result, needs_strace
from tests.plans import HEAD, many, plan_text

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
    - {for: hamar-stange, when: 19.1.2018 kl. 09.00–15.00, location: Hamar}
- {id: rapport, title: Rapport, when: senest 16.5.2018, region: nord, responsible: [styrer], audience: [sepu]}
"""
PLAN = plan_text(ROWS, HEAD)


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def texts(files: dict[str, bytes]) -> dict[str, Callable[[], bytes]]:
    return {name: partial(bytes, data) for name, data in files.items()}


def build(kfl: Callable[..., Result], *arguments: str, plan: str | None = None) -> str:
    result = kfl("--lang", "en", "build", "-o", "ut", *arguments, plan=plan)
    assert (result.code, result.err) == (0, "")
    return result.out


# --- kfl build --------------------------------------------------------------------------------------------------------


def test_site_has_a_page_and_a_calendar_for_each_reader_that_has_anything(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    assert build(kfl, plan=PLAN) == "ut: 29 files are new or changed, 0 are as before, 0 are removed\n"

    pages = sorted(path.stem for path in (tmp_path / "ut").glob("*.html"))
    assert pages == [
        "endringer",
        "for-sepu",
        "for-styrer",
        "index",
        "kalender",
        "region-hamar-stange",
        "region-hamar-stange.for-sepu",
        "region-hamar-stange.for-styrer",
        "region-hedmarken",
        "region-hedmarken.for-sepu",
        "region-hedmarken.for-styrer",
        "region-nord",
        "region-nord.for-sepu",
        "region-nord.for-styrer",
        "utskrift",
    ]


def test_page_and_calendar_of_a_part_are_the_export_of_the_same_selection(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    build(kfl, plan=PLAN)

    alone = kfl("--lang", "en", "export", "--ics", "--region", "nord", "--for", "styrer").out
    assert (tmp_path / "ut" / "region-nord.for-styrer.ics").read_bytes().decode() == alone
    assert (tmp_path / "ut" / "plan.json").read_bytes().decode() == kfl("--lang", "en", "export", "--json").out


def test_links_are_relative_and_lead_somewhere_and_titles_are_unique(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    build(kfl, plan=PLAN)
    site = tmp_path / "ut"

    titles = []
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        titles += re.findall("<title>(.*)</title>", text)[:1]
        links = [link for link in re.findall('href="([^"#]+)"', text) if link]
        assert [link for link in links if not (site / link).is_file()] == [], page.name
        current = set(re.findall('<a href="([^"]+)" aria-current="page"', text))
        assert current == (set() if page.name == "utskrift.html" else {page.name})
    assert len(set(titles)) == len(titles)


def test_page_says_why_to_subscribe(kfl: Callable[..., Result], tmp_path: Path) -> None:
    build(kfl, plan=PLAN)

    for name in ("index.html", "kalender.html"):
        page = (tmp_path / "ut" / name).read_text(encoding="utf-8")
        assert "Google Calendar looks for changes after 8 to 24 hours, Outlook after some three hours" in page


def test_address_of_the_site_gives_links_that_subscribe(kfl: Callable[..., Result], tmp_path: Path) -> None:
    build(kfl, "--url", "https://www.example.no/plan", plan=PLAN)

    page = (tmp_path / "ut" / "for-styrer.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"#]+)"[^>]*>(?:Subscribe|Address to subscribe to|Download): Styrer<', page)
    assert links == [
        "webcal://www.example.no/plan/for-styrer.ics",
        "https://www.example.no/plan/for-styrer.ics",
        "for-styrer.ics",
    ]
    assert kfl("build", "-o", "ut", "--url", "javascript:alert(1)").code == 2


def test_second_build_touches_only_what_changed(kfl: Callable[..., Result], tmp_path: Path) -> None:
    build(kfl, plan=PLAN)
    site = tmp_path / "ut"
    (site / "robots.txt").write_text("av andre")
    (site / "bilder").mkdir()
    (site / "bilder" / "logo.svg").write_text("<svg/>")
    for path in site.iterdir():
        os.utime(path, (1, 1))

    assert build(kfl) == "ut: 0 files are new or changed, 29 are as before, 0 are removed\n"
    assert {path.stat().st_mtime for path in site.iterdir()} == {1.0}

    fewer = plan_text(ROWS[: ROWS.index("- {id: rapport")].replace("Tynset", "Alvdal"))
    said = build(kfl, plan=fewer)

    assert "are as before" in said
    assert (site / "region-hamar-stange.ics").stat().st_mtime == 1.0
    assert (site / "region-nord.ics").stat().st_mtime > 1.0
    assert (site / "bilder" / "logo.svg").read_text() == "<svg/>"
    assert names(tmp_path) == ["plan.yaml", "ut"]


def test_site_never_lies_where_the_plan_is(kfl: Callable[..., Result], tmp_path: Path) -> None:
    assert kfl("build", "-o", ".", plan=PLAN) == Result(
        2, "", "Error: . holds the plan itself; name a folder for the site alone\n"
    )
    assert names(tmp_path) == ["plan.yaml"]


def test_file_of_others_is_never_written_over(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "index.html").write_text("av andre")

    result = kfl("build", "-o", "ut", plan=PLAN)

    assert result == Result(2, "", "Error: ut/index.html is there, and kfl did not make it; name another folder\n")
    assert names(tmp_path / "ut") == ["index.html"]


def test_manifest_and_folder_of_others_are_never_replaced(kfl: Callable[..., Result], tmp_path: Path) -> None:
    site = tmp_path / "ut"
    site.mkdir()
    (site / ".kfl-site.json").write_text('{"mine": 1}')
    assert kfl("build", "-o", "ut", plan=PLAN).code == 2
    (site / ".kfl-site.json").unlink()
    build(kfl)
    (site / "index.html").unlink()
    (site / "index.html").mkdir()
    (site / "index.html" / "ta-vare").write_text("x")

    assert kfl("build", "-o", "ut").code == 2
    assert (site / "index.html" / "ta-vare").read_text() == "x"


def test_file_that_was_changed_by_hand_is_made_anew_and_that_is_said(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    build(kfl, plan=PLAN)
    (tmp_path / "ut" / "index.html").write_text("endret")

    assert kfl("build", "-o", "ut").err == "ut/index.html was changed by hand, and is made anew\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_stopped_build_leaves_nothing_behind(tmp_path: Path, number: int) -> None:
    (tmp_path / "plan.yaml").write_text(many(400, 12), encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-m", "kfl_cli", "build", "-o", "ut"], cwd=tmp_path)
    while not [path for path in tmp_path.glob(".ut.*") if len(names(path)) > 2]:
        assert process.poll() is None
        time.sleep(0.01)

    process.send_signal(number)

    assert process.wait(timeout=60) == 128 + number
    assert names(tmp_path) == ["plan.yaml"]


def test_name_that_is_too_long_is_said(kfl: Callable[..., Result], tmp_path: Path) -> None:
    long = "a" * 121
    plan = (
        PLAN.replace("nord:", f"{long}:")
        .replace("for: nord", f"for: {long}")
        .replace("region: nord", f"region: {long}")
    )
    plan = plan.replace("styrer:", f"b{long}:").replace("[styrer]", f"[b{long}]")

    result = kfl("build", "-o", "ut", plan=plan)

    assert result.err == f"Error: ut: File name too long (region-{long}.for-b{long}.html)\n"
    assert names(tmp_path) == ["plan.yaml"]


def test_site_with_many_regions_leaves_them_to_the_page_of_calendars(
    kfl: Callable[..., Result], tmp_path: Path
) -> None:
    build(kfl, plan=many(50, 45))

    page = (tmp_path / "ut" / "index.html").read_text(encoding="utf-8")
    assert "region-r1.html" not in page
    listed = (tmp_path / "ut" / "kalender.html").read_text(encoding="utf-8")
    assert '<a href="region-r1.html">Region 1</a>' in listed


def test_site_of_a_plan_with_releases_tells_the_changes(kfl: Callable[..., Result], tmp_path: Path) -> None:
    kfl("--today", "2017-12-05", "release", plan=PLAN)
    kfl("--today", "2018-01-09", "release", plan=PLAN.replace("Tynset", "Alvdal").replace("2017-12-04", "2018-01-08"))
    build(kfl)

    changes = (tmp_path / "ut" / "endringer.html").read_text(encoding="utf-8")
    assert (
        "<strong>Workshop – Nord-Østerdal, Thursday 18 January 2018 (week 3)</strong>\n"
        "<ul>\n<li>New place: Tynset → Alvdal</li>\n</ul>"
    ) in changes
    assert "SEQUENCE:1\r\n" in (tmp_path / "ut" / "region-nord.ics").read_bytes().decode()


@pytest.mark.parametrize(("visibility", "asks"), [("internal", True), ("public", False)])
def test_pages_of_an_internal_plan_ask_not_to_be_listed(
    kfl: Callable[..., Result], tmp_path: Path, visibility: str, *, asks: bool
) -> None:
    plan = PLAN.replace("  title: Prøveplan\n", f"  title: Prøveplan\n  visibility: {visibility}\n")
    (tmp_path / "før.yaml").write_text(plan.replace("Tynset", "Alvdal"), encoding="utf-8")
    build(kfl, plan=plan)
    kfl("notes", "-o", "utkast/", "før.yaml")

    pages = [*(tmp_path / "ut").glob("*.html"), *(tmp_path / "utkast").glob("*.html")]
    meta = '<meta name="robots" content="noindex">'
    assert {page.parent.name for page in pages} == {"ut", "utkast"}
    assert {meta in page.read_text(encoding="utf-8") for page in pages} == {asks}
    assert (meta in kfl("export", "--html").out) == asks


def test_public_site_holds_no_contacts(kfl: Callable[..., Result], tmp_path: Path) -> None:
    kfl("build", "-o", "ut", "--public", plan=PLAN.replace("title: Rapport", "title: Rapport til kari@example.no"))

    assert [path.name for path in (tmp_path / "ut").iterdir() if b"kari@" in path.read_bytes()] == []


# --- putting a folder in place ----------------------------------------------------------------------------------------


def test_folder_is_put_in_place_and_read_back(tmp_path: Path) -> None:
    target = tmp_path / "under" / "ut"

    placed = put(target, texts({"a.txt": b"1", "b.txt": b"2"}))

    assert (placed.written, placed.same, placed.removed) == (3, 0, 0)
    assert names(target) == [MANIFEST, "a.txt", "b.txt"]
    assert names(target.parent) == ["ut"]


def test_what_is_no_longer_made_goes_unless_others_changed_it(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}))
    (target / "b.txt").write_text("endret")

    placed = put(target, texts({"c.txt": b"3"}))

    assert (placed.written, placed.same, placed.removed, placed.kept) == (1, 1, 1, ("b.txt",))
    assert names(target) == [MANIFEST, "b.txt", "c.txt"]


def test_old_folder_stands_where_the_new_one_cannot_be_made(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    (target / "min.txt").write_text("x")

    with pytest.raises(TakenError):
        put(target, texts({"a.txt": b"2", "min.txt": b"2"}))
    with pytest.raises(OSError, match=r"[Nn]o such file|File name too long"):
        put(target, texts({"a.txt": b"2", "x" * 300: b"2"}))

    assert (target / "a.txt").read_bytes() == b"1"
    assert names(tmp_path) == ["ut"]


@pytest.mark.parametrize("platform", ["linux", "annet"])
def test_folder_keeps_links_and_permissions(tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where two folders cannot be exchanged in one step."""
    monkeypatch.setattr(sys, "platform", platform)
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    target.chmod(0o750)
    (target / "lenke").symlink_to("a.txt")

    put(target, texts({"a.txt": b"2"}))

    assert (target / "lenke").readlink().name == "a.txt"
    assert (target / "a.txt").read_bytes() == b"2"
    assert target.stat().st_mode & 0o777 == 0o750
    assert names(tmp_path) == ["ut"]


def test_what_others_put_there_goes_along_also_while_the_folder_is_made(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1", "b.txt": b"1"}))
    (target / "mappe" / "under").mkdir(parents=True)
    (target / "mappe" / "under" / "fil").write_bytes(b"x")
    (target / "lagret").write_bytes(b"gammel")

    def late() -> bytes:
        (target / "sent").write_bytes(b"sent")
        (target / "mappe" / "sent").write_bytes(b"sent")
        (target / "lagret.ny").write_bytes(b"ny")
        (target / "lagret.ny").replace(target / "lagret")
        return b"2"

    inode = (target / "mappe").stat().st_ino
    put(target, {"a.txt": late})

    assert names(target) == [MANIFEST, "a.txt", "lagret", "mappe", "sent"]
    assert names(target / "mappe") == ["sent", "under"]
    assert [(target / name).read_bytes() for name in ("a.txt", "lagret", "sent")] == [b"2", b"ny", b"sent"]
    assert (target / "mappe").stat().st_ino == inode
    assert names(tmp_path) == ["ut"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a disk")
def test_disk_that_is_mounted_in_the_folder_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    script = (
        f"set -e; kfl() {{ {sys.executable} -m kfl_cli --lang en build -o ut; }}; kfl; mkdir ut/mnt; "
        "mount -t tmpfs tmpfs ut/mnt; echo x > ut/mnt/fil; kfl || echo $?; cat ut/mnt/fil"
    )

    done = subprocess.run(["unshare", "--mount", "bash", "-c", script], cwd=tmp_path, capture_output=True, check=False)

    assert done.stdout.decode().splitlines()[1:] == ["2", "x"]
    assert done.stderr == b"Error: ut: another disk is mounted in it (mnt)\n"


@pytest.mark.parametrize("marked", [True, False])
def test_what_a_killed_run_left_is_cleared_and_nothing_of_others_is_lost(tmp_path: Path, *, marked: bool) -> None:
    """Left before the folders changed places (marked as unfinished), or after."""
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    left = beside(target, "kfl-new")
    left.mkdir()
    for name in ("a.txt", "andres"):
        (left / name).write_bytes(b"0")
    (left / MANIFEST).write_text(json.dumps({"files": {"a.txt": "x"}}))
    if marked:
        (left / ".kfl-unfinished").touch()

    put(target, texts({"a.txt": b"2"}))

    assert names(target) == [MANIFEST, "a.txt", *([] if marked else ["andres"])]
    assert ((target / "a.txt").read_bytes(), names(tmp_path)) == (b"2", ["ut"])


def left_behind(target: Path, files: dict[str, bytes]) -> Path:
    """Leave what a build leaves that is killed after the folders changed places."""
    left = beside(target, "kfl-new")
    (left / "mappe").mkdir(parents=True)
    (left / "mappe" / "fil").write_bytes(b"andres")
    for name, data in files.items():
        (left / name).write_bytes(data)
    (left / MANIFEST).write_text(json.dumps({"files": {"a.txt": "x"}}))
    return left


def test_what_others_changed_since_a_run_was_killed_is_newer(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    (target / "andres").write_bytes(b"ny")
    left_behind(target, {"andres": b"gammel", "bare her": b"x"})

    put(target, texts({"a.txt": b"2"}))

    assert (target / "andres").read_bytes() == b"ny"
    assert names(target) == [MANIFEST, "a.txt", "andres", "bare her", "mappe"]
    assert names(tmp_path) == ["ut"]


def test_what_a_killed_run_had_of_others_is_found_again_where_the_site_is_gone(tmp_path: Path) -> None:
    left_behind(tmp_path / "ut", {"andres": b"x"})

    put(tmp_path / "ut", texts({"a.txt": b"2"}))

    assert names(tmp_path / "ut") == [MANIFEST, "a.txt", "andres", "mappe"]
    assert (names(tmp_path / "ut" / "mappe"), names(tmp_path)) == (["fil"], ["ut"])


def test_folder_that_is_there_twice_after_a_run_was_killed_is_left_to_people(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    (target / "mappe").mkdir()
    left = left_behind(target, {"andres": b"x"})

    with pytest.raises(FileExistsError, match="is left from a run that was stopped; move it by hand"):
        put(target, texts({"a.txt": b"2"}))

    assert (names(left), names(target)) == ([MANIFEST, "andres", "mappe"], [MANIFEST, "a.txt", "mappe"])


@pytest.mark.parametrize("suffix", ["kfl-new", "kfl-old"])
def test_link_in_the_place_of_a_hidden_folder_is_not_followed(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "ekte").mkdir()
    (tmp_path / "ekte" / "fil").write_bytes(b"x")
    beside(tmp_path / "ut", suffix).symlink_to("ekte")

    with pytest.raises(FileExistsError, match="is in the way, and kfl did not make it"):
        put(tmp_path / "ut", texts({"a.txt": b"1"}))

    assert names(tmp_path / "ekte") == ["fil"]


@needs_strace
@pytest.mark.parametrize("exchange", ["", "-e inject=renameat2:error=EINVAL"])
def test_all_stands_as_it_was_where_what_is_of_others_cannot_be_moved(tmp_path: Path, exchange: str) -> None:
    """A folder of others that may not be moved (strace fails its rename), with and without exchange of folders."""
    put(tmp_path / "ut", texts({"a.txt": b"1"}))
    for name in ("en", "to"):
        (tmp_path / "ut" / name).mkdir()
    program = (
        "from functools import partial; from pathlib import Path; "
        "from kfl_cli.machine.folder import put; put(Path('ut'), {'a.txt': partial(bytes, b'2')})"
    )
    fault = [
        "-e",
        "trace=rename,renameat2",
        *exchange.split(),
        "-e",
        f"inject=rename:error=EACCES:when={4 if exchange else 2}",
    ]

    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", *fault, sys.executable, "-c", program],
        cwd=tmp_path,
        env=WITHOUT_COVERAGE,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, (tmp_path / "ut" / "a.txt").read_bytes()) == (1, b"1")
    assert names(tmp_path / "ut") == [MANIFEST, "a.txt", "en", "to"]
    assert names(tmp_path) == ["ut"]


@pytest.mark.parametrize("has_new", [True, False])
def test_folder_that_had_just_lost_its_name_gets_it_back(tmp_path: Path, *, has_new: bool) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    (target / "andres").write_bytes(b"x")
    target.rename(beside(target, "kfl-old"))
    if has_new:
        put(tmp_path / "annet", texts({"a.txt": b"1"}))
        (tmp_path / "annet").rename(target)

    put(target, texts({"a.txt": b"2"}))

    assert names(target) == [MANIFEST, "a.txt", "andres"]
    assert names(tmp_path) == ["ut"]


@needs_strace
def test_old_folder_gets_its_name_back_where_the_new_one_cannot_have_it(tmp_path: Path) -> None:
    """A system that cannot exchange two folders, on a disk that fails between the two steps."""
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "andres").write_bytes(b"x")
    program = (
        "import sys; sys.platform = 'annet'; from functools import partial; from pathlib import Path; "
        "from kfl_cli.machine.folder import put; put(Path('ut'), {'a.txt': partial(bytes, b'1')})"
    )
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=rename", "-e", "inject=rename:error=EIO:when=2"]

    done = subprocess.run(
        [*strace, sys.executable, "-c", program], cwd=tmp_path, env=WITHOUT_COVERAGE, capture_output=True, check=False
    )

    assert (done.returncode, names(tmp_path), names(tmp_path / "ut")) == (1, ["ut"], ["andres"])


@pytest.mark.parametrize(
    ("folder", "what"), [("..", "the plan itself"), ("under", "where you stand"), ("~", "your home")]
)
def test_folder_that_holds_more_than_a_site_is_refused(tmp_path: Path, folder: str, what: str) -> None:
    here = tmp_path / "plan" / "under" / "her"
    here.mkdir(parents=True)
    (tmp_path / "plan" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    output = {"..": "../..", "under": "..", "~": str(tmp_path / "hjem")}[folder]

    done = subprocess.run(
        [sys.executable, "-m", "kfl_cli", "build", "-o", output],
        cwd=here,
        env={**os.environ, "HOME": str(tmp_path / "hjem")},
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stderr) == (
        2,
        f"Error: {output} holds {what}; name a folder for the site alone\n",
    )


def test_manifest_that_is_a_bomb_or_a_pipe_claims_nothing(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    target.mkdir()
    (target / MANIFEST).write_text("[" * 100_000)
    with pytest.raises(TakenError):
        put(target, texts({"a.txt": b"1"}))
    (target / MANIFEST).unlink()
    os.mkfifo(target / MANIFEST)
    with pytest.raises(TakenError):
        put(target, texts({"a.txt": b"1"}))


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"files": []}', '{"files": {"a.txt": 1}}'])
def test_broken_manifest_claims_nothing(tmp_path: Path, manifest: str) -> None:
    target = tmp_path / "ut"
    put(target, texts({"a.txt": b"1"}))
    (target / MANIFEST).write_text(manifest)

    if json.loads(manifest or "[]") == {"files": {"a.txt": 1}}:
        assert put(target, texts({"b.txt": b"1"})).kept == ("a.txt",)
    else:
        for name in ("a.txt", "b.txt"):
            with pytest.raises(TakenError):
                put(target, texts({name: b"2"}))
    assert (target / "a.txt").read_bytes() == b"1"


def test_file_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("fil")

    with pytest.raises(NotADirectoryError):
        put(tmp_path / "ut", texts({"a.txt": b"1"}))
