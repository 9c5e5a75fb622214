"""Measures: what a solution costs, takes and rests on, and which of two solutions is better (docs/semantics.md 17)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.lead_time import lead_times
from graph_service.analysis.quantity import SHOWN, WORKING, ZERO
from graph_service.model.kinds import Objective
from graph_service.network.condensation import condensed
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.network.network import SupplyNetwork

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
    """The measures of solutions of one formula, the whole one: what works without offers takes time as well."""

    def __init__(self, network: SupplyNetwork, formula: Formula, quantities: Mapping[int, Decimal | None]) -> None:
        self.network = network
        self.formula = formula
        self.price: dict[int, Price] = {}
        self.node_of: dict[int, int] = {}
        for node, supplies in enumerate(formula.supplies):
            for offer in supplies or ():
                self.node_of[offer] = node
                units = quantities.get(formula.nodes[node])
                cost, currency = network.offers.unit_cost[offer], network.offers.currency[offer]
                if units is not None and cost is not None and currency is not None:
                    self.price[offer] = Price(WORKING.multiply(units, cost), currency)
        uses = Counter(price.currency for price in self.price.values())
        self.currencies = sorted(uses, key=lambda currency: (-uses[currency], currency))

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
        match objective:
            case Objective.OFFERS | Objective.RISK:
                return dict.fromkeys(self.node_of, 1.0)
            case Objective.CONFIDENCE:
                return {offer: SURE + 1.0 - offers.validity.confidence[offer] for offer in self.node_of}
            case Objective.COST:
                known = {offer: float(price.amount) for offer, price in self.price.items()}
            case Objective.LEAD_TIME:
                known = {offer: weeks for offer in self.node_of if (weeks := offers.lead_time_weeks[offer]) is not None}
        unknown = 10 * max(known.values(), default=1.0)
        return {offer: known.get(offer, unknown) for offer in self.node_of}

    def _price(self, offers: Collection[int]) -> tuple[Decimal | None, str | None]:
        prices = [self.price[offer] for offer in sorted(offers) if offer in self.price]
        currencies = {price.currency for price in prices}
        if len(prices) < len(offers) or len(currencies) > 1:
            return None, None
        total = ZERO
        for price in prices:
            total = WORKING.add(total, price.amount)
        return SHOWN.plus(total), next(iter(currencies), None)

    def lead_time(self, offers: Collection[int]) -> tuple[int, float | None]:
        """Count the components of unknown lead time, and give the critical lead time in weeks, with only these offers.

        Both over what the target reaches through alternatives that then work (docs/semantics.md 15).
        """
        formula, lead = self.formula, self.network.offers.lead_time_weeks
        works = formula.working(offers)
        offer_of = {self.node_of[offer]: offer for offer in offers}
        needs = [
            [need.among(works) for need in wanted] if works[node] else [] for node, wanted in enumerate(formula.needs)
        ]
        inputs = [[met for need in wanted for met in need.alternatives] for wanted in needs]
        parts = condensed([0], inputs)
        reached = [node for members in parts.groups for node in members]
        known = {node: weeks for node in reached if node in offer_of and (weeks := lead[offer_of[node]]) is not None}
        count = self.network.nodes.component_count
        unknown = sum([formula.nodes[node] < count and node not in known for node in reached])
        if not known:
            return unknown, None
        own = [known.get(node, 0.0) for node in range(len(needs))]
        return unknown, lead_times(needs, parts, parts.groups, own).weeks[0]
