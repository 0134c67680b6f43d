"""Hostile input, in every place that strangers can write: it shows as text or is refused, and nothing of it runs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
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
from playwright.sync_api import sync_playwright

from kfl_cli.exports.templates.environment import TemplateError, Templates
from kfl_cli.exports.templates.sandbox import TooLongError, bounded
from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run
from kfl_cli.releases.ledger import Ledger, Release
from kfl_cli.releases.lockfile import dump
from kfl_cli.releases.lockfile_reader import load_ledger
from kfl_cli.releases.next_ledger import next_ledger
from kfl_cli.releases.published_occurrence import publish
from kfl_cli.releases.version import Version
from kfl_cli.text import github_markdown
from kfl_cli.text.commonmark import html
from kfl_cli.text.json import printable_json
from kfl_cli.text.terminal import printable
from tests.conftest import CHROMIUM, Result, needs_chromium
from tests.plans import HEAD, plan_text, schedule
from tests.releases import FIRST, git, released
from tests.test_exports import export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROW = "- {id: mote, title: Møte, when: 7.2.2018, responsible: [styrer]}"
PLAN = plan_text(ROW)
EVIL = "\x1b]0;pwn\x07\x9b31m\u202erød\r\n::error::x"
"""A title for the window, a colour, text that runs backwards, and a line of its own."""


def obeyed(text: str) -> list[str]:
    """Return the characters that a terminal would obey, or not show."""
    return [sign for sign in text if not sign.isprintable() and sign != "\n"]


# --- terminals --------------------------------------------------------------------------------------------------------


@given(st.text())
def test_printable_text_is_obeyed_by_no_terminal(text: str) -> None:
    assert obeyed(printable(text)) == []
    assert len(printable(text)) == len(text)


@given(st.dictionaries(st.text(), st.text()))
def test_json_on_a_screen_is_the_same_json(document: dict[str, str]) -> None:
    assert (json.loads(printable_json(document)), obeyed(printable_json(document))) == (document, [])


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
        ["build", "-o", EVIL],
        ["build", "-o", "ut", "--url", EVIL],
        ["serve", "--host", EVIL],
        ["serve", "--host", "\udcff"],
        ["build", "-o", "ut", "--url", "https://x/\udcff"],
        [EVIL],
        ["--" + EVIL],
    ],
    ids=lambda arguments: " ".join(arguments).replace(EVIL, "EVIL"),
)
def test_argument_shows_and_does_nothing(kfl: Callable[..., Result], arguments: list[str]) -> None:
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
    title = "A\u180e\u206a\ufff9B\U000e0041\U000e0042\U0001f3f4\U000e0067\U000e0062\U000e007f"
    result = kfl("export", "--csv", plan=PLAN.replace("Møte", title))

    assert "AB\U0001f3f4\U000e0067\U000e0062\U000e007f" in result.out


# --- ledgers ----------------------------------------------------------------------------------------------------------


def forged(evil: str) -> bytes:
    """Return a ledger with a text that kfl never writes, sealed as kfl seals it."""
    first = {uid: replace(each, location=evil) for uid, each in publish(schedule(ROW)).items()}
    ledger = next_ledger(
        Ledger("prove", (), {}), first, Release(Version(date(2017, 12, 4)), datetime(2017, 12, 4, tzinfo=UTC))
    )
    return dump(ledger).replace(evil.encode(), json.dumps(evil)[1:-1].encode())


@pytest.mark.parametrize(
    "evil", ["X\rATTENDEE:mailto:x@example.no", "X\x1b]0;pwn\x07", "X\u2028Y", "X\u202eY", "X\x85Y"]
)
def test_forged_ledger_is_damaged(evil: str) -> None:
    ledger, found = load_ledger(forged(evil), "prove")

    assert (ledger, [each.rule.code for each in found]) == (None, ["KFL903"])
    assert load_ledger(forged("Hamar"), "prove")[1] == []


MARKS = "e" + "\\u0301" * 40


@pytest.mark.parametrize("plan", [PLAN.replace("Møte", f'"{MARKS}"'), PLAN.replace("  nord:", f'  "{MARKS}":')])
def test_marks_without_end_are_refused_as_escapes_too(kfl: Callable[..., Result], plan: str) -> None:
    result = kfl("--lang", "en", "validate", plan=plan)

    assert result.code == 1
    assert "more than 30 marks stand on one letter here" in result.out


def test_release_refuses_a_comment_that_its_ledger_could_not_hold(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = kfl("release", "--allow-open", "--comment", "e" + "\u0301" * 40, plan=PLAN)

    assert (result.code, result.err) == (2, "Error: --comment: more than 30 marks stand on one letter\n")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


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
    "#",
    "&lt;script&gt;",
    "a\\",
    "~~a~~ **b** _c_",
    "https://example.no/min_plan_2018?a=1&copy;=2|x",
    "<https://example.no/a*b*c>.",
    "www.example.no/a_b",
    "*https://x.no* _https://x.no_ (https://x.no/_)",
    "ftp://x.no/a_b _www.x.no/a_b www.x.no/a&copy;b www._ www.*x*",
    "http://x.no/[a]_b http://x.no/a|b https://* øhttp://x.no/a_b",
    "<https://x.no> <www.x.no> https://x.no/a&b",
    "!https://x.no/&copy;a \\!https://x.no/&copy;a",
    "https://x.no www.x.no(ftp://x.no/",
    "www.x.nohttps://x.no&copy;https://x.no",
]
PIECES = st.sampled_from([
    *("https://x.no", "http://x.no/a_b", "www.x.no", "ftp://x.no/", "/a_(b)", "&copy;", "&", "*", "_", "~", "|", " # "),
    *("<", ">", "[", "]", "(", ")", "!", "\\", "`", " ", ".", ",", "ø", "a", "1. ", "- "),
])  # fmt: skip


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize("field", FIELDS)
def test_markdown_of_a_field_is_that_field(field: str, renderer: Callable[[str], str]) -> None:
    shown = renderer(
        f"# {github_markdown.inline(field)}\n\n| a | b |\n| --- | --- |\n| {github_markdown.inline(field)} | x |\n"
    )
    heading = re.findall("<h1>(.*)</h1>", shown)
    cells = re.findall("<td>(.*)</td>", shown)

    assert [text_of(each) for each in (*heading, *cells)] == [field, field, "x"]
    assert re.findall("<(?!/?(?:h1|table|thead|tbody|tr|th|td|a)\\b)[^>]*>", shown) == []


@given(st.lists(PIECES, max_size=12).map("".join))
def test_markdown_of_any_pieces_is_those_pieces(field: str) -> None:
    whole = " ".join(field.split())
    for renderer in RENDERERS.values():
        shown = renderer(f"| a | b |\n| --- | --- |\n| x{github_markdown.inline(field)}x | x |\n")
        assert text_of(re.findall("<td>(.*)</td>", shown)[0]) == f"x{whole}x"


def text_of(markup: str) -> str:
    return unescape(re.sub("<[^>]*>", "", markup))


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://example.no/min_plan_2018", "https://example.no/min_plan_2018"),
        ("https://example.no/?a=1&copy;=2", "https://example.no/?a=1&amp;copy;=2"),
        ("https://example.no/a~b~c*d*e", "https://example.no/a~b~c*d*e"),
        ("https://no.wikipedia.org/wiki/Mo_(Norge)", "https://no.wikipedia.org/wiki/Mo_(Norge)"),
    ],
)
def test_address_leads_where_it_says(renderer: Callable[[str], str], address: str, leads_to: str) -> None:
    assert re.findall('href="([^"]*)"', renderer(github_markdown.inline(f"Se {address}."))) == [leads_to]
    assert re.findall('href="([^"]*)"', renderer(github_markdown.link(address))) == [leads_to]


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
    assert re.findall('href="(?!https://x")', html(f"[x]({scheme})")) == []
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


def test_what_lets_no_other_thread_in_is_ended_by_the_system() -> None:
    """Comparing lists of lists of lists is one step to Python."""
    program = (
        "from kfl_cli.exports.templates import sandbox; sandbox._GRACE = 0.2\n"
        "a, b = [1], [1]\n"
        "for _ in range(60): a, b = [a, a], [b, b]\n"
        "with sandbox.bounded(seconds=0.2): a == b\n"
    )

    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)

    assert done.returncode == -signal.SIGALRM


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


# --- templates of pages -----------------------------------------------------------------------------------------------

POLICY = "default-src 'none'; style-src 'sha256-"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html.j2", "<!DOCTYPE html><script>document.title = 'ran'</script><style>p {}</style><p>x</p>"),
        ("page.html.j2", "<script>document.title = 'ran'</script>"),
        (
            "page.html.j2",
            (
                '<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="Content-Security-Policy" '
                "content=\"default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
                "<script>document.title = 'ran'</script></head></html>"
            ),
        ),
        ("foot.html.j2", "<script>document.title = 'ran'</script>"),
        ("page.js.j2", "document.title = 'ran'"),
        ("mark.svg.j2", "<script>document.title = 'ran'</script>"),
        ("legend.html.j2", "<img src=x onerror=\"document.title = 'ran'\">"),
    ],
)
@needs_chromium
def test_script_of_a_template_does_not_run(tmp_path: Path, name: str, text: str) -> None:
    """In a real browser; kfl's policy stands first, and its own script is all that may run."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_text(text, encoding="utf-8")
    page = export(PLAN.encode(), "html", templates=Templates(tmp_path))
    (tmp_path / "side.html").write_bytes(page)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.goto((tmp_path / "side.html").as_uri())
        title = opened.title()
        browser.close()

    assert title != "ran"
    assert page.decode().split('http-equiv="Content-Security-Policy" content="')[1].startswith(POLICY)


@pytest.mark.parametrize(
    "tag", ['<META content="0;url=//x" http-equiv=Refresh>', "<meta/http-equiv='&#114;efresh ' content=0>"]
)
def test_page_that_leads_elsewhere_by_itself_is_refused(kfl: Callable[..., Result], tmp_path: Path, tag: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "foot.html.j2").write_text(tag)

    result = kfl("export", "--html", plan=PLAN)

    said = "Error: a page may not lead elsewhere by itself (http-equiv refresh)\n"
    assert (result.code, result.out, result.err) == (2, "", said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<script>1</script>", "a drawing may run and fetch nothing, and this one has <script>"),
        ('<image href="#x"/>', "a drawing may run and fetch nothing, and this one has <image>"),
        ('<g onclick="1"/>', "a drawing may run and fetch nothing, and this one has <g>"),
        ('<a href="https://x"/>', "a drawing may run and fetch nothing, and this one has <a>"),
        ("<g>", "the drawing is no XML: mismatched tag: line N, column N"),
    ],
)
def test_drawing_that_acts_is_refused(kfl: Callable[..., Result], tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "dial.svg.j2").write_text(text, encoding="utf-8")

    result = kfl("export", "--svg", plan=PLAN)

    assert (result.code, result.out, re.sub(r"\d+", "N", result.err)) == (2, "", f"Error: {said}\n")


def test_drawing_of_a_plan_with_templates_is_drawn(kfl: Callable[..., Result], tmp_path: Path) -> None:
    before = kfl("export", "--svg", plan=PLAN).out
    (tmp_path / "templates").mkdir()

    assert kfl("export", "--svg") == Result(0, before, "")


# --- devices ----------------------------------------------------------------------------------------------------------


def test_plan_or_ledger_that_is_a_device_is_refused(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "plan.lock").symlink_to("/dev/zero")
    assert kfl("export", "--ics", plan=PLAN) == Result(2, "", "Error: plan.lock is no file\n")
    assert kfl("--plan", "/dev/zero", "list") == Result(2, "", "Error: /dev/zero is no file\n")
    (tmp_path / "plan.yaml").unlink()
    (tmp_path / "plan.yaml").symlink_to("/dev/zero")
    assert kfl("list") == Result(2, "", "Error: plan.yaml is no file\n")
    (tmp_path / "plan.yaml").unlink()
    os.mkfifo(tmp_path / "plan.yaml")
    assert kfl("list") == Result(2, "", "Error: plan.yaml is no file\n")


def test_dates_that_multiply_are_bounded() -> None:
    regions = "".join(f"  r{number}: {{name: R{number}}}\n" for number in range(400))
    sessions = ", ".join(f"{{for: r{number}, when: 2018-01-08}}" for number in range(400))
    rows = f"- {{id: w, title: W, sessions: [{sessions}]}}\n" + "\n".join(
        f"- {{id: a{number}, title: A, when: før w}}" for number in range(300)
    )
    checked = run(plan_text(rows, f"kfl: 1\nplan: {{id: p, title: P}}\nregions:\n{regions}").encode())

    said = [Translator("en").message(each.message) for each in checked.diagnostics]
    assert said == ["dates for each region or group come to more than 100000"]
