"""Quantities: units of each input per unit of the target (the gozinto problem, Vazsonyi 1954)."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.primitives.closure import behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

WORKING: Final = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Digits kept on the way: enough that the order of a sum does not show in the answer."""

ZERO: Final = Decimal(0)

SHOWN: Final = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Digits of an answer."""


def total_quantities(network: SupplyNetwork, target: int, nodes: Sequence[int]) -> Mapping[int, Decimal | None]:
    """Sum the units of each node of the closure, whose `nodes` are given, over all ways from `target`.

    None where a way passes a requirement with more than one alternative, an unknown quantity or a cycle
    (docs/semantics.md 14).
    """
    spoils, in_cycle = network.once(_spoiling)
    reached = np.array(nodes, dtype=np.intp)
    needs = network.needs_by_node.of(reached)
    first = [network.alternatives_by_need.of(needs[spoils[needs]]), reached[in_cycle[reached]]]
    spoilt = behind(network, np.concatenate(first))
    known: list[int] = reached[~spoilt[reached]].tolist()
    known.sort(key=network.condensation.rank.__getitem__, reverse=True)
    total = dict.fromkeys(known, ZERO)
    if not spoilt[target]:
        total[target] = Decimal(1)
    multiply, add = WORKING.multiply, WORKING.add
    for node in known:
        units = total[node]
        for _, (wanted, *_), _, quantity in network.needs_of[node]:
            if wanted in total and quantity is not None:
                total[wanted] = add(total[wanted], multiply(units, quantity))
    return {**dict.fromkeys(nodes), **{node: SHOWN.plus(units) for node, units in total.items()}}


def _spoiling(network: SupplyNetwork) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the requirements that say no quantity of one alternative, and the nodes in cycles."""
    quantity, condensation = network.requirements.quantity, network.condensation
    unknown = np.fromiter((units is None for units in quantity), dtype=np.bool_, count=len(quantity))
    several = np.diff(network.alternatives_by_need.start) > 1
    in_cycle = np.array(condensation.cyclic, dtype=np.bool_)[np.array(condensation.group_of, dtype=np.intp)]
    return unknown | several, in_cycle
