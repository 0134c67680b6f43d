"""Messages that are not yet in a language: an English template and the values for its gaps."""

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
"""The types of values for a gap; a day is written in the reader's language."""


class _Sentence(NamedTuple):
    template: str
    values: tuple[tuple[str, Value], ...]


class Message(_Sentence):
    """An English sentence with ``{named}`` gaps, which is also the key of its translations, and the values for them."""

    __slots__ = ()

    def __new__(cls, template: str, /, **values: Value) -> Self:
        """Keep ``template`` and ``values`` apart; ``Translator.message`` puts them together."""
        return tuple.__new__(cls, (template, tuple(values.items())))
