"""The formats of a report, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.report.github import github
from kfl_cli.findings.report.json import as_json
from kfl_cli.findings.report.sarif import sarif
from kfl_cli.findings.report.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.findings.report.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {"text": text, "json": as_json, "github": github, "sarif": sarif}
