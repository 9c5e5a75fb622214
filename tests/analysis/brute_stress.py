"""The stress test by a program of its own, written from docs/semantics.md 31 and solved by scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from scipy.optimize import linprog

from graph_service.model.kinds import InputKind, Level
from tests.analysis.brute_risk import RiskBrute

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from graph_service.model.world import World
    from tests.networks import OfferRow, Rows

MANY = 1e5


class StressBrute(RiskBrute):
    """What a target can be given while one element fails; outputs are flows to each requirement of their own."""

    def __init__(self, rows: Rows, world: World, target: str, level: Level, demand: Decimal | None) -> None:
        super().__init__(rows, world)
        self.target = target
        self.level = level
        self.demand = demand
        self.behind = sorted(self.closure(target))
        self.units = self.quantities(target)

    def estimated(self, node: str) -> Mapping[str, float]:
        """Give the parts of 1 that the offers of a component stand for."""
        shares = self.shares(node)
        known = {name: float(share) for name, share in shares.items() if share is not None}
        total = sum(known.values())
        unknown = len(shares) - len(known)
        if total > 100:
            known = {name: share * 100 / total for name, share in known.items()}
        if unknown:
            rest = max(0.0, 100 - total) / unknown
            return {name: known.get(name, rest) / 100 for name in shares}
        return {name: share / min(total, 100) if total else 1 / len(shares) for name, share in known.items()}

    def weekly(self, node: str, element: str | None) -> float | None:
        """Give what a node can produce a week; None without limit."""
        if element == node:
            return 0.0
        offers = self.offers_of(node)
        if node not in self.kind or self.kind[node] is InputKind.ASSEMBLY or not offers:
            return None
        parts, total = self.estimated(node), 0.0
        for offer in offers:
            gone = element in self.elements_of(self.level, offer)
            if not gone or (self.opened and not self.is_complete(node)):
                total += self.part(offer, parts)
        return total

    def part(self, offer: OfferRow, parts: Mapping[str, float]) -> float:
        units = self.units[offer.component]
        if offer.capacity is None or self.demand is None or not units:
            return parts[offer.name]
        return float(offer.capacity) / float(units * self.demand)

    def stock(self, node: str) -> float:
        parts = self.estimated(node) if self.offers_of(node) else {}
        return sum(parts[offer.name] * (offer.inventory or 0) for offer in self.offers_of(node))

    def given(self, element: str | None, weeks: float | None) -> float:
        """Give what the target has for so many weeks; without weeks, for how many its demand is met."""
        place = {node: number + 1 for number, node in enumerate(self.behind)}
        columns = len(place) + 1
        above: list[tuple[dict[int, float], float]] = []  # sums at or below a number
        for node in self.behind:
            limit = self.weekly(node, element)
            if limit is not None:
                above.append(({place[node]: 1.0, 0: -limit}, 0.0))
            for row in self.needs_of(node):
                kth = sorted([one.efficiency for one in row.alternatives], reverse=True)[row.k - 1]
                parts: dict[int, float] = {}
                for one in row.alternatives:
                    flow, columns = columns, columns + 1
                    above.append(({flow: 1.0, place[one.component]: -1.0}, self.stock(one.component)))
                    parts[flow] = -one.efficiency / kth
                    if row.k > 1:
                        above.append(({flow: one.efficiency / kth, place[node]: -1.0}, 0.0))
                above.append(({**parts, place[node]: float(row.k)}, 0.0))
        served, columns = columns, columns + 1
        above.append(({served: 1.0, place[self.target]: -1.0}, self.stock(self.target)))
        above.append(({served: 1.0, 0: -1.0}, 0.0))
        bounds = [(0.0, MANY), *[(0.0, None)] * (columns - 1)]
        if weeks is None:
            above.append(({0: 1.0, served: -1.0}, 0.0))
        else:
            bounds[0] = (weeks, weeks)
        matrix = np.zeros((len(above), columns))
        for number, (terms, _) in enumerate(above):
            for column, value in terms.items():
                matrix[number, column] += value
        cost = np.zeros(columns)
        cost[served] = -1.0
        solved = cast("Any", linprog(cost, matrix, [most for _, most in above], bounds=bounds, method="highs-ipm"))
        assert solved.status == 0, solved.message
        return -float(solved.fun)
