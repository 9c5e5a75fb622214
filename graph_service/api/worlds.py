"""Inputs of the contract as the model's own values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_service.reads.arguments import world_of

if TYPE_CHECKING:
    from graph_service.api.inputs import WorldInput
    from graph_service.model.world import World


def world_from(given: WorldInput | Any | None) -> World:
    """Read a world input, or its absence, as a world: the same rules as for reads."""
    if not given:
        return world_of({})
    return world_of(
        {
            "world": {
                "asOf": given.as_of or None,
                "allDates": given.all_dates,
                "minConfidence": given.min_confidence,
                "capital": given.capital,
                "suppliers": given.suppliers,
            }
        }
    )
