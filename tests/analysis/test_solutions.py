"""What solutions are made of: formulas, first solutions, smallest ones, integer programs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graph_service.analysis.primitives.exclusions import excluded
from graph_service.analysis.primitives.feasibility import feasibility
from graph_service.analysis.solutions.choices import choices_of
from graph_service.analysis.solutions.first import first_solution
from graph_service.analysis.solutions.formula import Formula, formula_behind
from graph_service.analysis.solutions.minimal import minimal
from graph_service.analysis.solutions.program import Budget, NotSolved, Program
from graph_service.analysis.solutions.quick import quick_solution
from graph_service.analysis.solutions.redundancy import redundant_together
from graph_service.analysis.solutions.supply import Supply
from graph_service.model.kinds import Answer
from tests.analysis.random_networks import RandomNetwork
from tests.networks import OfferRow, Rows, needs

SEEDS = range(250)
SECONDS = 60
"""Enough for any of these programs."""


def supply_of_seed(seed: int) -> Supply | None:
    """Give the supply of a random target without what is excluded; None if it cannot work."""
    case = RandomNetwork(seed)
    network, lost = case.network, excluded(case.network, case.excluding)
    target = network.node_by_id[case.target]
    found = feasibility(network, target, lost.offers, lost.components)
    if found.answer is Answer.NO:
        return None
    usable = ~found.failed
    usable[list(lost.components)] = False
    always = (network.own_supplies_as_recorded < 0) | np.array(network.always_supplied)
    return Supply(network, target, usable, always, lost.offers)


def formula_of_seed(seed: int) -> Formula | None:
    """Give its formula."""
    supply = supply_of_seed(seed)
    return None if supply is None else supply.formula


def solutions_of(formula: Formula) -> set[frozenset[int]]:
    """Try every set of offers, smallest first."""
    found: set[frozenset[int]] = set()
    for size in range(len(formula.offers) + 1):
        for chosen in map(frozenset, combinations(formula.offers, size)):
            if not any(one <= chosen for one in found) and formula.working(chosen)[0]:
                found.add(chosen)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_reducing_a_formula_changes_no_solution(seed: int) -> None:
    formula = formula_of_seed(seed)
    if formula is None:
        return
    reduced = formula.reduced()
    expected = solutions_of(formula)
    assert (solutions_of(reduced) if reduced.nodes else {frozenset()}) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_a_first_solution_and_what_is_left_of_all_offers_are_smallest(seed: int) -> None:
    formula = formula_of_seed(seed)
    if formula is None:
        return
    reduced = formula.reduced()
    weight = {offer: float(offer % 3) for offer in formula.offers}
    expected = solutions_of(formula)
    assert first_solution(reduced, weight) in expected
    assert minimal(reduced, reduced.offers, weight) in expected


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quick_solution_is_smallest_and_counts_what_a_reduced_formula_holds(seed: int) -> None:
    supply = supply_of_seed(seed)
    if supply is None:
        return
    weight = (supply.offers % 3).astype(np.float64)
    quick = quick_solution(supply, weight)
    assert quick.solution in solutions_of(supply.formula)
    assert quick.open_count == len(supply.formula.reduced().nodes)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_smallest_solution_has_what_is_needless_together(seed: int) -> None:
    formula = formula_of_seed(seed)
    if formula is None or not (reduced := formula.reduced()).nodes:
        return
    expected = solutions_of(reduced)
    chosen = frozenset(min(supplies) for supplies in reduced.supplies if supplies)
    for offer in chosen:
        if reduced.working(chosen - {offer})[0]:
            together = [set(reduced.supplies[node] or ()) for node in redundant_together(reduced, chosen, offer)]
            assert offer in together[0]
            assert not any(all(own & solution for own in together) for solution in expected)


def test_a_formula_without_some_offers_keeps_only_what_works() -> None:
    rows = Rows(
        offers=[OfferRow(f"component:{name}", f"company:{name}", id=f"offer:{name}") for name in "abcd"],
        requirements=[needs("component:a", "component:b", "component:c"), needs("component:b", "component:d")],
    )
    network = rows.network()
    whole = formula_behind(network, [0], [True] * 4, lambda node: tuple(network.offers_of[node]))
    part = whole.with_only({0, 2, 3})
    assert part is not None
    assert sorted(part.nodes) == [0, 2]
    assert whole.with_only({1, 2, 3}) is None


def test_offers_of_one_kind_stand_for_one_another_best_first() -> None:
    rows = Rows(
        offers=[
            OfferRow(f"component:{name[0]}", f"company:{name}", id=f"offer:{name}")
            for name in ("a1", "a2", "b1", "b2", "b3")
        ],
        requirements=[needs("component:a", "component:b")],
    )
    network = rows.network()
    formula = formula_behind(network, [0], [True] * 2, lambda node: tuple(network.offers_of[node]))
    choices = choices_of(formula, lambda _: 0)
    assert choices.formula.offers == [0, 2]
    expanded = choices.expanded(frozenset({0, 2}), lambda solution: (len(solution), *sorted(solution)))
    assert [sorted(one) for one in expanded] == [[0, 2], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4]]


# integer programs


def test_the_least_sum_keeps_all_rows() -> None:
    program = Program()
    first, second, third = (program.column() for _ in range(3))
    program.at_least(1, [(first, 1), (second, 1)])
    program.at_least(1, [(second, 1), (third, 1)])
    values = program.least({first: 2, second: 3, third: 2}, Budget(SECONDS))
    assert values is not None
    assert [round(value) for value in values] == [0, 1, 0]


def test_rows_that_cannot_be_kept_have_no_values() -> None:
    program = Program()
    column = program.column()
    program.at_least(1, [(column, 1)])
    program.at_most(0, [(column, 1)])
    assert program.least({column: 1}, Budget(SECONDS)) is None


def test_a_column_named_twice_in_a_row_counts_with_the_sum() -> None:
    program = Program()
    column = program.column(upper=5)
    program.at_least(6, [(column, 1), (column, 2)])
    values = program.least({column: 1}, Budget(SECONDS))
    assert values is not None
    assert round(values[column]) == 2


def test_a_fixed_column_keeps_its_value_and_a_copy_is_free_again() -> None:
    program = Program()
    column = program.column()
    free = program.copy()
    program.fix(column, 1)
    fixed, freed = program.least({column: 1}, Budget(SECONDS)), free.least({column: 1}, Budget(SECONDS))
    assert fixed is not None
    assert freed is not None
    assert (round(fixed[column]), round(freed[column])) == (1, 0)


def test_without_time_a_program_is_not_solved() -> None:
    program = Program()
    column = program.column()
    with pytest.raises(NotSolved) as ended:
        program.least({column: 1}, Budget(0))
    assert (ended.value.bound, ended.value.values) == (-float("inf"), None)


def test_solving_writes_nothing_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    program = Program()
    program.least({program.column(): 1}, Budget(SECONDS))
    assert capfd.readouterr().out == ""
