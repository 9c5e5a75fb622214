"""Confidence: how far an answer stands when the weaker facts are left out, and where it flips.

The confidence of an answer is that of the weakest fact it rests on. Leaving facts out is not monotone: a weak offer
that goes makes a target less feasible, a weak requirement more so. So every confidence that a fact has is tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.exclusions import Exclusions, excluded
from graph_service.analysis.primitives.feasibility import feasibility
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.single_points import LEVELS, single_points_of_failure
from graph_service.model.kinds import Answer, Exactness
from graph_service.network.mask import masked, rows_of
from graph_service.network.scenario import with_scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.model.kinds import Level
    from graph_service.network.network import SupplyNetwork

SURE: Final = 100
"""The greatest confidence."""

BUDGET_SECONDS: Final = 5.0
"""How long confidences may be tried before the answer says BOUNDED."""


@dataclass(frozen=True, slots=True)
class ConfidenceStep:
    """A least confidence at which the answer differs from that at the step before.

    `feasible` is None where the target itself is no longer a fact of the world. Single points are ids, sorted.
    """

    min_confidence: int
    feasible: Answer | None
    single_points_added: tuple[str, ...]
    single_points_removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfidenceSensitivity:
    """The answers of a world, the smallest greater least confidences at which they flip, and every step on the way.

    `confidence` is the greatest least confidence up to which `feasible` stands; None stands where nothing flips.
    """

    feasible: Answer
    confidence: int
    flips_at_min_confidence: int | None
    single_points: tuple[str, ...]
    single_points_flip_at_min_confidence: int | None
    steps: tuple[ConfidenceStep, ...]
    meta: AnalysisMeta


@dataclass(frozen=True, slots=True)
class _Found:
    """What holds at one least confidence."""

    feasible: Answer | None
    points: frozenset[str]


def confidence_sensitivity(
    record: SupplyNetwork,
    network: SupplyNetwork,
    target: str,
    excluding: Exclusions,
    levels: Sequence[Level] = LEVELS,
    *,
    budget_seconds: float = BUDGET_SECONDS,
) -> ConfidenceSensitivity:
    """Find where feasibility and single points flip as the world asks for surer facts; `network` is `record` masked.

    Exact within the budget: one evaluation of the closure for each confidence that some fact of it has, at most 100.
    Raises BadInput, NotFound and NotInWorld as `target_number` and `excluded` do.
    """
    stopwatch = Stopwatch()
    start = target_number(network, target)
    reached = closure(network, start).nodes
    small = _only(record, reached)
    first = last = _found(network, start, excluding, levels)
    steps: list[ConfidenceStep] = []
    cut: str | None = None
    for least in _thresholds(network, start, reached):
        if stopwatch.elapsed_ms > budget_seconds * 1000:
            cut = f"within {budget_seconds:g} s, least confidences from {least} on were not tried"
            break
        found = _found(_surer(record, small, network, least), start, excluding, levels)
        if found != last:
            steps.append(_step(least, last, found))
        last = found
    flips = next((step.min_confidence for step in steps if step.feasible != first.feasible), None)
    moved = [step.min_confidence for step in steps if step.single_points_added or step.single_points_removed]
    assert first.feasible is not None
    return ConfidenceSensitivity(
        feasible=first.feasible,
        confidence=SURE if flips is None else flips - 1,
        flips_at_min_confidence=flips,
        single_points=tuple(sorted(first.points)),
        single_points_flip_at_min_confidence=moved[0] if moved else None,
        steps=tuple(steps),
        meta=stopwatch.meta(
            network,
            semantics="the smallest minConfidence at which feasibility (10, 16) or single points (25) differ",
            algorithm="one evaluation for each confidence of a fact of the closure, since leaving out is not monotone",
            exactness=Exactness.EXACT if cut is None else Exactness.BOUNDED,
            partial_because=cut,
            unknown=unknown_in(network, reached),
        ),
    )


def _thresholds(network: SupplyNetwork, start: int, nodes: Iterable[int]) -> Sequence[int]:
    """Give the least confidences at which some fact that the answer may rest on drops out, smallest first."""
    offers, requirements = network.offers.validity.confidence, network.requirements.validity.confidence
    offers_of, requirements_of = network.offers_of, network.requirements_of
    found = {offers[offer] for node in nodes for offer in offers_of[node]}
    found |= {requirements[requirement] for node in nodes for requirement in requirements_of[node]}
    found |= {*network.ownerships.validity.confidence, *network.memberships.validity.confidence}
    found.add(network.nodes.validity.confidence[start])
    return sorted(confidence + 1 for confidence in found if confidence < SURE)


def _only(record: SupplyNetwork, nodes: Iterable[int]) -> SupplyNetwork:
    """Leave out the offers and requirements of other nodes, and partnerships: no answer here rests on them."""
    kept = set(nodes)
    offers = [offer for offer, component in enumerate(record.offers.component) if component in kept]
    requirements = [requirement for requirement, of in enumerate(record.requirements.of) if of in kept]
    return record.changed(
        offers=rows_of(record.offers, offers),
        requirements=rows_of(record.requirements, requirements),
        partnerships=rows_of(record.partnerships, ()),
    )


def _surer(record: SupplyNetwork, small: SupplyNetwork, network: SupplyNetwork, least: int) -> SupplyNetwork:
    """Mask the part of the record once more, with a greater least confidence and the scenario of the world."""
    assert network.world is not None
    surer = masked(small, replace(network.world, min_confidence=least, scenario=None))
    scenario = network.world.scenario
    return surer if scenario is None else with_scenario(record, surer, scenario)


def _found(network: SupplyNetwork, start: int, excluding: Exclusions, levels: Sequence[Level]) -> _Found:
    if not network.present[start]:
        return _Found(None, frozenset())
    lost = excluded(network, excluding)
    points = single_points_of_failure(network, network.nodes.id[start], levels).points
    return _Found(
        feasibility(network, start, lost.offers, lost.components).answer,
        frozenset(point.entity for point in points),
    )


def _step(least: int, before: _Found, after: _Found) -> ConfidenceStep:
    return ConfidenceStep(
        min_confidence=least,
        feasible=after.feasible,
        single_points_added=tuple(sorted(after.points - before.points)),
        single_points_removed=tuple(sorted(before.points - after.points)),
    )
