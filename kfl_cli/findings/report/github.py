"""Findings as GitHub Actions workflow commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Diagnostic, Severity
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from kfl_cli.findings.report.report import Report


def github(report: Report) -> str:
    """Return GitHub Actions workflow commands, one a finding."""
    return "".join(_annotation(report, diagnostic) for diagnostic in report.diagnostics)


def _annotation(report: Report, diagnostic: Diagnostic) -> str:
    rule, span = diagnostic.rule, diagnostic.span
    kind = "notice" if rule.severity is Severity.NOTE else rule.severity.value
    message = report.say.message(diagnostic.message)
    if diagnostic.hint:
        message += f"\n{report.say.message(diagnostic.hint)}"
    position = f"line={span.line},col={span.column},endLine={span.end_line},endColumn={span.end_column}"
    title = _escaped(f"{rule.code} {rule.name}", property_=True)
    file = _escaped(report.file_of(diagnostic), property_=True)
    return f"::{kind} file={file},{position},title={title}::{_escaped(message)}\n"


def _escaped(value: str, *, property_: bool = False) -> str:
    """Return a value escaped for a workflow command, in which «:» and «,» end a property."""
    value = printable(value).replace("%", "%25").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value
