"""Integer programs: columns, rows, and their least value, found by HiGHS (Huangfu and Hall 2018)."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

INFINITE: Final = float("inf")

TOLERANCE: Final = 1e-6
"""How far the value of a row or a cost may be off, as a part of it; HiGHS promises as much."""

OPTIONS: Final = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    # of the reductions before the search, "enumerate solutions" drops rows that hold a sum at 1 (HiGHS issue 3216)
    "presolve_rule_off": 1 << 16,
}

REDUCTIONS: Final = ("choose", "off")
"""Reductions before the search, then, should its result not keep the rows, none."""


class NotSolved(Exception):
    """A program was not solved, as a rule because the budget ended.

    `bound` is a value that no solution goes below, minus infinity if nothing is known; `values` are the columns
    of the best solution found, if any was.
    """

    def __init__(self, bound: float, values: Sequence[float] | None = None) -> None:
        super().__init__("the integer program was not solved within its budget")
        self.bound = bound
        self.values = values


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds that a search may take, from its making on."""

    seconds: float
    started: float = field(default_factory=perf_counter)

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.started + self.seconds - perf_counter())


class Row(NamedTuple):
    """A sum of coefficients times columns, held between two numbers."""

    lower: float
    upper: float
    terms: Sequence[tuple[int, float]]


class Program:
    """Columns between bounds, whole numbers or not, and rows over them; copied before something is tried out."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[Row] = []

    def copy(self) -> Program:
        """Give a program that may be changed without changing this one."""
        other = Program()
        other.lower, other.upper = list(self.lower), list(self.upper)
        other.whole, other.rows = list(self.whole), list(self.rows)
        return other

    def column(self, upper: float = 1.0, *, whole: bool = True) -> int:
        """Add a column from 0 to `upper`, and give its number."""
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def at_least(self, lower: float, terms: Iterable[tuple[int, float]]) -> None:
        """Hold a sum at or above a number."""
        self.rows.append(Row(lower, INFINITE, _merged(terms)))

    def at_most(self, upper: float, terms: Iterable[tuple[int, float]]) -> None:
        """Hold a sum at or below a number."""
        self.rows.append(Row(-INFINITE, upper, _merged(terms)))

    def fix(self, column: int, value: float) -> None:
        """Give a column one value."""
        self.lower[column] = self.upper[column] = value

    def least(self, costs: Mapping[int, float], budget: Budget) -> Sequence[float] | None:
        """Give the columns' values at the least sum of costs, None where no values keep all rows.

        Raises NotSolved at the end of the budget.
        """
        rows = _Rows(self)
        cost = np.zeros(len(self.upper))
        cost[list(costs)] = list(costs.values())
        bound, found = -INFINITE, None
        for reductions in REDUCTIONS:
            if budget.left <= 0:
                break
            highs = QuietHighs()
            for option, value in (*OPTIONS.items(), ("presolve", reductions), ("time_limit", budget.left)):
                highs.setOptionValue(option, value)
            highs.passModel(self._model(cost, rows))
            highs.run()
            status, info = highs.getModelStatus(), highs.getInfo()
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
            values = np.array(highs.getSolution().col_value)
            kept = rows.keep(values) and abs(cost @ values - info.objective_function_value) <= TOLERANCE * max(
                1.0, abs(info.objective_function_value)
            )
            if kept and status == highspy.HighsModelStatus.kOptimal:
                return values.tolist()
            if status == highspy.HighsModelStatus.kTimeLimit:
                bound, found = float(info.mip_dual_bound), values.tolist() if kept else None
        raise NotSolved(bound, found)

    def _model(self, cost: NDArray[np.float64], rows: _Rows) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.upper), len(self.rows)
        model.col_cost_ = cost
        model.col_lower_, model.col_upper_ = rows.column_lower, rows.column_upper
        model.row_lower_, model.row_upper_ = rows.lower, rows.upper
        whole, fraction = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [whole if one else fraction for one in self.whole]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.start, rows.column, rows.value
        return model


class _Rows:
    """The rows and bounds of a program as arrays."""

    def __init__(self, program: Program) -> None:
        rows = program.rows
        lengths = [len(row.terms) for row in rows]
        self.column_lower, self.column_upper = np.array(program.lower), np.array(program.upper)
        self.lower = np.array([row.lower for row in rows])
        self.upper = np.array([row.upper for row in rows])
        self.start = np.cumsum([0, *lengths])
        self.column = np.array([column for row in rows for column, _ in row.terms], dtype=np.int32)
        self.value = np.array([value for row in rows for _, value in row.terms])
        self.row = np.repeat(np.arange(len(rows)), lengths)

    def keep(self, values: NDArray[np.float64]) -> bool:
        """Tell whether values keep all rows and bounds."""
        if len(values) != len(self.column_lower):
            return False
        sums = np.zeros(len(self.lower))
        np.add.at(sums, self.row, self.value * values[self.column])
        return _between(self.lower, sums, self.upper) and _between(self.column_lower, values, self.column_upper)


def _between(lower: NDArray[np.float64], values: NDArray[np.float64], upper: NDArray[np.float64]) -> bool:
    room = TOLERANCE * np.maximum(1.0, np.abs(values))
    return bool(np.all(values >= lower - room) and np.all(values <= upper + room))


class QuietHighs(highspy.Highs):
    """A solver without callbacks, whose set-up would write a banner to standard output."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the name is HiGHS's
        """Leave callbacks out."""


def _merged(terms: Iterable[tuple[int, float]]) -> Sequence[tuple[int, float]]:
    """Name each column once, and only where it counts, as HiGHS asks."""
    sums: dict[int, float] = {}
    for column, value in terms:
        sums[column] = sums.get(column, 0.0) + value
    return [(column, value) for column, value in sums.items() if value]
