"""Condensation puts nodes that need one another together, and inputs before what needs them."""

import random

import pytest

from graph_service.network.condensation import condensed


def reach(start: int, inputs_of: list[list[int]]) -> set[int]:
    found: set[int] = set()
    fresh = set(inputs_of[start])
    while fresh:
        found |= fresh
        fresh = {below for node in fresh for below in inputs_of[node]} - found
    return found


@pytest.mark.parametrize("seed", range(60))
def test_groups_are_what_reaches_itself_through_one_another(seed: int) -> None:
    choose = random.Random(seed)
    count = choose.randint(1, 12)
    inputs_of = [[choose.randrange(count) for _ in range(choose.choice([0, 1, 1, 2]))] for _ in range(count)]
    below = [reach(node, inputs_of) for node in range(count)]
    found = condensed(range(count), inputs_of)
    expected = {
        tuple(other for other in range(count) if other == node or (other in below[node] and node in below[other]))
        for node in range(count)
    }
    assert set(map(tuple, found.groups)) == expected
    assert len(found.groups) == len(expected)
    for node in range(count):
        assert node in found.groups[found.group_of[node]]
        assert found.cyclic[found.group_of[node]] == (node in below[node])
        assert all(found.group_of[wanted] <= found.group_of[node] for wanted in inputs_of[node])


def test_only_what_is_reached_from_the_roots_is_condensed() -> None:
    found = condensed([1], [[0], [2], [], [1]])
    assert found.groups == [[2], [1]]
    assert found.group_of == [-1, 1, 0, -1]


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    count = 50_000
    found = condensed([0], [[node + 1] if node + 1 < count else [] for node in range(count)])
    assert found.groups[0] == [count - 1]
    assert len(found.groups) == count
