"""What a partnership alone enables: the offers that the world would not have without it (docs/semantics.md 32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.primitives.target import not_in_world
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.nearest import not_recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Enabled:
    """The parties of a partnership, by id, and what its absence leaves.

    `left_of` gives, for each component of which it alone enables an offer, the offers that others make possible.
    """

    parties: tuple[str, ...]
    left_of: Mapping[int, Sequence[int]]


def enabled_by(network: SupplyNetwork, partnership: str) -> Enabled:
    """Find what only this partnership enables.

    Raises BadInput for an id of another kind, NotFound (with the nearest ids) for a partnership that is not
    recorded, NotInWorld (with its dates) for one of another world.
    """
    if kind_of(partnership) is not Kind.PARTNERSHIP:
        raise BadInput(f"partnership must be the id of a partnership, got {partnership}")
    known = network.partnerships
    if partnership not in known.id:
        recorded = (network.record or network).partnerships
        if partnership in recorded.id:
            raise not_in_world(network, partnership, recorded.validity, recorded.id.index(partnership))
        raise not_recorded(partnership, recorded.id)
    number = known.id.index(partnership)
    elsewhere = {offer for other, enables in enumerate(known.enables) if other != number for offer in enables}
    alone = set(known.enables[number]) - elsewhere
    component = network.offers.component
    return Enabled(
        parties=known.parties[number],
        left_of={
            node: [offer for offer in network.offers_of[node] if offer not in alone]
            for node in sorted({component[offer] for offer in alone})
        },
    )
