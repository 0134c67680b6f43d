"""Findings as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.rules.catalogue import RULES
from kfl_cli.text.json import printable_json

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Diagnostic, Rule, Span
    from kfl_cli.findings.report.report import Report
    from kfl_cli.language.translator import Translator


def sarif(report: Report) -> str:
    """Return a SARIF 2.1.0 log."""
    used = [rule for rule in RULES.values() if any(each.rule is rule for each in report.diagnostics)]
    run = {
        "tool": {
            "driver": {
                "name": "kfl",
                "rules": [_sarif_rule(rule, report.say) for rule in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(report, diagnostic, used) for diagnostic in report.diagnostics],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return printable_json(log) + "\n"


def _sarif_rule(rule: Rule, say: Translator) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": say.text(rule.finds)},
        "help": {"text": say.text(rule.why)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _sarif_result(report: Report, diagnostic: Diagnostic, used: list[Rule]) -> dict[str, object]:
    message = report.say.message(diagnostic.message)
    if diagnostic.hint:
        message += f" ({report.say.message(diagnostic.hint)})"
    return {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": used.index(diagnostic.rule),
        "level": diagnostic.rule.severity.value,
        "message": {"text": message},
        "locations": [_sarif_location(report.file_of(diagnostic), diagnostic.span)],
        "relatedLocations": [
            {**_sarif_location(report.file, related.span), "message": {"text": report.say.message(related.message)}}
            for related in diagnostic.related
        ],
    }


def _sarif_location(file: str, span: Span) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": region}}


def _uri(file: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  only for this format

    return quote(file.replace("\\", "/"), safe="/:")
