"""Remedies as values: a fix has the edits of the plan file that it stands for, advice only a sentence."""

from __future__ import annotations

import pytest

from kfl_cli.findings.finding import Advice, Diagnostic, Edit, Fix, Span
from kfl_cli.findings.rules.publishing import OTHER_LANGUAGE
from kfl_cli.language.message import Message
from kfl_cli.pipeline import run
from tests.plans import plan_text

WORKSHOP = "- {id: workshop-1, title: Workshop 1, region: nord, when: 8. september 2017, responsible: sepu}\n"

FIXES = [
    # a line under an activity, the text at the span of the edit, what is written instead
    ("when: høsst 2017", "høsst 2017", "høst 2017"),
    ("when: før worksop-1", "før worksop-1", "før workshop-1"),
    ("when: etter Worksop-1, før 1.12.2017", "etter Worksop-1, før 1.12.2017", "etter workshop-1, før 1.12.2017"),
    ("when: 8.9.17", "8.9.17", "8.9.2017"),
    ("after: worksop-1", "worksop-1", "workshop-1"),
    ("after: Workshop 1", "Workshop 1", "workshop-1"),
    ("region: Tynset", "Tynset", "nord"),
    ("audience: Styrarar", "Styrarar", "styrer"),
    ("status: avlyst", "avlyst", "cancelled"),
    ("responsibel: sepu", "responsibel", "responsible"),
    ("links: [www.inn.no]", "www.inn.no", "https://www.inn.no"),
    ("ignore: {julyy: derfor}", "julyy", "july"),
]

ADVICE = [
    ("when: 8. september", "did you mean «{text}» or «{other}»?"),
    ("when: før jul", "write the date itself, such as «før 24. desember 2017»"),
    ("audience: Styrer og SePU", "write a list: [first, second]"),
    ("audience: 'Styrer (2 per barnehage)'", 'write {{party: {id}, note: "{note}"}}'),
]


def lacking(line: str) -> tuple[str, list[Diagnostic]]:
    """Return a plan with an activity that has a line with a fault, and the errors in it."""
    text = plan_text(f"{WORKSHOP}- id: a\n  title: A\n  {line}\n" + ("" if "when" in line else "  when: uke 40 2017\n"))
    return text, [each for each in run(text.encode()).diagnostics if each.rule.severity.value == "error"]


def at(text: str, span: Span) -> str:
    """Return the part of a line that a span marks."""
    assert span.line == span.end_line
    return text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1]


def carried_out(text: str, edit: Edit) -> str:
    """Return the text with the edit carried out."""
    lines = text.splitlines(keepends=True)
    line = lines[edit.span.line - 1]
    lines[edit.span.line - 1] = line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
    return "".join(lines)


@pytest.mark.parametrize(("line", "written", "instead"), FIXES)
def test_fix_has_the_edit_that_mends_the_plan(line: str, written: str, instead: str) -> None:
    text, [error] = lacking(line)
    assert isinstance(error.remedy, Fix)
    [edit] = error.remedy.edits
    assert (at(text, edit.span), edit.text) == (written, instead)
    assert error.rule not in {each.rule for each in run(carried_out(text, edit).encode()).diagnostics}


@pytest.mark.parametrize(("line", "template"), ADVICE)
def test_what_has_no_one_replacement_is_advice(line: str, template: str) -> None:
    _, [error] = lacking(line)
    assert isinstance(error.remedy, Advice)
    assert error.remedy.message.template == template


def test_findings_that_become_one_have_the_edits_of_all_where_their_remedy_is_one() -> None:
    rows = [f"- {{id: a-{number}, title: A, when: {when}}}\n" for number, when in enumerate(("autumn 2017",) * 2)]
    edits = tuple(Edit(Span(line, 31, line, 42), "høst 2017") for line in (20, 21))
    assert other_language(rows) == [Fix(Message("did you mean «{text}»?", text="høst 2017"), edits)]
    assert other_language([*rows, "- {id: b, title: B, when: spring 2018}\n"]) == [None]


def other_language(rows: list[str]) -> list[Fix | Advice | None]:
    """Return the remedies for dates in another language than the plan's."""
    checked = run(plan_text("".join(rows)).encode(), thorough=True)
    return [each.remedy for each in checked.diagnostics if each.rule is OTHER_LANGUAGE]


@pytest.mark.parametrize(
    ("window", "offered", "written"),
    [
        ("when: februar–mars 2018", "write at least «{when}», as the activity has it", "februar–mars 2018"),
        ("note: Ingen ramme", "write at least a half-year", "vår 2018"),
    ],
)
def test_what_is_offered_for_a_session_without_a_date_is_accepted(window: str, offered: str, written: str) -> None:
    row = f"""
- id: samling
  title: Samling
  {window}
  sessions: [{{for: nord, when: ikke fastsatt}}, {{for: hedmarken, when: 2018-02-18}}]
"""
    codes = {finding.rule.code: finding for finding in run(plan_text(row).encode(), thorough=True).diagnostics}
    remedy = codes["KFL533"].remedy

    assert remedy is not None
    assert remedy.message.template == offered
    mended = run(plan_text(row.replace("ikke fastsatt", written)).encode(), thorough=True)
    assert mended.errors == 0
    assert "KFL533" not in {finding.rule.code for finding in mended.diagnostics}
