"""Criticality: how likely a target keeps working, who it hangs on, and who hurts the whole network most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.disrupted.own_losses import ESTIMATE, UPPER
from graph_service.analysis.disrupted.target_losses import CELLS_MAX, TargetLosses
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.reliability import BUDGET_SECONDS, PROBABILITY, Reliabilities
from graph_service.model.kinds import Exactness, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_service.analysis.reliability import Reliability
    from graph_service.network.network import SupplyNetwork

DIGITS: Final = 12
"""Decimals to which mean losses are told apart where they are ranked."""

SYSTEMIC: Final = (UPPER, ESTIMATE)
"""Which losses there are to compute: which ones reach, and how much is lost."""

ELEMENTS_AT_ONCE: Final = 256
"""Elements that fail at once, each in a case of its own, before the clock is looked at."""


@dataclass(frozen=True, slots=True)
class CriticalityRow:
    """What one element means to the target, and to the whole network.

    The first four are None for an unknown target, and the last three of them where the target never fails.
    `birnbaum` is by how much the target is less likely to work if the element has failed than if it works.
    """

    entity: str
    birnbaum: float | None
    fussell_vesely: float | None
    risk_achievement_worth: float | None
    risk_reduction_worth: float | None
    systemic_risk: float
    downstream_reach: int


@dataclass(frozen=True, slots=True)
class Criticality:
    """The probability that the target works, and a row for each element: greatest systemic risk first, then by id.

    `standard_error` stands where that and the importances are estimated from samples.
    """

    reliability: float | None
    standard_error: float | None
    rows: tuple[CriticalityRow, ...]
    meta: AnalysisMeta


def criticality(
    network: SupplyNetwork,
    target: str,
    level: Level = Level.COMPANY,
    failure_probability: float = PROBABILITY,
    *,
    budget_seconds: float = BUDGET_SECONDS,
) -> Criticality:
    """Weigh all elements that facts behind the target touch (docs/semantics.md 10, 11, 26, 27).

    Exact; sampled where the exact method ends at its limits. Systemic risk looks at the whole network: where the
    budget ends first, rows are missing, those that matter least to the target, and the answer says so. Raises
    BadInput for a probability out of bounds, and as `target_number` does.
    """
    stopwatch = Stopwatch()
    start = target_number(network, target)
    of_target = Reliabilities(network, start, level, failure_probability)
    found = of_target.of(each=True, budget_seconds=budget_seconds / 2)
    systemic = _Systemic(network, start, of_target)
    ids = of_target.elements.ids
    order = sorted(range(len(ids)), key=lambda one: (-(_birnbaum(found, ids[one]) or 0), -systemic.touches(one), one))
    rows: list[CriticalityRow] = []
    at_once = systemic.at_once()
    for first in range(0, len(order), at_once):
        if rows and stopwatch.elapsed_ms > budget_seconds * 1000:
            break
        some = order[first : first + at_once]
        risk, reach = systemic.measured(some)
        rows += [_row(found, ids[one], float(risk[place]), int(reach[place])) for place, one in enumerate(some)]
    cuts = [found.estimated_because] if found.estimated_because else []
    if len(rows) < len(order):
        cuts.append(
            f"the time of {budget_seconds:g} s ended after {len(rows)} of {len(order)} elements, "
            "those that matter most to the target"
        )
    return Criticality(
        reliability=found.value,
        standard_error=found.standard_error,
        rows=tuple(sorted(rows, key=lambda row: (-round(row.systemic_risk, DIGITS), row.entity))),
        meta=stopwatch.meta(
            network,
            semantics=f"each element fails with probability {failure_probability:g}, one independently of the other; "
            "losses PERFECT, total failures (docs/semantics.md 9, 10, 22, 26, 27)",
            algorithm="decision diagram of the minimal terms of failure, else samples; losses layer by layer",
            exactness=_exactness(found, is_cut=len(rows) < len(order)),
            partial_because="; ".join(cuts) or None,
            unknown=unknown_in(network, closure(network, start).nodes),
        ),
    )


class _Systemic:
    """The whole network, laid out for losing elements."""

    def __init__(self, network: SupplyNetwork, start: int, of_target: Reliabilities) -> None:
        count = network.nodes.component_count
        self.target_losses = TargetLosses(network, start, of_target.elements, range(len(network.nodes.id)))
        self.counts = ~np.array(network.unknown[:count], dtype=np.bool_)
        self.present = np.array(network.present, dtype=np.bool_)

    def at_once(self) -> int:
        """Say how many elements go into tables of a bounded size, and into a bounded time."""
        return min(ELEMENTS_AT_ONCE, max(1, CELLS_MAX // (len(SYSTEMIC) * len(self.present))))

    def touches(self, element: int) -> int:
        """Say how many offers fail with an element."""
        return len(self.target_losses.offers_of_element[element])

    def measured(self, elements: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """Give, for each element, the mean loss over all components, and how many nodes may lose."""
        upper, estimate = self.target_losses.tables([(element,) for element in elements], SYSTEMIC)
        losing = estimate[: len(self.counts)][self.counts].sum(axis=0) / len(self.counts)
        return losing, np.count_nonzero(upper[self.present] > 0, axis=0)


def _birnbaum(found: Reliability, name: str) -> float | None:
    if found.if_works is None or found.if_fails is None:
        return None
    return found.if_fails[name] - found.if_works[name]


def _row(found: Reliability, name: str, risk: float, reach: int) -> CriticalityRow:
    achievement = reduction = part = None
    if found.failure and found.if_works is not None and found.if_fails is not None:
        achievement = found.if_fails[name] / found.failure
        part = (found.failure - found.if_works[name]) / found.failure
        reduction = found.failure / found.if_works[name] if found.if_works[name] > 0 else None
    return CriticalityRow(name, _birnbaum(found, name), part, achievement, reduction, risk, reach)


def _exactness(found: Reliability, *, is_cut: bool) -> Exactness:
    if found.standard_error is not None:
        return Exactness.HEURISTIC
    return Exactness.BOUNDED if is_cut else Exactness.EXACT
