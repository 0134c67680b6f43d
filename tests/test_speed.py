"""Fast paths: each gives the same as the plain way, which is written here; quick commands load nothing heavy."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from datetime import date
from time import process_time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kfl_cli import dates
from kfl_cli.checks.facts import Facts
from kfl_cli.checks.order import violations
from kfl_cli.dates import Kind, Timed
from kfl_cli.exports.calendar.description import TEMPLATE, Description, trimmed
from kfl_cli.exports.calendar.offset_changes import changes_of
from kfl_cli.exports.calendar.vtimezone import vtimezone
from kfl_cli.exports.calendar.vtimezone_by_icalendar import vtimezone_by_icalendar
from kfl_cli.exports.templates.environment import Templates
from kfl_cli.language.translator import Translator
from kfl_cli.language.vocabularies import LANGUAGES
from kfl_cli.pipeline import run
from kfl_cli.plan.records import clean_scalar
from kfl_cli.plan.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence
from kfl_cli.plan.yaml.reader import read
from kfl_cli.releases.identity import NAMESPACE, Uids
from kfl_cli.schedule.working_days import workdays
from kfl_cli.text.characters import on_one_line, split_lines
from kfl_cli.text.contacts import contacts
from tests.conftest import ROOT, Result
from tests.plans import HEAD, plan_text
from tests.test_docs import blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.schedule.occurrence import Occurrence

# --- nodes ------------------------------------------------------------------------------------------------------------


def composed(node: Any) -> Node:
    """Return the nodes that PyYAML's own tree has: the plain way, which takes several times as long."""
    start, end = node.start_mark, node.end_mark
    place = (start.line, start.column, end.line, end.column)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(*place, [composed(each) for each in node.value])
    if isinstance(node, yaml.MappingNode):
        return Mapping(*place, {key.value: entry(key, value) for key, value in node.value})
    return Scalar(*place, node.value)


def entry(key: Any, value: Any) -> Pair:
    node = composed(key)
    return Pair(node.line, node.column, node.end_line, node.end_column, key.value, composed(value))


WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=12)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=20
)


@given(TREES, st.booleans(), st.sampled_from([None, "'", '"']))
def test_nodes_are_those_of_the_tree_that_the_library_composes(tree: object, flow: bool, style: str | None) -> None:  # noqa: FBT001
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, default_style=style)
    expected = composed(yaml.compose(text, Loader=yaml.BaseLoader))

    assert read(text.encode()).root == (None if isinstance(expected, Scalar) and not expected.text else expected)


# --- texts ------------------------------------------------------------------------------------------------------------

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    """Return a text cleaned in every step, whether it needs that or not."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))


SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\x0b\x85\u2028\u200b\u030a\u00a0 aæ")


@given(st.text(SIGNS))
@example("A\u030angstrøm")
@example("a\u00a0b")
@example("æ\u200bø")
def test_text_is_cleaned_as_in_every_step(text: str) -> None:
    found = clean_scalar(Scalar(0, 0, 0, 0, text), [])

    assert (found.text if found else "") == (cleaned(text) if cleaned(text).strip() else "")


@given(st.text())
def test_line_is_the_words_of_a_text_with_a_space_between(text: str) -> None:
    assert on_one_line(text) == " ".join(text.split())


@given(st.text(st.sampled_from("\r\n\x0b\u2028 aø")))
def test_lines_end_with_lf_cr_or_both(text: str) -> None:
    assert split_lines(text) == re.split("\r\n|\r|\n", text)


@given(st.text(st.sampled_from("a\u0301æ\u0302"), max_size=80))
@example("a" + "\u0301" * 30 + "a" + "\u0301" * 30)
@example("æ" + "\u0301" * 31)
def test_too_many_marks_are_found_whatever_stands_between(marks: str) -> None:
    found = [each.rule.name for each in read(f"a: {marks}.".encode()).diagnostics]

    assert found == (["too-large"] if re.search("[\u0301\u0302]{31}", marks) else [])


@given(st.text(st.sampled_from("0245917+ .-()@\u00a0tel:n"), max_size=24))
@example("(917) 12 345")
@example("+47 (62) 43 00 00")
@example("tel:112")
def test_contacts_are_those_that_are_found_where_a_sign_says_that_there_is_one(text: str) -> None:
    assert contacts(text) == contacts(f"@ {text}")


# --- rules ------------------------------------------------------------------------------------------------------------

HOURS = st.sampled_from(["", " kl. 09.00", " kl. 09.00–10.00", " kl. 10.00–11.00"])
MOMENTS = st.builds("{}.1.2018{}".format, st.integers(8, 11), HOURS) | st.sampled_from(
    ["senest 9.1.2018", "uke 2 2018", "januar 2018", "fra uke 2 2018", "9.–10. januar 2018"]
)
SESSIONS = st.lists(
    st.tuples(MOMENTS, st.sampled_from(["", "nord", "hedmarken", "hamar-stange"])), min_size=1, max_size=5
)


def sessions(number: int, rows: list[tuple[str, str]]) -> str:
    inside = ", ".join(
        f"{{id: s{index}, when: '{when}'{f', for: {scope}' if scope else ''}}}"
        for index, (when, scope) in enumerate(rows)
    )
    return f"- {{id: kurs-{number}, title: Kurs {number}, sessions: [{inside}]}}\n"


@given(SESSIONS, SESSIONS)
def test_order_is_that_of_each_date_with_each(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> None:
    schedule = run(plan_text(sessions(1, first) + sessions(2, second)).encode()).schedule
    assert schedule is not None
    earlier, later = schedule.activities
    leaves = schedule.plan.scopes.leaves

    found = {
        (one.id, max(other.order for other in before))
        for one in later.current
        if (
            before := [
                other
                for other in earlier.current
                if certainly_before(one, other) and not {*leaves(one.scopes)}.isdisjoint(leaves(other.scopes))
            ]
        )
    }

    assert {(one.id, other.order) for one, other in violations(schedule, earlier, later)} == found


def certainly_before(later: Occurrence, earlier: Occurrence) -> bool:
    """Return whether ``later`` begins before ``earlier`` can be over, at the latest and the earliest they can mean."""
    begins = later.window.start if later.kind is dates.Kind.EVENT else later.window.end
    over = earlier.window.start if earlier.kind is dates.Kind.PERIOD else earlier.window.end
    if begins is None or over is None:
        return False
    if begins == over and isinstance(later.when, Timed) and isinstance(earlier.when, Timed):
        return later.when.start < (earlier.when.end or earlier.when.start)
    return begins < over


SHUT = st.lists(
    st.tuples(
        st.sampled_from(["8.1.2018", "uke 2 2018", "desember 2017–januar 2018", "fra 1.1.2017", "2017–2019"]),
        st.sampled_from(["", "nord", "hedmarken", "hamar-stange", "[nord, ringsaker-loten]"]),
    ),
    max_size=4,
)


@given(
    SHUT,
    st.dates(date(2018, 1, 1), date(2018, 2, 2)),
    st.sampled_from([(), ("nord",), ("hedmarken",), ("hamar-stange",)]),
)
def test_closed_periods_of_a_day_are_those_that_hold_it(
    shut: list[tuple[str, str]], day: date, scopes: tuple[str, ...]
) -> None:
    rows = "".join(f"  - {{when: {when}, why: x{f', region: {region}' if region else ''}}}\n" for when, region in shut)
    schedule = run(plan_text("", f"{HEAD}closed:\n{rows}" if rows else HEAD).encode()).schedule
    assert schedule is not None
    plan = schedule.plan
    leaves, found, closed = plan.scopes.leaf_set(scopes), [], set[str]()

    for each in plan.closed:
        window = dates.window_of(each.when.when, plan.seasons, lambda _: dates.UNSET)
        assert isinstance(window, dates.Window)
        parts = leaves & plan.scopes.leaf_set(each.regions)
        if parts and dates.Window(day, day).within(window):
            found.append(each)
            closed |= parts

    known, shut_parts = workdays(plan)[0].closed(day, leaves)
    assert ([each for each in plan.closed if each in known], {*shut_parts}) == (found, closed)


TELLING = """
kfl: 1
plan: {id: p, title: P, links: [{url: 'http://a.no/1', title: Kari Nordmann}]}
regions:
  nord:
    name: N
    groups: {uid: {name: 'http://a.no/2'}, ignore: {name: G, aliases: ['http://a.no/3']}, b: {name: Ola Nordmann}}
  id: {name: 'http://a.no/4'}
parties: {when: {name: 'ring 62 43 00 00'}, for: {name: Styrer}}
activities:
- id: a
  title: 'http://a.no/5'
  when: 2018
  ignore: {KFL301: 'http://a.no/6'}
  note: ikke noe
  sessions: [{for: nord, when: 2018, note: 'b@a.no'}]
"""


def test_texts_are_found_wherever_people_read_but_no_ids_dates_or_reasons() -> None:
    schedule = run(TELLING.encode()).schedule
    assert schedule is not None

    found = {each.text for _, texts in Facts(schedule).texts for each in texts}

    assert found == {
        *(f"http://a.no/{each}" for each in range(1, 6)),
        "Kari Nordmann",
        "Ola Nordmann",
        "ring 62 43 00 00",
        "b@a.no",
        *("1", "P", "N", "G", "Styrer", "ikke noe"),
    }


# --- descriptions in calendars ----------------------------------------------------------------------------------------

LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
TEXTS = st.text(st.sampled_from("ab \n*-1.[](){%}«»æ&<"), max_size=30)
DESCRIPTIONS = st.builds(
    Description,
    kind=st.none() | st.sampled_from(Kind),
    when=st.sampled_from(["i dag", "i morgen"]),
    written=st.sampled_from(["i dag", "før møtet"]),
    open_end=st.booleans(),
    part_of=st.just("") | LINES,
    responsible=st.lists(LINES, max_size=2).map(tuple),
    audience=st.lists(LINES, max_size=2).map(tuple),
    question=st.just("") | LINES,
    text=TEXTS,
    note=TEXTS,
    activity_note=TEXTS,
    tasks=st.lists(st.tuples(LINES, st.just("") | LINES, st.just("") | LINES), max_size=2).map(tuple),
    links=st.lists(LINES, max_size=2),
    moved_from=st.just("") | LINES,
)


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Return the templates of a plan that has the one for descriptions that docs/exports.md shows."""
    [example] = [text for text in blocks(ROOT / "docs" / "exports.md", "jinja") if "plain_lines" in text]
    home = tmp_path_factory.mktemp("plan")
    (home / "templates").mkdir()
    (home / "templates" / TEMPLATE).write_text(example, encoding="utf-8")
    return Templates(home)


@given(facts=DESCRIPTIONS, language=st.sampled_from(LANGUAGES))
def test_description_is_what_the_documented_template_gives(
    documented: Templates, facts: Description, language: str
) -> None:
    say = Translator(language)

    assert facts.write(say.text) == trimmed(documented.render(TEMPLATE, say, **facts.values()))


CLASH = """
kfl: 1
plan: {id: p, title: P}
regions: {a: {name: Aa}, b: {name: Bb}, c: {name: Cc}, d: {name: Dd}}
activities:
  - {id: e, title: E, when: "2018-01-09 10:00–12:00", region: [a, b, c]}
  - {id: f, title: F, when: "2018-01-09 11:00–12:00", region: [a, b, c]}
  - {id: g, title: G, when: "2018-01-09 15:00–16:00", region: [b]}
"""


def test_regions_that_share_their_gatherings_are_named_in_plan_order(kfl: Callable[..., Result]) -> None:
    found = kfl("validate", "--select", "KFL413", plan=CLASH).out

    assert re.findall("i (Aa, .*)", found) == ["Aa, Bb, Cc"]


@given(st.text(), st.text())
def test_uid_is_that_of_the_standard_library(plan_id: str, name: str) -> None:
    uids = Uids(plan_id)

    assert uids.plan == str(uuid5(NAMESPACE, plan_id))
    assert uids.named(name) == str(uuid5(UUID(uids.plan), name))


@pytest.mark.parametrize("first_year", [1990, 1996, 1997, 2017, 2037, 2038, 2199])
def test_time_zone_of_oslo_is_what_icalendar_writes(first_year: int) -> None:
    zone = ZoneInfo("Europe/Oslo")

    assert vtimezone(zone.key, first_year) == vtimezone_by_icalendar(zone, list(changes_of(zone)), first_year)


# --- values -----------------------------------------------------------------------------------------------------------


def test_place_takes_no_part_in_equality() -> None:
    from kfl_cli.plan.parties import Party  # noqa: PLC0415

    here, there = (Party("a", "A", node=Mapping(line, 0, line, 0, {})) for line in (1, 2))

    assert here == there
    assert hash(here) == hash(there)
    assert here != Party("b", "A")


# --- what is loaded ---------------------------------------------------------------------------------------------------

HEAVY = [
    "babel",
    "dateutil.parser",
    "dateutil.relativedelta",
    "dateutil.rrule",
    "dateutil.tz",
    "difflib",
    "email",
    "holidays",
    "http.server",
    "icalendar",
    "importlib.metadata",
    "jinja2",
    "json",
    "markdown_it",
    "pathlib",
    "rich",
    "urllib.parse",
    "watchfiles",
    "weasyprint",
]
"""Packages that take longer to load than ``kfl upcoming`` takes to answer, or a good part of it."""


@pytest.mark.parametrize(
    "arguments", [["--version"], ["upcoming"], ["--today", "2018-01-04", "upcoming"], ["validate"]], ids=" ".join
)
def test_quick_command_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        f"sys.argv = ['kfl', *{arguments!r}]\n"
        "before = set(sys.modules)\n"
        "from kfl_cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT)

    loaded = set(done.stderr.split())
    assert "kfl_cli.cli" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []


def test_those_whom_a_clash_concerns_are_named_in_time_that_grows_with_their_number() -> None:
    """One collective party with 10 000 members and two gatherings at once: 6 s where each name builds the set anew."""
    ids = [f"b{number}" for number in range(10_000)]
    parties = "\n".join(f"  {each}: {{name: Barnehage {each}}}" for each in ids)
    plan = f"""
kfl: 1
plan: {{id: p, title: P}}
parties:
{parties}
  alle: {{name: Alle barnehager, members: [{", ".join(ids)}]}}
activities:
  - {{id: x, title: X, when: 1.2.2027 kl. 9–10, responsible: b1, audience: alle, location: Hamar}}
  - {{id: y, title: Y, when: 1.2.2027 kl. 9–10, responsible: b2, audience: alle, location: Hamar}}
"""
    start = process_time()
    found = run(plan.encode(), thorough=True).diagnostics

    assert [Translator("en").message(each.message) for each in found] == [
        "2 gatherings on Monday 1 February 2027 for Alle barnehager"
    ]
    assert process_time() - start < 3
