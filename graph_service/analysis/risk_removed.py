"""Risks removed: what fails a target in one world and not in another that has more offers (docs/semantics.md 32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.sweep import EVERYTHING, places
from graph_service.model.kinds import Suppliers
from graph_service.network.shares import is_complete

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.elements import Elements
    from graph_service.analysis.solutions.formula import Formula, Supplies
    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Removed:
    """Elements, and minimal sets of one or two, that fail the target of the worse formula and not of the better.

    `certain` are the elements that alone fail the target of both.
    """

    points: frozenset[int]
    cuts: frozenset[frozenset[int]]
    certain: frozenset[int]


def removed(better: Formula, worse: Formula) -> Removed:
    """Find what the better of two formulas, which differ in own supplies only, removes.

    A set that fails the worse one only ends, there, one of the supplies that differ: no other is looked at. A sweep
    for each formula, and for each single element that ends such a supply the part of it that this element changes.
    """
    now, before = CutSweep(better), CutSweep(worse)
    alone = before.failing[0]
    points = frozenset(places(alone & ~now.failing[0]))
    cuts = {frozenset([point]) for point in points}
    differing = {
        other
        for one, other in zip(better.supplies, worse.supplies, strict=True)
        if other is not None and one != other and len(other) <= 2
    }
    for ended in differing:
        if any(alone >> element & 1 for element in ended):
            continue
        if len(ended) == 2:
            if before.fails(ended) and not now.fails(ended):
                cuts.add(frozenset(ended))
            continue
        still = now.points(ended)
        if still != EVERYTHING:
            cuts |= {frozenset([*ended, other]) for other in places(before.points(ended) & ~alone & ~still)}
    return Removed(points, frozenset(cuts), frozenset(places(alone & now.failing[0])))


def supplies_of(network: SupplyNetwork, node: int, offers: Sequence[int], elements: Elements) -> Supplies:
    """Say with which elements, all together, a component's own supply would fail if these were all of its offers.

    For elements of companies or nations; None where nothing ends it (docs/semantics.md 5, 6, 10, 44).
    """
    if network.supplied_as_recorded[node]:
        return None
    is_open = network.world is not None and network.world.suppliers is Suppliers.OPEN
    if is_open and not is_complete(network.offers, offers, network.nodes.offers_complete[node]):
        return None
    failing = [elements.of_offer(offer) for offer in offers]
    return tuple(sorted({element for one in failing for element in one})) or None if all(failing) else None
