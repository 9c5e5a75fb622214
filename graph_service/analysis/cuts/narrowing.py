"""Narrowing: a formula without all that no cut of few elements can touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.solutions.formula import Formula, Supplies, formula_of
from graph_service.network.needs import Need

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

SURE = 10**9
"""More elements than there are: what never fails."""


def narrowed(
    formula: Formula, order: int, *, failed: Collection[int] = (), never: frozenset[int] = frozenset()
) -> Formula | None:
    """Write the formula of what is left to fail once some elements have and others never do.

    Its cuts of at most `order` elements are those of the given formula; own supplies and nodes that more would have
    to fail for count as safe. Empty where nothing can fail the target any more, None where it has failed. Linear.
    """
    supplies = [_left(one, order, failed, never) for one in formula.supplies]
    gone = _followed(formula, [node for node, one in enumerate(supplies) if one == ()])
    if gone[0]:
        return None
    least = _least_to_fail(formula, [SURE if one is None else len(one) for one in supplies])
    safe = [one > order for one in least]
    if safe[0]:
        return formula_of([], [], [])
    needs: list[list[Need]] = [[] for _ in formula.nodes]
    for owner, k, alternatives in zip(formula.owner, formula.k, formula.alternatives, strict=True):
        if safe[owner] or gone[owner]:
            continue
        asked = k - sum([safe[node] for node in alternatives])
        if asked > 0:
            others = tuple([node for node in alternatives if not safe[node] and not gone[node]])
            needs[owner].append(Need(asked, others, (0.0,) * len(others), None))
    return _from_target(formula.nodes, supplies, needs)


def _left(supplies: Supplies, order: int, failed: Collection[int], never: frozenset[int]) -> Supplies:
    """Give what must still fail to end an own supply; None where it will not."""
    if supplies is None or not never.isdisjoint(supplies):
        return None
    left = tuple([element for element in supplies if element not in failed])
    return None if len(left) > order else left


def _followed(formula: Formula, fallen: list[int]) -> bytearray:
    """Mark what fails once these nodes have."""
    gone = bytearray(len(formula.nodes))
    for node in fallen:
        gone[node] = 1
    spare = [len(met) - k for met, k in zip(formula.alternatives, formula.k, strict=True)]
    for node in fallen:  # grows while it is walked
        for need in formula.users[node]:
            spare[need] -= 1
            user = formula.owner[need]
            if spare[need] < 0 and not gone[user]:
                gone[user] = 1
                fallen.append(user)
    return gone


def _least_to_fail(formula: Formula, own: Sequence[int]) -> Sequence[int]:
    """Bound from below how many elements must fail before each node does.

    A need fails with all but k - 1 of its alternatives, so not before the last of them to fall does.
    """
    least = list(own)
    sizes = sorted({one for one in own if one < SURE})
    reached = bytearray(len(own))
    spare = [len(met) - k for met, k in zip(formula.alternatives, formula.k, strict=True)]
    for size in sizes:
        fallen = [node for node, one in enumerate(own) if one == size and not reached[node]]
        for node in fallen:
            reached[node] = 1
        for node in fallen:  # grows while it is walked
            least[node] = size
            for need in formula.users[node]:
                spare[need] -= 1
                user = formula.owner[need]
                if spare[need] < 0 and not reached[user]:
                    reached[user] = 1
                    fallen.append(user)
    return least


def _from_target(nodes: Sequence[int], supplies: Sequence[Supplies], needs: Sequence[Iterable[Need]]) -> Formula:
    """Number anew what the target reaches, and leave out the rest."""
    order = [0]
    place = {0: 0}
    wanted: list[list[Need]] = []
    for node in order:  # grows while it is walked
        renumbered: list[Need] = []
        for k, alternatives, switch_weeks, quantity in needs[node]:
            for met in alternatives:
                if met not in place:
                    place[met] = len(order)
                    order.append(met)
            renumbered.append(Need(k, tuple([place[met] for met in alternatives]), switch_weeks, quantity))
        wanted.append(renumbered)
    return formula_of([nodes[node] for node in order], [supplies[node] for node in order], wanted)
