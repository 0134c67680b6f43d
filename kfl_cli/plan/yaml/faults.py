"""Findings for a file that is not YAML: what libyaml and PyYAML report, in the words of a plan's author.

``yaml_fault`` is the way in. It takes the parser's error and asks three things in turn: does the line at the place of
the error show what is wrong (``_seen``)? Is the place behind the text, so that something has no end? Which of the
parser's sentences is it (``_PROBLEMS``)? The parser often reports a later place than the one to mend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kfl_cli.findings.finding import START, Advice, Diagnostic, Span
from kfl_cli.findings.rules.file import TOO_DEEP, YAML_SYNTAX
from kfl_cli.language.message import Message
from kfl_cli.text.characters import split_lines

if TYPE_CHECKING:
    import yaml

_SPACES = Message("write spaces instead")

_KEY = r"[^\s:\[{]+"

_LAYOUT = Message("check quotes, brackets, commas and the indentation, here and on the line above")

_BEGINNING = r" *(?:- +)?"
"""Indentation and a hyphen, before a key."""

_NO_COLON = (
    Message("there is a colon here that YAML does not expect"),
    Message("put the text in quotes if it holds a colon, or mend the indentation"),
)

_NO_TEXT = Message("a text cannot begin with this character"), Message("put the text in quotes")

_NO_END = Message("the quote that begins here has no end"), Message("close the quote, or remove it")

_NO_PERCENT = Message("a line cannot begin with %"), Message("put the text in quotes")

_PROBLEMS = (
    ("mapping values are not allowed", *_NO_COLON),
    ("cannot start any token", *_NO_TEXT),
    ("alphabetic or numeric", *_NO_TEXT),
    ("found a tab", Message("there is a tab here"), _SPACES),
    ("found unexpected end of stream", *_NO_END),
    (
        "could not find expected ':'",
        Message("there is no colon and space after this key"),
        Message("write a colon and a space between key and value"),
    ),
    (
        "block sequence entries are not allowed",
        Message("a list cannot begin here"),
        Message("begin the list on a line of its own, with a hyphen and a space"),
    ),
    ("did not find expected ',' or", Message("the bracket that begins here has no end"), Message("close the bracket")),
    ("did not find expected", Message("YAML does not expect this here"), _LAYOUT),
    ("expected <block end>", Message("YAML does not expect this here"), _LAYOUT),
    ("expected ',' or", Message("the bracket that begins here has no end"), Message("close the bracket")),
    (
        "escape",
        Message("a backslash in double quotes must be written twice"),
        Message("write \\\\, or use single quotes"),
    ),
    ("directive", *_NO_PERCENT),
    ("non-alphabetical", *_NO_PERCENT),
    ("mapping keys are not allowed", *_NO_TEXT),
    ("unexpected ':'", *_NO_COLON),
    ("undefined alias", Message("a text that begins with * repeats a named value"), Message("put the text in quotes")),
)
"""A part of the sentence of libyaml or PyYAML, kfl's message and the advice; the first that matches counts."""

_NOT_EXPECTED = r"did not find expected (?:key|'-')|expected <block end>"

_KEY_ALONE = rf"{_BEGINNING}{_KEY}"

_GLUED = rf"{_KEY}:(?!//)\S"

_HYPHEN = r" *(?P<at>-)[^\s-].*"

_NO_SPACE_AFTER_HYPHEN = (
    Message("there is no space after the hyphen that begins this line"),
    Message("write a space there"),
)

_NO_SPACE_AFTER_COLON = Message("there is no space after the colon of this key"), Message("write a space there")

_SEEN = (
    ("", r".*", r"\t", Message("there is a tab here"), _SPACES),
    (
        "mapping values",
        _KEY_ALONE,
        ":",
        Message("this line is indented further than the one it belongs with"),
        Message("begin it below the key above"),
    ),
    ("mapping values", _HYPHEN, ":", *_NO_SPACE_AFTER_HYPHEN),
    (
        "mapping values",
        rf"{_BEGINNING}(?P<at>\().*",
        ":",
        Message("round brackets are part of a text"),
        Message("write {{ and }} around keys with their values"),
    ),
    (
        "',' or",
        r"""[^\[{]*[\[{].*["'\]}] +""",
        r"[^\s,:].*[\]}]",
        Message("there is no comma before this"),
        Message("write a comma there"),
    ),
    (
        "',' or",
        r"[^\[{]*[\[{].*",
        r":.*[\]}]",
        _NO_COLON[0],
        Message("write a comma between a value and the next key; put a text that holds a colon in quotes"),
    ),
    ("could not find expected ':'", _BEGINNING, _GLUED, *_NO_SPACE_AFTER_COLON),
    (
        _NOT_EXPECTED,
        r" *",
        r"[\[{].*[\]}]",
        Message("there is no hyphen before this entry"),
        Message("begin each entry of a list with a hyphen and a space"),
    ),
    (
        _NOT_EXPECTED,
        r" +(?:- +)?",
        rf"{_KEY}:(?:\s|$)",
        Message("this line is indented like none of those above it"),
        Message("begin it right below the key that it belongs beside; begin a new entry of a list with a hyphen"),
    ),
    (_NOT_EXPECTED, r".+", r"[\]}]", Message("this bracket closes nothing"), Message("remove it")),
)
"""Faults that the line shows, the first that matches counts.

Each has patterns for the parser's sentence and for the line before (in full) and after the place of the error, then
kfl's message and the advice. A group ``at`` in the pattern for the line before is the place of the fault.
"""

DEEPEST = 20
"""Levels of lists and mappings; the plan format has seven."""

NESTED_TOO_DEEP = Message("lists and mappings are nested more than {most} deep", most=DEEPEST)

_BRACKET = re.compile(r"[\[\]{}]")

_AT_THE_BEGINNING = ("end of stream", "alphabetic or numeric", "could not find expected ':'", "',' or")
"""Sentences about the end of something; the place to mend is its beginning."""


def yaml_fault(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """Return the finding for a text that PyYAML cannot parse, at the place to mend."""
    problem = error.problem or ""
    lines = split_lines(text)
    seen = _seen(problem, lines, error.context_mark if "could not find" in problem else error.problem_mark)
    if seen:
        return seen
    late = any(part in problem for part in _AT_THE_BEGINNING) and error.context_mark is not None
    mark = error.context_mark if late else error.problem_mark or error.context_mark
    span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark else START
    if (
        span.line > len(lines) or not "".join(lines[span.line - 1 :])[span.column - 1 :].strip()
    ):  # after the last character
        span = _last_place(lines)
        opened = _open_bracket(lines) if "node content" in problem else None
        if opened:
            message = Message("the bracket that begins here has no end")
            return Diagnostic(YAML_SYNTAX, opened, message, Advice(Message("close the bracket")))
    if "maximum nesting depth" in problem:  # libyaml 0.2.6 and later, far deeper than DEEPEST
        return Diagnostic(TOO_DEEP, span, NESTED_TOO_DEEP, Advice(Message("check the indentation")))
    for part, message, advice in _PROBLEMS:
        if part in problem:
            return Diagnostic(YAML_SYNTAX, span, message, Advice(advice))
    message = Message("this is not YAML: {problem}", problem=problem)
    return Diagnostic(YAML_SYNTAX, span, message, Advice(_LAYOUT))


def _seen(problem: str, lines: list[str], mark: yaml.Mark | None) -> Diagnostic | None:
    """Return the finding for a fault that the line at the place of the error shows."""
    if mark is None or mark.line >= len(lines):
        return None
    before, behind = lines[mark.line][: mark.column], lines[mark.line][mark.column :]
    if re.search(_NOT_EXPECTED, problem) and before.rstrip()[-1:] in {"'", '"'}:
        return _after_quote(lines, mark, before.rstrip())
    if "mapping values" in problem and re.fullmatch(_KEY_ALONE, before):
        above = _in_the_line_above(lines, mark.line)
        if above:
            return above
    for sentence, left, right, *texts in _SEEN:
        match = re.fullmatch(left, before) if re.search(sentence, problem) and re.match(right, behind) else None
        if match:
            return _at(mark.line, match.start("at") if "at" in match.re.groupindex else mark.column, *texts)
    return None


def _at(line: int, column: int, message: Message, advice: Message) -> Diagnostic:
    """Return a finding; line and column count from 0, as in the parser's marks."""
    return Diagnostic(YAML_SYNTAX, Span(line + 1, column + 1, line + 1, column + 2), message, Advice(advice))


def _after_quote(lines: list[str], mark: yaml.Mark, before: str) -> Diagnostic:
    """Return the finding for text after a closing quote: it has quotes inside, or one above it has no end."""
    quote = before[-1]
    if before.count(quote) % 2 and not before[-2:-1].strip():  # it looks like an opening quote
        opened = next((number for number in range(mark.line - 1, -1, -1) if quote in lines[number]), None)
        if opened is not None:
            return _at(opened, lines[opened].rfind(quote), *_NO_END)
    message = Message("the quoted text ends before this")
    advice = Message("put the other kind of quotes around the whole text")
    return _at(mark.line, mark.column, message, advice)


def _in_the_line_above(lines: list[str], number: int) -> Diagnostic | None:
    """Return the fault in the line above that keeps a key from standing here, if there is one."""
    above = next((each for each in range(number - 1, -1, -1) if lines[each].strip()), None)
    if above is None or lines[above].lstrip().startswith("#"):
        return None
    key = re.fullmatch(rf"{_BEGINNING}(?P<at>{_GLUED}).*", lines[above])
    if key and ": " not in lines[above]:
        return _at(above, key.start("at"), *_NO_SPACE_AFTER_COLON)
    hyphen = re.fullmatch(_HYPHEN, lines[above])
    return _at(above, hyphen.start("at"), *_NO_SPACE_AFTER_HYPHEN) if hyphen else None


def _last_place(lines: list[str]) -> Span:
    """Return the place of the last character of a text."""
    number = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 1)
    column = max(1, len(lines[number - 1].rstrip()))
    return Span(number, column, number, column + 1)


def _open_bracket(lines: list[str]) -> Span | None:
    """Return the place of the last bracket without an end, brackets in quotes counted too."""
    closed = 0
    for number in range(len(lines), 0, -1):
        for match in reversed(list(_BRACKET.finditer(lines[number - 1]))):
            closed += 1 if match[0] in "]}" else -1
            if closed < 0:
                return Span(number, match.start() + 1, number, match.start() + 2)
    return None
