"""The parts of a finding, as plain values: its span, its rule, its message, its remedy.

Messages and remedies are not in a language yet: ``report/`` puts them into the reader's.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct

from kfl_cli.language.message import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kfl_cli.language.message import Message


class Span(NamedTuple):
    """A stretch of the plan file.

    Lines and columns count from 1, columns in characters (code points); the end is the place after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)
"""The beginning of the file, for findings on the file as a whole."""


class FromFile(Struct, frozen=True, eq=False):
    """A value read from the file: where it stands there, its ``node`` or ``span``, takes no part in equality."""

    def _compared(self) -> list[object]:
        return [getattr(self, name) for name in self.__struct_fields__ if name not in {"node", "span"}]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(tuple(self._compared()))


class Severity(enum.Enum):
    """How bad a finding is; a plan with errors is not exported."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(Struct, frozen=True, eq=False):
    """One kind of finding. Its code and name never change.

    The four texts are what ``kfl explain`` prints: what the rule finds, why that matters, a plan that breaks it and
    what to write instead.
    """

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    example: str
    instead: str
    may_ignore: bool = False
    """Whether ``ignore:`` may silence it: not where the plan has no meaning without a remedy."""
    several: str = ""
    """The message for ``{n}`` findings at once, of a rule that would else say the same many times."""


class Related(Struct, frozen=True):
    """Another place that helps to understand a finding, and a message for it."""

    message: Message
    span: Span


class Advice(Struct, frozen=True):
    """A remedy that the author carries out: a sentence."""

    message: Message


class Edit(Struct, frozen=True):
    """One change of the plan file: what stands at ``span`` becomes ``text``.

    ``text`` is a value, not yet quoted or indented as YAML may ask for at that place.
    """

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A remedy that can be carried out without asking: a sentence and the edits that it stands for."""

    message: Message
    edits: tuple[Edit, ...]


Remedy: TypeAlias = Fix | Advice
"""The way to mend a finding."""


def offer(near: Sequence[str], span: Span) -> Remedy | None:
    """Offer to write one of ``near`` for what stands at ``span``: a fix where there is only one, None for none."""
    message = did_you_mean(near)
    if message is None:
        return None
    return Fix(message, (Edit(span, near[0]),)) if len(near) == 1 else Advice(message)


class Diagnostic(Struct, frozen=True):
    """One finding at one place of the plan file, or of the ledger beside it."""

    rule: Rule
    span: Span
    message: Message
    remedy: Remedy | None = None
    related: tuple[Related, ...] = ()
    in_lock: bool = False
    """Whether ``span`` is in the ledger (``plan.lock``)."""

    @property
    def hint(self) -> Message | None:
        """The sentence of the remedy."""
        return self.remedy.message if self.remedy else None
