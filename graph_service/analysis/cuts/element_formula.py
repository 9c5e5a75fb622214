"""The formula of a target in elements: which of them must fail for which node to (docs/semantics.md 5, 6, 10, 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.solutions.formula import Formula, Supplies, formula_behind, formula_of
from graph_service.model.kinds import Level
from graph_service.network.needs import Need

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from graph_service.analysis.elements import Elements
    from graph_service.network.network import SupplyNetwork


def element_formula(
    network: SupplyNetwork,
    target: int,
    elements: Elements,
    always: Sequence[bool],
    counts: Callable[[int], bool] = lambda _: True,
) -> Formula:
    """Write the formula of a target with elements, by their places, in the place of offers.

    `always` tells which own supplies nothing can end. Offers that `counts` leaves out are as if failed.
    Unknown components work.
    """
    offers_of = network.offers_of
    several: dict[int, Collection[frozenset[int]]] = {}

    def supplies_of(node: int) -> Supplies:
        offers = [] if always[node] else [offer for offer in offers_of[node] if counts(offer)]
        if not offers:
            return None
        failing = _least({frozenset(elements.of_offer(offer)) for offer in offers})
        if all(len(one) == 1 for one in failing):
            return tuple(sorted(element for one in failing for element in one))
        if not all(failing):
            return None
        several[node] = failing
        return None

    place_of_node = {node: place for place, node in enumerate(elements.nodes)}

    def supplied_by_itself(node: int) -> Supplies:
        return (place_of_node[node],) if node in place_of_node else None

    by_itself = elements.level is Level.COMPONENT
    formula = formula_behind(
        network, target, b"\1" * len(network.nodes.id), supplied_by_itself if by_itself else supplies_of
    )
    return _with_several(formula, several) if several else formula


def _least(sets: Collection[frozenset[int]]) -> Collection[frozenset[int]]:
    """Leave out sets that hold another one: what fails with more fails whenever the other does."""
    return {one for one in sets if not any(other < one for other in sets)}


def _with_several(formula: Formula, several: dict[int, Collection[frozenset[int]]]) -> Formula:
    """Add, for offers that fail with any of several elements, nodes that need all of these."""
    nodes, supplies = list(formula.nodes), list(formula.supplies)
    needs: list[list[Need]] = [list(wanted) for wanted in formula.needs]

    def added(node: int, own: Supplies, wanted: list[Need]) -> int:
        nodes.append(node)
        supplies.append(own)
        needs.append(wanted)
        return len(nodes) - 1

    for place, node in enumerate(formula.nodes):
        offered = [
            added(node, None, [_need([added(node, (element,), [])]) for element in sorted(one)])
            for one in sorted(several.get(node, ()), key=sorted)
        ]
        if offered:
            needs[place].append(_need(offered))
    return formula_of(nodes, supplies, needs)


def _need(alternatives: Sequence[int]) -> Need:
    return Need(1, tuple(alternatives), (0.0,) * len(alternatives), None)
