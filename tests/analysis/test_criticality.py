"""Criticality: worked numbers, every way to fail tried, laws, limits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from graph_service.analysis.criticality import criticality
from graph_service.analysis.single_points import single_points_of_failure
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Exactness, Level
from tests.analysis import edge_ai
from tests.analysis.brute_reliability import ReliabilityBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import OfferRow, Rows, needs

BOX, PART = "component:box", "component:part"


def test_a_memory_maker_that_is_no_single_point_hurts_the_network_third_most() -> None:
    answer = criticality(edge_ai.network(), SERVER)
    first, second, third, *_ = answer.rows
    assert [first.entity, second.entity] == ["company:lithox", "company:packa"]
    assert (third.entity, third.systemic_risk, third.downstream_reach) == ("company:mema", pytest.approx(0.3625), 4)
    assert (answer.reliability, answer.standard_error) == (pytest.approx(0.70027449129), None)
    assert answer.meta.exactness is Exactness.EXACT


def test_each_maker_of_memory_accounts_for_the_sets_that_hold_it() -> None:
    (mema,) = [row for row in criticality(edge_ai.network(), SERVER).rows if row.entity == "company:mema"]
    failure = 0.29972550871
    assert mema.birnbaum == pytest.approx(0.3633868261 - 0.292652029)
    assert mema.fussell_vesely == pytest.approx((failure - 0.292652029) / failure)
    assert mema.risk_achievement_worth == pytest.approx(0.3633868261 / failure)
    assert mema.risk_reduction_worth == pytest.approx(failure / 0.292652029)


def test_an_unknown_target_has_no_importance_but_its_inputs_have_systemic_risk() -> None:
    rows = Rows(offers=[OfferRow(PART, "company:a")], requirements=[needs(BOX, PART)])
    answer = criticality(rows.network(), BOX)
    (row,) = answer.rows
    assert (answer.reliability, row.birnbaum, row.fussell_vesely) == (None, None, None)
    assert (row.risk_achievement_worth, row.risk_reduction_worth) == (None, None)
    assert (row.systemic_risk, row.downstream_reach) == (0.5, 2)
    assert answer.meta.unknown_inputs == (BOX,)


def test_where_everything_is_unknown_nothing_is_ranked() -> None:
    answer = criticality(Rows(requirements=[needs(BOX, PART)]).network(), BOX)
    assert (answer.reliability, answer.rows) == (None, ())


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(60))
def test_importances_and_systemic_risk_are_those_of_trying_all(seed: int, probability: float) -> None:
    for case in (RandomRisk(seed + 1000), Redundant(seed + 1000)):
        level = list(Level)[seed % len(Level)]
        answer = criticality(case.network, case.target, level, probability)
        brute = ReliabilityBrute(case.rows, case.world, case.target, level)
        assert sorted(row.entity for row in answer.rows) == list(brute.names)
        exact = Fraction(str(probability))
        failure = brute.failure(exact)
        for row in answer.rows:
            assert row.systemic_risk == pytest.approx(float(brute.systemic_risk(row.entity)), abs=1e-9)
            assert row.downstream_reach == brute.downstream_reach(row.entity)
            found = (row.birnbaum, row.fussell_vesely, row.risk_achievement_worth, row.risk_reduction_worth)
            if brute.is_unknown(case.target):
                assert found == (None, None, None, None)
                continue
            if_works, if_fails = (brute.failure(exact, {row.entity: fails}) for fails in (False, True))
            expected = [
                if_fails - if_works,
                (failure - if_works) / failure if failure else None,
                if_fails / failure if failure else None,
                failure / if_works if failure and if_works else None,
            ]
            assert list(found) == [None if one is None else pytest.approx(float(one), abs=1e-9) for one in expected]
        ranks = [(-round(row.systemic_risk, 12), row.entity) for row in answer.rows]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("seed", range(40))
def test_single_points_are_the_elements_without_which_the_target_fails_for_certain(seed: int) -> None:
    case = RandomRisk(seed)
    answer = criticality(case.network, case.target)
    if answer.reliability is None:
        return
    points = single_points_of_failure(case.network, case.target, [Level.COMPANY]).points
    certain = {
        row.entity
        for row in answer.rows
        if row.risk_achievement_worth is not None
        and row.risk_achievement_worth * (1 - answer.reliability) == pytest.approx(1)
    }
    assert {point.entity for point in points} == certain


def test_without_time_the_elements_that_matter_most_are_there_and_the_answer_says_so() -> None:
    names = [f"company:{number:04}" for number in range(1_200)]
    rows = Rows(
        offers=[
            *[OfferRow(f"component:x{number % 1000}", name) for number, name in enumerate(names)],
            OfferRow(BOX, "company:only"),
        ],
        requirements=[needs(BOX, *[f"component:x{number}" for number in range(1000)])],
    )
    answer = criticality(rows.network(), BOX, budget_seconds=0)
    assert len(answer.rows) < 1_201
    assert "company:only" in {row.entity for row in answer.rows}
    assert answer.meta.is_partial
    assert "the time of 0 s ended after" in (answer.meta.partial_because or "")
    assert answer.meta.exactness is Exactness.HEURISTIC
    assert answer.standard_error is not None


@pytest.mark.parametrize("probability", [-0.1, 1.5])
def test_a_probability_out_of_bounds_is_refused(probability: float) -> None:
    with pytest.raises(BadInput, match=f"failureProbability must be 0 to 1, got {probability}"):
        criticality(edge_ai.network(), SERVER, failure_probability=probability)


def test_a_target_that_is_no_component_or_deployment_is_refused() -> None:
    with pytest.raises(BadInput, match="must be a component or a deployment, got company:mema"):
        criticality(edge_ai.network(), "company:mema")
    with pytest.raises(NotFound, match="nearest: component:ssd"):
        criticality(edge_ai.network(), "component:sssd")
