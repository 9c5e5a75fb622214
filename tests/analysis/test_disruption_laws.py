"""Disruption on random networks: against brute force, and by laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from graph_service.analysis.disrupted.stops import Stop
from graph_service.analysis.disruption import simulate_disruption
from graph_service.model.kinds import ImpactStatus, Reallocation
from graph_service.network import requirement_table
from graph_service.network.network import SupplyNetwork
from tests.analysis.brute_risk import BOUNDS, ESTIMATE, LOWER, UPPER, RiskBrute
from tests.analysis.random_risks import RandomRisk
from tests.networks import Alternative, OfferRow

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEDS = range(300)
EXACTLY = pytest.approx


# brute force


@pytest.mark.parametrize("seed", SEEDS)
def test_every_loss_and_status_is_that_of_the_definition(seed: int) -> None:
    case = RandomRisk(seed)
    brute = RiskBrute(case.rows, case.world)
    offers, components = brute.parts(case.stops)
    failed = brute.fallen(offers, components)
    for reallocation in Reallocation:
        answer = simulate_disruption(case.network, case.stops, brute.present, reallocation)
        losses = {bound: brute.losses(bound, offers, components, reallocation) for bound in BOUNDS}
        for node, impact in zip(brute.present, answer.targets, strict=True):
            assert impact.status is brute.status(node, failed, losses), node
            expected = [float(losses[bound][node]) for bound in (LOWER, UPPER, ESTIMATE)]
            lost = (impact.lost_fraction_lower, impact.lost_fraction_upper, impact.lost_fraction_estimate)
            assert lost == EXACTLY(expected, abs=1e-9), node
        statuses = [impact.status for impact in answer.targets]
        assert answer.failed_count == statuses.count(ImpactStatus.FAILED)
        assert answer.degraded_count == statuses.count(ImpactStatus.DEGRADED)
        assert answer.at_risk_count == statuses.count(ImpactStatus.AT_RISK)
        assert answer.unknown_count == statuses.count(ImpactStatus.UNKNOWN)
        impacted = [node for node in brute.present if node in failed or losses[UPPER][node] > 0]
        order = sorted(impacted, key=lambda node: (-losses[ESTIMATE][node], node))
        assert [impact.entity for impact in answer.impacted] == order


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cause_leads_from_what_stops_along_requirements_that_lose(seed: int) -> None:
    case = RandomRisk(seed)
    brute = RiskBrute(case.rows, case.world)
    answer = simulate_disruption(case.network, case.stops, brute.present)
    impact_of = {impact.entity: impact for impact in answer.targets}
    stopped = {stop.entity for stop in case.stops}
    for offer in [brute.offers[name] for name in stopped if name in brute.offers]:
        stopped.add(offer.company or offer.nation or offer.component)
    for impact in answer.targets:
        hit = impact.status is ImpactStatus.FAILED or impact.lost_fraction_upper > 0
        assert bool(impact.cause) == hit
        if not hit:
            continue
        assert impact.cause[0] in stopped
        assert impact.cause[-1] == impact.entity
        chain = impact.cause if impact.cause[0] in brute.kind else impact.cause[1:]
        assert all(below in brute.inputs_of(above) for below, above in pairwise(chain))
        for node in chain:
            assert impact_of[node].lost_fraction_upper > 0
            assert impact.status is not ImpactStatus.FAILED or impact_of[node].status is ImpactStatus.FAILED


@pytest.mark.parametrize("seed", range(60))
def test_losses_are_the_same_however_requirements_are_laid_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = RandomRisk(seed)
    before = simulate_disruption(case.network, case.stops, reallocation=Reallocation.PRO_RATA)
    monkeypatch.setattr(requirement_table, "TURNS_MAX", 0)
    again = simulate_disruption(case.rows.network(case.world), case.stops, reallocation=Reallocation.PRO_RATA)
    assert again.impacted == before.impacted


# laws


def estimates(over: SupplyNetwork, stops: Sequence[Stop], reallocation: Reallocation) -> dict[str, float]:
    return {
        one.entity: one.lost_fraction_estimate for one in simulate_disruption(over, stops, (), reallocation).impacted
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_two_stops_cost_at_least_what_each_does_and_perfect_reallocation_never_more_than_pro_rata(seed: int) -> None:
    case = RandomRisk(seed)
    perfect = estimates(case.network, case.stops, Reallocation.PERFECT)
    pro_rata = estimates(case.network, case.stops, Reallocation.PRO_RATA)
    assert all(pro_rata[node] >= loss - 1e-9 for node, loss in perfect.items())
    for stop in case.stops:
        alone = estimates(case.network, [stop], Reallocation.PERFECT)
        assert all(perfect[node] >= loss - 1e-9 for node, loss in alone.items())


@pytest.mark.parametrize("seed", range(100))
def test_an_offer_that_survives_and_an_alternative_no_better_than_the_kth_best_never_cost_output(seed: int) -> None:
    case = RandomRisk(seed)
    before = estimates(case.network, case.stops, Reallocation.PERFECT)
    node = case.choose.choice([row.id for row in case.rows.components])
    # an offer of unknown share spreads what is unrecorded more thinly, and changes no basis
    has_unknown = any(row.component == node and row.share is None for row in case.rows.offers)
    added = OfferRow(node, "company:new", "nation:new")
    if has_unknown:
        after = replace(case.rows, offers=[*case.rows.offers, added]).network(case.world)
        assert all(
            before.get(name, 0) >= loss - 1e-9
            for name, loss in estimates(after, case.stops, Reallocation.PERFECT).items()
        )
    place = case.choose.randrange(len(case.rows.requirements))
    row = case.rows.requirements[place]
    kth = sorted([one.efficiency for one in row.alternatives], reverse=True)[row.k - 1]
    wider = replace(row, alternatives=(*row.alternatives, Alternative("component:spare", kth)))
    requirements = [*case.rows.requirements[:place], wider, *case.rows.requirements[place + 1 :]]
    spare = OfferRow("component:spare", "company:new", "nation:new")
    after = replace(case.rows, requirements=requirements, offers=[*case.rows.offers, spare]).network(case.world)
    assert all(
        before.get(name, 0) >= loss - 1e-9 for name, loss in estimates(after, case.stops, Reallocation.PERFECT).items()
    )


@pytest.mark.parametrize("seed", range(100))
def test_order_of_stops_changes_nothing(seed: int) -> None:
    case = RandomRisk(seed)
    one, other = (simulate_disruption(case.network, stops) for stops in (case.stops, case.stops[::-1]))
    assert one.impacted == other.impacted
