"""Stress test: how long a target survives without each supplier, against how long that needs to recover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from math import fsum, isinf
from typing import TYPE_CHECKING, Final, NamedTuple

from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.elements import Elements, elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.quantity import total_quantities
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.program import Budget
from graph_service.analysis.stress.answers import DIGITS, StressAnswers
from graph_service.errors import BadInput
from graph_service.model.kinds import Answer, Exactness, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.network.network import SupplyNetwork

BUDGET_SECONDS: Final = 10.0
"""How long elements are looked at, those of most offers first, before the answer is cut."""

CELLS_MAX: Final = 1_000_000
"""Nodes times elements that are looked at together."""

NAMED_MAX: Final = 5
"""Elements without a row that an answer names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class StressRow:
    """What becomes of the target without one element.

    `time_to_survive_weeks` is None where the target survives for ever, `time_to_recover_weeks` where none is known.
    """

    entity: str
    time_to_survive_weeks: float | None
    time_to_recover_weeks: float | None
    at_risk: Answer
    lost_units: Decimal | None
    performance_impact: Decimal | None
    risk_exposure_index: float | None


@dataclass(frozen=True, slots=True)
class StressTest:
    """A row for each element that facts behind the target touch: shortest survival first, for ever last, then by id."""

    rows: tuple[StressRow, ...]
    meta: AnalysisMeta


def stress_test(
    network: SupplyNetwork,
    target: str,
    level: Level = Level.COMPANY,
    demand_per_week: Decimal | None = None,
    margin_per_unit: Decimal | None = None,
    *,
    budget_seconds: float = BUDGET_SECONDS,
) -> StressTest:
    """Let each element fail and ask for how long stocks and what is left meet all demand (docs/semantics.md 31).

    Exact where all stocks are known; else they count 0, and the time is a lower bound. Where the budget ends before
    all elements are looked at, rows are missing and the answer says so. Raises BadInput for a demand or margin that
    is not above 0, and as `target_number` does.
    """
    stopwatch = Stopwatch()
    budget = Budget(budget_seconds)
    start = target_number(network, target)
    for name, value in (("demandPerWeek", demand_per_week), ("marginPerUnit", margin_per_unit)):
        if value is not None and not (value.is_finite() and value > 0):
            raise BadInput(f"{name} must be above 0, got {value}")
    nodes = closure(network, start).nodes
    stressed = _Stressed(network, start, nodes, elements_behind(network, start, level, nodes), demand_per_week)
    found = stressed.all_rows(margin_per_unit, budget)
    cuts = [cut for cut in (stressed.unstocked(), stressed.missing(found, budget_seconds)) if cut]
    return StressTest(
        rows=_ranked(list(found.rows.values())),
        meta=stopwatch.meta(
            network,
            semantics="time for which stocks and what is left meet the demand of the target if an element fails "
            "as a whole (docs/semantics.md 31)",
            algorithm="flows layer by layer from the inputs, Newton's method in time; linear programs (HiGHS) where "
            "cycles settle slowly",
            exactness=Exactness.BOUNDED if cuts else Exactness.EXACT,
            partial_because="; ".join(cuts) or None,
            unknown=unknown_in(network, nodes),
        ),
    )


def _ranked(rows: Sequence[StressRow]) -> tuple[StressRow, ...]:
    """Fill in the index, impact by the greatest impact, and put the rows in order."""
    greatest = max([row.performance_impact for row in rows if row.performance_impact is not None], default=Decimal(0))
    indexed = [
        replace(row, risk_exposure_index=round(float(row.performance_impact / greatest), DIGITS))
        if row.performance_impact is not None and greatest
        else row
        for row in rows
    ]
    never = float("inf")
    return tuple(
        sorted(
            indexed,
            key=lambda row: (never if (weeks := row.time_to_survive_weeks) is None else weeks, row.entity),
        )
    )


class Found(NamedTuple):
    """The rows of the elements that were answered, and the elements that flows leave open and no program answered."""

    rows: Mapping[int, StressRow]
    unsettled: Sequence[int]


class _Stressed:
    """A target, what its closure can produce and holds, and what each element takes from that."""

    def __init__(
        self, network: SupplyNetwork, start: int, nodes: Sequence[int], elements: Elements, demand: Decimal | None
    ) -> None:
        self.network = network
        self.nodes = nodes
        self.elements = elements
        self.demand = demand
        self.offers = [offer for node in sorted(nodes) for offer in network.offers_of[node]]
        self.offers_of_element = elements.offers_by_element(self.offers)
        self.part = _parts(network, start, nodes, self.offers, demand)
        own = {node: self._left(node, frozenset()) for node in nodes}
        self.capacity = {node: one for node, one in own.items() if one is not None}
        self.asked = StressAnswers(network, nodes, self.capacity, self._stocks(nodes))
        self.order = sorted(range(len(elements.ids)), key=lambda one: (-len(self.offers_of_element[one]), one))
        self.at_once = max(1, CELLS_MAX // len(nodes))

    def all_rows(self, margin: Decimal | None, budget: Budget) -> Found:
        """Let each element fail, all by flows first and then those that these leave open by linear programs."""
        found: dict[int, StressRow] = {}
        for first in range(0, len(self.order), self.at_once):
            if budget.left <= 0:
                break
            found |= self._rows(self.order[first : first + self.at_once], margin, budget)
        if budget.left <= 0:
            return Found(found, [])
        unsettled = [element for element in self.order if element not in found]
        for element in unsettled:
            found |= self._rows([element], margin, budget, by_program=True)
        return Found(found, [element for element in unsettled if element not in found])

    def _rows(
        self, elements: Sequence[int], margin: Decimal | None, budget: Budget, *, by_program: bool = False
    ) -> Mapping[int, StressRow]:
        """Let each of some elements fail; of those whose answers are not found in the budget there is no row."""
        cases = {element: self._lost(element) for element in elements}
        weeks = dict(
            zip(elements, self.asked.survived(list(cases.values()), budget, by_program=by_program), strict=True)
        )
        recovers = {element: self._recovery(element) for element in elements}
        wanted = [
            (element, recovery)
            for element, recovery in recovers.items()
            if recovery is not None and weeks[element] is not None and self.demand is not None
        ]
        given = self.asked.given(
            [recovery for _, recovery in wanted],
            [cases[element] for element, _ in wanted],
            budget,
            by_program=by_program,
        )
        lost = {
            element: None if one is None else self._units(recovery - one)
            for (element, recovery), one in zip(wanted, given, strict=True)
        }
        return {
            element: self._row(element, survives, recovers[element], lost.get(element), margin)
            for element, survives in weeks.items()
            if survives is not None and not (element in lost and lost[element] is None)
        }

    def _row(
        self, element: int, survives: float, recovers: float | None, units: Decimal | None, margin: Decimal | None
    ) -> StressRow:
        return StressRow(
            entity=self.elements.ids[element],
            time_to_survive_weeks=None if isinf(survives) else survives,
            time_to_recover_weeks=recovers,
            at_risk=_at_risk(survives, recovers),
            lost_units=units,
            performance_impact=None if margin is None or units is None else _plain(units * margin),
            risk_exposure_index=None,
        )

    def missing(self, found: Found, seconds: float) -> str | None:
        """Say which elements have no row and why, if any."""
        whys: list[str] = []
        if len(found.rows) + len(found.unsettled) < len(self.order):
            whys.append(
                f"the time of {seconds:g} s ended after {len(found.rows)} of {len(self.order)} elements, "
                "those of most offers"
            )
        if found.unsettled:
            names = [self.elements.ids[element] for element in sorted(found.unsettled)]
            named = ", ".join(names[:NAMED_MAX]) + (f" and {len(names) - NAMED_MAX} more" if names[NAMED_MAX:] else "")
            whys.append(
                f"within {seconds:g} s, a linear program of {len(self.nodes):,} components was not solved for {named}"
            )
        return "; ".join(whys) or None

    def unstocked(self) -> str | None:
        """Say how many stocks are not known, if any."""
        inventory = self.network.offers.inventory_weeks
        unknown = sum([inventory[offer] is None for offer in self.offers])
        if not unknown:
            return None
        return (
            f"the stock of {unknown:,} of {len(self.offers):,} offers is not known and counts 0, "
            "so the time to survive is a lower bound"
        )

    def _units(self, weeks: float) -> Decimal:
        """Give weeks of demand in units of the target."""
        assert self.demand is not None
        return _plain(Decimal(repr(max(0.0, round(weeks, DIGITS)))) * self.demand)

    def _lost(self, element: int) -> Mapping[int, float]:
        """Give what the nodes that an element touches can still produce a week; only where that is less."""
        if self.elements.nodes:
            return {self.elements.nodes[element]: 0.0}
        gone = frozenset(self.offers_of_element[element])
        touched = {self.network.offers.component[offer] for offer in gone}
        left = {node: self._left(node, gone) for node in sorted(touched)}
        return {node: one for node, one in left.items() if one is not None and one < self.capacity[node]}

    def _left(self, node: int, gone: frozenset[int]) -> float | None:
        """Give what the offers of a node can produce a week without some of them; None without limit.

        Where lists of suppliers are open, an incomplete one loses nothing (docs/semantics.md 44).
        """
        network = self.network
        offers = network.offers_of[node]
        if network.supplied_as_recorded[node] or not offers:
            return None
        if network.always_supplied[node]:
            gone = frozenset()
        weekly = fsum([self.part[offer] for offer in offers if offer not in gone])
        return 1.0 if abs(weekly - 1) < SAME else weekly

    def _stocks(self, nodes: Sequence[int]) -> Mapping[int, float]:
        estimated, inventory = self.network.weights.estimated, self.network.offers.inventory_weeks
        stocks = {
            node: fsum([float(estimated[offer]) * (inventory[offer] or 0.0) for offer in self.network.offers_of[node]])
            for node in nodes
        }
        return {node: stock for node, stock in stocks.items() if stock}

    def _recovery(self, element: int) -> float | None:
        """Give the longest known time to recover of an element's offers; of a component, of its own."""
        offers = self.offers_of_element[element]
        if self.elements.nodes:
            offers = self.network.offers_of[self.elements.nodes[element]]
        known = [self.network.offers.time_to_recover_weeks[offer] for offer in offers]
        return max([weeks for weeks in known if weeks is not None], default=None)


SAME: Final = 1e-9
"""A sum of shares that is nearer to 1 than this differs from it by rounding only."""


def _at_risk(survives: float, recovers: float | None) -> Answer:
    if isinf(survives):
        return Answer.NO
    if recovers is None:
        return Answer.UNKNOWN
    return Answer.YES if recovers > survives else Answer.NO


def _plain(value: Decimal) -> Decimal:
    """Write a number without zeros that say nothing, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def _parts(
    network: SupplyNetwork, start: int, nodes: Sequence[int], offers: Sequence[int], demand: Decimal | None
) -> Mapping[int, float]:
    """Give what each offer can produce a week, in weeks of the target's demand: by its capacity, else by its share."""
    units: Mapping[int, Decimal | None] = {}
    if demand is not None:
        units = total_quantities(network, start, nodes)
    estimated, stated = network.weights.estimated, network.offers.capacity
    parts: dict[int, float] = {}
    for offer in offers:
        capacity, quantity = stated[offer], units.get(network.offers.component[offer])
        if demand is None or capacity is None or not quantity:
            parts[offer] = float(estimated[offer])
        else:
            parts[offer] = float(capacity / (quantity * demand))
    return parts
