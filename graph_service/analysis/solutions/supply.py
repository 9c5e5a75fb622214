"""The supply of a target: what may still work for it, as marks over a whole network, for passes over its arrays."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph_service.analysis.primitives.closure import behind
from graph_service.analysis.primitives.failure import follow, numbers_of
from graph_service.analysis.solutions.formula import Formula, Supplies, formula_behind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

    Numbers = NDArray[np.intp]
    Marks = NDArray[np.bool_]


class Working(NamedTuple):
    """Which nodes work, and how many alternatives each requirement could still lose."""

    works: Marks
    spare: Numbers


class Supply:
    """A target, the nodes that may meet requirements, and the offers that may be chosen.

    `usable` marks the nodes that may meet requirements and work if all offers do, `always` those whose own supply
    needs no offer. `reached` marks what the target reaches through them, itself included. All solutions of a
    formula are sets of `offers`.
    """

    def __init__(
        self, network: SupplyNetwork, target: int, usable: Marks, always: Marks, lost_offers: Collection[int]
    ) -> None:
        self.network = network
        self.target = target
        self.usable = usable
        self.always = always
        self.left = np.ones(len(network.offers.id), dtype=np.bool_)
        self.left[numbers_of(lost_offers)] = False
        self.spare = network.alternatives_by_need.counted(usable) - network.need_counts.k
        self.reached = behind(network, np.array([target]), to=usable)

    @cached_property
    def offers(self) -> Numbers:
        """All offers that may be chosen, by component, then by number."""
        offers = self.network.offers_by_node.of(np.flatnonzero(self.reached & ~self.always))
        return offers[self.left[offers]]

    @cached_property
    def formula(self) -> Formula:
        """The same as a formula, for what is not done in passes."""
        always, left, offers_of = self.always.tolist(), self.left.tolist(), self.network.offers_of

        def supplies_of(node: int) -> Supplies:
            return None if always[node] else tuple([offer for offer in offers_of[node] if left[offer]])

        return formula_behind(self.network, [self.target], self.usable.tolist(), supplies_of)

    def choices(self, solution: Iterable[int]) -> Iterator[tuple[int, ...]]:
        """Give, for each offer of a solution, all offers that can stand in its place."""
        component, offers_of = self.network.offers.component, self.network.offers_of
        for offer in sorted(solution):
            yield tuple([other for other in offers_of[component[offer]] if self.left[other]])

    def working(self, supplied: Marks) -> Working:
        """Say what works, of what is reached, if the own supplies of these nodes do, and those that need no offer."""
        failed = ~self.usable
        failed[self.target] = False
        spare = self.spare.copy()
        fallen = np.flatnonzero(self.reached & ~self.always & ~supplied)
        failed[fallen] = True
        follow(self.network, fallen, failed, spare, self.usable)
        return Working(~failed, spare)
