"""Every rule that kfl knows, with its explanation.

The one list that ``kfl explain`` and ``docs/rules.md`` are made from.

Codes go by hundreds: 1xx the file and its shape, 2xx identity and references, 3xx dates, 4xx the calendar, 5xx whether
the plan is whole and in order, 6xx what is published, 9xx releases. A code is never used again for something else.
"""

from __future__ import annotations

from kfl_cli.diagnostics import Rule, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

# --- 1xx: the file and its shape --------------------------------------------------------------------------------------

YAML_SYNTAX = Rule(
    "KFL101",
    "yaml-syntax",
    _ERROR,
    finds="The file is not YAML: a colon, a quote or a bracket is missing, or the indentation is off.",
    why="Nothing after the fault can be read, so kfl stops there rather than guess.",
    example="title: Samling: Hamar",
    instead='title: "Samling: Hamar"',
)
WRONG_ENCODING = Rule(
    "KFL102",
    "wrong-encoding",
    _ERROR,
    finds="The file is not UTF-8: it was saved as UTF-16 or in an old Windows or Mac encoding.",
    why="Read with the wrong encoding, æ, ø and å turn into other signs, in titles as in names.",
    example="A plan saved as «Unicode» in Windows Notepad.",
    instead="Save the file again with the encoding UTF-8.",
)
CONTROL_CHARACTER = Rule(
    "KFL103",
    "control-character",
    _ERROR,
    finds="The file holds a character that is not text: NUL, a form feed, or a soft line break from Word or PDF.",
    why="Such characters cannot be seen, and calendars and browsers refuse them or stop reading there.",
    example="title: Samling, with a form feed pasted in at the end",
    instead="Delete the character, or write the line again by hand.",
)
SEVERAL_DOCUMENTS = Rule(
    "KFL104",
    "several-documents",
    _ERROR,
    finds="A line with three hyphens starts a second YAML document in the same file.",
    why="A plan is one document; the second part would never be read.",
    example="kfl: 1\n---\nkfl: 1",
    instead="Remove the line, or move the second part to a file of its own.",
)
TOO_MANY_ALIASES = Rule(
    "KFL105",
    "too-many-aliases",
    _ERROR,
    finds="Aliases (*name) repeat so much that the plan would grow out of bounds, or an alias stands inside itself.",
    why="A few lines of nested aliases can fill a computer's memory.",
    example="loop: &again [*again]",
    instead="Write the values out where they are used.",
)
TOO_DEEP = Rule(
    "KFL106",
    "too-deep",
    _ERROR,
    finds="Lists or mappings stand inside each other in more levels than any plan has.",
    why="It is a slip of the indentation, or an attempt to break the program that reads the plan.",
    example="goals: [[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]",
    instead="Write the value at the level where the plan format has it.",
)
YAML_TAG = Rule(
    "KFL107",
    "yaml-tag",
    _ERROR,
    finds="A value has a YAML tag (!name).",
    why="Every value in a plan is text until a field asks for something else, and a tag could ask for code to be run.",
    example="title: !!python/name:os.system Samling",
    instead="title: Samling",
)
EMPTY_PLAN = Rule(
    "KFL108",
    "empty-plan",
    _ERROR,
    finds="The file holds nothing, or only comments.",
    why="There is no plan to check or export.",
    example="# plan.yaml",
    instead="Start from the plan that `kfl init` writes.",
)
NEWER_FORMAT = Rule(
    "KFL109",
    "newer-format",
    _ERROR,
    finds="The plan says that it is written in a later version of the format than this kfl knows.",
    why="An older kfl could leave out what it does not understand.",
    example="kfl: 2",
    instead="Upgrade kfl, or write `kfl: 1` if the plan uses nothing newer.",
)
DUPLICATE_KEY = Rule(
    "KFL110",
    "duplicate-key",
    _ERROR,
    finds="The same key stands twice in one mapping.",
    why="YAML readers keep one of the two values and drop the other without a word.",
    example="when: uke 36 2017\nwhen: uke 37 2017",
    instead="when: uke 37 2017",
)
UNKNOWN_KEY = Rule(
    "KFL111",
    "unknown-key",
    _ERROR,
    finds="A key that the plan format does not have.",
    why="A misspelled key would otherwise be left out in silence, and what stands under it with it.",
    example="responsable: [sepu]",
    instead="responsible: [sepu]",
)
MISSING_KEY = Rule(
    "KFL112",
    "missing-key",
    _ERROR,
    finds="A key that must be there is missing.",
    why="Without an id, a title or a date the entry cannot be shown or followed from one version to the next.",
    example="- title: Workshop 1",
    instead="- id: workshop-1\n  title: Workshop 1\n  when: ikke fastsatt",
)
WRONG_SHAPE = Rule(
    "KFL113",
    "wrong-shape",
    _ERROR,
    finds="A text stands where a list or a mapping belongs, or the other way round.",
    why="kfl cannot know what was meant.",
    example="sessions: 2018-01-18",
    instead="sessions:\n  - {for: hedmarken, when: 2018-01-18}",
)
EMPTY_VALUE = Rule(
    "KFL114",
    "empty-value",
    _WARNING,
    finds="A key without a value.",
    why="It looks as if something is still to be filled in; kfl reads it as if the key were not there.",
    example="location:",
    instead="location: Scandic Hamar, or no such line",
    may_ignore=True,
)
UNKNOWN_VALUE = Rule(
    "KFL115",
    "unknown-value",
    _ERROR,
    finds="A value that is none of those the field allows: a language, a status, a number.",
    why="Status and language decide what readers see, so a misspelled one must not fall back on another.",
    example="status: maybe",
    instead="status: tentative",
)
UNKNOWN_TIMEZONE = Rule(
    "KFL116",
    "unknown-timezone",
    _ERROR,
    finds="A time zone that is not in the IANA time zone database.",
    why="Clock times in calendars would be wrong by hours.",
    example="timezone: Oslo",
    instead="timezone: Europe/Oslo",
)
UNSAFE_LINK = Rule(
    "KFL117",
    "unsafe-link",
    _ERROR,
    finds="A link that is not a plain https, http, mailto or tel address.",
    why="Other kinds of address can run code in the reader's browser, or lead nowhere.",
    example="url: javascript:alert(1)",
    instead="url: https://www.example.no/plan",
)
REMOVED_CHARACTER = Rule(
    "KFL118",
    "removed-character",
    _WARNING,
    finds="A text with an invisible character that kfl leaves out: control or direction characters.",
    why="Such characters break calendars, and can make a text read as something else than it is.",
    example='title: "Samling\\u202e"',
    instead="title: Samling",
    may_ignore=True,
)
TOO_LARGE = Rule(
    "KFL119",
    "too-large",
    _ERROR,
    finds="The file, or one text in it, is larger than any plan.",
    why="A file of that size is no plan, and reading it could stop the computer.",
    example="A plan of more than 256 MB, or a title of more than 100 000 characters.",
    instead="Check that the right file was given.",
)
UNKNOWN_KIND = Rule(
    "KFL120",
    "unknown-kind",
    _WARNING,
    finds="A kind of party that kfl does not know.",
    why="A misspelled kind is none: kfl tells persons, teams and organisations apart by it.",
    example="kind: persn",
    instead="kind: person",
    may_ignore=True,
)

COMMENT_IN_TEXT = Rule(
    "KFL121",
    "comment-in-text",
    _WARNING,
    finds="A text that is cut off by « #»: what follows is a comment in YAML.",
    why="Half a title is shown, and nobody sees that the rest is missing.",
    example="title: Workshop #1",
    instead='title: "Workshop #1"',
    may_ignore=True,
)

# --- 2xx: identity and references -------------------------------------------------------------------------------------

BAD_ID = Rule(
    "KFL201",
    "bad-id",
    _ERROR,
    finds="An id that has other signs than lower-case a–z, digits, `-` and `_`, or that reads as a date.",
    why="Ids stand in addresses, file names and dates («før workshop-1»), and must be told from both titles and dates.",
    example="id: Møte i mars",
    instead="id: mote-i-mars",
)
DUPLICATE_ID = Rule(
    "KFL202",
    "duplicate-id",
    _ERROR,
    finds="Two activities, regions or groups, sessions or tasks with the same id.",
    why="The id is what calendars follow an entry by; of two with the same one only one would be shown.",
    example="- {id: samling, …}\n- {id: samling, …}",
    instead="- {id: samling-host, …}\n- {id: samling-var, …}",
)
UNKNOWN_REGION = Rule(
    "KFL203",
    "unknown-region",
    _ERROR,
    finds="A region or group that the plan does not declare under `regions`.",
    why="The entry would be shown to nobody, or to everybody.",
    example="region: hedmrken",
    instead="region: hedmarken",
)
UNKNOWN_PARTY = Rule(
    "KFL204",
    "unknown-party",
    _ERROR,
    finds="A party that the plan does not declare under `parties`.",
    why="Whoever it is would not find the entry among their own.",
    example="responsible: [sepuu]",
    instead="responsible: [sepu]",
)
UNKNOWN_ACTIVITY = Rule(
    "KFL205",
    "unknown-activity",
    _ERROR,
    finds="A date or `after` names an activity that is not in the plan.",
    why="The entry would have no date.",
    example="when: før workshop-11",
    instead="when: før workshop-1",
)
AMBIGUOUS_NAME = Rule(
    "KFL206",
    "ambiguous-name",
    _ERROR,
    finds="Two parties, or two regions or groups, share a name or an alias.",
    why="Whoever asks for that name would get one of them by chance.",
    example="styrer: {name: Styrer, aliases: [Leder]}\nledere: {name: Leder}",
    instead="Keep the alias on one of them.",
)
REFERENCE_CYCLE = Rule(
    "KFL207",
    "reference-cycle",
    _ERROR,
    finds="Activities whose dates hang on each other in a ring.",
    why="None of them can be dated before the others.",
    example="- {id: a, when: før b, …}\n- {id: b, when: etter a, …}",
    instead="Give one of them a date of its own.",
)
SESSION_WITHOUT_ID = Rule(
    "KFL208",
    "session-without-id",
    _ERROR,
    finds="A session that is for all, or one of two for the same region or group, has no id of its own.",
    why="A session is known by whom it is for; two for the same group would overwrite each other in calendars.",
    example="- {for: hedmarken, when: 2018-01-18}\n- {for: hedmarken, when: 2018-02-18}",
    instead="- {id: forste, for: hedmarken, when: 2018-01-18}\n- {id: andre, for: hedmarken, when: 2018-02-18}",
)
TASK_WITHOUT_ID = Rule(
    "KFL209",
    "task-without-id",
    _WARNING,
    finds="A task with a date has no id.",
    why="Calendars follow it by an id made from its title; under a new title it would be a new entry.",
    example="- {title: Sende gruppeoppsett, when: senest 1.12.2017}",
    instead="- {id: gruppeoppsett, title: Sende gruppeoppsett, when: senest 1.12.2017}",
    may_ignore=True,
)
UNKNOWN_RULE = Rule(
    "KFL210",
    "unknown-rule",
    _ERROR,
    finds="`ignore` names a rule that kfl does not have, or one that cannot be ignored.",
    why="The finding that was meant to be silent would still be reported.",
    example="ignore: {KFL999: avklart med SePU}",
    instead="ignore: {KFL309: avklart med SePU}",
)
UNRELATED_SCOPE = Rule(
    "KFL211",
    "unrelated-scope",
    _ERROR,
    finds="A session is for a region or group that its activity does not concern.",
    why="It would be shown to people whom the activity says nothing to.",
    example="region: hedmarken\nsessions:\n  - {for: nord-osterdal, when: 2018-01-19}",
    instead="Add the region to the activity, or mend the session.",
)
IGNORE_WITHOUT_REASON = Rule(
    "KFL212",
    "ignore-without-reason",
    _ERROR,
    finds="`ignore` silences a rule without saying why.",
    why="The next reader must be able to tell whether the reason still holds.",
    example="ignore: {KFL309: }",
    instead="ignore: {KFL309: avklart med SePU}",
)

UNUSED_IGNORE = Rule(
    "KFL213",
    "unused-ignore",
    _WARNING,
    finds="`ignore` names a rule that finds nothing there.",
    why="The plan has changed, and the next time the rule finds something it would be silent for an old reason.",
    example="ignore: {KFL401: avtalt med SePU}, on an activity that is no longer on a public holiday",
    instead="Remove the line.",
)

# --- 3xx: dates -------------------------------------------------------------------------------------------------------

UNREADABLE_DATE = Rule(
    "KFL301",
    "unreadable-date",
    _ERROR,
    finds="A date that is not in the date language.",
    why="An entry without a date that can be read would be missing from calendars and lists.",
    example="when: høsst 2017",
    instead="when: høst 2017",
)
IMPOSSIBLE_DATE = Rule(
    "KFL302",
    "impossible-date",
    _ERROR,
    finds="A day, week or clock time that does not exist: 31 February, week 53 in a year of 52, 25.00.",
    why="kfl never moves a date to the nearest one that exists.",
    example="when: 31. februar 2018",
    instead="when: 28. februar 2018",
)
YEARLESS_DATE = Rule(
    "KFL303",
    "yearless-date",
    _ERROR,
    finds="A date without a year.",
    why="A plan over two school years has two Septembers, and a reader a year later does not know which was meant.",
    example="when: 8/9",
    instead="when: 8. september 2017",
)
SHORT_YEAR = Rule(
    "KFL304",
    "short-year",
    _ERROR,
    finds="A year of two digits.",
    why="It is not certain which part of «8.9.17» is the year, nor which century it means.",
    example="when: 8.9.17",
    instead="when: 8.9.2017",
)
END_BEFORE_START = Rule(
    "KFL305",
    "end-before-start",
    _ERROR,
    finds="A period, or a pair of clock times, that ends before it starts.",
    why="One of the two ends is a slip, and kfl does not guess which.",
    example="when: desember–januar 2018",
    instead="when: desember 2017–januar 2018",
)
WRONG_WEEKDAY = Rule(
    "KFL306",
    "wrong-weekday",
    _ERROR,
    finds="A date whose weekday or week is another than the one written.",
    why="Either the date or what is said of its weekday or week is wrong, and people will come on both days.",
    example="when: torsdag 8. september 2017",
    instead="when: fredag 8. september 2017",
)
OPEN_ANCHOR = Rule(
    "KFL307",
    "open-anchor",
    _ERROR,
    finds="A date counts from the first or last day of something that has none.",
    why="«etter X» needs a last day of X, «før X» a first.",
    example="- {id: a, when: etter 1. mars 2018, …}\n- {id: b, when: etter a, …}",
    instead="- {id: a, when: mars 2018, …}\n- {id: b, when: etter a, …}",
)
MISSING_SESSION = Rule(
    "KFL308",
    "missing-session",
    _ERROR,
    finds="A date hangs on an activity that has sessions, but none for one of the groups concerned.",
    why="That group would not get the entry at all.",
    example="when: før workshop-1, where workshop-1 has no session for Nord-Østerdal",
    instead="Add the session, or say under `region` whom the entry concerns.",
)
SESSION_OUTSIDE_WINDOW = Rule(
    "KFL309",
    "session-outside-window",
    _ERROR,
    finds="A session that does not lie within the `when` of its activity.",
    why="One of the two is out of date, and readers see both.",
    example="when: januar–februar 2018\nsessions:\n  - {for: hedmarken, when: 2018-03-01}",
    instead="when: januar–mars 2018",
    may_ignore=True,
)
OUTSIDE_PERIOD = Rule(
    "KFL310",
    "outside-period",
    _ERROR,
    finds="A date outside the plan's period.",
    why="It is often a wrong year.",
    example="period: høst 2017 – vår 2018, and when: 8.9.2018",
    instead="when: 8.9.2017",
    may_ignore=True,
)
NO_SUCH_TIME = Rule(
    "KFL311",
    "no-such-time",
    _ERROR,
    finds="A clock time in the hour that is skipped when clocks go forward.",
    why="Calendars move it an hour, some forwards and some back.",
    example="when: 25.3.2018 kl. 02.30",
    instead="when: 25.3.2018 kl. 03.30",
)

# --- 4xx: the calendar ------------------------------------------------------------------------------------------------

PUBLIC_HOLIDAY = Rule(
    "KFL401",
    "public-holiday",
    _WARNING,
    finds="A day or a deadline on a public holiday.",
    why="Nobody is at work. The holidays are those of the plan's `country`, NO unless it says otherwise.",
    example="when: 2018-05-10, which is Ascension Day",
    instead="when: 2018-05-09",
    may_ignore=True,
)
WEEKEND = Rule(
    "KFL402",
    "weekend",
    _WARNING,
    finds="A day or a deadline on a Saturday or Sunday.",
    why="It is often the right day of another month or year. Of a period of days, the first and the last count.",
    example="when: 2018-09-08",
    instead="when: 2018-09-07",
    may_ignore=True,
)
BRIDGE_DAY = Rule(
    "KFL403",
    "bridge-day",
    _NOTE,
    finds="A day or a deadline that is squeezed in between a public holiday and a weekend.",
    why="Many take the day off, and kindergartens have fewer at work.",
    example="when: 2018-05-11, the day after Ascension Day",
    instead="when: 2018-05-14",
    may_ignore=True,
    several="{n} dates are squeezed in between a public holiday and a weekend",
)
CLOSED_PERIOD = Rule(
    "KFL404",
    "closed-period",
    _WARNING,
    finds="A day or a deadline in a period that the plan itself lists under `closed`, for a region that it holds for.",
    why="The plan says that there are no meetings then.",
    example="closed: [{when: uke 40 2017, why: Høstferie}], and when: 2017-10-04",
    instead="when: 2017-10-11",
    may_ignore=True,
)
JULY = Rule(
    "KFL405",
    "july",
    _WARNING,
    finds="A day or a deadline in July, in a Norwegian plan.",
    why="The general staff holiday is in July; few are there, and many kindergartens are closed.",
    example="when: 2018-07-05",
    instead="when: 2018-06-28",
    may_ignore=True,
)
NO_WORKING_DAY = Rule(
    "KFL406",
    "no-working-day",
    _WARNING,
    finds="A period in which there is not one working day: holidays, weekends and the plan's own `closed` take all.",
    why="What is to be done then cannot be done.",
    example="closed: [{when: uke 40 2017, why: Høstferie}], and when: uke 40 2017",
    instead="when: uke 41 2017",
    may_ignore=True,
)
DERIVED_CLOSED_DAY = Rule(
    "KFL407",
    "derived-closed-day",
    _NOTE,
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
    _WARNING,
    finds="The public holidays of the plan's `country` are not known here.",
    why="Dates on holidays are not found. kfl has those of Norway; others come from the package holidays.",
    example="country: SE, where the package is not installed",
    instead="Install it: pip install 'kfl[holidays]'",
    may_ignore=True,
)
DOUBLE_BOOKED = Rule(
    "KFL411",
    "double-booked",
    _WARNING,
    finds="A person or a team (`kind: person`, `kind: team`) that must be in two places at once.",
    why="One of the two meets without them. Entries at hours that do not overlap, or in one place, are no clash.",
    example="Two gatherings on one day, in Hamar and in Tynset, both with responsible: [thomas-nordahl]",
    instead="Move one of the two, or let somebody else answer for it.",
    may_ignore=True,
)
ORGANISATION_TWICE = Rule(
    "KFL412",
    "organisation-twice",
    _NOTE,
    finds="An organisation (`kind: organisation`) that answers for entries in several places on one day.",
    why="It can send several people, if it knows of it in time.",
    example="Two gatherings on one day, in Hamar and in Tynset, both with responsible: [sepu]",
    instead="Nothing, if it has the people.",
    may_ignore=True,
    several="{n} times an organisation answers for entries in several places on one day",
)
REGION_TWICE = Rule(
    "KFL413",
    "region-twice",
    _WARNING,
    finds="Two gatherings on one day in one region or group, unless they are at hours that do not overlap.",
    why="The same people are often called to both.",
    example="Two activities with a session for nord-osterdal on 2018-01-19",
    instead="Move one of the two, or give both their hours.",
    may_ignore=True,
)
FAR_APART = Rule(
    "KFL414",
    "far-apart",
    _NOTE,
    finds="A person or a team with gatherings on two days in a row, three hours or more apart by the plan's `travel`.",
    why="They must travel in the evening or at night.",
    example="travel: [{between: [nord-osterdal, sor-osterdal], hours: 3}], and gatherings there on two days running",
    instead="Leave a day between the two.",
    may_ignore=True,
    several="{n} times somebody must travel far between two days",
)

# --- 5xx: coverage, order, completeness -------------------------------------------------------------------------------

REGION_WITHOUT_SESSION = Rule(
    "KFL501",
    "region-without-session",
    _WARNING,
    finds="An activity with sessions has none, or fewer than for the others, for a region or group that it concerns.",
    why="They are not called in. `kfl matrix` shows all activities with sessions by region and group.",
    example="sessions for hedmarken, kongsvingerregionen and sor-osterdal, but none for nord-osterdal",
    instead="Add the session, or say under `region` whom the activity concerns.",
    may_ignore=True,
)
REGION_COVERED_TWICE = Rule(
    "KFL502",
    "region-covered-twice",
    _WARNING,
    finds="An activity has more sessions for a region or group than for the others.",
    why="They are called in twice, often once on their own and once as part of their region.",
    example="sessions:\n  - {for: hedmarken, when: 2018-01-18}\n  - {for: hamar-stange, when: 2018-01-23}",
    instead="sessions:\n  - {for: ringsaker-loten, when: 2018-01-18}\n  - {for: hamar-stange, when: 2018-01-23}",
    may_ignore=True,
)
MUNICIPALITY_NOT_ONCE = Rule(
    "KFL503",
    "municipality-not-once",
    _WARNING,
    finds="A municipality in two groups or regions, or one of a region with groups that is in none of them.",
    why="It is called in twice, or not at all.",
    example="municipalities: [Hamar, Stange, Løten], with Løten in none of the groups",
    instead="Put each municipality in exactly one group.",
    may_ignore=True,
)
OUT_OF_ORDER = Rule(
    "KFL511",
    "out-of-order",
    _ERROR,
    finds="A date that comes before what it must come after (`after`), for the same region or group.",
    why="What it builds on has not happened yet: a portal that closes before it opens, workshop 2 before workshop 1.",
    example="- {id: apner, when: 2017-10-16, …}\n- {id: stenger, when: 2017-10-01, after: apner, …}",
    instead="- {id: apner, when: 2017-10-16, …}\n- {id: stenger, when: 2017-12-01, after: apner, …}",
    may_ignore=True,
)
DEADLINE_TOO_LATE = Rule(
    "KFL512",
    "deadline-too-late",
    _WARNING,
    finds="A task with a deadline after the day of its activity, which it should prepare.",
    why="It would be done too late. Work that comes afterwards can say so: «senest 3 dager etter oppstart».",
    example="when: 2017-10-31\ntasks:\n  - {id: program, title: Sende program, when: senest 7.11.2017}",
    instead="when: 2017-10-31\ntasks:\n  - {id: program, title: Sende program, when: senest 7.10.2017}",
    may_ignore=True,
)
TASK_OUTSIDE_ACTIVITY = Rule(
    "KFL513",
    "task-outside-activity",
    _WARNING,
    finds="A task with a date outside the period of its activity.",
    why="One of the two is out of date.",
    example="when: høst 2017\ntasks:\n  - {id: oppsett, title: Gruppeoppsett, when: senest 1.2.2018}",
    instead="when: høst 2017\ntasks:\n  - {id: oppsett, title: Gruppeoppsett, when: senest 1.12.2017}",
    may_ignore=True,
)
UNEVEN_SPACING = Rule(
    "KFL514",
    "uneven-spacing",
    _NOTE,
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
    _WARNING,
    finds="Of two activities with the same title but for a number, the later one comes first for a region or group.",
    why="The numbers say another order than the dates.",
    example="Workshop 1 on 2018-02-10 and Workshop 2 on 2018-01-13, both for nord-osterdal",
    instead="Swap the dates; `after: workshop-1` on Workshop 2 makes it an error to mix them up again.",
    may_ignore=True,
)
NO_RESPONSIBLE = Rule(
    "KFL521",
    "no-responsible",
    _WARNING,
    finds="Nobody answers for an activity, in a plan that has parties.",
    why="What is everybody's task is done by nobody.",
    example="- {id: samling, title: Regional samling, when: 2017-09-08}",
    instead="- {id: samling, title: Regional samling, when: 2017-09-08, responsible: [sepu]}",
    may_ignore=True,
    several="{n} activities have nobody who answers for them",
)
NO_AUDIENCE = Rule(
    "KFL522",
    "no-audience",
    _NOTE,
    finds="An activity does not say whom it is for, in a plan that has parties.",
    why="Readers who look for their own rows do not find it.",
    example="- {id: samling, title: Regional samling, when: 2017-09-08, responsible: [sepu]}",
    instead="- {id: samling, title: Regional samling, when: 2017-09-08, responsible: [sepu], audience: [styrer]}",
    may_ignore=True,
    several="{n} activities do not say whom they are for",
)
NO_PLACE = Rule(
    "KFL523",
    "no-place",
    _NOTE,
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
    _NOTE,
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
    _NOTE,
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
    _NOTE,
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
    _WARNING,
    finds="Two names that differ in a single letter, in texts or among the parties.",
    why="They are probably one, and who searches for the one does not find the other.",
    example="description: Thomas Nordal presenterer rapportene, and parties: {thomas-nordahl: {name: Thomas Nordahl}}",
    instead="Write the name the same way, or add the other spelling under `aliases`.",
    may_ignore=True,
)
OPEN_QUESTION = Rule(
    "KFL531",
    "open-question",
    _NOTE,
    finds="An entry with an open `question`.",
    why="Somebody must answer it before the day. `kfl open` lists all that is open, by who answers for it.",
    example="question: Felles dag i Elverum?",
    instead="location: Elverum",
    may_ignore=True,
    several="{n} questions are open",
)
TENTATIVE = Rule(
    "KFL532",
    "tentative",
    _NOTE,
    finds="An entry that is tentative, without a `question` that says what is open.",
    why="Readers see that something is not settled, but not what.",
    example="status: tentative",
    instead="status: tentative\nquestion: Felles dag i Elverum?",
    may_ignore=True,
    several="{n} entries are tentative",
)
NOT_DATED = Rule(
    "KFL533",
    "not-dated",
    _NOTE,
    finds="An entry that has no date yet («ikke fastsatt»).",
    why="It is in no calendar, and nobody can plan for it.",
    example="when: ikke fastsatt",
    instead="when: våren 2018",
    may_ignore=True,
    several="{n} entries have no date yet",
)

# --- 6xx: what is published -------------------------------------------------------------------------------------------

PERSONAL_CONTACT = Rule(
    "KFL601",
    "personal-contact",
    _WARNING,
    finds="An e-mail address or a phone number in a public plan, elsewhere than under `contact`.",
    why="What is published is copied: addresses get spam, and their owners were perhaps not asked.",
    example="note: Sendes til kari@example.no",
    instead="Set `visibility: internal`, export with --public, or write whom to ask under `contact`.",
    may_ignore=True,
)
INSECURE_LINK = Rule(
    "KFL602",
    "insecure-link",
    _NOTE,
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
    _NOTE,
    finds="A period in the words of another language than the plan's.",
    why="Readers see it as it is written, in the middle of a page in the plan's language.",
    example="language: nb, and when: autumn 2017",
    instead="when: høst 2017",
    may_ignore=True,
    several="{n} periods are in another language than the plan",
)

# --- 9xx: releases ----------------------------------------------------------------------------------------------------

UNREADABLE_LOCK = Rule(
    "KFL901",
    "unreadable-lock",
    _ERROR,
    finds="The ledger beside the plan (`plan.lock`) cannot be read: it is not YAML, cut off, or of a later format.",
    why="It holds what readers have in their calendars; starting anew would reset every entry.",
    example="A line with <<<<<<< from a merge that git could not settle",
    instead="Take the file back from git: git checkout plan.lock",
)
FOREIGN_LOCK = Rule(
    "KFL902",
    "foreign-lock",
    _ERROR,
    finds="The ledger beside the plan belongs to another plan.",
    why="Its entries are not those of this plan's readers. A plan's `id` must never change.",
    example="plan.lock of last year's plan, copied along with it",
    instead="Remove the file, if this plan was never released; else give the plan its old id back.",
)
DAMAGED_LOCK = Rule(
    "KFL903",
    "damaged-lock",
    _ERROR,
    finds="The ledger says what no release wrote: it was edited by hand, or two releases were merged into one.",
    why="Calendars follow its sequence numbers; with wrong ones, some readers keep an old date.",
    example="sequence: 1, twice for the same occurrence",
    instead="Take the file back from git; if two people released, keep one of the two and release again.",
)
RENAMED = Rule(
    "KFL905",
    "renamed",
    _WARNING,
    finds="An id that was released is gone, and one that is much like it has appeared.",
    why="Calendars would cancel the old entry and show a new one, although it is the same.",
    example="id: workshop-en, where the last release had workshop-1",
    instead="id: workshop-en\nuid: workshop-1",
    may_ignore=True,
)

RULES: dict[str, Rule] = {value.code: value for value in list(globals().values()) if isinstance(value, Rule)}
"""By code, in the order of the codes."""


def matching(pattern: str) -> list[Rule]:
    """Return the rules that a code, a name or the beginning of a code («KFL4») stands for, whatever the case."""
    found = find(pattern)
    if found:
        return [found]
    start = pattern.strip().upper()
    return [rule for rule in RULES.values() if start and rule.code.startswith(start)]


def find(code_or_name: str) -> Rule | None:
    """Return the rule with this code or name, whatever the case."""
    wanted = code_or_name.strip().casefold()
    return next((rule for rule in RULES.values() if wanted in {rule.code.casefold(), rule.name}), None)
