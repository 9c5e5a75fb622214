"""Phases: the programs that, one after another, give an objective's solutions from the best to the worst."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from graph_service.analysis.solutions.choices import Choices, choices_of
from graph_service.analysis.solutions.formula import formula_of
from graph_service.analysis.solutions.lead_program import LeadProgram
from graph_service.analysis.solutions.measures import NOT_PRICED
from graph_service.analysis.solutions.supply_program import SupplyProgram
from graph_service.model.kinds import Objective
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.measures import Key, Measures


@dataclass(frozen=True, slots=True)
class Phase:
    """A program with the costs to minimise one after another, before the number of offers and their ids.

    `choices` say which offers stand for others, in an order that `order` keeps. `rank` gives what the objective
    says of a solution that is new in this phase. `measure` names what the first costs count, in units of `unit`,
    and `value` gives it for a solution. `bounds_only`: a solution may be worse than its costs.
    """

    supply: SupplyProgram
    choices: Choices
    rank: Callable[[frozenset[int]], Key]
    measure: str
    value: Callable[[frozenset[int]], float] = len
    order: Objective = Objective.OFFERS
    stages: Sequence[Mapping[int, float]] = field(default=())
    unit: float = 1.0
    bounds_only: bool = False


class Phases:
    """The phases of one objective over one reduced formula, whose offers are all that solutions can use.

    Each holds all solutions that no earlier one has, and no better ones. Offers stand for others only where
    `share_of` gives them the same number.
    """

    def __init__(
        self, objective: Objective, measures: Measures, reduced: Formula, share_of: Callable[[int], int]
    ) -> None:
        self.objective = objective
        self.measures = measures
        self.offers = measures.network.offers
        self.reduced = reduced
        self.share_of = share_of
        self.rank = partial(measures.rank, objective)

    def __iter__(self) -> Iterator[Phase]:
        """Give the phases, best solutions first; a program is made when it is asked for."""
        match self.objective:
            case Objective.OFFERS:
                yield self._of_any(())
            case Objective.CONFIDENCE:
                yield from self._by_confidence()
            case Objective.COST:
                yield from self._by_cost()
                yield self._of_any(NOT_PRICED)
            case Objective.RISK:
                yield self._by_suppliers()
            case Objective.LEAD_TIME:
                yield self._by_lead_time()

    def _of_any(self, rank: Key) -> Phase:
        choices = choices_of(self.reduced, self.share_of)
        return Phase(SupplyProgram(choices.formula), choices, lambda _: rank, "offers")

    def _by_confidence(self) -> Iterator[Phase]:
        """Allow weaker and weaker offers: the weakest one of a phase is then as strong as can be."""
        confidence = self.offers.validity.confidence
        for least in sorted({confidence[offer] for offer in self.reduced.offers}, reverse=True):
            left = self.reduced.with_only({offer for offer in self.reduced.offers if confidence[offer] >= least})
            if left is not None:
                choices = choices_of(left, self.share_of)
                rank: Callable[[frozenset[int]], Key] = partial(_fixed, (-least,))
                yield Phase(SupplyProgram(choices.formula), choices, rank, f"offers of confidence {least} and more")

    def _by_cost(self) -> Iterator[Phase]:
        """Allow the priced offers of one currency after another."""
        price = self.measures.price
        for currency in self.measures.currencies:
            priced = {offer for offer in self.reduced.offers if offer in price and price[offer].currency == currency}
            left = self.reduced.with_only(priced)
            if left is None:
                continue
            choices = choices_of(left, self.share_of, lambda offer: (price[offer].amount, offer))
            supply = SupplyProgram(choices.formula)
            amounts = {column: float(price[offer].amount) for offer, column in supply.offer_column.items()}
            unit = max(amounts.values(), default=0.0) or 1.0
            yield Phase(
                supply,
                choices,
                self.rank,
                currency,
                value=self._cost,
                order=Objective.COST,
                stages=({column: amount / unit for column, amount in amounts.items()},),
                unit=unit,
            )

    def _cost(self, solution: frozenset[int]) -> float:
        return float(self.measures.cost(solution) or 0)

    def _by_suppliers(self) -> Phase:
        """Count companies; an offer without a company counts as one of its own."""
        company = self.offers.company
        choices = choices_of(self.reduced, lambda offer: (self.share_of(offer), company[offer]))
        supply = SupplyProgram(choices.formula)
        used: dict[int, int] = {}
        costs: dict[int, float] = {}
        for offer, column in supply.offer_column.items():
            if company[offer] == NONE:
                costs[column] = 1.0
                continue
            if company[offer] not in used:
                used[company[offer]] = supply.program.column()
            costs[used[company[offer]]] = 1.0
            supply.program.at_least(0, [(used[company[offer]], 1), (column, -1)])
        count = self.measures.supplier_count
        return Phase(supply, choices, self.rank, "distinct companies", value=count, stages=(costs,))

    def _by_lead_time(self) -> Phase:
        """Bound the weeks over the whole formula: what works without offers takes time as well."""
        lead, whole = self.offers.lead_time_weeks, self.measures.supply.formula
        usable = set(self.reduced.offers)
        supplies = [None if own is None else tuple([one for one in own if one in usable]) for own in whole.supplies]
        part = formula_of(whole.nodes, supplies, whole.needs)
        choices = choices_of(part, lambda offer: (self.share_of(offer), lead[offer]))
        supply = LeadProgram(choices.formula, self.measures.network.nodes.component_count, lead)
        return Phase(
            supply,
            choices,
            self.rank,
            "components of unknown lead time",
            value=self.measures.lead_unknown,
            stages=(supply.unknown_costs, supply.week_costs),
            bounds_only=True,
        )


def _fixed(rank: Key, _: frozenset[int]) -> Key:
    return rank
