"""Reliability and importance by brute force: every set of elements that may fail, one by one, in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from tests.analysis.brute_risk import ESTIMATE, UPPER, RiskBrute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.model.kinds import Level
    from graph_service.model.world import World
    from tests.networks import Rows


class ReliabilityBrute(RiskBrute):
    """The elements of one level behind a target, and what becomes of it whichever of them fail."""

    def __init__(self, rows: Rows, world: World, target: str, level: Level) -> None:
        super().__init__(rows, world)
        self.target = target
        self.level = level
        self.names: Sequence[str] = self.elements(level, target)

    @cached_property
    def failing(self) -> Mapping[tuple[bool, ...], bool]:
        """Tell, for every way in which elements may fail, whether the target does."""
        return {
            fates: self.fails(
                self.target, self.level, [name for name, failed in zip(self.names, fates, strict=True) if failed]
            )
            for fates in product([False, True], repeat=len(self.names))
        }

    def failure(self, probability: Fraction, certain: Mapping[str, bool] | None = None) -> Fraction:
        """Sum the probabilities of all ways in which the target fails; the fate of some elements may be certain."""
        total = Fraction(0)
        for fates, fails in self.failing.items():
            if fails:
                weight = Fraction(1)
                for name, failed in zip(self.names, fates, strict=True):
                    likely = Fraction(certain[name]) if certain and name in certain else probability
                    weight *= likely if failed else 1 - likely
                total += weight
        return total

    def systemic_risk(self, element: str) -> Fraction:
        """Average the loss of all components, unknown ones losing nothing."""
        lost = self.losses(ESTIMATE, *self.taken(self.level, [element]))
        return sum(
            (part for node, part in lost.items() if node in self.kind and not self.is_unknown(node)), Fraction(0)
        ) / len(self.kind)

    def downstream_reach(self, element: str) -> int:
        lost = self.losses(UPPER, *self.taken(self.level, [element]))
        return sum(part > 0 for node, part in lost.items() if node in self.present)
