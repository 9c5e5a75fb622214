"""Causes: from what stops, along requirements, to what fails or loses (docs/semantics.md 23)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph_service.analysis.disrupted.losses import kth_loss
from graph_service.analysis.disrupted.own_losses import ESTIMATE, UPPER
from graph_service.analysis.primitives.chain import chain, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from graph_service.analysis.disrupted.stops import Stopped
    from graph_service.network.network import SupplyNetwork


class Causes:
    """What is needed to explain each node of one disruption; `own` and `lost` have a row for each node."""

    def __init__(
        self,
        network: SupplyNetwork,
        stopped: Stopped,
        failed: NDArray[np.bool_],
        own: NDArray[np.float64],
        lost: NDArray[np.float64],
    ) -> None:
        self.network = network
        self.stopped = stopped
        self.failed = failed
        self.own = own
        self.lost = lost
        self._column = cache(self._losses_in)
        self._losses_by_needs = cache(self._losses_of)

    def of(self, node: int) -> tuple[str, ...]:
        """Give the failed thing, then components, each required by the next, to the node; empty where nothing is lost.

        For what failed the shortest chain of failures, else one of those that the loss comes along, of the estimate
        or, where that is nothing, the upper bound.
        """
        if self.failed[node]:
            way = chain(node, self._fails_itself, self._failed_inputs)
            return told(self.network.nodes.id, way, self._stop(way[0], 1.0))
        column = ESTIMATE if self.lost[node, ESTIMATE] > 0 else UPPER
        if not self.lost[node, column] > 0:
            return ()

        def loses_most_itself(at: int) -> bool:
            return 0 < self.own[at, column] >= max(self._losses_by_needs(at, column), default=0.0)

        def inputs_that_bind(at: int) -> Iterable[int]:
            return self._losing_inputs(at, column, max(self._losses_by_needs(at, column), default=0.0))

        # in a cycle the greatest losses may bear one another out; some smaller one leads to where they come from
        way = chain(node, loses_most_itself, inputs_that_bind) or chain(
            node, lambda at: self.own[at, column] > 0, lambda at: self._losing_inputs(at, column, 0.0)
        )
        return told(self.network.nodes.id, way, self._stop(way[0], float(self.own[way[0], column])))

    def _fails_itself(self, node: int) -> bool:
        if self.stopped.components.get(node) == 1:
            return True
        offers = self.network.offers_of[node]
        return (
            bool(offers)
            and not self.network.always_supplied[node]
            and all(self.stopped.offers.get(offer) == 1 for offer in offers)
        )

    def _failed_inputs(self, node: int) -> Iterable[int]:
        for need in self.network.needs_of[node]:
            failed = [wanted for wanted in need.alternatives if self.failed[wanted]]
            if len(failed) > len(need.alternatives) - need.k:
                yield from failed

    def _losses_in(self, column: int) -> Sequence[float]:
        return self.lost[:, column].tolist()

    def _losses_of(self, node: int, column: int) -> Sequence[float]:
        table, lost = self.network.requirement_table, self._column(column)
        return [
            sorted([lost[wanted] for wanted in need.alternatives])[need.k - 1]
            if table.plain[requirement]
            else kth_loss(table, requirement, self.lost[:, column])
            for requirement, need in zip(self.network.requirements_of[node], self.network.needs_of[node], strict=True)
        ]

    def _losing_inputs(self, node: int, column: int, least: float) -> Iterable[int]:
        """Give the inputs that lose, of the requirements that lose at least so much and something."""
        by_needs = self._losses_by_needs(node, column)
        for loss, need in zip(by_needs, self.network.needs_of[node], strict=True):
            if loss > 0 and loss >= least:
                yield from [wanted for wanted in need.alternatives if self.lost[wanted, column] > 0]

    def _stop(self, node: int, part: float) -> str:
        """Name what stops the node itself: the node if it is named, else who takes most of its offers."""
        if self.stopped.components.get(node, 0.0) >= part:
            return self.network.nodes.id[node]
        weights = self.network.weights.estimated
        lost = [offer for offer in self.network.offers_of[node] if offer in self.stopped.offers]
        most = max(lost, key=lambda offer: (self.stopped.offers[offer], weights[offer], -offer))
        return self.stopped.because[most]
