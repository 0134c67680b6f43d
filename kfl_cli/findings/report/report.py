"""The findings of one file and all that a format needs to show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.findings.finding import Diagnostic, Severity

if TYPE_CHECKING:
    from kfl_cli.language.translator import Translator


class Report(Struct, frozen=True):
    """The findings of one file, with its text and the reader's language."""

    file: str
    """Its path, as the user gave it."""
    text: str
    diagnostics: tuple[Diagnostic, ...]
    say: Translator
    color: bool = False
    lock_file: str = ""
    """The path of the ledger beside it, as the user would write it."""
    lock_text: str = ""

    def file_of(self, diagnostic: Diagnostic) -> str:
        """Return the file that a finding is in."""
        return self.lock_file if diagnostic.in_lock else self.file

    def counts(self) -> dict[str, int]:
        """Return how many errors, warnings and notes there are."""
        severities = [diagnostic.rule.severity for diagnostic in self.diagnostics]
        return {f"{severity.value}s": severities.count(severity) for severity in Severity}
