"""Plans of any size to measure with: the same text for the same numbers."""

from __future__ import annotations

from datetime import date, timedelta

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
