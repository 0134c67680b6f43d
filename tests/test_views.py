"""``kfl export --view``, ``--pdf`` and the calendar beside a page, as users call them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result, needs_pango
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE = plan_text("- {id: a, title: Samling, when: 2017-09-08, question: Hvor?}")


@pytest.mark.parametrize(
    ("view", "sections"),
    [
        ("wheel", ["arshjul", "datoer"]),
        ("timeline", ["tidslinje", "datoer"]),
        ("table", ["neste", "aktiviteter", "apent"]),
        ("", ["neste", "arshjul", "tidslinje", "aktiviteter", "apent"]),
    ],
)
def test_view_shows_one_of_the_three(kfl: Callable[..., Result], view: str, sections: list[str]) -> None:
    plan = ONE.replace("version: 2017-12-04", "version: 2017-08-01")

    page = kfl("export", "--html", *(["--view", view] if view else []), plan=plan).out

    assert re.findall('<h2 id="([^"]+)"', page) == sections
    marks = set(re.findall('href="(#[^"]+)"', page)) - {f"#{id_}" for id_ in re.findall('id="([^"]+)"', page)}
    assert marks == set()


def test_view_is_for_pages(kfl: Callable[..., Result]) -> None:
    assert kfl("export", "--md", "--view", "wheel", plan=ONE) == Result(
        2, "", "Error: --view is for --html and --pdf\n"
    )


@needs_pango
def test_pdf_of_one_view(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = kfl("export", "--pdf", "--view", "wheel", "-o", "hjul.pdf", plan=ONE)

    assert (result.code, result.err) == (0, "hjul.pdf\n")
    assert (tmp_path / "hjul.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_page_links_to_the_calendar_that_is_written_beside_it(kfl: Callable[..., Result], tmp_path: Path) -> None:
    kfl("export", "--html", "--ics", "-o", "ut/", plan=ONE)

    page = (tmp_path / "ut" / "prove.html").read_text(encoding="utf-8")
    assert re.findall('<a href="([^"]+)" download>', page) == ["prove.ics"]
    assert (tmp_path / "ut" / "prove.ics").is_file()
    assert "download" not in kfl("export", "--html").out


@pytest.mark.parametrize(
    ("package", "error", "arguments", "said"),
    [
        (
            "weasyprint",
            "ImportError",
            ["export", "--pdf"],
            "PDF needs WeasyPrint; install kfl with its extra: pip install 'kfl[pdf]'",
        ),
        (
            "weasyprint",
            "OSError('libpango')",
            ["export", "--pdf"],
            "PDF needs Pango; on Debian: apt install libpangoft2-1.0-0 (libpango)",
        ),
        (
            "watchfiles",
            "ImportError",
            ["serve"],
            "serving needs watchfiles; install kfl with its extra: pip install 'kfl[serve]'",
        ),
    ],
)
def test_missing_package_is_named(
    kfl: Callable[..., Result], tmp_path: Path, package: str, error: str, arguments: list[str], said: str
) -> None:
    (tmp_path / "uten").mkdir()
    (tmp_path / "uten" / f"{package}.py").write_text(f"raise {error}\n")

    assert kfl(*arguments, plan=ONE, PYTHONPATH=str(tmp_path / "uten")) == Result(2, "", f"Error: {said}\n")
