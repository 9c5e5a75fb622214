"""Disjoint solutions: as many as share no company, owner group or nation (docs/semantics.md 18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.solutions.first import first_solution
from graph_service.analysis.solutions.minimal import minimal
from graph_service.analysis.solutions.program import NotSolved
from graph_service.analysis.solutions.search import NODES_MAX, Companions, best_solutions
from graph_service.analysis.solutions.supply_program import SupplyProgram
from graph_service.network.condensation import condensed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.measures import Measures
    from graph_service.analysis.solutions.program import Budget
    from graph_service.model.kinds import Objective

Solution = frozenset[int]

SWEEPS_MAX: Final = 20
"""How often the bound is lowered round a cycle; it stays a bound when this ends early."""


@dataclass(frozen=True, slots=True)
class Family:
    """Solutions that share nothing, and how many such there can be; `gap` says what the budget left open."""

    solutions: tuple[Solution, ...]
    greatest: int
    gap: str | None


class DisjointSearch:
    """The search for solutions of one formula of which no two have offers of one share.

    `share_of` gives the number of what an offer belongs to: its company, its owner group, its nation.
    """

    def __init__(
        self, objective: Objective, measures: Measures, reduced: Formula, share_of: Callable[[int], int], budget: Budget
    ) -> None:
        self.objective = objective
        self.measures = measures
        self.reduced = reduced
        self.share_of = share_of
        self.budget = budget
        self.gaps: list[str] = []

    def best(self, k: int) -> Family:
        """Find at most k solutions, as many as there are.

        The first is the best that leaves room for the others, the second the best beside the first, and so on.
        """
        if not self.reduced.nodes:
            return Family((frozenset(),), 1, None)
        family = self._one_by_one(k)
        greatest, family_of_most = self._greatest(len(family))
        wanted = min(k, greatest)
        if len(family) < wanted:
            family = self._with_room(wanted) or family_of_most
        solutions = sorted(family[:wanted], key=lambda solution: self.measures.key(self.objective, solution))
        return Family(tuple(solutions), greatest, "; ".join(self.gaps) or None)

    def _one_by_one(self, k: int) -> list[Solution]:
        """Take the best solution, then the best of what it leaves, to the end; beyond the k-th any will do."""
        family: list[Solution] = []
        left: Formula | None = self.reduced
        while left is not None:
            family.append(
                self._best_of(left, 0)
                if len(family) < k
                else first_solution(left, self.measures.weights(self.objective))
            )
            left = self._beside(left, family[-1])
        return family

    def _with_room(self, size: int) -> list[Solution]:
        """Take the best solution that leaves room for the others, and so on; none where the budget ends."""
        family: list[Solution] = []
        left: Formula | None = self.reduced
        for others in range(size - 1, -1, -1):
            if left is None or self.gaps:
                return []
            family.append(self._best_of(left, others))
            left = self._beside(left, family[-1])
        return family

    def _best_of(self, formula: Formula, others: int) -> Solution:
        room = Companions(others, self.share_of) if others else None
        ranked = best_solutions(self.objective, self.measures, formula, 1, self.budget, room)
        if ranked.gap is not None:
            self.gaps.append(ranked.gap)
        return ranked.solutions[0]

    def _beside(self, formula: Formula, solution: Solution) -> Formula | None:
        """Give what is left of a formula without what a solution uses, whole shares at a time."""
        used = {self.share_of(offer) for offer in solution}
        left = formula.with_only({offer for offer in formula.offers if self.share_of(offer) not in used})
        return None if left is None else left.reduced()

    def _greatest(self, known: int) -> tuple[int, list[Solution]]:
        """Give the greatest number of disjoint solutions, at least `known`, with as many if there are more."""
        family: list[Solution] = []
        greatest = known
        most = self._upper_bound()
        if greatest < most and len(self.reduced.nodes) > NODES_MAX:
            self.gaps.append(f"the greatest number of disjoint solutions is {greatest} to {most}")
            return greatest, family
        while greatest < most:
            supply = SupplyProgram(self.reduced)
            copies = [supply.offer_column, *supply.add_companions(self.reduced, greatest, self.share_of)]
            try:
                values = supply.program.least({}, self.budget)
            except NotSolved:
                self.gaps.append(f"the greatest number of disjoint solutions is {greatest} to {most}")
                break
            if values is None:
                break
            weights = self.measures.weights(self.objective)
            family = [
                minimal(self.reduced, [offer for offer, column in own.items() if values[column] > 0.5], weights)
                for own in copies
            ]
            greatest += 1
        return greatest, family

    def _upper_bound(self) -> int:
        """Bound the number: a node works in no more solutions than its shares, and each need's alternatives, allow."""
        formula = self.reduced
        shares = [None if one is None else len({self.share_of(offer) for offer in one}) for one in formula.supplies]
        ceiling = len({self.share_of(offer) for offer in formula.offers})
        most = [ceiling if one is None else one for one in shares]
        inputs = [[met for need in needs for met in need.alternatives] for needs in formula.needs]
        inputs_first: Sequence[int] = [node for group in condensed([0], inputs).groups for node in group]
        for _ in range(SWEEPS_MAX):
            before = list(most)
            for node in inputs_first:
                for need in formula.needs[node]:
                    most[node] = min(most[node], sum([most[met] for met in need.alternatives]) // need.k)
            if most == before:
                break
        return most[0]
