"""Relatives: components that are variants of one, or of its category, so that who makes them may make it, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.network.network import SupplyNetwork


def variants_of(network: SupplyNetwork, node: int) -> Sequence[int]:
    """Give the components that are variants of this one, or of its variants."""
    children: dict[int, list[int]] = {}
    for child, parent in enumerate(network.nodes.variant_of):
        if parent != NONE:
            children.setdefault(parent, []).append(child)
    found = dict.fromkeys(children.get(node, ()))
    for variant in (order := list(found)):  # grows while it is walked
        order += [child for child in children.get(variant, ()) if child not in found]
        found.update(dict.fromkeys(order))
    return [variant for variant in found if variant != node]


def others_of_category(network: SupplyNetwork, node: int) -> Sequence[int]:
    """Give the other components of its category."""
    categories = network.nodes.category
    return [other for other, category in enumerate(categories) if category == categories[node] and other != node]
