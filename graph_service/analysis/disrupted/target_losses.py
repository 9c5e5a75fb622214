"""Target losses: what a target loses when sets of elements fail, many sets at once (docs/semantics.md 20, 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.disrupted.losses import losses, lost_by_needs
from graph_service.analysis.disrupted.own_losses import ESTIMATE, LOWER, UPPER, own_losses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from graph_service.analysis.primitives.elements import Elements
    from graph_service.network.network import SupplyNetwork

    Table = NDArray[np.float64]
    Chosen = Collection[int]

CELLS_MAX: Final = 3_000_000
"""Losses computed at once: 24 MB for each table of them."""

ALL: Final = (LOWER, UPPER, ESTIMATE)
"""Which losses there are to compute."""


class TargetLosses:
    """The closure of a target, laid out for losing elements of one level; PERFECT, total failures.

    `offers_of_element` are the offers in closure and target that fail with each element.
    """

    def __init__(self, network: SupplyNetwork, target: int, elements: Elements, nodes: Sequence[int]) -> None:
        self.network = network
        self.elements = elements
        self.layers = network.requirement_table.layers(len(network.nodes.id), nodes)
        self.target = int(np.searchsorted(self.layers.nodes, target))
        offers = [offer for node in sorted(nodes) for offer in network.offers_of[node]]
        self.offers_of_element = elements.offers_by_element(offers)

    def of(self, sets: Sequence[Chosen], columns: Sequence[int] = ALL) -> Table:
        """Give the parts that the target loses: a row for each set, a column for each of lower, upper and estimate."""
        found = [self.tables(some, columns)[:, self.target].T for some in self.batches(sets, columns)]
        return np.concatenate(found) if found else np.zeros((0, len(columns)))

    def batches(self, sets: Sequence[Chosen], columns: Sequence[int] = ALL) -> Iterator[Sequence[Chosen]]:
        """Cut sets into parts that go into tables of a bounded size."""
        size = max(1, CELLS_MAX // (len(columns) * len(self.layers.nodes)))
        for first in range(0, len(sets), size):
            yield sets[first : first + size]

    def tables(self, sets: Sequence[Chosen], columns: Sequence[int] = ALL) -> Table:
        """Give tables of lower, upper and estimate: a row for each node of the layers, a column for each set."""
        node_count = len(self.layers.nodes)
        own = np.zeros((node_count, len(columns), len(sets)))
        for place, chosen in enumerate(sets):
            failing = {offer: 1.0 for element in chosen for offer in self.offers_of_element[element]}
            named = {self.elements.nodes[element]: 1.0 for element in chosen} if self.elements.nodes else {}
            parts = own_losses(self.network, failing, named)
            own[np.searchsorted(self.layers.nodes, parts.nodes), :, place] = parts.parts[:, columns]
        lost = losses(self.layers, own.reshape(node_count, -1))
        return lost.reshape(own.shape).transpose(1, 0, 2)

    def reached(self, lost: Table) -> NDArray[np.bool_]:
        """Tell from which nodes a loss reaches the target, for one of the tables.

        The target itself if it loses; then, of what is reached, the alternatives that lose in needs that lose.
        """
        found = np.zeros(lost.shape, dtype=np.bool_)
        found[self.target] = lost[self.target] > 0
        for layer in reversed(self.layers.layers):
            needs_lose = [lost_by_needs(block, lost) > 0 for block in layer.blocks]
            while True:
                before = np.count_nonzero(found[layer.nodes])
                for block, loses in zip(layer.blocks, needs_lose, strict=True):
                    through = found[block.of] & loses
                    for nodes in block.alternatives:
                        row, column = np.nonzero(through & (lost[nodes] > 0))
                        found[nodes[row], column] = True
                if not layer.cyclic or np.count_nonzero(found[layer.nodes]) == before:
                    break
        return found
