"""The closure of a target: all that it needs, directly or through others (docs/semantics.md 12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Closure:
    """The target first, then all components reached through requirements, nearest first.

    `tier_min` runs beside `nodes`: the fewest requirement steps from the target.
    """

    nodes: Sequence[int]
    tier_min: Sequence[int]


def closure(network: SupplyNetwork, target: int) -> Closure:
    """Walk from `target` to all its inputs; linear in the requirements of what is reached."""
    inputs_of = network.inputs_of
    reached = bytearray(len(inputs_of))
    reached[target] = 1
    nodes = [target]
    tier_min: list[int] = []
    tier = 0
    while len(tier_min) < len(nodes):
        reached_before = len(tier_min)
        tier_min.extend([tier] * (len(nodes) - reached_before))
        for node in nodes[reached_before:]:
            for wanted in inputs_of[node]:
                if not reached[wanted]:
                    reached[wanted] = 1
                    nodes.append(wanted)
        tier += 1
    return Closure(nodes=nodes, tier_min=tier_min)


def groups_of(network: SupplyNetwork, nodes: Iterable[int]) -> Sequence[Sequence[int]]:
    """Give these nodes as groups that need one another, inputs before what needs them.

    Takes the nodes of a whole closure, which holds each group whole or not at all.
    """
    condensation = network.condensation
    groups, group_of = condensation.groups, condensation.group_of
    return [groups[group] for group in sorted({group_of[node] for node in nodes})]


def unknown_in(network: SupplyNetwork, nodes: Iterable[int]) -> Sequence[int]:
    """Give those of the nodes whose supply is not recorded at all (docs/semantics.md 10)."""
    unknown = network.unknown
    return [node for node in nodes if unknown[node]]
