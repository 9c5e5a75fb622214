"""Disruption: what stops, and how much is lost, if something stops for good or for some weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.disrupted.causes import Causes
from graph_service.analysis.disrupted.losses import losses
from graph_service.analysis.disrupted.own_losses import ESTIMATE, UPPER, own_losses
from graph_service.analysis.disrupted.statuses import Statuses, statuses_of
from graph_service.analysis.disrupted.stops import Stop, stopped
from graph_service.analysis.primitives.closure import unknown_in
from graph_service.analysis.primitives.failure import failure
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.target import target_number
from graph_service.errors import BadInput
from graph_service.model.kinds import Exactness, ImpactStatus, Reallocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

SEMANTICS: Final = "least fixpoint of failure, greatest of output (docs/semantics.md 9, 20-23)"

DIGITS: Final = 12
"""Decimals to which losses are told apart where they are ranked."""

IMPACTED_MAX: Final = 1_000
"""Impacts that one answer lists, as docs/semantics.md (40) allows; counts are over all."""

TARGETS_MAX: Final = 1_000
"""Targets that one call may name."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What happens to one component or deployment: the parts, 0 to 1, that it loses, and how that comes about.

    `cause` is the failed thing, then components, each required by the next, to the entity; empty if nothing is lost.
    """

    entity: str
    status: ImpactStatus
    lost_fraction_lower: float
    lost_fraction_upper: float
    lost_fraction_estimate: float
    cause: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disruption:
    """Impacts on the targets, in the order asked, and on all that loses, greatest estimate first, then id.

    Counts are over all components and deployments of the world.
    """

    targets: tuple[Impact, ...]
    impacted: tuple[Impact, ...]
    failed_count: int
    degraded_count: int
    at_risk_count: int
    unknown_count: int
    meta: AnalysisMeta


def simulate_disruption(
    network: SupplyNetwork,
    stops: Sequence[Stop],
    targets: Sequence[str] = (),
    reallocation: Reallocation = Reallocation.PERFECT,
    *,
    impacted_max: int = IMPACTED_MAX,
) -> Disruption:
    """Let things stop and follow what that takes from all others (docs/semantics.md 9, 10, 20-23, 44).

    Exact, but for stocks, of which only those of the stopped offers count, and for PRO_RATA inside cycles: then
    BOUNDED. Raises BadInput and NotFound as `stopped` does, and those of `target_number`.
    """
    stopwatch = Stopwatch()
    if len(targets) > TARGETS_MAX:
        raise BadInput(f"targets must be at most {TARGETS_MAX:,}, got {len(targets):,}")
    asked = [target_number(network, target) for target in targets]
    taken = stopped(network, stops)
    failed = failure(
        network,
        [offer for offer, part in taken.offers.items() if part == 1],
        components=[node for node, part in taken.components.items() if part == 1],
    )
    parts = own_losses(network, taken.offers, taken.components)
    own = np.zeros((len(network.nodes.id), 3))
    own[parts.nodes] = parts.parts
    lost = losses(network.layers, own, reallocation)
    lost[failed] = 1.0
    statuses = statuses_of(network, failed, lost)
    causes = Causes(network, taken, failed, own, lost)

    def impact(node: int) -> Impact:
        lower, upper, estimate = lost[node].tolist()
        return Impact(network.nodes.id[node], statuses.of(node), lower, upper, estimate, causes.of(node))

    caveat = _caveat(network, stops, lost, reallocation)
    return Disruption(
        targets=tuple([impact(node) for node in asked]),
        impacted=tuple([impact(node) for node in _impacted(statuses, lost, impacted_max)]),
        failed_count=statuses.count(ImpactStatus.FAILED),
        degraded_count=statuses.count(ImpactStatus.DEGRADED),
        at_risk_count=statuses.count(ImpactStatus.AT_RISK),
        unknown_count=statuses.count(ImpactStatus.UNKNOWN),
        meta=stopwatch.meta(
            network,
            semantics="; ".join([SEMANTICS, *caveat]),
            algorithm="propagation of failures, then of losses, layer by layer from the inputs",
            exactness=Exactness.BOUNDED if caveat else Exactness.EXACT,
            unknown=unknown_in(network, network.layers.behind(asked).tolist()) if network.unknown_nodes else (),
        ),
    )


def _impacted(statuses: Statuses, lost: NDArray[np.float64], first: int) -> Sequence[int]:
    """Give the first nodes that fail or may lose: greatest estimate first, to within rounding, then id."""
    nodes = np.flatnonzero(statuses.impacted)
    estimates: NDArray[np.float64] = lost[nodes, ESTIMATE].round(DIGITS)
    return nodes[np.argsort(-estimates, kind="stable")[:first]].tolist()


def _caveat(
    network: SupplyNetwork, stops: Sequence[Stop], lost: NDArray[np.float64], reallocation: Reallocation
) -> list[str]:
    """Say why the answer is a bound only, if it is."""
    reasons: list[str] = []
    if any(stop.duration_weeks is not None for stop in stops):
        reasons.append("only the stock of the stopped offers counts")
    if reallocation is Reallocation.PRO_RATA:
        layers = [layer for layer in network.layers.layers if layer.cyclic]
        if any(np.any(lost[layer.nodes, UPPER] > 0) for layer in layers):
            reasons.append("inside cycles what is left goes to where it is needed most")
    return reasons
