"""What strangers write, in every place they can write it: it shows as text, or is refused, and nothing of it runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from datetime import UTC, date, datetime
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any

import cmarkgfm
import icalendar
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from kfl_cli import gfm
from kfl_cli.ledger import Ledger, Release, advance, dump, load_ledger
from kfl_cli.plain import html
from kfl_cli.published import publish
from kfl_cli.sandbox import TooLongError, bounded
from kfl_cli.screen import dumped, printable
from kfl_cli.templating import TemplateError, Templates
from kfl_cli.translate import Translator
from tests.conftest import Result
from tests.plans import HEAD, plan_text, schedule
from tests.test_release import FIRST, git, released

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROW = "- {id: mote, title: Møte, when: 7.2.2018, responsible: [styrer]}"
PLAN = plan_text(ROW)
EVIL = "\x1b]0;pwn\x07\x9b31m\u202erød\r\n::error::x"
"""A title for the window, a colour, text that runs backwards, and a line of its own."""


def obeyed(text: str) -> list[str]:
    """Return what a terminal would obey, or not show."""
    return [sign for sign in text if not sign.isprintable() and sign != "\n"]


# --- terminals --------------------------------------------------------------------------------------------------------


@given(st.text())
def test_printable_text_is_obeyed_by_no_terminal(text: str) -> None:
    assert obeyed(printable(text)) == []
    assert len(printable(text)) == len(text)


@given(st.dictionaries(st.text(), st.text()))
def test_json_on_a_screen_is_the_same_json(document: dict[str, str]) -> None:
    assert (json.loads(dumped(document)), obeyed(dumped(document))) == (document, [])


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--region", EVIL],
        ["list", "--for", EVIL],
        ["list", "--from", EVIL],
        ["show", EVIL],
        ["explain", EVIL],
        ["validate", "--select", EVIL],
        ["validate", "--format", EVIL],
        ["--today", EVIL, "upcoming"],
        ["--plan", EVIL, "list"],
        ["diff", EVIL],
        ["diff", "release:" + EVIL],
        ["release", EVIL],
        ["export", "--md", "-o", EVIL + "/x"],
        ["build", "-o", EVIL + "\0"],
        ["build", "-o", "ut", "--url", EVIL],
        ["serve", "--host", EVIL],
        [EVIL],
        ["--" + EVIL],
    ],
    ids=lambda arguments: " ".join(arguments).replace(EVIL, "EVIL").replace("\0", "NUL"),
)
def test_argument_shows_and_does_nothing(kfl: Callable[..., Result], arguments: list[str]) -> None:
    if "\0" in "".join(arguments):
        arguments = [each.replace("\0", "") for each in arguments]
    result = kfl("--lang", "en", *arguments, plan=PLAN)

    assert (obeyed(result.out), obeyed(result.err)) == ([], [])


def test_names_of_files_show_and_do_nothing(kfl: Callable[..., Result], tmp_path: Path) -> None:
    name = "\x1b]0;pwn\x07.yaml"
    (tmp_path / name).write_text(PLAN, encoding="utf-8")

    for arguments in (["validate"], ["show", "mote"], ["export", "--md", "-o", "\x9b31m.md"], ["init", "\x9b.yaml"]):
        result = kfl("--plan", name, *arguments)
        assert (result.code, obeyed(result.out), obeyed(result.err)) == (0, [], [])


def test_plan_whose_name_is_not_utf_8_is_exported(tmp_path: Path, kfl: Callable[..., Result]) -> None:
    name = os.fsdecode(b"i\xff.yaml")
    (tmp_path / name).write_text(PLAN, encoding="utf-8")

    assert '"file": "i\N{REPLACEMENT CHARACTER}.yaml"' in kfl("--plan", name, "export", "--json").out
    assert kfl("--plan", name, "build", "-o", "ut").code == 0


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_findings_show_and_do_nothing(kfl: Callable[..., Result], format_: str) -> None:
    key = '"k\\e]0;pwn\\a\\x9b31m\\u202e\\r\\n::error::x"'
    result = kfl(
        "validate", "--format", format_, plan=PLAN.replace("  title: Prøveplan\n", f"  title: P\n  {key}: 1\n")
    )

    assert (result.code, obeyed(result.out)) == (1, [])
    if format_ == "github":
        assert [line[:8] for line in result.out.splitlines()] == ["::error "]


def test_directions_and_tags_that_nobody_sees_are_left_out(kfl: Callable[..., Result]) -> None:
    title = "A\u180e\u206a\ufff9B\U000e0041\U0001f3f4\U000e0067\U000e0062\U000e007f"
    result = kfl("export", "--csv", plan=PLAN.replace("Møte", title))

    assert "AB\U0001f3f4\U000e0067\U000e0062\U000e007f" in result.out


# --- ledgers ----------------------------------------------------------------------------------------------------------


def forged(evil: str) -> bytes:
    """Return a ledger with a text that kfl never writes, sealed as kfl seals it."""
    first = {uid: replace(each, location=evil) for uid, each in publish(schedule(ROW)).items()}
    ledger = advance(Ledger("prove", (), {}), first, Release(date(2017, 12, 4), datetime(2017, 12, 4, tzinfo=UTC)))
    return dump(ledger).replace(evil.encode(), json.dumps(evil)[1:-1].encode())


@pytest.mark.parametrize(
    "evil", ["X\rATTENDEE:mailto:x@example.no", "X\x1b]0;pwn\x07", "X\u2028Y", "X\u202eY", "X\x85Y"]
)
def test_forged_ledger_is_damaged(evil: str) -> None:
    ledger, found = load_ledger(forged(evil), "prove")

    assert (ledger, [each.rule.code for each in found]) == (None, ["KFL903"])
    assert load_ledger(forged("Hamar"), "prove")[1] == []


# --- git --------------------------------------------------------------------------------------------------------------


def test_diff_runs_no_command_that_a_repository_names(kfl: Callable[..., Result], tmp_path: Path) -> None:
    """A clone without all its objects fetches them, by a command if its settings say so."""
    git(tmp_path, "init", "--quiet")
    released(kfl, FIRST, "2017-12-05")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "første")
    blob = subprocess.run(
        ["git", "rev-parse", "HEAD:plan.yaml"], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    (tmp_path / ".git" / "objects" / blob.stdout[:2] / blob.stdout.strip()[2:]).unlink()
    for name, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "o"),
        ("remote.o.promisor", "true"),
        ("protocol.ext.allow", "always"),
        ("remote.o.url", f"ext::sh -c touch% {tmp_path}/PWNED"),
    ):
        git(tmp_path, "config", name, value)

    result = kfl("diff", "HEAD")

    assert (result.code, (tmp_path / "PWNED").exists()) == (2, False)


# --- Markdown and HTML ------------------------------------------------------------------------------------------------

RENDERERS: dict[str, Callable[[str], str]] = {
    "cmark-gfm": partial(cmarkgfm.github_flavored_markdown_to_html, options=Options.CMARK_OPT_UNSAFE),
    "markdown-it": lambda text: str(MarkdownIt("commonmark").enable("table").render(text)),
}
FIELDS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://example.no/x.png)",
    "[x](javascript:alert(1))",
    "a | b | c",
    "`a` ``b``",
    "# a #",
    "C #",
    "&lt;script&gt;",
    "a\\",
    "~~a~~ **b** _c_",
    "https://example.no/min_plan_2018?a=1&copy;=2|x",
    "<https://example.no/a*b*c>.",
    "www.example.no/a_b",
]


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize("field", FIELDS)
def test_markdown_of_a_field_is_that_field(field: str, renderer: Callable[[str], str]) -> None:
    shown = renderer(f"# {gfm.inline(field)}\n\n| a | b |\n| --- | --- |\n| {gfm.inline(field)} | x |\n")
    heading = re.findall("<h1>(.*)</h1>", shown)
    cells = re.findall("<td>(.*)</td>", shown)

    assert [text_of(each) for each in (*heading, *cells)] == [field, field, "x"]
    assert re.findall("<(?!/?(?:h1|table|thead|tbody|tr|th|td|a)\\b)[^>]*>", shown) == []


def text_of(markup: str) -> str:
    return unescape(re.sub("<[^>]*>", "", markup))


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://example.no/min_plan_2018", "https://example.no/min_plan_2018"),
        ("https://example.no/?a=1&copy;=2", "https://example.no/?a=1&amp;copy;=2"),
        ("https://example.no/a~b~c*d*e", "https://example.no/a~b~c*d*e"),
    ],
)
def test_address_leads_where_it_says(renderer: Callable[[str], str], address: str, leads_to: str) -> None:
    assert re.findall('href="([^"]*)"', renderer(gfm.inline(f"Se {address}."))) == [leads_to]
    assert re.findall('href="([^"]*)"', renderer(gfm.link(address))) == [leads_to]


@pytest.mark.parametrize(
    "scheme",
    [
        "ms-word:ofe|u|x",
        "blob:https://x",
        "data:image/png;base64,AAAA",
        "//evil.example",
        "sip:x",
        "view-source:https://x",
        "side.html",
    ],
)
def test_description_links_to_the_web_and_to_people_alone(scheme: str) -> None:
    assert "<a" not in html(f"[x]({scheme})")
    assert html("[x](HTTPS://example.no) [y](mailto:a@example.no) [z](tel:+4762430000)").count("<a ") == 3


# --- templates --------------------------------------------------------------------------------------------------------


def render(folder: Path, **files: str | bytes) -> str:
    """Return what a plan's own template ``plan.md.j2`` renders, or the error, with the folder left out."""
    (folder / "templates").mkdir(exist_ok=True)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "templates" / f"{name}.md.j2").write_bytes(data)
    try:
        return Templates(folder).render("plan.md.j2", Translator("nb"))
    except TemplateError as error:
        return str(error).replace(f"{folder}/templates/", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n{% include 'nosuch.j2' %}", "plan.md.j2:2: there is no template 'nosuch.j2'"),
        ("\n{% include 'row.md.j2' %}", "row.md.j2:3: division by zero"),
        ("{{ 'a' * 10**10 }}", "plan.md.j2:1: the text is too long"),
        ("{{ 10**8 * [1] }}", "plan.md.j2:1: the text is too long"),
        ("{{ 9**(9**9) }}", "plan.md.j2:1: the number is too large"),
        (
            "{% set n = namespace(x='a' * 999) %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
            "plan.md.j2:1: takes more than 512 MiB of memory",
        ),
        ("{{ 'a'.center(10**9) }}", "plan.md.j2:1: takes more than 512 MiB of memory"),
        (
            "{{ range(10**9) | list }}",
            "plan.md.j2:1: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).",
        ),
        ("{{ ''.__class__.__mro__ }}", "plan.md.j2:1: access to attribute '__class__' of 'str' object is unsafe."),
        (
            "{{ cycler.__init__.__globals__ }}",
            "plan.md.j2:1: access to attribute '__init__' of 'type' object is unsafe.",
        ),
        ("\n\n{{ mangler }}", "plan.md.j2:3: 'mangler' is undefined"),
        (b"a\nb\xe5", "plan.md.j2:2: is not UTF-8; save the file as UTF-8"),
        ("{{ 6 * 7 }} {{ 'ab' * 2 }} {{ 1.5 * 2 }} {{ 2 ** 10 }}", "42 abab 3.0 1024"),
    ],
)
def test_template_that_fails_says_where_and_why(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert render(tmp_path, plan=text, row="\n\n{{ 1 / 0 }}") == said


def test_folder_of_templates_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "templates").symlink_to(".")
    (tmp_path / "plan.md.j2").write_text("{% include 'hemmelig' %}", encoding="utf-8")
    (tmp_path / "hemmelig").write_text("hemmelig", encoding="utf-8")

    with pytest.raises(TemplateError, match="is a link; put the folder itself there"):
        Templates(tmp_path).render("plan.md.j2", Translator("nb"))


def busy(seconds: float, most: float) -> None:
    """Do nothing for some seconds of the processor's time, in bounds."""
    start = time.process_time()
    with bounded(seconds=most):
        while time.process_time() - start < seconds:
            pass


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooLongError):
        busy(seconds=60, most=0.2)


# --- themes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("control", ["\0", "\x01", "\x7f", "\ufffe"])
def test_theme_with_characters_that_are_no_text_is_refused(
    kfl: Callable[..., Result], tmp_path: Path, control: str
) -> None:
    (tmp_path / "theme.css").write_text(f"/* a */\r\n/* {control} */", encoding="utf-8")

    result = kfl("export", "--html", plan=PLAN)

    said = f"{tmp_path / 'theme.css'}:2: the character U+{ord(control):04X} is not text; delete it"
    assert (result.code, result.err) == (2, f"Error: {said}\n")


# --- calendars --------------------------------------------------------------------------------------------------------


def test_calendar_holds_no_property_that_a_title_writes(kfl: Callable[..., Result]) -> None:
    evil = '"A\\r\\nATTENDEE:mailto:x@example.no\\r\\nEND:VEVENT\\r\\nBEGIN:VALARM\\u2028;X=1:\\u0085^n"'
    row = f"- {{id: mote, title: {evil}, when: 7.2.2018, location: {evil}, note: {evil}, responsible: [styrer]}}"
    calendar: Any = icalendar.Calendar.from_ical(kfl("export", "--ics", plan=plan_text(row)).out)
    plain: Any = icalendar.Calendar.from_ical(
        kfl("export", "--ics", plan=plan_text(ROW.replace("}", ", location: a, note: b}"))).out
    )

    assert [each.name for each in calendar.walk()] == [each.name for each in plain.walk()]
    assert [list(each) for each in calendar.walk()] == [list(each) for each in plain.walk()]


# --- files ------------------------------------------------------------------------------------------------------------


def test_export_never_writes_over_the_plan_or_its_ledger(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "prove.json").write_text(PLAN, encoding="utf-8")
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "prove.md").symlink_to("../prove.json")
    (tmp_path / "ut" / "prove.csv").symlink_to("../prove.lock")
    for format_, folder in (("--json", "./"), ("--md", "ut/"), ("--csv", "ut/")):
        result = kfl("--plan", "prove.json", "export", format_, "-o", folder)
        assert (result.code, result.err.endswith(" is the plan itself, and was not touched\n")) == (2, True)
    assert (tmp_path / "prove.json").read_text(encoding="utf-8") == PLAN


def test_names_that_windows_keeps_for_itself_are_not_used(kfl: Callable[..., Result], tmp_path: Path) -> None:
    plan = plan_text(ROW, HEAD.replace("id: prove", "id: con"))

    assert kfl("export", "--md", "-o", "ut/", plan=plan).code == 0
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["con-plan.md"]


def test_link_that_leads_round_is_an_error(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to("ring")

    for arguments in (["export", "--md", "-o", "ring"], ["build", "-o", "ring"]):
        result = kfl(*arguments, plan=PLAN)
        assert (result.code, result.err[:12]) == (2, "Error: ring:")
