"""Values of several records: dates, links, ignored rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli import dates
from kfl_cli.findings.finding import Advice, Diagnostic, Remedy, Rule, Span, offer
from kfl_cli.findings.rules import catalogue
from kfl_cli.findings.rules.file import TOO_LARGE, WRONG_SHAPE
from kfl_cli.findings.rules.identity import IGNORE_WITHOUT_REASON, UNKNOWN_RULE
from kfl_cli.language.message import Message
from kfl_cli.plan import schema
from kfl_cli.plan.model import Dated, Ignore, Link
from kfl_cli.plan.records import Fields, Findings, as_record, check_url, clean_scalar
from kfl_cli.plan.yaml.nodes import Mapping, Node, Scalar, Sequence, span_of
from kfl_cli.text.characters import on_one_line
from kfl_cli.text.names import nearest

if TYPE_CHECKING:
    from kfl_cli.dates import Window

MOST_LABELS = 100
"""Labels of columns of the author's own in a plan; each is a column of every line of CSV."""


class Values(Struct):
    """Reads dates, links and ignored rules; the plan's language and period serve to offer dates."""

    findings: Findings
    language: str
    period: Window | None = None
    dates_by_text: dict[str, Dated] = field(default_factory=dict)
    """Dates by their wording: reading a date takes long, and a large plan repeats many."""
    labels: set[str] = field(default_factory=set)
    """Labels of the author's own columns."""

    def report(self, rule: Rule, span: Span, message: Message, remedy: Remedy | None = None) -> None:
        """Add a finding."""
        self.findings.append(Diagnostic(rule, span, message, remedy))

    def dated(self, fields: Fields, key: str, remedy: Remedy | None = None) -> Dated | None:
        """Read a date; ``remedy`` is for one that cannot be read and that is near no other."""
        text = fields.line(key)
        if text is None or text in self.dates_by_text:
            return self.dates_by_text[text] if text else None
        when = dates.parse(text, self.period, self.language)
        if isinstance(when, dates.DateProblem):
            span = fields.at(key)
            offered = when.remedy(span)
            self.report(when.rule, span, when.message, offered if when.near or not remedy else remedy)
            return None
        dated = self.dates_by_text[text] = Dated.of(text, when)
        return dated

    def links(self, fields: Fields) -> tuple[Link, ...]:
        """Read the list under ``links``."""
        value = fields.value("links")
        if value is None:
            return ()
        if not isinstance(value, Sequence):
            message = Message("«{key}» must be a list", key="links")
            self.report(WRONG_SHAPE, span_of(value), message, Advice(Message("begin each entry with a hyphen")))
            return ()
        links = (self.link(node) for node in value.items)
        return tuple(link for link in links if link)

    def link(self, node: Node) -> Link | None:
        """Read an address alone or with a title."""
        if not isinstance(node, Mapping):
            scalar = clean_scalar(node, self.findings)
            url = check_url(scalar, self.findings) if scalar else None
            return Link(url) if url else None
        fields = as_record(node, schema.LINK, self.findings)
        url = fields.url("url") if fields else None
        return Link(url, fields.line("title")) if fields and url else None

    def labelled(self, fields: Fields, key: str) -> tuple[tuple[str, str], ...]:
        """Read a mapping of texts by labels; texts may have several lines."""
        if key not in fields:
            return ()
        pairs = fields.pairs(key, Advice(Message("write the label and the text: «Hvordan: …»")))
        cleaned = [(clean_scalar(label, self.findings), clean_scalar(node, self.findings)) for label, node in pairs]
        read = tuple((on_one_line(label.text), text.text.strip()) for label, text in cleaned if label and text)
        had_room = len(self.labels) <= MOST_LABELS
        self.labels.update(label for label, _ in read)
        if had_room and len(self.labels) > MOST_LABELS:
            message = Message("the activities have more than {most} columns of their own", most=MOST_LABELS)
            remedy = Advice(Message("use the same labels in all of them"))
            self.report(TOO_LARGE, fields.at(key), message, remedy)
        return read

    def ignored(self, fields: Fields) -> tuple[Ignore, ...]:
        """Read the rules under ``ignore``, each of which needs a reason."""
        if fields.by_key["ignore"] is None:
            return ()
        ignored = []
        for key, reason in fields.pairs("ignore", Advice(Message("write the rule and the reason: «KFL402: …»"))):
            rule = catalogue.find(key.text)
            if rule is None:
                message = Message("kfl has no rule «{rule}»", rule=key.text)
                known = [word for each in catalogue.RULES.values() for word in (each.code, each.name)]
                self.report(UNKNOWN_RULE, key.span, message, offer(nearest(key.text, known), key.span))
            elif not rule.may_ignore:
                message = Message("{code} {name} cannot be ignored", code=rule.code, name=rule.name)
                self.report(UNKNOWN_RULE, key.span, message, Advice(Message("mend what it reports")))
            elif not isinstance(reason, Scalar) or not reason.text.strip():
                message = Message("{code} {name} is ignored without a reason", code=rule.code, name=rule.name)
                remedy = Advice(Message("write the reason after the colon"))
                self.report(IGNORE_WITHOUT_REASON, key.span, message, remedy)
            else:
                ignored.append(Ignore(rule, key.span))
        return tuple(ignored)
