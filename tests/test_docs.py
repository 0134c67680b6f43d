"""The documentation: every command shown prints what is shown; every rule, key, option and format is described.

In README and ``docs/`` a fenced block ``console`` is a session in a folder that holds the project's ``plan.yaml``:
lines that begin with ``$ `` are commands, what follows is their output, and a line ``…`` stands for any lines. A block
``yaml`` that begins with ``kfl: 1`` is a plan without findings; one that begins with ``# NAME.yaml`` is that file.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest

from kfl_cli.cli import COMMANDS, cli
from kfl_cli.commands.export import EXPORTERS
from kfl_cli.dates import DateProblem, Window, parse
from kfl_cli.dates.lexer import phrases
from kfl_cli.findings.explain import rules_page
from kfl_cli.findings.finding import Severity
from kfl_cli.findings.rules.catalogue import RULES
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import LANGUAGES, VOCABULARIES
from kfl_cli.pipeline import run
from kfl_cli.plan.schema import RECORDS
from tests.conftest import ROOT, Result

DOCUMENTS = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(path: Path, kind: str) -> list[str]:
    return [body for name, body in FENCE.findall(path.read_text(encoding="utf-8")) if name == kind]


def commands(block: str) -> list[tuple[str, str]]:
    """Return each command of a session with the output that is shown."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return [(command, "\n".join(output).strip("\n")) for command, output in found]


def pattern(shown: str) -> str:
    """Return a regular expression for an output in which a line «…» stands for any lines."""
    pieces = [".*" if line.strip() == "…" else re.escape(line.rstrip()) for line in shown.split("\n")]
    return r"\n*" + r"\n+".join(pieces) + r"\n*"


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_commands_print_what_is_shown(
    path: Path, tmp_path: Path, kfl: Callable[..., Result], *, writes_golden: bool
) -> None:
    """Under ``--golden`` an output without «…» is written anew."""
    shutil.copy(ROOT / "plan.yaml", tmp_path)
    for plan in blocks(path, "yaml"):
        named = re.match(r"# (\S+\.yaml)\n", plan)
        if named:
            (tmp_path / named[1]).write_text(plan, encoding="utf-8")

    for block in blocks(path, "console"):
        for command, shown in commands(block):
            printed = output_of(command, tmp_path, kfl)
            if shown and writes_golden and "…" not in shown.split("\n"):
                text = path.read_text(encoding="utf-8")
                old, new = (f"$ {command}\n{output.strip(chr(10))}\n" for output in (shown, printed))
                path.write_text(text.replace(old, new), encoding="utf-8")
            elif shown:
                assert re.fullmatch(pattern(shown), printed, re.DOTALL), f"$ {command}\n{printed}"


def output_of(command: str, folder: Path, kfl: Callable[..., Result]) -> str:
    """Run a command of the documentation: ``kfl``, its output into a file with ``>``, or ``cat`` or ``ls``."""
    words, _, target = (part.strip() for part in command.partition(" > "))
    program, *arguments = shlex.split(words)
    if program == "kfl":
        result = kfl(*arguments)
    else:
        assert program in {"cat", "ls"}, command
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False, text=True)
        result = Result(done.returncode, done.stdout, done.stderr)
    if target:
        (folder / target).write_bytes(result.out.encode())
        return result.err
    printed = (result.out + result.err).replace("\r\n", "\n")
    return "\n".join(line.rstrip() for line in printed.split("\n"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_plans_shown_have_nothing_wrong(path: Path) -> None:
    """No errors and no warnings; a plan that shows one thing is thin in others, which are notes."""
    for plan in blocks(path, "yaml"):
        if plan.startswith("kfl: 1"):
            say = Translator("en").message
            found = run(plan.encode(), thorough=True).diagnostics
            assert [say(each.message) for each in found if each.rule.severity is not Severity.NOTE] == [], plan


def test_every_promise_of_security_names_tests_that_are_there() -> None:
    promises = re.findall(r"^\| \*\*.*$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = [re.findall(r"`(tests/[^`]+)`", line) for line in promises]

    assert [line for line, files in zip(promises, named, strict=True) if not files] == []
    assert [file for files in named for file in files if not (ROOT / file).is_file()] == []


def test_links_lead_somewhere() -> None:
    broken = [
        (path.name, target)
        for path in DOCUMENTS
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]

    assert broken == []


def test_rules_page_is_made_from_the_rules() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page(list(RULES.values()))


def described_options(command: str) -> set[str]:
    """Return the options that the README gives a command: in its row, and in what it says of several commands."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `kfl {command}(?: [A-Z]+)?` \| (.*) \|$", readme, re.MULTILINE)
    several = re.search(
        r"(?:^|\n)([^\n]*(?:\n[^\n]+)*) take the same selection: ((?:[^\n]+\n)*?[^\n]*?)\. For all", readme
    )
    assert row is not None, f"no row for kfl {command}"
    assert several is not None
    shared = several[2] if f"`{command}`" in several[1] else ""
    return set(re.findall(r"--[a-z]+(?:-[a-z]+)*", f"{row[1]} {shared}"))


@pytest.mark.parametrize("name", cli.list_commands(click.Context(cli)))
def test_every_option_of_a_command_is_described_for_it(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = {
        max(param.opts, key=len)
        for param in command.params
        if isinstance(param, click.Option) and not param.hidden and param.help
    }

    assert sorted(options - described_options(name)) == []
    assert sorted(described_options(name) - options - {"--json", "--export"}) == []


def test_every_key_and_word_is_described() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS}
    keys = {f"`{key}`" for record in RECORDS for key in record.keys}
    words = {phrase for words in VOCABULARIES.values() for phrase, _ in phrases(words)}

    assert [key for key in sorted(keys) if key not in texts["plan-format.md"]] == []
    assert [word for word in sorted(words) if word not in texts["dates.md"].split("## Words")[1]] == []


def test_table_of_formats_shows_each_with_its_help_and_suffix() -> None:
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8").split("\n\nAll but")[0]
    rows = [line.strip("| ").split(" | ")[:3] for line in text.splitlines() if line.startswith("| `--")]

    assert [(option, suffix) for option, _, suffix in rows] == [
        (f"`--{name}`", f"`{exporter.suffix}`") for name, exporter in EXPORTERS.items()
    ]
    assert [name for _, name, _ in rows if not any(each.help.startswith(name) for each in EXPORTERS.values())] == []


def test_help_of_export_names_every_format() -> None:
    command = cli.get_command(click.Context(cli), "export")
    assert command is not None
    formats = [exporter.help.split(":")[0] for exporter in EXPORTERS.values()]

    for text in (COMMANDS["export"], (command.help or "").split("\n")[0]):
        assert [name for name in formats if not re.search(rf"\b{name}\b", text)] == []


def test_every_list_of_languages_is_whole() -> None:
    lists = [
        (path.name, re.findall(r"\b(?!or)[a-z]{2}\b", found))
        for path in DOCUMENTS
        for found in re.findall(r"`nb`(?:, `..`)+(?: or `..`)?|nb(?:\|..)+", path.read_text(encoding="utf-8"))
    ]

    assert {name for name, _ in lists} == {"exports.md", "plan-format.md"}
    assert [each for each in lists if each[1] != list(LANGUAGES)] == []


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table of dates under a heading: what is written, the rule, and what is offered or said."""
    text = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8").split(f"### {heading}\n")[1].split("\n#")[0]
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]


def refused(row: list[str]) -> tuple[set[str], set[str]]:
    """Return the rules that refuse what a row shows, and the texts that are offered for it."""
    period = Window(date(2017, 8, 1), date(2018, 12, 31))
    found = [parse(written, period) for written in re.findall("`([^`]+)`", row[0])]
    problems = [each for each in found if isinstance(each, DateProblem)]
    assert len(problems) == len(found)
    hints = [Translator("nb").message(each.hint) if each.hint else "" for each in problems]
    return {each.rule.code for each in problems}, {text for hint in hints for text in re.findall("«([^»]+)»", hint)}


OFFERED, TOLD = table("The message offers a date"), table("The message says what to write")


@pytest.mark.parametrize("row", OFFERED, ids=[row[0] for row in OFFERED])
def test_date_is_offered_as_the_table_says(row: list[str]) -> None:
    assert refused(row) == ({row[1]}, set(re.findall("`([^`]+)`", row[2])))


@pytest.mark.parametrize("row", TOLD, ids=[row[0] for row in TOLD])
def test_date_is_refused_by_the_rule_that_the_table_names(row: list[str]) -> None:
    assert refused(row)[0] == {row[1]}


def test_every_template_and_property_is_described() -> None:
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8") + (ROOT / "docs" / "site.md").read_text()
    releases = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    templates = {path.name for path in (ROOT / "templates").glob("*.j2")}
    palette = (ROOT / "templates" / "palette.css.j2").read_text(encoding="utf-8")

    assert [name for name in sorted(templates) if f"`{name}`" not in text + releases] == []
    assert [name for name in re.findall(r"(--[\w-]+):", palette) if f"`{name}`" not in text] == []


def test_help_of_every_command_shows_examples() -> None:
    context = click.Context(cli)
    helps = {name: (cli.get_command(context, name) or cli).help or "" for name in cli.list_commands(context)}

    assert [name for name, text in helps.items() if not re.search(r"\n\s*kfl ", text)] == []


def test_no_text_names_the_folder_where_it_was_written() -> None:
    """Output that was pasted into a page may hold the folder of the checkout, or the home of whoever ran it."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split(
        "\n"
    )
    texts = [ROOT / name for name in listed if name.endswith((".py", ".md", ".toml", ".yaml", ".j2", ".txt"))]
    own = re.compile(rf"{re.escape(str(ROOT))}\b|/(?:home|Users|root)/\w|{re.escape(str(Path.home()))}/")

    assert [str(path) for path in texts if own.search(path.read_text(encoding="utf-8", errors="replace"))] == []
