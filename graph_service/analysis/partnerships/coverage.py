"""Covered shares: what part of each component's supply is made in some nations (docs/semantics.md 20, 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_service.network.weights import weights_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork


def covered_shares(network: SupplyNetwork, nations: Collection[int]) -> NDArray[np.float64]:
    """Give, for each node, the part, 0 to 1, of its offers that is made in these nations; linear in offers."""
    weights = network.weights
    inside = np.isin(network.offer_links.nation, list(nations))
    parts = np.bincount(
        weights.component, weights=np.where(inside, weights.estimated, 0.0), minlength=len(network.nodes.id)
    )
    return np.minimum(parts, 1.0)  # sums of parts of 1 may miss 1 by a rounding


def covered_by(network: SupplyNetwork, offers: Sequence[int], nations: Collection[int]) -> float:
    """Give the same part for one component as if these were all of its offers; 0 without any."""
    estimated = weights_of(network.offers, [offers]).estimated if offers else ()
    return min(1.0, sum([float(estimated[offer]) for offer in offers if network.offers.nation[offer] in nations]))


def mean_covered(network: SupplyNetwork, nodes: Sequence[int], covered: NDArray[np.float64]) -> float:
    """Average over those of the nodes that have offers; 0 if none has."""
    return _mean([float(covered[node]) for node in nodes if network.offers_of[node]])


def mean_covered_if(
    network: SupplyNetwork,
    nodes: Sequence[int],
    covered: NDArray[np.float64],
    other: Mapping[int, float | None],
) -> float:
    """Average likewise, where some nodes are covered to another part, or None: have no offers."""
    parts = [
        other[node] if node in other else float(covered[node])
        for node in nodes
        if node in other or network.offers_of[node]
    ]
    return _mean([part for part in parts if part is not None])


def _mean(parts: Sequence[float]) -> float:
    return float(np.mean(parts)) if parts else 0.0


def shares_unknown(network: SupplyNetwork, node: int) -> bool:
    """Tell whether a component's shares are not all known, so that parts of its supply are estimates."""
    return bool(network.weights.unrecorded[node] > 0) or any(
        network.offers.share_pct[offer] is None for offer in network.offers_of[node]
    )
