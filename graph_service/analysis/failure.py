"""Failure: what stops once some things stop, the least fixpoint of docs/semantics.md 9 (Dowling and Gallier 1984)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from graph_service.model.kinds import Suppliers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed: `failed` is 1 at the numbers of failed nodes, `order` lists them as they fell.

    The order goes round by round: each node stands behind something that its fall follows from.
    """

    failed: bytearray
    order: Sequence[int]


def failure(
    network: SupplyNetwork,
    offers: Iterable[int],
    *,
    components: Iterable[int] = (),
    withdrawn: Iterable[int] = (),
    unknown_fails: bool = False,
    suppliers: Suppliers | None = None,
) -> Failure:
    """Let each of `offers` (no number twice) fail, and all that follows; linear in what is touched.

    `components` fail themselves, whatever their offers; `withdrawn` ones meet no requirement any more, but
    need not fail. Unknown components work unless `unknown_fails`, which an open list of suppliers overrules.
    `suppliers` replaces the reading of the world (docs/semantics.md 44).
    """
    reading = suppliers or (network.world.suppliers if network.world else Suppliers.RECORDED)
    is_open = reading is Suppliers.OPEN
    left = list(network.own_supplies_if_open if is_open else network.own_supplies_as_recorded)
    spare = list(network.spare_alternatives)
    component_of, users_of, needed_by = network.offers.component, network.users_of, network.requirements.of
    failed = bytearray(len(left))
    order: list[int] = []
    for node in chain(components, network.unknown_nodes if unknown_fails and not is_open else ()):
        if not failed[node]:
            failed[node] = 1
            order.append(node)
    for offer in offers:
        node = component_of[offer]
        left[node] -= 1
        if left[node] == 0 and not failed[node]:
            failed[node] = 1
            order.append(node)
    gone = bytearray(len(left))
    for node in withdrawn:
        gone[node] = 1
        for requirement in users_of[node]:
            spare[requirement] -= 1
            if spare[requirement] == -1 and not failed[needed_by[requirement]]:
                failed[needed_by[requirement]] = 1
                order.append(needed_by[requirement])
    for node in order:  # grows while it is walked
        if gone[node]:
            continue
        for requirement in users_of[node]:
            rest = spare[requirement] - 1
            spare[requirement] = rest
            if rest == -1:
                user = needed_by[requirement]
                if not failed[user]:
                    failed[user] = 1
                    order.append(user)
    return Failure(failed=failed, order=order)
