"""The k best solutions of a formula: proven as far as the budget lasts, the best found beyond."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from graph_service.analysis.solutions.first import first_solution
from graph_service.analysis.solutions.lexicographic import Unproven, best_solution
from graph_service.analysis.solutions.minimal import minimal
from graph_service.analysis.solutions.phases import phases
from graph_service.analysis.solutions.program import INFINITE, TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.lexicographic import Best
    from graph_service.analysis.solutions.measures import Key, Measures
    from graph_service.analysis.solutions.phases import Phase
    from graph_service.analysis.solutions.program import Budget
    from graph_service.analysis.solutions.supply_program import SupplyProgram
    from graph_service.model.kinds import Objective

NODES_MAX: Final = 20_000
"""A reduced formula with more nodes is not searched: its program alone would take longer than a caller waits."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Solutions, best first, of which the first `proven` are proven to be the best; `gap` says what is open."""

    solutions: tuple[frozenset[int], ...]
    proven: int
    gap: str | None


def best_solutions(
    objective: Objective,
    measures: Measures,
    reduced: Formula,
    k: int,
    budget: Budget,
    prepare: Callable[[SupplyProgram], None] = lambda _: None,
) -> Ranked:
    """Find the k best solutions, or all if there are fewer; `reduced` is a reduced formula whose target can work.

    Each solution found is forbidden with whatever holds it, which takes nothing else that is minimal away, and
    the program is solved again. `prepare` may add rows to a program: what a solution must leave room for.
    """
    if not reduced.nodes:
        return Ranked((frozenset(),), 1, None)
    search = _Search(objective, measures, reduced)
    try:
        search.run(k, budget, prepare)
    except Unproven as ended:
        return search.as_far_as_found(k, ended)
    solutions = search.ranked(k)
    return Ranked(solutions, len(solutions), None)


class _Search:
    """Solutions found so far, each with its key, and how many of them nothing unfound can precede."""

    def __init__(self, objective: Objective, measures: Measures, reduced: Formula) -> None:
        self.objective = objective
        self.measures = measures
        self.reduced = reduced
        self.weights = measures.weights(objective)
        self.key_of: dict[frozenset[int], Key] = {}
        self.settled = 0
        self.phase: Phase | None = None

    def run(self, k: int, budget: Budget, prepare: Callable[[SupplyProgram], None]) -> None:
        """Find the k best; raises Unproven at the end of the budget."""
        if len(self.reduced.nodes) > NODES_MAX:
            raise Unproven(-INFINITE, None)
        for phase in phases(self.objective, self.measures, self.reduced):
            self.phase = phase
            prepare(phase.supply)
            for found in self.key_of:
                phase.supply.forbid(found)
            while (best := best_solution(phase.supply, phase.stages, budget)) is not None:
                bound = self._take(phase, best)
                self.settled = sum([key <= bound for key in self.key_of.values()])
                if self.settled >= k:
                    return

    def ranked(self, k: int) -> tuple[frozenset[int], ...]:
        """Give the best k of what was found, best first."""
        return tuple(sorted(self.key_of, key=self.key_of.__getitem__)[:k])

    def as_far_as_found(self, k: int, ended: Unproven) -> Ranked:
        """Give the best of what was found, with a first solution and its neighbours where that is not enough."""
        if ended.chosen is not None:
            self._add(minimal(self.reduced, ended.chosen, self.weights))
        if len(self.key_of) < k:
            first = first_solution(self.reduced, self.weights)
            self._add(first)
            for solution in islice(_neighbours(self.reduced, first), k):
                self._add(solution)
        solutions = self.ranked(k)
        return Ranked(solutions, self.settled, self._gap(solutions, ended.bound))

    def _add(self, solution: frozenset[int]) -> None:
        if solution not in self.key_of:
            self.key_of[solution] = self.measures.key(self.objective, solution)

    def _take(self, phase: Phase, best: Best) -> Key:
        """Keep a solution and forbid it; give a key that no solution still to be found goes below."""
        solution = minimal(self.reduced, best.chosen, self.weights)
        self._add(solution)
        phase.supply.forbid(solution)
        key = self.key_of[solution]
        if phase.bounds_only:
            bounds = [round(best.values[0]), best.values[1] + TOLERANCE]
            if solution != best.chosen or key[0] > bounds[0] or key[1] > bounds[1]:
                return (*bounds, len(best.chosen), *sorted(best.chosen))
        return key

    def _gap(self, solutions: tuple[frozenset[int], ...], bound: float) -> str:
        proven = f"{self.settled} of {len(solutions)} solutions are proven to be the best"
        if self.phase is None or bound == -INFINITE or self.settled >= len(solutions):
            return proven
        value = self.phase.value(solutions[self.settled])
        least = bound * self.phase.unit
        return f"{proven}; the next one found has {value:g} {self.phase.measure}, and none has less than {least:g}"


def _neighbours(reduced: Formula, solution: frozenset[int]) -> Iterator[frozenset[int]]:
    """Give the solutions that take one offer from somebody else; they are minimal if the given one is."""
    for supplies in reduced.supplies:
        for offer in supplies or ():
            if offer in solution:
                yield from [solution - {offer} | {other} for other in supplies or () if other != offer]
