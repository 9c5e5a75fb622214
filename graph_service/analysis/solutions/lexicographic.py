"""The best solution of a program: one stage after another, then fewest offers, then least ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.solutions.program import INFINITE, TOLERANCE, NotSolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.analysis.solutions.program import Budget, Program
    from graph_service.analysis.solutions.supply_program import SupplyProgram


@dataclass(frozen=True, slots=True)
class Best:
    """The best solution of a program and its values, stage by stage; its ids are the least if it was worth them."""

    chosen: frozenset[int]
    values: Sequence[float]


class Unproven(Exception):
    """The budget ended before the best solution was proven; `bound` is of the first stage.

    `chosen` is a solution found on the way, if any.
    """

    def __init__(self, bound: float, chosen: frozenset[int] | None) -> None:
        super().__init__("the budget of the search is over")
        self.bound = bound
        self.chosen = chosen


def best_solution(
    supply: SupplyProgram,
    stages: Sequence[Mapping[int, float]],
    budget: Budget,
    is_worth_least_ids: Callable[[Best], bool] = lambda _: True,
) -> Best | None:
    """Find the solution of least stages, then fewest offers, then least ids; None if there is none.

    Raises Unproven when the budget ends first.
    """
    program = supply.program.copy()
    fewest = dict.fromkeys(supply.offer_column.values(), 1.0)
    found: Sequence[float] = ()
    reached: list[float] = []
    try:
        for costs in (*stages, fewest):
            values = _least(program, costs, budget, is_first=not reached)
            if values is None:
                return None
            found = values
            reached.append(sum([values[column] * cost for column, cost in costs.items()]))
            program.at_most(_rounded_up(reached[-1], costs), costs.items())
        best = Best(supply.chosen(found), reached)
        if not is_worth_least_ids(best):
            return best
        return Best(supply.chosen(_of_least_ids(program, supply, found, budget)), reached)
    except NotSolved as over:
        values = found or over.values
        raise Unproven(reached[0] if reached else over.bound, supply.chosen(values) if values else None) from over


def _least(program: Program, costs: Mapping[int, float], budget: Budget, *, is_first: bool) -> Sequence[float] | None:
    values = program.least(costs, budget)
    if values is None and not is_first:
        raise NotSolved(-INFINITE)  # the values of the stage before keep the rows, so this is rounding
    return values


def _rounded_up(value: float, costs: Mapping[int, float]) -> float:
    """Give the value with the least room that rounding needs: none where whole numbers are added."""
    if all(cost == int(cost) for cost in costs.values()) and abs(value - round(value)) < TOLERANCE:
        return float(round(value))
    return value + TOLERANCE * max(1.0, abs(value))


def _of_least_ids(program: Program, supply: SupplyProgram, values: Sequence[float], budget: Budget) -> Sequence[float]:
    """Move to the solution of least ids among those that keep the rows, all of one size.

    Of sets of one size, the least has the first offer in which two of them differ. So ask, again and again, for
    a solution with an offer that the present one lacks, and with all that it has before: the earliest such offer.
    """
    columns = [column for _, column in sorted(supply.offer_column.items())]
    settled = 0
    while True:
        has = [values[column] > 0.5 for column in columns]
        last = max((place for place, chosen in enumerate(has) if chosen), default=-1)
        lacking = [place for place in range(settled, last) if not has[place] and program.upper[columns[place]] > 0]
        if not lacking:
            return values
        trial = program.copy()
        costs = _add_first_difference(trial, columns, has, lacking, settled, last)
        found = trial.least(costs, budget)
        if found is None:
            return values
        first = next(place for place in lacking if found[columns[place]] > 0.5)
        for place in range(settled, first + 1):
            program.fix(columns[place], found[columns[place]] > 0.5)
        values, settled = found[: len(program.upper)], first + 1


def _add_first_difference(
    trial: Program, columns: Sequence[int], has: Sequence[bool], lacking: Sequence[int], settled: int, last: int
) -> Mapping[int, float]:
    """Add a column for each lacking offer that may come in first, and hold the chosen ones before it."""
    comes_in = {place: trial.column(whole=False) for place in lacking}
    trial.at_least(1, [(column, 1) for column in comes_in.values()])
    trial.at_most(1, [(column, 1) for column in comes_in.values()])
    for place, column in comes_in.items():
        trial.at_least(0, [(columns[place], 1), (column, -1)])
    later = -1
    since: list[int] = []
    for place in range(last, settled - 1, -1):
        if place in comes_in:
            since.append(comes_in[place])
        elif has[place]:
            # this one stays while any offer behind it comes in
            behind = trial.column(whole=False)
            terms = [(behind, 1.0), *[(column, -1.0) for column in since]]
            trial.at_least(0, [*terms, (later, -1.0)] if later >= 0 else terms)
            trial.at_least(0, [(columns[place], 1), (behind, -1)])
            later, since = behind, []
    # the number of offers is held by a row already; as a cost it also guides the search, and ranks stay below 1
    ranks = {column: rank / len(columns) for rank, column in enumerate(comes_in.values())}
    return dict.fromkeys(columns, 1.0) | ranks
