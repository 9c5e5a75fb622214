"""Minimality: what of a set of offers can go, and nothing more, until each one left is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula


def minimal(formula: Formula, offers: Iterable[int], weight: Mapping[int, float]) -> frozenset[int]:
    """Shrink offers that keep the target of a reduced formula unfailed to an inclusion-minimal set of them.

    Offers of great weight go first where there is a choice. What is needed is marked from the target down, so
    an attempt to drop an offer ends where its failure reaches something needed: near linear in practice.
    """
    if not formula.nodes:
        return frozenset()
    return _Shrinking(formula, frozenset(offers), weight).result()


class _Shrinking:
    """The working part of a formula while offers are dropped one after another."""

    def __init__(self, formula: Formula, offers: frozenset[int], weight: Mapping[int, float]) -> None:
        self.formula = formula
        self.weight = weight
        self.works = formula.working(offers)
        self.left = [sum([self.works[met] for met in alternatives]) for alternatives in formula.alternatives]
        self.needed = bytearray(len(formula.nodes))
        self.offer_of: dict[int, int] = {}
        for node, supplies in enumerate(formula.supplies):
            if supplies is not None and self.works[node]:
                own = [offer for offer in supplies if offer in offers]
                self.offer_of[node] = min(own, key=lambda offer: (weight[offer], offer))
        self.need_of: Sequence[Sequence[int]] = self._need_numbers()

    def result(self) -> frozenset[int]:
        self._mark([0])
        heaviest_first = sorted(
            self.offer_of, key=lambda node: (-self.weight[self.offer_of[node]], -self.offer_of[node])
        )
        for node in heaviest_first:
            if self.works[node] and not self.needed[node]:
                self._drop(node)
        return frozenset(self.offer_of[node] for node in self.offer_of if self.works[node])

    def _need_numbers(self) -> Sequence[Sequence[int]]:
        numbers: list[list[int]] = [[] for _ in self.formula.nodes]
        for need, node in enumerate(self.formula.owner):
            numbers[node].append(need)
        return numbers

    def _mark(self, nodes: list[int]) -> None:
        """Mark nodes as needed, and all that they cannot work without."""
        for node in nodes:
            self.needed[node] = 1
        for node in nodes:  # grows while it is walked
            for need in self.need_of[node]:
                if self.left[need] == self.formula.k[need]:
                    for met in self.formula.alternatives[need]:
                        if self.works[met] and not self.needed[met]:
                            self.needed[met] = 1
                            nodes.append(met)

    def _drop(self, node: int) -> None:
        """Let a node fail; if something needed fails with it, take that back and mark the node as needed."""
        formula, works, left = self.formula, self.works, self.left
        works[node] = 0
        fallen = [node]
        weakened: list[int] = []
        for gone in fallen:  # grows while it is walked
            for need in formula.users[gone]:
                left[need] -= 1
                weakened.append(need)
                user = formula.owner[need]
                if left[need] >= formula.k[need] or not works[user]:
                    continue
                if self.needed[user]:
                    for other in fallen:
                        works[other] = 1
                    for other in weakened:
                        left[other] += 1
                    self._mark([node])
                    return
                works[user] = 0
                fallen.append(user)
        self._mark([formula.owner[need] for need in weakened if self.needed[formula.owner[need]]])
