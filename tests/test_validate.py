"""``kfl validate``: its reports in each format, and which findings are shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kfl_cli.language.vocabularies import LANGUAGES
from tests.command_line import BROKEN, GOOD, PLAN
from tests.conftest import ROOT, Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable


def test_validate_of_a_good_plan(kfl: Callable[..., Result]) -> None:
    assert kfl("validate", plan=GOOD) == Result(0, "plan.yaml: ingenting å bemerke\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
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
