"""The worst case: which few elements, failing together, cost a target most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.cut_search import minimal_cuts
from graph_service.analysis.cuts.element_formula import element_formula, needs_formula
from graph_service.analysis.cuts.loss_search import LossSearch
from graph_service.analysis.disrupted.own_losses import ESTIMATE, LOWER, UPPER
from graph_service.analysis.disrupted.target_losses import TargetLosses
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.program import Budget
from graph_service.errors import BadInput
from graph_service.model.kinds import Exactness, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.network.network import SupplyNetwork

BUDGET_MAX: Final = 10
"""Elements that fail together, at most."""

CELLS_MAX: Final = 20_000_000
"""Losses that are computed at once for single elements; beyond, looking for total losses first is quicker."""

SETS_MAX: Final = 10_000
"""Ties that one answer holds."""

SEARCH_SECONDS: Final = 10.0
"""How long is searched before the answer is cut."""


@dataclass(frozen=True, slots=True)
class WorstCase:
    """All sets of elements that cost the target most, by order, then by ids; none of their elements can be left out.

    Losses are parts, 0 to 1: the estimate is that of all sets, lower the least and upper the greatest over them.
    """

    sets: tuple[tuple[str, ...], ...]
    lost_fraction_lower: float
    lost_fraction_upper: float
    lost_fraction_estimate: float
    meta: AnalysisMeta


def worst_case(
    network: SupplyNetwork,
    target: str,
    level: Level = Level.NATION,
    budget: int = 1,
    *,
    sets_max: int = SETS_MAX,
    search_seconds: float = SEARCH_SECONDS,
) -> WorstCase:
    """Find the sets of at most `budget` elements whose failure costs the target most, PERFECT (docs/semantics.md 28).

    Exact within the time given; where that ends the sets are the worst that were found, and the answer says so.
    Raises BadInput for a budget out of bounds, and as `target_number` does.
    """
    stopwatch = Stopwatch()
    if not 1 <= budget <= BUDGET_MAX:
        raise BadInput(f"budget must be 1 to {BUDGET_MAX}, got {budget}")
    start = target_number(network, target)
    nodes = closure(network, start).nodes
    elements = elements_behind(network, start, level, nodes)
    target_losses = TargetLosses(network, start, elements, nodes)
    time = Budget(search_seconds)
    found, cut = _worst(network, start, target_losses, budget, sets_max, time)
    if len(found) > sets_max:
        found, cut = found[:sets_max], f"{sets_max:,} sets were found; more sets may cost as much"
    lost = target_losses.of(found)
    return WorstCase(
        sets=tuple(sorted([tuple([elements.ids[one] for one in sorted(chosen)]) for chosen in found], key=_order)),
        lost_fraction_lower=float(lost[:, LOWER].min(initial=1.0)) if found else 0.0,
        lost_fraction_upper=float(lost[:, UPPER].max(initial=0.0)),
        lost_fraction_estimate=float(lost[:, ESTIMATE].max(initial=0.0)),
        meta=stopwatch.meta(
            network,
            semantics="sets of elements whose failure costs the target most, PERFECT (docs/semantics.md 24, 28)",
            algorithm="minimal cuts where all can be lost, else branching on what keeps losses below the worst found",
            exactness=Exactness.BOUNDED if cut else Exactness.EXACT,
            partial_because=cut,
            unknown=unknown_in(network, nodes),
        ),
    )


def _worst(
    network: SupplyNetwork, start: int, target_losses: TargetLosses, budget: int, sets_max: int, time: Budget
) -> tuple[Sequence[frozenset[int]], str | None]:
    """Give the worst sets, and what a limit left open, if one did."""
    search = LossSearch(target_losses, time)
    if budget == 1 and len(target_losses.elements.ids) * len(target_losses.layers.nodes) <= CELLS_MAX:
        search.run(budget)
        return search.worst(), None
    estimated = network.weights.estimated
    formula = element_formula(
        network,
        needs_formula(network, start),
        target_losses.elements,
        network.always_supplied,
        lambda offer: bool(estimated[offer] > 0),
    )
    cuts = minimal_cuts(formula, budget, time, sets_max)
    if cuts.found:
        return cuts.found, None if cuts.limit is None else f"{cuts.limit}; more sets may cost as much"
    search.run(budget)
    if cuts.limit is None and search.complete:
        return search.worst(), None
    return search.worst(), f"the time of {time.seconds:g} s ended; other sets may cost more or as much"


def _order(ids: Sequence[str]) -> tuple[int, Sequence[str]]:
    return len(ids), ids
