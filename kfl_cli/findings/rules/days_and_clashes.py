"""Rules 4xx: holidays, closed periods and clashes."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

PUBLIC_HOLIDAY = Rule(
    "KFL401",
    "public-holiday",
    Severity.WARNING,
    finds="A day or a deadline on a public holiday, written without its weekday.",
    why="Nobody is at work. The holidays are those of the plan's `country`, NO unless it says otherwise. A row "
    "whose title says that something is closed or free is none: a word that ends in «ferie»; «stengt», "
    "«stenger», «lukket», «fridag», «fri», «skolefri», «barnehagefri», «elevfri», «undervisningsfri», "
    "«arbeidsfri», «avspasering», «helligdag», «høytidsdag»; the name of a public holiday («17. mai»); and the "
    "same in nynorsk and English. After «før» and «etter» they do not count.",
    example="when: 2018-05-10, which is Ascension Day",
    instead="when: 2018-05-09, or where the day is right: when: torsdag 10. mai 2018",
    may_ignore=True,
)


WEEKEND = Rule(
    "KFL402",
    "weekend",
    Severity.WARNING,
    finds="A day or a deadline on a Saturday or Sunday, written without its weekday.",
    why="It is often the right day of another month or year. Of a period of days, the first and the last count; one "
    "that ends with both days of a weekend is meant. A title that says the weekend is none («Julemarked lørdag», "
    "«Helgesamling»), nor one that says closed or free, see KFL401.",
    example="when: 2018-09-08",
    instead="when: 2018-09-07, or where the day is right: when: lørdag 8. september 2018",
    may_ignore=True,
)


BRIDGE_DAY = Rule(
    "KFL403",
    "bridge-day",
    Severity.NOTE,
    finds="A day or a deadline that is squeezed in between a public holiday and a weekend, without its weekday.",
    why="Many take the day off, and kindergartens have fewer at work.",
    example="when: 2018-05-11, the day after Ascension Day",
    instead="when: 2018-05-14",
    may_ignore=True,
    several="{n} dates are squeezed in between a public holiday and a weekend",
)


CLOSED_PERIOD = Rule(
    "KFL404",
    "closed-period",
    Severity.WARNING,
    finds="A day or a deadline in a period that the plan itself lists under `closed`, for a region that it holds for.",
    why="The plan says that there are no meetings then. A row that names the reason of the period "
    "(«Høstferiekurs»), a planning day («planleggingsdag») and a row that says closed or free, see KFL401, are "
    "none.",
    example="closed: [{when: uke 40 2017, why: Høstferie}], and when: 2017-10-04",
    instead="when: 2017-10-11",
    may_ignore=True,
)


JULY = Rule(
    "KFL405",
    "july",
    Severity.WARNING,
    finds="A day or a deadline in July, in a Norwegian plan.",
    why="The general staff holiday is in July; few are there, and many kindergartens are closed.",
    example="when: 2018-07-05",
    instead="when: 2018-06-28",
    may_ignore=True,
)


NO_WORKING_DAY = Rule(
    "KFL406",
    "no-working-day",
    Severity.WARNING,
    finds="A period in which there is not one working day: holidays, weekends and the plan's own `closed` take all.",
    why="What is to be done then cannot be done. What names the reason of the closed period, or says closed or "
    "free, see KFL401, is none.",
    example="closed: [{when: uke 40 2017, why: Høstferie}], and when: uke 40 2017",
    instead="when: uke 41 2017",
    may_ignore=True,
)


DERIVED_CLOSED_DAY = Rule(
    "KFL407",
    "derived-closed-day",
    Severity.NOTE,
    finds="A deadline or a day that follows from another date, and is not a working day.",
    why="«Before» a Monday is a Sunday; those whom it concerns must be done on the working day before.",
    example="when: før workshop-1, where Workshop 1 is on Monday 22 January 2018",
    instead="Nothing, where readers know what is meant; else a date of its own, such as «senest 19. januar 2018».",
    may_ignore=True,
    several="{n} deadlines or days that nobody wrote as such are not working days",
)


UNKNOWN_HOLIDAYS = Rule(
    "KFL408",
    "unknown-holidays",
    Severity.WARNING,
    finds="The public holidays of the plan's `country` are not known here.",
    why="Dates on holidays are not found. kfl has those of Norway; others come from the package holidays.",
    example="country: SE, where the package is not installed",
    instead="Install it: pip install 'kfl[holidays]'",
    may_ignore=True,
)


HALF_DAY = Rule(
    "KFL409",
    "half-day",
    Severity.NOTE,
    finds="A gathering after noon, or without clock times, on Christmas Eve, New Year's Eve or the Wednesday before "
    "Maundy Thursday, in a Norwegian plan.",
    why="Most work until noon then, and many kindergartens close. A title that names Christmas, New Year or Easter "
    "(«jul…», «nyttår…», «påske…») shows that its author knew.",
    example="when: 2018-03-28 kl. 12–15, which is the Wednesday before Maundy Thursday",
    instead="when: 2018-03-28 kl. 9–11.30, or 2018-03-27",
    may_ignore=True,
    several="{n} gatherings are on half working days",
)


DOUBLE_BOOKED = Rule(
    "KFL411",
    "double-booked",
    Severity.WARNING,
    finds="A person or a team (`kind: person`, `kind: team`) that must be in two places at once.",
    why="One of the two meets without them. Occurrences at hours that do not overlap, or in one place, are no clash.",
    example="Two gatherings on one day, in Hamar and in Tynset, both with responsible: [thomas-nordahl]",
    instead="Move one of the two, or let somebody else answer for it.",
    may_ignore=True,
)


ORGANISATION_TWICE = Rule(
    "KFL412",
    "organisation-twice",
    Severity.NOTE,
    finds="An organisation (`kind: organisation`) that answers for occurrences in several places on one day.",
    why="It can send several people, if it knows of it in time.",
    example="Two gatherings on one day, in Hamar and in Tynset, both with responsible: [sepu]",
    instead="Nothing, if it has the people.",
    may_ignore=True,
    several="{n} times an organisation answers for entries in several places on one day",
)


REGION_TWICE = Rule(
    "KFL413",
    "region-twice",
    Severity.WARNING,
    finds="Two gatherings on one day in one region or group, or in a plan without regions for one party, unless they "
    "are at hours that do not overlap or are for different parties.",
    why="The same people are often called to both. One that does not say whom it is for is for all in its region.",
    example="Two activities with a session for nord-osterdal on 2018-01-19",
    instead="Move one of the two, or give both their hours.",
    may_ignore=True,
)


FAR_APART = Rule(
    "KFL414",
    "far-apart",
    Severity.NOTE,
    finds="A person or a team with gatherings on two days in a row, three hours or more apart by the plan's `travel`.",
    why="They must travel in the evening or at night.",
    example="travel: [{between: [nord-osterdal, sor-osterdal], hours: 3}], and gatherings there on two days running",
    instead="Leave a day between the two.",
    may_ignore=True,
    several="{n} times somebody must travel far between two days",
)

RULES = (
    PUBLIC_HOLIDAY,
    WEEKEND,
    BRIDGE_DAY,
    CLOSED_PERIOD,
    JULY,
    NO_WORKING_DAY,
    DERIVED_CLOSED_DAY,
    UNKNOWN_HOLIDAYS,
    HALF_DAY,
    DOUBLE_BOOKED,
    ORGANISATION_TWICE,
    REGION_TWICE,
    FAR_APART,
)
"""In the order of their codes."""
