"""Disruption: losses, statuses and causes, in worked numbers and rule by rule; the laws have a file of their own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from graph_service.analysis.disrupted.stops import STOPS_MAX, Stop
from graph_service.analysis.disruption import IMPACTED_MAX, Impact, simulate_disruption
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.kinds import Exactness, ImpactStatus, InputKind, Reallocation, Suppliers
from tests.analysis.edge_ai import SERVER, network
from tests.networks import (
    WORLD,
    Alternative,
    ComponentRow,
    DeploymentRow,
    Fact,
    MembershipRow,
    OfferRow,
    OwnershipRow,
    RequirementRow,
    Rows,
    needs,
)

PARTS = "component:part"


def on(target: str, *stops: str, reallocation: Reallocation = Reallocation.PERFECT) -> Impact:
    (impact,) = simulate_disruption(network(), [Stop(one) for one in stops], [target], reallocation).targets
    return impact


def bounds(impact: Impact) -> tuple[float, float, float]:
    return impact.lost_fraction_lower, impact.lost_fraction_upper, impact.lost_fraction_estimate


# worked numbers


def test_the_server_loses_half_if_japan_stops_and_does_not_fail() -> None:
    impact = on(SERVER, "nation:jpn")
    assert (impact.status, bounds(impact)) == (ImpactStatus.DEGRADED, (0.5, 0.5, 0.5))
    assert impact.cause == ("nation:jpn", "component:substrate", "component:adv-pack", "component:gpu", SERVER)


def test_korea_costs_the_server_four_fifths_by_its_memory() -> None:
    impact = on(SERVER, "nation:kor")
    assert bounds(impact) == (0.8, 0.8, 0.8)
    assert impact.cause == ("nation:kor", "component:hbm", "component:gpu", SERVER)


def test_losses_multiply_pro_rata_and_overlap_where_reallocation_is_perfect() -> None:
    perfect = on(SERVER, "nation:fra", "nation:jpn")
    pro_rata = on(SERVER, "nation:fra", "nation:jpn", reallocation=Reallocation.PRO_RATA)
    assert (perfect.lost_fraction_estimate, pro_rata.lost_fraction_estimate) == (0.5, 0.7)


def test_the_server_fails_with_taiwan_for_want_of_packaging() -> None:
    impact = on(SERVER, "nation:twn")
    assert (impact.status, bounds(impact)) == (ImpactStatus.FAILED, (1, 1, 1))
    assert impact.cause == ("nation:twn", "component:adv-pack", "component:gpu", SERVER)


def test_all_that_loses_is_listed_greatest_estimate_first_then_by_id_and_counted() -> None:
    answer = simulate_disruption(network(deployment=True), [Stop("nation:kor")])
    assert [(one.entity, one.lost_fraction_estimate) for one in answer.impacted] == [
        (SERVER, 0.8),
        ("component:gpu", 0.8),
        ("component:hbm", 0.8),
        ("deployment:edge", 0.8),
        ("component:ssd", 0.5),
        ("component:wafer", 0.3),
    ]
    assert (answer.failed_count, answer.degraded_count, answer.at_risk_count, answer.unknown_count) == (0, 6, 0, 0)
    assert answer.targets == ()


# single rules


def test_a_second_supplier_keeps_the_component_running() -> None:
    assert on("component:hbm", "company:mema").status is ImpactStatus.DEGRADED


def test_an_offer_is_told_as_its_company_and_without_one_as_its_nation() -> None:
    rows = Rows(
        offers=[OfferRow(PARTS, "company:a", "nation:x"), OfferRow("component:ore", None, "nation:x", "offer:o")]
    )
    answer = simulate_disruption(rows.network(), [Stop("offer:a.part.x"), Stop("offer:o")], [PARTS, "component:ore"])
    assert [one.cause for one in answer.targets] == [("company:a", PARTS), ("nation:x", "component:ore")]


def test_unrecorded_shares_put_at_risk() -> None:
    rows = Rows(offers=[OfferRow(PARTS, "company:a"), OfferRow(PARTS, "company:b")])
    (impact,) = simulate_disruption(rows.network(), [Stop("company:a")], [PARTS]).targets
    assert (impact.status, bounds(impact)) == (ImpactStatus.AT_RISK, (0, 1, 0.5))


def test_stock_bridges_a_short_stop_in_part_and_a_shorter_one_wholly() -> None:
    rows = Rows(offers=[OfferRow(PARTS, "company:a", "nation:x", inventory=2)])
    answers = [
        simulate_disruption(rows.network(), [Stop("nation:x", duration_weeks=weeks)], [PARTS])
        for weeks in (8.0, 2.0, None)
    ]
    assert [answer.targets[0].lost_fraction_estimate for answer in answers] == [0.75, 0, 1]
    statuses = [ImpactStatus.DEGRADED, ImpactStatus.AVAILABLE, ImpactStatus.FAILED]
    assert [answer.targets[0].status for answer in answers] == statuses
    assert [answer.meta.exactness for answer in answers] == [Exactness.BOUNDED, Exactness.BOUNDED, Exactness.EXACT]


def test_of_two_stops_of_one_offer_the_greater_counts() -> None:
    rows = Rows(offers=[OfferRow(PARTS, "company:a", "nation:x")])
    stops = [Stop("nation:x", loss_pct=30), Stop("company:a", loss_pct=60)]
    (impact,) = simulate_disruption(rows.network(), stops, [PARTS]).targets
    assert (impact.lost_fraction_estimate, impact.cause) == (0.6, ("company:a", PARTS))


def test_a_whole_group_is_a_company_and_all_below_it_but_nobody_above() -> None:
    rows = Rows(
        offers=[OfferRow(f"component:{name}", f"company:{name}") for name in ("top", "middle", "below", "minor")],
        ownerships=[
            OwnershipRow("company:middle", "company:top", 60),
            OwnershipRow("company:below", "company:middle"),
            OwnershipRow("company:minor", "company:middle", 50),
        ],
    )
    answer = simulate_disruption(rows.network(), [Stop("company:middle", whole_group=True)])
    assert [one.entity for one in answer.impacted] == ["component:below", "component:middle"]
    assert answer.impacted[0].cause == ("company:middle", "component:below")


def test_a_bloc_stops_with_all_its_members() -> None:
    rows = Rows(
        offers=[OfferRow(PARTS, "company:a", "nation:x"), OfferRow(PARTS, "company:b", "nation:y")],
        memberships=[MembershipRow("nation:x", "bloc:z"), MembershipRow("nation:y", "bloc:z")],
    )
    (impact,) = simulate_disruption(rows.network(), [Stop("bloc:z")], [PARTS]).targets
    assert (impact.status, impact.cause) == (ImpactStatus.FAILED, ("bloc:z", PARTS))


@pytest.mark.parametrize("suppliers", Suppliers)
@pytest.mark.parametrize("kind", [InputKind.ASSEMBLY, InputKind.CONSUMABLE])
def test_a_component_that_is_named_fails_whatever_its_kind_offers_or_list(
    kind: InputKind, suppliers: Suppliers
) -> None:
    rows = Rows(components=[ComponentRow(PARTS, kind)], requirements=[needs("component:box", PARTS)])
    answer = simulate_disruption(rows.network(replace(WORLD, suppliers=suppliers)), [Stop(PARTS)], ["component:box"])
    assert (answer.targets[0].status, answer.targets[0].cause) == (ImpactStatus.FAILED, (PARTS, "component:box"))


def test_the_own_supply_of_an_assembly_never_fails() -> None:
    rows = Rows(components=[ComponentRow(PARTS, InputKind.ASSEMBLY)], offers=[OfferRow(PARTS, "company:a")])
    assert simulate_disruption(rows.network(), [Stop("company:a")]).impacted == ()


def test_an_open_list_loses_nothing_and_a_complete_one_does() -> None:
    rows = Rows(
        components=[ComponentRow(PARTS, complete=True)],
        offers=[OfferRow(PARTS, "company:a"), OfferRow("component:ore", "company:a")],
    )
    answer = simulate_disruption(rows.network(replace(WORLD, suppliers=Suppliers.OPEN)), [Stop("company:a")])
    assert [one.entity for one in answer.impacted] == [PARTS]


def test_an_unknown_component_is_counted_apart_and_listed_behind_its_targets() -> None:
    rows = Rows(offers=[OfferRow("component:box", "company:a")], requirements=[needs("component:box", PARTS)])
    answer = simulate_disruption(rows.network(), [], ["component:box", PARTS])
    assert [one.status for one in answer.targets] == [ImpactStatus.AVAILABLE, ImpactStatus.UNKNOWN]
    assert (answer.unknown_count, answer.meta.unknown_inputs) == (1, (PARTS,))


def test_a_less_efficient_alternative_takes_over_in_part() -> None:
    rows = Rows(
        offers=[OfferRow("component:good", "company:a"), OfferRow("component:poor", "company:b")],
        requirements=[RequirementRow(PARTS, (Alternative("component:good"), Alternative("component:poor", 0.25)))],
    )
    answer = simulate_disruption(rows.network(), [Stop("company:a")], [PARTS])
    assert bounds(answer.targets[0]) == (0.75, 0.75, 0.75)
    assert answer.targets[0].cause == ("company:a", "component:good", PARTS)


def test_a_cycle_does_not_fail_by_itself_but_passes_losses_on() -> None:
    rows = Rows(
        offers=[OfferRow("component:chip", "company:a", share=100), OfferRow("component:tool", "company:b", share=100)],
        requirements=[needs("component:chip", "component:tool"), needs("component:tool", "component:chip")],
    )
    stops = [Stop("company:a", loss_pct=40), Stop("company:b", loss_pct=50)]
    answers = [simulate_disruption(rows.network(), stops, (), reallocation) for reallocation in Reallocation]
    assert [[one.lost_fraction_estimate for one in answer.impacted] for answer in answers] == [[0.5, 0.5]] * 2
    exactness = dict(zip(Reallocation, [answer.meta.exactness for answer in answers], strict=True))
    assert exactness == {Reallocation.PERFECT: Exactness.EXACT, Reallocation.PRO_RATA: Exactness.BOUNDED}
    assert simulate_disruption(rows.network(), []).impacted == ()


def test_a_chain_of_ten_thousand_components_is_followed_to_its_end() -> None:
    names = [f"component:c{number:05}" for number in range(10_000)]
    rows = Rows(
        components=[ComponentRow(name, InputKind.ASSEMBLY) for name in names[:-1]],
        offers=[OfferRow(names[-1], "company:a")],
        requirements=[needs(above, below) for above, below in pairwise(names)],
    )
    answer = simulate_disruption(rows.network(), [Stop("company:a")], [names[0]], impacted_max=0)
    assert (answer.failed_count, len(answer.targets[0].cause)) == (10_000, 10_001)


def test_a_deployment_may_have_very_many_requirements() -> None:
    parts = [f"component:c{number:02}" for number in range(40)]
    rows = Rows(
        deployments=[DeploymentRow("deployment:d")],
        offers=[OfferRow(part, "company:a", share=number) for number, part in enumerate(parts)],
        requirements=[needs("deployment:d", part) for part in parts],
    )
    (impact,) = simulate_disruption(rows.network(), [Stop(parts[30], loss_pct=40)], ["deployment:d"]).targets
    assert (impact.lost_fraction_estimate, impact.cause) == (0.4, (parts[30], "deployment:d"))


# bad input


@pytest.mark.parametrize(
    ("stop", "words"),
    [
        (Stop("nation:twn", loss_pct=101), "lossPct must be 0 to 100, got 101 for nation:twn"),
        (Stop("nation:twn", loss_pct=-1), "lossPct must be 0 to 100, got -1 for nation:twn"),
        (Stop("nation:twn", loss_pct=float("nan")), "lossPct must be 0 to 100, got nan for nation:twn"),
        (Stop("nation:twn", duration_weeks=0), "durationWeeks must be above 0, got 0 for nation:twn"),
        (Stop("nation:twn", duration_weeks=-3), "durationWeeks must be above 0, got -3 for nation:twn"),
        (Stop("nation:twn", duration_weeks=float("inf")), "durationWeeks must be above 0"),
        (Stop("nation:twn", whole_group=True), "wholeGroup must go with a company, got nation:twn"),
        (Stop("deployment:edge"), "a failure must be of a nation, bloc, company, component or offer"),
        (Stop("Taiwan"), "an id must be kind:slug"),
    ],
)
def test_a_stop_that_breaks_a_rule_is_refused_by_name(stop: Stop, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        simulate_disruption(network(deployment=True), [stop])


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("nation:twm", "nation:twm is not recorded; nearest: nation:twn"),
        ("bloc:eu", "bloc:eu is not recorded"),
        ("company:desingn", "nearest: company:designn"),
        ("component:hmb", "nearest: component:hbm"),
        ("offer:mema.hbm.jpn", "is not recorded in this world; nearest: offer:mema.hbm.kor"),
    ],
)
def test_what_is_not_recorded_is_not_found_with_the_nearest_ids(entity: str, words: str) -> None:
    with pytest.raises(NotFound, match=words):
        simulate_disruption(network(), [Stop(entity)])


def test_ten_thousand_stops_in_one_call_are_refused() -> None:
    with pytest.raises(BadInput, match=f"failures must be at most {STOPS_MAX:,}, got 10,000"):
        simulate_disruption(network(), [Stop("nation:twn")] * 10_000)


def test_too_many_targets_in_one_call_are_refused() -> None:
    with pytest.raises(BadInput, match="targets must be at most 1,000, got 1,001"):
        simulate_disruption(network(), [], [SERVER] * 1_001)


def test_a_target_must_be_recorded_of_the_right_kind_and_of_the_world() -> None:
    with pytest.raises(BadInput, match="must be a component or a deployment, got nation:twn"):
        simulate_disruption(network(), [], ["nation:twn"])
    with pytest.raises(NotFound, match="nearest: component:gpu"):
        simulate_disruption(network(), [], ["component:gpus"])
    rows = Rows(deployments=[DeploymentRow("deployment:d", Fact(confidence=10))])
    with pytest.raises(NotInWorld, match="confidence 10"):
        simulate_disruption(rows.network(replace(WORLD, min_confidence=50)), [], ["deployment:d"])


def test_a_network_where_everything_is_unknown_loses_nothing() -> None:
    rows = Rows(requirements=[needs("component:box", PARTS)])
    answer = simulate_disruption(rows.network(), [], ["component:box"])
    assert (answer.impacted, answer.unknown_count) == ((), 2)


def test_an_empty_network_answers() -> None:
    answer = simulate_disruption(Rows().network(), [])
    assert (answer.impacted, answer.failed_count) == ((), 0)


def test_the_list_of_impacts_ends_at_its_limit_and_the_counts_do_not() -> None:
    rows = Rows(offers=[OfferRow(f"component:c{number:04}", "company:a") for number in range(IMPACTED_MAX + 5)])
    answer = simulate_disruption(rows.network(), [Stop("company:a")])
    assert (len(answer.impacted), answer.failed_count) == (IMPACTED_MAX, IMPACTED_MAX + 5)
