"""The sections ``plan:`` and ``seasons:``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli import dates
from kfl_cli.findings.finding import Advice, Diagnostic, Related, Span, offer
from kfl_cli.findings.rules.dates import UNREADABLE_DATE
from kfl_cli.findings.rules.file import DUPLICATE_KEY, UNKNOWN_KEY, UNKNOWN_TIMEZONE, UNKNOWN_VALUE, UNSAFE_LINK
from kfl_cli.language.message import Message
from kfl_cli.plan import schema
from kfl_cli.plan.labels import Labels
from kfl_cli.plan.model import Contact, Dated, Goal
from kfl_cli.plan.records import Fields, Findings, as_record, clean_scalar
from kfl_cli.plan.yaml.nodes import Mapping, Node, Scalar
from kfl_cli.text.names import nearest

if TYPE_CHECKING:
    from datetime import date

    from kfl_cli.language.vocabularies import Season
    from kfl_cli.plan.load.values import Values

PERIOD_REMEDY = Advice(Message("write years or half-years, such as «høst 2017 – vår 2018»"))

DEFAULT_TIMEZONE = "Europe/Oslo"

DEFAULT_COUNTRY = "NO"

_NOT_ZONES = frozenset({"localtime", "posixrules", "Factory"})
"""Names of a zone database that differ from machine to machine, or are no zone."""

_COUNTRY_ZONES = {"norge": "Europe/Oslo", "noreg": "Europe/Oslo", "norway": "Europe/Oslo", "cet": "Europe/Oslo"}


class Head(Struct):
    """Reads the head of a plan."""

    values: Values
    seasons: dates.Seasons = dates.SEASONS

    def timezone(self, head: Fields) -> str:
        """Return the zone of all clock times."""
        scalar = head.scalar("timezone")
        if scalar is None or scalar.text == DEFAULT_TIMEZONE:
            return DEFAULT_TIMEZONE
        import zoneinfo  # noqa: PLC0415  slow to load, and most plans name the default

        known = zoneinfo.available_timezones() - _NOT_ZONES
        if scalar.text in known:
            return scalar.text
        home = _COUNTRY_ZONES.get(scalar.text.lower())
        cities = {zone.rsplit("/", 1)[-1]: zone for zone in sorted(known)}
        near = [home] if home else nearest(scalar.text, sorted(known), 1)
        near = near or [cities[city] for city in nearest(scalar.text, cities, 1)]
        message = Message("«{zone}» is no time zone", zone=scalar.text)
        remedy = offer(near, scalar.span) or Advice(Message("write a name such as «{zone}»", zone=DEFAULT_TIMEZONE))
        self.values.report(UNKNOWN_TIMEZONE, scalar.span, message, remedy)
        return DEFAULT_TIMEZONE

    def version(self, head: Fields) -> date | None:
        """Return the day of this version."""
        remedy = Advice(Message("write the day of this version, such as 2017-12-04"))
        dated = self.values.dated(head, "version", remedy)
        if dated is None:
            return None
        if isinstance(dated.when, dates.Day):
            return dated.when.date
        message = Message("the version «{text}» is not a day", text=dated.text)
        self.values.report(UNREADABLE_DATE, head.at("version"), message, remedy)
        return None

    def period_of(self, period: Dated | None, head: Fields) -> dates.Window | None:
        """Return the first and last day of the period; it may not refer to an activity."""
        if period is None:
            return None
        if period.references:
            message = Message("the plan's period cannot hang on an activity")
            self.values.report(
                UNREADABLE_DATE, head.at("period"), message, Advice(Message("write years or half-years"))
            )
            return None
        window = dates.window_of(period.when, self.seasons, lambda _: dates.UNSET)
        return self.window(window, head.at("period"))

    def window(self, window: dates.Window | dates.DateProblem, span: Span) -> dates.Window | None:
        """Report a date that cannot be resolved; None for that, and for one that is not fixed yet."""
        if isinstance(window, dates.DateProblem):
            self.values.report(window.rule, span, window.message, window.remedy(span))
            return None
        return None if window.unset else window

    def goal(self, node: Node) -> Goal | None:
        """Read an intention alone or with aims."""
        if not isinstance(node, Mapping):
            scalar = clean_scalar(node, self.values.findings)
            return Goal(" ".join(scalar.text.split())) if scalar else None
        fields = as_record(node, schema.GOAL, self.values.findings)
        intention = fields.line("intention") if fields else None
        return Goal(intention, fields.lines("aims")) if fields and intention else None

    def contact(self, head: Fields) -> Contact | None:
        """Read a name alone, or a record."""
        value = head.value("contact")
        if value is None:
            return None
        if isinstance(value, Scalar):
            return Contact(name=head.line("contact"))
        fields = as_record(value, schema.CONTACT, self.values.findings)
        if fields is None:
            return None
        return Contact(fields.line("name"), self.email(fields), fields.line("phone"), fields.url("url"))

    def labels(self, head: Fields) -> Labels:
        """Read what readers call things."""
        value = head.value("labels")
        fields = None if value is None else as_record(value, schema.LABELS, self.values.findings)
        if fields is None:
            return Labels()
        return Labels(fields.line("region"), fields.line("role"), fields.line("responsible"), fields.line("audience"))

    def email(self, fields: Fields) -> str | None:
        """Return an e-mail address; None, with a finding, for any other text."""
        scalar = fields.scalar("email")
        if scalar is None or re.fullmatch(r"[^\s<>\"@]+@[^\s<>\"@]+\.[^\s<>\"@?]+", scalar.text):
            return scalar.text if scalar else None
        message = Message("«{text}» is not an e-mail address", text=scalar.text)
        self.values.report(
            UNSAFE_LINK, scalar.span, message, Advice(Message("write an address such as post@kommune.no"))
        )
        return None

    def country(self, head: Fields) -> str:
        """Return the country code (ISO 3166)."""
        scalar = head.scalar("country")
        if scalar is None or re.fullmatch(r"[A-Z]{2}", scalar.text):
            return scalar.text if scalar else DEFAULT_COUNTRY
        message = Message("«{value}» is none of the values of `{key}:`", value=scalar.text, key="country")
        remedy = Advice(Message("write a country code of two capitals, such as NO"))
        self.values.report(UNKNOWN_VALUE, scalar.span, message, remedy)
        return DEFAULT_COUNTRY


def read_seasons(file: Fields, findings: Findings) -> dates.Seasons:
    """Read what the half-years cover in this plan: ``høst: 1.8.–31.12.`` or ``høst: 08-01..12-31``."""
    seasons = {season: (season, first, last) for season, first, last in dates.SEASONS}
    written: dict[Season, Scalar] = {}
    for key, node in file.pairs("seasons"):
        season = schema.SEASON_NAMES.get(key.text.lower())
        if season is None:
            message = Message("«{name}» is no half-year", name=key.text)
            findings.append(Diagnostic(UNKNOWN_KEY, key.span, message, Advice(Message("write «vår» or «høst»"))))
            continue
        first_key = written.setdefault(season, key)
        if first_key is not key:
            message = Message("«{name}» is the same half-year as «{other}»", name=key.text, other=first_key.text)
            related = (Related(Message("first here"), first_key.span),)
            remedy = Advice(Message("remove one of the two"))
            findings.append(Diagnostic(DUPLICATE_KEY, key.span, message, remedy, related))
        scalar = clean_scalar(node, findings)
        span = dates.parse_yearless(scalar.text) if scalar else None
        if scalar and span is None:
            message = Message("«{text}» is not a part of the year", text=scalar.text)
            remedy = Advice(Message("write its first and last day, such as «1.8.–31.12.»"))
            findings.append(Diagnostic(UNREADABLE_DATE, scalar.span, message, remedy))
        elif span is not None:
            seasons[season] = (season, *span)
    return tuple(seasons.values())
