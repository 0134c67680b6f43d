"""The promises of kfl for any input: an answer, at a place inside the file, the same each time, in bounds."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import jsonschema
from icalendar.cal import Calendar

from kfl_cli import dates
from kfl_cli.commands.export import EXPORTERS
from kfl_cli.exports.calendar.content_line import text_property
from kfl_cli.exports.context import Context
from kfl_cli.exports.json_contract import export_schema
from kfl_cli.exports.templates.environment import Templates
from kfl_cli.exports.templates.theme import ThemeError, theme
from kfl_cli.exports.wording import wording_of
from kfl_cli.findings.report.formats import FORMATS
from kfl_cli.findings.report.report import Report
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import LANGUAGES
from kfl_cli.pipeline import Checked, run
from kfl_cli.plan.yaml.reader import read
from kfl_cli.releases.lockfile import dump
from kfl_cli.releases.lockfile_reader import load_ledger
from kfl_cli.schedule.select import Selection
from kfl_cli.text.characters import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from kfl_cli.findings.finding import Diagnostic


SLOW = {"html", "svg", "pdf"}
"""Formats that take too long to be written for each of many plans; test_html, test_wheel and test_page hold them."""


class TooManyStepsError(Exception):
    """Something takes more steps than its input is long."""


@contextmanager
def steps(most: int) -> Iterator[None]:
    """Bound the calls of Python functions: time without a clock. Raises TooManyStepsError."""
    taken = 0

    def count(frame: FrameType, event: str, _: Any) -> None:
        nonlocal taken
        taken += event == "call"
        if taken > most:
            sys.setprofile(None)
            raise TooManyStepsError(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


def source(data: bytes) -> None:
    """Any bytes are nodes, or a finding that says where not."""
    with steps(2_000 + 200 * len(data)):
        found = read(data)
    inside(data, found.diagnostics)
    assert found == read(data)


def plan(data: bytes) -> Checked:
    """Any bytes are a plan, or findings that say where not; a plan without errors can be exported."""
    with steps(100_000 + 3_000 * len(data)):
        checked = run(data, thorough=True)
    assert run(data, thorough=True).diagnostics == checked.diagnostics
    inside(data, checked.diagnostics)
    shown = checked.text
    for language in LANGUAGES:
        report = Report("plan.yaml", shown, checked.diagnostics, Translator(language))
        for write in FORMATS.values():
            assert not any(sign for sign in write(report) if not sign.isprintable() and sign != "\n")
    if not checked.errors and checked.schedule is not None:
        exports(checked)
    return checked


def inside(data: bytes, found: tuple[Diagnostic, ...] | list[Diagnostic]) -> None:
    """Every place is inside the file: one after the last sign at most."""
    lines = split_lines(data.decode("utf-8-sig", "replace"))
    for span in [span for each in found for span in (each.span, *(related.span for related in each.related))]:
        assert 1 <= span.line <= span.end_line <= len(lines), (span, len(lines))
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
        assert (span.end_line, span.end_column) >= (span.line, span.column), span


@cache
def _contract() -> Any:
    return jsonschema.Draft202012Validator(export_schema())


def exports(checked: Checked) -> dict[str, Any]:
    """Every quick format can be written, JSON keeps its contract, and calendars are read; return the JSON document."""
    assert checked.schedule is not None
    context = Context(wording_of(checked.schedule), Selection(), Templates(), "plan.yaml")
    written = {name: b"".join(EXPORTERS[name].render(checked.schedule, context)) for name in EXPORTERS.keys() - SLOW}
    document: dict[str, Any] = json.loads(written["json"])
    _contract().validate(document)
    for name in ("ics", "todo"):
        calendar = icalendar.Calendar.from_ical(written[name])
        assert isinstance(calendar, Calendar)
        assert not calendar.errors
        assert all(len(line) <= 75 for line in written[name].split(b"\r\n"))
    return document


def date_text(text: str) -> None:
    """Any text is a date, or a problem that can be said."""
    with steps(20_000 + 200 * len(text)):
        found = dates.parse(text)
    assert found == dates.parse(text)
    if isinstance(found, dates.DateProblem):
        for language in LANGUAGES:
            assert Translator(language).message(found.message)


def content_line(text: str) -> None:
    """Any text is a content line that icalendar reads as the same text, and none is too long."""
    line = text_property("SUMMARY", text.replace("\r", ""))
    assert all(len(each) <= 75 for each in line.split(b"\r\n"))
    assert line.replace(b"\r\n ", b"").count(b"\r\n") == 1


def style(data: bytes) -> None:
    """Any bytes are a style sheet that reaches nothing, or a fault that can be said."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "theme.css"
        path.write_bytes(data)
        try:
            text, said = theme(path), f"{path}: nothing"
        except ThemeError as error:
            text, said = "", str(error)
    assert said.startswith(f"{path}:")
    assert {"<", "\r", "\0"}.isdisjoint(text)


def ledger(data: bytes) -> None:
    """Any bytes are a ledger that is written back as it was, or a finding that says where not."""
    with steps(100_000 + 2_000 * len(data)):
        found, problems = load_ledger(data, "prove")
    inside(data, problems)
    assert (found is None) == bool(problems)
    if found is not None:
        assert load_ledger(dump(found), "prove") == (found, [])


TARGETS: dict[str, Callable[[bytes], object]] = {
    "source": source,
    "plan": plan,
    "dates": lambda data: date_text(data.decode("utf-8", "replace")),
    "line": lambda data: content_line(data.decode("utf-8", "replace")),
    "ledger": ledger,
    "theme": style,
}
"""By the name of their folder of the corpus."""
