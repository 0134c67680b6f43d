"""Every rule that kfl knows, with its explanation.

The one list that ``kfl explain`` and ``docs/rules.md`` are made from.

Codes go by hundreds: 1xx the file and its shape, 2xx identity and references, 3xx dates. A code is never used again for
something else.
"""

from __future__ import annotations

from kfl_cli.diagnostics import Rule, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

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
    finds="A date whose weekday is another than the one written.",
    why="Either the weekday or the date is wrong, and people will come on both.",
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

RULES: dict[str, Rule] = {value.code: value for value in list(globals().values()) if isinstance(value, Rule)}
"""By code, in the order of the codes."""


def find(code_or_name: str) -> Rule | None:
    """Return the rule with this code or name, whatever the case."""
    wanted = code_or_name.strip().casefold()
    return next((rule for rule in RULES.values() if wanted in {rule.code.casefold(), rule.name}), None)
