"""Partnership coverage: worked numbers, single rules, brute force, laws, limits."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from graph_service.analysis.cuts.hitting import HittingSets, OutOfSteps, Steps, bits_of
from graph_service.analysis.partnership_coverage import partnership_coverage
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Answer, Exactness, InputKind
from tests.analysis import edge_ai
from tests.analysis.brute_alliances import CoverageBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import ComponentRow, MembershipRow, OfferRow, Rows, needs

SEEDS = range(200)
BOX, PART, OTHER = "component:box", "component:part", "component:other"


def test_france_and_taiwan_cover_a_third_and_cannot_make_the_server() -> None:
    answer = partnership_coverage(edge_ai.network(), ["nation:fra"], ["nation:twn"], SERVER)
    assert answer.mean_coverage == pytest.approx(0.3375)
    assert (answer.feasible, answer.meta.exactness) == (Answer.NO, Exactness.EXACT)
    assert answer.minimal_partner_sets == (
        ("nation:deu", "nation:nld", "nation:usa"),
        ("nation:jpn", "nation:nld", "nation:usa"),
    )


def test_the_least_covered_comes_first_and_says_who_makes_the_rest() -> None:
    rows = partnership_coverage(edge_ai.network(), ["nation:fra"], ["nation:twn"], SERVER).rows
    assert [(row.component, row.covered_pct) for row in rows[-3:]] == [
        ("component:wafer", 70),
        ("component:adv-pack", 100),
        (SERVER, 100),
    ]
    assert [(share.group, share.share_pct) for share in rows[-1].by] == [("nation:twn", 60), ("nation:fra", 40)]


def test_coverage_is_not_feasibility() -> None:
    rows = Rows(
        offers=[
            OfferRow(BOX, "company:a", "nation:x", share=100),
            OfferRow(PART, "company:b", "nation:x", share=99),
            OfferRow(OTHER, "company:c", "nation:y", share=100),
        ],
        requirements=[needs(BOX, PART), needs(PART, OTHER)],
    )
    mostly = partnership_coverage(rows.network(), ["nation:x"], [], BOX)
    assert (mostly.mean_coverage > 0.6, mostly.feasible) == (True, Answer.NO)
    hardly = partnership_coverage(rows.network(), ["nation:y"], [], OTHER)
    assert (hardly.mean_coverage, hardly.feasible) == (1, Answer.YES)


def test_a_bloc_stands_for_its_members() -> None:
    rows = Rows(
        offers=[OfferRow(BOX, "company:a", "nation:x"), OfferRow(BOX, "company:b", "nation:y")],
        memberships=[MembershipRow("nation:x", "bloc:p"), MembershipRow("nation:y", "bloc:p")],
    )
    answer = partnership_coverage(rows.network(), ["bloc:p"], [], BOX)
    assert (answer.mean_coverage, answer.feasible) == (1, Answer.YES)


def test_where_shares_are_unknown_coverage_is_an_estimate() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a", "nation:x", share=40), OfferRow(BOX, "company:b", "nation:y")])
    answer = partnership_coverage(rows.network(), ["nation:y"], [], BOX)
    assert (answer.mean_coverage, answer.meta.exactness) == (pytest.approx(0.6), Exactness.HEURISTIC)


def test_what_nobody_offers_has_no_row_and_leaves_the_answer_unknown_without_partners() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a", "nation:x", share=100)], requirements=[needs(BOX, PART)])
    answer = partnership_coverage(rows.network(), ["nation:x"], [], BOX)
    assert [row.component for row in answer.rows] == [BOX]
    assert (answer.feasible, answer.minimal_partner_sets) == (Answer.UNKNOWN, ())
    assert answer.meta.unknown_inputs == (PART,)


def test_a_deployment_counts_what_it_needs_and_an_assembly_needs_no_partner() -> None:
    network = edge_ai.network(deployment=True)
    answer = partnership_coverage(network, ["nation:fra"], ["nation:twn"], "deployment:edge")
    assert answer.mean_coverage == pytest.approx(0.3375)
    assembled = Rows(components=[ComponentRow(BOX, InputKind.ASSEMBLY)], requirements=[needs(BOX, PART)])
    offered = Rows(assembled.components, offers=[OfferRow(PART, None, "nation:x")], requirements=assembled.requirements)
    assert partnership_coverage(offered.network(), [], [], BOX).minimal_partner_sets == (("nation:x",),)


def test_what_is_made_nowhere_no_partner_completes() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a"), OfferRow(PART, "company:a", "nation:x")])
    answer = partnership_coverage(rows.network(), ["nation:x"], [], BOX)
    assert (answer.feasible, answer.minimal_partner_sets) == (Answer.NO, ())


# brute force


@pytest.mark.parametrize("seed", SEEDS)
def test_coverage_and_partners_are_those_found_by_trying_all_sets_of_nations(seed: int) -> None:
    case = RandomRisk(seed) if seed % 2 else Redundant(seed)
    brute = CoverageBrute(case.rows, case.world)
    choose = random.Random(f"home {seed}")
    nations = sorted(case.network.nation_ids)
    home = choose.sample(nations, min(len(nations), choose.choice([0, 1, 1, 2])))
    partners = choose.sample(nations, min(len(nations), choose.choice([0, 0, 1])))
    answer = partnership_coverage(case.network, home, partners, case.target)
    inside = {*home, *partners}
    rows = brute.rows(case.target, inside)
    assert {row.component: row.covered_pct for row in answer.rows} == pytest.approx(
        {node: float(100 * part) for node, part in rows.items()}
    )
    for row in answer.rows:
        assert sum(share.share_pct for share in row.by) == pytest.approx(row.covered_pct)
        assert {share.group for share in row.by} <= inside
    assert answer.mean_coverage == pytest.approx(float(brute.mean(case.target, inside)))
    assert answer.feasible is brute.answer(case.target, inside)
    assert list(answer.minimal_partner_sets) == brute.partner_sets(case.target, inside)
    assert not answer.meta.is_partial


# laws


@pytest.mark.parametrize("seed", range(60))
def test_each_set_of_partners_completes_the_chain_and_none_of_it_can_be_left_out(seed: int) -> None:
    case = Redundant(seed)
    answer = partnership_coverage(case.network, [], [], case.target)
    assert answer.minimal_partner_sets
    for chosen in answer.minimal_partner_sets:
        assert partnership_coverage(case.network, [], chosen, case.target).feasible is not Answer.NO
        for out in chosen:
            left = [one for one in chosen if one != out]
            assert partnership_coverage(case.network, left, [], case.target).feasible is Answer.NO


@pytest.mark.parametrize("seed", range(60))
def test_the_least_hitting_sets_are_those_found_by_trying_all(seed: int) -> None:
    choose = random.Random(seed)
    wanted = [set(choose.sample(range(8), choose.randint(1, 4))) for _ in range(choose.randint(1, 6))]
    hitting = HittingSets(8, Steps(10**6))
    for one in wanted:
        hitting.add(bits_of(one))
    expected = [
        chosen
        for size in range(1, 9)
        for chosen in combinations(range(8), size)
        if all(one & set(chosen) for one in wanted)
    ]
    minimal = [one for one in expected if not any(set(other) < set(one) for other in expected)]
    for one in minimal:
        assert hitting.least() == bits_of(one)
        hitting.forbid(bits_of(one))
    assert hitting.least() is None


# limits


def test_at_the_end_of_its_steps_the_search_gives_a_set_that_suffices_and_says_so() -> None:
    case = Redundant(3)
    answer = partnership_coverage(case.network, [], [], case.target, steps_max=1)
    (chosen,) = answer.minimal_partner_sets
    assert partnership_coverage(case.network, chosen, [], case.target).feasible is not Answer.NO
    assert answer.meta.partial_because == "the search ended after 1 steps; smaller sets, and others, may exist"
    with pytest.raises(OutOfSteps):
        Steps(1).take(2)


def test_home_must_be_nations_or_blocs_that_are_recorded() -> None:
    with pytest.raises(BadInput, match="home must be ids of nations or blocs, got company:fabb"):
        partnership_coverage(edge_ai.network(), ["company:fabb"], [], SERVER)
    with pytest.raises(NotFound, match="nation:fr is not recorded; nearest: nation:fra"):
        partnership_coverage(edge_ai.network(), ["nation:fra"], ["nation:fr"], SERVER)
