"""Integer programs: columns, rows, and their least value, found by HiGHS (Huangfu and Hall 2018)."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

INFINITE: Final = float("inf")


class OutOfTime(Exception):  # noqa: N818  # a budget ended; the search says what stands so far
    """The budget of a search ended before its program was solved.

    `bound` is a value that no solution goes below, minus infinity if nothing is known; `values` are the columns
    of the best solution found, if any was.
    """

    def __init__(self, bound: float, values: Sequence[float] | None = None) -> None:
        super().__init__("the budget of the search is over")
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

    def column(self, upper: float = 1.0, *, lower: float = 0.0, whole: bool = True) -> int:
        """Add a column, 0 or 1 unless told, and give its number."""
        self.lower.append(lower)
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

        Raises OutOfTime at the end of the budget.
        """
        left = budget.left
        if left <= 0:
            raise OutOfTime(-INFINITE)
        highs = _QuietHighs()
        for option, value in (*OPTIONS.items(), ("time_limit", left)):
            highs.setOptionValue(option, value)
        highs.passModel(self._model(costs))
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return highs.getSolution().col_value
        if status in IMPOSSIBLE:
            return None
        info = highs.getInfo()
        has_values = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if budget.left>0: print('STATUS',status); highs.writeModel('/tmp/an/bad.mps')  # DEBUG
        raise OutOfTime(float(info.mip_dual_bound), highs.getSolution().col_value if has_values else None)

    def _model(self, costs: Mapping[int, float]) -> highspy.HighsLp:
        model = highspy.HighsLp()
        count = len(self.upper)
        model.num_col_, model.num_row_ = count, len(self.rows)
        cost = np.zeros(count)
        for column, value in costs.items():
            cost[column] = value
        model.col_cost_ = cost
        model.col_lower_, model.col_upper_ = np.array(self.lower), np.array(self.upper)
        model.row_lower_ = np.array([row.lower for row in self.rows])
        model.row_upper_ = np.array([row.upper for row in self.rows])
        model.integrality_ = [WHOLE if whole else FRACTION for whole in self.whole]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *[len(row.terms) for row in self.rows]])
        model.a_matrix_.index_ = np.array([column for row in self.rows for column, _ in row.terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([value for row in self.rows for _, value in row.terms])
        return model


def _merged(terms: Iterable[tuple[int, float]]) -> Sequence[tuple[int, float]]:
    """Name each column once, and only where it counts, as HiGHS asks."""
    sums: dict[int, float] = {}
    for column, value in terms:
        sums[column] = sums.get(column, 0.0) + value
    return [(column, value) for column, value in sums.items() if value]


class _QuietHighs(highspy.Highs):
    """A solver without callbacks, whose set-up would write a banner to standard output."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the name is HiGHS's
        pass


OPTIONS: Final = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "presolve_rule_off": 1 << 16,  # its enumeration of solutions drops rows that hold a sum to 1 (HiGHS issue 3216)
}
WHOLE: Final = highspy.HighsVarType.kInteger
FRACTION: Final = highspy.HighsVarType.kContinuous
IMPOSSIBLE: Final = {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}
