"""Rules on what is published: addresses of people, insecure links, other languages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kfl_cli import dates
from kfl_cli.checks.facts import MOST_RELATED, some
from kfl_cli.findings.finding import Advice, Diagnostic, Related, offer
from kfl_cli.findings.rules.publishing import INSECURE_LINK, OTHER_LANGUAGE, PERSONAL_CONTACT
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import VOCABULARIES
from kfl_cli.plan.yaml.nodes import Mapping, span_of
from kfl_cli.text.contacts import contacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kfl_cli.checks.facts import Facts
    from kfl_cli.findings.finding import Span
    from kfl_cli.language.vocabularies import Vocabulary
    from kfl_cli.plan.model import Activity, Dated, Session, Task

_NO_SENTENCES = frozenset({"contact", "version", "period", "seasons"})
_QUOTED = "source"
_INSECURE = re.compile(r"http://[^\s<>\"')\]]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def personal_contact(facts: Facts) -> Iterator[Diagnostic]:
    """Find e-mail addresses and phone numbers in a public plan, once an activity."""
    if facts.plan.visibility != "public":
        return
    for _, texts in facts.texts:
        addresses: dict[str, None] = {}
        spans: list[Span] = []
        for written in texts:
            if written.key in _NO_SENTENCES or not written.above.isdisjoint(_NO_SENTENCES):
                continue
            here = contacts(written.text)
            if here:
                spans.append(written.span)
            addresses |= dict.fromkeys(here)
        if addresses:
            message = Message("in a public plan: {contacts}", contacts=some(list(addresses)))
            related = tuple(Related(Message("also here"), span) for span in spans[1 : MOST_RELATED + 1])
            remedy = Advice(Message("export with --public, or set «visibility: internal» under `plan:`"))
            yield Diagnostic(PERSONAL_CONTACT, spans[0], message, remedy, related)


def insecure_link(facts: Facts) -> Iterator[Diagnostic]:
    """Find addresses that begin with http, each once."""
    seen: set[str] = set()
    for _, texts in facts.texts:
        for written in texts:
            if "://" not in written.text or written.key == _QUOTED or _QUOTED in written.above:
                continue
            for url in _insecure(written.text):
                if url not in seen:
                    seen.add(url)
                    message = Message("{url} is not encrypted", url=url)
                    remedy = Advice(Message("see whether it answers with https, and write that"))
                    yield Diagnostic(INSECURE_LINK, written.span, message, remedy)


def _insecure(text: str) -> list[str]:
    return [url.rstrip(".,;:!?") for url in _INSECURE.findall(text)]


def other_language(facts: Facts) -> Iterator[Diagnostic]:
    """Find periods in the words of another language, which readers would see as they are."""
    words = VOCABULARIES[facts.plan.language]
    for dated, node, *path in _written(facts):
        if not dated.is_worded:
            continue
        if not _foreign_words(words.language).isdisjoint(_WORD.findall(dated.text.casefold())):
            message = Message("«{text}» is not in the plan's language", text=dated.text)
            span = span_of(node, *path)
            yield Diagnostic(OTHER_LANGUAGE, span, message, offer([dates.say(dated.when, words)], span))


def _written(facts: Facts) -> Iterator[tuple[Dated, Mapping | None, *tuple[str, ...]]]:
    """Return all dates, each with where it stands: a node, and the keys below it."""
    if facts.plan.period_when:
        yield facts.plan.period_when, facts.plan.node, "plan", "period"
    for activity in facts.plan.activities:
        parts: tuple[Activity | Session | Task, ...] = (activity, *activity.sessions, *activity.tasks)
        for part in parts:
            if part.when:
                yield part.when, part.node, "when"


@cache
def _words_of(language: str) -> frozenset[str]:
    """Return the words that readers of a language know in dates."""
    words: Vocabulary = VOCABULARIES[language]
    units = (forms for unit in words.units.values() for forms in unit)
    seasons = (*words.seasons.values(), *words.seasons_definite.values())
    names = (words.months, words.months_short, tuple(words.months_other), words.weekdays, *words.parts.values())
    others = (words.before, words.by, words.after, words.since, words.clock, words.unset, words.filler)
    groups = (*names, *units, *seasons, *words.school_years.values(), *others)
    return frozenset(part.casefold() for group in groups for word in group for part in _WORD.findall(word))


@cache
def _foreign_words(language: str) -> frozenset[str]:
    """Return the words that only readers of other languages know."""
    return frozenset[str]().union(*(_words_of(each) for each in VOCABULARIES)) - _words_of(language)
