"""Phases: the programs that, one after another, give an objective's solutions from the best to the worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.solutions.lead_program import LeadProgram
from graph_service.analysis.solutions.supply_program import SupplyProgram
from graph_service.model.kinds import Objective
from graph_service.network.network import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.measures import Measures


@dataclass(frozen=True, slots=True)
class Phase:
    """A program with the costs to minimise one after another, before the number of offers and their ids.

    `measure` names what the first of them counts, in units of `unit`, and `value` gives it for a solution.
    `bounds_only`: a solution may be worse than its costs.
    """

    supply: SupplyProgram
    stages: Sequence[Mapping[int, float]]
    measure: str
    value: Callable[[frozenset[int]], float]
    unit: float = 1.0
    bounds_only: bool = False


def phases(objective: Objective, measures: Measures, reduced: Formula) -> Iterator[Phase]:
    """Give the phases of an objective; each holds all solutions that no earlier one has, and better ones none.

    `reduced` is the reduced formula, whose offers are all that solutions can use.
    """
    match objective:
        case Objective.OFFERS:
            yield Phase(SupplyProgram(reduced), (), "offers", len)
        case Objective.RISK:
            supply = SupplyProgram(reduced)
            stages = (_supplier_costs(supply, measures),)
            yield Phase(supply, stages, "distinct companies", measures.supplier_count)
        case Objective.CONFIDENCE:
            yield from _by_confidence(measures, reduced)
        case Objective.COST:
            yield from _by_cost(measures, reduced)
        case Objective.LEAD_TIME:
            network = measures.network
            supply = LeadProgram(measures.formula, network.nodes.component_count, network.offers.lead_time_weeks)
            supply.allow_only(frozenset(reduced.offers))
            stages = (supply.unknown_costs, supply.week_costs)
            yield Phase(supply, stages, "components of unknown lead time", measures.lead_unknown, bounds_only=True)


def _by_confidence(measures: Measures, reduced: Formula) -> Iterator[Phase]:
    """Allow weaker and weaker offers: the weakest one of a phase is then as strong as can be."""
    confidence = measures.network.offers.validity.confidence
    for least in sorted({confidence[offer] for offer in reduced.offers}, reverse=True):
        offers = frozenset(offer for offer in reduced.offers if confidence[offer] >= least)
        if reduced.working(offers)[0]:
            yield Phase(_allowing(reduced, offers), (), f"offers of confidence {least} and more", len)


def _by_cost(measures: Measures, reduced: Formula) -> Iterator[Phase]:
    """Allow the priced offers of one currency after another, then all: what is still to be found costs unknown sums."""
    for currency in measures.currencies:
        prices = {
            offer: float(measures.price[offer].amount)
            for offer in reduced.offers
            if offer in measures.price and measures.price[offer].currency == currency
        }
        if reduced.working(prices)[0]:
            supply = _allowing(reduced, prices)
            unit = max(prices.values(), default=0.0) or 1.0
            costs = {supply.offer_column[offer]: price / unit for offer, price in prices.items()}
            yield Phase(supply, (costs,), currency, lambda solution: float(measures.cost(solution) or 0), unit=unit)
    yield Phase(SupplyProgram(reduced), (), "offers", len)


def _allowing(reduced: Formula, offers: Collection[int]) -> SupplyProgram:
    supply = SupplyProgram(reduced)
    supply.allow_only(offers)
    return supply


def _supplier_costs(supply: SupplyProgram, measures: Measures) -> Mapping[int, float]:
    """Count companies; an offer without a company counts as one of its own."""
    company = measures.network.offers.company
    column_of: dict[int, int] = {}
    costs: dict[int, float] = {}
    for offer, column in supply.offer_column.items():
        if company[offer] == NONE:
            costs[column] = 1.0
            continue
        if company[offer] not in column_of:
            column_of[company[offer]] = supply.program.column()
        used = column_of[company[offer]]
        costs[used] = 1.0
        supply.program.at_least(0, [(used, 1), (column, -1)])
    return costs
