"""Failure: what stops once some things stop, the least fixpoint of docs/semantics.md 9 (Dowling and Gallier 1984)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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
    own_supplies = network.own_supplies_if_open if is_open else network.own_supplies_as_recorded
    spare = list(network.spare_alternatives)
    users_of, needed_by = network.users_of, network.requirements.of
    gone = bytearray(len(own_supplies))
    first = [*components, *(network.unknown_nodes if unknown_fails and not is_open else ())]
    first += _without_offers(network.offers.component, own_supplies, offers)
    for node in withdrawn:
        gone[node] = 1
        for requirement in users_of[node]:
            spare[requirement] -= 1
            if spare[requirement] == -1:
                first.append(needed_by[requirement])
    order = list(dict.fromkeys(first))
    failed = bytearray(len(own_supplies))
    for node in order:
        failed[node] = 1
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


def _without_offers(component_of: Sequence[int], own_supplies: Sequence[int], lost: Iterable[int]) -> Sequence[int]:
    """Give the components whose offers are all lost."""
    counts = Counter([component_of[offer] for offer in lost])
    return [node for node, count in counts.items() if count == own_supplies[node]]
