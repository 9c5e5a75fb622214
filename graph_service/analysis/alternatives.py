"""Alternative supplier paths: what else could supply a target, and if nothing, what blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.blockers import Blocker, blockers_of
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.exclusions import Excluded, Exclusions, excluded
from graph_service.analysis.primitives.failure import numbers_of
from graph_service.analysis.primitives.feasibility import Feasibility, feasibility
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.quantity import total_quantities
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.disjoint import DisjointSearch, Family
from graph_service.analysis.solutions.measures import Measures
from graph_service.analysis.solutions.program import Budget
from graph_service.analysis.solutions.search import best_supplies
from graph_service.analysis.solutions.supply import Supply
from graph_service.errors import BadInput
from graph_service.model.kinds import Answer, Exactness, Level, Objective
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from graph_service.network.network import SupplyNetwork

K_MAX: Final = 20
"""Solutions that one question may ask for."""

BUDGET_SECONDS: Final = 5.0
"""How long the search for the best may take before the answer says BOUNDED."""


@dataclass(frozen=True, slots=True)
class SupplySolution:
    """An inclusion-minimal set of offers that keeps the target unfailed; ids, sorted.

    Weeks are the critical lead time with only these offers, a lower bound, None if nothing is known; cost is per
    unit of the target, None if unknown or of several currencies; confidence that of the weakest offer, 0 to 100.
    """

    offers: tuple[str, ...]
    companies: tuple[str, ...]
    nations: tuple[str, ...]
    lead_time_weeks: float | None
    cost: Decimal | None
    confidence: int
    uses_partnerships: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlternativeSupply:
    """Solutions, best first, or, where there can be none, the blockers, by id."""

    feasible: Answer
    established: bool
    solutions: tuple[SupplySolution, ...]
    max_disjoint: int | None
    blockers: tuple[Blocker, ...]
    meta: AnalysisMeta


@dataclass(frozen=True, slots=True)
class Question:
    """Which solutions are asked for, and how many seconds finding them may take."""

    objective: Objective
    disjoint_by: Level | None
    k: int
    budget_seconds: float


def alternative_supplier_paths(
    network: SupplyNetwork,
    target: str,
    excluding: Exclusions,
    *,
    objective: Objective = Objective.OFFERS,
    disjoint_by: Level | None = None,
    k: int = 3,
    budget_seconds: float = BUDGET_SECONDS,
) -> AlternativeSupply:
    """Find the k best complete solutions without what is excluded (docs/semantics.md 16-19, 44).

    Feasibility and minimality are exact always; that the solutions are the best, within the budget, beyond which
    the answer is BOUNDED. With `disjoint_by`, solutions that share no company, owner group or nation. Raises
    BadInput for another level or number, and as `target_number` and `excluded` do.
    """
    stopwatch = Stopwatch()
    if not 1 <= k <= K_MAX:
        raise BadInput(f"k must be 1 to {K_MAX}, got {k}")
    if disjoint_by in {Level.BLOC, Level.COMPONENT}:
        raise BadInput(f"disjointBy must be COMPANY, OWNER_GROUP or NATION, got {disjoint_by}")
    start = target_number(network, target)
    nodes = closure(network, start).nodes
    lost = excluded(network, excluding)
    found = feasibility(network, start, lost.offers, lost.components)
    question = Question(objective, disjoint_by, k, budget_seconds)
    blockers: tuple[Blocker, ...] = ()
    solutions: Sequence[SupplySolution] = ()
    greatest: int | None = None if disjoint_by is None else 0
    if found.answer is Answer.NO:
        blockers, gap = blockers_of(network, start, lost, Budget(budget_seconds))
    else:
        solutions, greatest, gap = _solutions(network, start, lost, found, question, nodes)
    return AlternativeSupply(
        feasible=found.answer,
        established=found.established,
        solutions=tuple(solutions),
        max_disjoint=greatest,
        blockers=blockers,
        meta=stopwatch.meta(
            network,
            semantics="inclusion-minimal sets of offers that keep the target unfailed (docs/semantics.md 16-19, 44)",
            algorithm="least fixpoint of failure; integer programs with cuts, solved by HiGHS",
            exactness=Exactness.EXACT if gap is None else Exactness.BOUNDED,
            partial_because=gap,
            unknown=unknown_in(network, nodes),
        ),
    )


def _solutions(
    network: SupplyNetwork, start: int, lost: Excluded, found: Feasibility, question: Question, nodes: Sequence[int]
) -> tuple[Sequence[SupplySolution], int | None, str | None]:
    """Give the solutions, how many can be disjoint if that is asked, and what the budget left open."""
    budget = Budget(question.budget_seconds)
    measures = Measures(_supply(network, start, lost, found), total_quantities(network, start, nodes))
    if question.disjoint_by is None:
        ranked = best_supplies(question.objective, measures, question.k, budget)
        family = Family(ranked.solutions, 0, ranked.gap)
    else:
        reduced, share_of = measures.supply.formula.reduced(), _share_of(network, question.disjoint_by)
        family = DisjointSearch(question.objective, measures, reduced, share_of, budget).best(question.k)
    return (
        [_solution(network, measures, offers) for offers in family.solutions],
        None if question.disjoint_by is None else family.greatest,
        family.gap,
    )


def _supply(network: SupplyNetwork, start: int, lost: Excluded, found: Feasibility) -> Supply:
    """Say what can still work; unknown components do where the answer is UNKNOWN."""
    usable = ~found.failed
    usable[numbers_of(lost.components)] = False
    always = np.array(network.always_supplied, dtype=np.bool_)
    if found.answer is Answer.UNKNOWN:
        always[network.unknown_nodes] = True
    return Supply(network, start, usable, always, lost.offers)


def _share_of(network: SupplyNetwork, level: Level) -> Callable[[int], int]:
    """Say which company, owner group or nation an offer is of; one without shares with no other offer."""
    offers = network.offers
    if level is Level.NATION:
        whose = offers.nation
    elif level is Level.COMPANY:
        whose = offers.company
    else:
        whose = [NONE if company == NONE else network.group_of[company] for company in offers.company]
    return lambda offer: whose[offer] if whose[offer] != NONE else NONE - 1 - offer


def _solution(network: SupplyNetwork, measures: Measures, chosen: frozenset[int]) -> SupplySolution:
    offers = network.offers
    return SupplySolution(
        offers=_ids(offers.id, chosen),
        companies=_ids(network.company_ids, [offers.company[offer] for offer in chosen]),
        nations=_ids(network.nation_ids, [offers.nation[offer] for offer in chosen]),
        lead_time_weeks=measures.lead_time(chosen)[1],
        cost=measures.cost(chosen),
        confidence=measures.confidence(chosen),
        uses_partnerships=tuple(
            [
                partnership
                for partnership, enables in zip(network.partnerships.id, network.partnerships.enables, strict=True)
                if not chosen.isdisjoint(enables)
            ]
        ),
    )


def _ids(ids: Sequence[str], numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple([ids[number] for number in sorted(set(numbers) - {NONE})])
