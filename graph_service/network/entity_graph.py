"""The entity graph of a network: which entities hang together, by which relation, and on what evidence.

A row is one recorded relation between two entities. Its first end is what needs or belongs, its second what supplies,
or where: so UPSTREAM walks rows as they stand, DOWNSTREAM against that (docs/semantics.md 38):

    SUPPLIES          component   -> company      offer
    MADE_IN           component   -> nation       offer
    REQUIRES          component or deployment -> component      requirement
    ENABLES           component   -> partnership  offer
    COVERS            component   -> partnership  partnership
    PARTY_TO          partnership -> nation, company or bloc    partnership
    VARIANT_OF        component   -> component    nothing: the variant comes first
    OWNED_BY          company     -> company      nothing, but an ownership has a confidence
    HEADQUARTERED_IN  company     -> nation       nothing
    LOCATED_IN        deployment  -> nation       nothing
    OPERATED_BY       deployment  -> company      nothing
    MEMBER_OF         nation      -> bloc         nothing, but a membership has a confidence
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_service.model.kinds import Direction, Relation
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from graph_service.network.network import SupplyNetwork

    Numbers = NDArray[np.int64]

CERTAIN: Final = 100
"""The confidence of a relation that states none."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The rows by one of their ends: all rows sorted by this end, then by the other, then best evidence first."""

    tail: Numbers
    head: Numbers
    row: Numbers


@dataclass(frozen=True)
class EntityGraph:
    """Entities and the relations between them.

    Entities are numbered in the order of their ids. Rows have an entity at each end, the place of their relation in
    `Relation`, a confidence, the number of their fact (in the order of ids; as large as all facts where there is
    none) and of their offer, NONE for another.
    """

    ids: Sequence[str]
    number_by_id: Mapping[str, int]
    fact_ids: Sequence[str]
    low: Numbers
    high: Numbers
    relation: Numbers
    confidence: Numbers
    fact: Numbers
    offer: Numbers
    _ends: dict[Direction, Ends] = field(default_factory=dict["Direction", "Ends"])

    def ends(self, direction: Direction) -> Ends:
        """Give the rows as they are walked in a direction; worked out once."""
        known = self._ends.get(direction)
        if known is None:
            low, high, row = self.low, self.high, np.arange(len(self.low))
            match direction:
                case Direction.UPSTREAM:
                    known = self._sorted(low, high, row)
                case Direction.DOWNSTREAM:
                    known = self._sorted(high, low, row)
                case Direction.BOTH:
                    known = self._sorted(
                        np.concatenate([low, high]), np.concatenate([high, low]), np.concatenate([row, row])
                    )
            self._ends[direction] = known
        return known

    def _sorted(self, tail: Numbers, head: Numbers, row: Numbers) -> Ends:
        order = np.lexsort((self.relation[row], self.fact[row], -self.confidence[row], head, tail))
        return Ends(tail[order], head[order], row[order])

    def fact_of(self, row: int) -> str | None:
        """Give the id of a row's fact."""
        fact = int(self.fact[row])
        return self.fact_ids[fact] if fact < len(self.fact_ids) else None


@dataclass(frozen=True, slots=True)
class Places:
    """Where each kind of entity begins in the numbering of all: kinds in the order of their names, each by id."""

    bloc: int
    company: int
    node: int
    nation: int
    partnership: int


def entity_graph(network: SupplyNetwork) -> EntityGraph:
    """Gather the relations of a network; deployments outside its world have none."""
    parts = (network.bloc_ids, network.company_ids, network.nodes.id, network.nation_ids, network.partnerships.id)
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    ids = [name for part in parts for name in part]
    number_by_id = {name: number for number, name in enumerate(ids)}
    places = Places(*starts[:5])
    offers, partnerships, requirements = network.offers, network.partnerships, network.requirements
    fact_ids = [*offers.id, *partnerships.id, *requirements.id]
    rows = [
        *_of_offers(network, places),
        *_of_partnerships(network, places, number_by_id, len(offers.id)),
        _of_requirements(network, places, len(offers.id) + len(partnerships.id)),
        *_plain(network, places, len(fact_ids)),
    ]
    columns = [np.concatenate([_column(row[place], len(row[0])) for row in rows]) for place in range(6)]
    low, high, relation, confidence, fact, offer = columns
    return EntityGraph(
        ids=ids,
        number_by_id=number_by_id,
        fact_ids=fact_ids,
        low=low,
        high=high,
        relation=relation,
        confidence=confidence,
        fact=fact,
        offer=offer,
    )


Rows = tuple[Any, Any, int, Any, Any, Any]
"""Columns of some rows: both ends, then the relation, and confidence, fact and offer, which may be one for all."""

ORDER: Final = {relation: place for place, relation in enumerate(Relation)}


def _of_offers(network: SupplyNetwork, places: Places) -> Iterable[Rows]:
    offers = network.offers
    component = _numbers(offers.component) + places.node
    confidence, number = _numbers(offers.validity.confidence), np.arange(len(offers.id))
    for relation, column, start in (
        (Relation.SUPPLIES, offers.company, places.company),
        (Relation.MADE_IN, offers.nation, places.nation),
    ):
        end = _numbers(column)
        known = end != NONE
        kept = number[known]
        yield component[known], end[known] + start, ORDER[relation], confidence[known], kept, kept


def _of_partnerships(
    network: SupplyNetwork, places: Places, number_by_id: Mapping[str, int], first_fact: int
) -> Iterable[Rows]:
    known = network.partnerships
    confidence = _numbers(known.validity.confidence)
    number, party = _pairs([[number_by_id[name] for name in parties] for parties in known.parties])
    fact = number + first_fact
    yield number + places.partnership, party, ORDER[Relation.PARTY_TO], confidence[number], fact, NONE
    number, covered = _pairs(known.covers)
    fact = number + first_fact
    yield covered + places.node, number + places.partnership, ORDER[Relation.COVERS], confidence[number], fact, NONE
    number, offer = _pairs(known.enables)
    component = _numbers(network.offers.component)[offer] + places.node
    sure = _numbers(network.offers.validity.confidence)[offer]
    yield component, number + places.partnership, ORDER[Relation.ENABLES], sure, offer, offer


def _of_requirements(network: SupplyNetwork, places: Places, first_fact: int) -> Rows:
    requirements = network.requirements
    number, met = _pairs(requirements.alternatives)
    of = _numbers(requirements.of)[number]
    present = np.array(network.present, dtype=np.bool_)[of] & (of != met)
    number, met, of = number[present], met[present], of[present]
    confidence = _numbers(requirements.validity.confidence)[number]
    return of + places.node, met + places.node, ORDER[Relation.REQUIRES], confidence, number + first_fact, NONE


def _plain(network: SupplyNetwork, places: Places, nothing: int) -> Iterable[Rows]:
    """Give the relations without a fact; `nothing` stands for it."""
    count, deployments = network.nodes.component_count, network.deployments
    owned, belongs = network.ownerships, network.memberships
    present = np.array(network.present, dtype=np.bool_)
    base, seat = _numbers(network.nodes.variant_of), _numbers(network.companies.headquarters)
    location, operator = _numbers(deployments.location), _numbers(deployments.operator)
    for relation, low, high, starts, confidence in (
        (Relation.VARIANT_OF, np.arange(len(base)), base, (places.node, places.node), None),
        (Relation.HEADQUARTERED_IN, np.arange(len(seat)), seat, (places.company, places.nation), None),
        (Relation.LOCATED_IN, np.arange(len(location)) + count, location, (places.node, places.nation), None),
        (Relation.OPERATED_BY, np.arange(len(operator)) + count, operator, (places.node, places.company), None),
        (
            Relation.OWNED_BY,
            _numbers(owned.company),
            _numbers(owned.owner),
            (places.company, places.company),
            _numbers(owned.validity.confidence),
        ),
        (
            Relation.MEMBER_OF,
            _numbers(belongs.nation),
            _numbers(belongs.bloc),
            (places.nation, places.bloc),
            _numbers(belongs.validity.confidence),
        ),
    ):
        kept = high != NONE
        if starts[0] == places.node:
            kept &= present[low]
        if starts[0] == starts[1]:
            kept &= low != high
        sure: Any = CERTAIN if confidence is None else confidence[kept]
        yield low[kept] + starts[0], high[kept] + starts[1], ORDER[relation], sure, nothing, NONE


def _pairs(lists: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Give each item of each list beside the number of its list."""
    lengths = [len(items) for items in lists]
    return np.repeat(np.arange(len(lists)), lengths), _numbers([item for items in lists for item in items])


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


def _column(values: Any, count: int) -> Numbers:
    return np.full(count, values, dtype=np.int64) if isinstance(values, int) else np.asarray(values, dtype=np.int64)
