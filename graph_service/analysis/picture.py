"""The whole picture of one target: how deep, what stops it, how concentrated, how exposed, and what else there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.alternatives import AlternativeSupply, alternative_supplier_paths
from graph_service.analysis.concentration import Concentration, concentration
from graph_service.analysis.dependency_depth import DependencyDepth, dependency_depth
from graph_service.analysis.disrupted.stops import Stop, stopped
from graph_service.analysis.disruption import Disruption, simulate_disruption
from graph_service.analysis.exposure import Exposure, exposure
from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.single_points import SinglePoints, single_points_of_failure
from graph_service.analysis.supply_map import SupplyMap, supply_map
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.network.network import SupplyNetwork

MOST_CONCENTRATED: Final = 10
"""Inputs of any depth that are listed for their concentration beside the direct ones."""

SOLUTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class InputConcentration:
    """How few supply one component, `tier_min` requirement steps from the target."""

    component: str
    tier_min: int
    by_company: Concentration
    by_nation: Concentration


@dataclass(frozen=True, slots=True)
class Picture:
    """All answers about one target, of one world; entities are ids.

    `stops` are what is let stop: as asked, else the nation that costs the target most; `as_bad` are the nations
    that cost as much. `concentration` holds the target and its direct inputs, then the most concentrated others.
    """

    target: str
    stops: tuple[str, ...]
    as_bad: tuple[str, ...]
    dependency_depth: DependencyDepth
    single_points: SinglePoints
    concentration: tuple[InputConcentration, ...]
    exposure: Exposure
    disruption: Disruption
    alternatives: AlternativeSupply
    supply_map: SupplyMap


def picture(
    network: SupplyNetwork, target: str, without: Sequence[str] = (), *, budget_seconds: float = 5.0
) -> Picture:
    """Ask everything about a target, and let `without`, or else its worst nation, stop for good.

    `without` are ids of nations, blocs, companies and components. Raises BadInput for ids of another kind, NotFound
    for what is not recorded, NotInWorld for a deployment of another world.
    """
    start = target_number(network, target)
    stopped(network, [Stop(name) for name in without])
    exclusions_of(without)
    exposed = exposure(network, target, budget_seconds=budget_seconds)
    worst = [row.group for row in exposed.rows if row.loss_pct_estimate == exposed.rows[0].loss_pct_estimate > 0]
    named = tuple(dict.fromkeys(without)) or tuple(worst[:1])
    stops = [Stop(name) for name in named]
    disruption = simulate_disruption(network, stops, [target])
    return Picture(
        target=target,
        stops=named,
        as_bad=() if without else tuple(worst[1:]),
        dependency_depth=dependency_depth(network, target),
        single_points=single_points_of_failure(network, target),
        concentration=tuple(_concentrations(network, start)),
        exposure=exposed,
        disruption=disruption,
        alternatives=alternative_supplier_paths(
            network, target, exclusions_of(named), k=SOLUTIONS, budget_seconds=budget_seconds
        ),
        supply_map=supply_map(network, target, disruption, stops),
    )


def exclusions_of(ids: Iterable[str]) -> Exclusions:
    """Sort ids of what may not be used by their kinds; raise BadInput for kinds that cannot be left out."""
    by_kind: dict[Kind, list[str]] = {kind: [] for kind in (Kind.NATION, Kind.BLOC, Kind.COMPANY, Kind.COMPONENT)}
    for name in ids:
        named = by_kind.get(kind_of(name))
        if named is None:
            raise BadInput(f"what is left out must be a nation, bloc, company or component, got {name}")
        named.append(name)
    nations, blocs, companies, components = map(tuple, by_kind.values())
    return Exclusions(nations=nations, blocs=blocs, companies=companies, components=components)


def _concentrations(network: SupplyNetwork, start: int) -> Sequence[InputConcentration]:
    """Measure the target and its direct inputs, by tier and id, then the most concentrated of the others."""
    ids, count = network.nodes.id, network.nodes.component_count
    reached = closure(network, start)
    by_tier = [(tier, ids[node]) for node, tier in zip(reached.nodes, reached.tier_min, strict=True) if node < count]
    direct = sorted([(tier, name) for tier, name in by_tier if tier <= 1])
    measured = [(concentration(network, name), tier, name) for tier, name in by_tier if tier > 1]
    known = [(-one.hhi, tier, name) for one, tier, name in measured if one.hhi is not None]
    most = [(tier, name) for _, tier, name in sorted(known)[:MOST_CONCENTRATED]]
    return [
        InputConcentration(name, tier, concentration(network, name, Level.COMPANY), concentration(network, name))
        for tier, name in [*direct, *most]
    ]
