"""Single points of failure: which one company, nation or component alone stops a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from graph_service.analysis.disrupted.ways import ways_to
from graph_service.analysis.primitives.chain import told
from graph_service.analysis.primitives.closure import closure, groups_of, unknown_in
from graph_service.analysis.primitives.elements import Elements, elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.sweep import sweep
from graph_service.analysis.primitives.target import target_number
from graph_service.model.kinds import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph_service.network.network import SupplyNetwork

EVENTS_PER_SWEEP: Final = 8_192
"""Elements swept at once: two bits each at every node, so that 100,000 nodes stay within 200 MB."""

LEVELS: Final = (Level.COMPANY, Level.NATION)
"""What is looked at unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """An element whose failure alone fails the target.

    `established` says whether it also does where lists of suppliers may be incomplete. `why` is the element, then
    components, each required by the next, to the target.
    """

    level: Level
    entity: str
    established: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SinglePoints:
    """Single points of failure, established ones first, then by id, then by level."""

    points: tuple[SinglePoint, ...]
    meta: AnalysisMeta


def single_points_of_failure(network: SupplyNetwork, target: str, levels: Iterable[Level] = LEVELS) -> SinglePoints:
    """Find all elements of these levels that alone fail the target (docs/semantics.md 9, 11, 25, 44).

    Exact. Raises BadInput, NotFound and NotInWorld as `target_number` does.
    """
    stopwatch = Stopwatch()
    start = target_number(network, target)
    reached = closure(network, start)
    groups = groups_of(network, reached.nodes)
    inputs_first = [node for members in groups for node in members]
    ending: list[_Ending] = []
    for level in dict.fromkeys(levels):
        elements = elements_behind(network, start, level, reached.nodes)
        ending += _component_endings(network, elements) if elements.nodes else _endings(network, elements, inputs_first)
    points: list[SinglePoint] = []
    for first in range(0, len(ending), EVENTS_PER_SWEEP):
        points += _points(network, start, groups, ending[first : first + EVENTS_PER_SWEEP])
    return SinglePoints(
        points=tuple(sorted(points, key=lambda point: (not point.established, point.entity, point.level))),
        meta=stopwatch.meta(
            network,
            semantics="elements whose failure alone fails the target (docs/semantics.md 9, 11, 25, 44)",
            algorithm="one sweep of sets of bits over the closure, repeated to the least fixpoint on cycles",
            unknown=unknown_in(network, reached.nodes),
        ),
    )


class _Ending(NamedTuple):
    """An element and the nodes whose own supply it alone ends: as the world reads lists of suppliers, and if open."""

    level: Level
    entity: str
    nodes: list[int]
    nodes_if_open: list[int]


def _endings(network: SupplyNetwork, elements: Elements, inputs_first: Iterable[int]) -> Iterable[_Ending]:
    """Find the elements that alone end some own supply, in the order in which the sweep meets them."""
    offers_of, always, if_open = network.offers_of, network.always_supplied, network.supplied_if_open
    found: dict[int, _Ending] = {}
    for node in inputs_first:
        if always[node] or not offers_of[node]:
            continue
        for element in elements.ending(offers_of[node]):
            if element not in found:
                found[element] = _Ending(elements.level, elements.ids[element], [], [])
            found[element].nodes.append(node)
            if not if_open[node]:
                found[element].nodes_if_open.append(node)
    return found.values()


def _component_endings(network: SupplyNetwork, elements: Elements) -> Iterator[_Ending]:
    """Give the components whose failure alone can fail what needs them: some requirement can spare no alternative."""
    alone = network.needs_by_alternative.counted(network.spare_alternatives == 0).tolist()
    for name, node in zip(elements.ids, elements.nodes, strict=True):
        if alone[node]:
            yield _Ending(elements.level, name, [node], [node])


def _points(
    network: SupplyNetwork, start: int, groups: Sequence[Sequence[int]], ending: Sequence[_Ending]
) -> Iterator[SinglePoint]:
    """Sweep with two bits for each element, one of which holds in open lists as well, and explain what is found."""
    own = [0] * len(network.nodes.id)
    for event, element in enumerate(ending):
        for node in element.nodes:
            own[node] |= 1 << 2 * event
        for node in element.nodes_if_open:
            own[node] |= 2 << 2 * event
    failing = sweep(network.needs_of, network.condensation, groups, own)
    every_second = (4 ** len(ending) - 1) // 3
    for place, way in ways_to(start, network.needs_of, own, failing, failing[start] & every_second).items():
        element = ending[place // 2]
        yield SinglePoint(
            level=element.level,
            entity=element.entity,
            established=bool(failing[start] & 1 << place + 1),
            why=told(network.nodes.id, way, element.entity),
        )
