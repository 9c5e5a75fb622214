"""Costs: what a deployment costs over some years, as the value of today (docs/semantics.md 36)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from graph_service.model.kinds import DeploymentMode

HOURS_PER_YEAR: Final = 8_760
SECONDS_PER_YEAR: Final = 31_536_000
TOKENS_PER_UNIT: Final = 1_000_000

CENT: Final = Decimal("0.01")
"""To what a net present cost is rounded."""

MICRO: Final = Decimal("0.000001")
"""To what the cost of a million tokens is rounded."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a deployment costs at first, in a year and in an hour of use; None for what is not known."""

    mode: DeploymentMode
    capex: Decimal | None
    opex_per_year: Decimal | None
    price_per_hour: Decimal | None

    @property
    def is_owned(self) -> bool:
        """Tell whether something is bought and run: all but CLOUD."""
        return self.mode is not DeploymentMode.CLOUD

    @property
    def is_rented(self) -> bool:
        """Tell whether hours are paid for: CLOUD and HYBRID."""
        return self.mode in {DeploymentMode.CLOUD, DeploymentMode.HYBRID}

    def missing(self) -> tuple[str, ...]:
        """Name the prices that its mode needs and that are not known, as GraphQL does."""
        owned = (("capex", self.capex), ("opexPerYear", self.opex_per_year)) if self.is_owned else ()
        rented = (("pricePerHour", self.price_per_hour),) if self.is_rented else ()
        return tuple([name for name, price in (*owned, *rented) if price is None])


@dataclass(frozen=True, slots=True)
class Horizon:
    """For how many years costs are counted, what a year takes off their value, and which part of the time is used."""

    years: int
    discount_rate: Decimal
    utilisation: Decimal

    @property
    def annuity(self) -> Decimal:
        """What 1 a year, from the first year's end on, is worth today."""
        return sum(((1 + self.discount_rate) ** -year for year in range(1, self.years + 1)), Decimal())


def net_present_cost(prices: Prices, horizon: Horizon) -> Decimal | None:
    """Give capex and the discounted costs of all years, unrounded; None where the mode needs a price not known."""
    if prices.missing():
        return None
    fixed, hourly = _parts(prices, horizon)
    return fixed + hourly * horizon.utilisation


def break_even_utilisation(prices: Prices, horizon: Horizon, cheapest_hour: Decimal) -> Decimal | None:
    """Give the part of the time at which a cloud at this price an hour costs the same; above 1 it never does.

    None for a cloud, for missing prices, and where the hours of a hybrid cost as much as those of the cloud.
    """
    if not prices.is_owned or prices.missing():
        return None
    fixed, hourly = _parts(prices, horizon)
    saved = cheapest_hour * HOURS_PER_YEAR * horizon.annuity - hourly
    return fixed / saved if saved > 0 else None


def cost_per_million_tokens(cost: Decimal, tokens_per_second: float, horizon: Horizon) -> Decimal | None:
    """Spread a net present cost over all tokens of the horizon; None where there are none."""
    seconds = SECONDS_PER_YEAR * horizon.years * horizon.utilisation
    tokens = Decimal(repr(tokens_per_second)) * seconds
    return cost * TOKENS_PER_UNIT / tokens if tokens else None


def _parts(prices: Prices, horizon: Horizon) -> tuple[Decimal, Decimal]:
    """Give what is paid in any case, and what is paid if it is used all the time; prices are known as needed."""
    fixed, hourly = Decimal(), Decimal()
    if prices.is_owned:
        assert prices.capex is not None
        assert prices.opex_per_year is not None
        fixed = prices.capex + prices.opex_per_year * horizon.annuity
    if prices.is_rented:
        assert prices.price_per_hour is not None
        hourly = prices.price_per_hour * HOURS_PER_YEAR * horizon.annuity
    return fixed, hourly
