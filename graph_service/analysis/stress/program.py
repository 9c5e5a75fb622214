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
    from graph_service.network.tables import Requirements

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
        self._rows: list[tuple[float, Sequence[tuple[int, float]]]] = []
        self._columns = 2
        self._produced = {node: self._column() for node in nodes}
        target = nodes[0]
        self._row(0.0, [(WEEKS, 1), (GIVEN, -1)])
        self._row(-stock.get(target, 0.0), [(self._produced[target], 1), (GIVEN, -1)])
        self._limit = {node: self._add_limit(node, capacity.get(node)) for node in nodes}
        table, requirements = network.requirement_table, network.requirements_of
        for node in nodes:
            for number in requirements[node]:
                rows = slice(int(table.start[number]), int(table.start[number] + table.count[number]))
                met = table.alternative[rows].tolist()
                self._add_requirement(node, int(table.k[number]), met, relative(network.requirements, number), stock)
        self._lower = np.array([least for least, _ in self._rows])
        self._values = np.array([value for _, terms in self._rows for _, value in terms])
        self._start = np.cumsum([0, *[len(terms) for _, terms in self._rows]])
        self._model = self._written()
        self._highs = QuietHighs()
        for option, value in OPTIONS.items():
            self._highs.setOptionValue(option, value)

    def survived(self, lost: Mapping[int, float], budget: Budget) -> float:
        """Give the weeks for which the target is given all it demands, infinite for ever. `lost` are other capacities.

        Raises NotSolved at the end of the budget.
        """
        weeks = self._greatest(WEEKS, (0.0, WEEKS_MAX), lost, budget)
        return INFINITE if weeks >= WEEKS_MAX * (1 - TOLERANCE) else weeks

    def given(self, weeks: float, lost: Mapping[int, float], budget: Budget) -> float:
        """Give the most that the target is given in so many weeks, in weeks of demand. Raises NotSolved likewise."""
        return self._greatest(GIVEN, (weeks, weeks), lost, budget)

    def _greatest(self, column: int, weeks: tuple[float, float], lost: Mapping[int, float], budget: Budget) -> float:
        """Give the greatest value of a column.

        All limits are passed at once, since changing one takes as long as a look at all of them.
        """
        highs, basis = self._highs, self._highs.getBasis()
        values, lower = self._values.copy(), self._lower.copy()
        for node, capacity in lost.items():
            row = self._limit[node]
            values[self._start[row]], lower[row] = capacity, 0.0
        self._model.a_matrix_.value_, self._model.row_lower_ = values, lower
        highs.passModel(self._model)
        highs.changeColBounds(WEEKS, *weeks)
        highs.changeColCost(column, -1.0)
        if column == WEEKS:
            highs.changeRowBounds(0, 0.0, 0.0)
        if basis.valid:
            highs.setBasis(basis)
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
        raise NotSolved(-INFINITE)

    def _add_limit(self, node: int, capacity: float | None) -> int:
        """Let a node produce so much a week, the first value of the row; None for no limit."""
        least = -INFINITE if capacity is None else 0.0
        return self._row(least, [(WEEKS, capacity or 0.0), (self._produced[node], -1)])

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
        self._columns += 1
        return self._columns - 1

    def _row(self, least: float, terms: Sequence[tuple[int, float]]) -> int:
        """Hold a sum at or above a number; give the row."""
        sums: dict[int, float] = {}
        for column, value in terms:
            sums[column] = sums.get(column, 0.0) + value
        self._rows.append((least, list(sums.items())))
        return len(self._rows) - 1

    def _written(self) -> highspy.HighsLp:
        """Write all but the limits, of which there are others in each case."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._columns, len(self._rows)
        model.col_cost_, model.col_lower_ = np.zeros(self._columns), np.zeros(self._columns)
        model.col_upper_ = np.full(self._columns, INFINITE)
        model.row_upper_ = np.full(len(self._rows), INFINITE)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = self._start
        model.a_matrix_.index_ = np.array([column for _, terms in self._rows for column, _ in terms], dtype=np.int32)
        return model


def relative(requirements: Requirements, number: int) -> Sequence[float]:
    """Give the efficiencies of a requirement relative to its k-th largest."""
    stated, k = requirements.efficiency[number], requirements.k[number]
    kth = sorted(stated, reverse=True)[k - 1]
    return [one / kth for one in stated]
