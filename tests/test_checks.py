"""The rules of a coordinator, where the gallery shows too little: what is silent, what is counted, what is weighed."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfl_cli.checks.facts import Facts
from kfl_cli.language.message import Message
from kfl_cli.language.translator import Translator
from kfl_cli.pipeline import run
from kfl_cli.plan.scopes import Scopes
from kfl_cli.schedule.working_days import Workdays, norwegian_half_days, norwegian_holidays
from kfl_cli.text.contacts import contacts
from tests.plans import HEAD, plan_text

DETAILS = "location: Hamar, responsible: [sepu, fmhe], audience: [styrer]"
ALL = [("nord", "08"), ("ringsaker-loten", "09"), ("hamar-stange", "10")]
"""One session a group, in a week of January 2018 without anything to remark."""


def judged(activities: str, head: str = HEAD) -> list[tuple[str, str]]:
    """Return code and English message of each finding of a thorough run."""
    checked = run(plan_text(activities, head).encode(), thorough=True)
    return [(each.rule.code, Translator("en").message(each.message)) for each in checked.diagnostics]


def codes(activities: str, head: str = HEAD) -> list[str]:
    return [code for code, _ in judged(activities, head)]


def one(when: str, more: str = "") -> str:
    """Return a plan's one activity, with all that completeness asks for."""
    return f"- {{id: a, title: Nettportalen åpner, when: '{when}', {DETAILS}{more}}}"


def series(id_: str, days: list[tuple[str, str]], more: str = "", month: str = "01") -> str:
    """Return an activity with sessions at nine o'clock."""
    sessions = "".join(
        f"\n    - {{for: {scope}, when: 2018-{month}-{day} 09:00–15:00, location: Hamar}}" for scope, day in days
    )
    details = f"  responsible: [sepu, fmhe]\n  audience: [styrer]\n{more}"
    return f"- id: {id_}\n  title: Kursrekke {id_}\n{details}  sessions:{sessions}\n"


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_norwegian_holidays_are_those_of_the_package() -> None:
    for year in range(1970, 2101):
        assert set(norwegian_holidays(year)) == set(holidays.country_holidays("NO", years=year)), year


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2018-05-09 09:00", []),  # a Wednesday
        ("2018-05-10 09:00", ["KFL401"]),  # Ascension Day
        ("2018-05-11 09:00", ["KFL403"]),  # the Friday after
        ("2018-05-12 09:00", ["KFL402"]),
        ("2018-05-17 09:00", ["KFL401"]),
        ("2018-05-18 09:00", ["KFL403"]),  # between a Thursday's holiday and Saturday
        ("2018-04-30 09:00", ["KFL403"]),  # between Sunday and 1 May
        ("2018-07-03 09:00", ["KFL405"]),
        ("2018-07-07 09:00", ["KFL402", "KFL405"]),
        ("senest 2018-05-10", ["KFL401"]),
        ("senest 2018-05-10 kl. 12.00", ["KFL401"]),
        ("senest 2018-05-13", ["KFL402"]),
        ("senest uke 19 2018", ["KFL407"]),  # its Sunday
        ("innen mars 2018", ["KFL407"]),  # Easter Eve
        ("senest april 2018", []),  # a Monday squeezed in, but nobody wrote that day
        ("før 2018-05-18", ["KFL407"]),
        ("3 dager etter 2018-05-09", ["KFL407"]),
        ("etter 2018-05-09", []),
        ("uke 19 2018", []),
        ("2018-05-10/2018-05-13", ["KFL401"]),
        ("2018-05-04/2018-05-07", ["KFL524"]),  # a weekend in between is meant
        ("2018-05-05/2018-05-07", ["KFL402"]),
        ("2018-03-24/2018-04-02", []),  # longer than a week: a period
        ("12.5.2018–13.5.2018", ["KFL524"]),
        ("fra 2018-05-12, før 2018-05-14", ["KFL406"]),
        ("juli 2018", []),
        ("ikke fastsatt", ["KFL533"]),
    ],
)
def test_days_that_are_not_for_work(when: str, found: list[str]) -> None:
    assert [code for code in codes(one(when)) if code != "KFL524" or found == ["KFL524"]] == found


def test_cancelled_entries_are_not_judged() -> None:
    assert codes(one("2018-05-10", ", status: cancelled")) == []


def test_last_working_day_before_easter() -> None:
    checked = run(plan_text(one("senest 2.4.2018")).encode(), thorough=True)
    hint = checked.diagnostics[0].hint

    assert hint is not None
    assert Translator("nb").message(hint) == "siste arbeidsdag før er onsdag 28. mars 2018"


CLOSED = (
    HEAD + "closed:\n  - {when: uke 8 2018, why: Vinterferie, region: nord}\n  - {when: fra 1.9.2018, why: Slutt}\n"
    "  - {when: 29.–31.5.2018, why: Eksamen}\n"
)


@pytest.mark.parametrize(
    ("activity", "found"),
    [
        (one("2018-02-20 09:00"), ["{day} lies in a closed period for {scopes}: {why}"]),
        (one("2018-02-20 09:00", ", region: nord"), ["{day} lies in a closed period: {why}"]),
        (one("2018-02-20 09:00", ", region: hedmarken"), []),
        (one("uke 8 2018", ", region: nord"), ["there is no working day from {start} to {end}"]),
        (one("uke 8 2018", ", region: [nord, hamar-stange]"), []),
        (one("2018-10-01 09:00"), ["{day} lies in a closed period: {why}"]),
        (one("2018-05-28 09:00"), []),
        (one("2018-05-29 09:00"), ["{day} lies in a closed period: {why}"]),
        (one("2018-05-31 09:00"), ["{day} lies in a closed period: {why}"]),
        (one("2018-06-01 09:00"), []),
    ],
)
def test_closed_periods_hold_for_their_regions(activity: str, found: list[str]) -> None:
    checked = run(plan_text(activity, CLOSED).encode(), thorough=True)

    assert [each.message.template for each in checked.diagnostics if each.rule.code < "KFL5"] == found


@pytest.mark.parametrize(
    ("title", "when", "found"),
    [
        ("Høstferie", "uke 40 2018", []),
        ("Skolens vinterferie", "19.–23. februar 2018", []),
        ("Vinterferie", "uke 8 2018", []),
        ("Høstferiekurs", "2018-10-03", ["KFL404"]),  # the period is closed for another reason
        ("Vinterferiekurs for alle", "2018-02-20", []),
        ("Kurs", "2018-02-20", ["KFL404"]),
        ("Planleggingsdag", "2018-02-20", []),
        ("Planleggingsdag", "2018-05-10", ["KFL401"]),  # the staff are at work then
        ("17. mai – barnehagen stengt", "2018-05-17", []),
        ("17. mai-tog", "2018-05-17", []),
        ("Kristi himmelfartsdag", "2018-05-10", []),
        ("Arbeidernes dag", "2018-05-01", []),
        ("Inneklemt dag: fri for alle", "2018-05-11", []),
        ("Fri", "2018-05-10", []),
        ("Fri lek ute", "2018-05-10", ["KFL401"]),
        ("Friidrett", "2018-05-10", ["KFL401"]),
        ("Felles planleggingsdag. Fridag for elevar", "2018-05-10", []),
        ("Skulefri", "2018-05-10", []),
        ("Offentlege høgtidsdagar", "2018-05-21", []),
        ("Kindergarten closed", "2018-05-10", []),
        ("Winter break", "2018-02-20", []),
        ("Public holiday", "2018-05-21", []),
        ("Sommerferie", "2018-07-02/2018-07-04", []),
        ("Siste dag før sommerferien", "2018-06-16", ["KFL402"]),
        ("Første dag etter skolens sommerferie", "2018-08-19", ["KFL402"]),
        ("Feriepenger", "2018-06-16", ["KFL402"]),
        ("Påmeldingen stenger", "senest 2018-06-16", ["KFL402"]),
        ("Julemarked lørdag", "2018-06-16", []),
        ("Helgesamling", "2018-06-16/2018-06-17", []),
        ("Helgelandsmøte", "2018-06-16", ["KFL402"]),
    ],
)
def test_rows_that_say_that_something_is_closed_are_no_fault(title: str, when: str, found: list[str]) -> None:
    row = f"- {{id: a, title: '{title}', when: '{when}'}}"

    assert [code for code in codes(row, CLOSED) if code < "KFL5"] == found


@pytest.mark.parametrize(
    ("title", "when", "found"),
    [
        ("Fagdag", "2018-03-28 kl. 9–15", ["Wednesday 28 March 2018 is a half working day: "]),
        ("Fagdag", "2018-03-28", ["Wednesday 28 March 2018 is a half working day: "]),
        ("Fagdag", "2018-03-28 kl. 12", ["Wednesday 28 March 2018 is a half working day: "]),
        ("Fagdag", "2018-03-27/2018-03-28", ["Wednesday 28 March 2018 is a half working day: "]),
        ("Fagdag", "2018-03-28 kl. 9–12", []),
        ("Fagdag", "2018-03-28 kl. 10", []),
        ("Fagdag", "2018-03-27 kl. 12–28.3.2018 kl. 11", []),
        ("Fagdag", "2018-03-27", []),
        ("Påskelunsj", "2018-03-28 kl. 12–13", []),
        ("Fagdag", "senest 2018-03-28", []),
        ("Fagdag", "uke 13 2018", []),
        ("Fagdag", "3 dager før 2018-03-31", []),
    ],
)
def test_half_working_days_are_noted_for_gatherings(title: str, when: str, found: list[str]) -> None:
    row = f"- {{id: a, title: '{title}', when: '{when}', {DETAILS}}}"
    maundy = "the Wednesday before Maundy Thursday"

    assert [text for code, text in judged(row) if code == "KFL409"] == [f"{text}{maundy}" for text in found]
    assert [text for code, text in judged(row, HEAD + "  country: XX\n") if code == "KFL409"] == []


def test_half_working_days_are_three_a_year() -> None:
    assert {day: name.template for day, name in norwegian_half_days(2026).items() if isinstance(name, Message)} == {
        date(2026, 4, 1): "the Wednesday before Maundy Thursday",
        date(2026, 12, 24): "Christmas Eve",
        date(2026, 12, 31): "New Year's Eve",
    }


def test_nobody_goes_to_a_day_off() -> None:
    rows = """
        - {id: a, title: Fridag, responsible: sepu, audience: styrer, sessions: [{for: nord, when: 2018-01-18}]}
        - {id: b, title: Fagdag, when: 2018-01-18 09:00–15:00, location: Tynset, responsible: sepu, audience: styrer}
        """

    assert [code for code in codes(rows) if code in {"KFL413", "KFL523", "KFL524"}] == []


@pytest.mark.parametrize(
    ("country", "when", "found"),
    [
        ("SE", "2018-06-06 09:00", ["KFL401"]),  # the national day of Sweden
        ("SE", "2018-05-17 09:00", []),
        ("SE", "2018-07-03 09:00", []),
        ("IL", "2018-05-11 09:00", ["KFL402"]),  # a Friday
        ("XX", "2018-05-17 09:00", ["KFL408"]),
    ],
)
def test_other_countries(country: str, when: str, found: list[str]) -> None:
    head = HEAD.replace("  version:", f"  country: {country}\n  version:")

    assert codes(one(when), head) == found


# --- clashes ----------------------------------------------------------------------------------------------------------

PEOPLE = HEAD + "  kari: {name: Kari, kind: person}\n  laget: {name: Laget, kind: team}\n"


def pair(first: str, second: str, party: str = "kari", role: str = "responsible") -> list[str]:
    """Return the codes for two entries that one party answers for, or that are both for it."""
    shared = f"{role}: [{party}]"
    return [
        code
        for code in codes(
            f"- {{id: a, title: A, {first}, {shared}}}\n- {{id: b, title: B, {second}, {shared}}}\n", PEOPLE
        )
        if "KFL411" <= code <= "KFL414"
    ]


NORD, HAMAR = "region: nord", "region: hamar-stange"


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (f"when: 2018-01-18, location: Tynset, {NORD}", f"when: 2018-01-18, location: Hamar, {HAMAR}", ["KFL411"]),
        (f"when: 2018-01-18, location: Tynset, {NORD}", f"when: 2018-01-19, location: Hamar, {HAMAR}", []),
        (f"when: 2018-01-18 09:00–11:00, {NORD}", f"when: 2018-01-18 10:00–12:00, {HAMAR}", ["KFL411"]),
        (f"when: 2018-01-18 09:00–11:00, {NORD}", f"when: 2018-01-18 11:00–12:00, {HAMAR}", []),
        (f"when: 2018-01-18 09:00, {NORD}", f"when: 2018-01-18 09:30, {HAMAR}", ["KFL411"]),
        (f"when: 2018-01-18 09:00, {NORD}", f"when: 2018-01-18 10:00, {HAMAR}", []),
        (f"when: 2018-01-18, location: Hamar, {NORD}", f"when: 2018-01-18, location: hamar, {HAMAR}", []),
        (f"when: 2018-01-17/2018-01-19, location: A, {NORD}", f"when: 2018-01-18, location: B, {HAMAR}", ["KFL411"]),
        (f"when: 2018-01-18, {NORD}", f"when: 2018-01-18, {HAMAR}", ["KFL411"]),
        ("when: 2018-01-18", "when: 2018-01-18", []),  # «A» and «B» may be no gatherings
        (f"when: 2018-01-18, location: A, {NORD}, status: cancelled", f"when: 2018-01-18, location: B, {HAMAR}", []),
        (f"when: 2018-01-18, location: A, {NORD}", f"when: 2018-01-18, location: B, {NORD}", ["KFL411"]),
        (
            f"when: 2018-01-18 09:00–11:00, location: A, {NORD}",
            f"when: 2018-01-18 10:00–12:00, location: a, {HAMAR}",
            [],
        ),
    ],
)
def test_nobody_is_in_two_places_at_once(first: str, second: str, found: list[str]) -> None:
    assert pair(first, second) == found
    assert pair(first, second, party="laget", role="audience") == found


def test_all_clashes_of_a_day_are_told() -> None:
    times = [("9", "10"), ("9", "11"), ("12", "13"), ("12", "14")]
    rows = "".join(
        f"- {{id: a{n}, title: A, when: 2018-01-18 {start}:30–{end}:30, location: Sted {n}, responsible: kari}}\n"
        for n, (start, end) in enumerate(times)
    )

    found = [message for code, message in judged(rows, PEOPLE) if code == "KFL411"]

    assert found == ["Kari must be in 2 places at once on Thursday 18 January 2018"] * 2


def test_regions_with_two_gatherings_on_a_day() -> None:
    rows = "".join(f"- {{id: {id_}, title: Samling, when: 2018-01-18, region: nord}}\n" for id_ in "abc")

    found = [message for code, message in judged(rows) if code == "KFL413"]

    assert found == ["3 gatherings on Thursday 18 January 2018 in Nord-Østerdal"]


def test_organisations_can_be_in_two_places_and_roles_always_are() -> None:
    first, second = f"when: 2018-01-18, location: A, {NORD}", f"when: 2018-01-18, location: B, {HAMAR}"

    assert pair(first, second, "sepu") == ["KFL412"]
    assert pair(first, second, "sepu", "audience") == []
    assert pair(first, second, "styrer") == []


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("18", "19"), ["KFL414"]),
        (("18", "20"), []),
        (("19", "18"), ["KFL414"]),
    ],
)
def test_far_apart_only_where_the_plan_gives_travel_times(days: tuple[str, str], found: list[str]) -> None:
    activities = "".join(
        f"- {{id: {id_}, title: Møte, when: 2018-01-{day} 09:00, region: {scope}, responsible: kari}}\n"
        for id_, scope, day in zip("ab", ("nord", "hamar-stange"), days, strict=True)
    )
    travel = PEOPLE + "travel:\n  - {between: [nord, hedmarken], hours: '3,5'}\n"

    assert [code for code in codes(activities, travel) if code == "KFL414"] == found
    assert [code for code in codes(activities, travel.replace("3,5", "2,5")) if code == "KFL414"] == []
    assert [code for code in codes(activities, PEOPLE) if code == "KFL414"] == []


# --- coverage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (ALL, []),
        ([("nord", "08"), ("hedmarken", "09")], []),
        (ALL[:2], ["«Kursrekke a» has no session for Hamar og Stange"]),
        (ALL[:1], ["«Kursrekke a» has no session for Hedmarken"]),
        (
            [*ALL, ("hedmarken", "11")],
            ["«Kursrekke a» has fewer sessions for Nord-Østerdal than for the others: 1, not 2"],
        ),
    ],
)
def test_every_region_is_covered_once(days: list[tuple[str, str]], found: list[str]) -> None:
    assert [message for code, message in judged(series("a", days)) if code != "KFL526"] == found


def test_cancelled_session_is_known_to_its_region_and_doubles_nothing() -> None:
    moved = series("a", ALL) + "    - {for: nord, id: ny, when: 2018-01-12 09:00, location: Tynset}\n"
    cancelled = moved.replace("{for: nord, when: 2018-01-08", "{for: nord, status: cancelled, when: 2018-01-08")

    assert codes(moved) == ["KFL502"]
    assert codes(cancelled) == []
    assert codes(series("a", ALL).replace("{for: nord,", "{for: nord, status: cancelled,")) == []


def test_cancelled_and_moved_sessions_are_not_what_is_usual() -> None:
    moved = "".join(
        f"    - {{for: {scope}, id: {scope}-1, status: cancelled, when: 2018-01-{day} 09:00, location: Hamar}}\n"
        for scope, day in ALL[:2]
    )

    assert codes(series("a", ALL) + moved) == []


def test_two_days_for_everybody_are_meant() -> None:
    twice = "".join(
        f"\n    - {{for: {scope}, id: {scope}-{day}, when: 2018-01-{day} 09:00, location: Hamar}}"
        for scope, first in ALL
        for day in (first, f"{int(first) + 8}")
    )

    assert codes(series("a", []) + twice.lstrip("\n") + "\n") == []


def test_region_that_two_series_miss_is_named_for_both() -> None:
    second = series("b", ALL[:2], "  when: etter a\n", month="02")

    assert [message for code, message in judged(series("a", ALL[:2]) + second) if code == "KFL501"] == [
        "«Kursrekke a» has no session for Hamar og Stange",
        "«Kursrekke b» has no session for Hamar og Stange",
    ]


@pytest.mark.parametrize(
    ("nord", "message"),
    [
        ("[Tynset, Alvdal, Tynset]", "Tynset stands twice under Nord-Østerdal"),
        ("[Tynset, Løten]", "Løten is both in Nord-Østerdal and in Ringsaker og Løten"),
    ],
)
def test_municipality_is_in_one_place(nord: str, message: str) -> None:
    head = HEAD.replace("[Tynset, Alvdal]", nord)

    assert [text for code, text in judged(one("2018-04-18 09:00"), head) if code == "KFL503"] == [message]


def test_group_that_a_date_misses_is_an_error_there_and_not_reported_twice() -> None:
    assert codes(series("a", ALL[:2]) + f"- {{id: b, title: B, when: før a, {DETAILS}}}\n") == ["KFL308"]


# --- order ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("2018-01-18", "2018-01-19", []),
        ("2018-01-18", "2018-01-18", []),
        ("2018-01-18", "2018-01-17", ["KFL511"]),
        ("2018-01-18 09:00–10:00", "2018-01-18 10:00", []),
        ("2018-01-18 09:00–10:00", "2018-01-18 09:30", ["KFL511"]),
        ("2018-01-17/2018-01-18", "2018-01-17", ["KFL511"]),
        ("mars 2018", "2018-03-05", []),
        ("mars 2018", "2018-02-28", ["KFL511"]),
        ("mars 2018", "februar 2018", ["KFL511"]),
        ("mars 2018", "vår 2018", []),
        ("senest 1.3.2018", "2018-02-15", ["KFL511"]),
        ("senest 1.3.2018", "senest 15.2.2018", ["KFL511"]),
        ("etter 1.3.2018", "2018-02-15", ["KFL511"]),
        ("2018-02-15", "etter 1.3.2018", []),
        ("ikke fastsatt", "2018-02-15", []),
    ],
)
def test_after_holds_where_it_is_certain(first: str, second: str, found: list[str]) -> None:
    rows = f"- {{id: a, title: A, when: {first}}}\n- {{id: b, title: B, when: {second}, after: a}}\n"

    assert [code for code in codes(rows) if code == "KFL511"] == found


def test_order_holds_within_each_group_and_not_between_them() -> None:
    second = [("nord", "15"), ("ringsaker-loten", "11"), ("hamar-stange", "12")]
    early = [("nord", "05"), *second[1:]]

    assert codes(series("a", ALL) + series("b", second, "  after: a\n")) == []
    assert judged(series("a", ALL) + series("b", early, "  after: a\n")) == [
        ("KFL511", "«Kursrekke b – Nord-Østerdal» comes before «Kursrekke a», which it must come after")
    ]
    assert codes(series("a", ALL) + series("b", early, "  after: a\n  ignore: {KFL511: avtalt}\n")) == []


@pytest.mark.parametrize(
    ("when", "task", "found"),
    [
        ("2018-01-18", "senest 17.1.2018", []),
        ("2018-01-18", "senest 19.1.2018", ["KFL512"]),
        ("2018-01-18", "senest 3 dager etter a", []),
        ("2018-01-18", "2018-01-17", []),
        ("2018-01-18", "2018-01-19", ["KFL513"]),
        ("januar 2018", "senest 31.1.2018", []),
        ("januar 2018", "senest 1.2.2018", ["KFL513"]),
        ("januar 2018", "2017-12-15", ["KFL513"]),
        ("senest 1.2.2018", "senest 15.1.2018", []),
        ("etter 1.2.2018", "2018-01-15", ["KFL513"]),
    ],
)
def test_tasks_lie_with_their_activity(when: str, task: str, found: list[str]) -> None:
    row = f"- {{id: a, title: A, when: {when}, {DETAILS}, tasks: [{{id: t, title: T, when: {task}}}]}}\n"

    assert [code for code in codes(row) if "KFL512" <= code <= "KFL513"] == found


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("28", []),
        ("16", []),  # twelve days from the middle, a quarter of which is 12.25
        (
            "15",
            ["«Kursrekke a» → «Kursrekke b»: 36 days for Hamar og Stange, 49 for Ringsaker og Løten; the median is 49"],
        ),
    ],
)
def test_spacing_names_the_outlier(last: str, found: list[str]) -> None:
    """Series a is on 8, 9 and 10 January; 26, 27 and 28 February are 49 days later."""
    second = [("nord", "26"), ("ringsaker-loten", "27"), ("hamar-stange", last)]

    rows = series("a", ALL) + series("b", second, "  after: a\n", "02")

    assert [message for code, message in judged(rows) if code == "KFL514"] == found


# --- completeness -----------------------------------------------------------------------------------------------------


def test_plan_without_parties_is_not_asked_for_them() -> None:
    head = HEAD[: HEAD.index("parties:")]

    assert codes("- {id: a, title: Nettportalen åpner, when: januar 2018}", head) == []


def test_empty_list_says_that_there_is_none() -> None:
    assert codes("- {id: a, title: A, when: januar 2018, responsible: [sepu, fmhe, styrer], audience: []}") == []


@pytest.mark.parametrize(
    ("title", "gathering"),
    [
        ("Regional samling", True),
        ("Oppstartsamling for alle", True),
        ("Fagdag", True),
        ("Møter med styrere", True),
        ("Annual conference", True),
        ("Nettportalen åpner", False),
        ("Informasjon om samling", False),
        ("Kursmateriell sendes ut", False),
        ("Evaluere samlingene", False),
        ("Bestille kurs", False),
        ("Kurs, påmelding åpner", False),
        ("Felles fagdag", True),
        ("Første regionsamling", True),
    ],
)
def test_what_is_called_a_gathering_needs_a_place(title: str, *, gathering: bool) -> None:
    row = f"- {{id: a, title: '{title}', when: 2018-01-18, responsible: [sepu, fmhe], audience: [styrer]}}"

    assert ("KFL523" in codes(row)) is gathering


@pytest.mark.parametrize(("when", "gathering"), [("2018-01-18 09:00", False), ("2018-01-18 09:00–10:00", True)])
def test_hours_from_and_to_make_a_gathering(when: str, *, gathering: bool) -> None:
    row = f"- {{id: a, title: Portalen åpner, when: '{when}', responsible: [sepu, fmhe], audience: [styrer]}}"

    assert ("KFL523" in codes(row)) is gathering


@pytest.mark.parametrize(
    ("one_name", "other", "found"),
    [
        ("Thomas Nordahl", "Thomas Nordal", True),
        ("Tomas Nordahl", "Thomas Nordahl", True),
        ("Kari Hansen", "Kari Hanssen", True),
        ("Kari Hansen", "Kari Jansen", False),
        ("Kari Hansen", "Kari Hansens", False),  # a genitive
        ("Kari Hansen", "Kåre Hansen", False),
        ("Anne Berg", "Anne Borg", True),
        ("Gruppe Nord", "Gruppe Sør", False),
        ("Hamar Kommune", "Stange Kommune", False),
        ("Thomas Nordahl", "thomas nordal", False),
    ],
)
def test_names_that_differ_in_a_letter(one_name: str, other: str, *, found: bool) -> None:
    row = f"- {{id: a, title: A, when: januar 2018, {DETAILS}, description: '{one_name} og {other} ønsker velkommen.'}}"

    assert ("KFL527" in codes(row)) is found


def test_alias_is_no_misspelling() -> None:
    head = HEAD + "  nordahl: {name: Thomas Nordahl, kind: person, aliases: [Thomas Nordal]}\n"
    row = "- {id: a, title: A, when: januar 2018, responsible: [sepu, fmhe, nordahl], audience: [styrer], note: %s}"

    assert codes(row % "Thomas Nordal kommer", head) == []
    assert codes(row % "Thomas Nordall kommer", head) == ["KFL527"]


# --- publishing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Send til kari.nordmann@example.no.", ["kari.nordmann@example.no"]),
        ("mailto:kari@example.no?subject=x", ["kari@example.no"]),
        ("Ring 62 43 00 00 eller 917 12 345", ["62 43 00 00", "917 12 345"]),
        ("Ring 91712345.", ["91712345"]),
        ("Ring +47 62 43 00 00", ["+47 62 43 00 00"]),
        ("tel:+4762430000", ["+4762430000"]),
        ("+46 8 123 456 78", ["+46 8 123 456 78"]),
        ("skoleåret 2017/2018, 18.01.2018 kl. 09.30, uke 10–12", []),
        ("2017 2018", []),
        ("Org.nr. 987 654 321", []),
        ("https://www.example.no/62430000/kl/91712345", []),
        ("2018-01-18T09:30", []),
        ("Rom 101 og 202, 12 34 deltakere", []),
        ("@SePU på sosiale medier", []),
        ("blåbær@ærlig.no", ["blåbær@ærlig.no"]),
        ("tlf.91234567, 912 34567, 9123 4567, 91 234 567", ["91234567", "912 34567", "9123 4567", "91 234 567"]),
        ("91  23  45  67", ["91  23  45  67"]),
        ("912-34-567 og 91.23.45.67", ["912-34-567", "91.23.45.67"]),
        ("(912) 34 567", ["(912) 34 567"]),
        ("+1 (555) 123-4567", ["+1 (555) 123-4567"]),
        ("(+47) 91 23 45 67", ["(+47) 91 23 45 67"]),
        ('"per p"@example.no', ['"per p"@example.no']),
        ("ola\uff20example.no", ["ola\uff20example.no"]),
        ("https://forms.example.no/?epost=kari@example.no", ["https://forms.example.no/?epost=kari@example.no"]),
        ("Org.nr. 912345678", []),
        ("20261007 og skoleåret 20262027", []),
        ("25000000 kr, kr 25000000, 400 00 000 kr", []),
        ("uke 36 37 38 39, trinn 22 23 24 25", []),
        ("21.30-22.30", []),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_Yz@thread.v2/0 og 19:meeting_Yz@thread.tacv2", []),
        ("Møte-ID: 912 3456 7890, 312 456 789 012", []),
        ("Rom 203 917 12 345, _kari@example.no_", ["917 12 345", "_kari@example.no"]),
    ],
)
def test_contacts_in_a_text(text: str, found: list[str]) -> None:
    assert list(contacts(text)) == found


def test_internal_plan_and_the_contact_itself_may_hold_addresses() -> None:
    row = f"- {{id: a, title: A, when: januar 2018, {DETAILS}, note: Skriv til kari@example.no}}"
    contact = HEAD.replace("  version:", "  contact: {email: post@example.no}\n  version:")

    assert codes(row) == ["KFL601"]
    assert codes(row, HEAD.replace("  version:", "  visibility: internal\n  version:")) == []
    assert codes(one("januar 2018"), contact) == []


@pytest.mark.parametrize(
    ("language", "when", "found"),
    [
        ("nb", "høst 2017", []),
        ("nb", "haust 2017", ["KFL603"]),
        ("nb", "autumn 2017", ["KFL603"]),
        ("nn", "haust 2017", []),
        ("en", "høst 2017", ["KFL603"]),
        ("nb", "18 January 2018 at 09:00", []),  # said in the plan's language anyway
        ("nb", "before 18 January 2018", []),
    ],
)
def test_periods_are_in_the_language_of_the_plan(language: str, when: str, found: list[str]) -> None:
    head = HEAD.replace("  version:", f"  language: {language}\n  version:").replace(
        "høst 2017 – høst 2018", "2017–2018"
    )

    assert codes(one(when), head) == found


# --- silence ----------------------------------------------------------------------------------------------------------


def test_rules_on_texts_see_all_texts_but_ids_and_dates() -> None:
    row = "- {id: a, title: små ord, when: 2018-05-11, note: ja, tasks: [{title: ring, when: før a}]}"
    checked = run(plan_text(row, "kfl: 1\nplan: {id: p, title: prøve}\n").encode())
    assert checked.schedule is not None

    assert [
        (section, [(sorted(each.above), each.key, each.text) for each in texts])
        for section, texts in Facts(checked.schedule).texts
    ] == [
        ("kfl", [([], "", "1")]),
        ("plan", [([], "title", "prøve")]),
        ("activities", [([], "title", "små ord"), ([], "note", "ja"), (["tasks"], "title", "ring")]),
    ]


def test_ignore_on_one_activity_silences_only_that() -> None:
    rows = [
        f"- {{id: {id_}, title: Portalen åpner, when: 2018-05-{day}, {DETAILS[17:]}}}"
        for id_, day in (("a", 10), ("b", 17))
    ]
    silent = rows[0].removesuffix("}") + ", ignore: {KFL401: avtalt}}"

    assert codes(f"{rows[0]}\n{rows[1]}\n") == ["KFL401", "KFL401"]
    assert codes(f"{silent}\n{rows[1]}\n") == ["KFL401"]


def test_notes_wait_until_there_are_no_errors() -> None:
    rows = f"{one('2018-05-11')}\n- {{id: b, title: B, when: 2018-05-10, {DETAILS}}}\n"

    assert codes(rows) == ["KFL524", "KFL403", "KFL401"]
    assert codes(f"{rows}- {{id: c, title: C, when: høsst 2017}}\n") == ["KFL401", "KFL301"]


@given(st.dates(date(1970, 1, 1), date(2099, 12, 20)))
def test_remedy_is_a_working_day(day: date) -> None:
    calendar = Workdays(norwegian_holidays, frozenset({5, 6}), Scopes.of(()))
    before = calendar.last_before(day, frozenset())

    assert before is not None
    assert calendar.is_working(before, frozenset())
    assert not any(
        calendar.is_working(before + timedelta(days=step), frozenset()) for step in range(1, (day - before).days)
    )
