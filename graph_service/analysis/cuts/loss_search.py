"""The search for the sets of elements that cost a target most, where no set costs it all (docs/semantics.md 28).

What a target loses never falls when more elements fail. So if it loses less than the worst found even when all but
some elements fail, each worse set holds one of these: they are all that the search has to branch on.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.cut_search import OutOfTime
from graph_service.analysis.disrupted.own_losses import ESTIMATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.disrupted.target_losses import TargetLosses
    from graph_service.analysis.solutions.program import Budget

ALIKE: Final = 1e-9
"""Losses that differ by less are ties: they differ by rounding only."""


class LossSearch:
    """The greatest loss found so far, and the sets that cost as much."""

    def __init__(self, target_losses: TargetLosses, time: Budget) -> None:
        self.target_losses = target_losses
        self.time = time
        self.greatest = ALIKE
        self.ties: list[frozenset[int]] = []
        self.complete = True

    def run(self, size: int) -> None:
        """Search all sets of at most so many elements, as far as the time lasts."""
        try:
            self._extend(frozenset(), 0.0, range(len(self.target_losses.elements.ids)), size)
        except OutOfTime:
            self.complete = False

    def worst(self) -> Sequence[frozenset[int]]:
        """Give the sets that cost most and of which no element can be left out."""
        known = set(self.ties)
        return [one for one in self.ties if not any(part in known for part in _parts(one))]

    def _extend(self, chosen: frozenset[int], costs: float, others: Sequence[int], left: int) -> None:
        """Try all sets of the chosen elements and at most `left` others."""
        cost_of = dict(zip(others, self._losses([chosen | {one} for one in others]), strict=True))
        for one, cost in cost_of.items():
            self._note(chosen | {one}, cost)
        if left == 1:
            return
        done: set[int] = set()
        for one in self._branches(chosen, costs, sorted(others, key=lambda other: (cost_of[other], other))):
            if self.time.left <= 0:
                raise OutOfTime
            done.add(one)
            self._extend(chosen | {one}, cost_of[one], [other for other in others if other not in done], left - 1)

    def _note(self, chosen: frozenset[int], cost: float) -> None:
        if cost > self.greatest + ALIKE:
            self.greatest = cost
            self.ties = [chosen]
        elif cost >= self.greatest - ALIKE and cost > ALIKE:
            self.ties.append(chosen)

    def _branches(self, chosen: frozenset[int], costs: float, others: Sequence[int]) -> Sequence[int]:
        """Find few elements without which no set worth finding is left.

        That is one that costs as much as the greatest or, where the chosen ones do already, more.
        """
        attained = costs >= self.greatest - ALIKE
        failing = chosen
        needed: list[int] = []
        waiting = [list(others)]
        while waiting:
            if self.time.left <= 0:
                raise OutOfTime
            some = waiting.pop()
            (cost,) = self._losses([failing.union(some)])
            if cost < self.greatest - ALIKE or (attained and cost <= self.greatest + ALIKE):
                failing = failing.union(some)
            elif len(some) == 1:
                needed += some
            else:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
        return needed

    def _losses(self, sets: Sequence[frozenset[int]]) -> Sequence[float]:
        return self.target_losses.of(sets, [ESTIMATE])[:, 0].tolist()


def _parts(whole: frozenset[int]) -> list[frozenset[int]]:
    """Give all smaller sets but the empty one."""
    return [frozenset(part) for size in range(1, len(whole)) for part in combinations(sorted(whole), size)]
