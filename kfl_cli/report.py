"""Findings to text: for people, for programs, for GitHub and for code scanners. Pure: nothing here prints."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.catalogue import RULES
from kfl_cli.diagnostics import Severity
from kfl_cli.screen import dumped, printable
from kfl_cli.syntax import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.diagnostics import Diagnostic, Rule, Span
    from kfl_cli.translate import Translator

WIDEST = 100
"""Columns of a source line that are shown; of longer ones, the part round the mark."""
_MOST_EXCERPTS = 3
"""Second places that are shown with their lines; of more, where they are and what is said of them."""
_MOST_RELATED = 10
_COLORS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.NOTE: 36}


class Report(Struct, frozen=True):
    """What is to be reported of one file."""

    file: str
    """As the user gave it."""
    text: str
    diagnostics: tuple[Diagnostic, ...]
    say: Translator
    color: bool = False
    lock_file: str = ""
    """The ledger beside it, as the user would write it."""
    lock_text: str = ""

    def file_of(self, diagnostic: Diagnostic) -> str:
        """Return the file that a finding is in."""
        return self.lock_file if diagnostic.in_lock else self.file

    def counts(self) -> dict[str, int]:
        """Return how many errors, warnings and notes there are."""
        severities = [diagnostic.rule.severity for diagnostic in self.diagnostics]
        return {f"{severity.value}s": severities.count(severity) for severity in Severity}


# --- for people -------------------------------------------------------------------------------------------------------


def text(report: Report) -> str:
    """Return each finding with its line, the place marked, and a remedy; a summary at the end."""
    lines, lock_lines = split_lines(report.text), split_lines(report.lock_text)
    found = [_finding(report, each, lock_lines if each.in_lock else lines) for each in report.diagnostics]
    return "\n\n".join([*found, _summary(report)]) + "\n"


def _finding(report: Report, diagnostic: Diagnostic, lines: list[str]) -> str:
    say, rule, span = report.say.message, diagnostic.rule, diagnostic.span
    severity = _painted(report.say.text(rule.severity.value), rule.severity, color=report.color)
    file = report.file_of(diagnostic)
    place = f"{file}:{span.line}:{span.column}"
    together = bool(rule.several and diagnostic.related)
    excerpts = not together and len(diagnostic.related) <= _MOST_EXCERPTS
    found = [f" {rule.code} {rule.name}: {say(diagnostic.message)}"]
    found += [] if together else _excerpt(lines, span)
    for related in diagnostic.related[:_MOST_RELATED]:
        found += [f"   {file}:{related.span.line}:{related.span.column}: {say(related.message)}"]
        found += _excerpt(lines, related.span) if excerpts else []
    more = len(diagnostic.related) - _MOST_RELATED
    found += [f"   {report.say.count('and {n} more', 'and {n} more', more)}"] if more > 0 else []
    if diagnostic.hint:
        found.append(f"   = {say(diagnostic.hint)}")
    return f"{printable(place)}: {severity}" + "\n".join(printable(line) for line in found)


def _painted(word: str, severity: Severity, *, color: bool) -> str:
    return f"\x1b[1;{_COLORS[severity]}m{word}\x1b[0m" if color else word


def _excerpt(lines: list[str], span: Span) -> list[str]:
    """Return the line of ``span`` and a line that marks it."""
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
    """Return how many columns a terminal gives a text."""
    if text_.isascii():
        return len(text_)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text_)
    none = sum(bool(unicodedata.combining(sign)) or unicodedata.category(sign) == "Cf" for sign in text_)
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


def explanation(rule: Rule, say: Translator) -> str:
    """Return all that is to be said of a rule."""
    blocks = [
        f"{rule.code} {rule.name} ({say.text(rule.severity.value)})",
        say.text(rule.finds),
        say.text(rule.why),
        f"{say.text('Example')}:\n{_indented(say.text(rule.example))}",
        f"{say.text('Instead')}:\n{_indented(say.text(rule.instead))}",
    ]
    if rule.may_ignore:
        blocks.append(say.text("It can be silenced under `ignore:`, with a reason."))
    return "\n\n".join(blocks) + "\n"


_RULES_HEAD = """\
# Rules

What `kfl validate` finds. This page is made from the rules themselves (`make docs`); `kfl explain CODE` prints the same
in the reader's language. Codes and names never change.

There are three tiers:

| tier | what it is | export | `kfl validate` exits with |
| --- | --- | --- | --- |
| **error** | The plan cannot mean what it says. | refused | 1 |
| **warning** | The plan says what it means, and something is probably wrong. | done | 0, under `--strict` 1 |
| **note** | Nothing is wrong, but something is thin: not settled, not said, out of the ordinary. | done | 0 |

Notes, and warnings on the plan as a whole (`KFL5…`), are shown when there are no errors to mend first: what an error
keeps out would seem to be missing. What a rule would say many times it
says once, with all the places. Where it says so, `ignore:` on an activity or under `plan:` silences a rule; the reason
must be given. `--select` and `--ignore` do so for one call."""


def rules_page(rules: list[Rule]) -> str:
    """Return ``docs/rules.md``: every rule with its explanation, in English."""
    titles = {
        "1": "The file and its shape",
        "2": "Identity and references",
        "3": "Dates",
        "4": "The calendar",
        "5": "Coverage, order and completeness",
        "6": "Publishing",
        "9": "Releases",
    }
    pieces = [_RULES_HEAD]
    for rule in rules:
        title = titles.pop(rule.code[3], None)
        pieces += [f"## {title}"] if title else []
        pieces += [
            f"### {rule.code} {rule.name}",
            f"{rule.severity.value.capitalize()}.{' May be ignored.' if rule.may_ignore else ''} {rule.finds}",
            f"Why: {rule.why}",
            f"Example:\n\n```text\n{rule.example}\n```",
            f"Instead:\n\n```text\n{rule.instead}\n```",
        ]
    return "\n\n".join(pieces) + "\n"


def _indented(text_: str) -> str:
    return "\n".join(f"    {line}" for line in text_.split("\n"))


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


def github(report: Report) -> str:
    """Return GitHub Actions workflow commands, one a finding."""
    return "".join(_annotation(report, diagnostic) for diagnostic in report.diagnostics)


def _annotation(report: Report, diagnostic: Diagnostic) -> str:
    rule, span = diagnostic.rule, diagnostic.span
    kind = "notice" if rule.severity is Severity.NOTE else rule.severity.value
    message = report.say.message(diagnostic.message)
    if diagnostic.hint:
        message += f"\n{report.say.message(diagnostic.hint)}"
    place = f"line={span.line},col={span.column},endLine={span.end_line},endColumn={span.end_column}"
    title = _escaped(f"{rule.code} {rule.name}", property_=True)
    file = _escaped(report.file_of(diagnostic), property_=True)
    return f"::{kind} file={file},{place},title={title}::{_escaped(message)}\n"


def _escaped(value: str, *, property_: bool = False) -> str:
    """Return a value as a workflow command takes it; «:» and «,» end a property."""
    value = printable(value).replace("%", "%25").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value


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
    return dumped(log) + "\n"


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


FORMATS: dict[str, Callable[[Report], str]] = {"text": text, "json": as_json, "github": github, "sarif": sarif}
