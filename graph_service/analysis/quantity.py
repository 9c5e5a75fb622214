"""Quantities: units of each input per unit of the target (the gozinto problem, Vazsonyi 1954)."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.network.network import SupplyNetwork

WORKING: Final = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Digits kept on the way: enough that the order of a sum does not show in the answer."""

ZERO: Final = Decimal(0)

SHOWN: Final = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Digits of an answer."""


def total_quantities(
    network: SupplyNetwork, target: int, groups: Sequence[Sequence[int]]
) -> Mapping[int, Decimal | None]:
    """Sum the units of each node of the closure over all ways from `target` (docs/semantics.md 14).

    None where a way passes a requirement with more than one alternative, an unknown quantity or a cycle.
    `groups` are the groups of the closure, inputs first.
    """
    needs_of, inputs_of = network.needs_of, network.inputs_of
    group_of, cyclic = network.condensation.group_of, network.condensation.cyclic
    multiply, add = WORKING.multiply, WORKING.add
    spoilt = bytearray(len(needs_of))
    total: dict[int, Decimal] = {target: Decimal(1)}
    for members in reversed(groups):
        if cyclic[group_of[members[0]]]:
            for node in members:
                spoilt[node] = 1
        for node in members:
            if spoilt[node]:
                for wanted in inputs_of[node]:
                    spoilt[wanted] = 1
                continue
            units = total[node]
            for _, alternatives, _, quantity in needs_of[node]:
                for wanted in alternatives:
                    if quantity is None or len(alternatives) > 1:
                        spoilt[wanted] = 1
                    else:
                        total[wanted] = add(total.get(wanted, ZERO), multiply(units, quantity))
    return {node: None if spoilt[node] else SHOWN.plus(total[node]) for members in groups for node in members}
