"""Feasibility: whether what is left can supply a target, as far as the record knows (docs/semantics.md 10, 44)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.primitives.failure import failure
from graph_service.model.kinds import Answer, Suppliers

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Feasibility:
    """The answer, whether it also holds where lists of suppliers may be incomplete, and what fails, as marks.

    `failed` is what the answer rests on: of YES with unknown components failed, else with them working.
    """

    answer: Answer
    established: bool
    failed: NDArray[np.bool_]


def feasibility(
    network: SupplyNetwork, target: int, offers: Collection[int], withdrawn: Collection[int] = ()
) -> Feasibility:
    """Tell whether `target` stays unfailed without these offers and with these components meeting no requirement.

    YES if it holds with unknown components failed, NO if it fails even with them working, else UNKNOWN.
    """
    hopeful = failure(network, offers, withdrawn=withdrawn)
    if hopeful[target]:
        opened = failure(network, offers, withdrawn=withdrawn, suppliers=Suppliers.OPEN)
        return Feasibility(Answer.NO, established=bool(opened[target]), failed=hopeful)
    strict = failure(network, offers, withdrawn=withdrawn, unknown_fails=True)
    if strict[target]:
        return Feasibility(Answer.UNKNOWN, established=False, failed=hopeful)
    return Feasibility(Answer.YES, established=True, failed=strict)
