"""The command line as its users meet it, whatever the command: finding the plan, exit codes, help, completion."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kfl_cli.cli import COMMANDS
from kfl_cli.findings.rules.catalogue import RULES
from kfl_cli.language.vocabularies import LANGUAGES
from tests.command_line import BROKEN, GOOD, PLAN, SMALL, in_a_terminal
from tests.conftest import ROOT, Result

if TYPE_CHECKING:
    from collections.abc import Callable


NO_PLAN = "Error: there is no plan.yaml here or in a folder above; write one with 'kfl init', or name it with --plan\n"


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


def test_explain_by_code_or_name(kfl: Callable[..., Result]) -> None:
    assert kfl("explain", "kfl303") == kfl("explain", "yearless-date")
    assert kfl("--lang", "en", "explain", "KFL303").out == (
        "KFL303 yearless-date (error)\n\nA date without a year.\n\n"
        "A plan over two school years has two Septembers, and a reader a year later does not know which was meant.\n\n"
        "Example:\n    when: 8/9\n\nInstead:\n    when: 8. september 2017\n"
    )


def test_every_language_has_a_plan_to_start_from() -> None:
    assert [code for code in LANGUAGES if not (ROOT / "templates" / f"init.{code}.yaml").is_file()] == []


@pytest.mark.parametrize("language", LANGUAGES)
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
