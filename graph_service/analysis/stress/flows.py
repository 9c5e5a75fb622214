"""The flows of a stress test: what a target can be given in so many weeks, for many cases at once.

Requirements do not compete, so each node produces the most it can, layer by layer from the inputs; no linear program
has to be solved. Where a cycle settles slowly one has to (analysis/stress/program.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graph_service.analysis.stress.program import WEEKS_MAX, relative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.layers import Block, Layer
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.requirement_table import RequirementTable

    Table = NDArray[np.float64]
    Flags = NDArray[np.bool_]

STEPS_MAX: Final = 64
"""Steps to a time to survive before it counts as not settled."""

ROUNDS_FIRST: Final = 16
"""Times that flows of all cases go round a cycle; as a rule they have settled before."""

ROUNDS_MAX: Final = 1_024
"""Times that flows go round a cycle, in the few cases left, before they count as not settled."""

ROUNDING: Final = 1e-9
"""Weeks of demand, as a part of all, by which what is given may be off."""


class Given(NamedTuple):
    """What the target is given in each case, how that grows with each further week, and whether cycles settled."""

    weeks: Table
    slope: Table
    settled: Flags


class StressFlows:
    """The closure of a target in layers, with what its nodes may produce a week and what they hold.

    What the budget leaves no time for counts as not settled.
    """

    def __init__(
        self, network: SupplyNetwork, nodes: Sequence[int], capacity: Mapping[int, float], stock: Mapping[int, float]
    ) -> None:
        self.layers = _as_stated(network, nodes).layers(len(network.nodes.id), nodes)
        members: list[int] = self.layers.nodes.tolist()
        self.target = int(np.searchsorted(self.layers.nodes, nodes[0]))
        self.capacity = np.array([capacity.get(node, np.inf) for node in members])
        self.stock = np.array([stock.get(node, 0.0) for node in members])[:, np.newaxis]

    def survived(self, cases: Sequence[Mapping[int, float]], budget: Budget) -> tuple[Table, Flags]:
        """Give the weeks for which the target is given all it demands, infinite for ever, and where that is settled.

        What is given grows ever more slowly with time, so a step along its slope never passes the time looked for
        (Newton's method from above); it is attained after few steps, since there are few slopes.
        """
        capacities = self._capacities(cases)
        weeks = np.full(len(cases), WEEKS_MAX)
        settled = np.ones(len(cases), dtype=np.bool_)
        moving = np.ones(len(cases), dtype=np.bool_)
        for step in range(STEPS_MAX):
            some = np.flatnonzero(moving)
            if not len(some):
                break
            found = self._given(weeks[some], capacities[:, some], budget)
            settled[some] &= found.settled
            short = found.settled & (found.weeks < weeks[some] - ROUNDING * np.maximum(1.0, weeks[some]))
            if step == 0:
                weeks[some[~short]] = np.inf
            moving[some[~short]] = False
            ahead = some[short]
            slope = found.slope[short]
            weeks[ahead] = np.maximum(0.0, (found.weeks[short] - slope * weeks[ahead]) / (1 - slope))
        return weeks, settled & ~moving

    def given(
        self, weeks: Sequence[float], cases: Sequence[Mapping[int, float]], budget: Budget
    ) -> tuple[Table, Flags]:
        """Give the most that the target is given in so many weeks, in weeks of demand, and where that is settled."""
        most = np.array(weeks, dtype=np.float64)
        found = self._given(most, self._capacities(cases), budget)
        return np.minimum(found.weeks, most), found.settled

    def _capacities(self, cases: Sequence[Mapping[int, float]]) -> Table:
        table: Table = np.repeat(self.capacity[:, np.newaxis], len(cases), axis=1)
        for column, lost in enumerate(cases):
            table[np.searchsorted(self.layers.nodes, list(lost)), column] = list(lost.values())
        return table

    def _given(self, weeks: Table, capacities: Table, budget: Budget) -> Given:
        limited = np.isfinite(capacities)
        slope = np.where(limited, capacities, 0.0)
        produced = np.where(limited, slope * weeks, np.inf)
        settled = np.ones(len(weeks), dtype=np.bool_)
        for layer in self.layers.layers:
            settled &= self._let_flow(layer, produced, slope, budget)
        return Given(produced[self.target] + self.stock[self.target], slope[self.target], settled)

    def _let_flow(self, layer: Layer, produced: Table, slope: Table, budget: Budget) -> Flags:
        """Hold what nodes of a layer produce at or below what they are given; say in which cases that settled."""
        if budget.left <= 0:
            return np.zeros(len(produced.T), dtype=np.bool_)
        if not layer.cyclic:
            self._go_round(layer, produced, slope)
            return np.ones(len(produced.T), dtype=np.bool_)
        moved = self._settle(layer, produced, slope, ROUNDS_FIRST, budget)
        if moved.any():
            some = np.flatnonzero(moved)
            its_produced, its_slope = produced[:, some], slope[:, some]
            moved[some] = self._settle(layer, its_produced, its_slope, ROUNDS_MAX, budget)
            produced[:, some], slope[:, some] = its_produced, its_slope
        return ~moved & self._lasting(layer, produced)

    def _settle(self, layer: Layer, produced: Table, slope: Table, rounds_max: int, budget: Budget) -> Flags:
        """Let flows go round a cycle until nothing moves any more; tell in which cases something still does."""
        moved = np.ones(len(produced.T), dtype=np.bool_)
        for _ in range(rounds_max):
            if not moved.any() or budget.left <= 0:
                break
            before: Table = produced[layer.nodes]
            self._go_round(layer, produced, slope)
            moved = np.any(produced[layer.nodes] < before, axis=0)
        return moved

    def _go_round(self, layer: Layer, produced: Table, slope: Table) -> None:
        for block in layer.blocks:
            given, growth = self._met(block, produced, slope)
            for rows in _turns(block):
                nodes = block.of[rows]
                less = given[rows] < produced[nodes]
                produced[nodes] = np.where(less, given[rows], produced[nodes])
                slope[nodes] = np.where(less, growth[rows], slope[nodes])

    def _lasting(self, layer: Layer, produced: Table) -> Flags:
        """Tell in which cases nodes of a cycle that nothing limits give one another at least what they take.

        Else they would dwindle, to an amount that rounds from infinity never reach.
        """
        inside = np.zeros(len(produced), dtype=np.bool_)
        inside[layer.nodes] = True
        lasting = np.ones(len(produced.T), dtype=np.bool_)
        for block in layer.blocks:
            if block.efficiency is not None:
                given = np.where(inside[block.alternatives], np.minimum(block.efficiency, 1.0), 1.0)
                endless = np.isinf(produced[block.alternatives])
                dwindles = (given[:, :, np.newaxis] * endless).sum(axis=0) < block.k
                lasting &= ~np.any(dwindles & np.isinf(produced[block.of]), axis=0)
        return lasting

    def _met(self, block: Block, produced: Table, slope: Table) -> tuple[Table, Table]:
        """Give what requirements are given: each alternative up to the need, and all together k times the need.

        So the need is met as far as the smallest gifts but some reach for the others: the least of these means.
        """
        gifts = produced[block.alternatives] + self.stock[block.alternatives]
        growth = slope[block.alternatives]
        if block.efficiency is not None:
            gifts, growth = gifts * block.efficiency[:, :, np.newaxis], growth * block.efficiency[:, :, np.newaxis]
        if block.k == 1:
            return gifts.sum(axis=0), growth.sum(axis=0)
        order = np.argsort(gifts, axis=0, kind="stable")
        sums = np.cumsum(np.take_along_axis(gifts, order, axis=0), axis=0)
        growths = np.cumsum(np.take_along_axis(growth, order, axis=0), axis=0)
        least: Table = sums[-1] / block.k
        its_growth: Table = growths[-1] / block.k
        for others in range(1, block.k):
            mean: Table = sums[-1 - others] / (block.k - others)
            smaller = mean < least
            its_growth = np.where(smaller, growths[-1 - others] / (block.k - others), its_growth)
            least = np.where(smaller, mean, least)
        return least, its_growth


def _as_stated(network: SupplyNetwork, nodes: Sequence[int]) -> RequirementTable:
    """Give the table of requirements with efficiencies as they are stated, inside cycles as well."""
    table, requirements, condensation = network.requirement_table, network.requirements, network.condensation
    efficiency, plain = table.efficiency.copy(), table.plain.copy()
    for node in nodes:
        if condensation.cyclic[condensation.group_of[node]]:
            for number in network.requirements_of[node]:
                stated, start = relative(requirements, number), int(table.start[number])
                efficiency[start : start + len(stated)] = stated
                plain[number] = len(set(stated)) == 1
    return replace(table, efficiency=efficiency, plain=plain)


def _turns(block: Block) -> Iterator[NDArray[np.intp] | slice]:
    """Give the requirements of a block so that no node has two of those that are given together."""
    if block.first is None:
        yield slice(None)
        return
    lengths = np.diff(np.append(block.first, len(block.of)))
    turn = np.arange(len(block.of)) - np.repeat(block.first, lengths)
    for number in range(int(lengths.max())):
        yield np.flatnonzero(turn == number)
