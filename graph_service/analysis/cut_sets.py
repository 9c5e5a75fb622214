"""Minimal cut sets: which few companies, nations or components together stop a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.cut_search import minimal_cuts
from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.cuts.element_formula import element_formula, needs_formula
from graph_service.analysis.cuts.narrowing import narrowed
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.program import Budget
from graph_service.errors import BadInput
from graph_service.model.kinds import Exactness, Level

if TYPE_CHECKING:
    from graph_service.network.network import SupplyNetwork

ORDER_MAX: Final = 4
"""Elements that fail together, at most."""

SETS_MAX: Final = 100_000
"""Sets that one answer holds."""

BUDGET_SECONDS: Final = 10.0
"""How long sets are looked for before the answer is cut."""


@dataclass(frozen=True, slots=True)
class CutSet:
    """Elements, sorted, that together fail the target, and none of which can be left out.

    `established` says whether they also do where lists of suppliers may be incomplete.
    """

    elements: tuple[str, ...]
    order: int
    established: bool
    probability: float


@dataclass(frozen=True, slots=True)
class CutSets:
    """Cut sets, established ones first, then by order, then by ids; `count_by_order` starts with order 1.

    `complete` says whether every set up to the order asked for is there.
    """

    sets: tuple[CutSet, ...]
    count_by_order: tuple[int, ...]
    complete: bool
    meta: AnalysisMeta


def minimal_cut_sets(
    network: SupplyNetwork,
    target: str,
    level: Level = Level.COMPANY,
    *,
    max_order: int = 2,
    failure_probability: float = 0.1,
    sets_max: int = SETS_MAX,
    budget_seconds: float = BUDGET_SECONDS,
) -> CutSets:
    """Find all inclusion-minimal sets of at most `max_order` elements that fail the target (docs/semantics.md 25, 44).

    Sets that are given are exact; those of all orders below the one at which a limit ended the search are all
    there. Raises BadInput for an order or a probability out of bounds, and as `target_number` does.
    """
    stopwatch = Stopwatch()
    if not 1 <= max_order <= ORDER_MAX:
        raise BadInput(f"maxOrder must be 1 to {ORDER_MAX}, got {max_order}")
    if not 0 <= failure_probability <= 1:
        raise BadInput(f"failureProbability must be 0 to 1, got {failure_probability:g}")
    start = target_number(network, target)
    nodes = closure(network, start).nodes
    elements = elements_behind(network, start, level, nodes)
    needs = needs_formula(network, start)
    formula = element_formula(network, needs, elements, network.always_supplied)
    cuts = minimal_cuts(formula, max_order, Budget(budget_seconds), sets_max)
    if_open = narrowed(element_formula(network, needs, elements, network.supplied_if_open), max_order)
    swept = CutSweep(if_open) if if_open is not None and if_open.nodes else None
    found = [
        (not (swept is not None and swept.fails(cut)), len(cut), tuple([elements.ids[one] for one in sorted(cut)]))
        for cut in cuts.found
    ]
    counts = [order for _, order, _ in found]
    cut = None
    if cuts.limit is not None:
        cut = f"{cuts.limit} before all of order {cuts.cut_at} were; the sets of lower orders are all there"
    return CutSets(
        sets=tuple(
            [CutSet(ids, order, not is_open, failure_probability**order) for is_open, order, ids in sorted(found)]
        ),
        count_by_order=tuple([counts.count(order) for order in range(1, max_order + 1)]),
        complete=cut is None,
        meta=stopwatch.meta(
            network,
            semantics="inclusion-minimal sets of elements whose failure fails the target (docs/semantics.md 9, 25, 44)",
            algorithm="sweeps of sets of bits; beyond order 1 a hitting-set tree over solutions (Reiter 1987)",
            exactness=Exactness.BOUNDED if cut else Exactness.EXACT,
            partial_because=cut,
            unknown=unknown_in(network, nodes),
        ),
    )
