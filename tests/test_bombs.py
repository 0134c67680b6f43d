"""Plans made to take for ever: answered in steps that their length bounds, with a clear error or the right result."""

from __future__ import annotations

import itertools

import pytest

from kfl_cli.pipeline import run
from kfl_cli.releases.lockfile_reader import load_ledger
from tests.fuzz.promises import steps
from tests.plans import HEAD, plan_text

N = 2_000
"""Enough for the square of it to be over any bound on steps here."""


def chain(number: int) -> str:
    return "\n".join(
        ["- {id: a0, title: A, when: 2018-01-08}"]
        + [f"- {{id: a{each}, title: A, when: 0 dager etter a{each - 1}}}" for each in range(1, number)]
    )


def regions(number: int) -> str:
    head = "kfl: 1\nplan: {id: p, title: P}\nregions:\n" + "".join(
        f"  r{each}: {{name: R}}\n" for each in range(number)
    )
    sessions = ", ".join(f"{{for: r{each}, when: 2018-01-08}}" for each in range(number))
    rows = [
        f"{{id: a, title: A, sessions: [{sessions}]}}",
        "{id: b, title: B, when: før a}",
        "{id: c, title: C, when: etter b}",
    ]
    return f"{head}activities: [{', '.join(rows)}]\n"


def misspelled(number: int) -> str:
    head = HEAD + "".join(f"  p{each}: {{name: Styrer {each:05}}}\n" for each in range(number))
    return plan_text(
        "\n".join(f"- {{id: a{each}, title: A, when: 2018, responsible: Styrar {each:05}}}" for each in range(number)),
        head,
    )


def closed(number: int) -> str:
    shut = "closed:\n" + "  - {when: 2018-01-05, why: x}\n" * number
    return plan_text("\n".join(f"- {{id: a{each}, title: A, when: 2018-01-05}}" for each in range(number)), HEAD + shut)


def laughs(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"[:number]
    pairs = itertools.pairwise(letters)
    return "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairs)


def similar(number: int) -> str:
    names = (f"Kari Nordman{chr(97 + each % 26)}" for each in range(number))
    return plan_text("\n".join(f"- {{id: a{each}, title: {name}, when: 2018}}" for each, name in enumerate(names)))


def sessions_with_tasks(number: int) -> str:
    sessions = ", ".join(f"{{id: s{each}, when: 2018-01-08}}" for each in range(number))
    tasks = ", ".join(f"{{id: t{each}, title: T, when: 2018-01-05}}" for each in range(number))
    return plan_text(f"- {{id: a, title: A, sessions: [{sessions}], tasks: [{tasks}]}}")


def all_after_all(number: int) -> str:
    rows = [f"- {{id: a{each}, title: A, when: 2018-01-08}}" for each in range(number)]
    after = ", ".join(f"a{each}" for each in range(number))
    sessions = ", ".join(f"{{id: s{each}, when: 2018-01-09}}" for each in range(number))
    return plan_text("\n".join([*rows, f"- {{id: z, title: Z, after: [{after}], sessions: [{sessions}]}}"]))


def series(number: int) -> str:
    first, second = (
        ", ".join(f"{{id: s{each}, when: 2018-01-{day}}}" for each in range(number)) for day in ("09", "08")
    )
    return plan_text(
        f"- {{id: a, title: Kurs 1, sessions: [{first}]}}\n- {{id: b, title: Kurs 2, sessions: [{second}]}}"
    )


PLANS = {
    "chain": plan_text(chain(N)),
    "chain upwards": plan_text("\n".join(reversed(chain(N).split("\n")))),
    "ring": plan_text("\n".join(f"- {{id: a{each}, title: A, when: etter a{(each + 1) % N}}}" for each in range(N))),
    "sessions of many regions": regions(N),
    "misspelled names": misspelled(N),
    "closed periods": closed(N),
    "unknown keys": plan_text("- {id: a, title: A, when: 2018}") + "".join(f"k{each}: x\n" for each in range(N)),
    "same id": plan_text("- {id: a, title: A, when: 2018}\n" * N),
    "same key": plan_text("") + "x: 1\n" * N,
    "tasks": plan_text("- {id: a, title: A, when: 2018, tasks: [" + "{title: T}, " * N + "]}"),
    "links": plan_text("- {id: a, title: A, when: 2018, links: [" + "https://example.no, " * N + "]}"),
    "comments in texts": plan_text("- {id: a, title: A, when: 2018}\n") + "# x #y\n" * N,
    "control characters": plan_text(f"- {{id: a, title: 'A{chr(7) * N}', when: 2018}}"),
    "long date": plan_text(f"- {{id: a, title: A, when: '{'før ' * N}'}}"),
    "far away": plan_text("- {id: a, title: A, when: 1000000000000 uker etter b}\n- {id: b, title: B, when: 2018}"),
    "long id": plan_text(f"- {{id: '{'a-' * N}', title: A, when: 2018}}"),
    "brackets": "a: " + "[" * N,
    "block": "\n".join(f"{' ' * each}a:" for each in range(N // 10)),
    "laughs": laughs(25),
    "marks": plan_text(f"- {{id: a, title: 'A{chr(0x301) * 50_000}', when: 2018}}"),
    "marks of several kinds": plan_text(f"- {{id: a, title: 'A{(chr(0x301) + chr(0x323)) * 25_000}', when: 2018}}"),
    "similar names": similar(N),
    "sessions with tasks": sessions_with_tasks(N),
    "sessions after many": all_after_all(N),
    "sessions of a series": series(N),
}  # fmt: skip


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_bomb_takes_steps_by_its_length(plan: str) -> None:
    data = plan.encode()

    with steps(500_000 + 60 * len(data)):
        checked = run(data, thorough=True)

    assert checked.schedule is not None or checked.diagnostics


def test_chain_is_dated_to_its_end() -> None:
    checked = run(PLANS["chain upwards"].encode())

    assert checked.schedule is not None
    assert {str(each.window.start) for each in checked.schedule.occurrences} == {"2018-01-08"}


def test_ledger_of_many_releases_takes_steps_by_its_length() -> None:
    days = [f"{2000 + each // 336}-{each // 28 % 12 + 1:02}-{each % 28 + 1:02}" for each in range(N)]
    releases = "".join(f"  - {{version: {day}, stamp: 20180101T000000Z, digest: x}}\n" for day in days)
    data = f"kfl-lock: 1\nplan: p\nreleases:\n{releases}occurrences: {{}}\n".encode()

    with steps(500_000 + 60 * len(data)):
        ledger, found = load_ledger(data, "p")

    assert (ledger, len(found)) == (None, 1)
