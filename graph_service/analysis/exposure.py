"""Exposure: what a target loses if one nation, company or bloc stops, beside what that supplies directly."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.disrupted.own_losses import ESTIMATE, LOWER, UPPER
from graph_service.analysis.disrupted.target_losses import TargetLosses
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.model.kinds import Exactness, Level

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

BUDGET_SECONDS: Final = 10.0
"""How long groups are looked at, those of most offers first, before the answer is cut."""

DIGITS: Final = 10
"""Decimals of a percentage."""


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """What the target loses if a group stops, in percent, and what the group supplies of its own offers.

    The direct share is the estimate of docs/semantics.md 20, None for deployments. `through` are the components of
    the closure of which the group has offers and whose loss, at most, reaches the target; sorted.
    """

    group: str
    direct_share_pct: float | None
    loss_pct_lower: float
    loss_pct_upper: float
    loss_pct_estimate: float
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """A row for each group that facts behind the target touch: greatest estimate first, then by id."""

    rows: tuple[ExposureRow, ...]
    meta: AnalysisMeta


def exposure(
    network: SupplyNetwork, target: str, by: Level = Level.NATION, *, budget_seconds: float = BUDGET_SECONDS
) -> Exposure:
    """Measure what each group's failure costs the target (docs/semantics.md 11, 20, 22, 30).

    Each row is exact; where the budget ends before all groups are looked at, rows are missing and the answer says
    so. Raises BadInput, NotFound and NotInWorld as `target_number` does.
    """
    stopwatch = Stopwatch()
    start = target_number(network, target)
    nodes = closure(network, start).nodes
    elements = elements_behind(network, start, by, nodes)
    target_losses = TargetLosses(network, start, elements, nodes)
    order = sorted(range(len(elements.ids)), key=lambda one: (-len(target_losses.offers_of_element[one]), one))
    rows: list[ExposureRow] = []
    for some in target_losses.batches([(element,) for element in order]):
        if rows and stopwatch.elapsed_ms > budget_seconds * 1000:
            break
        rows += _rows(target_losses, start, some)
    cut = None
    if len(rows) < len(order):
        cut = f"the time of {budget_seconds:g} s ended after {len(rows)} of {len(order)} groups, those of most offers"
    return Exposure(
        rows=tuple(sorted(rows, key=lambda row: (-row.loss_pct_estimate, row.group))),
        meta=stopwatch.meta(
            network,
            semantics="loss of the target if a group fails as a whole, PERFECT (docs/semantics.md 20, 22, 30)",
            algorithm="propagation of losses, layer by layer from the inputs, for many groups at once",
            exactness=Exactness.BOUNDED if cut else Exactness.EXACT,
            partial_because=cut,
            unknown=unknown_in(network, nodes),
        ),
    )


def _rows(target_losses: TargetLosses, start: int, some: Sequence[Collection[int]]) -> list[ExposureRow]:
    """Give the rows of sets of one element."""
    tables = target_losses.tables(some)
    reached = target_losses.reached(tables[UPPER])
    percent = np.round(100 * tables[:, target_losses.target], DIGITS)
    return [
        ExposureRow(
            group=target_losses.elements.ids[element],
            direct_share_pct=_direct_share(target_losses, start, element),
            loss_pct_lower=float(percent[LOWER, column]),
            loss_pct_upper=float(percent[UPPER, column]),
            loss_pct_estimate=float(percent[ESTIMATE, column]),
            through=_through(target_losses, start, element, reached[:, column]),
        )
        for column, (element,) in enumerate(some)
    ]


def _direct_share(target_losses: TargetLosses, start: int, element: int) -> float | None:
    network = target_losses.network
    if start >= network.nodes.component_count:
        return None
    own = [offer for offer in target_losses.offers_of_element[element] if network.offers.component[offer] == start]
    return round(100 * fsum(network.weights.estimated[own].tolist()), DIGITS)


def _through(target_losses: TargetLosses, start: int, element: int, reached: NDArray[np.bool_]) -> tuple[str, ...]:
    network, elements = target_losses.network, target_losses.elements
    offers = network.weights.component[target_losses.offers_of_element[element]].tolist()
    touched = {*offers, *([elements.nodes[element]] if elements.nodes else ())} - {start}
    nodes = np.array(sorted(touched), dtype=np.intp)
    losing: list[int] = nodes[reached[np.searchsorted(target_losses.layers.nodes, nodes)]].tolist()
    return tuple([network.nodes.id[node] for node in losing])
