"""The target of an analysis: a component, or a deployment of the world (docs/semantics.md 2, 41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.errors import BadInput, NotInWorld
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.nearest import not_recorded

if TYPE_CHECKING:
    from graph_service.network.network import SupplyNetwork


def target_number(network: SupplyNetwork, target: str) -> int:
    """Give the node number of a target.

    Raises BadInput for an id that names neither a component nor a deployment, NotFound (with the nearest
    ids) for what is not recorded, NotInWorld (with its dates) for a deployment of another world.
    """
    kind = kind_of(target)
    if kind not in {Kind.COMPONENT, Kind.DEPLOYMENT}:
        raise BadInput(f"the target of an analysis must be a component or a deployment, got {target}")
    node = network.node_by_id.get(target)
    if node is None:
        count = network.nodes.component_count
        alike = network.nodes.id[:count] if kind is Kind.COMPONENT else network.nodes.id[count:]
        raise not_recorded(target, alike)
    if not network.present[node]:
        raise NotInWorld(_why_absent(network, node))
    return node


def _why_absent(network: SupplyNetwork, node: int) -> str:
    validity, world = network.nodes.validity, network.world
    if world is not None and world.scenario is not None and network.nodes.id[node] in world.scenario.remove:
        return f"{network.nodes.id[node]} is removed by the scenario"
    start, end = validity.valid_from[node], validity.valid_to[node]
    if start is None and end is None:
        dates = "on all dates"
    else:
        dates = " ".join([f"from {start}" if start else "", f"until {end} (exclusive)" if end else ""]).strip()
    asked = "" if world is None else f"; the world asks for {world.as_of} and confidence {world.min_confidence} or more"
    return f"{network.nodes.id[node]} is valid {dates}, with confidence {validity.confidence[node]}{asked}"
