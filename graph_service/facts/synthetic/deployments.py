"""Synthetic deployments: clusters of every mode, at home and in the cloud."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graph_service.facts.rows import Deployment
from graph_service.model.kinds import DeploymentMode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.facts.rows import Company, Nation
    from graph_service.facts.synthetic.chance import Chance


def deployments(
    chance: Chance, component_count: int, nations: Sequence[Nation], companies: Sequence[Company], source_count: int
) -> list[Deployment]:
    """Make a deployment for every thousand components, two at least; their dates are open, so that all can be asked."""
    return [
        Deployment(
            id=f"deployment:cluster-{number + 1:03}",
            name=f"Cluster {number + 1}",
            location=nations[chance.hub(len(nations))].id,
            operator=companies[chance.hub(len(companies))].id,
            status="operational",
            confidence=80,
            sources=chance.cited(source_count),
            **_economy(chance, chance.one(tuple(DeploymentMode))),
        )
        for number in range(max(2, component_count // 1_000))
    ]


def _economy(chance: Chance, mode: DeploymentMode) -> Mapping[str, Any]:
    """Give the mode with the costs that it has."""
    owned, rented = mode is not DeploymentMode.CLOUD, mode in {DeploymentMode.CLOUD, DeploymentMode.HYBRID}
    return {
        "mode": mode,
        "air_gapped": owned and not rented and chance.happens(0.3),
        "capex": Decimal(100_000 * (1 + chance.among(100))) if owned else None,
        "opex_per_year": Decimal(10_000 * (1 + chance.among(100))) if owned else None,
        "price_per_hour": Decimal(5 * (1 + chance.among(40))) if rented else None,
        "currency": "USD",
        "tokens_per_second": float(1_000 * (1 + chance.among(500))),
    }
