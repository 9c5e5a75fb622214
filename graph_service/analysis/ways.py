"""Ways: along which components each of many failures comes to a target, for all at once (docs/semantics.md 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.chain import chain
from graph_service.analysis.sweep import failed_by_needs, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph_service.network.condensation import Condensation
    from graph_service.network.needs import Need


class Ways:
    """The ways of elements, as bits, through a closure that was swept; `own` and `failing` are those of the sweep."""

    def __init__(
        self,
        needs_of: Sequence[Sequence[Need]],
        condensation: Condensation,
        own: Sequence[int],
        failing: Sequence[int],
    ) -> None:
        self.needs_of = needs_of
        self.condensation = condensation
        self.own = own
        self.failing = failing
        self.way_of: dict[int, list[int]] = {}
        self.waiting: dict[int, int] = {}

    def to(self, start: int, groups: Sequence[Sequence[int]], bits: int) -> dict[int, list[int]]:
        """Give, for each of the bits, nodes from one that it fails itself to `start`, each required by the next.

        `groups` are those of the closure, inputs first. Each bit walks down from the target, once, by the first
        requirement and alternative that fail with it, and round no cycle: linear but for the length of the ways.
        """
        self.way_of = {bit: [] for bit in places(bits)}
        self.waiting = {start: bits}
        group_of, cyclic = self.condensation.group_of, self.condensation.cyclic
        for members in reversed(groups):
            for node in members:
                arrived = self.waiting.pop(node, 0)
                if not arrived:
                    continue
                if cyclic[group_of[node]]:
                    for bit in places(arrived):
                        self._through_cycle(node, bit)
                else:
                    for bit in places(arrived):
                        self.way_of[bit].append(node)
                    self._pass_on(node, arrived & ~self.own[node])
        return {bit: way[::-1] for bit, way in self.way_of.items()}

    def _pass_on(self, node: int, bits: int) -> None:
        """Send each of the bits on to one input that it fails."""
        for need in self.needs_of[node]:
            if not bits:
                return
            by_this = bits & failed_by_needs([need], self.failing)
            bits &= ~by_this
            for wanted in need.alternatives:
                taken = by_this & self.failing[wanted]
                if taken:
                    self.waiting[wanted] = self.waiting.get(wanted, 0) | taken
                    by_this &= ~taken

    def _through_cycle(self, node: int, bit: int) -> None:
        """Take the shortest way to where the failure begins in a cycle or comes into it."""
        group_of = self.condensation.group_of
        mask = 1 << bit

        def outside(at: int) -> list[int]:
            return [wanted for wanted in self._failed_inputs(at, mask) if group_of[wanted] != group_of[node]]

        def begins(at: int) -> bool:
            return bool(self.own[at] & mask) or bool(outside(at))

        def inside(at: int) -> Iterator[int]:
            return (wanted for wanted in self._failed_inputs(at, mask) if group_of[wanted] == group_of[node])

        way = chain(node, begins, inside)
        self.way_of[bit] += reversed(way)
        if not self.own[way[0]] & mask:
            below = outside(way[0])[0]
            self.waiting[below] = self.waiting.get(below, 0) | mask

    def _failed_inputs(self, node: int, mask: int) -> Iterator[int]:
        for need in self.needs_of[node]:
            failed = [wanted for wanted in need.alternatives if self.failing[wanted] & mask]
            if len(failed) > len(need.alternatives) - need.k:
                yield from failed
