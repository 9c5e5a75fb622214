"""The worst case: worked numbers, brute force, limits."""

from __future__ import annotations

import pytest

from graph_service.analysis.cuts.loss_search import LossSearch
from graph_service.analysis.disrupted.target_losses import TargetLosses
from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.solutions.program import Budget
from graph_service.analysis.worst_case import worst_case
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Exactness, Level
from tests.analysis import edge_ai
from tests.analysis.brute_risk import ESTIMATE, LOWER, UPPER, RiskBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import OfferRow, Rows, needs

BOX, PARTS = "component:box", "component:part"


def test_each_of_three_nations_alone_costs_the_server_everything() -> None:
    answer = worst_case(edge_ai.network(), SERVER)
    assert answer.sets == (("nation:nld",), ("nation:twn",), ("nation:usa",))
    assert (answer.lost_fraction_lower, answer.lost_fraction_upper, answer.lost_fraction_estimate) == (1, 1, 1)
    assert answer.meta.exactness is Exactness.EXACT


def test_two_nations_that_together_cost_everything_tie_with_one_that_does() -> None:
    answer = worst_case(edge_ai.network(), SERVER, budget=2)
    assert answer.sets == (("nation:nld",), ("nation:twn",), ("nation:usa",), ("nation:deu", "nation:jpn"))


def test_the_larger_maker_of_memory_is_its_worst_company() -> None:
    answer = worst_case(edge_ai.network(), "component:hbm", Level.COMPANY)
    assert (answer.sets, answer.lost_fraction_estimate) == ((("company:mema",),), 0.8)


def test_ties_span_their_bounds() -> None:
    rows = Rows(
        offers=[
            OfferRow("component:x", "company:a", share=50),
            OfferRow("component:x", "company:b", share=50),
            OfferRow("component:y", "company:c"),
            OfferRow("component:y", "company:d"),
        ],
        requirements=[needs(BOX, "component:x"), needs(BOX, "component:y")],
    )
    answer = worst_case(rows.network(), BOX, Level.COMPANY)
    assert answer.sets == (("company:a",), ("company:b",), ("company:c",), ("company:d",))
    assert (answer.lost_fraction_lower, answer.lost_fraction_upper, answer.lost_fraction_estimate) == (0, 1, 0.5)


def test_with_nothing_to_lose_there_are_no_sets() -> None:
    answer = worst_case(Rows(requirements=[needs(BOX, PARTS)]).network(), BOX, Level.NATION)
    assert (answer.sets, answer.lost_fraction_estimate, answer.lost_fraction_upper) == ((), 0, 0)
    assert answer.meta.unknown_inputs == (BOX, PARTS)


@pytest.mark.parametrize("budget", [1, 2, 3])
@pytest.mark.parametrize("seed", range(80))
def test_the_worst_sets_and_all_their_ties_are_those_of_trying_all(seed: int, budget: int) -> None:
    for case in (RandomRisk(seed), Redundant(seed)):
        brute = RiskBrute(case.rows, case.world)
        level = list(Level)[seed % len(Level)]
        if level is Level.COMPONENT and budget == 3:
            continue
        answer = worst_case(case.network, case.target, level, budget)
        greatest, ties = brute.worst(case.target, level, budget)
        assert list(answer.sets) == sorted(ties, key=lambda one: (len(one), one))
        assert answer.lost_fraction_estimate == pytest.approx(float(greatest), abs=1e-9)
        lower = min((brute.loss(case.target, level, one, LOWER) for one in ties), default=0)
        upper = max((brute.loss(case.target, level, one, UPPER) for one in ties), default=0)
        assert answer.lost_fraction_lower == pytest.approx(float(lower), abs=1e-9)
        assert answer.lost_fraction_upper == pytest.approx(float(upper), abs=1e-9)
        assert answer.meta.exactness is Exactness.EXACT


@pytest.mark.parametrize("seed", range(60))
def test_the_search_over_losses_finds_total_losses_as_well(seed: int) -> None:
    case = Redundant(seed)
    network, brute = case.network, RiskBrute(case.rows, case.world)
    start = network.node_by_id[case.target]
    nodes = closure(network, start).nodes
    elements = elements_behind(network, start, Level.COMPANY, nodes)
    search = LossSearch(TargetLosses(network, start, elements, nodes), Budget(60))
    search.run(3)
    greatest, ties = brute.worst(case.target, Level.COMPANY, 3)
    assert sorted(tuple(elements.ids[one] for one in sorted(chosen)) for chosen in search.worst()) == sorted(ties)
    assert search.complete
    assert float(greatest) == pytest.approx(float(brute.loss(case.target, Level.COMPANY, ties[0], ESTIMATE)))


def test_a_search_without_time_gives_the_worst_single_element_and_says_so() -> None:
    rows = Rows(
        offers=[
            OfferRow(PARTS, f"company:{name}", share=share)
            for name, share in zip("abcd", (40, 30, 20, 10), strict=True)
        ]
    )
    answer = worst_case(rows.network(), PARTS, Level.COMPANY, 2, search_seconds=0)
    assert (answer.sets, answer.lost_fraction_estimate) == ((("company:a",),), 0.4)
    assert (answer.meta.exactness, answer.meta.is_partial) == (Exactness.BOUNDED, True)
    assert answer.meta.partial_because == "the time of 0 s ended; other sets may cost more or as much"


def test_more_ties_than_an_answer_holds_are_cut() -> None:
    answer = worst_case(edge_ai.network(), SERVER, budget=2, sets_max=2)
    assert len(answer.sets) == 2
    assert answer.meta.partial_because == "2 sets were found; more sets may cost as much"


def test_more_ties_of_a_part_than_an_answer_holds_are_cut_as_well() -> None:
    rows = Rows(offers=[OfferRow(PARTS, f"company:{name}") for name in "abcd"])
    answer = worst_case(rows.network(), PARTS, Level.COMPANY, sets_max=3)
    assert (len(answer.sets), answer.lost_fraction_estimate, answer.meta.is_partial) == (3, 0.25, True)


@pytest.mark.parametrize("budget", [0, -1, 11])
def test_a_budget_out_of_bounds_is_refused(budget: int) -> None:
    with pytest.raises(BadInput, match=f"budget must be 1 to 10, got {budget}"):
        worst_case(edge_ai.network(), SERVER, budget=budget)


def test_an_unknown_target_is_not_found() -> None:
    with pytest.raises(NotFound, match="nearest: component:ssd"):
        worst_case(edge_ai.network(), "component:sssd")
