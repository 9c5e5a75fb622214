"""The search for cuts: all smallest sets of elements that fail the target of a formula, order by order (Reiter 1987).

A cut meets each solution, so the elements of one solution are all that the search has to branch on; what is
left once an element has failed is searched in turn, and the last element of each cut comes from one sweep.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.cuts.narrowing import SURE, narrowed
from graph_service.analysis.primitives.sweep import places
from graph_service.analysis.solutions.first import first_solution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.program import Budget

Cut = frozenset[int]


class OutOfTime(Exception):
    """The budget ended before all was searched."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """The minimal cuts found, by order; `cut_at` is the order during which a limit ended the search, None if none did.

    All cuts of lower orders are there, and none that is not minimal.
    """

    found: list[Cut] = field(default_factory=list)
    cut_at: int | None = None
    limit: str | None = None


def minimal_cuts(formula: Formula, order_max: int, budget: Budget, cuts_max: int) -> Cuts:
    """Find all inclusion-minimal sets of at most `order_max` elements that fail the target.

    Exact as far as the budget of time and the number of cuts last.
    """
    found: list[Cut] = []
    for order in range(1, order_max + 1):
        try:
            for cut in _cuts(narrowed(formula, order), order, budget):
                if len(found) >= cuts_max:
                    return Cuts(found, order, f"{cuts_max:,} sets were found")
                found.append(cut)
        except OutOfTime:
            return Cuts(found, order, f"the time of {budget.seconds:g} s ended")
    return Cuts(found)


def _cuts(formula: Formula | None, order: int, budget: Budget) -> Iterator[Cut]:
    """Give the minimal cuts of exactly this order of a formula narrowed for it, whose target has not failed."""
    assert formula is not None, "the target has failed before anything is cut"
    if not formula.nodes:
        return
    swept = CutSweep(formula)
    points = list(places(swept.failing[0]))
    if order == 1:
        yield from [frozenset([element]) for element in points]
        return
    rest = narrowed(formula, order, never=frozenset(points))
    if rest is not None and rest.nodes:
        yield from _larger_cuts(rest, order, budget)


def _larger_cuts(formula: Formula, order: int, budget: Budget) -> Iterator[Cut]:
    """Give the minimal cuts of exactly this order, 2 or more, of a narrowed formula that has none of order 1."""
    branches = _branches(formula, order, budget)
    if branches is None:
        return
    swept = CutSweep(formula)
    done: list[int] = []
    for element in sorted(branches, key=lambda one: (-len(swept.nodes_of[one]), one)):
        if budget.left <= 0:
            raise OutOfTime
        if order == 2:
            for other in places(swept.points([element])):
                if other not in done:
                    yield frozenset([element, other])
        else:
            left = narrowed(formula, order - 1, failed=[element], never=frozenset(done))
            for cut in _cuts(left, order - 1, budget):
                if not swept.fails(cut):
                    yield cut | {element}
        done.append(element)


def _branches(formula: Formula, order: int, budget: Budget) -> frozenset[int] | None:
    """Give the elements of a small solution; None if so many share no element that no cut of this order meets all."""
    solutions: list[frozenset[int]] = []
    used: frozenset[int] = frozenset()
    left: Formula | None = formula
    while left is not None:
        if len(solutions) == order:
            return None
        if budget.left <= 0:
            raise OutOfTime
        solutions.append(first_solution(left, dict.fromkeys(left.offers, 1.0)))
        used |= solutions[-1]
        left = narrowed(formula, SURE, failed=used)
    return min(solutions, key=len)
