"""Losses: what comes out at each node of what its inputs and its own supply lose (docs/semantics.md 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.model.kinds import Reallocation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from graph_service.network.layers import Block, Layers
    from graph_service.network.requirement_table import RequirementTable

    Table = NDArray[np.float64]

ROUNDING: Final = 1e-12
"""Nearer to nothing or to all than this, a loss of a need differs from it by rounding only."""


def losses(layers: Layers, own: Table, reallocation: Reallocation = Reallocation.PERFECT) -> Table:
    """Give the part, 0 to 1, that each node loses; a row for each node of the layers, a column for each case.

    `own` are the own losses. PERFECT loses the greatest of own loss and needs; PRO_RATA lets what is left be
    multiplied, but for cycles, where it is PERFECT. In cycles the least losses that bear one another out.
    Linear in edges and columns; in cycles once more for each step that a loss goes round them.
    """
    lost = own.copy()
    for layer in layers.layers:
        if layer.cyclic:
            _settle(lost, layer.nodes, layer.blocks)
        elif reallocation is Reallocation.PERFECT:
            for block in layer.blocks:
                nodes = block.nodes
                lost[nodes] = np.maximum(lost[nodes], block.greatest(lost_by_needs(block, lost)))
        else:
            by_needs = np.zeros_like(own[layer.nodes])
            for block in layer.blocks:
                rows = np.searchsorted(layer.nodes, block.nodes)
                by_needs[rows] = np.maximum(by_needs[rows], block.greatest(lost_by_needs(block, lost)))
            mine = own[layer.nodes]
            lost[layer.nodes] = mine + by_needs - mine * by_needs
    return lost


def lost_by_needs(block: Block, lost: Table, some: NDArray[np.intp] | slice = slice(None)) -> Table:
    """Give what requirements of a block lose, all or some of them, a row for each.

    That is the k-th smallest loss of their alternatives.
    """
    by_alternative: list[Table] = []
    for place, nodes in enumerate(block.alternatives):
        one = lost[nodes[some]]
        if block.efficiency is not None:
            efficiency = block.efficiency[place][some, np.newaxis]
            one = (1 - efficiency) + efficiency * one
        by_alternative.append(one)
    found = _kth_smallest(by_alternative, block.k)
    return found if block.efficiency is None else _rounded(found)


def kth_loss(table: RequirementTable, requirement: int, lost: NDArray[np.float64]) -> float:
    """Give what one requirement loses in one case, as `lost_by_needs` does for many."""
    rows = slice(table.start[requirement], table.start[requirement] + table.count[requirement])
    by_alternative = lost[table.alternative[rows]]
    if not table.plain[requirement]:
        by_alternative = (1 - table.efficiency[rows]) + table.efficiency[rows] * by_alternative
    found = sorted(by_alternative.tolist())[table.k[requirement] - 1]
    return found if table.plain[requirement] else float(_rounded(np.array([found]))[0])


def _rounded(found: Table) -> Table:
    """Make nothing and all of what differs from them by rounding only."""
    found[found < ROUNDING] = 0.0
    found[found > 1 - ROUNDING] = 1.0
    return found


def _settle(lost: Table, nodes: NDArray[np.intp], blocks: Sequence[Block]) -> None:
    """Let losses go round the cycles of a layer until nothing grows any more: each time from what has grown."""
    grown = np.ones(len(lost), dtype=np.bool_)
    while grown.any():
        before = lost[nodes]
        for block in blocks:
            touched = np.flatnonzero(grown[block.alternatives].any(axis=0))
            if len(touched):
                # a node may have several of these requirements
                np.maximum.at(lost, block.of[touched], lost_by_needs(block, lost, touched))
        grown[:] = False
        grown[nodes] = (lost[nodes] > before).any(axis=1)


def _kth_smallest(tables: Sequence[Table], k: int) -> Table:
    """Give, entry by entry, the k-th smallest of tables of one shape, through the shorter of the two ends."""
    inner: Callable[[Table, Table], Table]
    outer: Callable[[Table, Table], Table]
    places, inner, outer = k, np.minimum, np.maximum
    if len(tables) - k + 1 < k:
        places, inner, outer = len(tables) - k + 1, np.maximum, np.minimum
    kept: list[Table] = []
    for table in tables:
        passed = table
        for place, best in enumerate(kept):
            kept[place], passed = inner(best, passed), outer(best, passed)
        if len(kept) < places:
            kept.append(passed)
    return kept[-1]
