"""``kfl diff`` and ``kfl notes``: the changes that readers see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result
from tests.plans import HEAD, plan_text
from tests.releases import FIRST, ROWS, git, released, version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


BASE = "- {{id: a, title: A, when: {when}, {more}}}\n- {{id: b, title: B, when: 2018-02-01}}\n"


PLAIN = {"when": "2018-01-18", "more": "location: Hamar, responsible: [sepu], audience: [styrer]"}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"when": "2018-01-19"}, "A\n  Moved: Thursday 18 January 2018 (week 3) → Friday 19 January 2018 (week 3)"),
        (
            {"when": "2018-01-18 09:00–10:00"},
            "A\n  Moved: Thursday 18 January 2018 (week 3) → Thursday 18 January 2018 (week 3) 09:00–10:00",
        ),
        (
            {"when": "senest 18.1.2018"},
            (
                "A, by Thursday 18 January 2018 (week 3)\n  New text:"
                " Thursday 18 January 2018 (week 3) → by Thursday 18 January 2018 (week 3)"
            ),
        ),
        ({"when": "uke 3 2018"}, "A\n  Moved: Thursday 18 January 2018 (week 3) → week 3 2018"),
        (
            {"more": PLAIN["more"].replace("Hamar", "Elverum")},
            "A, Thursday 18 January 2018 (week 3)\n  New place: Hamar → Elverum",
        ),
        (
            {"more": PLAIN["more"].replace("location: Hamar, ", "")},
            "A, Thursday 18 January 2018 (week 3)\n  New place: Hamar → no place",
        ),
        (
            {"more": PLAIN["more"].replace("[sepu]", "[fmhe]")},
            "A, Thursday 18 January 2018 (week 3)\n  Responsible: SePU → FMHE",
        ),
        (
            {"more": PLAIN["more"].replace("[styrer]", "[{party: styrer, count: 2}]")},
            "A, Thursday 18 January 2018 (week 3)\n  Audience: Styrer → Styrer (2)",
        ),
        (
            {"more": PLAIN["more"] + ", status: tentative"},
            "A, Thursday 18 January 2018 (week 3)\n  New status: confirmed → tentative",
        ),
        ({"more": PLAIN["more"] + ", status: cancelled"}, "A\n  Cancelled: Thursday 18 January 2018 (week 3), Hamar"),
        (
            {"more": PLAIN["more"] + ", question: Når?"},
            "A, Thursday 18 January 2018 (week 3)\n  Not settled: Når?",
        ),
        (
            {"more": PLAIN["more"] + ", description: Ny"},
            "A, Thursday 18 January 2018 (week 3)\n  New text: the description is new",
        ),
        (
            {"more": PLAIN["more"] + ", region: nord"},
            "A – Nord-Østerdal, Thursday 18 January 2018 (week 3)\n  Region: all regions → Nord-Østerdal",
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
        "A\n  Avlyst: vår 2018\n\nB\n  Ny: ikke fastsatt, Hamar\n"
    )


MANY = """
- id: konferanse
  title: Konferanse
  audience: [styrer]
  {question}
  sessions:
    - {{for: nord, when: {nord}, location: Tynset}}
    - {{for: hamar-stange, when: {stange}, location: {place}}}
- {{id: rapport, title: Rapport, when: etter konferanse, region: [nord, hamar-stange], responsible: [sepu]}}
- {{id: notat, title: Notat, when: {note}, responsible: [sepu]}}
"""
EARLIER = {
    "question": "question: Felles dag?",
    "nord": "ikke fastsatt",
    "stange": "vår 2018",
    "place": "Hamar",
    "note": "senest 1.2.2018",
}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            {"nord": "2018-01-18", "question": "note: Ta med PC"},
            (
                "Konferanse\n  Dato fastsatt – Nord-Østerdal: torsdag 18. januar 2018 (uke 3)\n"
                "  Avklart: Felles dag?\n  Ny tekst: ny beskrivelse\n\n"
                "Rapport – Nord-Østerdal\n"
                "  Dato fastsatt: fra fredag 19. januar 2018 (uke 3) (fordi «Konferanse» har fått dato)\n"
            ),
        ),
        (
            {"stange": "2018-02-06", "place": "Stange"},
            (
                "Konferanse – Hamar og Stange\n  Dato fastsatt: vår 2018 → tirsdag 6. februar 2018 (uke 6)\n"
                "  Nytt sted: Hamar → Stange\n\n"
                "Rapport – Hamar og Stange\n"
                "  Flyttet: fra søndag 1. juli 2018 (uke 26) → fra onsdag 7. februar 2018 (uke 6)"
                " (fordi «Konferanse» har fått dato)\n"
            ),
        ),
        (
            {"question": "status: cancelled", "place": "Stange"},
            (
                "Konferanse\n  Avlyst – Hamar og Stange: vår 2018, Hamar\n"
                "  Avlyst – Nord-Østerdal: hadde ingen dato, Tynset\n"
            ),
        ),
        ({"note": "ikke fastsatt"}, "Notat\n  Ikke lenger fastsatt: senest torsdag 1. februar 2018 (uke 5)\n"),
        (
            {"note": "senest 1.2.2018, category: fag"},
            "Notat, senest torsdag 1. februar 2018 (uke 5)\n  Kategori: ingen → Fag\n",
        ),
    ],
)
def test_changes_of_an_activity_stand_together(
    kfl: Callable[..., Result], tmp_path: Path, now: dict[str, str], told: str
) -> None:
    head = f"{HEAD}categories: {{fag: {{name: Fag}}}}\n"
    (tmp_path / "old.yaml").write_text(plan_text(MANY.format(**EARLIER), head), encoding="utf-8")

    assert kfl("diff", "old.yaml", plan=plan_text(MANY.format(**{**EARLIER, **now}), head)) == Result(0, told, "")


def test_diff_is_silent_for_those_who_are_not_touched(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(FIRST, encoding="utf-8")
    new = version(ROWS.replace("2018-01-18", "2018-01-17"), "2018-01-08")

    nord = kfl("diff", "old.yaml", "--region", "nord", "--for", "styrer", plan=new)
    assert nord.out == (
        "Workshop – Nord-Østerdal\n  Flyttet: torsdag 18. januar 2018 (uke 3) → onsdag 17. januar 2018 (uke 3)\n"
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
        "## Workshop – Hamar og Stange\n"
        "\n"
        "- **Flyttet**: fredag 19. januar 2018 (uke 3) kl. 09.00–15.00"
        " → mandag 22. januar 2018 (uke 4) kl. 09.00–15.00\n"
        "\n"
        "## Møte – Hamar og Stange\n"
        "\n"
        "- **Flyttet**: senest torsdag 18. januar 2018 (uke 3) → senest søndag 21. januar 2018 (uke 3)"
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


def test_diff_between_git_revisions_and_releases(kfl: Callable[..., Result], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    released(kfl, FIRST, "2017-12-05")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "første")
    git(tmp_path, "tag", "v1")
    moved = version(ROWS.replace("Tynset", "Alvdal"), "2018-01-08")
    released(kfl, moved, "2018-01-09")
    place = "Workshop – Nord-Østerdal, torsdag 18. januar 2018 (uke 3)\n  Nytt sted: Tynset → Alvdal\n"

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
        "Workshop – Nord-Østerdal\n"
        "- Flyttet: torsdag 18. januar 2018 (uke 3) → onsdag 17. januar 2018 (uke 3)\n"
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
