"""Reliability gained: how much likelier targets work for offers that another world lacks (docs/semantics.md 32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.difference import (
    ELEMENTS_MAX,
    Difference,
    difference,
    failed_wherever_they_differ,
    sampled_differences,
)
from graph_service.analysis.cuts.element_formula import element_formula, needs_formula
from graph_service.analysis.cuts.paired_samples import Case
from graph_service.analysis.partnerships.risk_removed import supplies_of
from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.reliability import PROBABILITY
from graph_service.analysis.solutions.program import Budget
from graph_service.model.kinds import InputKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.analysis.primitives.elements import Elements
    from graph_service.analysis.solutions.formula import Formula
    from graph_service.network.network import SupplyNetwork

DIAGRAM_SECONDS: Final = 5.0
"""How long one decision diagram may take; one of so few nodes takes a small part of that."""

ELEMENTS_OF_ALL: Final = 1_000
"""Elements of all decision diagrams of one answer; what is beyond is sampled."""


@dataclass(frozen=True, slots=True)
class TwoWorlds:
    """A world, and the same without some offers: `left_of` gives what that leaves of the components it touches."""

    network: SupplyNetwork
    left_of: Mapping[int, Sequence[int]]

    def formulas(self, needs: Formula, elements: Elements) -> tuple[Formula, Formula]:
        """Write the formulas of the world and of the one without, which differ in own supplies only."""
        better = element_formula(self.network, needs, elements, self.network.always_supplied)
        supplies = list(better.supplies)
        for place, node in enumerate(needs.nodes):
            if node in self.left_of:
                supplies[place] = supplies_of(self.network, node, self.left_of[node], elements)
        return better, replace(better, supplies=supplies)

    def is_unknown(self, target: int) -> bool:
        """Tell whether the target is unknown in one of the two."""
        left = self.left_of.get(target)
        is_assembly = self.network.nodes.input_kind[target] is InputKind.ASSEMBLY
        return self.network.unknown[target] or (left is not None and not left and not is_assembly)


@dataclass(frozen=True, slots=True)
class Gained:
    """What each target gained, None where it is unknown or, as `left_out` says by place, the budget had ended."""

    of_target: Sequence[Difference | None]
    left_out: frozenset[int]


def reliability_gained(
    worlds: TwoWorlds,
    targets: Sequence[int],
    elements: Elements,
    formulas: tuple[Formula, Formula],
    certain: Sequence[frozenset[int]],
    nodes_max: int,
    budget: Budget,
) -> Gained:
    """Say how much likelier each target works in the world than in the one without.

    The targets come first in both `formulas`, in their order, and `certain` are the elements that alone fail each in
    both worlds. Exact by decision diagrams where few elements stand behind a target, as long as all of them are not
    too many; else sampled, all in the same sweeps.
    """
    gained: list[Difference | None] = []
    cases: list[Case] = []
    sampled: list[int] = []
    elements_left = ELEMENTS_OF_ALL
    behind = _Behind(formulas)
    for number, (target, sure) in enumerate(zip(targets, certain, strict=True)):
        gained.append(None)
        if worlds.is_unknown(target):
            continue
        nodes = closure(worlds.network, target).nodes
        failed = behind.failed_wherever_they_differ(nodes)
        if failed is None or not failed.isdisjoint(sure):
            gained[number] = Difference(0.0, 1 - PROBABILITY)
        elif behind.count(nodes, sure) > min(ELEMENTS_MAX, elements_left):
            sampled.append(number)
            cases.append(Case(number, sure, failed))
        else:
            better, worse = worlds.formulas(needs_formula(worlds.network, target), elements)
            exact = difference(better, worse, PROBABILITY, Budget(DIAGRAM_SECONDS), certain=sure, nodes_max=nodes_max)
            if exact.standard_error is None:
                elements_left -= len(exact.while_working)
            gained[number] = exact
    found = sampled_differences(*formulas, cases, PROBABILITY, budget)
    for number, one in zip(sampled, found, strict=False):
        gained[number] = one
    return Gained(gained, frozenset(sampled[len(found) :]))


class _Behind:
    """The own supplies of two formulas, by the numbers of nodes."""

    def __init__(self, formulas: tuple[Formula, Formula]) -> None:
        better, worse = formulas
        self.supplies = dict(zip(better.nodes, better.supplies, strict=True))
        both = zip(better.nodes, better.supplies, worse.supplies, strict=True)
        self.differing = [(node, one, other) for node, one, other in both if one != other]

    def failed_wherever_they_differ(self, nodes: Sequence[int]) -> frozenset[int] | None:
        """Give the elements that have failed wherever a supply of these nodes differs; None if none ever does."""
        inside = frozenset(nodes)
        return failed_wherever_they_differ([(one, other) for node, one, other in self.differing if node in inside])

    def count(self, nodes: Sequence[int], certain: frozenset[int]) -> int:
        """Count the elements that may matter while these work."""
        supplies = [self.supplies[node] for node in nodes]
        return len({one for own in supplies if own and certain.isdisjoint(own) for one in own})
