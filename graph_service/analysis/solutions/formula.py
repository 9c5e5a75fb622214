"""The formula of a target: what must work for it, in numbers of its own, from which solutions are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph_service.network.condensation import condensed
from graph_service.network.needs import Need

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from graph_service.network.condensation import Condensation
    from graph_service.network.network import SupplyNetwork

Supplies = tuple[int, ...] | None
"""The offers any of which keeps an own supply; None where it works without any."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A part of a network, closed under needs, renumbered from 0: the target, or several in their order.

    `nodes` gives the network's numbers. `supplies` and `needs` belong to nodes; `users` lists, for each node,
    the needs that it can meet, by their place in `owner` (whose need it is), `k` and `alternatives`. Formulas that
    differ in own supplies only, made by `replace`, share what is worked out of the needs.
    """

    nodes: Sequence[int]
    supplies: Sequence[Supplies]
    needs: Sequence[Sequence[Need]]
    owner: Sequence[int]
    k: Sequence[int]
    alternatives: Sequence[tuple[int, ...]]
    users: Sequence[Sequence[int]]
    _once: list[Condensation] = field(default_factory=list["Condensation"], repr=False, compare=False)

    @property
    def condensation(self) -> Condensation:
        """Which nodes need one another, and in which order the rest stands; worked out when first asked for."""
        if not self._once:
            inputs = [[met for need in needs for met in need.alternatives] for needs in self.needs]
            self._once.append(condensed(range(len(inputs)), inputs))
        return self._once[0]

    @property
    def offers(self) -> list[int]:
        """All offers that may be chosen, sorted."""
        return sorted({offer for supplies in self.supplies if supplies for offer in supplies})

    def working(self, chosen: Collection[int]) -> bytearray:
        """Tell which nodes stay unfailed when only the chosen offers work; linear."""
        usable = frozenset(chosen)
        works = bytearray(b"\1") * len(self.nodes)
        fallen: list[int] = []
        for node, supplies in enumerate(self.supplies):
            if supplies is not None and usable.isdisjoint(supplies):
                works[node] = 0
                fallen.append(node)
        spare = [len(met) - k for met, k in zip(self.alternatives, self.k, strict=True)]
        for node in fallen:  # grows while it is walked
            for need in self.users[node]:
                spare[need] -= 1
                user = self.owner[need]
                if spare[need] < 0 and works[user]:
                    works[user] = 0
                    fallen.append(user)
        return works

    def reduced(self) -> Formula:
        """Leave out what works without any offer, and ask the target at once for what works in every solution.

        Needs that these meet fall away, and with them what nothing else needs; the solutions stay the same.
        Takes a formula whose target can work; gives an empty one where it works without any offer. Linear.
        """
        free = self.working(())
        if free[0]:
            return formula_of([], [], [])
        choosing = _rest_of(self.needs, free)
        always = _needed_always(choosing)
        needs = _rest_of(choosing, always)
        needs[0] += [Need(1, (node,), (0.0,), None) for node, works in enumerate(always) if works and node]
        return _from_target(self.nodes, self.supplies, needs)

    def needed_always(self) -> bytearray:
        """Mark the target and, as far as needs leave no choice, all that it needs."""
        return _needed_always(self.needs)

    def with_only(self, chosen: Collection[int]) -> Formula | None:
        """Leave out all other offers, and what fails without them; None where the target does."""
        works = self.working(chosen)
        if not works[0]:
            return None
        supplies = [
            None if supplies is None else tuple([offer for offer in supplies if offer in chosen])
            for supplies in self.supplies
        ]
        return _from_target(self.nodes, supplies, [[need.among(works) for need in wanted] for wanted in self.needs])


def formula_behind(
    network: SupplyNetwork, targets: Sequence[int], usable: Sequence[int], supplies_of: Callable[[int], Supplies]
) -> Formula:
    """Write the formula of targets, none twice, with the alternatives at whose numbers `usable` is not 0."""
    order = list(targets)
    place = {target: number for number, target in enumerate(order)}
    needs: list[list[Need]] = []
    for node in order:  # grows while it is walked
        wanted = [need.among(usable) for need in network.needs_of[node]]
        for need in wanted:
            for met in need.alternatives:
                if met not in place:
                    place[met] = len(order)
                    order.append(met)
        needs.append([need.renumbered(place) for need in wanted])
    return formula_of(order, [supplies_of(node) for node in order], needs)


def formula_of(nodes: Sequence[int], supplies: Sequence[Supplies], needs: Sequence[Sequence[Need]]) -> Formula:
    """Number the needs of a formula and say who can meet which."""
    flat = [need for wanted in needs for need in wanted]
    users: list[list[int]] = [[] for _ in nodes]
    for number, need in enumerate(flat):
        for met in need.alternatives:
            users[met].append(number)
    return Formula(
        nodes=nodes,
        supplies=supplies,
        needs=needs,
        owner=[node for node, wanted in enumerate(needs) for _ in wanted],
        k=[need.k for need in flat],
        alternatives=[need.alternatives for need in flat],
        users=users,
    )


def _from_target(nodes: Sequence[int], supplies: Sequence[Supplies], needs: Sequence[Sequence[Need]]) -> Formula:
    """Number anew what the target reaches, and leave out the rest."""
    order = [0]
    place = {0: 0}
    for node in order:  # grows while it is walked
        for need in needs[node]:
            for met in need.alternatives:
                if met not in place:
                    place[met] = len(order)
                    order.append(met)
    return formula_of(
        [nodes[node] for node in order],
        [supplies[node] for node in order],
        [[need.renumbered(place) for need in needs[node]] for node in order],
    )


def _needed_always(needs: Sequence[Sequence[Need]]) -> bytearray:
    """Mark what `Formula.needed_always` does, by the needs of each node."""
    marked = bytearray(len(needs))
    marked[0] = 1
    order = [0]
    for node in order:  # grows while it is walked
        for need in needs[node]:
            if need.k == len(need.alternatives):
                order += [met for met in need.alternatives if not marked[met]]
                for met in need.alternatives:
                    marked[met] = 1
    return marked


def _rest_of(needs: Sequence[Sequence[Need]], works: Sequence[int]) -> list[list[Need]]:
    """Give what the needs of each node still ask for when these nodes work."""
    others = bytearray(not one for one in works)
    rest: list[list[Need]] = []
    for wanted in needs:
        asked: list[Need] = []
        for need in wanted:
            left = need.among(others)
            if left is need:
                asked.append(need)
                continue
            k, alternatives, switch, quantity = left
            k -= len(need.alternatives) - len(alternatives)
            if k > 0:
                asked.append(Need(k, alternatives, switch, quantity))
        rest.append(asked)
    return rest
