"""The order of a decision diagram's variables: what is in one term stands together (FORCE: Aloul et al. 2003)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph_service.analysis.cuts.terms import Terms

STARTS: Final = 8
"""Orders that are improved; the shortest of them is taken."""

ROUNDS_MAX: Final = 50
"""Steps of improving one order."""

WORK_MAX: Final = 4_000_000
"""Variables of terms that are looked at in all."""


def ordered(terms: Terms) -> Sequence[int]:
    """Order the variables so that terms, and the alternatives of choices, span few others.

    Each variable moves to the middle of the middles of its terms, again and again, from several starts.
    """
    edges = _edges(terms)
    count = len(terms.variables)
    edges_of: list[list[int]] = [[] for _ in range(count)]
    for number, edge in enumerate(edges):
        for variable in edge:
            edges_of[variable].append(number)
    choose = random.Random(0)  # noqa: S311  # no secret; the same order each time
    start = list(range(count))
    best, shortest = start, _length(edges, start)
    left = WORK_MAX
    while left > 0:
        order, length, looked = _improved(edges, edges_of, start)
        if length < shortest:
            best, shortest = order, length
        left -= max(looked, WORK_MAX // STARTS)
        choose.shuffle(start)
    return best


def _edges(terms: Terms) -> Sequence[Collection[int]]:
    found = dict.fromkeys([term for head in terms.heads for term in head.terms if len(term) > 1])
    for head in terms.heads:
        for choice in head.choices:
            found[frozenset([one for other in choice.heads for term in terms.heads[other].terms for one in term])] = (
                None
            )
    return [sorted(edge) for edge in found if len(edge) > 1]


def _improved(
    edges: Sequence[Collection[int]], edges_of: Sequence[Sequence[int]], start: Sequence[int]
) -> tuple[Sequence[int], int, int]:
    """Give the shortest order on the way from a start, its length, and what finding it has taken."""
    size = sum([len(edge) for edge in edges]) + len(start)
    best, shortest, looked = list(start), _length(edges, start), 0
    order, length, before = list(start), shortest, shortest + 1
    while length < before and looked < ROUNDS_MAX * size:
        place = _places(order)
        middle = [sum([place[variable] for variable in edge]) / len(edge) for edge in edges]
        wanted = [
            sum([middle[edge] for edge in mine]) / len(mine) if mine else float(place[variable])
            for variable, mine in enumerate(edges_of)
        ]
        order = sorted(order, key=wanted.__getitem__)
        before, length = length, _length(edges, order)
        looked += 2 * size
        if length < shortest:
            best, shortest = order, length
    return best, shortest, looked


def _length(edges: Sequence[Collection[int]], order: Sequence[int]) -> int:
    place = _places(order)
    spans = [[place[variable] for variable in edge] for edge in edges]
    return sum([max(span) - min(span) for span in spans])


def _places(order: Sequence[int]) -> Sequence[int]:
    place = [0] * len(order)
    for number, variable in enumerate(order):
        place[variable] = number
    return place
