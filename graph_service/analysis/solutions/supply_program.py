"""The integer program of a formula: which offers are chosen, and what works with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.solutions.program import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula


class SupplyProgram:
    """One column for each offer and each node of a formula, and rows that hold exactly where the target works.

    Failure is a least fixpoint, so working is a greatest one: any set of nodes that supports itself may work,
    and cycles need no rows of their own (docs/semantics.md 9).
    """

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self.program = Program()
        self.offer_column = {offer: self.program.column() for offer in formula.offers}
        self.node_column = _add_support(self.program, formula, self.offer_column)

    def allow_only(self, offers: Collection[int]) -> None:
        """Take all other offers away."""
        for offer, column in self.offer_column.items():
            if offer not in offers:
                self.program.fix(column, 0)

    def forbid(self, solution: Collection[int]) -> None:
        """Forbid a solution and whatever holds it."""
        self.program.at_most(len(solution) - 1, [(self.offer_column[offer], 1) for offer in solution])

    def add_companions(
        self, formula: Formula, count: int, share_of: Callable[[int], int]
    ) -> Sequence[Mapping[int, int]]:
        """Ask for further solutions of `formula`, no two of all with offers of one share; give the columns of each."""
        columns: list[Mapping[int, int]] = [self.offer_column]
        for _ in range(count):
            own = {offer: self.program.column() for offer in formula.offers}
            _add_support(self.program, formula, own)
            columns.append(own)
        offers_of: dict[int, list[int]] = {}
        for offer in formula.offers:
            offers_of.setdefault(share_of(offer), []).append(offer)
        for offers in offers_of.values():
            if len(offers) == 1:
                self.program.at_most(1, [(own[offers[0]], 1) for own in columns])
                continue
            uses = [self.program.column() for _ in columns]
            for own, use in zip(columns, uses, strict=True):
                for offer in offers:
                    self.program.at_least(0, [(use, 1), (own[offer], -1)])
            self.program.at_most(1, [(use, 1) for use in uses])
        return columns[1:]

    def chosen(self, values: Sequence[float]) -> frozenset[int]:
        """Read the chosen offers off the columns."""
        return frozenset(offer for offer, column in self.offer_column.items() if values[column] > 0.5)


def _add_support(program: Program, formula: Formula, offer_column: Mapping[int, int]) -> list[int]:
    """Add a column for each node, 1 only where it works; the target's is 1."""
    columns = [program.column() for _ in formula.nodes]
    program.fix(columns[0], 1)
    for node, supplies in enumerate(formula.supplies):
        if supplies is not None:
            program.at_least(0, [*[(offer_column[offer], 1) for offer in supplies], (columns[node], -1)])
    for node, k, alternatives in zip(formula.owner, formula.k, formula.alternatives, strict=True):
        if k == len(alternatives):
            for met in alternatives:
                program.at_least(0, [(columns[met], 1), (columns[node], -1)])
        else:
            program.at_least(0, [*[(columns[met], 1) for met in alternatives], (columns[node], -k)])
    return columns
