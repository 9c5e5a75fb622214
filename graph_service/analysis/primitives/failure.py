"""Failure: what stops once some things stop, the least fixpoint of docs/semantics.md 9 (Dowling and Gallier 1984)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_service.model.kinds import Suppliers
from graph_service.network.adjacency import distinct

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

    Numbers = NDArray[np.intp]
    Marks = NDArray[np.bool_]


def failure(
    network: SupplyNetwork,
    offers: Collection[int],
    *,
    components: Collection[int] = (),
    withdrawn: Collection[int] = (),
    unknown_fails: bool = False,
    suppliers: Suppliers | None = None,
) -> Marks:
    """Let each of `offers` (no number twice) fail, and all that follows; mark the nodes that fail.

    `components` fail themselves, whatever their offers; `withdrawn` ones meet no requirement any more, but
    need not fail. Unknown components work unless `unknown_fails`, which an open list of suppliers overrules.
    `suppliers` replaces the reading of the world (docs/semantics.md 44). Linear in what is touched, but for marks.
    """
    reading = suppliers or (network.world.suppliers if network.world else Suppliers.RECORDED)
    is_open = reading is Suppliers.OPEN
    own_supplies = network.own_supplies_if_open if is_open else network.own_supplies_as_recorded
    needed_by = network.need_counts.of
    failed = np.zeros(len(own_supplies), dtype=np.bool_)
    failed[numbers_of(components)] = True
    if unknown_fails and not is_open:
        failed[network.unknown_nodes] = True
    lost = np.bincount(network.offer_links.component[numbers_of(offers)], minlength=len(failed))
    failed[lost == own_supplies] = True
    gone, spare = numbers_of(withdrawn), network.spare_alternatives.copy()
    without = network.needs_by_alternative.of(gone)
    np.subtract.at(spare, without, 1)
    failed[needed_by[without[spare[without] < 0]]] = True
    meets = np.ones(len(failed), dtype=np.bool_)
    meets[gone] = False
    follow(network, np.flatnonzero(failed), failed, spare, meets)
    return failed


def follow(network: SupplyNetwork, fallen: Numbers, failed: Marks, spare: Numbers, meets: Marks) -> None:
    """Mark in `failed` what fails once `fallen` have, which are marked; round by round.

    `spare` says how many alternatives each requirement can still lose, and is brought up to date; those that
    `meets` does not mark are lost already.
    """
    needed_by, needs = network.need_counts.of, network.needs_by_alternative
    scratch = np.empty(len(failed), dtype=np.intp)
    while len(fallen):
        weaker = needs.of(fallen[meets[fallen]])
        np.subtract.at(spare, weaker, 1)
        users = needed_by[weaker[spare[weaker] < 0]]
        fallen = distinct(users[~failed[users]], scratch)
        failed[fallen] = True


def numbers_of(some: Collection[int]) -> Numbers:
    """Give numbers as an array."""
    return np.fromiter(some, dtype=np.intp, count=len(some))
