"""The formula of a target in elements: which of them must fail for which node to (docs/semantics.md 5, 6, 10, 11)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_service.analysis.solutions.formula import Formula, Supplies, formula_behind, formula_of
from graph_service.model.kinds import Level
from graph_service.network.needs import Need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph_service.analysis.primitives.elements import Elements
    from graph_service.network.network import SupplyNetwork


def needs_formula(network: SupplyNetwork, *targets: int) -> Formula:
    """Write the formula of targets whose own supplies all work: what `element_formula` fills in."""
    return formula_behind(network, targets, b"\1" * len(network.nodes.id), lambda _: None)


def element_formula(
    network: SupplyNetwork,
    needs: Formula,
    elements: Elements,
    always: Sequence[bool],
    counts: Callable[[int], bool] = lambda _: True,
) -> Formula:
    """Write the formula of a target with elements, by their places, in the place of offers.

    `needs` is its formula without supplies, `always` tells which own supplies nothing can end. Offers that `counts`
    leaves out are as if failed. Unknown components work.
    """
    if elements.level is Level.COMPONENT:
        place_of = {node: (place,) for place, node in enumerate(elements.nodes)}
        return replace(needs, supplies=[place_of.get(node) for node in needs.nodes])
    return formula_with(
        needs,
        [
            {elements.of_offer(offer) for offer in (() if always[node] else network.offers_of[node]) if counts(offer)}
            for node in needs.nodes
        ],
    )


def formula_with(needs: Formula, supplies_of: Iterable[set[tuple[int, ...]]]) -> Formula:
    """Write a formula whose own supplies consist of such offers, each the elements with any of which it fails.

    An own supply without offers, or with one that fails with nothing, always works.
    """
    supplies: list[Supplies] = []
    several: dict[int, set[tuple[int, ...]]] = {}
    for place, offered in enumerate(supplies_of):
        failing = _least(offered)
        if all(len(one) == 1 for one in failing):
            supplies.append(tuple(sorted([element for (element,) in failing])) or None)
        else:
            supplies.append(None)
            if all(failing):
                several[place] = failing
    formula = replace(needs, supplies=supplies)
    return _with_several(formula, several) if several else formula


def _least(sets: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Leave out sets that hold another one: what fails with more fails whenever the other does."""
    if all(len(one) == 1 for one in sets):
        return sets
    return {one for one in sets if not any(set(other) < set(one) for other in sets)}


def _with_several(formula: Formula, several: Mapping[int, set[tuple[int, ...]]]) -> Formula:
    """Add, for offers that fail with any of several elements, nodes that need all of these."""
    nodes, supplies = list(formula.nodes), list(formula.supplies)
    needs: list[list[Need]] = [list(wanted) for wanted in formula.needs]

    def added(node: int, own: Supplies, wanted: list[Need]) -> int:
        nodes.append(node)
        supplies.append(own)
        needs.append(wanted)
        return len(nodes) - 1

    for place, failing in several.items():
        node = formula.nodes[place]
        offered = [
            added(node, None, [_need([added(node, (element,), [])]) for element in one]) for one in sorted(failing)
        ]
        needs[place].append(_need(offered))
    return formula_of(nodes, supplies, needs)


def _need(alternatives: Sequence[int]) -> Need:
    return Need(1, tuple(alternatives), (0.0,) * len(alternatives), None)
