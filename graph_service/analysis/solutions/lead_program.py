"""The integer program of lead times: for each solution a lower bound, which is exact but where said below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.solutions.supply_program import SupplyProgram
from graph_service.network.condensation import condensed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.network.needs import Need


class LeadProgram(SupplyProgram):
    """A program over a whole formula, what works without offers included, with a column for each lead time.

    `unknown_costs` count the components of unknown lead time that the target reaches, `week_costs` the weeks of
    the target. Both are exact or too small: a spare alternative that happens to work is not counted, and of the
    nodes of a cycle only those add up that never work apart. Takes a formula whose target needs some offer.
    """

    def __init__(self, formula: Formula, component_count: int, lead: Sequence[float | None]) -> None:
        super().__init__(formula)
        self._lead = lead
        self._free = formula.working(())
        nodes = range(len(formula.nodes))
        self._cycle_of = condensed(nodes, [_alternatives(needs) for needs in formula.needs]).group_of
        units = condensed(nodes, [self._inseparable(needs) for needs in formula.needs])
        self._unit_of = units.group_of
        self._weeks = [0] * len(units.groups)
        self._most = [0.0] * len(units.groups)
        # cycles first to last, so that each unit finds the columns of what it waits for
        for members in sorted(units.groups, key=lambda members: self._cycle_of[members[0]]):
            if not self._free[members[0]]:
                self._add_weeks(members)
        self.week_costs: Mapping[int, float] = {self._weeks[self._unit_of[0]]: 1.0}
        self.unknown_costs: Mapping[int, float] = self._unknown_costs(component_count)

    def _inseparable(self, needs: Sequence[Need]) -> list[int]:
        """Give what must work wherever the owner of these needs does."""
        return [
            met
            for need in needs
            if need.k == len(need.alternatives)
            for met in need.alternatives
            if not self._free[met]
        ]

    def _add_weeks(self, members: Sequence[int]) -> None:
        """Add the weeks of nodes that only work together: their own, and the greatest of what they wait for."""
        formula, unit = self.formula, self._unit_of[members[0]]
        supplied = [supplies for node in members if (supplies := formula.supplies[node])]
        own = [(self.offer_column[offer], -(self._lead[offer] or 0.0)) for supplies in supplied for offer in supplies]
        waits = [
            (node, need, waited)
            for node in members
            for need in formula.needs[node]
            if (waited := self._waits(node, need))
        ]
        longest_own = sum([max([self._lead[offer] or 0.0 for offer in supplies]) for supplies in supplied])
        longest_wait = max([self._longest(met) + weeks for _, _, waited in waits for met, weeks in waited], default=0.0)
        self._most[unit] = longest_own + longest_wait
        total = self._weeks[unit] = self.program.column(upper=self._most[unit], whole=False)
        self.program.at_least(0, [(total, 1), *own])
        for node, need, waited in waits:
            chosen = self._choice(node, need)
            for met, weeks in waited:
                # total >= own + (weeks of met + switch), where met is chosen
                most = self._longest(met) + weeks
                terms = [(total, 1), *own, (chosen[met], -most)]
                if not self._free[met]:
                    terms.append((self._weeks[self._unit_of[met]], -1))
                self.program.at_least(weeks - most, terms)

    def _waits(self, node: int, need: Need) -> list[tuple[int, float]]:
        """Give the alternatives that may hold the node up, with the weeks to switch; none where k of them never do."""
        waited = [
            (met, weeks)
            for met, weeks in zip(need.alternatives, need.switch_weeks, strict=True)
            if self._cycle_of[met] != self._cycle_of[node] and (weeks or not self._free[met])
        ]
        return waited if len(need.alternatives) - len(waited) < need.k else []

    def _longest(self, node: int) -> float:
        return 0.0 if self._free[node] else self._most[self._unit_of[node]]

    def _choice(self, node: int, need: Need) -> Mapping[int, int]:
        """Give, for each alternative, the column that says whether the node waits for it."""
        works = self.node_column
        if need.k == len(need.alternatives):
            return dict.fromkeys(need.alternatives, works[node])
        chosen = {met: self.program.column() for met in need.alternatives}
        self.program.at_least(0, [*[(column, 1) for column in chosen.values()], (works[node], -need.k)])
        for met, column in chosen.items():
            if not self._free[met]:
                self.program.at_least(0, [(works[met], 1), (column, -1)])
        return chosen

    def _unknown_costs(self, component_count: int) -> Mapping[int, float]:
        formula, free = self.formula, self._free
        costs: dict[int, float] = {}
        reached = [
            self.program.column(whole=False) if free[node] else self.node_column[node] for node in range(len(free))
        ]
        for node, supplies in enumerate(formula.supplies):
            if supplies is not None:
                costs |= {self.offer_column[offer]: 1.0 for offer in supplies if self._lead[offer] is None}
            elif formula.nodes[node] < component_count:
                costs[reached[node]] = 1.0
            for met in _alternatives(formula.needs[node]):
                if free[met] and met != node:
                    self.program.at_least(0, [(reached[met], 1), (reached[node], -1)])
        return costs


def _alternatives(needs: Sequence[Need]) -> list[int]:
    return [met for need in needs for met in need.alternatives]
