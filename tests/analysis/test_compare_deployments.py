"""Comparing deployments: worked numbers, dominance and switch points by brute force, what is unknown, bad input."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from graph_service.analysis.compare_deployments import Tradeoff, Weights, _told_apart, compare_deployments
from graph_service.analysis.reliability import Reliability
from graph_service.analysis.tradeoff.options import DeploymentCost
from graph_service.analysis.tradeoff.ranking import Switch, dominators, scaled, score, switches
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import DeploymentMode
from graph_service.network.network import SupplyNetwork
from tests.networks import DeploymentRow, OfferRow, Rows, needs

OWN, CLOUD, BOTH = "deployment:own", "deployment:cloud", "deployment:both"
ALIKE = Weights(1, 1, 1, 1)


def network(**changes: Any) -> SupplyNetwork:
    """Three options that need one chip of two companies; the cloud also needs one company's service."""
    own = {"capex": "800000", "opex": "100000", "currency": "EUR", "tokens": 500.0} | changes
    return Rows(
        deployments=[
            DeploymentRow(OWN, **own),
            DeploymentRow(CLOUD, mode=DeploymentMode.CLOUD, price="60", currency="EUR", tokens=1000.0),
            DeploymentRow(
                BOTH, mode=DeploymentMode.HYBRID, capex="400000", opex="50000", price="30", currency="EUR", tokens=600.0
            ),
        ],
        offers=[
            OfferRow("component:chip", "company:a"),
            OfferRow("component:chip", "company:b"),
            OfferRow("component:service", "company:c"),
        ],
        requirements=[needs(name, "component:chip") for name in (OWN, CLOUD, BOTH)]
        + [needs(CLOUD, "component:service")],
    ).network()


def by_name(found: Tradeoff) -> dict[str, Any]:
    return {row.deployment: row for row in found.rows}


def test_three_years_of_an_own_cluster_cost_what_the_annuity_says() -> None:
    rows = by_name(compare_deployments(network(), [OWN, CLOUD, BOTH], ALIKE))
    assert rows[OWN].cost_npv == Decimal("1057709.70")
    annuity = sum(Fraction(100, 108) ** year for year in (1, 2, 3))
    assert abs(rows[CLOUD].cost_npv - Decimal(float(60 * 8760 * annuity))) < Decimal("0.01")
    assert abs(rows[BOTH].cost_npv - Decimal(float(400_000 + (50_000 + 30 * 8760) * annuity))) < Decimal("0.01")
    tokens = Decimal(500 * 31_536_000 * 3) / 10**6
    assert abs(rows[OWN].cost_per_million_tokens - Decimal("1057709.69872") / tokens) < Decimal("0.000001")


def test_at_the_break_even_utilisation_the_cloud_costs_the_same() -> None:
    rows = by_name(compare_deployments(network(), [OWN, CLOUD, BOTH], ALIKE))
    for name in (OWN, BOTH):
        even = rows[name].break_even_utilisation
        again = by_name(compare_deployments(network(), [OWN, CLOUD, BOTH], ALIKE, utilisation=even))
        assert abs(again[name].cost_npv - again[CLOUD].cost_npv) <= Decimal("0.02")
    assert rows[CLOUD].break_even_utilisation is None


def test_control_and_resilience_are_those_of_mode_and_supply() -> None:
    rows = by_name(compare_deployments(network(), [OWN, CLOUD, BOTH], ALIKE))
    assert [rows[name].control for name in (OWN, CLOUD, BOTH)] == [1, 0, 0.5]
    assert rows[OWN].resilience == pytest.approx(0.99)
    assert rows[CLOUD].resilience == pytest.approx(0.99 * 0.9)


def test_costs_of_the_call_override_recorded_ones() -> None:
    rows = by_name(compare_deployments(network(), [OWN, CLOUD], ALIKE, [DeploymentCost(OWN, capex=Decimal(0))]))
    assert rows[OWN].cost_npv == Decimal("257709.70")


def test_an_option_of_unknown_cost_has_no_rank_and_is_said() -> None:
    found = compare_deployments(network(capex=None), [OWN, CLOUD, BOTH], ALIKE)
    assert [row.deployment for row in found.rows][-1] == OWN
    row = by_name(found)[OWN]
    assert (row.cost_npv, row.weighted_score, row.pareto_optimal, row.dominated_by) == (None, None, False, ())
    assert f"{OWN} is not ranked: capex unknown" in found.meta.semantics


def test_mixed_currencies_are_unknown() -> None:
    found = compare_deployments(network(currency="USD"), [OWN, CLOUD, BOTH], ALIKE)
    assert {row.cost_npv for row in found.rows} == {None}
    assert "one currency unknown" in found.meta.semantics


def test_a_dominated_option_names_what_is_better_everywhere() -> None:
    better = [DeploymentCost(OWN, capex=Decimal(1), tokens_per_second=2000.0)]
    rows = by_name(compare_deployments(network(), [OWN, CLOUD, BOTH], ALIKE, better))
    assert rows[OWN].pareto_optimal
    assert rows[CLOUD].dominated_by == (OWN,)
    assert not rows[CLOUD].pareto_optimal


def test_first_rank_flips_at_the_switch_points() -> None:
    found = compare_deployments(network(), [OWN, CLOUD, BOTH], ALIKE)
    assert found.switch_points
    for point in found.switch_points:
        for nudge, best in ((-1e-6, point.from_), (1e-6, point.to)):
            weight = point.weight + nudge
            others = (1 - weight) / 3
            weights = Weights(
                **dict.fromkeys(("cost", "performance", "control", "resilience"), others) | {point.criterion: weight}
            )
            assert compare_deployments(network(), [OWN, CLOUD, BOTH], weights).rows[0].deployment == best


def random_values(choose: random.Random) -> dict[str, list[Fraction]]:
    return {f"o{place}": [Fraction(choose.randint(0, 5)) for _ in range(4)] for place in range(choose.randint(1, 6))}


@pytest.mark.parametrize("seed", range(200))
def test_switches_are_where_the_best_of_many_weights_changes(seed: int) -> None:
    choose = random.Random(seed)
    values = scaled(random_values(choose))
    parts = [Fraction(choose.randint(0, 4)) for _ in range(4)]
    weights = [part / sum(parts) for part in parts] if any(parts) else [Fraction(1, 4)] * 4
    found = switches(values, weights)
    for criterion in range(4):
        if weights[criterion] < 1:
            mine = [switch for switch in found if switch.criterion == criterion]
            assert_envelope(values, weights, criterion, mine)


def assert_envelope(values: Any, weights: list[Fraction], criterion: int, mine: list[Switch]) -> None:
    """Between two switches one option is best everywhere; at a switch another one takes over."""
    marks = [Fraction(0), *[switch.weight for switch in mine], Fraction(1)]
    assert marks == sorted(set(marks))
    best = [mine[0].before, *[switch.after for switch in mine]] if mine else None
    for place, (low, high) in enumerate(pairwise(marks)):
        for step in (1, 5, 9):
            weight = low + (high - low) * step / 10
            spread = [
                weight if one == criterion else share * (1 - weight) / (1 - weights[criterion])
                for one, share in enumerate(weights)
            ]
            scores = {name: score(row, spread) for name, row in values.items()}
            top = sorted([name for name, held in scores.items() if held == max(scores.values())])
            assert best is None or best[place] in top
            if best is None:
                assert set(top) & first_everywhere(values, weights, criterion)


def first_everywhere(values: Any, weights: list[Fraction], criterion: int) -> set[str]:
    """Name the options that are best, or as good as the best, at every one of many weights."""
    always = set(values)
    for step in range(1, 20):
        weight = Fraction(step, 20)
        spread = [
            weight if one == criterion else share * (1 - weight) / (1 - weights[criterion])
            for one, share in enumerate(weights)
        ]
        scores = {name: score(row, spread) for name, row in values.items()}
        always &= {name for name, held in scores.items() if held == max(scores.values())}
    return always


@pytest.mark.parametrize("seed", range(50))
def test_dominators_are_nowhere_worse_and_somewhere_better(seed: int) -> None:
    values = random_values(random.Random(seed))
    for name, others in dominators(values).items():
        expected = {
            other
            for other, theirs in values.items()
            if all(x >= y for x, y in zip(theirs, values[name], strict=True))
            and any(x > y for x, y in zip(theirs, values[name], strict=True))
        }
        assert set(others) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": Weights(0, 0, 0, 0)}, "weights must not all be 0"),
        ({"weights": Weights(-1, 1, 1, 1)}, "weight of cost must be 0 or more, got -1"),
        ({"weights": Weights(1, float("inf"), 1, 1)}, "weight of performance"),
        ({"horizon_years": 0}, "horizonYears must be 1 to 50, got 0"),
        ({"discount_rate": -0.1}, "discountRate must be 0 to 1, got -0.1"),
        ({"utilisation": 1.5}, "utilisation must be 0 to 1, got 1.5"),
        ({"deployments": []}, "deployments must be 1 to 50, got 0"),
        ({"deployments": [OWN, OWN]}, "name deployment:own twice"),
        ({"deployments": ["component:chip"]}, "must be ids of deployments, got component:chip"),
        ({"costs": [DeploymentCost("deployment:x")]}, "costs must be of a deployment that is compared"),
        ({"costs": [DeploymentCost(OWN), DeploymentCost(OWN)]}, "costs name deployment:own twice"),
        ({"costs": [DeploymentCost(OWN, capex=Decimal(-1))]}, "capex of deployment:own must be 0 to .*, got -1"),
        ({"costs": [DeploymentCost(OWN, opex_per_year=Decimal("1e30"))]}, "opexPerYear of deployment:own must be 0 to"),
        ({"costs": [DeploymentCost(OWN, capex=Decimal("NaN"))]}, "capex of deployment:own must be 0 to .*, got NaN"),
    ],
)
def test_what_breaks_a_rule_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        compare_deployments(network(), **({"deployments": [OWN], "weights": ALIKE} | arguments))


def test_an_unknown_deployment_is_not_found() -> None:
    with pytest.raises(NotFound, match=OWN):
        compare_deployments(network(), ["deployment:owl"], ALIKE)


def test_what_only_sampling_tells_apart_counts_as_alike() -> None:
    sampled = [Reliability(0.3, standard_error=0.001), Reliability(0.302, standard_error=0.001)]
    assert len(set(_told_apart(sampled))) == 1
    assert len(set(_told_apart([replace(one, standard_error=0.0001) for one in sampled]))) == 2
    assert len(set(_told_apart([replace(one, standard_error=None) for one in sampled]))) == 2


def test_no_use_at_all_makes_no_tokens() -> None:
    rows = by_name(compare_deployments(network(), [OWN], ALIKE, utilisation=0))
    assert rows[OWN].cost_per_million_tokens is None
