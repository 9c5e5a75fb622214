"""The decision diagram of a formula: how likely its target fails, and what each element adds (Bryant 1986)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from oxidd.bdd import BDDManager
from oxidd.util import DDMemoryError

from graph_service.analysis.cuts.ordering import ordered
from graph_service.analysis.cuts.terms import terms_of
from graph_service.network.condensation import condensed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oxidd.bdd import BDDFunction

    from graph_service.analysis.cuts.terms import Choice, Term, Terms
    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.program import Budget

NODES_MAX: Final = 1 << 20
"""Nodes of diagrams held at once; each step of building them is short enough to be waited for."""

ELEMENTS_MAX: Final = 2_000
"""Elements of one diagram: its operations descend once for each, on the stack."""

NODES_FIRST: Final = 1 << 14
"""Nodes that there is room for at first: as a rule they are enough, and more take time to lay out."""

CANCELLED: Final = 1e-6
"""A difference that leaves no larger part than this has lost too many digits, and is worked out anew."""

RESULTS_MAX: Final = 1 << 18
"""Results of steps that are remembered: laying out room for more holds up all other threads, and saves little."""

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
    elements one by one, as far as they matter, only with `each`.
    """
    if len(formula.offers) > ELEMENTS_MAX:
        raise TooLarge(f"a diagram of {len(formula.offers):,} elements, {ELEMENTS_MAX:,} at most")
    terms = terms_of(formula)
    order = ordered(terms)
    elements_of = [terms.variables[variable] for variable in order]
    for most in sorted({min(NODES_FIRST, nodes_max), nodes_max}):
        manager = BDDManager(most, min(most, RESULTS_MAX), 1)
        manager.add_vars(len(order))
        try:
            return _evaluated(_Building(terms, manager, order, budget).target(), elements_of, probability, each=each)
        except DDMemoryError:
            continue
    raise TooLarge(f"a diagram of more than {nodes_max:,} nodes")


class _Building:
    """Diagrams of failure of all heads, what they choose from first; in cycles repeated to the least fixpoint."""

    def __init__(self, terms: Terms, manager: BDDManager, order: Sequence[int], budget: Budget) -> None:
        self.heads = terms.heads
        self.budget = budget
        self.false, self.true = manager.false(), manager.true()
        self.level = {variable: level for level, variable in enumerate(order)}
        self.variable = [manager.var(level) for level in range(len(order))]
        self.failing: list[BDDFunction] = [self.false] * len(terms.heads)

    def target(self) -> BDDFunction:
        """Build the diagram of the target."""
        chosen_from = [sorted({one for choice in head.choices for one in choice.heads}) for head in self.heads]
        condensation = condensed([0], chosen_from)
        for group, members in enumerate(condensation.groups):
            ordered_members = sorted(members, key=condensation.rank.__getitem__)
            for head in ordered_members:
                self.failing[head] = self._any([self._all(term) for term in self.heads[head].terms])
            grown = any(self.heads[head].choices for head in ordered_members)
            while grown:
                grown = False
                for head in ordered_members:
                    unmet = [self._unmet(choice) for choice in self.heads[head].choices]
                    after = self._any([self.failing[head], *unmet])
                    grown = grown or after != self.failing[head]
                    self.failing[head] = after
                grown = grown and condensation.cyclic[group]
        return self.failing[0]

    def _all(self, term: Term) -> BDDFunction:
        """Say when all variables of a term fail."""
        failing = self.true
        for level in sorted([self.level[variable] for variable in term], reverse=True):
            failing = self.variable[level] & failing
        return failing

    def _any(self, parts: Sequence[BDDFunction]) -> BDDFunction:
        """Say when any of some parts fails; those that ask latest first, so that what is built stays small."""
        failing = self.false
        for part in sorted(parts, key=self._first_level, reverse=True):
            if self.budget.left <= 0:
                raise TooLarge(f"a diagram that {self.budget.seconds:g} s do not suffice for")
            failing = part | failing
        return failing

    def _first_level(self, part: BDDFunction) -> int:
        level = part.node_level()
        return len(self.variable) if level is None else level

    def _unmet(self, choice: Choice) -> BDDFunction:
        """Say when too many alternatives have failed."""
        in_so_many = [self.false] * choice.losing
        for count, head in enumerate(choice.heads):
            failing = self.failing[head]
            for place in range(min(count, choice.losing - 1), 0, -1):
                in_so_many[place] |= in_so_many[place - 1] & failing
            in_so_many[0] |= failing
        return in_so_many[-1]


class _Node(NamedTuple):
    """A node of a diagram: which element it asks for, and where to go on if that fails or works."""

    level: int
    fails: int
    works: int


def _evaluated(top: BDDFunction, elements_of: Sequence[tuple[int, ...]], probability: float, *, each: bool) -> Chances:
    """Evaluate a diagram from its ends up and, for each element, from its top down.

    `elements_of` gives the elements that fail together for each level of the diagram.
    """
    nodes = _inputs_first(top)
    likely = [probability ** len(elements) for elements in elements_of]
    chance = _chance(nodes, likely)
    failure = chance[-1]
    if not each:
        return Chances(failure, {}, {})
    slope = _slopes(nodes, chance, likely)
    if_works: dict[int, float] = {}
    if_fails: dict[int, float] = {}
    for level, elements in enumerate(elements_of):
        without = failure - likely[level] * slope[level]
        if without < CANCELLED * failure:
            without = _chance(nodes, [*likely[:level], 0.0, *likely[level + 1 :]])[-1]
        all_but_one = probability ** (len(elements) - 1)
        if_works |= dict.fromkeys(elements, without)
        if_fails |= dict.fromkeys(elements, failure + (all_but_one - likely[level]) * slope[level])
    return Chances(failure, if_works, if_fails)


def _slopes(nodes: Sequence[_Node], chance: Sequence[float], likely: Sequence[float]) -> Sequence[float]:
    """Give, for each level, how the probability of the top grows with that of its variable."""
    reached = [0.0] * len(chance)
    reached[-1] = 1.0
    slope = [0.0] * len(likely)
    for place in range(len(chance) - 1, ENDS - 1, -1):
        level, fails, works = nodes[place - ENDS]
        here = reached[place]
        slope[level] += here * (chance[fails] - chance[works])
        reached[fails] += here * likely[level]
        reached[works] += here * (1 - likely[level])
    return slope


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
