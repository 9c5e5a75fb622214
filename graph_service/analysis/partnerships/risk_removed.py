"""Risks removed: what fails a target in one world and not in another that has more offers (docs/semantics.md 32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.primitives.sweep import places
from graph_service.model.kinds import Suppliers
from graph_service.network.shares import is_complete

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.primitives.elements import Elements
    from graph_service.analysis.solutions.formula import Formula, Supplies
    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Removed:
    """Elements, and minimal sets of one or two, that fail a target of the worse formula and not of the better.

    `certain` are the elements that alone fail it in both.
    """

    points: frozenset[int]
    cuts: frozenset[frozenset[int]]
    certain: frozenset[int]


def removed(better: Formula, worse: Formula, targets: int = 1) -> Sequence[Removed]:
    """Find what the better of two formulas, which differ in own supplies only, removes of each of their targets.

    A set that fails the worse one only ends, there, one of the supplies that differ: no other is looked at. A sweep
    for each formula, and for each single element that ends such a supply the part of it that this element changes.
    """
    now, before = CutSweep(better), CutSweep(worse)
    alone = before.failing[:targets]
    still = now.failing[:targets]
    points = [frozenset(places(bits & ~kept)) for bits, kept in zip(alone, still, strict=True)]
    cuts = [{frozenset([point]) for point in one} for one in points]
    differing = {
        other
        for one, other in zip(better.supplies, worse.supplies, strict=True)
        if other is not None and one != other and len(other) <= 2
    }
    for ended in differing:
        open_to_it = [number for number, bits in enumerate(alone) if not any(bits >> one & 1 for one in ended)]
        if not open_to_it:
            continue
        if len(ended) == 2:
            failed, kept = before.failed_with(ended), now.failed_with(ended)
            for number in open_to_it:
                if number in failed and number not in kept:
                    cuts[number].add(frozenset(ended))
            continue
        more_before, more_now = before.failing_after(ended), now.failing_after(ended)
        for number in open_to_it:
            more = more_before[number] & ~alone[number] & ~more_now[number]
            cuts[number] |= {frozenset([*ended, other]) for other in places(more)}
    return [
        Removed(points[number], frozenset(cuts[number]), frozenset(places(alone[number] & still[number])))
        for number in range(targets)
    ]


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
