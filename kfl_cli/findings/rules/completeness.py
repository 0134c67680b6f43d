"""Rules 5xx: whether the plan is whole and in order."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

REGION_WITHOUT_SESSION = Rule(
    "KFL501",
    "region-without-session",
    Severity.WARNING,
    finds="An activity with sessions has none, or fewer than for the others, for a region or group that it concerns.",
    why="They are not called in. `kfl matrix` shows all activities with sessions by region and group.",
    example="sessions for hedmarken, kongsvingerregionen and sor-osterdal, but none for nord-osterdal",
    instead="Add the session, or say under `region` whom the activity concerns.",
    may_ignore=True,
)


REGION_COVERED_TWICE = Rule(
    "KFL502",
    "region-covered-twice",
    Severity.WARNING,
    finds="An activity has more sessions for a region or group than for the others.",
    why="They are called in twice, often once on their own and once as part of their region.",
    example="sessions:\n  - {for: hedmarken, when: 2018-01-18}\n  - {for: hamar-stange, when: 2018-01-23}",
    instead="sessions:\n  - {for: ringsaker-loten, when: 2018-01-18}\n  - {for: hamar-stange, when: 2018-01-23}",
    may_ignore=True,
)


MUNICIPALITY_NOT_ONCE = Rule(
    "KFL503",
    "municipality-not-once",
    Severity.WARNING,
    finds="A municipality in two groups or regions, or one of a region with groups that is in none of them.",
    why="It is called in twice, or not at all.",
    example="municipalities: [Hamar, Stange, Løten], with Løten in none of the groups",
    instead="Put each municipality in exactly one group.",
    may_ignore=True,
)


OUT_OF_ORDER = Rule(
    "KFL511",
    "out-of-order",
    Severity.ERROR,
    finds="A date that comes before what it must come after (`after`), for the same region or group.",
    why="What it builds on has not happened yet: a portal that closes before it opens, workshop 2 before workshop 1.",
    example="- {id: apner, when: 2017-10-16, …}\n- {id: stenger, when: 2017-10-01, after: apner, …}",
    instead="- {id: apner, when: 2017-10-16, …}\n- {id: stenger, when: 2017-12-01, after: apner, …}",
    may_ignore=True,
)


DEADLINE_TOO_LATE = Rule(
    "KFL512",
    "deadline-too-late",
    Severity.WARNING,
    finds="A task with a deadline after the day of its activity, which it should prepare.",
    why="It would be done too late. Work that comes afterwards can say so: «senest 3 dager etter oppstart».",
    example="when: 2017-10-31\ntasks:\n  - {id: program, title: Sende program, when: senest 7.11.2017}",
    instead="when: 2017-10-31\ntasks:\n  - {id: program, title: Sende program, when: senest 7.10.2017}",
    may_ignore=True,
)


TASK_OUTSIDE_ACTIVITY = Rule(
    "KFL513",
    "task-outside-activity",
    Severity.WARNING,
    finds="A task with a date outside the period of its activity.",
    why="One of the two is out of date.",
    example="when: høst 2017\ntasks:\n  - {id: oppsett, title: Gruppeoppsett, when: senest 1.2.2018}",
    instead="when: høst 2017\ntasks:\n  - {id: oppsett, title: Gruppeoppsett, when: senest 1.12.2017}",
    may_ignore=True,
)


UNEVEN_SPACING = Rule(
    "KFL514",
    "uneven-spacing",
    Severity.NOTE,
    finds="A group that has much more or less time between two series of sessions (`after`) than the others.",
    why="They have less time to work between the two, or lose the thread.",
    example="Workshop 1 → Workshop 2: 35 days for one region, and 45 to 60 for the others",
    instead="Move one of its sessions, if that can be done.",
    may_ignore=True,
    several="{n} groups have another rhythm than the others",
)


NUMBERS_OUT_OF_ORDER = Rule(
    "KFL515",
    "numbers-out-of-order",
    Severity.WARNING,
    finds="Of two activities with the same title but for a number, the later one comes first for a region or group.",
    why="The numbers say another order than the dates.",
    example="Workshop 1 on 2018-02-10 and Workshop 2 on 2018-01-13, both for nord-osterdal",
    instead="Swap the dates; `after: workshop-1` on Workshop 2 makes it an error to mix them up again.",
    may_ignore=True,
)


NO_RESPONSIBLE = Rule(
    "KFL521",
    "no-responsible",
    Severity.WARNING,
    finds="Nobody answers for an activity, in a plan in which a quarter of them or more say who does.",
    why="What is everybody's task is done by nobody.",
    example="- {id: samling, title: Regional samling, when: 2017-09-08}",
    instead="- {id: samling, title: Regional samling, when: 2017-09-08, responsible: [sepu]}",
    may_ignore=True,
    several="{n} activities have nobody who answers for them",
)


NO_AUDIENCE = Rule(
    "KFL522",
    "no-audience",
    Severity.NOTE,
    finds="An activity names no audience and no region, in a plan in which half of them or more have an audience.",
    why="Readers who look for their own rows do not find it.",
    example="- {id: samling, title: Regional samling, when: 2017-09-08, responsible: [sepu]}",
    instead="- {id: samling, title: Regional samling, when: 2017-09-08, responsible: [sepu], audience: [styrer]}",
    may_ignore=True,
    several="{n} activities do not say whom they are for",
)


NO_PLACE = Rule(
    "KFL523",
    "no-place",
    Severity.NOTE,
    finds="A gathering without a place: a session, a day with a clock time, or one that its title calls a gathering.",
    why="Those who are to come must ask where.",
    example="sessions:\n  - {for: hedmarken, when: 2017-09-18}",
    instead="sessions:\n  - {for: hedmarken, when: 2017-09-18, location: Scandic Hamar}",
    may_ignore=True,
    several="{n} activities have gatherings without a place",
)


NO_CLOCK_TIME = Rule(
    "KFL524",
    "no-clock-time",
    Severity.NOTE,
    finds="A gathering without a clock time.",
    why="In a calendar it stands as a whole day, and nobody's time is taken.",
    example="when: 2017-10-31",
    instead="when: 2017-10-31 09:30–15:30",
    may_ignore=True,
    several="{n} activities have gatherings without a clock time",
)


UNUSED_PARTY = Rule(
    "KFL525",
    "unused-party",
    Severity.NOTE,
    finds="A party that answers for nothing and that nothing is for.",
    why="It is left over from an earlier version, or its rows are missing.",
    example="parties: {fmhe: {name: FMHE}}, and no activity that names fmhe",
    instead="Remove it, or name it where it belongs.",
    may_ignore=True,
    several="{n} parties are not used",
)


UNUSED_REGION = Rule(
    "KFL526",
    "unused-region",
    Severity.NOTE,
    finds="A region that no activity and no session names, in a plan where others are named.",
    why="Its rows may be missing.",
    example="regions: {vest: {name: Vest}, ost: {name: Øst}}, and sessions for vest alone",
    instead="Add its rows, or remove it.",
    may_ignore=True,
    several="{n} regions are not used",
)


SIMILAR_NAMES = Rule(
    "KFL527",
    "similar-names",
    Severity.WARNING,
    finds="Two names that differ in a single letter, in texts or among the parties.",
    why="They are probably one, and who searches for the one does not find the other.",
    example="description: Thomas Nordal presenterer rapportene, and parties: {thomas-nordahl: {name: Thomas Nordahl}}",
    instead="Write the name the same way, or add the other spelling under `aliases`.",
    may_ignore=True,
)


COLLECTIVE_WITHOUT_MEMBERS = Rule(
    "KFL528",
    "collective-without-members",
    Severity.WARNING,
    finds="A party that is called «alle …» and does not say which of the other parties it takes in.",
    why="What is for «Alle barnehager» is for the head of each; without `members` it is not among the head's own rows.",
    example="alle: {name: Alle barnehager}\nstyrer: {name: Styrer}",
    instead="alle: {name: Alle barnehager, members: [styrer]}, or `members: []` where it takes in none of them",
    may_ignore=True,
)


OPEN_QUESTION = Rule(
    "KFL531",
    "open-question",
    Severity.NOTE,
    finds="An activity or a session with an open `question`.",
    why="Somebody must answer it before the day. `kfl open` lists all that is open, by who answers for it.",
    example="question: Felles dag i Elverum?",
    instead="location: Elverum",
    may_ignore=True,
    several="{n} questions are open",
)


TENTATIVE = Rule(
    "KFL532",
    "tentative",
    Severity.NOTE,
    finds="An occurrence that is tentative, without a `question` that says what is open.",
    why="Readers see that something is not settled, but not what.",
    example="status: tentative",
    instead="status: tentative\nquestion: Felles dag i Elverum?",
    may_ignore=True,
    several="{n} entries are tentative",
)


NOT_DATED = Rule(
    "KFL533",
    "not-dated",
    Severity.NOTE,
    finds="An occurrence that has no date yet («ikke fastsatt»).",
    why="It is in no calendar, and nobody can plan for it.",
    example="when: ikke fastsatt",
    instead="when: våren 2018",
    may_ignore=True,
    several="{n} entries have no date yet",
)

RULES = (
    REGION_WITHOUT_SESSION,
    REGION_COVERED_TWICE,
    MUNICIPALITY_NOT_ONCE,
    OUT_OF_ORDER,
    DEADLINE_TOO_LATE,
    TASK_OUTSIDE_ACTIVITY,
    UNEVEN_SPACING,
    NUMBERS_OUT_OF_ORDER,
    NO_RESPONSIBLE,
    NO_AUDIENCE,
    NO_PLACE,
    NO_CLOCK_TIME,
    UNUSED_PARTY,
    UNUSED_REGION,
    SIMILAR_NAMES,
    COLLECTIVE_WITHOUT_MEMBERS,
    OPEN_QUESTION,
    TENTATIVE,
    NOT_DATED,
)
"""In the order of their codes."""
