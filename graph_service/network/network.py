"""The immutable AND/OR network of one data version: who offers what, and what needs what.

Its facts stand in tables (network/tables.py); what analyses share is worked out on first use and kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import numpy as np

from graph_service.model.kinds import InputKind, Suppliers
from graph_service.network.adjacency import Adjacency, adjacency
from graph_service.network.condensation import condensed
from graph_service.network.entity_graph import entity_graph
from graph_service.network.groups import group_roots
from graph_service.network.needs import needs_of
from graph_service.network.requirement_table import requirement_table
from graph_service.network.shares import is_complete
from graph_service.network.weights import weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from graph_service.model.world import World
    from graph_service.network.condensation import Condensation
    from graph_service.network.entity_graph import EntityGraph
    from graph_service.network.layers import Layers
    from graph_service.network.needs import Need
    from graph_service.network.requirement_table import RequirementTable
    from graph_service.network.tables import (
        Companies,
        Deployments,
        Memberships,
        Nations,
        Nodes,
        Offers,
        Ownerships,
        Partnerships,
        Requirements,
    )
    from graph_service.network.weights import Weights

    Numbers = NDArray[np.intp]

T = TypeVar("T")

UNENDING = -1
"""Stands where a number of offers would: an own supply that nothing can end."""

WORKED_OUT_OF: Final[Mapping[str, Sequence[str]]] = {
    "node_by_id": ("nodes",),
    "supplied_as_recorded": ("nodes",),
    "company_by_id": ("companies",),
    "nation_by_id": ("nations",),
    "bloc_by_id": ("bloc_ids",),
    "group_of": ("companies", "ownerships"),
    "requirements_of": ("nodes", "requirements"),
    "needs_of": ("nodes", "requirements"),
    "inputs_of": ("nodes", "requirements"),
    "users_of": ("nodes", "requirements"),
    "spare_alternatives": ("requirements",),
    "condensation": ("nodes", "requirements"),
    "requirement_table": ("nodes", "requirements"),
    "layers": ("nodes", "requirements"),
    "needs_by_node": ("nodes", "requirements"),
    "alternatives_by_need": ("nodes", "requirements"),
    "needs_by_alternative": ("nodes", "requirements"),
    "need_counts": ("requirements",),
    "offer_links": ("offers",),
    "offers_by_node": ("nodes", "offers"),
    "offers_of": ("nodes", "offers"),
    "offer_by_id": ("offers",),
    "unknown": ("nodes", "offers"),
    "list_is_complete": ("nodes", "offers"),
    "weights": ("nodes", "offers"),
}
"""What a changed network takes over if these tables stay: whatever costs a walk over the network."""


class OfferLinks(NamedTuple):
    """What offers are of and whose: an entry for each offer, NONE for none."""

    component: Numbers
    company: Numbers
    nation: Numbers


class NeedCounts(NamedTuple):
    """An entry for each requirement: whose it is, and how many alternatives it asks for."""

    of: Numbers
    k: Numbers


@dataclass(frozen=True)
class SupplyNetwork:
    """All facts of one data version, or, once masked by a world, the facts of that world.

    `world` is None for the whole record. Analyses take a masked network, in which every fact counts.
    A masked network leaves out optional requirements (docs/semantics.md 8) and, where the world says
    INSTALLED, requirements met by capital only (4). A deployment outside the world keeps its number;
    `present` says whether a node is a fact of the world; `record` is what was masked, None for the record itself.
    """

    data_version: str
    world: World | None
    nodes: Nodes
    deployments: Deployments
    companies: Companies
    nations: Nations
    bloc_ids: Sequence[str]
    offers: Offers
    requirements: Requirements
    ownerships: Ownerships
    memberships: Memberships
    partnerships: Partnerships
    present: Sequence[bool]
    importing: str | None = None
    record: SupplyNetwork | None = None

    _once: dict[object, Any] = field(default_factory=dict[object, Any], init=False, repr=False, compare=False)

    def once(self, work_out: Callable[[SupplyNetwork], T]) -> T:
        """Give what a function of the whole network gives, worked out when it is first asked for.

        For what an analysis finds out of the network alone, whatever the target: `work_out` is a function of a
        module, since it is the key as well.
        """
        if work_out not in self._once:
            self._once[work_out] = work_out(self)
        return self._once[work_out]

    @property
    def company_ids(self) -> Sequence[str]:
        """The id of each company."""
        return self.companies.id

    @property
    def nation_ids(self) -> Sequence[str]:
        """The id of each nation."""
        return self.nations.id

    @cached_property
    def node_by_id(self) -> Mapping[str, int]:
        """The number of each component and deployment."""
        return {node_id: number for number, node_id in enumerate(self.nodes.id)}

    @cached_property
    def company_by_id(self) -> Mapping[str, int]:
        """The number of each company."""
        return {company_id: number for number, company_id in enumerate(self.company_ids)}

    @cached_property
    def nation_by_id(self) -> Mapping[str, int]:
        """The number of each nation."""
        return {nation_id: number for number, nation_id in enumerate(self.nation_ids)}

    @cached_property
    def bloc_by_id(self) -> Mapping[str, int]:
        """The number of each bloc."""
        return {bloc_id: number for number, bloc_id in enumerate(self.bloc_ids)}

    @cached_property
    def offer_by_id(self) -> Mapping[str, int]:
        """The number of each offer."""
        return {offer_id: number for number, offer_id in enumerate(self.offers.id)}

    @cached_property
    def group_of(self) -> Sequence[int]:
        """The root company of each company's owner group (docs/semantics.md 7)."""
        return group_roots(len(self.company_ids), self.ownerships)

    @cached_property
    def offers_of(self) -> Sequence[Sequence[int]]:
        """The offers of each node; none for deployments."""
        offers_of: list[list[int]] = [[] for _ in self.nodes.id]
        for offer, component in enumerate(self.offers.component):
            offers_of[component].append(offer)
        return offers_of

    @cached_property
    def offer_links(self) -> OfferLinks:
        """The component, company and nation of each offer, as arrays."""
        offers = self.offers
        return OfferLinks(
            *[np.asarray(one, dtype=np.intp) for one in (offers.component, offers.company, offers.nation)]
        )

    @cached_property
    def offers_by_node(self) -> Adjacency:
        """The offers of each node, as arrays."""
        return adjacency(len(self.nodes.id), self.offer_links.component)

    @cached_property
    def requirements_of(self) -> Sequence[Sequence[int]]:
        """The requirements of each node."""
        requirements_of: list[list[int]] = [[] for _ in self.nodes.id]
        for requirement, node in enumerate(self.requirements.of):
            requirements_of[node].append(requirement)
        return requirements_of

    @cached_property
    def unknown(self) -> Sequence[bool]:
        """Which nodes are unknown: components that are no ASSEMBLY and have no offer (docs/semantics.md 10)."""
        kinds, offers_of = self.nodes.input_kind, self.offers_of
        return [
            node < self.nodes.component_count and kinds[node] is not InputKind.ASSEMBLY and not offers_of[node]
            for node in range(len(self.nodes.id))
        ]

    @cached_property
    def list_is_complete(self) -> Sequence[bool]:
        """Which nodes have a complete list of suppliers (docs/semantics.md 44); deployments have none to complete."""
        stated, offers_of, count = self.nodes.offers_complete, self.offers_of, self.nodes.component_count
        return [
            node < count and is_complete(self.offers, offers_of[node], stated[node])
            for node in range(len(self.nodes.id))
        ]

    @cached_property
    def always_supplied(self) -> Sequence[bool]:
        """Which nodes have an own supply that nothing can end in this world: the open lists under OPEN (44) as well."""
        opened = self.world is not None and self.world.suppliers is Suppliers.OPEN
        return self.supplied_if_open if opened else self.supplied_as_recorded

    @cached_property
    def supplied_as_recorded(self) -> Sequence[bool]:
        """Which nodes have an own supply that nothing can end: deployments and ASSEMBLY (docs/semantics.md 5)."""
        kinds, count = self.nodes.input_kind, self.nodes.component_count
        return [node >= count or kinds[node] is InputKind.ASSEMBLY for node in range(len(self.nodes.id))]

    @cached_property
    def supplied_if_open(self) -> Sequence[bool]:
        """Which nodes nothing can end under OPEN: these, incomplete lists, and what is unknown (44)."""
        complete, unknown = self.list_is_complete, self.unknown
        return [
            supplied or not complete[node] or unknown[node] for node, supplied in enumerate(self.supplied_as_recorded)
        ]

    @cached_property
    def unknown_nodes(self) -> Sequence[int]:
        """The unknown nodes, sorted."""
        return [node for node, unknown in enumerate(self.unknown) if unknown]

    @cached_property
    def needs_of(self) -> Sequence[Sequence[Need]]:
        """What each node needs: its requirements, unpacked for walking."""
        return needs_of(len(self.nodes.id), self.requirements)

    @cached_property
    def inputs_of(self) -> Sequence[Sequence[int]]:
        """The alternatives of each node's requirements, each once, in the order in which they first appear."""
        return [
            tuple(dict.fromkeys([node for need in needs for node in need.alternatives])) if needs else ()
            for needs in self.needs_of
        ]

    @cached_property
    def users_of(self) -> Sequence[Sequence[int]]:
        """The requirements that each node is an alternative of."""
        users_of: list[list[int]] = [[] for _ in self.nodes.id]
        for requirement, alternatives in enumerate(self.requirements.alternatives):
            for node in alternatives:
                users_of[node].append(requirement)
        return users_of

    @cached_property
    def needs_by_node(self) -> Adjacency:
        """The requirements of each node, as arrays."""
        return adjacency(len(self.nodes.id), np.asarray(self.requirements.of, dtype=np.intp))

    @cached_property
    def alternatives_by_need(self) -> Adjacency:
        """The alternatives of each requirement, as arrays."""
        alternatives = self.requirements.alternatives
        start = np.zeros(len(alternatives) + 1, dtype=np.intp)
        np.cumsum(np.fromiter(map(len, alternatives), dtype=np.intp, count=len(alternatives)), out=start[1:])
        return Adjacency(start, np.fromiter(chain.from_iterable(alternatives), dtype=np.intp, count=int(start[-1])))

    @cached_property
    def needs_by_alternative(self) -> Adjacency:
        """The requirements that each node is an alternative of, as arrays."""
        start, nodes = self.alternatives_by_need.start, self.alternatives_by_need.items
        places = adjacency(len(self.nodes.id), nodes)
        of_place = np.repeat(np.arange(len(start) - 1), np.diff(start))
        return Adjacency(places.start, of_place[places.items])

    @cached_property
    def need_counts(self) -> NeedCounts:
        """Whose each requirement is and how many alternatives it asks for, as arrays."""
        of, k = self.requirements.of, self.requirements.k
        return NeedCounts(np.asarray(of, dtype=np.intp), np.asarray(k, dtype=np.intp))

    @cached_property
    def spare_alternatives(self) -> Numbers:
        """How many alternatives of each requirement may fail before the requirement does."""
        return np.diff(self.alternatives_by_need.start) - self.need_counts.k

    @cached_property
    def own_supplies_as_recorded(self) -> Numbers:
        """How many offers must fail before each node's own supply does; UNENDING also for unknown nodes."""
        return self._own_supplies(self.supplied_as_recorded)

    @cached_property
    def own_supplies_if_open(self) -> Numbers:
        """The same where the lists of suppliers count as open (44)."""
        return self._own_supplies(self.supplied_if_open)

    @cached_property
    def condensation(self) -> Condensation:
        """Which nodes need one another, and in which order the rest stands."""
        return condensed(range(len(self.nodes.id)), self.inputs_of)

    @cached_property
    def weights(self) -> Weights:
        """What part of its component's own supply each offer stands for."""
        return weights_of(self.offers, self.offers_of)

    @cached_property
    def requirement_table(self) -> RequirementTable:
        """The requirements as arrays."""
        return requirement_table(self.requirements, self.inputs_of, self.condensation)

    @cached_property
    def layers(self) -> Layers:
        """The whole network in layers, inputs before what needs them."""
        return self.requirement_table.layers(len(self.nodes.id))

    def changed(self, **tables: Any) -> SupplyNetwork:
        """Give this network with other tables; what was worked out of those that stay is taken over."""
        other = replace(self, **tables)
        for name, needed in WORKED_OUT_OF.items():
            if name in self.__dict__ and tables.keys().isdisjoint(needed):
                other.__dict__[name] = self.__dict__[name]
        return other

    @cached_property
    def entity_graph(self) -> EntityGraph:
        """All relations between entities, for walking."""
        return entity_graph(self)

    def _own_supplies(self, supplied: Sequence[bool]) -> Numbers:
        counts = np.diff(self.offers_by_node.start)
        return np.where(np.array(supplied, dtype=np.bool_) | (counts == 0), UNENDING, counts)
