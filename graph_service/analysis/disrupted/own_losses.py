"""Own losses: what components lose of their own supply when parts of offers are lost (docs/semantics.md 20, 21, 44)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

LOWER: Final = 0
UPPER: Final = 1
ESTIMATE: Final = 2
"""Columns of a table of losses."""


@dataclass(frozen=True, slots=True)
class OwnLosses:
    """The parts, 0 to 1, that nodes lose of their own supply: a row for each of `nodes`, columns as named above."""

    nodes: NDArray[np.intp]
    parts: NDArray[np.float64]


def own_losses(
    network: SupplyNetwork, lost_offers: Mapping[int, float], lost_components: Mapping[int, float] | None = None
) -> OwnLosses:
    """Say what is lost where these parts, 0 to 1, of offers and of components themselves are.

    An own supply that nothing can end loses nothing, but a component that is named loses its part whatever
    its kind, its offers or the completeness of their list. Linear in what is named.
    """
    offers = np.array(list(lost_offers), dtype=np.intp)
    part = np.array(list(lost_offers.values()), dtype=np.float64)
    weights, always = network.weights, network.always_supplied
    ended = np.array([not always[node] for node in weights.component[offers].tolist()], dtype=np.bool_)
    offers, part = offers[ended], part[ended]
    nodes, row = np.unique(weights.component[offers], return_inverse=True)
    parts = _parts(network, nodes, row, offers, part)
    if not lost_components:
        return OwnLosses(nodes, parts)
    named = np.array(sorted(lost_components), dtype=np.intp)
    every = np.union1d(nodes, named)
    table = np.zeros((len(every), 3))
    table[np.searchsorted(every, nodes)] = parts
    at_least = np.array([lost_components[node] for node in named.tolist()])
    rows = np.searchsorted(every, named)
    table[rows] = np.maximum(table[rows], at_least[:, np.newaxis])
    return OwnLosses(every, table)


def _parts(
    network: SupplyNetwork,
    nodes: NDArray[np.intp],
    row: NDArray[np.intp],
    offers: NDArray[np.intp],
    part: NDArray[np.float64],
) -> NDArray[np.float64]:
    weights, count = network.weights, len(nodes)
    touched = np.bincount(row, minlength=count)
    least = np.ones(count)
    np.minimum.at(least, row, part)
    least[touched < weights.offer_count[nodes]] = 0.0
    greatest = np.zeros(count)
    np.maximum.at(greatest, row, part)
    known = np.bincount(row, weights=weights.known[offers] * part, minlength=count)
    rest = weights.unrecorded[nodes]
    lower, upper = known + rest * least, known + rest * greatest
    estimate = np.bincount(row, weights=weights.estimated[offers] * part, minlength=count)
    parts: NDArray[np.float64] = np.column_stack([lower, upper, np.minimum(np.maximum(estimate, lower), upper)])
    # sums of parts of 1 may miss 1 by a rounding
    return np.minimum(np.maximum(parts, least[:, np.newaxis]), greatest[:, np.newaxis])
