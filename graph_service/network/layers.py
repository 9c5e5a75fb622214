"""Layers: requirements as arrays, inputs before what needs them, for computing many nodes at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Block:
    """Requirements of one shape: any `k` of as many alternatives.

    `of` says whose they are. As a rule each node has one of them at most; else `first` says where those of each
    node begin. `alternatives` has a row for each alternative and a column for each requirement. `efficiency` runs
    beside it, relative to the k-th largest of its requirement, 1 inside cycles (docs/semantics.md 22); None where
    all are 1. `switch_weeks` runs beside it as well, 0 where not known; None where all are.
    """

    of: Numbers
    first: Numbers | None
    k: int
    alternatives: Numbers
    efficiency: NDArray[np.float64] | None
    switch_weeks: NDArray[np.float64] | None

    @property
    def nodes(self) -> Numbers:
        """The nodes that have the requirements, each once."""
        return self.of if self.first is None else self.of[self.first]

    def greatest(self, of_requirements: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give, out of a row for each requirement, the greatest for each of `nodes`."""
        return of_requirements if self.first is None else np.maximum.reduceat(of_requirements, self.first, axis=0)


@dataclass(frozen=True, slots=True)
class Layer:
    """Nodes that need only nodes of layers before and, where `cyclic`, one another."""

    cyclic: bool
    nodes: Numbers
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Layers:
    """A part of a network that is closed under needs: `nodes` are its numbers in the network, sorted.

    Layers hold places in `nodes`, and only of nodes that need something.
    """

    nodes: Numbers
    layers: Sequence[Layer]

    def behind(self, nodes: Sequence[int]) -> Numbers:
        """Give the numbers in the network of these nodes, given by theirs, and of all that they need; sorted."""
        reached = np.zeros(len(self.nodes), dtype=np.bool_)
        reached[np.searchsorted(self.nodes, nodes)] = True
        for layer in reversed(self.layers):
            while True:
                before = np.count_nonzero(reached[layer.nodes])
                for block in layer.blocks:
                    reached[block.alternatives[:, reached[block.of]]] = True
                if not layer.cyclic or np.count_nonzero(reached[layer.nodes]) == before:
                    break
        return self.nodes[reached]
