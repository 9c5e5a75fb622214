"""Quantities: units of each input per unit of the target (the gozinto problem, Vazsonyi 1954)."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.network.network import SupplyNetwork

WORKING: Final = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Digits kept on the way: enough that the order of a sum does not show in the answer."""

SHOWN: Final = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Digits of an answer."""


def total_quantities(
    network: SupplyNetwork, target: int, groups: Sequence[Sequence[int]]
) -> Mapping[int, Decimal | None]:
    """Sum the units of each node of the closure over all ways from `target` (docs/semantics.md 14).

    None where a way passes a requirement with more than one alternative, an unknown quantity or a cycle.
    `groups` are the groups of the closure, inputs first.
    """
    condensation, needs_of = network.condensation, network.needs_of
    group_of, cyclic = condensation.group_of, condensation.cyclic
    multiply, add = WORKING.multiply, WORKING.add
    total: dict[int, Decimal | None] = {target: Decimal(1)}
    for members in reversed(groups):
        is_cyclic = cyclic[group_of[members[0]]]
        for node in members:
            units = None if is_cyclic else total[node]
            if is_cyclic:
                total[node] = None
            for _, alternatives, _, quantity in needs_of[node]:
                if units is None or quantity is None or len(alternatives) > 1:
                    total.update(dict.fromkeys(alternatives))
                    continue
                wanted = alternatives[0]
                before = total.get(wanted, ZERO)
                if before is not None:
                    total[wanted] = add(before, multiply(units, quantity))
    return {node: None if units is None else SHOWN.plus(units) for node, units in total.items()}


ZERO: Final = Decimal(0)
