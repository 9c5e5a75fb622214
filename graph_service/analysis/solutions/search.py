"""The k best solutions of a formula: proven as far as the budget lasts, the best found beyond."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.solutions.first import first_solution
from graph_service.analysis.solutions.lexicographic import Unproven, best_solution
from graph_service.analysis.solutions.measures import ties
from graph_service.analysis.solutions.minimal import minimal
from graph_service.analysis.solutions.phases import Phases
from graph_service.analysis.solutions.program import INFINITE
from graph_service.analysis.solutions.quick import quick_solution
from graph_service.analysis.solutions.redundancy import redundant_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph_service.analysis.solutions.formula import Formula, Supplies
    from graph_service.analysis.solutions.lexicographic import Best
    from graph_service.analysis.solutions.measures import Key, Measures
    from graph_service.analysis.solutions.phases import Phase
    from graph_service.analysis.solutions.program import Budget
    from graph_service.model.kinds import Objective

NODES_MAX: Final = 20_000
"""A reduced formula with more nodes is not searched: its program alone would take longer than a caller waits."""

DIGITS: Final = 5
"""Decimals of a week to which the bounds of a program are right."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Solutions, best first, of which the first `proven` are proven to be the best; `gap` says what is open."""

    solutions: tuple[frozenset[int], ...]
    proven: int
    gap: str | None


@dataclass(frozen=True, slots=True)
class Companions:
    """So many further solutions must have room beside each: no two with offers that `share_of` numbers alike."""

    count: int
    share_of: Callable[[int], int]


def best_supplies(objective: Objective, measures: Measures, k: int, budget: Budget) -> Ranked:
    """Find the k best solutions of a target that can work, or all if there are fewer.

    A first one is found before anything else; a formula is written only where there is time to search it.
    """
    supply = measures.supply
    weights = measures.weights(objective)
    quick = quick_solution(supply, np.fromiter(weights.values(), dtype=np.float64, count=len(weights)))
    if not quick.open_count:
        return Ranked((frozenset(),), 1, None)
    if budget.left and quick.open_count <= NODES_MAX:
        return best_solutions(objective, measures, supply.formula.reduced(), k, budget, first=quick.solution)
    found = {quick.solution, *islice(_neighbours(supply.choices(quick.solution), quick.solution), k)}
    solutions = tuple(sorted(found, key=partial(measures.key, objective))[:k])
    return Ranked(solutions, 0, _why_open(solutions, 0, budget, quick.open_count))


def best_solutions(
    objective: Objective,
    measures: Measures,
    reduced: Formula,
    k: int,
    budget: Budget,
    companions: Companions | None = None,
    first: frozenset[int] | None = None,
) -> Ranked:
    """Find the k best solutions, or all if there are fewer; `reduced` is a reduced formula whose target can work.

    `first` is a solution to fall back on when the budget ends, if one is known.
    Each solution found is forbidden with whatever holds it, which takes nothing else that is minimal away, and
    the program is solved again.
    """
    if not reduced.nodes:
        return Ranked((frozenset(),), 1, None)
    search = _Search(objective, measures, reduced, k, companions)
    try:
        search.run(budget)
    except Unproven as ended:
        return search.as_far_as_found(ended, budget, first)
    solutions = search.ranked()
    return Ranked(solutions, len(solutions), None)


class _Search:
    """Solutions found so far, each with its key, and how many of them nothing unfound can precede."""

    def __init__(
        self, objective: Objective, measures: Measures, reduced: Formula, k: int, companions: Companions | None
    ) -> None:
        self.objective = objective
        self.measures = measures
        self.reduced = reduced
        self.k = k
        self.companions = companions
        self.weights = measures.weights(objective)
        self.key_of: dict[frozenset[int], Key] = {}
        self.settled = 0
        self.phase: Phase | None = None

    def run(self, budget: Budget) -> None:
        """Find the k best; raises Unproven at the end of the budget."""
        if len(self.reduced.nodes) > NODES_MAX or not budget.left:  # no time to write a program either
            raise Unproven(-INFINITE, None)
        beside = self.companions
        for phase in Phases(self.objective, self.measures, self.reduced, beside.share_of if beside else _no_shares):
            self.phase = phase
            if beside is not None:
                phase.supply.add_companions(self.reduced, beside.count, beside.share_of)
            while (best := best_solution(phase.supply, phase.stages, budget, self._is_as_good_as_it_seems)) is not None:
                bound = self._take(phase, best)
                self.settled = sum([_comparable(key, phase) <= bound for key in self.key_of.values()])
                if self.settled >= self.k:
                    return
            self.settled = len(self.key_of)  # what a later phase finds is worse
            if self.settled >= self.k:
                return

    def ranked(self) -> tuple[frozenset[int], ...]:
        """Give the best k of what was found, best first."""
        return tuple(sorted(self.key_of, key=self.key_of.__getitem__)[: self.k])

    def as_far_as_found(self, ended: Unproven, budget: Budget, first: frozenset[int] | None) -> Ranked:
        """Give the best of what was found, with a first solution and neighbours where that is not enough."""
        if ended.chosen is not None and self.reduced.working(ended.chosen)[0]:
            self._add(minimal(self.reduced, ended.chosen, self.weights))
        if len(self.key_of) < self.k:
            self._add(first_solution(self.reduced, self.weights) if first is None else first)
            for solution in islice(_neighbours(self.reduced.supplies, self.ranked()[0]), self.k):
                self._add(solution)
        solutions = self.ranked()
        return Ranked(solutions, self.settled, self._gap(solutions, ended.bound, budget))

    def _add(self, solution: frozenset[int]) -> None:
        if solution not in self.key_of:
            self.key_of[solution] = self.measures.key(self.objective, solution)

    def _take(self, phase: Phase, best: Best) -> Key:
        """Keep a solution and those that it stands for, and forbid it; give a key that no other goes below."""
        solution = minimal(self.reduced, best.chosen, self.weights)
        phase.supply.forbid(solution)
        for offer in best.chosen - solution:
            if self.reduced.working(best.chosen - {offer})[0]:
                nodes = redundant_together(self.reduced, best.chosen, offer)
                phase.supply.forbid_together([self.reduced.supplies[node] or () for node in nodes])
        wanted = self.k
        for one in phase.choices.expanded(solution, partial(self.measures.key, phase.order)):
            wanted -= one not in self.key_of
            self._add(one)
            if not wanted:
                break
        if phase.bounds_only and not self._is_as_good_as_it_seems(best):
            return _comparable((*best.values[:-1], len(best.chosen)), phase)
        return _comparable((*phase.rank(solution), *ties(solution)), phase)

    def _is_as_good_as_it_seems(self, best: Best) -> bool:
        """Tell whether a choice of the program is a solution of just the costs that the program counts for it."""
        phase = self.phase
        if phase is None or not phase.bounds_only:
            return True
        if minimal(self.reduced, best.chosen, self.weights) != best.chosen:
            return False
        seems = _comparable((*best.values[:-1],), phase)
        return _comparable(phase.rank(best.chosen), phase) <= seems

    def _gap(self, solutions: tuple[frozenset[int], ...], bound: float, budget: Budget) -> str:
        proven = _why_open(solutions, self.settled, budget, len(self.reduced.nodes))
        if bound == -INFINITE or self.settled >= len(solutions):
            return proven
        assert self.phase is not None, "a bound comes from a phase"
        value = self.phase.value(solutions[self.settled])
        least = bound * self.phase.unit
        return f"{proven}; the next one found has {value:g} {self.phase.measure}, and none has less than {least:g}"


def _why_open(solutions: Sequence[frozenset[int]], settled: int, budget: Budget, open_count: int) -> str:
    proven = f"within {budget.seconds:g} s, {settled} of {len(solutions)} solutions were proven to be the best"
    if open_count > NODES_MAX:
        return f"{proven}; {open_count:,} components are more than the {NODES_MAX:,} that are searched"
    return proven


def _comparable(key: Key, phase: Phase) -> Key:
    """Round what a program may have found slightly off, so that ties are seen as such."""
    return (round(key[0]), round(key[1], DIGITS), *key[2:]) if phase.bounds_only else key


def _no_shares(_: int) -> int:
    return 0


def _neighbours(choices: Iterable[Supplies], solution: frozenset[int]) -> Iterator[frozenset[int]]:
    """Give the solutions that take one offer from somebody else; they are minimal if the given one is."""
    for supplies in choices:
        for offer in supplies or ():
            if offer in solution:
                yield from [solution - {offer} | {other} for other in supplies or () if other != offer]
