"""Comparing deployments: cost, performance, control and resilience, and where the choice flips (semantics.md 36)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Final

from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.reliability import reliability
from graph_service.analysis.tradeoff.costs import (
    CENT,
    MICRO,
    Horizon,
    break_even_utilisation,
    cost_per_million_tokens,
    net_present_cost,
)
from graph_service.analysis.tradeoff.options import one_currency, option_of, stated_costs
from graph_service.analysis.tradeoff.ranking import dominators, scaled, score, switches
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import DeploymentMode, Exactness, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.analysis.reliability import Reliability
    from graph_service.analysis.tradeoff.options import DeploymentCost, Option
    from graph_service.network.network import SupplyNetwork

OPTIONS_MAX: Final = 50
"""Deployments that one call compares."""

YEARS_MAX: Final = 50

CRITERIA: Final = ("cost", "performance", "control", "resilience")

CONTROL: Final[Mapping[DeploymentMode, float]] = {
    DeploymentMode.ON_PREMISE: 1.0,
    DeploymentMode.EDGE: 1.0,
    DeploymentMode.HYBRID: 0.5,
    DeploymentMode.CLOUD: 0.0,
}
"""How far whoever runs a deployment decides over it."""

NOISE: Final = 4.0
"""Standard errors within which the extremes of sampled reliabilities count as one."""

BUDGET_SECONDS: Final = 10.0
"""How long all reliabilities of one call may take."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each criterion matters, against the others; none negative, not all 0."""

    cost: float
    performance: float
    control: float
    resilience: float


@dataclass(frozen=True, slots=True)
class TradeoffRow:
    """One deployment; None for what is not known. Costs are in `currency`, over the whole horizon.

    `weighted_score` is 0 to 1, None unless all four criteria are known. `dominated_by` is sorted.
    """

    deployment: str
    cost_npv: Decimal | None
    currency: str | None
    break_even_utilisation: float | None
    cost_per_million_tokens: Decimal | None
    performance: float | None
    control: float
    resilience: float | None
    weighted_score: float | None
    pareto_optimal: bool
    dominated_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwitchPoint:
    """The weight of a criterion, the others in their proportions, at which the first rank goes from one to another."""

    criterion: str
    weight: float
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """Rows by score, best first, then id; those that are not ranked last. Switch points by criterion and weight."""

    rows: tuple[TradeoffRow, ...]
    switch_points: tuple[SwitchPoint, ...]
    meta: AnalysisMeta


def compare_deployments(
    network: SupplyNetwork,
    deployments: Sequence[str],
    weights: Weights,
    costs: Sequence[DeploymentCost] = (),
    *,
    horizon_years: int = 3,
    discount_rate: float = 0.08,
    utilisation: float = 1.0,
    budget_seconds: float = BUDGET_SECONDS,
) -> Tradeoff:
    """Compare deployments by net present cost, performance, control and resilience (docs/semantics.md 36).

    An option of which one of the four is unknown has no rank, dominates none and is said. Exact, but for
    reliabilities that had to be sampled: then HEURISTIC, and resilience counts as alike where it may be. Raises
    BadInput for numbers out of bounds, and for each deployment as `target_number` does.
    """
    stopwatch = Stopwatch()
    nodes = _numbers(network, deployments)
    shares = _weights(weights)
    horizon = _horizon(horizon_years, discount_rate, utilisation)
    given = stated_costs(costs, nodes)
    options = one_currency([option_of(network, node, given) for node in nodes.values()])
    held = [reliability(network, node, budget_seconds=budget_seconds / len(nodes)) for node in nodes.values()]
    rows = _rows(network, options, [one.value for one in held], horizon)
    resilience = _told_apart(held)
    values = {
        row.deployment: _values(row, holds)
        for row, holds in zip(rows, resilience, strict=True)
        if None not in (row.cost_npv, row.performance, row.resilience)
    }
    levels, dominated_by = scaled(values), dominators(values)
    ranked = [
        replace(
            row,
            weighted_score=float(score(levels[row.deployment], shares)),
            pareto_optimal=not dominated_by[row.deployment],
            dominated_by=dominated_by[row.deployment],
        )
        if row.deployment in values
        else row
        for row in rows
    ]
    sampled = next((one.estimated_because for one in held if one.estimated_because is not None), None)
    return Tradeoff(
        rows=tuple(sorted(ranked, key=_rank)),
        switch_points=tuple(
            [
                SwitchPoint(CRITERIA[one.criterion], float(one.weight), one.before, one.after)
                for one in switches(levels, shares)
            ]
        ),
        meta=stopwatch.meta(
            network,
            semantics="; ".join(
                ["net present cost and weighted criteria (docs/semantics.md 36)", *_unranked(options, rows)]
            ),
            algorithm="annuities; reliability at COMPANY, 0.1; upper envelope of weighted scores",
            exactness=Exactness.EXACT if sampled is None else Exactness.HEURISTIC,
            partial_because=sampled,
            unknown=sorted(
                {one for node in nodes.values() for one in unknown_in(network, closure(network, node).nodes)}
            ),
        ),
    )


def _numbers(network: SupplyNetwork, deployments: Sequence[str]) -> Mapping[str, int]:
    if not 1 <= len(deployments) <= OPTIONS_MAX:
        raise BadInput(f"deployments must be 1 to {OPTIONS_MAX}, got {len(deployments)}")
    twice = [name for name, count in Counter(deployments).items() if count > 1]
    if twice:
        raise BadInput(f"deployments name {twice[0]} twice")
    for name in deployments:
        if kind_of(name) is not Kind.DEPLOYMENT:
            raise BadInput(f"deployments must be ids of deployments, got {name}")
    return {name: target_number(network, name) for name in deployments}


def _weights(weights: Weights) -> Sequence[Fraction]:
    """Scale the weights to the sum 1."""
    given = [getattr(weights, criterion) for criterion in CRITERIA]
    for criterion, weight in zip(CRITERIA, given, strict=True):
        if not (weight >= 0 and isfinite(weight)):
            raise BadInput(f"the weight of {criterion} must be 0 or more, got {weight:g}")
    shares = [Fraction(weight) for weight in given]
    if not any(shares):
        raise BadInput("weights must not all be 0")
    return [share / sum(shares) for share in shares]


def _horizon(years: int, discount_rate: float, utilisation: float) -> Horizon:
    if not 1 <= years <= YEARS_MAX:
        raise BadInput(f"horizonYears must be 1 to {YEARS_MAX}, got {years}")
    if not 0 <= discount_rate <= 1:
        raise BadInput(f"discountRate must be 0 to 1, got {discount_rate:g}")
    if not 0 <= utilisation <= 1:
        raise BadInput(f"utilisation must be 0 to 1, got {utilisation:g}")
    return Horizon(years, Decimal(repr(discount_rate)), Decimal(repr(utilisation)))


def _rows(
    network: SupplyNetwork, options: Sequence[Option], resilience: Sequence[float | None], horizon: Horizon
) -> list[TradeoffRow]:
    """Give the rows, not ranked yet."""
    clouds = [
        option.prices.price_per_hour
        for option in options
        if option.prices.mode is DeploymentMode.CLOUD and option.prices.price_per_hour is not None and not option.mixed
    ]
    cheapest_hour = min(clouds, default=None)
    rows: list[TradeoffRow] = []
    for option, holds in zip(options, resilience, strict=True):
        cost = None if option.mixed else net_present_cost(option.prices, horizon)
        even, million = None, None
        if cost is not None and cheapest_hour is not None:
            even = break_even_utilisation(option.prices, horizon, cheapest_hour)
        if cost is not None and option.tokens_per_second is not None:
            million = cost_per_million_tokens(cost, option.tokens_per_second, horizon)
        rows.append(
            TradeoffRow(
                deployment=network.nodes.id[option.node],
                cost_npv=None if cost is None else cost.quantize(CENT),
                currency=option.currency,
                break_even_utilisation=None if even is None else float(even),
                cost_per_million_tokens=None if million is None else million.quantize(MICRO),
                performance=option.tokens_per_second,
                control=CONTROL[option.prices.mode],
                resilience=holds,
                weighted_score=None,
                pareto_optimal=False,
                dominated_by=(),
            )
        )
    return rows


def _values(row: TradeoffRow, resilience: float) -> Sequence[Fraction]:
    """Give the four criteria of a row, more being better."""
    assert row.cost_npv is not None
    assert row.performance is not None
    return [-Fraction(row.cost_npv), Fraction(row.performance), Fraction(row.control), Fraction(resilience)]


def _told_apart(held: Sequence[Reliability]) -> Sequence[float]:
    """Give reliabilities to be compared: all alike where what sampling errs by may be all that tells them apart."""
    values = [one.value or 0.0 for one in held]
    noise = NOISE * max([one.standard_error or 0.0 for one in held])
    return values if max(values) - min(values) > noise else [max(values)] * len(values)


def _rank(row: TradeoffRow) -> tuple[bool, float, str]:
    return row.weighted_score is None, -(row.weighted_score or 0.0), row.deployment


def _unranked(options: Sequence[Option], rows: Sequence[TradeoffRow]) -> list[str]:
    """Say of each option without a rank what is unknown."""
    said: list[str] = []
    for option, row in zip(options, rows, strict=True):
        unknown = ["one currency" if option.mixed else name for name in option.prices.missing() or ("",)]
        missing = unknown if row.cost_npv is None else []
        missing += [] if row.performance is not None else ["tokensPerSecond"]
        if missing or row.resilience is None:
            said.append(f"{row.deployment} is not ranked: {', '.join(missing or ['resilience'])} unknown")
    return said
