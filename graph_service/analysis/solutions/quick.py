"""A first solution in a few passes over the arrays of a network: no formula is written, however large the closure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.primitives.closure import behind
from graph_service.analysis.solutions.formula import formula_of
from graph_service.analysis.solutions.minimal import minimal
from graph_service.network.adjacency import distinct
from graph_service.network.needs import Need

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_service.analysis.solutions.formula import Supplies
    from graph_service.analysis.solutions.supply import Supply, Working

    Numbers = NDArray[np.intp]
    Marks = NDArray[np.bool_]
    Prices = NDArray[np.float64]

ROUNDS_MAX: Final = 8
"""How often prices go round a cycle: they guide a choice, and need not settle."""

PRICE_MAX: Final = 1e300
"""The price of what only a cycle supports, and of what would cost more."""


@dataclass(frozen=True, slots=True)
class Quick:
    """An inclusion-minimal solution, and how many components are left to choose from once what is sure is set aside."""

    solution: frozenset[int]
    open_count: int


def quick_solution(supply: Supply, weight: Prices) -> Quick:
    """Find a solution of a target that can work, preferring offers of little weight; these run beside `supply.offers`.

    Exact in being inclusion-minimal; nothing is promised about its weight. Linear, but for the few components that
    several choices brought in, of which some may go.
    """
    choice = _Choice(supply, weight)
    if choice.works_alone:
        return Quick(frozenset(), 0)
    chosen = choice.chosen()
    found = supply.working(chosen)
    return Quick(choice.smallest(found), choice.open_count)


class _Choice:
    """What every solution holds, and, for what is left open, the cheapest offers and ways."""

    def __init__(self, supply: Supply, weight: Prices) -> None:
        self.supply = supply
        self.network = network = supply.network
        self.target = np.array([supply.target])
        nothing = np.zeros(len(network.nodes.id), dtype=np.bool_)
        self.free = free = supply.working(nothing).works & supply.reached
        self.works_alone = bool(free[supply.target])
        if self.works_alone:
            return
        self.offer, self.own_price = self._cheapest(weight)
        counted = network.alternatives_by_need.counted
        self.others = supply.usable & ~free
        asked = network.need_counts.k - counted(supply.usable & free)
        self.always = behind(network, self.target, (asked > 0) & (asked == counted(self.others)), self.others)
        self.others &= ~self.always
        self.asked = asked - counted(supply.usable & self.always)
        opened = behind(network, np.flatnonzero(self.always), self.asked > 0, self.others)
        self.open_count = int(np.count_nonzero(opened))
        self.price = self._prices(free | self.always)

    def _cheapest(self, weight: Prices) -> tuple[Numbers, Prices]:
        """Give the offer of least weight, then number, of each node, and this weight."""
        offers, count = self.supply.offers, len(self.network.nodes.id)
        component = self.network.offer_links.component[offers]
        least = np.full(count, PRICE_MAX)
        np.minimum.at(least, component, weight)
        offer = np.full(count, -1, dtype=np.intp)
        best = np.flatnonzero(weight == least[component])[::-1]
        offer[component[best]] = offers[best]  # of several the last that is written, which is the first
        return offer, least

    def _prices(self, free: Marks) -> Prices:
        """Price each node as if nothing were shared (Knuth 1977); roughly inside cycles."""
        price = np.where(self.supply.usable, np.where(self.supply.always, 0.0, self.own_price), PRICE_MAX)
        price[free] = 0.0
        own = price.copy()
        for layer in self.network.layers.layers:
            if layer.cyclic:
                price[layer.nodes] = np.where(free[layer.nodes], 0.0, PRICE_MAX)
            for _ in range(ROUNDS_MAX if layer.cyclic else 1):
                paid = own[layer.nodes]
                for block in layer.blocks:
                    cost = price[block.alternatives]
                    if 1 < block.k < len(cost):
                        cost = np.sort(cost, axis=0)[: block.k]
                    total = cost.min(axis=0) if block.k == 1 else cost.sum(axis=0)
                    np.add.at(paid, np.searchsorted(layer.nodes, block.of), total)
                paid[free[layer.nodes]] = 0.0
                price[layer.nodes] = np.minimum(paid, PRICE_MAX)
        return price

    def chosen(self) -> Marks:
        """Choose, from what is sure on, alternatives for each requirement: those chosen before, then the cheapest."""
        needs, alternatives = self.network.needs_by_node, self.network.alternatives_by_need
        chosen = self.always.copy()
        scratch = np.empty(len(chosen), dtype=np.intp)
        following = np.flatnonzero(chosen)
        while len(following):
            asked = needs.of(following)
            asked = asked[self.asked[asked] > 0]
            nodes = alternatives.of(asked)
            row = np.repeat(np.arange(len(asked)), alternatives.start[asked + 1] - alternatives.start[asked])
            able = self.others[nodes]
            nodes, row = nodes[able], row[able]
            missing = self.asked[asked] - np.bincount(row[chosen[nodes]], minlength=len(asked))
            able = ~chosen[nodes] & (missing[row] > 0)
            nodes, row = nodes[able], row[able]
            order = np.lexsort((nodes, self.price[nodes], row))
            nodes, row = nodes[order], row[order]
            place = np.arange(len(row)) - np.searchsorted(row, row)
            following = distinct(nodes[place < missing[row]], scratch)
            chosen[following] = True
        return chosen

    def smallest(self, found: Working) -> frozenset[int]:
        """Leave out offers until each one left is needed.

        What the target cannot do without is marked first; what may go is shrunk as a formula of its own.
        """
        supply, works = self.supply, found.works & self.supply.usable
        needed = self.free | behind(self.network, self.target, found.spare == 0, works)
        others = works & ~needed
        asked = self.network.need_counts.k - self.network.alternatives_by_need.counted(works & needed)
        maybe = behind(self.network, np.flatnonzero(needed), asked > 0, others) & ~needed
        offers = set(self.offer[needed & ~supply.always].tolist())
        return frozenset(offers | self._shrunk(needed, maybe, others, asked))

    def _shrunk(self, needed: Marks, maybe: Marks, others: Marks, asked: Numbers) -> frozenset[int]:
        """Give the offers that are left of those of `maybe`, for what is needed to go on working."""
        if not maybe.any():
            return frozenset()
        network, needs = self.network, self.network.needs_by_node
        nodes: list[int] = np.flatnonzero(maybe).tolist()
        place = {node: number + 1 for number, node in enumerate(nodes)}
        is_other: list[bool] = others.tolist()

        def open_needs(numbers: Numbers) -> list[Need]:
            wanted: list[Need] = []
            open_numbers: list[int] = numbers[asked[numbers] > 0].tolist()
            for number in open_numbers:
                met = tuple([place[node] for node in network.requirements.alternatives[number] if is_other[node]])
                wanted.append(Need(int(asked[number]), met, (0.0,) * len(met), None))
            return wanted

        supplies: list[Supplies] = [
            None,
            *[None if self.supply.always[one] else (int(self.offer[one]),) for one in nodes],
        ]
        formula = formula_of(
            [-1, *nodes],
            supplies,
            [open_needs(needs.of(np.flatnonzero(needed))), *[open_needs(needs.of(np.array([one]))) for one in nodes]],
        )
        weight = {offer: float(self.own_price[node]) for node in nodes if (offer := int(self.offer[node])) >= 0}
        return minimal(formula, formula.offers, weight)
