"""Plans of any size to measure with: the same text for the same numbers."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from kfl_cli.language.vocabularies import VOCABULARIES

REGIONS = ("nord", "sor", "ost", "vest", "midt")
_DAYS = 1000
_TEXT = "Deltakerne får opplæring i å tolke kartleggingsresultater, og drøfter egne funn på tvers av barnehagene."


def plan(activities: int, sessions: int = 5) -> str:
    """Return a plan with so many activities, each with a session for that many of the five regions and two tasks."""
    head = ["kfl: 1", "plan: {id: maling, title: Måling, version: 2017-12-04, period: 2017–2021}", "regions:"]
    head += [f"  {region}: {{name: {region.capitalize()}}}" for region in REGIONS]
    head += ["parties:", "  sepu: {name: SePU, kind: organisation}", "  styrer: {name: Styrer, kind: role}"]
    return "\n".join([*head, "activities:", *(_activity(number, sessions) for number in range(activities))]) + "\n"


def _activity(number: int, sessions: int) -> str:
    day = date(2017, 1, 2) + timedelta(days=number % _DAYS)
    lines = [
        f"  - id: samling-{number}",
        f"    title: Regional samling nr. {number} – «ærlig talt»",
        "    responsible: [sepu]",
        "    audience: [styrer]",
        f"    description: {_TEXT}",
        "    sessions:",
        *(
            f"      - {{for: {region}, when: {day + timedelta(days=7 * index)} 09:00–15:00, location: Rådhuset}}"
            for index, region in enumerate(REGIONS[:sessions])
        ),
        "    tasks:",
        "      - {title: Bestille rom}",
        f"      - {{id: program, title: Sende program, when: 2 uker før samling-{number}}}",
    ]
    return "\n".join(lines)


_KINDS = 10
_MUNICIPALITIES = 400
_WORKDAYS = tuple(
    day
    for day in (date(2017, 8, 21) + timedelta(days=number) for number in range(1400))
    if day.weekday() < 5 and day.month in {2, 9, 10, 11}  # noqa: PLR2004  months of working days without holidays
)


def programme(activities: int, *, wrong: int = 0) -> str:
    """Return a sound plan of so many activities for municipalities of their own.

    Of ten activities five have a day, three of them with hours; the others hang on the first of the ten, have a month,
    a task with a deadline, or two sessions. With ``wrong``, every activity whose number it divides has a date that
    cannot be read and a party that nobody declared.
    """
    head = ["kfl: 1", "plan: {id: program, title: Program, version: 2017-12-04, period: 2017–2021}", "regions:"]
    head += [f"  kommune-{number}: {{name: Kommune {number}}}" for number in range(_MUNICIPALITIES)]
    head += ["parties:", "  sepu: {name: SePU, kind: role}", "  styrer: {name: Styrer, kind: role}"]
    rows = (_row(number, broken=bool(wrong) and not number % wrong) for number in range(activities))
    return "\n".join([*head, "activities:", *rows]) + "\n"


def _row(number: int, *, broken: bool) -> str:
    lines = [
        f"  - id: fagdag-{number}",
        f"    title: Fagdag «{_word(number)}» – språk, lek og læring",
        f"    region: {_region(number)}",
        f"    responsible: {'ukjent' if broken else 'sepu'}",
        "    audience: styrer",
        *_dates(number),
        *([f"    description: {_TEXT}"] if number % 3 == 0 else []),
    ]
    text = "\n".join(lines)
    return text.replace("when: ", "when: etterr ", 1) if broken else text


def _region(number: int) -> str:
    return f"kommune-{number % _MUNICIPALITIES}"


def _dates(number: int) -> list[str]:
    day = _WORKDAYS[number // _MUNICIPALITIES % len(_WORKDAYS)]
    first = f"fagdag-{number - number % _KINDS}"
    match number % _KINDS:
        case 0 | 1 | 2:
            return [f"    when: {day} 09:00–12:00", "    location: Rådhuset, møterom «Ækra»"]
        case 3 | 4:
            return [f"    when: {day.day}.{day.month}.{day.year}"]
        case 5:
            return [f"    when: {VOCABULARIES['nb'].months[day.month - 1]} {day.year}"]
        case 6:
            return [f"    when: 1 uke etter {first}", "    status: tentative"]
        case 7:
            return [f"    when: senest 3 dager etter {first}"]
        case 8:
            task = f"      - {{id: program, title: Sende program, when: senest 2 dager før {first}}}"
            return [f"    when: {day} 09:00–15:00", "    tasks:", "      - {title: Bestille rom}", task]
        case _:
            hours = ("09:00–11:00", "13:00–15:00")
            return [
                "    sessions:",
                *(
                    f"      - {{id: okt-{index}, for: {_region(number)}, when: {day} {each}, location: Rådhuset}}"
                    for index, each in enumerate(hours, 1)
                ),
            ]


def _word(number: int) -> str:
    """Return a word of its own for each number; a number in a title would promise an order."""
    syllables = ("ba", "de", "fi", "go", "hu", "ky", "læ", "mø", "nå", "ri")
    return "".join(syllables[int(digit)] for digit in str(number))


def _month(day: date) -> str:
    return f"{VOCABULARIES['nb'].months[day.month - 1]} {day.year}"


def national(regions: int, parties: int) -> str:
    """Return a programme with a day for all, and a workshop and a deadline in each region, shared among the parties."""
    head = ["kfl: 1", "plan: {id: nasjonal, title: Nasjonalt program, version: 2017-12-04, period: 2018}", "regions:"]
    head += [f"  r{number}: {{name: Kommune {number}}}" for number in range(regions)]
    head += ["parties:", *(f"  p{number}: {{name: Part {number}, kind: role}}" for number in range(parties))]
    rows = [
        f"  - {{id: felles-{number}, title: Fagdag {number}, when: {date(2018, 1, 8) + timedelta(days=number * 20)}, "
        f"responsible: [p{number % parties}], audience: [p{(number + 1) % parties}]}}"
        for number in range(6)
    ]
    for party in range(parties):
        rows += [
            f"  - id: samling-{party}",
            f"    title: Samling {party} – «ærlig talt»",
            f"    responsible: [p{party}]",
            f"    description: {_TEXT}",
            "    sessions:",
            *(
                f"      - {{for: r{number}, when: {date(2018, 1, 2) + timedelta(days=(number * 7 + party) % 360)}}}"
                for number in range(regions)
            ),
        ]
    return "\n".join([*head, "activities:", *rows]) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(programme(int(sys.argv[2]), wrong=int(sys.argv[3])), encoding="utf-8")
