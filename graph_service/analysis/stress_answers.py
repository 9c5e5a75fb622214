"""The answers of a stress test: by flows, many cases at once; by a linear program where those do not settle."""

from __future__ import annotations

from functools import cached_property
from math import isinf
from typing import TYPE_CHECKING, Final

from graph_service.analysis.solutions.program import NotSolved
from graph_service.analysis.stress_flows import StressFlows, even
from graph_service.analysis.stress_program import StressProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.network import SupplyNetwork

    Case = Mapping[int, float]
    Table = NDArray[np.float64]
    Flags = NDArray[np.bool_]

DIGITS: Final = 6
"""Decimals of weeks: as many as the linear programs bear."""


class StressAnswers:
    """What a target survives and is given, in cases that say what nodes can still produce; each case asked once."""

    def __init__(
        self, network: SupplyNetwork, nodes: Sequence[int], capacity: Case, stock: Case, *, by_program: bool = False
    ) -> None:
        self._network = network
        self._nodes = nodes
        self._capacity = capacity
        self._stock = stock
        self._flows = None if by_program or not even(network, nodes) else StressFlows(network, nodes, capacity, stock)

    @cached_property
    def _program(self) -> StressProgram:
        return StressProgram(self._network, self._nodes, self._capacity, self._stock)

    def survived(self, cases: Sequence[Case], budget: Budget) -> Sequence[float | None]:
        """Give the weeks for which all demand is met; None for ever. Raises NotSolved at the end of the budget."""
        distinct = {frozenset(case.items()): case for case in cases}
        found = self._by_flows(lambda flows: flows.survived(list(distinct.values())), len(distinct), budget)
        weeks: dict[frozenset[tuple[int, float]], float | None] = {}
        for (key, case), one in zip(distinct.items(), found, strict=True):
            survives = self._program.survived(case, budget) if one is None else one
            weeks[key] = None if survives is None or isinf(survives) else round(survives, DIGITS)
        return [weeks[frozenset(case.items())] for case in cases]

    def given(self, weeks: Sequence[float], cases: Sequence[Case], budget: Budget) -> Sequence[float]:
        """Give what the target is given in so many weeks, in weeks of its demand. Raises NotSolved likewise."""
        found = self._by_flows(lambda flows: flows.given(weeks, cases), len(cases), budget)
        return [
            self._program.given(most, case, budget) if one is None else one
            for one, most, case in zip(found, weeks, cases, strict=True)
        ]

    def _by_flows(
        self, ask: Callable[[StressFlows], tuple[Table, Flags]], count: int, budget: Budget
    ) -> Sequence[float | None]:
        """Give the answers that flows find; None where a program has to."""
        if not count:
            return []
        if budget.left <= 0:
            raise NotSolved(float("-inf"))
        if self._flows is None:
            return [None] * count
        found, settled = ask(self._flows)
        return [one if sure else None for one, sure in zip(found.tolist(), settled.tolist(), strict=True)]
