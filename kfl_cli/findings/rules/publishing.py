"""Rules 6xx: what is published."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

PERSONAL_CONTACT = Rule(
    "KFL601",
    "personal-contact",
    Severity.WARNING,
    finds="An e-mail address or a phone number in a public plan, elsewhere than under `contact`.",
    why="What is published is copied: addresses get spam, and their owners were perhaps not asked.",
    example="note: Sendes til kari@example.no",
    instead="Set `visibility: internal`, export with --public, or write whom to ask under `contact`.",
    may_ignore=True,
)


INSECURE_LINK = Rule(
    "KFL602",
    "insecure-link",
    Severity.NOTE,
    finds="An address that begins with http and not with https.",
    why="Browsers warn against it, and what is on the page can be changed on its way.",
    example="url: http://www.example.no/plan",
    instead="url: https://www.example.no/plan",
    may_ignore=True,
    several="{n} addresses are not https",
)


OTHER_LANGUAGE = Rule(
    "KFL603",
    "other-language",
    Severity.NOTE,
    finds="A period in the words of another language than the plan's.",
    why="Readers see it as it is written, in the middle of a page in the plan's language.",
    example="language: nb, and when: autumn 2017",
    instead="when: høst 2017",
    may_ignore=True,
    several="{n} periods are in another language than the plan",
)

RULES = (
    PERSONAL_CONTACT,
    INSECURE_LINK,
    OTHER_LANGUAGE,
)
"""In the order of their codes."""
