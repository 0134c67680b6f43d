"""The packages that are installed: every version pinned with its hashes, each as pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]


def pins(name: str) -> dict[str, str]:
    """Return the version of each package, all of which have hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    blocks = re.findall(
        r"^([a-z0-9._-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE
    )
    assert len(blocks) == len(re.findall("^[a-z]", text, re.MULTILINE))
    return {name: version for name, version, _ in blocks}


def wanted(*groups: str) -> list[Requirement]:
    return [Requirement(each) for group in groups for each in GROUPS[group] if isinstance(each, str)]


OWN = [Requirement(each) for each in PROJECT["project"]["dependencies"]]
EXTRAS = [Requirement(each) for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra]


@pytest.mark.parametrize(
    ("name", "requirements"),
    [
        ("run.txt", [*OWN, *wanted("build")]),
        ("dev.txt", [*OWN, *EXTRAS, *wanted("build", "test", "lint", "fuzz", "supply")]),
    ],
)
def test_pins_are_what_is_asked_for(name: str, requirements: list[Requirement]) -> None:
    found = pins(name)

    assert [str(each) for each in requirements if not each.specifier.contains(found[each.name.lower()])] == []


def test_run_and_development_have_the_same_versions() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()


def test_every_dependency_has_a_lower_bound() -> None:
    """Which ``make lowest`` runs the tests with."""
    assert [str(each) for each in (*OWN, *EXTRAS) if not str(each.specifier).startswith(">=")] == []
