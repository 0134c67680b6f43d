"""Rules 2xx: ids, names and references."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

BAD_ID = Rule(
    "KFL201",
    "bad-id",
    Severity.ERROR,
    finds="An id that has other signs than lower-case a–z, digits, `-` and `_`, or that reads as a date.",
    why="Ids stand in addresses, file names and dates («før workshop-1»), and must be told from both titles and dates.",
    example="id: Møte i mars",
    instead="id: mote-i-mars",
)


DUPLICATE_ID = Rule(
    "KFL202",
    "duplicate-id",
    Severity.ERROR,
    finds="Two activities, regions or groups, sessions or tasks with the same id.",
    why="The id is what calendars follow an entry by; of two with the same one only one would be shown.",
    example="- {id: samling, …}\n- {id: samling, …}",
    instead="- {id: samling-host, …}\n- {id: samling-var, …}",
)


UNKNOWN_REGION = Rule(
    "KFL203",
    "unknown-region",
    Severity.ERROR,
    finds="A region or group that the plan does not declare under `regions`.",
    why="The activity would be shown to nobody, or to everybody.",
    example="region: hedmrken",
    instead="region: hedmarken",
)


UNKNOWN_PARTY = Rule(
    "KFL204",
    "unknown-party",
    Severity.ERROR,
    finds="A party that the plan does not declare under `parties`.",
    why="Whoever it is would not find the activity among their own.",
    example="responsible: [sepuu]",
    instead="responsible: [sepu]",
)


UNKNOWN_ACTIVITY = Rule(
    "KFL205",
    "unknown-activity",
    Severity.ERROR,
    finds="A date or `after` names an activity that is not in the plan.",
    why="The activity would have no date.",
    example="when: før workshop-11",
    instead="when: før workshop-1",
)


AMBIGUOUS_NAME = Rule(
    "KFL206",
    "ambiguous-name",
    Severity.ERROR,
    finds="Two parties, or two regions or groups, share a name or an alias.",
    why="Whoever asks for that name would get one of them by chance.",
    example="styrer: {name: Styrer, aliases: [Leder]}\nledere: {name: Leder}",
    instead="Keep the alias on one of them.",
)


REFERENCE_CYCLE = Rule(
    "KFL207",
    "reference-cycle",
    Severity.ERROR,
    finds="Activities whose dates hang on each other in a ring.",
    why="None of them can be dated before the others.",
    example="- {id: a, when: før b, …}\n- {id: b, when: etter a, …}",
    instead="Give one of them a date of its own.",
)


SESSION_WITHOUT_ID = Rule(
    "KFL208",
    "session-without-id",
    Severity.ERROR,
    finds="A session that is for all, or one of two for the same region or group, has no id of its own.",
    why="A session is known by whom it is for; two for the same group would overwrite each other in calendars.",
    example="- {for: hedmarken, when: 2018-01-18}\n- {for: hedmarken, when: 2018-02-18}",
    instead="- {id: forste, for: hedmarken, when: 2018-01-18}\n- {id: andre, for: hedmarken, when: 2018-02-18}",
)


TASK_WITHOUT_ID = Rule(
    "KFL209",
    "task-without-id",
    Severity.WARNING,
    finds="A task with a date has no id.",
    why="Calendars follow it by an id made from its title; under a new title it would be a new entry.",
    example="- {title: Sende gruppeoppsett, when: senest 1.12.2017}",
    instead="- {id: gruppeoppsett, title: Sende gruppeoppsett, when: senest 1.12.2017}",
    may_ignore=True,
)


UNKNOWN_RULE = Rule(
    "KFL210",
    "unknown-rule",
    Severity.ERROR,
    finds="`ignore` names a rule that kfl does not have, or one that cannot be ignored.",
    why="The finding that was meant to be silent would still be reported.",
    example="ignore: {KFL999: avklart med SePU}",
    instead="ignore: {KFL309: avklart med SePU}",
)


UNRELATED_SCOPE = Rule(
    "KFL211",
    "unrelated-scope",
    Severity.ERROR,
    finds="A session is for a region or group that its activity does not concern.",
    why="It would be shown to people whom the activity says nothing to.",
    example="region: hedmarken\nsessions:\n  - {for: nord-osterdal, when: 2018-01-19}",
    instead="Add the region to the activity, or mend the session.",
)


IGNORE_WITHOUT_REASON = Rule(
    "KFL212",
    "ignore-without-reason",
    Severity.ERROR,
    finds="`ignore` silences a rule without saying why.",
    why="The next reader must be able to tell whether the reason still holds.",
    example="ignore: {KFL309: }",
    instead="ignore: {KFL309: avklart med SePU}",
)


UNUSED_IGNORE = Rule(
    "KFL213",
    "unused-ignore",
    Severity.WARNING,
    finds="`ignore` names a rule that finds nothing there.",
    why="The plan has changed, and the next time the rule finds something it would be silent for an old reason.",
    example="ignore: {KFL401: avtalt med SePU}, on an activity that is no longer on a public holiday",
    instead="Remove the line.",
)


COLLECTIVE_RING = Rule(
    "KFL214",
    "collective-ring",
    Severity.ERROR,
    finds="Collective parties that are members of each other in a ring.",
    why="Who is in them, and so who sees what is for them, could not be told.",
    example="alle: {name: Alle, members: [ledere]}\nledere: {name: Ledere, members: [alle]}",
    instead="Take one of them out of `members`.",
)


UNKNOWN_CATEGORY = Rule(
    "KFL215",
    "unknown-category",
    Severity.ERROR,
    finds="A category that the plan does not declare under `categories`.",
    why="Readers who choose that category would not find the activity.",
    example="category: analyse, in a plan without `categories`",
    instead="categories:\n  analyse: {name: Analysedel}",
)

RULES = (
    BAD_ID,
    DUPLICATE_ID,
    UNKNOWN_REGION,
    UNKNOWN_PARTY,
    UNKNOWN_ACTIVITY,
    AMBIGUOUS_NAME,
    REFERENCE_CYCLE,
    SESSION_WITHOUT_ID,
    TASK_WITHOUT_ID,
    UNKNOWN_RULE,
    UNRELATED_SCOPE,
    IGNORE_WITHOUT_REASON,
    UNUSED_IGNORE,
    COLLECTIVE_RING,
    UNKNOWN_CATEGORY,
)
"""In the order of their codes."""
