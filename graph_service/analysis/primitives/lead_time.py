"""Critical lead time: the longest chain of best lead times (docs/semantics.md 15; Knuth 1977)."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from graph_service.network.condensation import condensed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_service.network.condensation import Condensation
    from graph_service.network.needs import Need
    from graph_service.network.network import SupplyNetwork

    Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """Critical lead times of nodes in weeks, and where each comes from.

    Node numbers are the caller's: those of a network, or of a part of one. `own` is each node's own least
    lead time, 0 where none is known. `weeks` is shared by the members of a group that need one another.
    """

    needs_of: Sequence[Sequence[Need]]
    condensation: Condensation
    own: Sequence[float]
    weeks: Sequence[float]

    def chain(self, start: int) -> list[int]:
        """Give the nodes whose own lead times, with the switches between them, add up to those of `start`.

        A cycle shows all its members: the one it is entered by first, the one it is left by last.
        Where several chains attain the figure, the one of the least numbers.
        """
        group_of, groups = self.condensation.group_of, self.condensation.groups
        chain: list[int] = []
        entered: int | None = start
        while entered is not None:
            group = group_of[entered]
            longest, left_by, following = 0.0, entered, None
            for member in groups[group]:
                for need in self.needs_of[member]:
                    weeks, node = slowest_needed(need, self.weeks, group_of, group)
                    if weeks > longest or (weeks == longest and following is not None and node < following):
                        longest, left_by, following = weeks, member, node
            inner = [member for member in groups[group] if member not in {entered, left_by}]
            chain += [entered, *inner] if left_by == entered else [entered, *inner, left_by]
            entered = following
        return chain


def lead_times(
    needs_of: Sequence[Sequence[Need]],
    condensation: Condensation,
    groups: Sequence[Sequence[int]],
    own: Sequence[float],
) -> LeadTimes:
    """Add up lead times from the inputs to what needs them; linear in edges, but for sorting where k > 1.

    `groups` are those of the condensation that are asked for, inputs first, closed under needs.
    """
    group_of, cyclic = condensation.group_of, condensation.cyclic
    weeks = [0.0] * len(own)
    for members in groups:
        node = members[0]
        group = group_of[node]
        if cyclic[group]:
            outside = [
                slowest_needed(need, weeks, group_of, group)[0] for member in members for need in needs_of[member]
            ]
            shared = fsum([own[member] for member in members]) + max(outside, default=0.0)
            for member in members:
                weeks[member] = shared
            continue
        longest = 0.0
        for k, alternatives, switch, _ in needs_of[node]:
            if len(alternatives) == 1:
                value = weeks[alternatives[0]] + switch[0]
            else:
                values = [weeks[wanted] + more for wanted, more in zip(alternatives, switch, strict=True)]
                value = min(values) if k == 1 else sorted(values)[k - 1]
            longest = max(longest, value)
        weeks[node] = own[node] + longest
    return LeadTimes(needs_of=needs_of, condensation=condensation, own=own, weeks=weeks)


def slowest_needed(need: Need, weeks: Sequence[float], group_of: Sequence[int], group: int) -> tuple[float, int]:
    """Give the k-th smallest of (lead time + switch time) with the node that has it; within the group all count 0."""
    values = [
        (0.0 if group_of[node] == group else weeks[node] + more, node)
        for node, more in zip(need.alternatives, need.switch_weeks, strict=True)
    ]
    return sorted(values)[need.k - 1]


def weeks_behind(network: SupplyNetwork, target: int, working: Marks, own: NDArray[np.float64]) -> float:
    """Give the critical lead time of a target with only the nodes that are marked to meet requirements.

    They support themselves and the target. `own` are own lead times, 0 for other nodes. The same as `lead_times`
    of what is left, layer by layer.
    """
    weeks, asked = own.copy(), working.copy()
    kept: list[bool] = working.tolist()
    asked[target] = True
    for layer in network.layers.layers:
        if layer.cyclic:
            _settle_cycles(network, layer.nodes[asked[layer.nodes]].tolist(), kept, weeks)
            continue
        longest = np.zeros(len(layer.nodes))
        for block in layer.blocks:
            rows = np.flatnonzero(asked[block.of])
            alternatives = block.alternatives[:, rows]
            waited = np.where(working[alternatives], weeks[alternatives], np.inf)
            if block.switch_weeks is not None:
                waited += block.switch_weeks[:, rows]
            kth = waited.min(axis=0) if block.k == 1 else np.sort(waited, axis=0)[block.k - 1]
            np.maximum.at(longest, np.searchsorted(layer.nodes, block.of[rows]), kth)
        weeks[layer.nodes] += longest
    return float(weeks[target])


def _settle_cycles(
    network: SupplyNetwork, members: Sequence[int], kept: Sequence[int], weeks: NDArray[np.float64]
) -> None:
    """Bring the weeks of nodes in cycles up to date: of the cycles that are left of them with what is kept."""
    place = {node: number for number, node in enumerate(members)}
    needs: list[list[Need]] = []
    for node in members:  # what they need outside stands behind them, with the weeks it has
        wanted = [need.among(kept) for need in network.needs_of[node]]
        for need in wanted:
            for met in need.alternatives:
                place.setdefault(met, len(place))
        needs.append([need.renumbered(place) for need in wanted])
    needs += [[] for _ in range(len(place) - len(members))]
    inputs = [[met for need in wanted for met in need.alternatives] for wanted in needs]
    condensation = condensed(range(len(place)), inputs)
    found = lead_times(needs, condensation, condensation.groups, weeks[list(place)].tolist())
    weeks[list(members)] = found.weeks[: len(members)]
