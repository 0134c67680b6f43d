"""``kfl export``: files and their names, templates beside the plan, exports without contacts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command_line import BROKEN, SMALL
from tests.conftest import Result
from tests.plans import plan_text

if TYPE_CHECKING:
    from collections.abc import Callable


def test_export_with_errors_writes_nothing(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = kfl("export", "--ics", "--html", "-o", "ut/", plan=BROKEN)

    assert (result.code, result.out, (tmp_path / "ut").exists()) == (1, "", False)
    assert "KFL301" in result.err


def test_export_names_files_after_plan_and_readers(kfl: Callable[..., Result], tmp_path: Path) -> None:
    formats = [f"--{name}" for name in ("md", "html", "ics", "todo", "json", "csv")]

    result = kfl("export", *formats, "--region", "Hamar og Stange", "--for", "styrer", "-o", "ut/", plan=SMALL)

    assert (result.code, result.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [
        "prove-hamar-stange-styrer-todo.ics",
        "prove-hamar-stange-styrer.csv",
        "prove-hamar-stange-styrer.html",
        "prove-hamar-stange-styrer.ics",
        "prove-hamar-stange-styrer.json",
        "prove-hamar-stange-styrer.md",
    ]


def test_csv_file_begins_with_a_mark_and_standard_output_does_not(kfl: Callable[..., Result], tmp_path: Path) -> None:
    printed = kfl("export", "--csv", plan=SMALL).out
    kfl("export", "--csv", "-o", "plan.csv")

    assert (tmp_path / "plan.csv").read_bytes() == b"\xef\xbb\xbf" + printed.encode()


def test_plan_is_not_overwritten_by_its_export(kfl: Callable[..., Result], tmp_path: Path) -> None:
    result = kfl("export", "--json", "-o", "plan.yaml", plan=SMALL)

    assert (result.code, result.err) == (2, "Error: plan.yaml is the plan itself, and was not touched\n")
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == SMALL


def test_file_that_cannot_be_written_is_an_error(kfl: Callable[..., Result]) -> None:
    result = kfl("export", "--md", "-o", "mangler/plan.md", plan=SMALL)

    assert (result.code, result.out, result.err) == (2, "", "Error: mangler/plan.md: No such file or directory\n")


def test_own_template_is_used_and_cannot_do_harm(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates" / "plan.md.j2"

    template.write_text("{{ plan.title }}: {{ rows | length }}", encoding="utf-8")
    assert kfl("export", "--md", plan=SMALL).out == "Prøveplan: 4"

    for harm in ("{{ ''.__class__.__mro__ }}", "{{ mangler }}", "{% if %}", "{% include '../plan.yaml' %}"):
        template.write_text(f"linje 1\n{harm}", encoding="utf-8")
        result = kfl("export", "--md", "-o", "ut.md", plan=SMALL)
        assert (result.code, (tmp_path / "ut.md").exists()) == (2, False)
        assert "plan.md.j2" in result.err or "plan.yaml" in result.err


def test_template_that_leads_out_of_its_folder_is_refused(kfl: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "hemmelig").write_text("hemmelig", encoding="utf-8")
    (tmp_path / "templates" / "plan.md.j2").symlink_to(tmp_path / "hemmelig")

    result = kfl("export", "--md", plan=SMALL)

    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("plan.md.j2: leads out of the templates folder\n")


CONTACTS = plan_text("""
- id: a
  title: Send til kari@example.no
  when: januar 2018
  responsible: [{party: sepu, note: 'tlf. 62 43 00 00'}]
  description: Ring 917 12 345 eller se <https://www.example.no/91712345>.
  source: kari@example.no
  links: [{title: Kari, url: 'mailto:kari@example.no'}, https://www.example.no/91712345]
  tasks: [{id: t, title: Ring, when: senest 5.1.2018, note: '+47 62 43 00 00'}]
""").replace("  version:", "  contact: {email: post@example.no}\n  version:")


@pytest.mark.parametrize("format_", ["md", "html", "ics", "todo", "json", "csv"])
def test_public_export_holds_no_contacts_but_the_plan_s_own(kfl: Callable[..., Result], format_: str) -> None:
    result = kfl("export", "--public", f"--{format_}", plan=CONTACTS)

    printed = result.out.replace("\r\n ", "")
    assert (result.code, result.err) == (0, "6 e-postadresser og telefonnumre er utelatt\n")
    assert [word for word in ("kari@", "62 43", "917 12 345", "mailto:kari") if word in printed] == []
    assert ("91712345" in printed) is (format_ != "todo")
    assert ("post@example.no" in printed) is (format_ != "csv")


def test_public_export_keeps_identities_and_days(kfl: Callable[..., Result]) -> None:
    def known(*arguments: str) -> list[tuple[str, str]]:
        document = json.loads(kfl("export", "--json", *arguments, plan=CONTACTS).out)
        return [(each["uid"], each["end"]) for row in document["activities"] for each in row["occurrences"]]

    assert known("--public") == known()
