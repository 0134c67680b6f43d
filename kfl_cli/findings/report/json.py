"""Findings as JSON: the structs are the contract with other programs (docs/exports.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Severity
from kfl_cli.text.json import JsonObject, printable_json

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Diagnostic
    from kfl_cli.findings.report.report import Report


class RelatedJson(JsonObject, frozen=True):
    """Another place that a finding is about."""

    message: str
    file: str
    line: int
    column: int


class FindingJson(JsonObject, frozen=True):
    """A finding; lines and columns count from 1, columns in characters, and the end is the place after the last."""

    code: str
    name: str
    severity: Severity
    message: str
    hint: str | None
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    related: tuple[RelatedJson, ...]


class FindingCountsJson(JsonObject, frozen=True):
    """How many findings there are of each severity."""

    errors: int
    warnings: int
    notes: int


class ReportJson(JsonObject, frozen=True):
    """The findings of a file, in its order."""

    diagnostics: tuple[FindingJson, ...]
    summary: FindingCountsJson


def as_json(report: Report) -> str:
    """Return the findings as a JSON text of lines."""
    findings = tuple(_finding(report, diagnostic) for diagnostic in report.diagnostics)
    return printable_json(ReportJson(findings, FindingCountsJson(**report.counts()))) + "\n"


def _finding(report: Report, diagnostic: Diagnostic) -> FindingJson:
    say, rule, span = report.say.message, diagnostic.rule, diagnostic.span
    return FindingJson(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=say(diagnostic.message),
        hint=say(diagnostic.hint) if diagnostic.hint else None,
        file=report.file_of(diagnostic),
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        related=tuple(
            RelatedJson(say(related.message), report.file, related.span.line, related.span.column)
            for related in diagnostic.related
        ),
    )
