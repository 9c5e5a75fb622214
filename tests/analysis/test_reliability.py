"""Reliability: worked numbers, every way to fail tried, variants of a network, what is too large to be exact."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from graph_service.analysis.cuts import diagram
from graph_service.analysis.reliability import AddedOffer, Reliabilities, reliability
from graph_service.errors import BadInput
from graph_service.model.kinds import InputKind, Level
from tests.analysis import edge_ai
from tests.analysis.brute_reliability import ReliabilityBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import WORLD, ComponentRow, OfferRow, Rows, needs

if TYPE_CHECKING:
    from graph_service.network.network import SupplyNetwork

BOX, PART = "component:box", "component:part"
TENTH = Fraction(1, 10)


def number(network: SupplyNetwork, node: str) -> int:
    return network.node_by_id[node]


def test_a_server_works_with_seven_tenths() -> None:
    network = edge_ai.network()
    assert reliability(network, number(network, SERVER)).value == pytest.approx(0.70027449129, abs=1e-13)


def test_a_company_behind_several_inputs_is_one_event() -> None:
    rows = Rows(
        offers=[OfferRow("component:x", "company:a"), OfferRow("component:y", "company:a")],
        requirements=[needs(BOX, "component:x"), needs(BOX, "component:y")],
    )
    network = rows.network()
    assert reliability(network, number(network, "component:x")).value == 0.9
    box = replace(rows, components=[ComponentRow(BOX, InputKind.ASSEMBLY)]).network()
    assert reliability(box, number(box, BOX)).value == 0.9


def test_an_unknown_target_has_none_until_somebody_offers_it() -> None:
    network = Rows(requirements=[needs(BOX, PART)]).network()
    box = number(network, BOX)
    assert reliability(network, box).value is None
    assert reliability(network, box, added=[AddedOffer(box, "company:new")]).value == 0.9


def test_a_component_that_loses_its_last_offer_is_unknown_and_works() -> None:
    rows = Rows(
        components=[ComponentRow(BOX, InputKind.ASSEMBLY)],
        offers=[OfferRow(PART, "company:a")],
        requirements=[needs(BOX, PART)],
    )
    network = rows.network()
    assert reliability(network, number(network, BOX), removed=[0]).value == 1.0


def test_elements_that_hardly_ever_fail_leave_a_failure_that_is_not_rounded_away() -> None:
    network = edge_ai.network()
    found = reliability(network, number(network, SERVER), probability=1e-12, each=True)
    assert found.failure == pytest.approx(3e-12)
    hbm = reliability(network, number(network, "component:hbm"), probability=1e-12, each=True)
    assert hbm.failure == pytest.approx(1e-24)
    assert hbm.if_works == {"company:mema": 0, "company:memb": 0}


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(100))
def test_it_is_what_all_ways_to_fail_sum_to(seed: int, probability: float) -> None:
    for case in (RandomRisk(seed), Redundant(seed)):
        level = list(Level)[seed % len(Level)]
        network = case.network
        found = reliability(network, number(network, case.target), level, probability, each=True)
        brute = ReliabilityBrute(case.rows, case.world, case.target, level)
        if brute.is_unknown(case.target):
            assert found.value is None
            continue
        exact = Fraction(str(probability))
        assert found.standard_error is None
        assert found.value == pytest.approx(float(1 - brute.failure(exact)), abs=1e-12)
        assert found.failure == pytest.approx(float(brute.failure(exact)), abs=1e-12)
        assert found.if_works is not None
        assert found.if_fails is not None
        assert sorted(found.if_works) == sorted(found.if_fails) == list(brute.names)
        for name in brute.names:
            if_works, if_fails = (brute.failure(exact, {name: fails}) for fails in (False, True))
            assert found.if_works[name] == pytest.approx(float(if_works), abs=1e-12)
            assert found.if_fails[name] == pytest.approx(float(if_fails), abs=1e-12)
            assert (found.if_works[name] == 0) == (if_works == 0)


@pytest.mark.parametrize("seed", range(100))
def test_a_variant_is_the_network_of_the_changed_facts(seed: int) -> None:
    choose = random.Random(seed)
    case = RandomRisk(seed)
    network, rows = case.network, case.rows
    level = list(Level)[seed % len(Level)]
    gone = choose.sample(range(len(network.offers.id)), min(2, len(network.offers.id)))
    names = {network.offers.id[offer] for offer in gone}
    fresh = [
        OfferRow(
            choose.choice([row.id for row in rows.components]),
            choose.choice([*network.company_ids, "company:new", None]),
            choose.choice([*network.nation_ids, "nation:new"]),
            id=f"offer:new{place}",
        )
        for place in range(choose.randint(0, 2))
    ]
    changed = replace(rows, offers=[*[row for row in rows.offers if row.name not in names], *fresh])
    added = [AddedOffer(number(network, row.component), row.company, row.nation) for row in fresh]
    of_target = Reliabilities(network, number(network, case.target), level)
    before = of_target.of()
    found = of_target.of(added=added, removed=gone, each=True)
    brute = ReliabilityBrute(changed, case.world, case.target, level)
    if brute.is_unknown(case.target):
        assert found.value is None
    else:
        assert found.value == pytest.approx(float(1 - brute.failure(TENTH)), abs=1e-12)
        assert set(brute.names) <= set(found.if_works or ())
    assert of_target.of() == before


@pytest.mark.parametrize("seed", range(60))
def test_another_offer_never_makes_a_known_target_less_reliable(seed: int) -> None:
    case = Redundant(seed)
    network = case.network
    of_target = Reliabilities(network, number(network, case.target))
    least = of_target.of().value
    assert least is not None
    assert 0 <= least <= 1
    for node in range(network.nodes.component_count):
        value = of_target.of(added=[AddedOffer(node, "company:new")]).value
        assert value is not None
        assert least - 1e-12 <= value <= 1


@pytest.mark.parametrize("seed", range(30))
def test_beyond_the_exact_method_samples_come_close_and_repeat(seed: int) -> None:
    case = Redundant(seed)
    network = case.network
    of_target = Reliabilities(network, number(network, case.target), probability=0.4)
    exact = of_target.of(each=True)
    found = of_target.of(each=True, nodes_max=2)
    assert exact.value is not None
    assert found.value is not None
    if found.estimated_because is None:
        assert found == exact
        return
    assert "a diagram of more than 2 nodes; estimated from 131,072 samples" in found.estimated_because
    assert found.standard_error is not None
    assert 0 < found.standard_error < 0.0015
    assert abs(found.value - exact.value) < 5 * found.standard_error
    for name, likely in (found.if_fails or {}).items():
        assert likely == pytest.approx((exact.if_fails or {})[name], abs=0.02)
    assert of_target.of(each=True, nodes_max=2) == found


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_a_diagram_that_remembers_hardly_any_result_is_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Redundant(seed)
    found = reliability(case.network, number(case.network, case.target), each=True)
    monkeypatch.setattr(diagram, "RESULTS_MAX", 1)
    assert reliability(case.network, number(case.network, case.target), each=True) == found
    assert found.standard_error is None


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_a_probability_out_of_bounds_is_refused(probability: float) -> None:
    network = edge_ai.network(WORLD)
    with pytest.raises(BadInput, match="failureProbability must be 0 to 1, got"):
        reliability(network, 0, probability=probability)
