"""The requirements of a network as a table, column by column, from which its layers are cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.network.layers import Block, Layer, Layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graph_service.network.condensation import Condensation
    from graph_service.network.tables import Requirements

    Numbers = NDArray[np.intp]


TURNS_MAX: Final = 8
"""Blocks of one shape that hold one requirement of each node; what nodes have beyond shares one more block."""


@dataclass(frozen=True, slots=True)
class RequirementTable:
    """The requirements of a network, column by column, each with the level of the node that has it.

    `start` and `count` say where its alternatives stand in `alternative`, `efficiency` and `switch_weeks`. A `plain`
    one has alternatives of one efficiency.
    """

    of: Numbers
    level: Numbers
    cyclic: NDArray[np.bool_]
    k: Numbers
    plain: NDArray[np.bool_]
    start: Numbers
    count: Numbers
    alternative: Numbers
    efficiency: NDArray[np.float64]
    switch_weeks: NDArray[np.float64]

    def layers(self, node_count: int, nodes: Sequence[int] | None = None) -> Layers:
        """Lay out the whole network, or a part of it that is closed under needs."""
        members = np.arange(node_count) if nodes is None else np.unique(np.array(nodes, dtype=np.intp))
        place = np.full(node_count, -1, dtype=np.intp)
        place[members] = np.arange(len(members))
        rows, turn = self._ordered(np.flatnonzero(place[self.of] >= 0))
        height = np.column_stack([self.level[rows], self.cyclic[rows]]).astype(np.intp)
        shape = np.column_stack([height, self.count[rows], self.k[rows], self.plain[rows], turn]).astype(np.intp)
        layers: list[Layer] = []
        for bottom, top in pairwise([0, *_changes(height), len(rows)] if len(rows) else []):
            cuts = [bottom, *[bottom + cut for cut in _changes(shape[bottom:top])], top]
            blocks = [self._block(rows[first:last], place) for first, last in pairwise(cuts)]
            inside = np.unique(np.concatenate([block.nodes for block in blocks]))
            layers.append(Layer(bool(height[bottom, 1]), inside, blocks))
        return Layers(members, layers)

    def _ordered(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Order requirements by layer, shape, turn and node; the turn tells those of one node and shape apart."""
        by_shape = [column[rows] for column in (self.plain, self.k, self.count, self.cyclic, self.level)]
        order = np.lexsort([self.of[rows], *by_shape])
        keys = [column[order] for column in (self.of[rows], *by_shape)]
        turn = np.minimum(_turns(np.column_stack(keys).astype(np.intp)), TURNS_MAX)
        again = np.lexsort([keys[0], turn, *keys[1:]])
        return rows[order][again], turn[again]

    def _block(self, rows: Numbers, place: Numbers) -> Block:
        where = self.start[rows] + np.arange(int(self.count[rows[0]]))[:, np.newaxis]
        of = place[self.of[rows]]
        switch_weeks = self.switch_weeks[where]
        starts = np.array([0, *_changes(of[:, np.newaxis])], dtype=np.intp)
        return Block(
            of=of,
            first=None if len(starts) == len(of) else starts,
            k=int(self.k[rows[0]]),
            alternatives=place[self.alternative[where]],
            efficiency=None if self.plain[rows[0]] else self.efficiency[where],
            switch_weeks=switch_weeks if switch_weeks.any() else None,
        )


def requirement_table(
    requirements: Requirements, inputs_of: Sequence[Sequence[int]], condensation: Condensation
) -> RequirementTable:
    """Write the requirements of a network as a table; linear."""
    group_of = condensation.group_of
    level_of_group = _levels(inputs_of, condensation)
    of = np.array(requirements.of, dtype=np.intp)
    groups = np.array(group_of, dtype=np.intp)[of]
    count = np.array([len(met) for met in requirements.alternatives], dtype=np.intp)
    relative = list(_relative(requirements, condensation))
    return RequirementTable(
        of=of,
        level=np.array(level_of_group, dtype=np.intp)[groups],
        cyclic=np.array(condensation.cyclic, dtype=np.bool_)[groups],
        k=np.array(requirements.k, dtype=np.intp),
        plain=np.array([efficiency is None for efficiency in relative], dtype=np.bool_),
        start=np.cumsum(count) - count,
        count=count,
        alternative=np.fromiter(chain.from_iterable(requirements.alternatives), dtype=np.intp),
        efficiency=np.array(
            [
                one
                for efficiency, met in zip(relative, requirements.alternatives, strict=True)
                for one in efficiency or [1.0] * len(met)
            ],
            dtype=np.float64,
        ),
        switch_weeks=np.array(
            [weeks or 0.0 for switch in requirements.switch_time_weeks for weeks in switch], dtype=np.float64
        ),
    )


def _levels(inputs_of: Sequence[Sequence[int]], condensation: Condensation) -> Sequence[int]:
    """Give the level of each group: 0 where it needs nothing else, else one above the highest that it needs."""
    group_of = condensation.group_of
    levels: list[int] = []
    for group, members in enumerate(condensation.groups):
        level = 0
        for node in members:
            for wanted in inputs_of[node]:
                below = group_of[wanted]
                if below != group and levels[below] >= level:
                    level = levels[below] + 1
        levels.append(level)
    return levels


def _relative(requirements: Requirements, condensation: Condensation) -> Iterator[list[float] | None]:
    """Give the efficiencies of each requirement relative to its k-th largest; None where all are alike."""
    group_of, cyclic = condensation.group_of, condensation.cyclic
    for of, k, met, stated in zip(
        requirements.of, requirements.k, requirements.alternatives, requirements.efficiency, strict=True
    ):
        group = group_of[of]
        counted = stated
        if cyclic[group]:
            counted = [1.0 if group_of[one] == group else own for one, own in zip(met, stated, strict=True)]
        if len(set(counted)) == 1:
            yield None
        else:
            kth = sorted(counted, reverse=True)[k - 1]
            yield [one / kth for one in counted]


def _changes(rows: Numbers) -> list[int]:
    """Give the places at which a row differs from the one before."""
    return (np.flatnonzero((rows[1:] != rows[:-1]).any(axis=1)) + 1).tolist()


def _turns(rows: Numbers) -> Numbers:
    """Count, along sorted rows, 0, 1, 2 ... within each run of equal ones."""
    starts = np.zeros(len(rows), dtype=np.intp)
    changes = _changes(rows)
    starts[changes] = changes
    return np.arange(len(rows)) - np.maximum.accumulate(starts)
