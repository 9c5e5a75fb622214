"""Minimal cut sets: worked numbers, brute force, laws, limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_service.analysis.cut_sets import minimal_cut_sets
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.analysis.single_points import single_points_of_failure
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Answer, Exactness, Level, Suppliers
from tests.analysis import edge_ai
from tests.analysis.brute_risk import RiskBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import WORLD, MembershipRow, OfferRow, Rows, needs

SEEDS = range(250)
BOX, PARTS = "component:box", "component:part"

# worked numbers


def test_three_companies_alone_and_four_pairs_stop_the_server() -> None:
    answer = minimal_cut_sets(edge_ai.network(), SERVER)
    assert [one.elements for one in answer.sets] == [
        ("company:designn",),
        ("company:lithox",),
        ("company:packa",),
        ("company:faba", "company:fabb"),
        ("company:mema", "company:memb"),
        ("company:serverf", "company:servert"),
        ("company:subd", "company:subj"),
    ]
    assert (answer.count_by_order, answer.complete, answer.meta.exactness) == ((3, 4), True, Exactness.EXACT)


def test_higher_orders_are_counted_even_where_there_are_none() -> None:
    assert minimal_cut_sets(edge_ai.network(), SERVER, max_order=4).count_by_order == (3, 4, 0, 0)
    assert minimal_cut_sets(edge_ai.network(), SERVER, max_order=1).count_by_order == (3,)


def test_the_probability_is_that_of_all_elements_failing() -> None:
    answer = minimal_cut_sets(edge_ai.network(), SERVER, failure_probability=0.5)
    assert {one.order: one.probability for one in answer.sets} == {1: 0.5, 2: 0.25}


# single rules


def test_open_lists_leave_only_what_is_established_and_established_sets_come_first() -> None:
    offers = [
        OfferRow("component:ore", "company:a"),
        *[OfferRow(PARTS, f"company:{one}", share=50) for one in ("b", "c")],
    ]
    rows = Rows(offers=offers, requirements=[needs(BOX, "component:ore"), needs(BOX, PARTS)])
    recorded = minimal_cut_sets(rows.network(), BOX).sets
    assert [(one.elements, one.established) for one in recorded] == [
        (("company:b", "company:c"), True),
        (("company:a",), False),
    ]
    opened = minimal_cut_sets(rows.network(replace(WORLD, suppliers=Suppliers.OPEN)), BOX).sets
    assert [(one.elements, one.established) for one in opened] == [(("company:b", "company:c"), True)]


def test_an_offer_made_in_several_blocs_fails_with_each_of_them() -> None:
    rows = Rows(
        offers=[OfferRow(PARTS, "company:a", "nation:x"), OfferRow(PARTS, "company:b", "nation:y")],
        memberships=[
            MembershipRow("nation:x", "bloc:p"),
            MembershipRow("nation:x", "bloc:q"),
            MembershipRow("nation:y", "bloc:r"),
        ],
    )
    sets = minimal_cut_sets(rows.network(), PARTS, Level.BLOC).sets
    assert [one.elements for one in sets] == [("bloc:p", "bloc:r"), ("bloc:q", "bloc:r")]


def test_an_offer_without_a_company_keeps_its_component_running() -> None:
    rows = Rows(offers=[OfferRow(PARTS, "company:a"), OfferRow(PARTS, None, "nation:x", "offer:o")])
    assert minimal_cut_sets(rows.network(), PARTS, Level.COMPANY, max_order=4).sets == ()


# brute force


@pytest.mark.parametrize("seed", SEEDS)
def test_sets_of_every_level_are_those_of_trying_all(seed: int) -> None:
    case = RandomRisk(seed)
    brute = RiskBrute(case.rows, case.world)
    for level in Level:
        answer = minimal_cut_sets(case.network, case.target, level, max_order=4)
        expected = [
            (not established, len(one), tuple(sorted(one)))
            for established, one in brute.cut_sets(case.target, level, 4)
        ]
        assert [(not one.established, one.order, one.elements) for one in answer.sets] == sorted(expected), level
        assert answer.complete
        assert answer.count_by_order == tuple(sum(order == one for _, one, _ in expected) for order in (1, 2, 3, 4))


@pytest.mark.parametrize("seed", range(120))
@pytest.mark.parametrize("level", Level)
def test_sets_of_higher_orders_are_those_of_trying_all(seed: int, level: Level) -> None:
    case = Redundant(seed)
    brute = RiskBrute(case.rows, case.world)
    answer = minimal_cut_sets(case.network, case.target, level, max_order=4)
    expected = [(not stands, len(one), tuple(sorted(one))) for stands, one in brute.cut_sets(case.target, level, 4)]
    assert [(not one.established, one.order, one.elements) for one in answer.sets] == sorted(expected)
    assert answer.complete


# laws


@pytest.mark.parametrize("seed", range(150))
def test_sets_of_order_one_are_the_single_points(seed: int) -> None:
    case = RandomRisk(seed)
    for level in Level:
        sets = minimal_cut_sets(case.network, case.target, level, max_order=1).sets
        points = single_points_of_failure(case.network, case.target, [level]).points
        assert [(one.elements, one.established) for one in sets] == [((one.entity,), one.established) for one in points]


@pytest.mark.parametrize("seed", range(100))
def test_each_set_of_companies_meets_each_solution(seed: int) -> None:
    case = RandomRisk(seed)
    brute = RiskBrute(case.rows, case.world)
    if brute.feasible(case.target, Exclusions())[0] is Answer.UNKNOWN:
        return
    solutions = brute.solutions(case.target, Exclusions())
    for one in minimal_cut_sets(case.network, case.target, max_order=4).sets:
        for solution in solutions:
            assert {brute.offers[offer].company for offer in solution} & set(one.elements)


# limits and bad input


def test_a_limit_on_sets_cuts_the_answer_and_says_so() -> None:
    answer = minimal_cut_sets(edge_ai.network(), SERVER, sets_max=5)
    assert (answer.count_by_order, answer.complete, answer.meta.is_partial) == ((3, 2), False, True)
    assert (
        answer.meta.partial_because
        == "5 sets were found before all of order 2 were; the sets of lower orders are all there"
    )
    assert answer.meta.exactness is Exactness.BOUNDED


def test_a_limit_that_is_just_met_cuts_nothing() -> None:
    assert minimal_cut_sets(edge_ai.network(), SERVER, sets_max=7).complete


def test_the_end_of_the_time_cuts_the_answer_and_says_so() -> None:
    answer = minimal_cut_sets(edge_ai.network(), SERVER, budget_seconds=0)
    assert (answer.count_by_order, answer.complete) == ((3, 0), False)
    assert answer.meta.partial_because is not None
    assert answer.meta.partial_because.startswith("the time of 0 s ended before all of order 2 were")


@pytest.mark.parametrize("order", [0, 5, 9, -1])
def test_an_order_out_of_bounds_is_refused(order: int) -> None:
    with pytest.raises(BadInput, match=f"maxOrder must be 1 to 4, got {order}"):
        minimal_cut_sets(edge_ai.network(), SERVER, max_order=order)


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_a_probability_out_of_bounds_is_refused(probability: float) -> None:
    with pytest.raises(BadInput, match=f"failureProbability must be 0 to 1, got {probability:g}"):
        minimal_cut_sets(edge_ai.network(), SERVER, failure_probability=probability)


def test_an_unknown_target_is_not_found() -> None:
    with pytest.raises(NotFound, match="nearest: component:ai-server"):
        minimal_cut_sets(edge_ai.network(), "component:ai-sever")


def test_what_nothing_can_fail_has_no_sets() -> None:
    answer = minimal_cut_sets(Rows(requirements=[needs(BOX, PARTS)]).network(), BOX)
    assert (answer.sets, answer.count_by_order, answer.complete) == ((), (0, 0), True)
    assert answer.meta.unknown_inputs == (BOX, PARTS)
