"""Stops: what is said to stop, and what part of which offers and components that takes (docs/semantics.md 6, 7, 21)."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Final

from graph_service.analysis.nations import nations_of
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.groups import controlled_by
from graph_service.network.nearest import not_recorded
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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

    offers: dict[int, float] = field(default_factory=dict)
    components: dict[int, float] = field(default_factory=dict)
    because: dict[int, str] = field(default_factory=dict)


def stopped(network: SupplyNetwork, stops: Sequence[Stop]) -> Stopped:
    """Work out what stops take; two stops of one offer: the greater. Linear in offers.

    A component that is named loses its part itself: no stock of offers makes up for that. Raises BadInput for
    what breaks a rule, NotFound, with the nearest ids, for what is not recorded.
    """
    if len(stops) > STOPS_MAX:
        raise BadInput(f"failures must be at most {STOPS_MAX:,}, got {len(stops):,}")
    for stop in stops:
        _check(stop)
    taken = Stopped()
    by_kind: dict[Kind, dict[int, list[Stop]]] = {kind: {} for kind in KINDS}
    for stop in sorted(stops, key=lambda one: one.entity):
        kind, numbers = _named(network, stop)
        for number in numbers:
            by_kind[kind].setdefault(number, []).append(stop)
    for node, named in by_kind[Kind.COMPONENT].items():
        part = max([stop.loss_pct for stop in named]) / 100
        if part > 0:
            taken.components[node] = part
    for offer, named in _touched(network, by_kind).items():
        _take(network, taken, offer, named)
    return taken


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


def _named(network: SupplyNetwork, stop: Stop) -> tuple[Kind, Iterable[int]]:
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


def _touched(network: SupplyNetwork, by_kind: Mapping[Kind, Mapping[int, Sequence[Stop]]]) -> Mapping[int, list[Stop]]:
    """Give each offer that a stop touches, with these stops."""
    touched: dict[int, list[Stop]] = {offer: list(stops) for offer, stops in by_kind[Kind.OFFER].items()}
    for kind, whose in ((Kind.COMPANY, network.offers.company), (Kind.NATION, network.offers.nation)):
        named = by_kind[kind]
        for offer in [offer for offer, number in enumerate(whose) if number in named] if named else ():
            touched.setdefault(offer, []).extend(named[whose[offer]])
    return touched


def _take(network: SupplyNetwork, taken: Stopped, offer: int, named: Sequence[Stop]) -> None:
    stock = network.offers.inventory_weeks[offer] or 0.0
    for stop in named:
        part = stop.loss_pct / 100
        if stop.duration_weeks is not None:
            part *= max(0.0, stop.duration_weeks - stock) / stop.duration_weeks
        before = taken.offers.get(offer, 0.0)
        name = _told(network, stop, offer)
        if part > before or (part == before and part > 0 and name < taken.because[offer]):
            taken.offers[offer] = part
            taken.because[offer] = name


def _told(network: SupplyNetwork, stop: Stop, offer: int) -> str:
    """Name the failed thing: of an offer its company, else its nation, else its component."""
    if kind_of(stop.entity) is not Kind.OFFER:
        return stop.entity
    offers = network.offers
    if offers.company[offer] != NONE:
        return network.company_ids[offers.company[offer]]
    if offers.nation[offer] != NONE:
        return network.nation_ids[offers.nation[offer]]
    return network.nodes.id[offers.component[offer]]
