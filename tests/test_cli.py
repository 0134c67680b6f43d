"""The command line as its users meet it: every run is a process of its own."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kfl_cli.cli import COMMANDS
from kfl_cli.findings.rules.catalogue import RULES
from tests.conftest import ROOT, Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = (ROOT / "plan.yaml").read_bytes()
SMALL = plan_text("""
- {id: samling, title: Samling, when: 2018-01-18, location: Hamar, responsible: [sepu], audience: [styrer]}
- {id: lese, title: Lese, when: januar 2018}
- {id: frist, title: Levere, when: senest 19.1.2018, status: tentative}
- {id: avlyst, title: Tur, when: 2018-03-01, status: cancelled}
""")
GOOD = plan_text("- {id: lese, title: Lese, when: januar 2018, responsible: [sepu, fmhe], audience: [styrer]}")
BROKEN = plan_text("- {id: a, title: A, when: høsst 2017}\n- {id: b, title: B, when: 8/9, location: ''}")


# --- validate ---------------------------------------------------------------------------------------------------------


def test_validate_of_a_good_plan(kfl: Callable[..., Result]) -> None:
    assert kfl("validate", plan=GOOD) == Result(0, "plan.yaml: ingenting å bemerke\n", "")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_validate_of_the_real_plan(
    kfl: Callable[..., Result], golden: Callable[[Path, bytes], None], language: str
) -> None:
    result = kfl("--lang", language, "validate", plan=PLAN)

    assert (result.code, result.err) == (0, "")
    golden(ROOT / "tests" / "golden" / f"validate-{language}.txt", result.out.encode())


def test_validate_of_a_broken_plan(kfl: Callable[..., Result]) -> None:
    result = kfl("--lang", "en", "validate", plan=BROKEN)

    assert (result.code, result.err) == (1, "")
    assert result.out == (
        "plan.yaml:20:29: error KFL301 unreadable-date: «høsst 2017» is not a date kfl can read\n"
        "   20 |   - {id: a, title: A, when: høsst 2017}\n"
        "      |                             ^^^^^^^^^^\n"
        "   = did you mean «høst 2017»?\n"
        "\n"
        "plan.yaml:21:29: error KFL303 yearless-date: «8/9» has no year\n"
        "   21 |   - {id: b, title: B, when: 8/9, location: ''}\n"
        "      |                             ^^^\n"
        "   = did you mean «8. september 2017» or «8. september 2018»?\n"
        "\n"
        "plan.yaml:21:34: warning KFL114 empty-value: «location» is empty\n"
        "   21 |   - {id: b, title: B, when: 8/9, location: ''}\n"
        "      |                                  ^^^^^^^^\n"
        "   = write the value, or remove the line\n"
        "\n"
        "plan.yaml: 2 errors, 1 warning\n"
        "When the errors are mended, kfl looks at the plan as a whole.\n"
    )


def test_strict_lets_warnings_count(kfl: Callable[..., Result]) -> None:
    warned = plan_text("- {id: a, title: A, when: 2018-01-18, location: ''}")

    assert kfl("validate", plan=warned).code == 0
    assert kfl("validate", "--strict", plan=warned).code == 1


def test_validate_as_json(kfl: Callable[..., Result]) -> None:
    result = kfl("--lang", "en", "validate", "--format", "json", plan=BROKEN)

    document = json.loads(result.out)
    assert (result.code, document["summary"]) == (1, {"errors": 2, "warnings": 1, "notes": 0})
    assert document["diagnostics"][0] == {
        "code": "KFL301",
        "name": "unreadable-date",
        "severity": "error",
        "message": "«høsst 2017» is not a date kfl can read",
        "hint": "did you mean «høst 2017»?",
        "file": "plan.yaml",
        "line": 20,
        "column": 29,
        "end_line": 20,
        "end_column": 39,
        "related": [],
    }


def test_validate_as_github_annotations(kfl: Callable[..., Result]) -> None:
    hostile = plan_text('- {id: a, title: A, when: "8/9::error,file=x%0A"}')

    assert kfl("--lang", "en", "validate", "--format", "github", plan=hostile).out == (
        "::error file=plan.yaml,line=20,col=29,endLine=20,endColumn=51,title=KFL301 unreadable-date::"
        "«8/9::error,file=x%250A» is not a date kfl can read%0Awrite a date such as «8. september 2017», "
        "«uke 36 2017», «høst 2017» or «før» and an activity's id\n"
    )


def test_validate_as_sarif(kfl: Callable[..., Result]) -> None:
    log = json.loads(kfl("--lang", "en", "validate", "--format", "sarif", plan=BROKEN).out)

    run = log["runs"][0]
    assert (log["version"], [rule["id"] for rule in run["tool"]["driver"]["rules"]]) == (
        "2.1.0",
        ["KFL114", "KFL301", "KFL303"],
    )
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "plan.yaml"},
                "region": {"startLine": 20, "startColumn": 29, "endLine": 20, "endColumn": 39},
            }
        }
    ]
    assert [(result["ruleId"], result["ruleIndex"], result["level"]) for result in run["results"]] == [
        ("KFL301", 1, "error"),
        ("KFL303", 2, "error"),
        ("KFL114", 0, "warning"),
    ]


def test_report_says_nothing_to_the_terminal_that_the_file_says(kfl: Callable[..., Result]) -> None:
    escape = plan_text('- {id: a, title: A, when: "8/9\\e[31m\\u202e"}').replace("\\e", "\\e")

    printed = kfl("validate", plan=escape)

    assert [sign for sign in printed.out + printed.err if sign != "\n" and not sign.isprintable()] == []


NO_PLAN = "Error: there is no plan.yaml here or in a folder above; write one with 'kfl init', or name it with --plan\n"


# --- the plan and the environment -------------------------------------------------------------------------------------


def test_plan_is_found_upwards_or_named(kfl: Callable[..., Result], tmp_path: Path) -> None:
    named = tmp_path / "annen plan.yaml"
    named.write_text(GOOD, encoding="utf-8")

    assert kfl("validate").code == 2
    assert kfl("--plan", "annen plan.yaml", "validate").out == "annen plan.yaml: ingenting å bemerke\n"
    assert kfl("validate", "--plan", "annen plan.yaml").code == 0
    assert kfl("validate", KFL_PLAN="annen plan.yaml").code == 0
    assert kfl("validate", plan=BROKEN, KFL_PLAN="annen plan.yaml").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("validate",), NO_PLAN),
        (("--plan", "mangler.yaml", "validate"), "Error: mangler.yaml: No such file or directory\n"),
        (("--plan", ".", "validate"), "Error: .: Is a directory\n"),
    ],
)
def test_plan_that_cannot_be_read(kfl: Callable[..., Result], arguments: tuple[str, ...], message: str) -> None:
    assert kfl(*arguments) == Result(2, "", message)


@pytest.mark.parametrize(
    "arguments",
    [
        ["valdate"],
        ["validate", "--format", "xml"],
        ["export"],
        ["export", "--md", "--html"],
        ["export", "--md", "--region", "hedmarkn"],
        ["--today", "8/9", "upcoming"],
        ["upcoming", "--days", "-1"],
        ["show", "samlng"],
        ["explain", "KFL999"],
        ["--lang", "se", "validate"],
    ],
    ids=" ".join,
)
def test_usage_error_is_exit_code_2_and_says_what_is_wrong(kfl: Callable[..., Result], arguments: list[str]) -> None:
    result = kfl(*arguments, plan=SMALL)

    assert (result.code, result.out) == (2, "")
    assert "Error: " in result.err
    assert "Traceback" not in result.err


def test_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(PLAN)
    command = f"{sys.executable} -m kfl_cli export --html | head -c 10 > /dev/null"

    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)

    assert done.stderr.decode() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a full disk of Linux")
@pytest.mark.parametrize("arguments", [["validate"], ["export", "--json"], ["list"]], ids=" ".join)
def test_output_that_cannot_be_written_is_an_error(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "plan.yaml").write_bytes(PLAN)

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kfl_cli", *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (done.returncode, done.stderr.decode()) == (2, "Error: No space left on device\n")


# --- export -----------------------------------------------------------------------------------------------------------


def test_export_with_errors_writes_nothing(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = kfl("export", "--ics", "--html", "-o", "ut/", plan=BROKEN)

    assert (result.code, result.out, (tmp_path / "ut").exists()) == (1, "", False)
    assert "KFL301" in result.err


def test_export_names_files_after_plan_and_readers(kfl: Callable[..., Result], tmp_path: Path) -> None:
    formats = [f"--{name}" for name in ("md", "html", "ics", "todo", "json", "csv")]

    result = kfl("export", *formats, "--region", "Hamar og Stange", "--for", "styrer", "-o", "ut/", plan=SMALL)

    assert (result.code, result.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [
        "prove-hamar-stange-styrer-todo.ics",
        "prove-hamar-stange-styrer.csv",
        "prove-hamar-stange-styrer.html",
        "prove-hamar-stange-styrer.ics",
        "prove-hamar-stange-styrer.json",
        "prove-hamar-stange-styrer.md",
    ]


def test_csv_file_begins_with_a_mark_and_standard_output_does_not(kfl: Callable[..., Result], tmp_path: Path) -> None:
    printed = kfl("export", "--csv", plan=SMALL).out
    kfl("export", "--csv", "-o", "plan.csv")

    assert (tmp_path / "plan.csv").read_bytes() == b"\xef\xbb\xbf" + printed.encode()


def test_plan_is_not_overwritten_by_its_export(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = kfl("export", "--json", "-o", "plan.yaml", plan=SMALL)

    assert (result.code, result.err) == (2, "Error: plan.yaml is the plan itself, and was not touched\n")
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == SMALL


def test_file_that_cannot_be_written_is_an_error(kfl: Callable[..., Result]) -> None:
    result = kfl("export", "--md", "-o", "mangler/plan.md", plan=SMALL)

    assert (result.code, result.out, result.err) == (2, "", "Error: mangler/plan.md: No such file or directory\n")


def test_own_template_is_used_and_cannot_do_harm(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates" / "plan.md.j2"

    template.write_text("{{ plan.title }}: {{ rows | length }}", encoding="utf-8")
    assert kfl("export", "--md", plan=SMALL).out == "Prøveplan: 4"

    for harm in ("{{ ''.__class__.__mro__ }}", "{{ mangler }}", "{% if %}", "{% include '../plan.yaml' %}"):
        template.write_text(f"linje 1\n{harm}", encoding="utf-8")
        result = kfl("export", "--md", "-o", "ut.md", plan=SMALL)
        assert (result.code, (tmp_path / "ut.md").exists()) == (2, False)
        assert "plan.md.j2" in result.err or "plan.yaml" in result.err


# --- upcoming, list, show ---------------------------------------------------------------------------------------------


def test_upcoming_shows_what_starts_is_due_and_is_going_on(kfl: Callable[..., Result]) -> None:
    assert kfl("--today", "17.1.2018", "upcoming", plan=SMALL).out == (
        "Onsdag 17. januar 2018 (uke 3) – de neste 30 dagene\n"
        "\n"
        "i morgen  torsdag 18. januar 2018 (uke 3)\n"
        "    Samling\n"
        "    Sted: Hamar\n"
        "    Ansvar: SePU\n"
        "\n"
        "om 2 dager  fredag 19. januar 2018 (uke 3)\n"
        "    Frist: Foreløpig: Levere\n"
        "\n"
        "Pågår nå\n"
        "\n"
        "14 dager igjen  januar 2018\n"
        "    Lese\n"
    )


@pytest.mark.parametrize(
    ("today", "arguments", "expected"),
    [
        (
            "2018-02-01",
            ["--days", "5"],
            (
                "Torsdag 1. februar 2018 (uke 5) – de neste 5 dagene\n\nIngenting starter, og ingen frister går ut.\n"
                "Neste: torsdag 1. mars 2018 (uke 9) – Tur\nSe lenger fram: kfl upcoming --days 28\n"
            ),
        ),
        (
            "2017-12-01",
            ["--days", "5"],
            (
                "Fredag 1. desember 2017 (uke 48) – de neste 5 dagene\n\nIngenting starter, og ingen frister går ut.\n"
                "Neste: januar 2018 – Lese\nSe lenger fram: kfl upcoming --days 31\n"
            ),
        ),
        (
            "2026-11-24",
            [],
            (
                "Tirsdag 24. november 2026 (uke 48) – de neste 30 dagene\n\n"
                "Ingenting starter, og ingen frister går ut.\n"
                "Den siste dagen i planen var torsdag 1. mars 2018 (uke 9).\n"
                "Se fra en annen dag: kfl --today 2018-01-01 upcoming\n"
            ),
        ),
    ],
)
def test_upcoming_with_nothing_ahead_says_where_there_is_something(
    kfl: Callable[..., Result], today: str, arguments: list[str], expected: str
) -> None:
    assert kfl("--today", today, "upcoming", *arguments, plan=SMALL) == Result(0, expected, "")


def test_upcoming_of_an_empty_plan(kfl: Callable[..., Result]) -> None:
    result = kfl("--today", "2018-02-01", "--lang", "en", "upcoming", "--days", "1", plan=plan_text(""))

    assert result.out == (
        "Thursday 1 February 2018 (week 5) – the next 1 day\n\nNothing starts or is due.\n"
        "Nothing in the selection has a date.\n"
    )


def test_upcoming_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("upcoming", "--today", "2018-01-18", "--json", plan=SMALL).out)

    assert [(item["id"], item["phase"], item["day"], item["days_until"]) for item in document["items"]] == [
        ("samling", "starts", "2018-01-18", 0),
        ("frist", "due", "2018-01-19", 1),
        ("lese", "ongoing", "2018-01-31", 13),
    ]
    assert (document["today"], document["next"]["id"]) == ("2018-01-18", "avlyst")


def test_upcoming_is_looked_at_from_today_unless_said(kfl: Callable[..., Result]) -> None:
    first = kfl("upcoming", plan=SMALL).out.split("\n")[0]

    assert first.endswith("– de neste 30 dagene")


def test_list_into_a_pipe_cuts_nothing(kfl: Callable[..., Result]) -> None:
    assert kfl("list", "--until", "januar 2018", plan=SMALL).out == (
        "januar 2018                            Lese\n"
        "torsdag 18. januar 2018 (uke 3)        Samling            SePU  Styrer\n"
        "senest fredag 19. januar 2018 (uke 3)  Foreløpig: Levere\n"
    )


def test_list_of_nothing_says_so(kfl: Callable[..., Result]) -> None:
    assert kfl("list", "--until", "2000", plan=SMALL).out == "Ingenting i planen passer til dette utvalget.\n"


def test_show_tells_all_of_an_activity(kfl: Callable[..., Result]) -> None:
    assert kfl("show", "workshop-2", plan=PLAN).out == (ROOT / "tests" / "golden" / "show-workshop-2.txt").read_text(
        encoding="utf-8"
    )


def test_show_of_one_date_shows_only_that(kfl: Callable[..., Result]) -> None:
    shown = kfl("show", "workshop-2/nord-osterdal", plan=PLAN).out.split("Datoer:\n")[1]

    assert shown == "  onsdag 14. mars 2018 (uke 11) – Nord-Østerdal [workshop-2/nord-osterdal]\n"


# --- explain, schema, init --------------------------------------------------------------------------------------------


def test_explain_by_code_or_name(kfl: Callable[..., Result]) -> None:
    assert kfl("explain", "kfl303") == kfl("explain", "yearless-date")
    assert kfl("--lang", "en", "explain", "KFL303").out == (
        "KFL303 yearless-date (error)\n\nA date without a year.\n\n"
        "A plan over two school years has two Septembers, and a reader a year later does not know which was meant.\n\n"
        "Example:\n    when: 8/9\n\nInstead:\n    when: 8. september 2017\n"
    )


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_init_writes_a_plan_without_findings_and_never_over_another(
    kfl: Callable[..., Result], tmp_path: Path, language: str
) -> None:
    assert kfl("--lang", language, "init").code == 0
    written = (tmp_path / "plan.yaml").read_bytes()
    assert kfl("--lang", "en", "validate", "--strict") == Result(0, "plan.yaml: nothing to remark\n", "")

    again = kfl("init")

    assert (again.code, again.err) == (2, "Error: plan.yaml is there already, and was not touched\n")
    assert (tmp_path / "plan.yaml").read_bytes() == written


def test_schema_accepts_the_real_plan_and_refuses_what_kfl_refuses(kfl: Callable[..., Result]) -> None:
    import jsonschema  # noqa: PLC0415
    import yaml  # noqa: PLC0415

    validator = jsonschema.Draft202012Validator(json.loads(kfl("schema").out))
    plan = yaml.load(PLAN, yaml.BaseLoader)
    plan["kfl"] = 1
    for activity in plan["activities"]:
        for assignment in [*activity.get("responsible", []), *activity.get("audience", [])]:
            if isinstance(assignment, dict) and "count" in assignment:
                assignment["count"] = int(assignment["count"])

    assert list(validator.iter_errors(plan)) == []
    plan["activities"][0]["ansvar"] = ["sepu"]
    assert [error.message for error in validator.iter_errors(plan)] == [
        "Additional properties are not allowed ('ansvar' was unexpected)"
    ]


# --- in a terminal ----------------------------------------------------------------------------------------------------


def in_a_terminal(folder: Path, arguments: list[str], columns: int = 100, **environment: str) -> str:
    """Return what kfl shows in a terminal of its own."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kfl_cli", *arguments],
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment},
    )
    os.close(slave)
    pieces = []
    while select.select([master], [], [], 30)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(master)
    assert process.wait() in {0, 1}
    return b"".join(pieces).decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [20, 60, 120])
def test_list_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    (tmp_path / "plan.yaml").write_bytes(PLAN)

    shown = in_a_terminal(tmp_path, ["list", "--region", "hedmarken"], columns, NO_COLOR="1")

    lines = re.sub("\x1b\\[[0-9;]*m", "", shown).split("\n")
    assert max(len(line) for line in lines) <= columns
    assert "\x1b[3" not in shown


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(BROKEN, encoding="utf-8")

    assert "\x1b[1;31m" in in_a_terminal(tmp_path, ["validate"])
    assert "\x1b" not in in_a_terminal(tmp_path, ["validate"], NO_COLOR="1")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("kfl export --region h", ["hedmarken", "hamar-stange", "hamar"]),
        ("kfl export --for s", ["sepu", "styrer"]),
        ("kfl show ", ["samling", "lese", "frist", "avlyst"]),
        ("kfl explain KFL30", [f"KFL30{number}" for number in range(1, 10)]),
    ],
)
def test_shell_completion_knows_the_plan(kfl: Callable[..., Result], words: str, completed: list[str]) -> None:
    parts = words.split(" ")
    environment = {"_KFL_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1)}

    lines = kfl(plan=SMALL, **environment).out.split()

    assert [line.split(",")[1] for line in lines] == completed


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_help_names_every_command(kfl: Callable[..., Result]) -> None:
    shown = kfl("--help").out.split("Commands:\n")[1]

    assert [line.split()[0] for line in shown.strip().split("\n")] == list(COMMANDS)


def test_unknown_command_offers_a_near_one_or_none(kfl: Callable[..., Result]) -> None:
    assert kfl("exprot").err.split("\n")[-2] == "Error: No such command 'exprot'. Did you mean 'export'?"
    assert kfl("xyzzy").err.split("\n")[-2] == "Error: No such command 'xyzzy'."


def test_explain_without_a_code_lists_the_rules(kfl: Callable[..., Result]) -> None:
    listed = kfl("--lang", "en", "explain").out.strip().split("\n")

    assert listed[0] == "KFL101 yaml-syntax (error)"
    assert [line.split()[0] for line in listed[::2]] == list(RULES)


def test_init_where_nothing_can_be_written(kfl: Callable[..., Result]) -> None:
    assert kfl("init", "mangler/plan.yaml") == Result(2, "", "Error: mangler/plan.yaml: No such file or directory\n")


def test_plan_outside_the_folder_is_named_in_full(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "under").mkdir()
    plan = tmp_path / "plan.yaml"
    plan.write_text(GOOD, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "kfl_cli", "validate"],
        cwd=tmp_path / "under",
        capture_output=True,
        check=True,
        text=True,
    )

    assert done.stdout == f"{plan}: ingenting å bemerke\n"
    assert kfl("validate").out == "plan.yaml: ingenting å bemerke\n"


def test_completion_with_a_broken_plan_offers_nothing(kfl: Callable[..., Result]) -> None:
    environment = {"_KFL_COMPLETE": "bash_complete", "COMP_WORDS": "kfl show ", "COMP_CWORD": "2"}

    assert kfl(plan=b"\xff\xfe", **environment) == Result(0, "\n", "")


def test_what_ends_today_is_still_going_on(kfl: Callable[..., Result]) -> None:
    shown = kfl("--today", "2018-01-31", "upcoming", "--days", "0", plan=SMALL).out

    assert shown.endswith("Pågår nå\n\nslutter i dag  januar 2018\n    Lese\n")


def test_show_tells_what_is_particular_to_an_activity(kfl: Callable[..., Result]) -> None:
    shown = kfl("--plan", str(ROOT / "tests" / "data" / "edge.yaml"), "show", "webinar").out.split("\n")

    assert [shown[0], *shown[2:]] == [
        "Webinar",
        "Status: AVLYST",
        "Når: tysdag 10. november 2026 (veke 46) kl. 18.00",
        "Region: Nord, Aust",
        "",
        "Datoar:",
        "  tysdag 10. november 2026 (veke 46) kl. 18.00 – Nord, Aust [webinar]",
        "",
        "Lenker: https://example.no/møte",
        "",
    ]


def test_name_that_may_be_several_regions_is_not_guessed(kfl: Callable[..., Result]) -> None:
    twice = (
        "kfl: 1\nplan: {id: p, title: P}\nregions: {a: {name: A, municipalities: [B]}, c: {name: B}}\nactivities: []"
    )

    result = kfl("--lang", "en", "list", "--region", "B", plan=twice)

    assert (result.code, result.err) == (2, "Error: --region: «B» may be any of c, a\n")


def test_template_that_leads_out_of_its_folder_is_refused(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "hemmelig").write_text("hemmelig", encoding="utf-8")
    (tmp_path / "templates" / "plan.md.j2").symlink_to(tmp_path / "hemmelig")

    result = kfl("export", "--md", plan=SMALL)

    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("plan.md.j2: leads out of the templates folder\n")


# --- validate: what is shown ------------------------------------------------------------------------------------------

JUDGED = plan_text("""
- {id: a, title: A, when: 2018-05-10, responsible: [sepu, fmhe], audience: [styrer]}
- {id: b, title: B, when: 2018-09-08, responsible: [sepu, fmhe], audience: [styrer]}
""")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], ["KFL401", "KFL402"]),
        (["--select", "KFL401"], ["KFL401"]),
        (["--select", "public-holiday,weekend"], ["KFL401", "KFL402"]),
        (["--select", "kfl4", "--ignore", "weekend"], ["KFL401"]),
        (["--select", "KFL5"], []),
        (["--ignore", "KFL401", "--ignore", "KFL402"], []),
    ],
)
def test_validate_shows_what_is_selected(kfl: Callable[..., Result], arguments: list[str], shown: list[str]) -> None:
    result = kfl("validate", "--strict", "--format", "json", *arguments, plan=JUDGED)

    found = [each["code"] for each in json.loads(result.out)["diagnostics"]]
    assert (found, result.code) == (shown, 1 if shown else 0)


def test_errors_that_nothing_may_silence_are_shown_whatever_is_selected(kfl: Callable[..., Result]) -> None:
    for arguments in (["--select", "KFL4"], ["--ignore", "KFL3"]):
        result = kfl("validate", "--format", "json", *arguments, plan=BROKEN)

        assert [each["code"] for each in json.loads(result.out)["diagnostics"]][:2] == ["KFL301", "KFL303"]
        assert result.code == 1


def test_unknown_rule_is_a_usage_error(kfl: Callable[..., Result]) -> None:
    result = kfl("validate", "--select", "weekends", plan=JUDGED)

    assert result == Result(2, "", "Error: --select: there is no rule 'weekends'; did you mean 'weekend'?\n")


# --- open -------------------------------------------------------------------------------------------------------------

OPEN = plan_text("""
- {id: a, title: Samling, when: ikke fastsatt, responsible: [sepu, fmhe], audience: [styrer], question: 'Hvor | når?'}
- id: b
  title: Workshop
  responsible: [sepu]
  sessions:
    - {for: nord, when: 2018-01-18 09:00, location: Tynset, status: tentative}
    - {for: hedmarken, when: 2018-01-19 09:00, question: Hvor?}
- {id: c, title: C, when: januar 2018, status: cancelled}
- {id: d, title: D, when: januar 2018, audience: [styrer]}
""")


def test_open_groups_by_who_answers_for_it(kfl: Callable[..., Result]) -> None:
    assert kfl("--lang", "en", "open", plan=OPEN).out == (
        "SePU\n"
        "  Samling\n"
        "      Hvor | når?; no date yet\n"
        "  Workshop – 18–19 January 2018 (week 3)\n"
        "      Hedmarken: Hvor?; Nord-Østerdal: tentative; no audience; Hedmarken: no place\n"
        "\n"
        "FMHE\n"
        "  Samling\n"
        "      Hvor | når?; no date yet\n"
        "\n"
        "Nobody answers for\n"
        "  D – January 2018\n"
        "      nobody answers for it\n"
    )


def test_open_as_markdown_and_for_one_party(kfl: Callable[..., Result]) -> None:
    assert kfl("open", "--format", "md", "--responsible", "fmhe", plan=OPEN).out == (
        "## FMHE\n\n- Samling: Hvor \\| når?; ingen dato ennå\n"
    )
    assert kfl("open", "--region", "nord", "--responsible", "styrer", plan=OPEN).out == "Ingenting er åpent.\n"


SEVERAL = plan_text("""
- id: b
  title: Workshop
  responsible: [sepu]
  sessions:
    - {for: hedmarken, when: 2018-01-19 09:00, question: Hvor?}
    - {for: nord, when: 2018-01-18 09:00, location: Tynset, status: tentative}
  tasks:
    - {id: program, title: Sende program, when: ikke fastsatt}
""")


def test_open_says_questions_first_then_what_is_uncertain_then_what_is_missing(kfl: Callable[..., Result]) -> None:
    assert kfl("open", plan=SEVERAL).out.splitlines()[2].split("; ") == [
        "      Hedmarken: Hvor?",
        "Nord-Østerdal: foreløpig",
        "Sende program: ingen dato ennå",
        "uten målgruppe",
        "Hedmarken: uten sted",
    ]


def test_open_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("open", "--format", "json", plan=OPEN).out)

    found = [
        (group["responsible"] and group["responsible"]["id"], item["open"], item["activity"], item["occurrences"])
        for group in document["groups"]
        for item in group["items"]
    ]
    assert document["count"] == 7
    assert found == [
        ("sepu", "question", "a", []),
        ("sepu", "date", "a", []),
        ("sepu", "question", "b", ["b/hedmarken"]),
        ("sepu", "tentative", "b", ["b/nord"]),
        ("sepu", "audience", "b", []),
        ("sepu", "place", "b", ["b/hedmarken"]),
        ("fmhe", "question", "a", []),
        ("fmhe", "date", "a", []),
        (None, "responsible", "d", []),
    ]


# --- matrix -----------------------------------------------------------------------------------------------------------

MATRIX = plan_text("""
- id: b
  title: Workshop | 1
  sessions:
    - {for: nord, when: 2018-01-18/2018-01-19, status: tentative}
    - {for: ringsaker-loten, when: uke 4 2018}
- id: c
  title: Samling
  region: hedmarken
  sessions:
    - {for: hedmarken, when: 2018-02-01}
    - {id: igjen, for: hamar-stange, when: 2018-02-02, status: cancelled}
""")


def test_matrix_marks_gaps(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", plan=MATRIX).out == (
        "Aktivitet     Nord-Østerdal                    Ringsaker og Løten  Hamar og Stange\n"
        "Workshop | 1  18.1.2018–19.1.2018 (foreløpig)  uke 4 2018          mangler\n"
        "Samling                                        1.2.2018            1.2.2018, AVLYST\n"
    )


def test_matrix_in_a_terminal_fits_its_width(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(MATRIX, encoding="utf-8")

    shown = in_a_terminal(tmp_path, ["matrix"], 60, NO_COLOR="1")

    lines = re.sub("\x1b\\[[0-9;]*m", "", shown).split("\n")
    assert [line for line in lines if len(line) > 60] == []
    assert "mangler" in shown


def test_matrix_as_markdown_for_a_municipality(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", "--format", "md", "--region", "Hamar", plan=MATRIX).out == (
        "| Aktivitet | Hamar og Stange |\n| --- | --- |\n| Workshop \\| 1 | mangler |\n| Samling | 1.2.2018, AVLYST |\n"
    )


def test_matrix_as_json(kfl: Callable[..., Result]) -> None:
    document = json.loads(kfl("matrix", "--format", "json", "--until", "20.1.2018", plan=MATRIX).out)

    assert [column["id"] for column in document["columns"]] == ["nord", "ringsaker-loten", "hamar-stange"]
    assert [
        (row["id"], [(cell["concerned"], cell["missing"], len(cell["sessions"])) for cell in row["cells"]])
        for row in document["rows"]
    ] == [("b", [(True, False, 1), (True, False, 0), (True, True, 0)])]


def test_matrix_of_a_plan_without_sessions(kfl: Callable[..., Result]) -> None:
    assert kfl("matrix", plan=GOOD).out == "Ingen aktivitet i utvalget har samlinger.\n"


# --- export --public --------------------------------------------------------------------------------------------------

CONTACTS = plan_text("""
- id: a
  title: Send til kari@example.no
  when: januar 2018
  responsible: [{party: sepu, note: 'tlf. 62 43 00 00'}]
  description: Ring 917 12 345 eller se <https://www.example.no/91712345>.
  source: kari@example.no
  links: [{title: Kari, url: 'mailto:kari@example.no'}, https://www.example.no/91712345]
  tasks: [{id: t, title: Ring, when: senest 5.1.2018, note: '+47 62 43 00 00'}]
""").replace("  version:", "  contact: {email: post@example.no}\n  version:")


@pytest.mark.parametrize("format_", ["md", "html", "ics", "todo", "json", "csv"])
def test_public_export_holds_no_contacts_but_the_plan_s_own(kfl: Callable[..., Result], format_: str) -> None:
    result = kfl("export", "--public", f"--{format_}", plan=CONTACTS)

    printed = result.out.replace("\r\n ", "")
    assert (result.code, result.err) == (0, "6 e-postadresser og telefonnumre er utelatt\n")
    assert [word for word in ("kari@", "62 43", "917 12 345", "mailto:kari") if word in printed] == []
    assert ("91712345" in printed) is (format_ not in {"csv", "todo"})
    assert ("post@example.no" in printed) is (format_ != "csv")


def test_public_export_keeps_identities_and_days(kfl: Callable[..., Result]) -> None:
    def known(*arguments: str) -> list[tuple[str, str]]:
        document = json.loads(kfl("export", "--json", *arguments, plan=CONTACTS).out)
        return [(each["uid"], each["end"]) for row in document["activities"] for each in row["occurrences"]]

    assert known("--public") == known()
