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

    def forbid(self, solution: Collection[int]) -> None:
        """Forbid a solution and whatever holds it."""
        self.program.at_most(len(solution) - 1, [(self.offer_column[offer], 1) for offer in solution])

    def forbid_together(self, supplies: Sequence[Sequence[int]]) -> None:
        """Forbid that an offer of each of these own supplies is chosen; takes solutions to choose one of a supply."""
        columns = [self.offer_column[offer] for own in supplies for offer in own if offer in self.offer_column]
        self.program.at_most(len(supplies) - 1, [(column, 1) for column in columns])

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
            uses = [self._use(own, offers) for own in columns]
            self.program.at_most(1, [(use, 1) for use in uses if use is not None])
        return columns[1:]

    def _use(self, own: Mapping[int, int], offers: Sequence[int]) -> int | None:
        """Give a column that is 1 where a solution uses any of these offers; None if it can use none."""
        able = [own[offer] for offer in offers if offer in own]
        if len(able) < 2:
            return able[0] if able else None
        use = self.program.column()
        for column in able:
            self.program.at_least(0, [(use, 1), (column, -1)])
        return use

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
