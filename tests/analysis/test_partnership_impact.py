"""Partnership impact: worked numbers, single rules, two worlds written anew, limits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from statistics import fmean

import pytest

from graph_service.analysis.partnership_impact import partnership_impact
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.kinds import Exactness
from tests.analysis import edge_ai
from tests.analysis.brute_alliances import ImpactBrute, with_partnerships
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import WORLD, DeploymentRow, Fact, OfferRow, PartnershipRow, Rows, needs

SEEDS = range(120)
BOX, PART, RACK = "component:box", "component:part", "component:rack"
PACT = "partnership:pact"
PACKING = OfferRow("component:adv-pack", "company:packb", "nation:fra", share=0)


def edge_ai_with(*partnerships: PartnershipRow) -> Rows:
    """Give the made-up chain with a second, French, packer."""
    rows = edge_ai.rows(deployment=True)
    return replace(rows, offers=[*rows.offers, PACKING], partnerships=partnerships)


def test_a_second_packer_frees_the_server_of_one_company_and_one_nation() -> None:
    rows = edge_ai_with(PartnershipRow(PACT, (PACKING.name,), parties=("nation:fra", "nation:twn")))
    answer = partnership_impact(rows.network(), PACT)
    assert answer.single_points_removed == ("company:packa", "nation:twn")
    assert answer.cut_sets_removed == 2
    assert answer.reliability_delta == pytest.approx(0.070027449129)
    assert (answer.hhi_delta, answer.coverage_delta) == (0, 0)
    assert answer.affected_targets == ("deployment:edge",)
    assert answer.meta.exactness is Exactness.EXACT


def test_covering_alone_changes_nothing() -> None:
    rows = edge_ai_with(PartnershipRow(PACT, covers=("component:adv-pack",), parties=("nation:fra",)))
    answer = partnership_impact(rows.network(), PACT)
    assert (answer.single_points_removed, answer.cut_sets_removed, answer.affected_targets) == ((), 0, ())
    assert (answer.reliability_delta, answer.hhi_delta, answer.coverage_delta) == (0, 0, 0)


def test_what_another_partnership_enables_as_well_would_be_there_without_it() -> None:
    both = [PartnershipRow(name, (PACKING.name,), parties=("nation:fra",)) for name in (PACT, "partnership:other")]
    assert partnership_impact(edge_ai_with(*both).network(), PACT).affected_targets == ()
    ended = replace(both[1], fact=Fact(valid_to=date(2020, 1, 1)))
    assert partnership_impact(edge_ai_with(both[0], ended).network(), PACT).affected_targets == ("deployment:edge",)


def test_shares_move_concentration_and_coverage() -> None:
    rows = Rows(
        offers=[
            OfferRow(PART, "company:a", "nation:x", share=60),
            OfferRow(PART, "company:b", "nation:y", share=40),
            OfferRow(BOX, "company:c", "nation:x", share=100),
        ],
        requirements=[needs(BOX, PART)],
        partnerships=[PartnershipRow(PACT, ("offer:b.part.y",), parties=("company:b",))],
        headquarters={"company:b": "nation:y"},
    )
    answer = partnership_impact(rows.network(), PACT, [BOX])
    assert answer.hhi_delta == pytest.approx((60**2 + 40**2 - 60**2) / 2)
    assert answer.coverage_delta == pytest.approx(0.4 / 2)


def test_parties_without_a_nation_have_no_coverage() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a", "nation:x")])
    pact = PartnershipRow(PACT, ("offer:a.box.x",), parties=("company:b",))
    answer = partnership_impact(replace(rows, partnerships=[pact]).network(), PACT, [BOX])
    assert (answer.coverage_delta, answer.hhi_delta) == (None, None)


def test_a_target_that_nobody_else_offers_is_unknown_without_it() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a", "nation:x", share=100)], partnerships=[])
    pact = PartnershipRow(PACT, ("offer:a.box.x",), parties=("nation:x",))
    answer = partnership_impact(replace(rows, partnerships=[pact]).network(), PACT, [BOX])
    assert (answer.reliability_delta, answer.single_points_removed) == (None, ())
    assert answer.affected_targets == (BOX,)


def test_deltas_are_means_over_targets_and_points_are_united() -> None:
    rows = edge_ai_with(PartnershipRow(PACT, (PACKING.name,), parties=("nation:fra",)))
    network = rows.network()
    alone = partnership_impact(network, PACT, [SERVER])
    both = partnership_impact(network, PACT, [SERVER, "component:ssd"])
    assert both.reliability_delta == pytest.approx((alone.reliability_delta or 0) / 2)
    assert (both.single_points_removed, both.affected_targets) == (alone.single_points_removed, (SERVER,))
    twice = partnership_impact(network, PACT, [SERVER, SERVER])
    assert twice.reliability_delta == alone.reliability_delta


def test_needs_with_and_without_a_quantity_are_compared() -> None:
    rows = edge_ai_with(PartnershipRow(PACT, (PACKING.name,), parties=("nation:fra",)))
    second = replace(rows, requirements=[*rows.requirements, needs("deployment:edge", SERVER, quantity="2")])
    assert partnership_impact(second.network(), PACT).affected_targets == ("deployment:edge",)


def test_deployments_that_need_the_same_change_alike() -> None:
    rows = edge_ai_with(PartnershipRow(PACT, (PACKING.name,), parties=("nation:fra",)))
    second = replace(
        rows,
        deployments=[*rows.deployments, DeploymentRow("deployment:twin")],
        requirements=[*rows.requirements, needs("deployment:twin", SERVER)],
    )
    answer = partnership_impact(second.network(), PACT)
    assert answer.affected_targets == ("deployment:edge", "deployment:twin")
    assert answer.reliability_delta == partnership_impact(rows.network(), PACT).reliability_delta


def test_too_large_a_diagram_is_sampled_and_said() -> None:
    rows = edge_ai_with(PartnershipRow(PACT, (PACKING.name,), parties=("nation:fra",)))
    answer = partnership_impact(rows.network(), PACT, nodes_max=4)
    assert answer.reliability_delta == pytest.approx(0.070027449129, rel=0.05)
    assert answer.meta.exactness is Exactness.HEURISTIC
    assert "for deployment:edge from 8,192 samples" in (answer.meta.partial_because or "")


def rows_of_many_companies(*racks: str) -> Rows:
    """Give racks that need a box of 310 parts, each from two companies, one part through a partnership only."""
    parts = [f"component:part-{number}" for number in range(310)]
    second = OfferRow(parts[0], "company:b0", "nation:x")
    return Rows(
        offers=[
            second,
            *[OfferRow(part, f"company:a{number}", "nation:x") for number, part in enumerate(parts)],
            *[OfferRow(part, f"company:b{number}", "nation:y") for number, part in enumerate(parts) if number],
            *[OfferRow(BOX, f"company:c{number}", "nation:x") for number in range(2)],
            *[OfferRow(rack, "company:rack", "nation:x") for rack in racks],
        ],
        requirements=[*[needs(BOX, part) for part in parts], *[needs(rack, BOX) for rack in racks]],
        partnerships=[PartnershipRow(PACT, (second.name,), parties=("nation:fra",))],
    )


@pytest.mark.parametrize("targets", [[BOX], [RACK], [RACK, BOX]], ids=["one", "one above", "both"])
def test_behind_many_companies_reliability_is_sampled_of_all_targets_together(targets: list[str]) -> None:
    answer = partnership_impact(rows_of_many_companies(RACK).network(), PACT, targets)
    box = 0.99**310 * (0.99 - 0.9)
    expected = {BOX: box, RACK: box * 0.9}
    error = 0.1 * (0.99**310 / 8192) ** 0.5
    assert answer.reliability_delta == pytest.approx(fmean([expected[target] for target in targets]), abs=5 * error)
    assert answer.single_points_removed == ("company:a0",)
    assert answer.affected_targets == tuple(sorted(targets))
    assert answer.meta.exactness is Exactness.HEURISTIC
    assert f"for {targets[0]} from 8,192 samples" in (answer.meta.partial_because or "")


def test_targets_that_the_budget_does_not_reach_are_counted_and_left_out_of_the_mean() -> None:
    racks = [f"component:rack-{number}" for number in range(200)]
    network = rows_of_many_companies(*racks).network()
    answer, whole = partnership_impact(network, PACT, racks, budget_seconds=0), partnership_impact(network, PACT, racks)
    match = re.search(r"the mean over (\d+) of 200 targets: the time of 0 s ended", answer.meta.partial_because or "")
    assert match
    assert 0 < int(match[1]) < 200
    assert "ended" not in (whole.meta.partial_because or "")
    assert answer.reliability_delta == pytest.approx(whole.reliability_delta)
    assert answer.affected_targets == whole.affected_targets == tuple(sorted(racks))


@pytest.mark.parametrize("seed", range(60))
def test_targets_change_together_as_each_does_alone(seed: int) -> None:
    case = RandomRisk(seed, offers=10)
    network = with_partnerships(case.rows, seed).network(case.world)
    targets = [name for name, present in zip(network.nodes.id, network.present, strict=True) if present]
    for pact in network.partnerships.id:
        together = partnership_impact(network, pact, targets)
        alone = [partnership_impact(network, pact, [target]) for target in targets]
        assert set(together.single_points_removed) == {name for one in alone for name in one.single_points_removed}
        assert set(together.affected_targets) == {name for one in alone for name in one.affected_targets}
        counts = [one.cut_sets_removed for one in alone]
        assert max(counts) <= together.cut_sets_removed <= sum(counts)
        for figure in ("reliability_delta", "hhi_delta", "coverage_delta"):
            known = [delta for one in alone if (delta := getattr(one, figure)) is not None]
            assert getattr(together, figure) == (pytest.approx(fmean(known), abs=1e-12) if known else None)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_that_of_two_worlds_written_anew(seed: int) -> None:
    case = RandomRisk(seed, offers=10) if seed % 3 else Redundant(seed)
    rows = with_partnerships(case.rows, seed)
    network = rows.network(case.world)
    for pact in network.partnerships.id:
        answer = partnership_impact(network, pact, [case.target])
        brute = ImpactBrute(rows, case.world, pact)
        cuts = brute.cuts_removed(case.target)
        assert answer.cut_sets_removed == len(cuts)
        assert set(answer.single_points_removed) == {name for cut in cuts if len(cut) == 1 for name in cut}
        delta = brute.reliability_delta(case.target)
        assert answer.reliability_delta == (None if delta is None else pytest.approx(float(delta), abs=1e-12))
        hhi = brute.hhi_delta(case.target)
        assert answer.hhi_delta == (None if hhi is None else pytest.approx(hhi))
        home = {
            nation
            for party in next(row for row in rows.partnerships if row.id == pact).parties
            for nation in _nations(rows, case, party)
        }
        coverage = brute.coverage_delta(case.target, home)
        assert answer.coverage_delta == (pytest.approx(float(coverage), abs=1e-12) if home else None)


def _nations(rows: Rows, case: RandomRisk | Redundant, party: str) -> set[str]:
    """Give the nations of a party, as the world has them."""
    if party.startswith("nation:"):
        return {party}
    if party.startswith("company:"):
        return {rows.headquarters[party]} if party in rows.headquarters else set()
    members = ImpactBrute.memberships(rows, case.world)
    return {nation for nation, bloc in members if bloc == party}


def test_a_partnership_of_another_world_says_when_it_is_valid() -> None:
    pact = PartnershipRow(PACT, fact=Fact(valid_from=date(2030, 1, 1)))
    network = edge_ai_with(pact).network(WORLD)
    with pytest.raises(NotInWorld, match="partnership:pact is valid from 2030-01-01, with confidence 100; the world"):
        partnership_impact(network, PACT)
    with pytest.raises(NotFound, match="partnership:pakt is not recorded; nearest: partnership:pact"):
        partnership_impact(network, "partnership:pakt")
    with pytest.raises(BadInput, match="partnership must be the id of a partnership, got nation:fra"):
        partnership_impact(network, "nation:fra")


def test_targets_have_a_limit() -> None:
    rows = edge_ai_with(PartnershipRow(PACT))
    with pytest.raises(BadInput, match="targets must be at most 1,000, got 1,001"):
        partnership_impact(rows.network(), PACT, [SERVER] * 1001)
