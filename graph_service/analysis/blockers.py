"""Blockers: the fewest components whose supply, if restored, makes a target feasible (docs/semantics.md 19)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.analysis.primitives.relatives import others_of_category, variants_of
from graph_service.analysis.solutions.first import first_solution
from graph_service.analysis.solutions.formula import formula_behind, formula_of
from graph_service.analysis.solutions.lexicographic import Unproven, best_solution
from graph_service.analysis.solutions.minimal import minimal
from graph_service.analysis.solutions.search import NODES_MAX
from graph_service.analysis.solutions.supply_program import SupplyProgram
from graph_service.network.needs import Need
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.analysis.primitives.exclusions import Excluded
    from graph_service.analysis.solutions.formula import Formula, Supplies
    from graph_service.analysis.solutions.program import Budget
    from graph_service.network.network import SupplyNetwork

CANDIDATES_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Blocker:
    """A component whose missing supply blocks the target, the offers of it that are lost, and who comes nearest.

    `nearest_candidates` are companies, most offers first, then id.
    """

    component: str
    lost_offers: tuple[str, ...]
    nearest_candidates: tuple[str, ...]


def blockers_of(
    network: SupplyNetwork, target: int, lost: Excluded, budget: Budget
) -> tuple[tuple[Blocker, ...], str | None]:
    """Find the smallest set of blockers, then least ids, of a target that is infeasible without what is lost.

    A component that is excluded itself is restored as an alternative, too. Unknown components work: they block
    nothing. Also says what the budget left open, if anything.
    """
    formula = _restorable(network, target, lost).reduced()
    found, gap = _fewest(formula, budget)
    return tuple([_blocker(network, node, lost) for node in sorted(found)]), gap


def _fewest(formula: Formula, budget: Budget) -> tuple[frozenset[int], str | None]:
    weights = dict.fromkeys(formula.offers, 1.0)
    known: frozenset[int] | None = None
    if len(formula.nodes) <= NODES_MAX:
        try:
            best = best_solution(SupplyProgram(formula), (), budget)
        except Unproven as ended:
            known = ended.chosen
        else:
            return (frozenset() if best is None else best.chosen), None
    found = first_solution(formula, weights) if known is None else minimal(formula, known, weights)
    return found, f"within {budget.seconds:g} s, {len(found)} blockers are not proven to be the fewest and of least ids"


def _restorable(network: SupplyNetwork, target: int, lost: Excluded) -> Formula:
    """Write the formula in which what stands for an offer is a component that may be restored."""
    always, offers_of = network.always_supplied, network.offers_of

    def has_no_offers_left(node: int) -> bool:
        offers = offers_of[node]
        return bool(offers) and not always[node] and lost.offers.issuperset(offers)

    def restored_by(node: int) -> Supplies:
        gone = has_no_offers_left(node) or (node in lost.components and node != target)
        return (node,) if gone else None

    formula = formula_behind(network, [target], b"\1" * len(network.nodes.id), restored_by)
    if target in lost.components and not has_no_offers_left(target):
        return _target_behind_a_gate(formula)
    return formula


def _target_behind_a_gate(formula: Formula) -> Formula:
    """Let the target meet the needs of others, in a cycle, only if it is restored, though it can work itself."""
    gate = len(formula.nodes)
    needs: list[Sequence[Need]] = [
        [need._replace(alternatives=tuple([met or gate for met in need.alternatives])) for need in wanted]
        for wanted in formula.needs
    ]
    needs.append([Need(1, (0,), (0.0,), None)])
    target = formula.nodes[0]
    return formula_of([*formula.nodes, target], [*formula.supplies, (target,)], needs)


def _blocker(network: SupplyNetwork, node: int, lost: Excluded) -> Blocker:
    offer_ids = network.offers.id
    return Blocker(
        component=network.nodes.id[node],
        lost_offers=tuple([offer_ids[offer] for offer in network.offers_of[node] if offer in lost.offers]),
        nearest_candidates=_candidates(network, variants_of(network, node), lost)
        or _candidates(network, others_of_category(network, node), lost),
    )


def _candidates(network: SupplyNetwork, components: Iterable[int], lost: Excluded) -> tuple[str, ...]:
    """Give the companies that still offer these components, most offers first, then id."""
    company = network.offers.company
    offers = [offer for node in components for offer in network.offers_of[node] if offer not in lost.offers]
    counts = Counter(company[offer] for offer in offers if company[offer] != NONE)
    nearest = sorted(counts, key=lambda number: (-counts[number], number))
    return tuple([network.company_ids[number] for number in nearest[:CANDIDATES_MAX]])
