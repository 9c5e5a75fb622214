"""Scenarios on networks: facts put in and taken out, without loading or writing anything (docs/semantics.md 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import BadInput, NotFound
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Capital, InputKind, Kind
from graph_service.model.scenario import ADDED_CONFIDENCE
from graph_service.network.nearest import not_recorded
from graph_service.network.shares import basis_of
from graph_service.network.splicing import number_of, place_of, spliced
from graph_service.network.tables import NONE, Offers, Partnerships, Requirements, Validity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph_service.model.scenario import AddedOffer, AddedPartnership, AddedRequirement, Scenario
    from graph_service.network.network import SupplyNetwork

REMOVABLE: Final = (Kind.OFFER, Kind.REQUIREMENT, Kind.PARTNERSHIP, Kind.DEPLOYMENT)


def with_scenario(record: SupplyNetwork, network: SupplyNetwork, scenario: Scenario) -> SupplyNetwork:
    """Apply a scenario to `network`, which is `record` masked by the same world without it.

    Removing comes first. Raises NotFound, with the nearest ids, for an id that is not recorded, and BadInput for one
    of a kind that cannot stand there.
    """
    gone = _removed(record, scenario.remove)
    offered = _linked(record, with_offers(_without(network, gone), scenario.all_offers))
    if scenario.requirements:
        replaced = [requirement.id for requirement in scenario.requirements]
        rows = _requirements(offered, scenario.requirements)
        offered = offered.changed(requirements=spliced(offered.requirements, replaced, rows))
    if scenario.partnerships:
        rows = _partnerships(offered, scenario.partnerships)
        offered = offered.changed(partnerships=spliced(offered.partnerships, (), rows))
    assert network.world is not None
    return offered.changed(world=replace(network.world, scenario=scenario))


def with_offers(network: SupplyNetwork, added: Sequence[AddedOffer]) -> SupplyNetwork:
    """Give a masked network with these offers more; one of the same id is replaced.

    An added offer has confidence 100, no dates, and its share is of the basis that its component has without it
    (docs/semantics.md 20). Raises NotFound, with the nearest ids, for a component, company or nation that is not
    recorded. What the network has worked out of its requirements stays worked out.
    """
    if not added:
        return network
    rows = sorted(added, key=lambda offer: offer.id)
    node = _numbers(network.node_by_id, [offer.component for offer in rows], Kind.COMPONENT)
    company = _numbers(network.company_by_id, [offer.company for offer in rows], Kind.COMPANY)
    nation = _numbers(network.nation_by_id, [offer.nation for offer in rows], Kind.NATION)
    replaced = {number_of(network.offers.id, offer.id) for offer in rows}
    bases = {
        one: basis_of(network.offers, [offer for offer in network.offers_of[one] if offer not in replaced])
        for one in set(node)
    }
    nothing: list[Any] = [None] * len(rows)
    shared = [bases[one] if offer.share_pct is not None else None for one, offer in zip(node, rows, strict=True)]
    offers = Offers(
        id=[offer.id for offer in rows],
        component=node,
        company=company,
        nation=nation,
        share_pct=[offer.share_pct for offer in rows],
        share_basis=[basis.name if basis else None for basis in shared],
        share_year=[basis.year if basis else None for basis in shared],
        lead_time_weeks=[offer.lead_time_weeks for offer in rows],
        time_to_recover_weeks=nothing,
        inventory_weeks=nothing,
        capacity=nothing,
        unit_cost=nothing,
        currency=nothing,
        validity=_undated(len(rows)),
    )
    return _with_offers(network, spliced(network.offers, (), offers))


def without_offers(network: SupplyNetwork, offers: Collection[int]) -> SupplyNetwork:
    """Give a masked network without the offers of these numbers; the others are numbered anew."""
    if not offers:
        return network
    ids = network.offers.id
    return _with_offers(network, spliced(network.offers, [ids[offer] for offer in offers]))


def _with_offers(network: SupplyNetwork, offers: Offers) -> SupplyNetwork:
    """Put another table of offers in; what partnerships enable keeps its ids."""
    old = network.offers.id
    enables = [
        tuple([number for offer in enabled if (number := number_of(offers.id, old[offer])) is not None])
        for enabled in network.partnerships.enables
    ]
    return network.changed(offers=offers, partnerships=replace(network.partnerships, enables=enables))


def _removed(record: SupplyNetwork, names: Iterable[str]) -> Mapping[Kind, Sequence[str]]:
    """Sort the ids of what is taken out by kind; all of them are recorded, though perhaps not in this world."""
    deployments = record.nodes.id[record.nodes.component_count :]
    recorded: Mapping[Kind, Sequence[str]] = {
        Kind.OFFER: record.offers.id,
        Kind.REQUIREMENT: record.requirements.id,
        Kind.PARTNERSHIP: record.partnerships.id,
        Kind.DEPLOYMENT: deployments,
    }
    found: dict[Kind, list[str]] = {kind: [] for kind in REMOVABLE}
    for name in names:
        kind = kind_of(name)
        if kind not in recorded:
            raise BadInput(f"remove takes ids of offers, requirements, partnerships and deployments, got {name}")
        if number_of(recorded[kind], name) is None:
            raise not_recorded(name, recorded[kind])
        found[kind].append(name)
    return found


def _without(network: SupplyNetwork, gone: Mapping[Kind, Sequence[str]]) -> SupplyNetwork:
    offers = {number_of(network.offers.id, name) for name in gone[Kind.OFFER]} - {None}
    kept = without_offers(network, [offer for offer in offers if offer is not None])
    if gone[Kind.REQUIREMENT]:
        kept = kept.changed(requirements=spliced(kept.requirements, gone[Kind.REQUIREMENT]))
    if gone[Kind.PARTNERSHIP]:
        kept = kept.changed(partnerships=spliced(kept.partnerships, gone[Kind.PARTNERSHIP]))
    if gone[Kind.DEPLOYMENT]:
        present = list(kept.present)
        for name in gone[Kind.DEPLOYMENT]:
            present[kept.node_by_id[name]] = False
        kept = kept.changed(present=present)
    return kept


def _linked(record: SupplyNetwork, network: SupplyNetwork) -> SupplyNetwork:
    """Let partnerships enable what they enable in the record by id: also an offer that an added one replaces."""
    offers, partnerships = network.offers.id, network.partnerships
    enables: list[tuple[int, ...]] = []
    for name in partnerships.id:
        recorded = record.partnerships.enables[place_of(record.partnerships.id, name)]
        numbers = [number_of(offers, record.offers.id[offer]) for offer in recorded]
        enables.append(tuple([number for number in numbers if number is not None]))
    return network.changed(partnerships=replace(partnerships, enables=enables))


def _requirements(network: SupplyNetwork, added: Iterable[AddedRequirement]) -> Requirements:
    """Make the rows of added requirements that count: with what is installed, not those that only capital meets (4)."""
    kinds, world = network.nodes.input_kind, network.world
    installed = world is not None and world.capital is Capital.INSTALLED
    rows: list[AddedRequirement] = []
    of: list[int] = []
    alternatives: list[tuple[int, ...]] = []
    for row in sorted(added, key=lambda requirement: requirement.id):
        (owner,) = _numbers(network.node_by_id, [row.of], Kind.COMPONENT, Kind.DEPLOYMENT)
        met = tuple(sorted(_numbers(network.node_by_id, row.any_of, Kind.COMPONENT)))
        if not (installed and all(kinds[node] is InputKind.CAPITAL for node in met)):
            rows.append(row)
            of.append(owner)
            alternatives.append(met)
    return Requirements(
        id=[row.id for row in rows],
        of=of,
        k=[row.k for row in rows],
        quantity=[None] * len(rows),
        optional=[False] * len(rows),
        alternatives=alternatives,
        efficiency=[(1.0,) * len(met) for met in alternatives],
        switch_time_weeks=[(None,) * len(met) for met in alternatives],
        validity=_undated(len(rows)),
    )


def _partnerships(network: SupplyNetwork, added: Iterable[AddedPartnership]) -> Partnerships:
    rows = sorted(added, key=lambda partnership: partnership.id)
    known = {Kind.NATION: network.nation_by_id, Kind.COMPANY: network.company_by_id, Kind.BLOC: network.bloc_by_id}
    for party in [party for row in rows for party in row.parties]:
        kind = kind_of(party)
        if kind not in known:
            raise BadInput(f"a party must be a nation, a company or a bloc, got {party}")
        if party not in known[kind]:
            raise not_recorded(party, list(known[kind]))
    return Partnerships(
        id=[row.id for row in rows],
        parties=[tuple(sorted(row.parties)) for row in rows],
        covers=[tuple(sorted(_numbers(network.node_by_id, row.covers, Kind.COMPONENT))) for row in rows],
        enables=[tuple(sorted(place_of(network.offers.id, one.id) for one in row.enables)) for row in rows],
        validity=_undated(len(rows)),
    )


def _numbers(number_by_id: Mapping[str, int], names: Iterable[str | None], *kinds: Kind) -> list[int]:
    """Give the numbers of ids of these kinds, NONE for none."""
    numbers: list[int] = []
    for name in names:
        if name is None:
            numbers.append(NONE)
            continue
        if kind_of(name) not in kinds:
            raise BadInput(f"a scenario takes the id of a {' or '.join(kinds)} here, got {name}")
        number = number_by_id.get(name)
        if number is None:
            raise _unknown(name, number_by_id)
        numbers.append(number)
    return numbers


def _unknown(name: str, number_by_id: Mapping[str, int]) -> NotFound:
    kind = kind_of(name)
    return not_recorded(name, [known for known in number_by_id if known.startswith(f"{kind.value}:")])


def _undated(count: int) -> Validity:
    return Validity(confidence=[ADDED_CONFIDENCE] * count, valid_from=[None] * count, valid_to=[None] * count)
