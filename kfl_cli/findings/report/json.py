"""Findings as JSON, by the contract in docs/exports.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.text.terminal import dumped

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Diagnostic
    from kfl_cli.findings.report.report import Report

# --- for programs -----------------------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """Return the findings as JSON, by the contract in docs/exports.md."""
    document = {
        "diagnostics": [_json(report, diagnostic) for diagnostic in report.diagnostics],
        "summary": report.counts(),
    }
    return dumped(document) + "\n"


def _json(report: Report, diagnostic: Diagnostic) -> dict[str, object]:
    say, rule = report.say.message, diagnostic.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "message": say(diagnostic.message),
        "hint": say(diagnostic.hint) if diagnostic.hint else None,
        "file": report.file_of(diagnostic),
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "end_line": diagnostic.span.end_line,
        "end_column": diagnostic.span.end_column,
        "related": [
            {
                "message": say(related.message),
                "file": report.file,
                "line": related.span.line,
                "column": related.span.column,
            }
            for related in diagnostic.related
        ],
    }
