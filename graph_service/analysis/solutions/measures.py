"""Measures: what a solution costs, takes and rests on, and which of two solutions is better (docs/semantics.md 17)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.primitives.closure import behind
from graph_service.analysis.primitives.lead_time import weeks_behind
from graph_service.analysis.primitives.quantity import SHOWN, WORKING, ZERO
from graph_service.model.kinds import Objective
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from graph_service.analysis.solutions.supply import Supply

Key = tuple["float | Decimal", ...]
"""Smaller is better: what the objective says, then the number of offers, then their numbers."""

SURE: Final = 100
"""The confidence of a solution that rests on no fact."""

ENDLESS: Final = float("inf")

NOT_PRICED: Final[Key] = (ENDLESS,)
"""The rank of a solution of unknown cost."""


def ties(offers: Collection[int]) -> Key:
    """Rank a solution among those that the objective likes as much: fewest offers, then least ids."""
    return (len(offers), *sorted(offers))


@dataclass(frozen=True, slots=True)
class Price:
    """What an offer costs per unit of the target, and in which currency."""

    amount: Decimal
    currency: str


class Measures:
    """The measures of solutions of one target; `quantities` are units of each node of its closure, if known."""

    def __init__(self, supply: Supply, quantities: Mapping[int, Decimal | None]) -> None:
        self.network = supply.network
        self.supply = supply
        self.quantities = quantities

    @cached_property
    def price(self) -> Mapping[int, Price]:
        """What each offer that may be chosen costs, where that is known."""
        offers: list[int] = self.supply.offers.tolist()
        return {offer: price for offer in offers if (price := self._price_of(offer)) is not None}

    @cached_property
    def currencies(self) -> Sequence[str]:
        """The currencies of these prices, most used first, then by name."""
        uses = Counter(price.currency for price in self.price.values())
        return sorted(uses, key=lambda currency: (-uses[currency], currency))

    def key(self, objective: Objective, offers: frozenset[int]) -> Key:
        """Rank a solution: a smaller key is a better solution."""
        return (*self.rank(objective, offers), *ties(offers))

    def rank(self, objective: Objective, offers: frozenset[int]) -> Key:
        """Give what the objective says of a solution, before ties are broken."""
        match objective:
            case Objective.OFFERS:
                return ()
            case Objective.RISK:
                return (self.supplier_count(offers),)
            case Objective.CONFIDENCE:
                return (-self.confidence(offers),)
            case Objective.COST:
                cost, currency = self._price(offers)
                if cost is None:
                    return NOT_PRICED
                return (self.currencies.index(currency) if currency else -1, cost)
            case Objective.LEAD_TIME:
                unknown, weeks = self.lead_time(offers)
                return (unknown, ENDLESS if weeks is None else weeks)

    def supplier_count(self, offers: Iterable[int]) -> int:
        """Count distinct companies; an offer without a company counts as one of its own."""
        company = self.network.offers.company
        return len({(company[offer], offer if company[offer] == NONE else NONE) for offer in offers})

    def confidence(self, offers: Collection[int]) -> int:
        """Give the confidence of the weakest offer, 0 to 100."""
        known = self.network.offers.validity.confidence
        return min([known[offer] for offer in offers], default=SURE)

    def cost(self, offers: Collection[int]) -> Decimal | None:
        """Sum the prices of the offers; None where one is not known or they are in several currencies."""
        return self._price(offers)[0]

    def lead_unknown(self, offers: Collection[int]) -> int:
        """Count the components of unknown lead time."""
        return self.lead_time(offers)[0]

    def weights(self, objective: Objective) -> Mapping[int, float]:
        """Weigh single offers, roughly as the objective does: for a first solution, not for the best."""
        offers = self.network.offers
        able: list[int] = self.supply.offers.tolist()
        match objective:
            case Objective.OFFERS | Objective.RISK:
                return dict.fromkeys(able, 1.0)
            case Objective.CONFIDENCE:
                return {offer: SURE + 1.0 - offers.validity.confidence[offer] for offer in able}
            case Objective.COST:
                known = {offer: float(price.amount) for offer, price in self.price.items()}
            case Objective.LEAD_TIME:
                known = {offer: weeks for offer in able if (weeks := offers.lead_time_weeks[offer]) is not None}
        unknown = 10 * max(known.values(), default=1.0)
        return {offer: known.get(offer, unknown) for offer in able}

    def lead_time(self, offers: Collection[int]) -> tuple[int, float | None]:
        """Count the components of unknown lead time, and give the critical lead time in weeks, with only these offers.

        Both over what the target reaches through alternatives that then work (docs/semantics.md 15).
        """
        network, supply, lead = self.network, self.supply, self.network.offers.lead_time_weeks
        component = network.offers.component
        known = {component[offer]: weeks for offer in offers if (weeks := lead[offer]) is not None}
        supplied = np.zeros(len(network.nodes.id), dtype=np.bool_)
        supplied[[component[offer] for offer in offers]] = True
        works = supply.working(supplied).works & supply.usable
        reached = behind(network, np.array([supply.target]), to=works)
        own = np.zeros(len(supplied))
        own[list(known)] = list(known.values())
        own[~reached] = 0.0
        is_known = np.zeros(len(supplied), dtype=np.bool_)
        is_known[list(known)] = True
        unknown = int(np.count_nonzero((reached & ~is_known)[: network.nodes.component_count]))
        if not np.any(reached & is_known):
            return unknown, None
        return unknown, weeks_behind(network, supply.target, reached & supply.usable, own)

    def _price_of(self, offer: int) -> Price | None:
        offers = self.network.offers
        units = self.quantities.get(offers.component[offer])
        cost, currency = offers.unit_cost[offer], offers.currency[offer]
        if units is None or cost is None or currency is None:
            return None
        return Price(WORKING.multiply(units, cost), currency)

    def _price(self, offers: Collection[int]) -> tuple[Decimal | None, str | None]:
        prices = [price for offer in sorted(offers) if (price := self._price_of(offer)) is not None]
        currencies = {price.currency for price in prices}
        if len(prices) < len(offers) or len(currencies) > 1:
            return None, None
        total = ZERO
        for price in prices:
            total = WORKING.add(total, price.amount)
        return SHOWN.plus(total), next(iter(currencies), None)
