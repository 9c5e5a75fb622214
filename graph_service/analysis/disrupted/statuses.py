"""Statuses: what a disruption does to each component and deployment (docs/semantics.md 10, 23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.disrupted.own_losses import LOWER, UPPER
from graph_service.model.kinds import ImpactStatus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

STATUSES: Final = tuple(ImpactStatus)


@dataclass(frozen=True, slots=True)
class Statuses:
    """The status of each node, as a place in STATUSES; which nodes are of the world, and which of those lose."""

    codes: NDArray[np.intp]
    present: NDArray[np.bool_]
    impacted: NDArray[np.bool_]

    def of(self, node: int) -> ImpactStatus:
        """Give the status of one node."""
        return STATUSES[int(self.codes[node])]

    def count(self, status: ImpactStatus) -> int:
        """Count the components and deployments of the world that have a status."""
        return int(np.count_nonzero(self.codes[self.present] == STATUSES.index(status)))


def statuses_of(network: SupplyNetwork, failed: NDArray[np.bool_], lost: NDArray[np.float64]) -> Statuses:
    """Tell the status of each node from what failed and the losses; linear."""
    present = np.array(network.present, dtype=np.bool_)
    unknown = np.array(network.unknown, dtype=np.bool_)
    may_lose = lost[:, UPPER] > 0
    codes = np.zeros(len(failed), dtype=np.intp)
    codes[may_lose] = STATUSES.index(ImpactStatus.AT_RISK)
    codes[lost[:, LOWER] > 0] = STATUSES.index(ImpactStatus.DEGRADED)
    codes[unknown] = STATUSES.index(ImpactStatus.UNKNOWN)
    codes[failed] = STATUSES.index(ImpactStatus.FAILED)
    return Statuses(codes, present, present & (failed | may_lose))
