"""What kfl says about a plan: places, messages, rules and findings, as plain values.

Lines and columns count from 1, columns in characters (code points), and an end column is the one after the last
marked character. A message is kept as its English template and the values that go into it, so that it can be said in
any language at the very end (``report``).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date


class Span(NamedTuple):
    """A stretch of the plan file."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)


class Severity(enum.Enum):
    """How bad a finding is; only errors keep a plan from being exported."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


Value: TypeAlias = "str | int | date | Message"
"""What can stand in a gap; a day is said in the reader's language."""


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """An English sentence with ``{named}`` gaps, and what goes into them; the sentence is also the translation key."""

    template: str
    values: tuple[tuple[str, Value], ...]

    def __init__(self, template: str, /, **values: Value) -> None:
        """Keep ``template`` and ``values`` apart until somebody reads them."""
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding. Code and name are a promise and never change.

    The four texts are what ``kfl explain`` prints: what the rule finds, why that matters, a plan that breaks it and
    what to write instead.
    """

    code: str
    name: str
    severity: Severity
    finds: str = field(compare=False)
    why: str = field(compare=False)
    example: str = field(compare=False)
    instead: str = field(compare=False)
    may_ignore: bool = False
    """Whether ``ignore:`` may silence it: only where the plan still means something without it."""
    several: str = field(default="", compare=False)
    """For a rule that would often say the same: what is said of ``{n}`` findings at once."""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand a finding."""

    message: Message
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place of the plan file, or of the ledger beside it."""

    rule: Rule
    span: Span
    message: Message
    hint: Message | None = None
    related: tuple[Related, ...] = ()
    in_lock: bool = False
