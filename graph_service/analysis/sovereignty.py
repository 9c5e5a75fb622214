"""Sovereignty: how far a deployment is under the control of a jurisdiction (docs/semantics.md 34, 35)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.air_gap import air_gap
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.nations import nations_of
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.program import Budget
from graph_service.analysis.supply_chain_level import supply_chain_level
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Exactness, GdprTransfer, Kind
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from graph_service.analysis.supply_chain_level import SupplyChainLevel
    from graph_service.network.network import SupplyNetwork

FRAMEWORK: Final = "EU Cloud Sovereignty Framework 1.2.1"

SUPPLY_CHAIN: Final = "SOV-5"

OBJECTIVES: Final[Mapping[str, tuple[str, float]]] = {
    "SOV-1": ("Strategic sovereignty", 15.0),
    "SOV-2": ("Legal and jurisdictional sovereignty", 10.0),
    "SOV-3": ("Data and AI sovereignty", 10.0),
    "SOV-4": ("Operational sovereignty", 15.0),
    SUPPLY_CHAIN: ("Supply chain sovereignty", 20.0),
    "SOV-6": ("Technology sovereignty", 15.0),
    "SOV-7": ("Security and compliance sovereignty", 10.0),
    "SOV-8": ("Environmental sustainability", 5.0),
}
"""The eight objectives of the framework: name and weight in percent."""

LEVEL_MAX: Final = 4

BUDGET_SECONDS: Final = 10.0
"""How long the fewest blockers of an air gap are searched."""


@dataclass(frozen=True, slots=True)
class StatedLevel:
    """What an assessor found of one objective: its code and a level from 0 to 4."""

    code: str
    level: int


@dataclass(frozen=True, slots=True)
class SovereigntyObjective:
    """One objective: its weight in percent, its level, 0 to 4, or None where nobody stated it, and why."""

    code: str
    name: str
    weight_pct: float
    level: int | None
    rationale: str


@dataclass(frozen=True, slots=True)
class TransferBasis:
    """On which basis of GDPR chapter V personal data may go to a nation; the end is exclusive."""

    nation: str
    basis: GdprTransfer
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Sovereignty:
    """How sovereign a deployment is; `score` is in percent, and known, like `seal_level`, once all levels are.

    `transfer_basis` is of where it stands, where its operator sits and where that one's owners do, by nation.
    """

    framework: str
    score: float | None
    seal_level: int | None
    supply_chain_level: int
    objectives: tuple[SovereigntyObjective, ...]
    transfer_basis: tuple[TransferBasis, ...]
    air_gap_viable: str
    air_gap_blockers: tuple[str, ...]
    outside_single_points: tuple[str, ...]
    meta: AnalysisMeta


def sovereignty(
    network: SupplyNetwork,
    deployment: str,
    jurisdiction: str,
    allies: Sequence[str] = (),
    levels: Sequence[StatedLevel] = (),
    *,
    budget_seconds: float = BUDGET_SECONDS,
) -> Sovereignty:
    """Rate a deployment for a jurisdiction, a nation or bloc, and its allies, by the framework named in the answer.

    The level of the supply chain is computed; the others are what `levels` states. Exact, but for the fewest
    blockers where the search for them ends early. Raises BadInput for another kind of thing, a level that is no
    level, stated twice or computed here; NotFound and NotInWorld as `target_number` does.
    """
    stopwatch = Stopwatch()
    if kind_of(deployment) is not Kind.DEPLOYMENT:
        raise BadInput(f"sovereignty is of a deployment, got {deployment}")
    target = target_number(network, deployment)
    at_home = nations_of(network, "jurisdiction", [jurisdiction])
    friends = nations_of(network, "allies", allies)
    stated = _stated(levels)
    chain = supply_chain_level(network, target, at_home, friends)
    gap = air_gap(network, target, Budget(budget_seconds))
    objectives = _objectives(stated, chain)
    known = [objective.level for objective in objectives if objective.level is not None]
    complete = len(known) == len(OBJECTIVES)
    return Sovereignty(
        framework=FRAMEWORK,
        score=_score(objectives) if complete else None,
        seal_level=min(known) if complete else None,
        supply_chain_level=chain.level,
        objectives=objectives,
        transfer_basis=_transfers(network, target),
        air_gap_viable=gap.viable,
        air_gap_blockers=gap.blockers,
        outside_single_points=chain.outside_single_points,
        meta=stopwatch.meta(
            network,
            semantics="supply chain level from what can be made where, air gap from live services "
            "(docs/semantics.md 34, 35); unknown are inputs without a recorded offer, and those of which nobody knows "
            "whether they need a live service",
            algorithm="fixpoints of failure without offers made elsewhere; a sweep for single nations",
            exactness=Exactness.EXACT if gap.partial_because is None else Exactness.BOUNDED,
            partial_because=gap.partial_because,
            unknown=sorted({*unknown_in(network, closure(network, target).nodes), *gap.unknown}),
        ),
    )


def _stated(levels: Sequence[StatedLevel]) -> Mapping[str, int]:
    stated: dict[str, int] = {}
    for one in levels:
        if one.code not in OBJECTIVES or one.code == SUPPLY_CHAIN:
            others = ", ".join(code for code in OBJECTIVES if code != SUPPLY_CHAIN)
            raise BadInput(f"levels take the codes {others} ({SUPPLY_CHAIN} is computed), got {one.code!r}")
        if one.code in stated:
            raise BadInput(f"levels state {one.code} twice")
        if not 0 <= one.level <= LEVEL_MAX:
            raise BadInput(f"the level of {one.code} must be 0 to {LEVEL_MAX}, got {one.level}")
        stated[one.code] = one.level
    return stated


def _objectives(stated: Mapping[str, int], chain: SupplyChainLevel) -> tuple[SovereigntyObjective, ...]:
    objectives: list[SovereigntyObjective] = []
    for code, (name, weight) in OBJECTIVES.items():
        level, rationale = stated.get(code), "stated by the caller"
        if code == SUPPLY_CHAIN:
            level, rationale = chain.level, chain.because
        elif level is None:
            rationale = "for an assessor to judge: no recorded fact decides it"
        objectives.append(SovereigntyObjective(code, name, weight, level, rationale))
    return tuple(objectives)


def _score(objectives: Sequence[SovereigntyObjective]) -> float:
    return sum(objective.weight_pct * (objective.level or 0) for objective in objectives) / LEVEL_MAX


def _transfers(network: SupplyNetwork, deployment: int) -> tuple[TransferBasis, ...]:
    """Give the basis for every nation whose law may reach the data: of the place, the operator and its group."""
    place = deployment - network.nodes.component_count
    operator = network.deployments.operator[place]
    nations = {network.deployments.location[place]}
    if operator != NONE:
        headquarters = network.companies.headquarters
        nations |= {headquarters[operator], headquarters[network.group_of[operator]]}
    table = network.nations
    return tuple(
        [
            TransferBasis(
                table.id[nation], table.gdpr_transfer[nation], table.transfer_from[nation], table.transfer_to[nation]
            )
            for nation in sorted(nations - {NONE})
        ]
    )
