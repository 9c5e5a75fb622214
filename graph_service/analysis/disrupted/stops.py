"""Stops: what is said to stop, and what part of which offers and components that takes (docs/semantics.md 6, 7, 21)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graph_service.analysis.primitives.nations import nations_of
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.groups import controlled_by
from graph_service.network.nearest import not_recorded
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

STOPS_MAX: Final = 1_000
"""Stops that one call may name."""

KINDS: Final = (Kind.NATION, Kind.BLOC, Kind.COMPANY, Kind.COMPONENT, Kind.OFFER)


@dataclass(frozen=True, slots=True)
class Stop:
    """A nation, bloc, company, component or offer that stops; an id.

    `loss_pct` is the part that is lost, 0 to 100. With `duration_weeks` the stock of an offer takes its place as
    long as it lasts. `whole_group`: a company and all that it controls.
    """

    entity: str
    whole_group: bool = False
    loss_pct: float = 100.0
    duration_weeks: float | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The parts, above 0 and up to 1, that are lost of offers and of components themselves, by their numbers.

    `because` names, for each offer, the stop that takes most of it: of several the one of the least id.
    """

    offers: Mapping[int, float]
    components: Mapping[int, float]
    because: Mapping[int, str]


def stopped(network: SupplyNetwork, stops: Sequence[Stop]) -> Stopped:
    """Work out what stops take; two stops of one offer: the greater. Linear in offers.

    A component that is named loses its part itself: no stock of offers makes up for that. Raises BadInput for
    what breaks a rule, NotFound, with the nearest ids, for what is not recorded.
    """
    if len(stops) > STOPS_MAX:
        raise BadInput(f"failures must be at most {STOPS_MAX:,}, got {len(stops):,}")
    for stop in stops:
        _check(stop)
    components: dict[int, float] = {}
    touches: list[_Touch] = []
    for stop in stops:
        kind, numbers = _named(network, stop)
        if kind is Kind.COMPONENT:
            (node,) = numbers
            components[node] = max(components.get(node, 0.0), stop.loss_pct / 100)
        else:
            touches += _touches(network, stop, kind, numbers)
    return _taken(network, touches, {node: part for node, part in components.items() if part > 0})


def _check(stop: Stop) -> None:
    if not 0 <= stop.loss_pct <= 100:
        raise BadInput(f"lossPct must be 0 to 100, got {stop.loss_pct:g} for {stop.entity}")
    weeks = stop.duration_weeks
    if weeks is not None and not (weeks > 0 and isfinite(weeks)):
        raise BadInput(f"durationWeeks must be above 0, got {weeks:g} for {stop.entity}")
    kind = kind_of(stop.entity)
    if kind not in KINDS:
        raise BadInput(f"a failure must be of a nation, bloc, company, component or offer, got {stop.entity}")
    if stop.whole_group and kind is not Kind.COMPANY:
        raise BadInput(f"wholeGroup must go with a company, got {stop.entity}")


def _named(network: SupplyNetwork, stop: Stop) -> tuple[Kind, Collection[int]]:
    """Give the numbers of what a stop names, a bloc as its nations and a group as its companies."""
    kind = kind_of(stop.entity)
    if kind in {Kind.NATION, Kind.BLOC}:
        return Kind.NATION, nations_of(network, "failures", [stop.entity])
    known = network.company_by_id if kind is Kind.COMPANY else network.offer_by_id
    if kind is Kind.COMPONENT:
        known = network.node_by_id
    number = known.get(stop.entity)
    if number is None:
        where = " in this world" if kind is Kind.OFFER else ""
        raise not_recorded(stop.entity, [name for name in known if name.startswith(f"{kind.value}:")], where)
    if stop.whole_group:
        return kind, controlled_by(number, len(network.company_ids), network.ownerships)
    return kind, [number]


class _Touch(NamedTuple):
    """Offers that a stop touches, and the failed thing that it is told as."""

    name: str
    offers: NDArray[np.intp]
    stop: Stop


def _touches(network: SupplyNetwork, stop: Stop, kind: Kind, numbers: Collection[int]) -> Iterator[_Touch]:
    if kind is Kind.OFFER:
        yield from [_Touch(_told(network, offer), np.array([offer]), stop) for offer in numbers]
        return
    links = network.offer_links
    whose = links.company if kind is Kind.COMPANY else links.nation
    yield _Touch(stop.entity, np.flatnonzero(np.isin(whose, list(numbers))), stop)


def _taken(network: SupplyNetwork, touches: Sequence[_Touch], components: dict[int, float]) -> Stopped:
    """Let, of the stops of each offer, the one count that takes most, of several the one of the least name."""
    by_name = sorted(touches, key=lambda touch: touch.name)
    part = np.zeros(len(network.offers.id))
    by_whom = np.zeros(len(part), dtype=np.intp)
    for place, (_, offers, stop) in enumerate(by_name):
        lost = np.full(len(offers), stop.loss_pct / 100)
        if stop.duration_weeks is not None:
            inventory = network.offers.inventory_weeks
            stock = np.array([inventory[offer] or 0.0 for offer in offers.tolist()])
            lost *= np.maximum(0.0, stop.duration_weeks - stock) / stop.duration_weeks
        more = lost > part[offers]
        part[offers[more]] = lost[more]
        by_whom[offers[more]] = place
    touched = np.flatnonzero(part > 0)
    numbers: list[int] = touched.tolist()
    whose: list[int] = by_whom[touched].tolist()
    return Stopped(
        offers=dict(zip(numbers, part[touched].tolist(), strict=True)),
        components=components,
        because={offer: by_name[place].name for offer, place in zip(numbers, whose, strict=True)},
    )


def _told(network: SupplyNetwork, offer: int) -> str:
    """Name the failed thing where an offer stops: its company, else its nation, else its component."""
    offers = network.offers
    if offers.company[offer] != NONE:
        return network.company_ids[offers.company[offer]]
    if offers.nation[offer] != NONE:
        return network.nation_ids[offers.nation[offer]]
    return network.nodes.id[offers.component[offer]]
