"""Exclusions: the offers and components that a supply may not use (docs/semantics.md 7, 16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind
from graph_service.network.nearest import not_recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Ids of what may not be used. An owner group may be named by its root or by any company in it."""

    nations: tuple[str, ...] = ()
    blocs: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    owner_groups: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excluded:
    """The numbers of offers taken away, of components that meet no requirement any more, and of all that is named.

    Nations are named with the blocs that they belong to, companies with their owner groups.
    """

    offers: frozenset[int]
    components: frozenset[int]
    nations: frozenset[int] = frozenset()
    blocs: frozenset[int] = frozenset()
    companies: frozenset[int] = frozenset()


def excluded(network: SupplyNetwork, exclusions: Exclusions) -> Excluded:
    """Say what the exclusions take away in this world; linear in offers.

    Raises BadInput for an id of the wrong kind and NotFound, with the nearest ids, for an unknown one.
    """
    nations = _numbers("nations", Kind.NATION, exclusions.nations, network.nation_by_id)
    blocs = _numbers("blocs", Kind.BLOC, exclusions.blocs, network.bloc_by_id)
    companies = _numbers("companies", Kind.COMPANY, exclusions.companies, network.company_by_id)
    owners = _numbers("ownerGroups", Kind.COMPANY, exclusions.owner_groups, network.company_by_id)
    components = _numbers("components", Kind.COMPONENT, exclusions.components, network.node_by_id)
    if blocs:
        memberships = network.memberships
        nations |= {nation for nation, bloc in zip(memberships.nation, memberships.bloc, strict=True) if bloc in blocs}
    if owners:
        group_of = network.group_of
        roots = {group_of[company] for company in owners}
        companies |= {company for company, root in enumerate(group_of) if root in roots}
    links = network.offer_links
    gone = np.isin(links.company, list(companies)) | np.isin(links.nation, list(nations))
    gone |= np.isin(links.component, list(components))
    return Excluded(
        offers=frozenset(np.flatnonzero(gone).tolist()),
        components=frozenset(components),
        nations=frozenset(nations),
        blocs=frozenset(blocs),
        companies=frozenset(companies),
    )


def _numbers(argument: str, kind: Kind, ids: Iterable[str], number_by_id: Mapping[str, int]) -> set[int]:
    numbers: set[int] = set()
    for name in ids:
        if kind_of(name) is not kind:
            raise BadInput(f"{argument} of the exclusions must be ids of kind {kind.value}, got {name}")
        number = number_by_id.get(name)
        if number is None:
            raise not_recorded(name, [known for known in number_by_id if known.startswith(f"{kind.value}:")])
        numbers.add(number)
    return numbers
