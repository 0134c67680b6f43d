"""Sentences that wait for their language: a template and the values that go into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def did_you_mean(near: Sequence[str]) -> Message | None:
    """Offer ``near``, the texts that may have been meant; None where there are none."""
    if not near:
        return None
    if len(near) == 1:
        return Message("did you mean «{text}»?", text=near[0])
    return Message("did you mean «{text}» or «{other}»?", text="», «".join(near[:-1]), other=near[-1])


Value: TypeAlias = "str | int | date | Message"
"""What can stand in a gap; a day is said in the reader's language."""


class _Sentence(NamedTuple):
    template: str
    values: tuple[tuple[str, Value], ...]


class Message(_Sentence):
    """An English sentence with ``{named}`` gaps, and what goes into them; the sentence is also the translation key."""

    __slots__ = ()

    def __new__(cls, template: str, /, **values: Value) -> Self:
        """Keep ``template`` and ``values`` apart until somebody reads them."""
        return tuple.__new__(cls, (template, tuple(values.items())))
