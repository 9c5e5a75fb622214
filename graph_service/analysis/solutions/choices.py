"""Choices: offers of one component that serve a solution alike, of which a program needs to see but one."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from graph_service.analysis.solutions.formula import formula_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.measures import Key


@dataclass(frozen=True, slots=True)
class Choices:
    """A formula with the best offer of each kind, and, for each of these, those that can stand for it, best first."""

    formula: Formula
    instead_of: Mapping[int, Sequence[int]]

    def expanded(self, solution: frozenset[int], key: Callable[[frozenset[int]], Key]) -> Iterator[frozenset[int]]:
        """Give all solutions that this one stands for, smallest key first.

        The key must not fall where an offer gives way to a later one.
        """
        offers = sorted(solution)
        first = (0,) * len(offers)
        queue: list[tuple[Key, tuple[int, ...]]] = [(key(solution), first)]
        seen: set[tuple[int, ...]] = {first}
        while queue:
            _, places = heappop(queue)
            yield frozenset(self.instead_of[offer][place] for offer, place in zip(offers, places, strict=True))
            for slot, offer in enumerate(offers):
                following = (*places[:slot], places[slot] + 1, *places[slot + 1 :])
                if following[slot] < len(self.instead_of[offer]) and following not in seen:
                    seen.add(following)
                    chosen = frozenset(self.instead_of[one][at] for one, at in zip(offers, following, strict=True))
                    heappush(queue, (key(chosen), following))


def choices_of(
    formula: Formula,
    kind_of: Callable[[int], Hashable],
    order_of: Callable[[int], Key] = lambda offer: (offer,),
) -> Choices:
    """Keep, for each node, the first offer of each kind, in the order given: by number unless told."""
    instead_of: dict[int, Sequence[int]] = {}
    supplies: list[tuple[int, ...] | None] = []
    for own in formula.supplies:
        kinds: dict[Hashable, list[int]] = {}
        for offer in sorted(own or (), key=order_of):
            kinds.setdefault(kind_of(offer), []).append(offer)
        instead_of.update({alike[0]: alike for alike in kinds.values()})
        supplies.append(None if own is None else tuple([alike[0] for alike in kinds.values()]))
    return Choices(formula_of(formula.nodes, supplies, formula.needs), instead_of)
