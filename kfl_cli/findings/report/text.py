"""Findings for people: each with its line, the place marked, and a remedy."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kfl_cli.findings.finding import Diagnostic, Severity, Span
from kfl_cli.text.characters import split_lines
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from kfl_cli.findings.report.report import Report

WIDEST = 100
"""Characters of a source line that are shown; of a longer line, the part around the mark."""

_MOST_EXCERPTS = 3
"""Related places that are shown with their lines; where there are more, each has only its place and message."""

_MOST_RELATED = 10
"""Related places that are shown; the others are counted."""

_COLORS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.NOTE: 36}
"""ANSI colours: red, yellow, cyan."""


def text(report: Report) -> str:
    """Return each finding with its line, the place marked, and a remedy; a summary at the end."""
    lines, lock_lines = split_lines(report.text), split_lines(report.lock_text)
    findings = [_finding(report, each, lock_lines if each.in_lock else lines) for each in report.diagnostics]
    return "\n\n".join([*findings, _summary(report)]) + "\n"


def _finding(report: Report, diagnostic: Diagnostic, lines: list[str]) -> str:
    say, rule, span = report.say.message, diagnostic.rule, diagnostic.span
    severity = _painted(report.say.text(rule.severity.value), rule.severity, color=report.color)
    file = report.file_of(diagnostic)
    position = f"{file}:{span.line}:{span.column}"
    together = bool(rule.several and diagnostic.related)
    excerpts = not together and len(diagnostic.related) <= _MOST_EXCERPTS
    report_lines = [f" {rule.code} {rule.name}: {say(diagnostic.message)}"]
    report_lines += [] if together else _excerpt(lines, span)
    for related in diagnostic.related[:_MOST_RELATED]:
        report_lines += [f"   {file}:{related.span.line}:{related.span.column}: {say(related.message)}"]
        report_lines += _excerpt(lines, related.span) if excerpts else []
    more = len(diagnostic.related) - _MOST_RELATED
    report_lines += [f"   {report.say.count('and {n} more', 'and {n} more', more)}"] if more > 0 else []
    if diagnostic.hint:
        report_lines.append(f"   = {say(diagnostic.hint)}")
    return f"{printable(position)}: {severity}" + "\n".join(printable(line) for line in report_lines)


def _painted(word: str, severity: Severity, *, color: bool) -> str:
    return f"\x1b[1;{_COLORS[severity]}m{word}\x1b[0m" if color else word


def _excerpt(lines: list[str], span: Span) -> list[str]:
    """Return the line of ``span`` and a line that marks it; nothing for a blank line."""
    if span.line > len(lines) or not lines[span.line - 1].strip():
        return []
    line = lines[span.line - 1].replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    first = max(0, start - WIDEST // 2) if len(line) > WIDEST else 0
    shown = printable(line[first : first + WIDEST])
    end = min(end, first + WIDEST)
    before, marked = printable(line[first:start]), printable(line[start:end])
    number = f"{span.line:>5}"
    return [
        f"{number} | {'…' if first else ''}{shown}{'…' if first + WIDEST < len(line) else ''}".rstrip(),
        f"{' ' * len(number)} | {' ' if first else ''}{' ' * _columns(before)}{'^' * max(1, _columns(marked))}",
    ]


def _columns(text_: str) -> int:
    """Return the width of a text on a terminal, in columns."""
    if text_.isascii():
        return len(text_)
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text_)
    none = sum(bool(unicodedata.combining(each)) or unicodedata.category(each) == "Cf" for each in text_)
    return len(text_) + wide - none


def _summary(report: Report) -> str:
    if not report.diagnostics:
        return f"{printable(report.file)}: {report.say.text('nothing to remark')}"
    counts = report.counts()
    count = report.say.count
    pieces = [
        count("{n} error", "{n} errors", counts["errors"]) if counts["errors"] else "",
        count("{n} warning", "{n} warnings", counts["warnings"]) if counts["warnings"] else "",
        count("{n} note", "{n} notes", counts["notes"]) if counts["notes"] else "",
    ]
    return f"{printable(report.file)}: {', '.join(piece for piece in pieces if piece)}"
