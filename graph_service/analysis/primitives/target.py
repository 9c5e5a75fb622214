"""The target of an analysis: a component, or a deployment of the world (docs/semantics.md 2, 41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.errors import BadInput, NotInWorld
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.nearest import not_recorded

if TYPE_CHECKING:
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.tables import Validity


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
        raise not_in_world(network, target, network.nodes.validity, node)
    return node


def not_in_world(network: SupplyNetwork, name: str, validity: Validity, number: int) -> NotInWorld:
    """Say that a recorded fact is none of the world, and when it is valid."""
    world = network.world
    if world is not None and world.scenario is not None and name in world.scenario.remove:
        return NotInWorld(f"{name} is removed by the scenario")
    start, end = validity.valid_from[number], validity.valid_to[number]
    if start is None and end is None:
        dates = "on all dates"
    else:
        dates = " ".join([f"from {start}" if start else "", f"until {end} (exclusive)" if end else ""]).strip()
    asked = "" if world is None else f"; the world asks for {world.as_of} and confidence {world.min_confidence} or more"
    return NotInWorld(f"{name} is valid {dates}, with confidence {validity.confidence[number]}{asked}")
