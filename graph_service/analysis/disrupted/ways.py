"""Ways: along which components each of many failures comes to a target, for all at once (docs/semantics.md 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.primitives.sweep import failed_by_needs, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.network.needs import Need


def ways_to(
    start: int, needs_of: Sequence[Sequence[Need]], own: Sequence[int], failing: Sequence[int], bits: int
) -> Mapping[int, Sequence[int]]:
    """Give, for the place of each bit, nodes from one that it ends itself to `start`, each required by the next.

    `own` and `failing` are those of a sweep, and all of the bits are among those that fail `start`. The ways are
    shortest ones: all bits walk down together, step by step, along requirements and alternatives that fail with
    them. Linear in edges for each step.
    """
    way_of: dict[int, Sequence[int]] = {}
    came_from: dict[int, list[tuple[int, int]]] = {start: []}
    seen = {start: bits}
    arrived = {start: bits}
    while arrived and bits:
        for node, here in arrived.items():
            ended = here & own[node] & bits
            for place in places(ended):
                way_of[place] = _way(node, 1 << place, came_from)
            bits &= ~ended
        further: dict[int, int] = {}
        for node, here in arrived.items():
            rest = here & bits
            for need in needs_of[node] if rest else ():
                by_this = rest & failed_by_needs((need,), failing)
                for wanted in need.alternatives if by_this else ():
                    fresh = by_this & failing[wanted] & ~seen.get(wanted, 0)
                    if fresh:
                        seen[wanted] = seen.get(wanted, 0) | fresh
                        further[wanted] = further.get(wanted, 0) | fresh
                        came_from.setdefault(wanted, []).append((fresh, node))
        arrived = further
    return way_of


def _way(node: int, bit: int, came_from: Mapping[int, Sequence[tuple[int, int]]]) -> Sequence[int]:
    """Follow a bit back up to where all bits start."""
    way = [node]
    while True:
        above = next((user for bits, user in came_from[way[-1]] if bits & bit), None)
        if above is None:
            return way
        way.append(above)
