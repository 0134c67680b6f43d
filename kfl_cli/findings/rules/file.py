"""Rules 1xx: the file and its shape."""

from __future__ import annotations

from kfl_cli.findings.finding import Rule, Severity

YAML_SYNTAX = Rule(
    "KFL101",
    "yaml-syntax",
    Severity.ERROR,
    finds="The file is not YAML: a colon, a quote or a bracket is missing, or the indentation is off.",
    why="Nothing after the fault can be read, so kfl stops there rather than guess.",
    example="title: Samling: Hamar",
    instead='title: "Samling: Hamar"',
)


WRONG_ENCODING = Rule(
    "KFL102",
    "wrong-encoding",
    Severity.ERROR,
    finds="The file is not UTF-8: it was saved as UTF-16 or in an old Windows or Mac encoding.",
    why="Read with the wrong encoding, æ, ø and å turn into other signs, in titles as in names.",
    example="A plan saved as «Unicode» in Windows Notepad.",
    instead="Save the file again with the encoding UTF-8.",
)


CONTROL_CHARACTER = Rule(
    "KFL103",
    "control-character",
    Severity.ERROR,
    finds="The file holds a character that is not text: NUL, a form feed, a soft line break from Word or PDF, half of "
    "one.",
    why="Such characters cannot be seen, and calendars and browsers refuse them or stop reading there.",
    example="title: Samling, with a form feed pasted in at the end",
    instead="Delete the character, or write the line again by hand.",
)


SEVERAL_DOCUMENTS = Rule(
    "KFL104",
    "several-documents",
    Severity.ERROR,
    finds="A line with three hyphens starts a second YAML document in the same file.",
    why="A plan is one document; the second part would never be read.",
    example="kfl: 1\n---\nkfl: 1",
    instead="Remove the line, or move the second part to a file of its own.",
)


TOO_MANY_ALIASES = Rule(
    "KFL105",
    "too-many-aliases",
    Severity.ERROR,
    finds="Aliases (*name) repeat so much that the plan would grow out of bounds, or an alias stands inside itself.",
    why="A few lines of nested aliases can fill a computer's memory.",
    example="loop: &again [*again]",
    instead="Write the values out where they are used.",
)


TOO_DEEP = Rule(
    "KFL106",
    "too-deep",
    Severity.ERROR,
    finds="Lists or mappings stand inside each other in more levels than any plan has.",
    why="It is a slip of the indentation, or an attempt to break the program that reads the plan.",
    example="goals: [[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]",
    instead="Write the value at the level where the plan format has it.",
)


YAML_TAG = Rule(
    "KFL107",
    "yaml-tag",
    Severity.ERROR,
    finds="A value has a YAML tag (!name).",
    why="Every value in a plan is text until a field asks for something else, and a tag could ask for code to be run.",
    example="title: !!python/name:os.system Samling",
    instead="title: Samling",
)


EMPTY_PLAN = Rule(
    "KFL108",
    "empty-plan",
    Severity.ERROR,
    finds="The file holds nothing, or only comments.",
    why="There is no plan to check or export.",
    example="# plan.yaml",
    instead="Start from the plan that `kfl init` writes.",
)


NEWER_FORMAT = Rule(
    "KFL109",
    "newer-format",
    Severity.ERROR,
    finds="The plan says that it is written in a later version of the format than this kfl knows.",
    why="An older kfl could leave out what it does not understand.",
    example="kfl: 2",
    instead="Upgrade kfl, or write `kfl: 1` if the plan uses nothing newer.",
)


DUPLICATE_KEY = Rule(
    "KFL110",
    "duplicate-key",
    Severity.ERROR,
    finds="The same key stands twice in one mapping.",
    why="YAML readers keep one of the two values and drop the other without a word.",
    example="when: uke 36 2017\nwhen: uke 37 2017",
    instead="when: uke 37 2017",
)


UNKNOWN_KEY = Rule(
    "KFL111",
    "unknown-key",
    Severity.ERROR,
    finds="A key that the plan format does not have.",
    why="A misspelled key would otherwise be left out in silence, and what stands under it with it.",
    example="responsable: [sepu]",
    instead="responsible: [sepu]",
)


MISSING_KEY = Rule(
    "KFL112",
    "missing-key",
    Severity.ERROR,
    finds="A key that must be there is missing.",
    why="Without an id, a title or a date the activity cannot be shown or followed from one version to the next.",
    example="- title: Workshop 1",
    instead="- id: workshop-1\n  title: Workshop 1\n  when: ikke fastsatt",
)


WRONG_SHAPE = Rule(
    "KFL113",
    "wrong-shape",
    Severity.ERROR,
    finds="A text stands where a list or a mapping belongs, or the other way round.",
    why="kfl cannot know what was meant.",
    example="sessions: 2018-01-18",
    instead="sessions:\n  - {for: hedmarken, when: 2018-01-18}",
)


EMPTY_VALUE = Rule(
    "KFL114",
    "empty-value",
    Severity.WARNING,
    finds="A key without a value.",
    why="It looks as if something is still to be filled in; kfl reads it as if the key were not there.",
    example="location:",
    instead="location: Scandic Hamar, or no such line",
    may_ignore=True,
)


UNKNOWN_VALUE = Rule(
    "KFL115",
    "unknown-value",
    Severity.ERROR,
    finds="A value that is none of those the field allows: a language, a status, a number.",
    why="Status and language decide what readers see, so a misspelled one must not fall back on another.",
    example="status: maybe",
    instead="status: tentative",
)


UNKNOWN_TIMEZONE = Rule(
    "KFL116",
    "unknown-timezone",
    Severity.ERROR,
    finds="A time zone that is not in the IANA time zone database.",
    why="Clock times in calendars would be wrong by hours.",
    example="timezone: Oslo",
    instead="timezone: Europe/Oslo",
)


UNSAFE_LINK = Rule(
    "KFL117",
    "unsafe-link",
    Severity.ERROR,
    finds="A link that is not a plain https, http, mailto or tel address.",
    why="Other kinds of address can run code in the reader's browser, or lead nowhere.",
    example="url: javascript:alert(1)",
    instead="url: https://www.example.no/plan",
)


REMOVED_CHARACTER = Rule(
    "KFL118",
    "removed-character",
    Severity.WARNING,
    finds="A text with an invisible character that kfl leaves out: control or direction characters.",
    why="Such characters break calendars, and can make a text read as something else than it is.",
    example='title: "Samling\\u202e"',
    instead="title: Samling",
    may_ignore=True,
)


TOO_LARGE = Rule(
    "KFL119",
    "too-large",
    Severity.ERROR,
    finds="The file, or one text in it, is larger than any plan.",
    why="A file of that size is no plan, and reading it could stop the computer.",
    example="A plan of more than 256 MB, or a title of more than 100 000 characters.",
    instead="Check that the right file was given.",
)


UNKNOWN_KIND = Rule(
    "KFL120",
    "unknown-kind",
    Severity.WARNING,
    finds="A kind of party that kfl does not know.",
    why="A misspelled kind is none: kfl tells persons, teams and organisations apart by it.",
    example="kind: persn",
    instead="kind: person",
    may_ignore=True,
)


COMMENT_IN_TEXT = Rule(
    "KFL121",
    "comment-in-text",
    Severity.WARNING,
    finds="A text that is cut off by « #»: what follows is a comment in YAML.",
    why="Half a title is shown, and nobody sees that the rest is missing.",
    example="title: Workshop #1",
    instead='title: "Workshop #1"',
    may_ignore=True,
)

RULES = (
    YAML_SYNTAX,
    WRONG_ENCODING,
    CONTROL_CHARACTER,
    SEVERAL_DOCUMENTS,
    TOO_MANY_ALIASES,
    TOO_DEEP,
    YAML_TAG,
    EMPTY_PLAN,
    NEWER_FORMAT,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_SHAPE,
    EMPTY_VALUE,
    UNKNOWN_VALUE,
    UNKNOWN_TIMEZONE,
    UNSAFE_LINK,
    REMOVED_CHARACTER,
    TOO_LARGE,
    UNKNOWN_KIND,
    COMMENT_IN_TEXT,
)
"""In the order of their codes."""
