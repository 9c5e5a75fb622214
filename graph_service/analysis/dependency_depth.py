"""How many tiers stand behind a target, what they add up to, and how long the longest chain takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.lead_time import lead_times
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.quantity import total_quantities
from graph_service.analysis.primitives.target import target_number
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

    from graph_service.analysis.primitives.lead_time import LeadTimes
    from graph_service.network.network import SupplyNetwork

    Numbers = NDArray[np.intp]


class Tier(NamedTuple):
    """A component of the closure; a tuple, since an answer may hold a hundred thousand of them.

    Tiers count requirement steps from the target, `total_quantity` units per unit of it, None if not known.
    """

    tier_min: int
    tier_max: int
    component: str
    total_quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class DependencyDepth:
    """How deep a target depends. Ids throughout, sorted where nothing else is said.

    `tiers` hold the target, if it is a component, and its closure, by tier_max, then tier_min, then id.
    `critical_path` holds nodes, each followed by the company of its chosen offer where one is known; it ends
    where the rest adds nothing. Weeks are a lower bound: what `lead_time_unknown` lists counts 0.
    """

    depth: int
    tiers: tuple[Tier, ...]
    component_count: int
    company_count: int
    nation_count: int
    critical_lead_time_weeks: float | None
    lead_time_unknown: tuple[str, ...]
    critical_path: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]
    meta: AnalysisMeta


def dependency_depth(network: SupplyNetwork, target: str) -> DependencyDepth:
    """Measure the tiers behind a component or deployment (docs/semantics.md 12-15).

    Cycles are condensed first and reported; no depth is cut. Linear in requirements. Raises BadInput, NotFound
    and NotInWorld as `target_number` does.
    """
    stopwatch = Stopwatch()
    start = target_number(network, target)
    reached = closure(network, start)
    nodes, tier_min = np.array(reached.nodes, dtype=np.intp), np.array(reached.tier_min, dtype=np.intp)
    tier_max = _tier_max(network, nodes)
    totals = total_quantities(network, start, reached.nodes)
    weeks, lead_time_unknown, path = _critical_lead_time(network, start, nodes)
    return DependencyDepth(
        depth=int(tier_max.max()),
        tiers=_tiers(network, nodes, tier_min, tier_max, totals),
        component_count=len(reached.nodes) - 1,
        company_count=_count_behind(network, nodes, network.offer_links.company),
        nation_count=_count_behind(network, nodes, network.offer_links.nation),
        critical_lead_time_weeks=weeks,
        lead_time_unknown=lead_time_unknown,
        critical_path=path,
        cycles=_cycles(network, nodes),
        meta=stopwatch.meta(
            network,
            semantics="longest and shortest requirement chains, cycles condensed (docs/semantics.md 12-15)",
            algorithm="Tarjan's condensation, one pass down for tiers and quantities, one up for lead times",
            unknown=unknown_in(network, reached.nodes),
        ),
    )


def _tier_max(network: SupplyNetwork, nodes: Numbers) -> Numbers:
    """Give the longest chain to each of the nodes of a closure; a group of m members adds m - 1."""
    group_of, more = network.once(_groups)
    reached = np.zeros(len(group_of), dtype=np.bool_)
    reached[nodes] = True
    arrived = np.zeros(len(more), dtype=np.intp)
    for layer in reversed(network.layers.layers):
        for block in layer.blocks:
            among = np.flatnonzero(reached[block.of])
            if not len(among):
                continue
            groups = group_of[block.of[among]]
            below = arrived[groups] + more[groups] + 1
            for wanted in group_of[block.alternatives[:, among]]:
                others = wanted != groups
                np.maximum.at(arrived, wanted[others], below[others])
    return arrived[group_of[nodes]] + more[group_of[nodes]]


def _groups(network: SupplyNetwork) -> tuple[Numbers, Numbers]:
    """Give the group of each node, and the members of each group less one."""
    condensation = network.condensation
    return np.array(condensation.group_of, dtype=np.intp), np.array([len(group) - 1 for group in condensation.groups])


def _count_behind(network: SupplyNetwork, nodes: Numbers, whose: Numbers) -> int:
    """Count the companies, or nations, of all offers of these nodes; those without one do not count."""
    reached = np.zeros(len(network.nodes.id), dtype=np.bool_)
    reached[nodes] = True
    numbers = whose[reached[network.offer_links.component]]
    return int(np.count_nonzero(np.bincount(numbers[numbers != NONE])))


def _tiers(
    network: SupplyNetwork,
    nodes: Numbers,
    tier_min: Numbers,
    tier_max: Numbers,
    totals: Mapping[int, Decimal | None],
) -> tuple[Tier, ...]:
    ids = network.nodes.id
    order = np.lexsort((nodes, tier_min, tier_max))
    order = order[nodes[order] < network.nodes.component_count]
    in_order: list[int] = nodes[order].tolist()
    names, units = [ids[node] for node in in_order], [totals[node] for node in in_order]
    return tuple(map(Tier, tier_min[order].tolist(), tier_max[order].tolist(), names, units))


def _cycles(network: SupplyNetwork, nodes: Numbers) -> tuple[tuple[str, ...], ...]:
    """Give the ids of the groups of a closure that need one another."""
    ids, condensation = network.nodes.id, network.condensation
    group_of, _ = network.once(_groups)
    groups = np.unique(group_of[nodes])
    cyclic: list[int] = groups[np.array(condensation.cyclic, dtype=np.bool_)[groups]].tolist()
    return tuple(sorted([tuple([ids[node] for node in condensation.groups[group]]) for group in cyclic]))


class _Fastest(NamedTuple):
    """The quickest offer of each node, NONE where no lead time is known, where one is, and what that adds up to."""

    offer: Sequence[int]
    is_known: NDArray[np.bool_]
    times: LeadTimes


def _critical_lead_time(
    network: SupplyNetwork, start: int, nodes: Numbers
) -> tuple[float | None, tuple[str, ...], tuple[str, ...]]:
    """Give the weeks, the ids of components without a known lead time, and the path that attains the weeks."""
    ids, company_ids = network.nodes.id, network.company_ids
    fastest, is_known, times = network.once(_fastest)
    unknown: list[int] = np.sort(nodes[~is_known[nodes] & (nodes < network.nodes.component_count)]).tolist()
    lead_time_unknown = tuple([ids[node] for node in unknown])
    if not is_known[nodes].any():
        return None, lead_time_unknown, ()
    path: list[str] = []
    for node in times.chain(start):
        path.append(ids[node])
        company = network.offers.company[fastest[node]] if fastest[node] != NONE else NONE
        if company != NONE:
            path.append(company_ids[company])
    return times.weeks[start], lead_time_unknown, tuple(path)


def _fastest(network: SupplyNetwork) -> _Fastest:
    """Work out the lead times of all nodes: they do not depend on what is asked about."""
    lead = network.offers.lead_time_weeks
    own = [0.0] * len(network.nodes.id)
    fastest = [NONE] * len(own)
    for node, offers in enumerate(network.offers_of):
        known = [(weeks, offer) for offer in offers if (weeks := lead[offer]) is not None]
        if known:
            own[node], fastest[node] = min(known)
    is_known = np.array(fastest, dtype=np.intp) != NONE
    return _Fastest(
        fastest, is_known, lead_times(network.needs_of, network.condensation, network.condensation.groups, own)
    )
