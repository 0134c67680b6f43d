"""The exports: byte for byte for the real plan, and properties that hold for any plan."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from kfl_cli.commands.export import EXPORTERS
from kfl_cli.exports.activity_rows import activity_rows
from kfl_cli.exports.context import Context, PeriodsShown, Views
from kfl_cli.exports.json_contract import export_schema
from kfl_cli.exports.templates.environment import Templates
from kfl_cli.exports.wording import wording_of
from kfl_cli.language.vocabularies import LANGUAGES
from kfl_cli.pipeline import run
from kfl_cli.plan.schema import DEFAULT_LANGUAGE
from kfl_cli.releases.change_texts import ReleaseChanges
from kfl_cli.schedule.select import Request, Selection, select, understand
from kfl_cli.schedule.upcoming import look_ahead
from kfl_cli.text import github_markdown
from kfl_cli.text.commonmark import html, lines
from tests.conftest import GOLDEN, ROOT
from tests.plans import plan_text, schedule

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = (ROOT / "plan.yaml").read_bytes()
SELECTIONS = {
    "whole": Request(),
    "hedmarken": Request(region=("hedmarken",)),
    "hamar-stange": Request(region=("hamar-stange",)),
    "styrer-2018": Request(party=("styrer",), start="2018"),
    "nothing": Request(until="2000"),
}


def export(
    data: bytes,
    name: str,
    request: Request | None = None,
    language: str | None = None,
    periods_shown: PeriodsShown = "start",
    templates: Templates | None = None,
    views: frozenset[str] = frozenset(get_args(Views)),
) -> bytes:
    """Return what an export writes for a plan."""
    checked = run(data)
    assert checked.errors == 0
    assert checked.schedule is not None
    selection = understand(request or Request(), checked.schedule.plan)
    shown = wording_of(checked.schedule, language)
    context = Context(shown, selection, templates or Templates(), "plan.yaml", periods_shown, views=views)
    return b"".join(EXPORTERS[name].render(select(checked.schedule, selection), context))


TEXTS = [name for name in EXPORTERS if name != "pdf"]
"""The formats that are text; test_page looks at the PDF."""
HELD_BY_PROPERTIES = {"html"}
"""Formats of which two whole outputs are enough, «edge» and «nothing»: test_html and test_page hold the rest."""
WHOLE_OUTPUTS = [
    (selection, name)
    for selection in SELECTIONS
    for name in TEXTS
    if name not in HELD_BY_PROPERTIES or selection == "nothing"
]


@pytest.mark.parametrize(("selection", "name"), WHOLE_OUTPUTS)
def test_export_of_the_real_plan(selection: str, name: str, golden: Callable[[Path, bytes], None]) -> None:
    golden(GOLDEN / f"{selection}{EXPORTERS[name].suffix}", export(PLAN, name, SELECTIONS[selection]))


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (selection, name)
        for selection in ("", "vest", "team")
        for name in TEXTS
        if name not in HELD_BY_PROPERTIES or not selection
    ],
)
def test_export_of_what_the_real_plan_does_not_have(
    selection: str, name: str, golden: Callable[[Path, bytes], None]
) -> None:
    data = (ROOT / "tests" / "data" / "edge.yaml").read_bytes()
    request = {"": Request(), "vest": Request(region=("vest",)), "team": Request(responsible=("team",))}[selection]
    stem = f"edge-{selection}" if selection else "edge"

    golden(GOLDEN / f"{stem}{EXPORTERS[name].suffix}", export(data, name, request))


ONE_RELEASE = (ReleaseChanges("2018-01-08", "Workshop 2 er flyttet", ()),)


@pytest.mark.parametrize("name", TEXTS)
def test_exporter_says_whether_its_format_shows_changes_and_has_views(name: str) -> None:
    checked = run(PLAN)
    assert checked.schedule is not None
    exporter = EXPORTERS[name]
    context = Context(wording_of(checked.schedule), Selection(), Templates(), "plan.yaml")
    plain, changed, table = (
        b"".join(exporter.render(checked.schedule, each))
        for each in (
            context,
            replace(context, recent_changes=ONE_RELEASE),
            replace(context, views=frozenset({"table"})),
        )
    )

    assert (exporter.tells_changes, exporter.has_views) == (changed != plain, table != plain)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != DEFAULT_LANGUAGE])
@pytest.mark.parametrize("name", ["md", "ics"])
def test_export_in_another_language(language: str, name: str, golden: Callable[[Path, bytes], None]) -> None:
    path = GOLDEN / f"hamar-stange.{language}{EXPORTERS[name].suffix}"

    golden(path, export(PLAN, name, Request(region=("hamar-stange",)), language))


@pytest.mark.parametrize(
    ("activity", "overall"),
    [
        ("{id: a, title: A, when: 2018-01-18}", ""),
        ("{id: a, title: A, sessions: [{for: nord, when: 2018-01-18}]}", ""),
        ("{id: a, title: A, when: uke 3 2018, sessions: [{for: nord, when: 2018-01-18}]}", "uke 3 2018"),
        ("{id: a, title: A, when: uke 3 2018, sessions: [{for: nord, when: uke 3 2018}]}", "uke 3 2018"),
    ],
)
def test_row_has_the_date_of_the_whole_activity_where_its_only_date_is_another(activity: str, overall: str) -> None:
    found = schedule(f"- {activity}")

    assert [row.overall for row in activity_rows(found, wording_of(found))] == [overall]


# --- for any plan -----------------------------------------------------------------------------------------------------


def shuffled(seed: int) -> bytes:
    """Return the real plan with its activities, and the sessions in them, in another order."""
    plan = yaml.load(PLAN, yaml.BaseLoader)
    order = random.Random(seed)  # noqa: S311  an order, not a secret
    order.shuffle(plan["activities"])
    for activity in plan["activities"]:
        order.shuffle(activity.get("sessions", []))
    return yaml.safe_dump(plan, allow_unicode=True, sort_keys=False).encode()


@pytest.mark.parametrize("name", ["ics", "todo"])
@given(seed=st.integers(0, 1000))
@settings(max_examples=5)
def test_order_of_the_file_does_not_matter_for_calendars(name: str, seed: int) -> None:
    assert export(shuffled(seed), name) == export(PLAN, name)


def moment(each: dict[str, Any]) -> tuple[str, str, str]:
    """Return what dates are sorted by: the first day, the clock time, the last day; nothing known comes last."""
    start, end = each["start"], each["end"]
    first = start or end or "9999"
    return first[:10], first[11:16], (end or first)[:10]


@given(seed=st.integers(0, 1000))
@settings(max_examples=5)
def test_all_outputs_have_one_order_and_within_a_date_that_of_the_plan(seed: int) -> None:
    data = shuffled(seed)
    activities = json.loads(export(data, "json"))["activities"]
    expected = sorted((each for activity in activities for each in activity["occurrences"]), key=moment)
    ids = [each["id"] for each in expected]
    page = re.findall(r'<tr id="rad-([^"]+)"[^>]*>\s*<td class="nr">([^<]*)', export(data, "html").decode())
    marks = [id_ for id_, number in page if number.isdigit()]
    own = {each["id"]: min(moment(one) for one in each["occurrences"] if "task" not in one) for each in activities}
    rows = [each["title"] for each in sorted(activities, key=lambda each: own[each["id"]])]
    checked = run(data).schedule
    assert checked is not None
    coming = [each.occurrence.id for each in look_ahead(checked, date(2017, 1, 1), 3000).coming]

    assert [row["id"] for row in csv.DictReader(io.StringIO(export(data, "csv").decode()))] == ids
    assert marks == [id_ for id_ in ids if id_ in marks]
    assert [number for _, number in page if number.isdigit()] == [str(number) for number in range(1, len(marks) + 1)]
    assert [id_ for id_, _ in page if id_ not in marks] == [id_ for id_ in ids if id_ not in marks]
    assert re.findall(r"\*\*(\D[^*]+)\*\*(?: \(| –|\.| ·| \||<br>)", export(data, "md").decode()) == rows
    assert coming == [id_ for id_ in ids if id_ in coming]


def test_rows_follow_their_own_dates_and_not_those_of_their_tasks() -> None:
    plan = schedule("""
        - {id: b, title: Annen frist, when: senest 15. mars 2018, tasks: [{id: c, title: C, when: 1.2.2018}]}
        - {id: a, title: Første frist, when: senest 2. mars 2018}
        """)

    assert [row.id for row in activity_rows(plan, wording_of(plan))] == ["a", "b"]


def test_places_and_details_stand_with_their_dates() -> None:
    plan = """
        - id: elevscene
          title: Elevscene
          sessions:
            - {id: en, when: 27. september 2017, location: Union, note: Inngang nord}
            - {id: to, when: 28. september 2017, location: Folkets hus}
            - {for: nord, when: 29. september 2017, location: Tynset, note: Ta med mat}
        - {id: ett, title: Ett sted, location: Hamar, sessions: [{id: x, when: 2. oktober 2017, note: Kl. 9}]}
        """
    rows = [line for line in export(plan_text(plan).encode(), "md").decode().splitlines() if line.startswith("| **")]

    assert rows == [
        (
            "| **1** onsdag 27. september 2017 (uke 39), Union; **2** torsdag 28. september 2017 (uke 39), "
            "Folkets hus; **3** Nord-Østerdal: fredag 29. september 2017 (uke 39), Tynset | **Elevscene**"
            "<br>onsdag 27. september 2017 (uke 39): Inngang nord<br>Nord-Østerdal: Ta med mat |"
        ),
        "| **4** mandag 2. oktober 2017 (uke 40) | **Ett sted**. Hamar<br>Kl. 9 |",
    ]


def test_new_titles_and_dates_keep_the_uids() -> None:
    plan = yaml.load(PLAN, yaml.BaseLoader)
    for activity in plan["activities"]:
        activity["title"] = "Ny tittel"
        activity["description"] = "Ny tekst"
    before, after = (json.loads(export(data, "json")) for data in (PLAN, yaml.safe_dump(plan).encode()))

    assert [uids(before), len(uids(before))] == [uids(after), 57]
    assert before["activities"][0]["title"] != after["activities"][0]["title"]


def uids(document: Any) -> dict[str, str]:
    found = {each["id"]: each["uid"] for activity in document["activities"] for each in activity["occurrences"]}
    assert len(set(found.values())) == len(found)
    return found


def test_renamed_activity_keeps_its_uids_by_its_former_id() -> None:
    text = PLAN.decode()
    renamed = text.replace("  - id: workshop-2\n", "  - id: andre-workshop\n    uid: workshop-2\n").replace(
        "etter workshop-2", "etter andre-workshop"
    )
    before, after = (uids(json.loads(export(data, "json"))) for data in (PLAN, renamed.encode()))

    assert {id_.replace("andre-workshop", "workshop-2"): uid for id_, uid in after.items()} == before


@pytest.mark.parametrize("selection", list(SELECTIONS))
def test_json_keeps_its_schema(selection: str) -> None:
    document = json.loads(export(PLAN, "json", SELECTIONS[selection]))

    jsonschema.Draft202012Validator(export_schema()).validate(document)


def test_same_plan_gives_the_same_bytes() -> None:
    assert [export(PLAN, name) for name in TEXTS] == [export(PLAN, name) for name in TEXTS]


HOSTILE = [
    "8. september er en dag",
    "| a | b |",
    "`kode` ``` ~~~",
    "<script>alert(1)</script>",
    "*a* _b_ **c** ~~d~~",
    "[x](javascript:alert(1)) ![y](http://example.org/y.png)",
    "# overskrift",
    "- punkt",
    "+ punkt",
    "> sitat",
    "---",
    "===",
    "&lt; &amp; &copy;",
    "a\\b \\| \\n",
    "12) punkt",
    "https://example.org/a_b_c www.example.org a@example.org",
    "{{ 7 * 7 }} {% raw %} ${x}",
    "«ÆØÅ» 👩‍👩‍👧‍👦 עברית العربية",
]


def hostile_plan(text: str) -> bytes:
    """Return a plan that has ``text`` wherever text can stand."""
    plan = {
        "kfl": "1",
        "plan": {
            "id": "prove",
            "title": text,
            "version": "2017-12-04",
            "goals": [{"intention": text, "aims": [text]}],
            "labels": {"region": text, "role": text, "responsible": text, "audience": text},
        },
        "regions": {"nord": {"name": text}},
        "parties": {"sepu": {"name": text}},
        "categories": {"fag": {"name": text}},
        "closed": [{"when": "2017-10-02", "why": text}],
        "activities": [
            {
                "id": "a",
                "title": text,
                "when": "2017-09-08",
                "location": text,
                "question": text,
                "note": text,
                "description": text,
                "responsible": [{"party": "sepu", "note": text}],
                "audience": [{"party": "sepu", "note": text}],
                "category": "fag",
                "more": {text: text},
                "tasks": [{"id": "t", "title": text, "note": text, "when": "senest 2017-09-09"}],
            },
            {"id": "b", "title": "B", "sessions": [{"for": "nord", "when": "2017-09-08", "title": text, "note": text}]},
        ],
    }
    return yaml.safe_dump(plan, allow_unicode=True, width=10_000).encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_is_the_table_whatever_the_text_holds(text: str) -> None:
    document = export(hostile_plan(text), "md").decode()

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(document)
    kinds = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
    cells = [token for token in tokens if token.type in {"td_open", "th_open"}]
    assert kinds == [
        "heading_open", "paragraph_open", "heading_open", "paragraph_open", "bullet_list_open", "heading_open",
        "table_open",
    ]  # fmt: skip
    assert len(cells) == 4 * 4


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_itself(text: str) -> None:
    """As text; addresses that an escape would break are links to what they say."""
    shown = MarkdownIt("gfm-like", {"linkify": False}).renderInline(github_markdown.inline(text))
    plain = MarkdownIt("zero", {"html": False}).renderInline(" ".join(text.split()))

    assert re.sub(r'<a href="(?:mailto:)?([^"]+)">\1</a>', r"\1", shown) == plain


@given(st.text(max_size=40))
def test_escaped_text_is_one_plain_paragraph(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(github_markdown.block(f"x{text}"))

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "|cmd", "%x", "\u00ad=1", "\u200e\u200d =1"]  # noqa: RUF001  wide signs


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_holds_no_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(export(hostile_plan(f"{text}"), "csv").decode(), newline="")))

    assert [cell for row in rows for cell in row if cell.strip()[:1] in set("=+-@\t\r|%＝")] == []  # noqa: RUF001
    assert len(rows) == 1 + 3


PLAIN = [
    ("En linje", ("En linje",)),
    ("To\nlinjer\n\nTo avsnitt", ("To", "linjer", "To avsnitt")),
    ("- a\n- b\n  - c", ("• a", "• b", "  • c")),
    ("3. a\n4. b", ("3. a", "4. b")),
    ("*a* **b** `c`", ("a b `c`",)),
    ("[Side](https://example.org)", ("Side (https://example.org)",)),
    ("<https://example.org>", ("https://example.org",)),
    ("a\n\n---\n\n    innrykk", ("a", "---", "innrykk")),
    ("<b>a</b>", ("<b>a</b>",)),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_commonmark_as_plain_lines(text: str, expected: tuple[str, ...]) -> None:
    assert lines(text) == expected


def test_commonmark_as_html_lets_nothing_dangerous_through() -> None:
    text = "# A\n\n<b>x</b> [y](javascript:alert(1)) ![z](https://example.org/z.png) <script>1</script>"

    assert html(text) == (
        '<p># A</p>\n<p>&lt;b&gt;x&lt;/b&gt; [y](javascript:alert(1)) !<a href="https://example.org/z.png">z</a> '
        "&lt;script&gt;1&lt;/script&gt;</p>\n"
    )
