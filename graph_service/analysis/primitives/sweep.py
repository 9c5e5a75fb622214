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
    sweep_in_place(needs_of, condensation, groups, failing)
    return failing


def sweep_in_place(
    needs_of: Sequence[Sequence[Need]],
    condensation: Condensation,
    groups: Iterable[Sequence[int]],
    failing: list[int],
) -> None:
    """Turn the bits that end own supplies into those that fail nodes, as `sweep` does, and keep no large ones twice."""
    group_of, cyclic = condensation.group_of, condensation.cyclic
    for members in groups:
        node = members[0]
        if cyclic[group_of[node]]:
            _settle(needs_of, members, condensation.rank, failing)
        elif needs_of[node]:
            failing[node] |= failed_by_needs(needs_of[node], failing)


def _settle(
    needs_of: Sequence[Sequence[Need]], members: Sequence[int], rank: Sequence[int], failing: list[int]
) -> None:
    """Let failures go round the cycles of a group, inputs first as far as that can be, until no set grows."""
    users: dict[int, list[int]] = {member: [] for member in members}
    for member in members:
        for need in needs_of[member]:
            for wanted in need.alternatives:
                if wanted in users:
                    users[wanted].append(member)
    waiting = set(members)
    while waiting:
        later = waiting
        waiting = set[int]()
        for member in sorted(later, key=rank.__getitem__):
            later.discard(member)
            after = failing[member] | failed_by_needs(needs_of[member], failing)
            if after != failing[member]:
                failing[member] = after
                waiting.update([user for user in users[member] if user not in later])


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
