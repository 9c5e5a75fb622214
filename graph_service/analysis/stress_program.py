"""The linear program of a stress test: what a target can be given in so many weeks (Simchi-Levi et al. 2015)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import highspy
import numpy as np

from graph_service.analysis.solutions.program import OPTIONS, TOLERANCE, NotSolved, QuietHighs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.network import SupplyNetwork

INFINITE: Final = highspy.kHighsInf

WEEKS_MAX: Final = 1e6
"""A target that survives so many weeks, 19,000 years, survives for ever."""

WEEKS, GIVEN = 0, 1
"""The first columns: the weeks looked at, and what the target is given in them, in weeks of demand."""


class StressProgram:
    """What each node of a closure produces, and what its requirements are given, in weeks of the target's demand.

    `capacity` is what nodes may produce a week where that is limited, `stock` what they hold. Requirements do not
    compete: each may be given all that an alternative produces and holds (docs/semantics.md 31). One model serves
    all questions, each from where the one before ended.
    """

    def __init__(
        self, network: SupplyNetwork, nodes: Sequence[int], capacity: Mapping[int, float], stock: Mapping[int, float]
    ) -> None:
        self.capacity = dict(capacity)
        self._rows: list[tuple[float, float, list[tuple[int, float]]]] = []
        self._upper = [WEEKS_MAX, INFINITE]
        self._produced = {node: self._column() for node in nodes}
        target = nodes[0]
        self._row(0.0, [(WEEKS, 1), (GIVEN, -1)])
        self._row(-stock.get(target, 0.0), [(self._produced[target], 1), (GIVEN, -1)])
        self._limit: dict[int, int] = {}
        for node in nodes:
            self._limit[node] = self._row(0.0, [(WEEKS, 0.0), (self._produced[node], -1)])
        table, requirements = network.requirement_table, network.requirements_of
        for node in nodes:
            for number in requirements[node]:
                rows = slice(int(table.start[number]), int(table.start[number] + table.count[number]))
                met = table.alternative[rows].tolist()
                self._add_requirement(node, int(table.k[number]), met, _relative(network, number), stock)
        self._highs = self._solver()
        for node in nodes:
            self._set_limit(node, capacity.get(node))

    def survived(self, lost: Mapping[int, float], budget: Budget) -> float | None:
        """Give the weeks for which the target is given all it demands; None for ever. `lost` are other capacities."""
        highs = self._highs
        highs.changeRowBounds(0, 0.0, 0.0)
        highs.changeColBounds(WEEKS, 0.0, WEEKS_MAX)
        weeks = self._greatest(WEEKS, lost, budget)
        return None if weeks >= WEEKS_MAX * (1 - TOLERANCE) else weeks

    def given(self, weeks: float, lost: Mapping[int, float], budget: Budget) -> float:
        """Give the most that the target is given in so many weeks, in weeks of its demand."""
        highs = self._highs
        highs.changeRowBounds(0, 0.0, INFINITE)
        highs.changeColBounds(WEEKS, weeks, weeks)
        return self._greatest(GIVEN, lost, budget)

    def _greatest(self, column: int, lost: Mapping[int, float], budget: Budget) -> float:
        highs = self._highs
        for one in (WEEKS, GIVEN):
            highs.changeColCost(one, -1.0 if one == column else 0.0)
        for node, capacity in lost.items():
            self._set_limit(node, capacity)
        try:
            for _ in range(2):
                if budget.left <= 0:
                    break
                highs.setOptionValue("time_limit", highs.getRunTime() + budget.left)
                highs.run()
                info = highs.getInfo()
                solved = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
                if solved and info.max_primal_infeasibility <= TOLERANCE:
                    return max(0.0, -float(info.objective_function_value))
                highs.clearSolver()
        finally:
            for node in lost:
                self._set_limit(node, self.capacity.get(node))
        raise NotSolved(-INFINITE)

    def _set_limit(self, node: int, capacity: float | None) -> None:
        """Let a node produce so much a week; None for no limit."""
        row = self._limit[node]
        self._highs.changeCoeff(row, WEEKS, capacity or 0.0)
        self._highs.changeRowBounds(row, -INFINITE if capacity is None else 0.0, INFINITE)

    def _add_requirement(
        self, node: int, k: int, met: Sequence[int], efficiency: Sequence[float], stock: Mapping[int, float]
    ) -> None:
        """Hold what a node produces at or below what a requirement is given."""
        produced = self._produced[node]
        if len(met) == 1:
            self._row(-stock.get(met[0], 0.0), [(self._produced[met[0]], 1), (produced, -1)])
            return
        parts = [self._column() for _ in met]
        for part, wanted, factor in zip(parts, met, efficiency, strict=True):
            self._row(-factor * stock.get(wanted, 0.0), [(self._produced[wanted], factor), (part, -1)])
            if k > 1:
                self._row(0.0, [(produced, 1), (part, -1)])
        self._row(0.0, [*[(part, 1.0) for part in parts], (produced, -float(k))])

    def _column(self) -> int:
        self._upper.append(INFINITE)
        return len(self._upper) - 1

    def _row(self, least: float, terms: Sequence[tuple[int, float]]) -> int:
        """Hold a sum at or above a number; give the row."""
        sums: dict[int, float] = {}
        for column, value in terms:
            sums[column] = sums.get(column, 0.0) + value
        self._rows.append((least, INFINITE, list(sums.items())))
        return len(self._rows) - 1

    def _solver(self) -> QuietHighs:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._upper), len(self._rows)
        model.col_cost_ = np.zeros(len(self._upper))
        model.col_lower_, model.col_upper_ = np.zeros(len(self._upper)), np.array(self._upper)
        model.row_lower_ = np.array([least for least, _, _ in self._rows])
        model.row_upper_ = np.array([most for _, most, _ in self._rows])
        terms = [[term for term in row if term[1]] for _, _, row in self._rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *[len(row) for row in terms]])
        model.a_matrix_.index_ = np.array([column for row in terms for column, _ in row], dtype=np.int32)
        model.a_matrix_.value_ = np.array([value for row in terms for _, value in row])
        highs = QuietHighs()
        for option, value in OPTIONS.items():
            highs.setOptionValue(option, value)
        highs.passModel(model)
        return highs


def _relative(network: SupplyNetwork, requirement: int) -> Sequence[float]:
    """Give efficiencies relative to the k-th largest."""
    stated, k = network.requirements.efficiency[requirement], network.requirements.k[requirement]
    kth = sorted(stated, reverse=True)[k - 1]
    return [one / kth for one in stated]
