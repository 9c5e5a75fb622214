"""The answers of a stress test: by flows, many cases at once; by a linear program where those do not settle."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from graph_service.analysis.solutions.program import NotSolved
from graph_service.analysis.stress.flows import StressFlows
from graph_service.analysis.stress.program import StressProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.network import SupplyNetwork

    Case = Mapping[int, float]

DIGITS: Final = 6
"""Decimals of weeks: as many as the linear programs bear."""

WRITTEN_PER_SECOND: Final = 10_000
"""Nodes of a closure that a second writes a program of: half of what was measured, so that time is left to solve it."""


class StressAnswers:
    """What a target survives and is given, in cases that say what nodes can still produce; each case asked once.

    Answers are None where they do not settle, or the budget ends, before they are found.
    """

    def __init__(self, network: SupplyNetwork, nodes: Sequence[int], capacity: Case, stock: Case) -> None:
        self._network = network
        self._nodes = nodes
        self._capacity = capacity
        self._stock = stock
        self._flows = StressFlows(network, nodes, capacity, stock)

    @cached_property
    def _program(self) -> StressProgram:
        return StressProgram(self._network, self._nodes, self._capacity, self._stock)

    def survived(self, cases: Sequence[Case], budget: Budget, *, by_program: bool = False) -> Sequence[float | None]:
        """Give the weeks for which all demand is met, infinite for ever."""
        keys = [frozenset(case.items()) for case in cases]
        distinct = dict(zip(keys, cases, strict=True))
        if by_program:
            found = [
                self._solved(lambda program, case=case: program.survived(case, budget), budget)
                for case in distinct.values()
            ]
        else:
            found = _settled(*self._flows.survived(list(distinct.values()), budget))
        weeks = {key: one if one is None else round(one, DIGITS) for key, one in zip(distinct, found, strict=True)}
        return [weeks[key] for key in keys]

    def given(
        self, weeks: Sequence[float], cases: Sequence[Case], budget: Budget, *, by_program: bool = False
    ) -> Sequence[float | None]:
        """Give what the target is given in so many weeks, in weeks of its demand."""
        if not by_program:
            return _settled(*self._flows.given(weeks, cases, budget))
        return [
            self._solved(lambda program, most=most, case=case: program.given(most, case, budget), budget)
            for most, case in zip(weeks, cases, strict=True)
        ]

    def _solved(self, ask: Callable[[StressProgram], float], budget: Budget) -> float | None:
        written = "_program" in self.__dict__
        if not written and len(self._nodes) > WRITTEN_PER_SECOND * budget.left:
            return None
        try:
            return ask(self._program)
        except NotSolved:
            return None


def _settled(found: NDArray[np.float64], settled: NDArray[np.bool_]) -> Sequence[float | None]:
    return [one if sure else None for one, sure in zip(found.tolist(), settled.tolist(), strict=True)]
