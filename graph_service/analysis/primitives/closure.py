"""The closure of a target: all that it needs, directly or through others (docs/semantics.md 12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph_service.network.adjacency import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

    Numbers = NDArray[np.intp]
    Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Closure:
    """The target first, then all components reached through requirements, nearest first.

    `tier_min` runs beside `nodes`: the fewest requirement steps from the target.
    """

    nodes: Sequence[int]
    tier_min: Sequence[int]


def closure(network: SupplyNetwork, target: int) -> Closure:
    """Walk from `target` to all its inputs, tier by tier; linear in the requirements of what is reached."""
    needs, alternatives = network.needs_by_node, network.alternatives_by_need
    reached = np.zeros(len(network.nodes.id), dtype=np.bool_)
    scratch = np.empty(len(reached), dtype=np.intp)
    tiers = [np.array([target], dtype=np.intp)]
    while len(tiers[-1]):
        reached[tiers[-1]] = True
        inputs = alternatives.of(needs.of(tiers[-1]))
        tiers.append(distinct(inputs[~reached[inputs]], scratch))
    tier_min = np.repeat(np.arange(len(tiers)), [len(tier) for tier in tiers])
    return Closure(nodes=np.concatenate(tiers).tolist(), tier_min=tier_min.tolist())


def behind(network: SupplyNetwork, nodes: Numbers, through: Marks | None = None, to: Marks | None = None) -> Marks:
    """Mark these nodes and all that they need, directly or through others; linear in the same way.

    Only `through` the requirements and `to` the nodes that are marked, if given.
    """
    needs, alternatives = network.needs_by_node, network.alternatives_by_need
    reached = np.zeros(len(network.nodes.id), dtype=np.bool_)
    scratch = np.empty(len(reached), dtype=np.intp)
    reached[nodes] = True
    following = np.flatnonzero(reached)
    while len(following):
        asked = needs.of(following)
        inputs = alternatives.of(asked if through is None else asked[through[asked]])
        new = ~reached[inputs] if to is None else ~reached[inputs] & to[inputs]
        following = distinct(inputs[new], scratch)
        reached[following] = True
    return reached


def groups_of(network: SupplyNetwork, nodes: Sequence[int]) -> Sequence[Sequence[int]]:
    """Give these nodes as groups that need one another, inputs before what needs them.

    Takes the nodes of a whole closure, which holds each group whole or not at all.
    """
    condensation = network.condensation
    groups, group_of = condensation.groups, condensation.group_of
    return [groups[group] for group in sorted({group_of[node] for node in nodes})]


def unknown_in(network: SupplyNetwork, nodes: Iterable[int]) -> Sequence[int]:
    """Give those of the nodes whose supply is not recorded at all (docs/semantics.md 10)."""
    if not network.unknown_nodes:
        return ()
    unknown = network.unknown
    return [node for node in nodes if unknown[node]]
