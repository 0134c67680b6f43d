"""``null`` and ``~`` are nothing written, and characters that JSON writes in two halves are one."""

from __future__ import annotations

import json

import pytest
import yaml

from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import Checked, run
from kfl_cli.plan.yaml.reader import LOADER
from tests.plans import plan_text


def said(data: bytes) -> list[tuple[str, str]]:
    """Return the errors and warnings on the file, as code and sentence."""
    say = Translator("nb").message
    found = run(data, thorough=True).diagnostics
    return [(each.rule.code, say(each.message)) for each in found if each.rule.code < "KFL3"]


def _title(checked: Checked) -> str:
    assert checked.schedule is not None
    return checked.schedule.plan.activities[0].title


@pytest.mark.parametrize("null", ["null", "~", "Null", "NULL", "&nothing null"])
def test_null_counts_as_nothing_written_and_is_said(null: str) -> None:
    written = null.removeprefix("&nothing ")
    activity = f"- {{id: a, title: A, when: 2018-01-18 09:00, note: {null}, location: {null}}}\n"
    checked = run(plan_text(activity).encode(), thorough=True)

    assert said(plan_text(activity).encode()) == [
        ("KFL114", f"«note» er «{written}», som regnes som ikke skrevet"),
        ("KFL114", f"«location» er «{written}», som regnes som ikke skrevet"),
    ]
    assert checked.schedule is not None
    assert (checked.schedule.plan.activities[0].note, checked.schedule.plan.activities[0].location) == (None, None)


@pytest.mark.parametrize("text", ["'null'", '"~"', "nullpunkt", "Null toleranse", "~5", "|-\n    null"])
def test_what_only_looks_like_null_is_text(text: str) -> None:
    data = plan_text(f"- id: a\n  when: 2018-01-18\n  title: {text}\n").encode()

    assert said(data) == []
    assert _title(run(data)) == yaml.load(text.replace("\n    ", "\n  "), yaml.BaseLoader)


@pytest.mark.parametrize(
    ("activity", "found"),
    [
        ("{id: a, title: null, when: 2018-01-18}", [("KFL112", "«title» er «null», som regnes som ikke skrevet")]),
        ("{id: a, title: A, when: ~}", [("KFL112", "nøkkelen «when» mangler her")]),
        (
            "{id: a, title: A, when: 2018-01-18, audience: [null, {party: null}]}",
            [("KFL114", "her mangler en verdi"), ("KFL112", "nøkkelen «party» mangler her")],
        ),
        ("{id: a, title: A, when: 2018-01-18, audience: {party: styrer, id: null}}", []),
        (
            "{id: a, title: A, sessions: [{for: [null], when: 2018-01-18}]}",
            [("KFL208", "en samling som er for alle, må ha en egen id"), ("KFL114", "her mangler en verdi")],
        ),
        ("{id: a, title: A, when: 2018-01-18, null: B}", [("KFL111", "nøkkelen «null» finnes ikke")]),
    ],
)
def test_nothing_written_is_nothing_everywhere(activity: str, found: list[tuple[str, str]]) -> None:
    assert said(plan_text(f"- {activity}\n").encode()) == found


def _of_ascii(title: str) -> bytes:
    document = yaml.load(plan_text("- {id: a, title: A, when: 2018-01-18}\n"), yaml.BaseLoader)
    document["activities"][0]["title"] = title
    return json.dumps(document).encode("ascii")


@pytest.mark.parametrize(
    "title", ["\U0001f600", "a\U0001f600b\U0001f3d4\ufe0fc", "Fjell \U0001f3d4", "\ue83d\U0001f600"]
)
def test_json_of_ascii_signs_alone_is_read(title: str) -> None:
    data = _of_ascii(title)
    escaped = data.replace(b"\\ud83d", b"\\uD83D")

    assert _title(run(data)) == title
    assert _title(run(escaped)) == title
    assert said(data) == said(_of_ascii("A"))


def test_places_after_a_sign_in_two_halves_stay() -> None:
    row = r'{"id": "a", "title": "\ud83d\ude00", "when": "høsst"}'
    span = run(plan_text(f"- {row}\n").encode()).diagnostics[0].span

    assert span.column == 5 + row.index('"høsst"')


def test_backslashes_of_other_texts_stay() -> None:
    rows = r"""
- {id: a, when: 2018-01-18, title: 'C:\ud83d\ude00', note: C:\uD83D, location: "\\ud83d \ud83d\ude00"}
"""
    schedule = run(plan_text(rows).encode()).schedule

    assert schedule is not None
    activity = schedule.plan.activities[0]
    assert (activity.title, activity.note, activity.location) == (r"C:\ud83d\ude00", r"C:\uD83D", "\\ud83d \U0001f600")


@pytest.mark.parametrize("half", [r"\ud83d", r"\ude00", r"\ude00\ud83d", r"\ud83d\u0041", r"\uD83D"])
@pytest.mark.parametrize("taken", ["", "\ue83d"])
def test_a_half_that_stands_alone_is_an_error(half: str, taken: str) -> None:
    first = half[:6].lower()
    row = f'- {{id: a, title: "A {half}", when: 2018-01-18, note: "{taken} "}}\n'

    assert said(plan_text(row).encode())[0] == ("KFL103", f"«{first}» er et halvt tegn")


def test_libyaml_is_what_reads_plans_here() -> None:
    assert LOADER is yaml.CBaseLoader
