"""The sweeper: a formula made ready for being swept again and again, each time with other sets of bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.sweep import sweep
from graph_service.network.condensation import condensed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.solutions.formula import Formula


class Sweeper:
    """A formula, which may be empty: then nothing fails its target."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        inputs = [[met for need in needs for met in need.alternatives] for needs in formula.needs]
        self.condensation = condensed([0] if inputs else [], inputs)

    def target(self, own: Sequence[int]) -> int:
        """Give the bits that fail the target where these end the own supplies."""
        if not own:
            return 0
        return sweep(self.formula.needs, self.condensation, self.condensation.groups, own)[0]
