"""The sweep: which elements alone fail which nodes, for all at once, as sets of bits (docs/semantics.md 9, 25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph_service.network.condensation import Condensation
    from graph_service.network.needs import Need

EVERYTHING = -1
"""All bits: the set of a node that has failed already."""


def sweep(
    needs_of: Sequence[Sequence[Need]], condensation: Condensation, groups: Iterable[Sequence[int]], own: Sequence[int]
) -> list[int]:
    """Give, for each node, the bits whose failure alone fails it; `own` are those that end its own supply.

    `groups` are those of the condensation that are asked for, inputs first, closed under needs. A node fails with
    any of its needs, a need with all but k - 1 of its alternatives: a union of intersections, repeated to the
    least fixpoint on cycles. Linear in edges, but for cycles and k between 1 and all.
    """
    failing = list(own)
    group_of, cyclic, rank = condensation.group_of, condensation.cyclic, condensation.rank
    for members in groups:
        node = members[0]
        if not cyclic[group_of[node]]:
            if needs_of[node]:
                failing[node] |= failed_by_needs(needs_of[node], failing)
            continue
        inputs_first = sorted(members, key=rank.__getitem__)
        grown = True
        while grown:
            grown = False
            for member in inputs_first:
                before = failing[member]
                after = before | failed_by_needs(needs_of[member], failing)
                if after != before:
                    failing[member] = after
                    grown = True
    return failing


def failed_by_needs(needs: Sequence[Need], failing: Sequence[int] | Mapping[int, int]) -> int:
    """Give the bits that leave some need with fewer than k alternatives; `failing` are those of nodes."""
    bits = 0
    for k, alternatives, _, _ in needs:
        count = len(alternatives)
        if count == 1:
            bits |= failing[alternatives[0]]
        elif k == 1:
            common = failing[alternatives[0]]
            for node in alternatives[1:]:
                common &= failing[node]
            bits |= common
        elif k == count:
            for node in alternatives:
                bits |= failing[node]
        else:
            bits |= _in_at_least(count - k + 1, [failing[node] for node in alternatives])
    return bits


def _in_at_least(least: int, sets: Iterable[int]) -> int:
    """Give the bits that are in at least so many of the sets."""
    in_so_many = [0] * least
    for bits in sets:
        for place in range(least - 1, 0, -1):
            in_so_many[place] |= in_so_many[place - 1] & bits
        in_so_many[0] |= bits
    return in_so_many[-1]


def places(bits: int) -> Iterator[int]:
    """Give the places of the bits that are set, smallest first; not for EVERYTHING."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
