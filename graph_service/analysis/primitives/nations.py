"""Nations named one by one or as blocs: the home of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.nearest import not_recorded
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph_service.network.network import SupplyNetwork


def nations_of(network: SupplyNetwork, argument: str, ids: Iterable[str]) -> frozenset[int]:
    """Give the numbers of the nations that ids name, a bloc standing for its members of the world.

    Raises BadInput, with the name of the argument, for an id of another kind and NotFound for an unknown one.
    """
    nations: set[int] = set()
    for name in ids:
        kind = kind_of(name)
        if kind not in {Kind.NATION, Kind.BLOC}:
            raise BadInput(f"{argument} must be ids of nations or blocs, got {name}")
        known = network.nation_by_id if kind is Kind.NATION else network.bloc_by_id
        number = known.get(name)
        if number is None:
            raise not_recorded(name, list(known))
        if kind is Kind.NATION:
            nations.add(number)
        else:
            belongs = zip(network.memberships.nation, network.memberships.bloc, strict=True)
            nations |= {nation for nation, bloc in belongs if bloc == number}
    return frozenset(nations)


def nations_of_parties(network: SupplyNetwork, parties: Iterable[str]) -> frozenset[int]:
    """Give the nations of parties to a partnership: of a company its headquarters, of a bloc its members."""
    companies = [name for name in parties if kind_of(name) is Kind.COMPANY]
    others = [name for name in parties if kind_of(name) is not Kind.COMPANY]
    headquarters = {network.companies.headquarters[network.company_by_id[name]] for name in companies}
    return nations_of(network, "parties", others) | (headquarters - {NONE})
