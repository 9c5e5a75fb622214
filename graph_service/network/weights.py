"""Weights: what part of its component's own supply each offer stands for (docs/semantics.md 20)."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from graph_service.network.shares import shares_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_service.network.tables import Offers


@dataclass(frozen=True, slots=True)
class Weights:
    """Parts of 1, as arrays: those with `component` run beside offers, the others beside nodes.

    `known` is 0 where a share is unknown or of another basis, `estimated` fills that in and adds up to 1 for
    each component; `unrecorded` is what the known shares leave of 1.
    """

    component: NDArray[np.intp]
    known: NDArray[np.float64]
    estimated: NDArray[np.float64]
    offer_count: NDArray[np.intp]
    unrecorded: NDArray[np.float64]


def weights_of(offers: Offers, offers_of: Sequence[Sequence[int]]) -> Weights:
    """Weigh all offers, by the basis of their components; linear."""
    known = [0.0] * len(offers.id)
    estimated = [0.0] * len(offers.id)
    unrecorded = [0.0] * len(offers_of)
    for node, of_component in enumerate(offers_of):
        if not of_component:
            continue
        if all(offers.share_pct[offer] is None for offer in of_component):
            unrecorded[node] = 1.0
            for offer in of_component:
                estimated[offer] = 1 / len(of_component)
            continue
        _, shares = shares_of(offers, of_component)
        total = fsum([share for share in shares if share is not None])
        rest = max(0.0, 100 - total) / 100
        unrecorded[node] = rest
        unknown = shares.count(None)
        for offer, share in zip(of_component, shares, strict=True):
            known[offer] = (share or 0.0) / max(total, 100)
            if unknown:
                estimated[offer] = known[offer] if share is not None else rest / unknown
            else:
                estimated[offer] = (share or 0.0) / total if total else 1 / len(of_component)
    return Weights(
        component=np.array(offers.component, dtype=np.intp),
        known=np.array(known, dtype=np.float64),
        estimated=np.array(estimated, dtype=np.float64),
        offer_count=np.array([len(of_component) for of_component in offers_of], dtype=np.intp),
        unrecorded=np.array(unrecorded, dtype=np.float64),
    )
