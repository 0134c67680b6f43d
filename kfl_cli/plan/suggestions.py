"""Known words for unknown ones: which key or value the author of a plan may have meant.

Two tables hold Norwegian and everyday words for the English keys and values; other words are compared with the known
ones. The module is imported when the first unknown word is found, so that a plan without one does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.text.names import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

_KEYS = {
    "aktiviteter": ("activities",),
    "aktører": ("parties",),
    "ansvar": ("responsible",),
    "ansvarlig": ("responsible",),
    "antall": ("count",),
    "arbeidsoppgaver": ("tasks",),
    "beskrivelse": ("description", "note"),
    "date": ("when",),
    "dato": ("when",),
    "datoer": ("when", "sessions"),
    "delmål": ("aims",),
    "deloppgaver": ("tasks",),
    "description": ("note",),
    "epost": ("email",),
    "etter": ("after",),
    "ferie": ("closed",),
    "ferier": ("closed",),
    "for": ("region",),
    "fra": ("when",),
    "frist": ("when",),
    "fylker": ("regions",),
    "grupper": ("groups",),
    "kategori": ("category",),
    "kategorier": ("categories",),
    "kilde": ("source",),
    "kommentar": ("note", "question"),
    "kommuner": ("municipalities",),
    "kontakt": ("contact",),
    "land": ("country",),
    "lenke": ("links", "url"),
    "lenker": ("links",),
    "merknad": ("note",),
    "mål": ("goals", "aims"),
    "målgruppe": ("audience",),
    "navn": ("name", "title"),
    "når": ("when",),
    "oppgaver": ("tasks",),
    "periode": ("period",),
    "plass": ("location",),
    "region": ("for", "regions"),
    "regioner": ("regions",),
    "reisetid": ("travel",),
    "samlinger": ("sessions",),
    "språk": ("language",),
    "spørsmål": ("question",),
    "stad": ("location",),
    "sted": ("location",),
    "stengt": ("closed",),
    "telefon": ("phone",),
    "tid": ("when",),
    "tidspunkt": ("when",),
    "tidssone": ("timezone",),
    "timer": ("hours",),
    "tittel": ("title",),
    "tlf": ("phone",),
    "type": ("kind",),
    "versjon": ("version",),
}
"""Words that authors write for a key, and the keys that they may stand for, best first."""

_SLIP = 0.75
"""How like a key a word is that is a slip of the pen: «titel» is «title», and «kostnad» no key."""

_SAME_STEM = 0.66
"""How like an English key a word is that may stand for it: «party» is «parties»."""

_VALUES = {
    "avlyst": "cancelled",
    "bekreftet": "confirmed",
    "ferdig": "done",
    "foreløpig": "tentative",
    "fullført": "done",
    "gjennomført": "done",
    "gjort": "done",
    "intern": "internal",
    "offentlig": "public",
    "usikker": "tentative",
    "utført": "done",
    **{name: words.language for words in VOCABULARIES.values() for name in words.names},
}
"""Words that authors write for a value, and the value."""


def is_known(word: str) -> bool:
    """Return whether a word is in the table of keys, so that no search for near keys is needed."""
    return word.lower() in _KEYS


def keys_meant(word: str, free: Collection[str]) -> list[str]:
    """Return those of the keys ``free`` that a word may stand for, best first."""
    word = word.partition(":")[0]
    if word in free:
        return [word]
    if word.lower() in _KEYS:
        return [key for key in _KEYS[word.lower()] if key in free]
    norwegian = (key for near in nearest(word, _KEYS, 1, _SLIP) for key in _KEYS[near] if key in free)
    return nearest(word, free, likeness=_SAME_STEM) or list(norwegian)


def advice_for_key(word: str) -> Message | None:
    """Return what to write for a word that says more than the key it stands for: «frist» is a date and «senest»."""
    return Message("write the date under `when:`, after «senest»") if word.lower() == "frist" else None


def values_meant(word: str, values: tuple[str, ...]) -> list[str]:
    """Return the value that a word may stand for, in a list of one or none."""
    norwegian = {each: value for each, value in _VALUES.items() if value in values}
    return [norwegian.get(near, near) for near in nearest(word, [*values, *norwegian], 1)]
