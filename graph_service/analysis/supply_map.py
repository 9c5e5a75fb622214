"""The supply map: the nearest part of the chain behind a target, what stops in it, and what takes over."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

from graph_service.analysis.disrupted.stops import stopped
from graph_service.analysis.disruption import simulate_disruption
from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.primitives.target import target_number
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.analysis.disrupted.stops import Stop
    from graph_service.analysis.disruption import Disruption
    from graph_service.model.kinds import ImpactStatus
    from graph_service.network.network import SupplyNetwork

NODES_MAX: Final = 40
"""Nodes of one map: as many as one can still read."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A component or deployment, what happens to it, and which of its suppliers stop or stay with some offer.

    Suppliers are companies, or nations of offers without one; ids, sorted.
    """

    entity: str
    status: ImpactStatus
    lost_fraction_estimate: float
    stopping: tuple[str, ...]
    staying: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapNeed:
    """`of` needs any `k` of the alternatives, of which `more` are not on the map.

    `takes_over` are the alternatives on the map that lose less than another one, by the estimate.
    """

    requirement: str
    of: str
    k: int
    alternatives: tuple[str, ...]
    takes_over: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SupplyMap:
    """The target first, then what is lost behind it, the nearest first, then the rest; `left_out` counts the rest."""

    nodes: tuple[MapNode, ...]
    needs: tuple[MapNeed, ...]
    left_out: int


def supply_map(
    network: SupplyNetwork, target: str, disruption: Disruption, stops: Sequence[Stop], nodes_max: int = NODES_MAX
) -> SupplyMap:
    """Lay out what stands behind a target when things stop; `disruption` is the answer for these stops.

    Every node of the map but the target is an input of another one, and all that is lost comes before all that is
    not. Raises what `simulate_disruption` does.
    """
    start = target_number(network, target)
    losing = {network.node_by_id[impact.entity] for impact in disruption.impacted}
    shown = _nearest(network, start, losing, nodes_max)
    ids = [network.nodes.id[node] for node in shown]
    impacts = {impact.entity: impact for impact in simulate_disruption(network, stops, ids, impacted_max=0).targets}
    lost = stopped(network, stops).offers
    nodes: list[MapNode] = []
    for node, name in zip(shown, ids, strict=True):
        offers = network.offers_of[node]
        staying = _suppliers(network, [offer for offer in offers if offer not in lost])
        nodes.append(
            MapNode(
                entity=name,
                status=impacts[name].status,
                lost_fraction_estimate=impacts[name].lost_fraction_estimate,
                stopping=tuple(sorted(_suppliers(network, offers) - staying)),
                staying=tuple(sorted(staying)),
            )
        )
    lost_by_id = {name: impact.lost_fraction_estimate for name, impact in impacts.items()}
    return SupplyMap(
        nodes=tuple(nodes),
        needs=tuple(_needs(network, shown, lost_by_id)),
        left_out=len(closure(network, start).nodes) - len(shown),
    )


def _nearest(network: SupplyNetwork, start: int, losing: set[int], nodes_max: int) -> Sequence[int]:
    """Walk from the target to its inputs: along what loses first, the nearest first, then by id."""
    found = {start: None}
    waiting = [(False, 0, start)]
    shown: list[int] = []
    while waiting and len(shown) < nodes_max:
        _, tier, node = heappop(waiting)
        shown.append(node)
        for wanted in network.inputs_of[node]:
            if wanted not in found:
                found[wanted] = None
                heappush(waiting, (wanted not in losing, tier + 1, wanted))
    return shown


def _needs(network: SupplyNetwork, shown: Sequence[int], lost_by_id: Mapping[str, float]) -> Sequence[MapNeed]:
    ids, requirements = network.nodes.id, network.requirements
    needs: list[MapNeed] = []
    for node in shown:
        for requirement in network.requirements_of[node]:
            every = [ids[met] for met in requirements.alternatives[requirement]]
            drawn = [name for name in every if name in lost_by_id]
            most = max([lost_by_id[name] for name in drawn], default=0.0)
            needs.append(
                MapNeed(
                    requirement=requirements.id[requirement],
                    of=ids[node],
                    k=requirements.k[requirement],
                    alternatives=tuple(drawn),
                    takes_over=tuple([name for name in drawn if lost_by_id[name] < most]),
                    more=len(every) - len(drawn),
                )
            )
    return needs


def _suppliers(network: SupplyNetwork, offers: Sequence[int]) -> set[str]:
    companies, nations = network.offers.company, network.offers.nation
    return {
        network.company_ids[companies[offer]] if companies[offer] != NONE else network.nation_ids[nations[offer]]
        for offer in offers
        if companies[offer] != NONE or nations[offer] != NONE
    }
