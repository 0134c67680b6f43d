"""A plan's own ``theme.css``: where it is found, where it takes effect, what it may not hold."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from kfl_cli.exports.templates.environment import Templates, css_string
from tests.conftest import Result, needs_pango
from tests.plans import plan_text
from tests.test_exports import PLAN, export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE = plan_text("- {id: a, title: Samling, when: 2017-09-08}")
BLUE = ":root { --accent: #003f72; }\n"


@pytest.mark.parametrize("place", ["theme.css", "templates/theme.css"])
@pytest.mark.parametrize("name", ["html", "svg"])
def test_theme_follows_the_style_of_kfl(tmp_path: Path, place: str, name: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / place).write_text(BLUE)

    with_theme = export(PLAN, name, templates=Templates(tmp_path)).decode()

    assert with_theme.count("--accent: #003f72") == 1
    style = with_theme[with_theme.index("<style>") : with_theme.index("</style>")]
    assert max(style.rindex(rule) for rule in ("--accent: #0b5c4b", ".drawing .event")) < style.index("#003f72")


@pytest.mark.parametrize(
    ("theme", "last"),
    [
        (BLUE, "--accent: #7fd6bf"),
        (BLUE + "@media (prefers-color-scheme: dark) { :root { --accent: #9cf; } }", "--accent: #9cf"),
    ],
)
def test_theme_that_says_nothing_of_dark_keeps_the_dark_colours(tmp_path: Path, theme: str, last: str) -> None:
    (tmp_path / "theme.css").write_text(theme)

    page = export(ONE.encode(), "html", templates=Templates(tmp_path)).decode()

    assert [each for each in re.findall("--accent: #[0-9a-f]+", page) if each != "--accent: #000"][-1] == last


@needs_pango
@pytest.mark.parametrize("rule", [":root { --ring: #123456; }", ".drawing .event > rect { fill: #123456; }"])
def test_theme_colours_the_drawings_of_a_pdf(tmp_path: Path, rule: str) -> None:
    """Both are of drawings alone."""
    (tmp_path / "theme.css").write_text(rule)

    assert export(ONE.encode(), "pdf", templates=Templates(tmp_path)) != export(ONE.encode(), "pdf")


REFUSED = [
    ("@import 'https://example.org/a.css';", "@import"),
    ("@IMPORT 'a.css';", "@IMPORT"),
    ("body { background: url(a.png) }", "url("),
    (r"body { background: u\72l(a.png) }", "url("),
    (r"body { background: \000075rl(a.png) }", "url("),
    (r"body { background: u\rl(a.png) }", "url("),
    ("@font-face { font-family: x }", "@font-face"),
    ("body { background: image-set('a.png' 1x) }", "image-set("),
    ("</style><script>alert(1)</script>", "<"),
    (r"\3c /style>", "<"),
    ('body { background: u\\72\nl("https://example.org/a.png") }', "url("),
    ('body { background: u\\72\r\nl("https://example.org/a.png") }', "url("),
    ('body { background: u\\72\fl("https://example.org/a.png") }', "url("),
]


@pytest.mark.parametrize(("line", "found"), REFUSED)
def test_theme_that_would_reach_out_is_refused_and_nothing_is_written(
    kfl: Callable[..., Result], tmp_path: Path, line: str, found: str
) -> None:
    (tmp_path / "theme.css").write_text(f"/* mitt */\n{line}\n")

    result = kfl("export", "--html", "-o", "ut.html", plan=ONE)

    file = tmp_path / "theme.css"
    assert result == Result(
        2, "", f"Error: {file}:2: '{found}' may not stand in a theme, which can fetch and run nothing\n"
    )
    assert not (tmp_path / "ut.html").exists()


def test_theme_in_another_encoding_is_said(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_bytes(b"/* bl\xe5 */")

    result = kfl("export", "--html", plan=ONE)

    assert result.err == f"Error: {tmp_path / 'theme.css'}: byte 6 is not UTF-8; save the file as UTF-8\n"


def test_theme_without_end_is_said(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_text(" " * 100_001)

    assert kfl("export", "--html", plan=ONE).err == (f"Error: {tmp_path / 'theme.css'}: is longer than 100000 bytes\n")


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    (path.parent.parent / "hemmelig.css").write_text("hemmelig")
    path.symlink_to(path.parent.parent / "hemmelig.css")


def _link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "ingenting.css")


@pytest.mark.parametrize("make", [_folder, _pipe, _link, _link_to_nothing])
def test_theme_that_is_no_file_of_the_folder_is_refused(
    kfl: Callable[..., Result], tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "theme.css")

    assert kfl("export", "--html", plan=ONE) == Result(
        2, "", f"Error: {tmp_path / 'theme.css'}: is no file of this folder\n"
    )


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("Plan for Åse", '"Plan for Åse"'),
        ('a"b', '"a\\22 b"'),
        ("</style>", '"\\3c \\2f style\\3e "'),
        ("a\\b", '"a\\5c b"'),
    ],
)
def test_text_as_a_string_of_css(text: str, string: str) -> None:
    assert css_string(text) == string
