"""The sweep of a formula, and what changes in it when elements fail: from all failed nodes up, no further."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from graph_service.analysis.primitives.sweep import EVERYTHING, failed_by_needs, sweep

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph_service.analysis.solutions.formula import Formula


class CutSweep:
    """A formula that is not empty, with the elements that alone fail each of its nodes."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        condensation = formula.condensation
        self.rank = condensation.rank
        self.node_at = sorted(range(len(formula.nodes)), key=self.rank.__getitem__)
        own = [1 << one[0] if one is not None and len(one) == 1 else 0 for one in formula.supplies]
        self.failing = sweep(formula.needs, condensation, condensation.groups, own)
        self.nodes_of: dict[int, list[int]] = {}
        for node, supplies in enumerate(formula.supplies):
            for element in supplies or ():
                self.nodes_of.setdefault(element, []).append(node)

    def points(self, failed: Collection[int]) -> int:
        """Give the elements, as bits, that fail the target once these have; EVERYTHING if these do."""
        return self.failing_after(failed)[0]

    def failing_after(self, failed: Collection[int]) -> Mapping[int, int]:
        """Give these elements for every node.

        Least fixpoint from the sets without any failure: only what changes is computed anew, inputs first.
        """
        failing = _Changed(self.failing)
        waiting = [self.rank[node] for element in failed for node in self.nodes_of.get(element, ())]
        waiting.sort()
        while waiting:
            node = self.node_at[heappop(waiting)]
            while waiting and self.node_at[waiting[0]] == node:
                heappop(waiting)
            before = failing[node]
            after = before | self._own(node, failed) | failed_by_needs(self.formula.needs[node], failing)
            if after != before:
                failing[node] = after
                for need in self.formula.users[node]:
                    heappush(waiting, self.rank[self.formula.owner[need]])
        return failing

    def fails(self, failed: Collection[int]) -> bool:
        """Tell whether the target fails when these elements do."""
        return 0 in self.failed_with(failed)

    def failed_with(self, failed: Collection[int]) -> Collection[int]:
        """Give the nodes that fail when these elements do."""
        formula = self.formula
        touched = {node for element in failed for node in self.nodes_of.get(element, ())}
        gone = {node for node in touched if self._own(node, failed) == EVERYTHING}
        lost: dict[int, int] = {}
        for node in (order := list(gone)):  # grows while it is walked
            for need in formula.users[node]:
                lost[need] = lost.get(need, 0) + 1
                user = formula.owner[need]
                if user not in gone and lost[need] > len(formula.alternatives[need]) - formula.k[need]:
                    gone.add(user)
                    order.append(user)
        return gone

    def _own(self, node: int, failed: Collection[int]) -> int:
        """Give the elements that alone end what is left of a node's own supply."""
        supplies = self.formula.supplies[node]
        if supplies is None:
            return 0
        left = [element for element in supplies if element not in failed]
        if not left:
            return EVERYTHING
        return 1 << left[0] if len(left) == 1 else 0


class _Changed(dict[int, int]):
    """Sets by node: those that changed, and behind them those that did not."""

    def __init__(self, unchanged: list[int]) -> None:
        self.unchanged = unchanged

    def __missing__(self, node: int) -> int:
        return self.unchanged[node]
