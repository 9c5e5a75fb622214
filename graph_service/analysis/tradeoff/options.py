"""Options: deployments with their prices, as recorded and as the caller knows better (docs/semantics.md 36)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Final

from graph_service.analysis.tradeoff.costs import Prices
from graph_service.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from graph_service.network.network import SupplyNetwork

AMOUNT_MAX: Final = 10**15
"""The greatest cost or throughput that is believed."""


@dataclass(frozen=True, slots=True)
class DeploymentCost:
    """What the caller knows of a deployment better than the record; None leaves what is recorded."""

    deployment: str
    capex: Decimal | None = None
    opex_per_year: Decimal | None = None
    price_per_hour: Decimal | None = None
    currency: str | None = None
    tokens_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A deployment with its prices; `mixed` where they, or those of all options, are in several currencies."""

    node: int
    prices: Prices
    currency: str | None
    tokens_per_second: float | None
    mixed: bool = False


def stated_costs(costs: Sequence[DeploymentCost], nodes: Mapping[str, int]) -> Mapping[int, DeploymentCost]:
    """Check what the caller knows of costs, and give it by the number of the deployment."""
    found: dict[int, DeploymentCost] = {}
    for one in costs:
        node = nodes.get(one.deployment)
        if node is None:
            raise BadInput(f"costs must be of a deployment that is compared, got {one.deployment}")
        if node in found:
            raise BadInput(f"costs name {one.deployment} twice")
        amounts = (
            ("capex", one.capex),
            ("opexPerYear", one.opex_per_year),
            ("pricePerHour", one.price_per_hour),
            ("tokensPerSecond", one.tokens_per_second),
        )
        for name, amount in amounts:
            if amount is not None and not (isfinite(amount) and 0 <= amount <= AMOUNT_MAX):
                raise BadInput(f"{name} of {one.deployment} must be 0 to {AMOUNT_MAX:,}, got {amount}")
        found[node] = one
    return found


def option_of(network: SupplyNetwork, node: int, given: Mapping[int, DeploymentCost]) -> Option:
    """Put together what is recorded of a deployment and what the caller gives instead."""
    place, table = node - network.nodes.component_count, network.deployments
    own = given.get(node, DeploymentCost(network.nodes.id[node]))
    recorded = (table.capex[place], table.opex_per_year[place], table.price_per_hour[place])
    stated = (own.capex, own.opex_per_year, own.price_per_hour)
    capex, opex, price = (one if one is not None else other for one, other in zip(stated, recorded, strict=True))
    prices = Prices(table.mode[place], capex, opex, price)
    kept = any(one is None and other is not None for one, other in zip(stated, recorded, strict=True))
    currency = table.currency[place] if own.currency is None else own.currency
    tokens = table.tokens_per_second[place] if own.tokens_per_second is None else own.tokens_per_second
    return Option(node, prices, currency, tokens, mixed=kept and currency != table.currency[place])


def one_currency(options: Sequence[Option]) -> Sequence[Option]:
    """Mark options as mixed unless those whose prices are known are all in one currency."""
    currencies = {option.currency for option in options if not option.prices.missing() and not option.mixed}
    return [replace(option, mixed=True) for option in options] if len(currencies) > 1 else options
