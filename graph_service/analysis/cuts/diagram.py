"""The decision diagram of a formula: how likely its target fails, and what each element adds (Bryant 1986)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from oxidd.bdd import BDDManager
from oxidd.util import DDMemoryError

from graph_service.network.condensation import condensed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oxidd.bdd import BDDFunction

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.needs import Need

NODES_MAX: Final = 1 << 18
"""Nodes of diagrams held at once; each step of building them is short enough to be waited for."""

ELEMENTS_MAX: Final = 2_000
"""Elements of one diagram: its operations descend once for each, on the stack."""

CACHED_MAX: Final = 1 << 18
"""Results of operations that are remembered."""

CANCELLED: Final = 1e-6
"""A difference that leaves no larger part than this has lost too many digits, and is worked out anew."""

ENDS: Final = 2
"""A diagram ends in false and in true."""


class TooLarge(Exception):
    """A diagram has more nodes or elements than is allowed, or was not built in time; the message says which."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The probability that a target fails, and, by element, what it would be if that works or fails for certain."""

    failure: float
    if_works: Mapping[int, float]
    if_fails: Mapping[int, float]


def chances(
    formula: Formula, probability: float, budget: Budget, *, nodes_max: int = NODES_MAX, each: bool = True
) -> Chances:
    """Work out exactly how likely the target of a formula fails if each of its elements does with `probability`.

    Elements that are needed at several places are one event everywhere. Linear in the diagram, whose size may grow
    exponentially with that of the formula: raises TooLarge beyond `nodes_max`, ELEMENTS_MAX or the budget. The
    elements one by one only with `each`.
    """
    order = _order(formula)
    if len(order) > ELEMENTS_MAX:
        raise TooLarge(f"{len(order):,} elements in one diagram, {ELEMENTS_MAX:,} at most")
    manager = BDDManager(nodes_max, CACHED_MAX, 1)
    manager.add_vars(len(order))
    try:
        top = _Building(formula, manager, order, budget).target()
    except DDMemoryError as error:
        raise TooLarge(f"a diagram of more than {nodes_max:,} nodes") from error
    return _evaluated(top, order, probability, each=each)


def _order(formula: Formula) -> Sequence[int]:
    """Order elements as a walk from the target meets them, inputs first: what fails one thing stands together."""
    place: dict[int, None] = {}
    seen = bytearray(len(formula.nodes))
    seen[0] = 1
    trail = [(0, iter(_inputs(formula, 0)))]
    while trail:
        node, inputs = trail[-1]
        for wanted in inputs:
            if not seen[wanted]:
                seen[wanted] = 1
                trail.append((wanted, iter(_inputs(formula, wanted))))
                break
        else:
            trail.pop()
            place.update(dict.fromkeys(formula.supplies[node] or ()))
    return list(place)


def _inputs(formula: Formula, node: int) -> Sequence[int]:
    return [met for need in formula.needs[node] for met in need.alternatives]


class _Building:
    """Diagrams of failure of all nodes of a formula, inputs first; in cycles repeated to the least fixpoint."""

    def __init__(self, formula: Formula, manager: BDDManager, order: Sequence[int], budget: Budget) -> None:
        self.formula = formula
        self.budget = budget
        self.false = manager.false()
        self.variable = {element: manager.var(place) for place, element in enumerate(order)}
        self.failing: list[BDDFunction] = [self.false] * len(formula.nodes)

    def target(self) -> BDDFunction:
        """Build the diagram of the target, each other one as far as it is needed."""
        condensation = condensed([0], [_inputs(self.formula, node) for node in range(len(self.formula.nodes))])
        for group, members in enumerate(condensation.groups):
            ordered = sorted(members, key=condensation.rank.__getitem__)
            for node in ordered:
                self.failing[node] = self._own(node)
            grown = True
            while grown:
                grown = False
                for node in ordered:
                    after = self._with_needs(node)
                    grown = grown or after != self.failing[node]
                    self.failing[node] = after
                grown = grown and condensation.cyclic[group]
        return self.failing[0]

    def _own(self, node: int) -> BDDFunction:
        """Say when an own supply fails: with all of its elements."""
        supplies = self.formula.supplies[node]
        if supplies is None:
            return self.false
        failing = self.variable[supplies[0]]
        for element in supplies[1:]:
            failing &= self.variable[element]
        return failing

    def _with_needs(self, node: int) -> BDDFunction:
        failing = self.failing[node]
        for need in self.formula.needs[node]:
            if self.budget.left <= 0:
                raise TooLarge(f"a diagram that {self.budget.seconds:g} s do not suffice for")
            failing |= self._unmet(need)
        return failing

    def _unmet(self, need: Need) -> BDDFunction:
        """Say when fewer than k alternatives are left: when at least all but k - 1 have failed."""
        in_so_many = [self.false] * (len(need.alternatives) - need.k + 1)
        for count, node in enumerate(need.alternatives):
            failing = self.failing[node]
            for place in range(min(count, len(in_so_many) - 1), 0, -1):
                in_so_many[place] |= in_so_many[place - 1] & failing
            in_so_many[0] |= failing
        return in_so_many[-1]


class _Node(NamedTuple):
    """A node of a diagram: which element it asks for, and where to go on if that fails or works."""

    level: int
    fails: int
    works: int


def _evaluated(top: BDDFunction, order: Sequence[int], probability: float, *, each: bool) -> Chances:
    """Evaluate a diagram from its ends up and, for each element, from its top down."""
    nodes = _inputs_first(top)
    chance = _chance(nodes, [probability] * len(order))
    failure = chance[-1]
    if not each:
        return Chances(failure, {}, {})
    reached = [0.0] * len(chance)
    reached[-1] = 1.0
    slope = [0.0] * len(order)
    for place in range(len(chance) - 1, ENDS - 1, -1):
        level, fails, works = nodes[place - ENDS]
        here = reached[place]
        slope[level] += here * (chance[fails] - chance[works])
        reached[fails] += here * probability
        reached[works] += here * (1 - probability)
    if_works: dict[int, float] = {}
    for level, element in enumerate(order):
        if_works[element] = failure - probability * slope[level]
        if if_works[element] < CANCELLED * failure:
            if_works[element] = _chance(nodes, [0.0 if one == level else probability for one in range(len(order))])[-1]
    if_fails = {element: failure + (1 - probability) * slope[level] for level, element in enumerate(order)}
    return Chances(failure, if_works, if_fails)


def _chance(nodes: Sequence[_Node], probability: Sequence[float]) -> Sequence[float]:
    """Give the probability of each end, then of each node; elements fail with theirs."""
    chance = [0.0, 1.0]
    for level, fails, works in nodes:
        likely = probability[level]
        chance.append(likely * chance[fails] + (1 - likely) * chance[works])
    return chance


def _inputs_first(top: BDDFunction) -> Sequence[_Node]:
    """List the nodes of a diagram, the top last; the ends, false and true, have the first places."""
    found = {top: top.node_level()}
    for node in (nodes := [top]):  # grows while it is walked
        for part in node.cofactors() or ():
            if part not in found:
                found[part] = part.node_level()
                nodes.append(part)
    inner = sorted([(level, place) for place, node in enumerate(nodes) if (level := found[node]) is not None])
    place_of = {nodes[place]: ENDS + number for number, (_, place) in enumerate(reversed(inner))}
    place_of |= {node: int(node.valid()) for node, level in found.items() if level is None}
    listed: list[_Node] = []
    for level, place in reversed(inner):
        parts = nodes[place].cofactors()
        assert parts is not None
        listed.append(_Node(level, place_of[parts[0]], place_of[parts[1]]))
    return listed
