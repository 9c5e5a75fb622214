"""Partnership coverage: how much of a chain some nations make together, and who would complete it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.concentration import Share
from graph_service.analysis.cuts.hitting import Steps
from graph_service.analysis.partnerships.coverage import covered_shares, mean_covered, shares_unknown
from graph_service.analysis.partnerships.partner_sets import PartnerSets, partner_sets
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.feasibility import feasibility
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.nations import nations_of
from graph_service.analysis.primitives.target import target_number
from graph_service.model.kinds import Answer, Exactness

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph_service.network.network import SupplyNetwork

STEPS_MAX: Final = 500_000
"""Steps of the search for smallest sets of partners before the answer is cut: a fraction of a second."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A component, the part of its supply made in home and partners in percent, and by which of these nations."""

    component: str
    covered_pct: float
    by: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a chain is covered, the least covered component first, then by id.

    `mean_coverage` is a part, 0 to 1. `minimal_partner_sets` are ids of nations to add to home and partners, each
    set inclusion-minimal, smallest first, then by ids; none where the chain is feasible or nobody knows.
    """

    mean_coverage: float
    feasible: Answer
    rows: tuple[CoverageRow, ...]
    minimal_partner_sets: tuple[tuple[str, ...], ...]
    meta: AnalysisMeta


def partnership_coverage(
    network: SupplyNetwork,
    home: Sequence[str],
    partners: Sequence[str],
    target: str,
    *,
    steps_max: int = STEPS_MAX,
) -> Coverage:
    """Measure what home and partners, ids of nations or blocs, make of a target's chain (docs/semantics.md 10, 33).

    Coverage is no feasibility: one component that nobody there makes stops the target, however much the others are
    covered. Partner sets are exact within the steps given; where they end, the answer says what is left open. Raises
    BadInput for ids of other kinds, and NotFound or NotInWorld as `nations_of` and `target_number` do.
    """
    stopwatch = Stopwatch()
    start = target_number(network, target)
    inside = nations_of(network, "home", home) | nations_of(network, "partners", partners)
    nodes = closure(network, start).nodes
    outside: list[int] = np.flatnonzero(~np.isin(network.offer_links.nation, list(inside))).tolist()
    feasible = feasibility(network, start, outside).answer
    sets = PartnerSets()
    if feasible is Answer.NO:
        sets = partner_sets(network, start, inside, Steps(steps_max))
    covered = covered_shares(network, inside)
    supplied = [node for node in nodes if network.offers_of[node]]
    return Coverage(
        mean_coverage=mean_covered(network, supplied, covered),
        feasible=feasible,
        rows=tuple(
            [
                CoverageRow(network.nodes.id[node], 100 * float(covered[node]), _by(network, node, inside))
                for node in sorted(supplied, key=lambda node: (covered[node], node))
            ]
        ),
        minimal_partner_sets=tuple([tuple([network.nation_ids[one] for one in chosen]) for chosen in sets.found]),
        meta=stopwatch.meta(
            network,
            semantics="shares made in home and partners, and nations that complete the chain (docs/semantics.md 33)",
            algorithm="least fixpoint of failure; smallest hitting sets of what blocks the target (Reiter 1987)",
            exactness=_exactness(network, supplied, sets.cut),
            partial_because=sets.cut,
            unknown=unknown_in(network, nodes),
        ),
    )


def _by(network: SupplyNetwork, node: int, inside: Collection[int]) -> tuple[Share, ...]:
    """Give what each of these nations makes of a component, in percent, largest first, then by id."""
    estimated = network.weights.estimated
    parts: dict[int, float] = {}
    for offer in network.offers_of[node]:
        nation = network.offers.nation[offer]
        if nation in inside:
            parts[nation] = parts.get(nation, 0.0) + 100 * float(estimated[offer])
    order = sorted(parts, key=lambda nation: (-parts[nation], nation))
    return tuple([Share(network.nation_ids[nation], min(100.0, parts[nation])) for nation in order])


def _exactness(network: SupplyNetwork, supplied: Sequence[int], cut: str | None) -> Exactness:
    """Say HEURISTIC where shares are estimates, else BOUNDED where the search was cut."""
    if any(shares_unknown(network, node) for node in supplied):
        return Exactness.HEURISTIC
    return Exactness.EXACT if cut is None else Exactness.BOUNDED
