"""The air gap: whether a deployment runs without any live service from outside (docs/semantics.md 35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from graph_service.analysis.blockers import blockers_of
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.exclusions import Excluded
from graph_service.analysis.primitives.feasibility import feasibility
from graph_service.model.kinds import Answer, InputKind, Suppliers
from graph_service.network.mask import rows_of
from graph_service.network.tables import NONE, Offers, Validity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.tables import Requirements

LOOKED_BEHIND: Final = frozenset({InputKind.ASSEMBLY, InputKind.SOFTWARE, InputKind.SERVICE, InputKind.LICENCE})
"""Kinds whose own requirements run with the deployment; a consumed or installed thing is only looked at itself."""


@dataclass(frozen=True, slots=True)
class AirGap:
    """Whether it runs in an air gap; if not, the fewest components that would have to; what nobody knows.

    `partial_because` says what of the blockers was left open, if anything.
    """

    viable: Answer
    blockers: tuple[str, ...]
    unknown: Sequence[int]
    partial_because: str | None


def air_gap(network: SupplyNetwork, deployment: int, budget: Budget) -> AirGap:
    """Ask of each component that a deployment runs with whether it needs a live external service.

    That is a question of supply on a network of its own, where a component that needs such a service has lost its
    only offer, and one of which nobody knows has none.
    """
    local, connected = _local(network)
    answer = feasibility(local, deployment, connected).answer
    unknown = unknown_in(local, closure(local, deployment).nodes)
    if answer is not Answer.NO:
        return AirGap(answer, (), unknown, None)
    found, gap = blockers_of(local, deployment, Excluded(frozenset(connected), frozenset()), budget)
    return AirGap(answer, tuple([blocker.component for blocker in found]), unknown, gap)


def _local(network: SupplyNetwork) -> tuple[SupplyNetwork, list[int]]:
    """Build the network of what runs on the premises, and say which of its offers need a service from outside."""
    nodes, world = network.nodes, network.world
    assert world is not None
    needing = nodes.needs_external_service
    known = [node for node in range(nodes.component_count) if needing[node] is not None]
    local = replace(
        network,
        world=replace(world, suppliers=Suppliers.RECORDED),
        nodes=replace(nodes, input_kind=[kind and InputKind.CONSUMABLE for kind in nodes.input_kind]),
        offers=_one_offer_each(known),
        requirements=_requirements_on_the_premises(network),
    )
    return local, [offer for offer, node in enumerate(known) if needing[node]]


def _one_offer_each(nodes: Sequence[int]) -> Offers:
    unsaid: list[Any] = [None] * len(nodes)
    nobody = [NONE] * len(nodes)
    return Offers(
        id=[str(node) for node in nodes],
        component=nodes,
        company=nobody,
        nation=nobody,
        share_pct=unsaid,
        share_basis=unsaid,
        share_year=unsaid,
        lead_time_weeks=unsaid,
        time_to_recover_weeks=unsaid,
        inventory_weeks=unsaid,
        capacity=unsaid,
        unit_cost=unsaid,
        currency=unsaid,
        validity=Validity([100] * len(nodes), unsaid, unsaid),
    )


def _requirements_on_the_premises(network: SupplyNetwork) -> Requirements:
    requirements, kinds = network.requirements, network.nodes.input_kind
    kept = [
        requirement
        for requirement, node in enumerate(requirements.of)
        if kinds[node] is None or kinds[node] in LOOKED_BEHIND
    ]
    return rows_of(requirements, kept)
