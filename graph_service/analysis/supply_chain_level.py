"""The supply chain level: how far a jurisdiction can make what a deployment needs (docs/semantics.md 34)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.primitives.closure import closure, groups_of
from graph_service.analysis.primitives.feasibility import feasibility
from graph_service.analysis.primitives.sweep import EVERYTHING, places, sweep
from graph_service.model.kinds import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class SupplyChainLevel:
    """The level, 0 to 4, why it is that, and the nations outside the jurisdiction that each can stop the target.

    These count in the world of offers made in the jurisdiction and its allies where that can supply the target,
    else in the whole world.
    """

    level: int
    because: str
    outside_single_points: tuple[str, ...]


def supply_chain_level(
    network: SupplyNetwork, target: int, jurisdiction: frozenset[int], allies: frozenset[int]
) -> SupplyChainLevel:
    """Rate the supply chain of a target (EU Cloud Sovereignty Framework 1.2.1, SOV-5); a few fixpoints and a sweep.

    Levels 2 to 4 need a YES: what rests on components without a recorded offer is not shown to be feasible.
    """
    nodes = closure(network, target).nodes
    nation = network.offers.nation
    offers = [offer for node in nodes for offer in network.offers_of[node]]
    friends = jurisdiction | allies
    abroad = [offer for offer in offers if nation[offer] not in friends]
    if feasibility(network, target, abroad).answer is not Answer.YES:
        outside = _single_points(network, target, nodes, None) - jurisdiction
        return _without_allies(network, target, outside)
    outside = _single_points(network, target, nodes, friends) - jurisdiction
    foreign = [offer for offer in offers if nation[offer] not in jurisdiction]
    if feasibility(network, target, foreign).answer is Answer.YES:
        level, because = 4, "it can be supplied with offers made in the jurisdiction alone"
    elif not outside:
        level, because = 3, "the jurisdiction and its allies can supply it, and no single ally can stop it"
    else:
        level = 2
        because = "the jurisdiction and its allies can supply it, but some allies can each stop it"
    return SupplyChainLevel(level, because, _ids(network, outside))


def _without_allies(network: SupplyNetwork, target: int, outside: set[int]) -> SupplyChainLevel:
    ids = _ids(network, outside)
    if feasibility(network, target, ()).answer is Answer.NO:
        return SupplyChainLevel(0, "it cannot be supplied at all", ids)
    return SupplyChainLevel(1, "it is not shown that the jurisdiction and its allies can supply it without others", ids)


def _ids(network: SupplyNetwork, nations: set[int]) -> tuple[str, ...]:
    return tuple([network.nation_ids[nation] for nation in sorted(nations)])


def _single_points(
    network: SupplyNetwork, target: int, nodes: Sequence[int], made_in: frozenset[int] | None
) -> set[int]:
    """Find the nations whose failure alone fails a target that works with offers made in these nations only.

    None: in any. Components whose offers are all made elsewhere have failed; unknown ones work (10).
    """
    nation, offers_of, always = network.offers.nation, network.offers_of, network.always_supplied
    own = [0] * len(network.nodes.id)
    for node in nodes:
        if always[node] or not offers_of[node]:
            continue
        left = {nation[offer] for offer in offers_of[node] if made_in is None or nation[offer] in made_in}
        if not left:
            own[node] = EVERYTHING
        elif len(left) == 1:
            (only,) = left
            own[node] = 1 << only if only >= 0 else 0  # an offer without a nation fails with none
    failing = sweep(network.needs_of, network.condensation, groups_of(network, nodes), own)[target]
    return set(range(len(network.nation_ids))) if failing < 0 else set(places(failing))
