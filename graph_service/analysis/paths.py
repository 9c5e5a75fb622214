"""Paths: how two entities hang together, hop by hop, with the evidence of each (docs/semantics.md 38)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.primitives.exclusions import Exclusions, excluded
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.path_search import OutOfTime, hops_of, shortest_paths
from graph_service.analysis.primitives.target import not_in_world, target_number
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Direction, Exactness, Kind, Relation
from graph_service.network.entity_graph import ORDER
from graph_service.network.nearest import not_recorded

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from graph_service.analysis.primitives.path_search import Hops, Path
    from graph_service.network.entity_graph import EntityGraph
    from graph_service.network.network import SupplyNetwork

PATHS_MAX: Final = 100
"""The most paths of one answer."""
BUDGET_SECONDS: Final = 10.0
RELATIONS: Final = tuple(Relation)
NOTHING: Final = Exclusions()
TURNED: Final = {Direction.UPSTREAM: Direction.DOWNSTREAM, Direction.DOWNSTREAM: Direction.UPSTREAM}
ENTITIES: Final = frozenset({Kind.NATION, Kind.BLOC, Kind.COMPANY, Kind.COMPONENT, Kind.PARTNERSHIP, Kind.DEPLOYMENT})


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: entities by id, in the order of the path; `fact` is the id of the evidence, None for a plain relation.

    `is_upstream` tells whether the step goes from what needs to what supplies, as network/entity_graph.py lists it.
    """

    from_: str
    relation: Relation
    to: str
    is_upstream: bool
    confidence: int
    fact: str | None


@dataclass(frozen=True, slots=True)
class GraphPath:
    """A path that meets no entity twice; its confidence is the least of its hops."""

    hops: tuple[Hop, ...]
    length: int
    confidence: int


@dataclass(frozen=True, slots=True)
class PathResult:
    """The first paths: shortest first, then by the ids of their entities from the start on."""

    paths: tuple[GraphPath, ...]
    meta: AnalysisMeta


def paths(
    network: SupplyNetwork,
    from_: str,
    to: str,
    *,
    via: Collection[Relation] = RELATIONS,
    direction: Direction = Direction.BOTH,
    k: int = 3,
    excluding: Exclusions = NOTHING,
    budget_seconds: float = BUDGET_SECONDS,
) -> PathResult:
    """Find the k shortest paths from one entity to another; paths differ in their entities.

    Exact, of any length. Where several facts join the same two entities, the surest is the evidence, then one that
    is recorded at all, then the least id, then the one that goes upstream. What is excluded is on no path, and its
    offers are no evidence. Where the budget ends first, the paths found are the first ones still, and the answer
    says so. Raises BadInput for a k out of bounds, equal ends and ids of other kinds, NotFound (with the nearest ids)
    for what is not recorded, NotInWorld (with its dates) for a partnership or deployment of another world.
    """
    stopwatch = Stopwatch()
    if not 1 <= k <= PATHS_MAX:
        raise BadInput(f"k must be 1 to {PATHS_MAX}, got {k}")
    start, goal = entity_number(network, "from", from_), entity_number(network, "to", to)
    if start == goal:
        raise BadInput(f"from and to must be two entities, got {from_} twice")
    graph = network.entity_graph
    left = _left(network, graph, via, excluding)
    hops = _hops(graph, direction, left)
    back = hops if direction is Direction.BOTH else _hops(graph, TURNED[direction], left)
    found: list[Path] = []
    cut = None
    try:
        for path in shortest_paths(hops, back, start, goal, budget_seconds - stopwatch.elapsed_ms / 1000):
            found.append(path)
            if len(found) == k:
                break
    except OutOfTime:
        cut = f"the time of {budget_seconds:g} s ended after {len(found)} of {k} paths; there may be further ones"
    return PathResult(
        paths=tuple([_path(graph, hops, path) for path in found]),
        meta=stopwatch.meta(
            network,
            semantics="the shortest simple paths over recorded relations (docs/semantics.md 38)",
            algorithm="subsets by prefix (Yen, Lawler), each searched in breadth under its distance to the goal",
            exactness=Exactness.BOUNDED if cut else Exactness.EXACT,
            partial_because=cut,
        ),
    )


def entity_number(network: SupplyNetwork, argument: str, name: str) -> int:
    """Give the number of an entity in the entity graph; raises as `paths` does."""
    kind = kind_of(name)
    if kind not in ENTITIES:
        raise BadInput(f"{argument} must be a nation, bloc, company, component, partnership or deployment, got {name}")
    if kind in {Kind.COMPONENT, Kind.DEPLOYMENT}:
        target_number(network, name)
    graph = network.entity_graph
    number = graph.number_by_id.get(name)
    if number is None:
        recorded = (network.record or network).partnerships
        if name in recorded.id:
            raise not_in_world(network, name, recorded.validity, recorded.id.index(name))
        alike = recorded.id if kind is Kind.PARTNERSHIP else graph.ids
        raise not_recorded(name, [known for known in alike if known.startswith(f"{kind}:")])
    return number


def _left(
    network: SupplyNetwork, graph: EntityGraph, via: Collection[Relation], excluding: Exclusions
) -> NDArray[np.bool_]:
    """Say which rows of the entity graph may be walked."""
    walked = np.zeros(len(ORDER), dtype=np.bool_)
    walked[[ORDER[relation] for relation in via]] = True
    left = walked[graph.relation]
    if excluding == NOTHING:
        return left
    gone = excluded(network, excluding)
    entities = np.zeros(len(graph.ids), dtype=np.bool_)
    for ids, numbers in (
        (network.nation_ids, gone.nations),
        (network.bloc_ids, gone.blocs),
        (network.company_ids, gone.companies),
        (network.nodes.id, gone.components),
    ):
        entities[[graph.number_by_id[ids[number]] for number in numbers]] = True
    offers = np.zeros(len(network.offers.id) + 1, dtype=np.bool_)  # the last stands for NONE
    offers[list(gone.offers)] = True
    return left & ~entities[graph.low] & ~entities[graph.high] & ~offers[graph.offer]


def _hops(graph: EntityGraph, direction: Direction, left: NDArray[np.bool_]) -> Hops:
    ends = graph.ends(direction)
    kept = left[ends.row]
    return hops_of(len(graph.ids), ends.tail[kept], ends.head[kept], ends.row[kept])


def _path(graph: EntityGraph, hops: Hops, path: Path) -> GraphPath:
    found = [_hop(graph, hops.row_of(tail, head), tail, head) for tail, head in pairwise(path)]
    return GraphPath(tuple(found), len(found), min(hop.confidence for hop in found))


def _hop(graph: EntityGraph, row: int, tail: int, head: int) -> Hop:
    return Hop(
        from_=graph.ids[tail],
        relation=RELATIONS[int(graph.relation[row])],
        to=graph.ids[head],
        is_upstream=bool(graph.low[row] == tail),
        confidence=int(graph.confidence[row]),
        fact=graph.fact_of(row),
    )
