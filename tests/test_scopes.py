"""The regions and groups of a plan: which of them lie in which."""

from __future__ import annotations

import pytest

from kfl_cli.plan.scopes import ONLY_LEAF, Group, Region, Scopes

SCOPES = Scopes.of(
    [
        Region("nord", "Nord"),
        Region("hedmarken", "Hedmarken", groups=(Group("ringsaker", "Ringsaker"), Group("hamar", "Hamar"))),
    ]
)


@pytest.mark.parametrize(
    ("of", "leaves"),
    [
        ((), ("nord", "ringsaker", "hamar")),
        (("nord",), ("nord",)),
        (("hedmarken",), ("ringsaker", "hamar")),
        (("hamar",), ("hamar",)),
        (("hamar", "nord"), ("hamar", "nord")),
        (("hamar", "hedmarken"), ("hamar", "ringsaker")),
    ],
)
def test_leaves_are_what_is_not_split(of: tuple[str, ...], leaves: tuple[str, ...]) -> None:
    assert SCOPES.leaves(of) == leaves
    assert SCOPES.leaf_set(of) == frozenset(leaves)


def test_names_are_those_of_the_regions_then_of_the_groups() -> None:
    assert list(SCOPES.names.items()) == [
        ("nord", "Nord"),
        ("hedmarken", "Hedmarken"),
        ("ringsaker", "Ringsaker"),
        ("hamar", "Hamar"),
    ]


def test_group_lies_in_its_region_and_both_in_themselves() -> None:
    assert SCOPES.around(["hamar"]) == {"hamar", "hedmarken"}
    assert SCOPES.around(["hamar", "nord"]) == {"hamar", "hedmarken", "nord"}
    assert SCOPES.around([]) == frozenset()


@pytest.mark.parametrize(
    ("whole", "part", "covered"),
    [
        ((), ("hedmarken",), True),
        (("hedmarken",), ("hamar",), True),
        (("hamar",), ("hedmarken",), False),
        (("ringsaker", "hamar"), ("hedmarken",), True),
        (("nord",), ("hamar",), False),
        (("nord", "ringsaker", "hamar"), (), True),
        (("hedmarken",), (), False),
    ],
)
def test_whole_covers_what_has_none_but_its_leaves(
    whole: tuple[str, ...], part: tuple[str, ...], *, covered: bool
) -> None:
    assert SCOPES.covers(whole, part) is covered


def test_plan_without_regions_is_one_leaf_that_no_name_is_for() -> None:
    scopes = Scopes.of([])

    assert scopes.leaves() == (ONLY_LEAF,)
    assert scopes.leaf_set() == {ONLY_LEAF}
    assert scopes.names == {}
    assert scopes.around(scopes.leaves()) == frozenset()
