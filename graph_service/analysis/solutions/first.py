"""A first solution, near the best, in little more than linear time; what the exact search starts from."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from graph_service.analysis.solutions.minimal import minimal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula


def first_solution(formula: Formula, weight: Mapping[int, float]) -> frozenset[int]:
    """Give a solution of a formula all of whose nodes can work, preferring offers of little weight.

    `formula` is a reduced one. The solution is inclusion-minimal; nothing is promised about its weight.
    """
    if not formula.nodes:
        return frozenset()
    offer_of = [
        None if supplies is None else min(supplies, key=lambda offer: (weight[offer], offer))
        for supplies in formula.supplies
    ]
    prices = _tree_prices(formula, [0.0 if offer is None else weight[offer] for offer in offer_of])
    supported = _support(formula, prices)
    chosen = [offer for node in supported if (offer := offer_of[node]) is not None]
    return minimal(formula, chosen, weight)


def _tree_prices(formula: Formula, own: Sequence[float]) -> Sequence[float]:
    """Price each node as if nothing were shared (Knuth 1977); infinite where only a cycle supports it."""
    infinite = float("inf")
    price = [infinite] * len(formula.nodes)
    open_needs = [len(needs) for needs in formula.needs]
    met, paid = [0] * len(formula.k), [0.0] * len(formula.k)
    owed = list(own)
    queue = [(own[node], node) for node, count in enumerate(open_needs) if not count]
    queue.sort()
    while queue:
        cost, node = heappop(queue)
        if price[node] != infinite:
            continue
        price[node] = cost
        for need in formula.users[node]:
            met[need] += 1
            if met[need] > formula.k[need]:
                continue
            paid[need] += cost
            if met[need] == formula.k[need]:
                user = formula.owner[need]
                owed[user] = min(owed[user] + paid[need], 1e300)
                open_needs[user] -= 1
                if not open_needs[user]:
                    heappush(queue, (owed[user], user))
    return price


def _support(formula: Formula, prices: Sequence[float]) -> Sequence[int]:
    """Choose, from the target on, k alternatives for each need: those chosen before, then the cheapest."""
    chosen = bytearray(len(formula.nodes))
    chosen[0] = 1
    order = [0]
    for node in order:  # grows while it is walked
        for need in formula.needs[node]:
            if len(need.alternatives) == need.k:
                wanted = need.alternatives
            else:
                wanted = sorted(need.alternatives, key=lambda met: (not chosen[met], prices[met], met))[: need.k]
            for met in wanted:
                if not chosen[met]:
                    chosen[met] = 1
                    order.append(met)
    return order
