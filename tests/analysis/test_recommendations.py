"""Recommended partnerships: worked numbers, every offer tried, laws, limits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from graph_service.analysis.cuts import common_samples
from graph_service.analysis.partnerships.candidates import CandidateOffers
from graph_service.analysis.recommendations import Recommendations, recommend_partnerships
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Candidates, Exactness, InputKind
from graph_service.network.tables import NONE
from tests.analysis import edge_ai
from tests.analysis.brute_alliances import NEW, additions, points, reliability
from tests.analysis.brute_risk import RiskBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_networks import RandomNetwork
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import ComponentRow, OfferRow, Rows, needs

SEEDS = range(30)
BOX, PART = "component:box", "component:part"


def test_the_server_gains_most_from_suppliers_that_it_cannot_do_without_anyway() -> None:
    answer = recommend_partnerships(edge_ai.network(), "nation:fra", SERVER)
    assert [(one.rank, one.component, one.supplier) for one in answer.recommendations] == [
        (1, "component:adv-pack", "company:designn"),
        (2, "component:euv", "company:designn"),
        (3, "component:gpu", "company:lithox"),
    ]
    first = answer.recommendations[0]
    assert first.reliability_gain == pytest.approx(0.70027449129 / 9)
    assert first.cumulative_reliability == pytest.approx(0.70027449129 * 10 / 9)
    assert first.single_points_removed == ("company:packa", "nation:twn")
    assert first.parties == ("nation:fra", "nation:deu")
    assert answer.meta.exactness is Exactness.EXACT
    assert answer.guarantee.startswith("Exact, rank by rank")


def test_who_is_near_makes_something_of_the_category_where_such_things_are_made() -> None:
    rows = edge_ai.rows()
    named = {"component:adv-pack": "packaging", "component:substrate": "packaging"}
    apart = [replace(row, category=named.get(row.id, row.id)) for row in rows.components]
    network = replace(rows, components=apart).network()
    answer = recommend_partnerships(network, "nation:fra", SERVER, 1, candidates=Candidates.NEAR)
    (best,) = answer.recommendations
    assert (best.component, best.supplier, best.parties) == (
        "component:adv-pack",
        "company:subd",
        ("nation:fra", "nation:deu"),
    )
    assert "by a new company or one that makes something of the same category" in answer.guarantee


def test_a_new_company_is_recommended_where_nobody_else_is_near() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a", "nation:x")], memberships=[])
    named = replace(rows, headquarters={"company:b": "nation:y"})
    answer = recommend_partnerships(named.network(), "nation:y", BOX, 2, candidates=Candidates.NEAR)
    assert [(one.supplier, one.parties) for one in answer.recommendations] == [(None, ("nation:y", "nation:x"))] * 2
    assert [one.reliability_gain for one in answer.recommendations] == pytest.approx([0.09, 0.009])


def test_candidates_are_at_work_abroad() -> None:
    rows = Rows(
        components=[ComponentRow(BOX, category="box"), ComponentRow(PART, category="part")],
        offers=[
            OfferRow(BOX, "company:a", "nation:home"),
            OfferRow(PART, "company:a", "nation:x"),
            OfferRow(BOX, "company:b", "nation:home"),
            OfferRow(BOX, "company:c", "nation:home"),
        ],
        headquarters={"company:b": "nation:y", "company:c": "nation:home"},
    )
    network = rows.network()
    at_home, box = network.nation_by_id["nation:home"], network.node_by_id[BOX]
    near = CandidateOffers(network, at_home, Candidates.NEAR)
    assert [(one, near.nation(box, one)) for one in near.suppliers(box)] == [
        (network.company_by_id["company:a"], network.nation_by_id["nation:x"]),
        (network.company_by_id["company:b"], network.nation_by_id["nation:y"]),
        (NONE, network.nation_by_id["nation:x"]),
    ]
    anybody = CandidateOffers(network, at_home, Candidates.ANY)
    assert list(anybody.suppliers(box)) == [0, 1, 2, NONE]


def test_an_unknown_target_and_one_that_cannot_fail_get_none() -> None:
    rows = Rows(offers=[OfferRow(PART, "company:a", "nation:x")], requirements=[needs(BOX, PART)])
    assert recommend_partnerships(rows.network(), "nation:x", BOX).recommendations == ()
    sure = Rows(
        components=[ComponentRow(BOX, InputKind.ASSEMBLY)],
        offers=[OfferRow(PART, None, "nation:x"), OfferRow(PART, None, "nation:y")],
        requirements=[needs(BOX, PART)],
    )
    assert recommend_partnerships(sure.network(), "nation:x", BOX).recommendations == ()


def test_without_another_nation_there_is_no_partner() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a", "nation:x")])
    assert recommend_partnerships(rows.network(), "nation:x", BOX).recommendations == ()


def _cases() -> list[RandomNetwork | RandomRisk | Redundant]:
    return [(RandomNetwork, RandomRisk, Redundant)[seed % 3](seed) for seed in SEEDS]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: type(case).__name__)
def test_each_rank_is_the_best_of_all_offers_that_could_be_added(case: RandomNetwork | RandomRisk | Redundant) -> None:
    network, rows = case.network, case.rows
    home, *others = sorted([*network.nation_ids, "nation:zz"])
    rows = replace(rows, headquarters={**rows.headquarters, "company:elsewhere": "nation:zz"})
    answer = recommend_partnerships(rows.network(case.world), home, case.target, 2)
    companies = sorted({*network.company_ids, "company:elsewhere"})
    now = reliability(rows, case.world, case.target)
    for rank in range(2):
        gains = []
        if now is not None:
            for offer in additions(rows, case.world, case.target, others[0], companies):
                after = reliability(replace(rows, offers=[*rows.offers, offer]), case.world, case.target)
                assert after is not None
                gains.append((after - now, offer))
        greatest = max((gain for gain, _ in gains), default=Fraction(0))
        if greatest <= 0:
            assert len(answer.recommendations) == rank
            return
        best = next(offer for gain, offer in gains if gain == greatest)
        found = answer.recommendations[rank]
        supplier = None if best.company == NEW else best.company
        assert (found.component, found.supplier, found.parties) == (best.component, supplier, (home, others[0]))
        assert found.reliability_gain == pytest.approx(float(greatest), abs=1e-12)
        before = points(rows, case.world, case.target)
        rows = replace(rows, offers=[*rows.offers, replace(best, id=f"{best.id}-{rank}", company=_named(best, rank))])
        assert set(found.single_points_removed) == before - points(rows, case.world, case.target)
        assert now is not None
        now += greatest
        assert found.cumulative_reliability == pytest.approx(float(now))
    assert len(answer.recommendations) == 2


def _named(offer: OfferRow, rank: int) -> str | None:
    """Tell one new company from the next."""
    return f"{offer.company}-{rank}" if offer.company == NEW else offer.company


@pytest.mark.parametrize("seed", range(30))
def test_the_best_of_those_near_is_the_best_of_their_offers(seed: int) -> None:
    case = RandomNetwork(seed) if seed % 2 else RandomRisk(seed)
    home, other = [*sorted(case.network.nation_ids), "nation:zz"][:2]
    rows = replace(case.rows, headquarters=dict.fromkeys(case.network.company_ids, other))
    answer = recommend_partnerships(rows.network(case.world), home, case.target, 1, candidates=Candidates.NEAR)
    now = reliability(rows, case.world, case.target)
    gains = []
    for offer in additions(rows, case.world, case.target, other, sorted(case.network.company_ids)):
        if now is not None and (offer.company == NEW or offer.company in _near(case, offer.component)):
            after = reliability(replace(rows, offers=[*rows.offers, offer]), case.world, case.target)
            assert after is not None
            gains.append((after - now, offer))
    greatest = max((gain for gain, _ in gains), default=Fraction(0))
    if greatest <= 0:
        assert answer.recommendations == ()
        return
    best = next(offer for gain, offer in gains if gain == greatest)
    (found,) = answer.recommendations
    assert (found.component, found.supplier) == (best.component, None if best.company == NEW else best.company)
    assert found.reliability_gain == pytest.approx(float(greatest), abs=1e-12)


def _near(case: RandomNetwork | RandomRisk, component: str) -> set[str | None]:
    """Give who offers the component, a variant of it, of such a variant, or something of its category."""
    by_id = {row.id: row for row in case.rows.components}
    related = {component} | {row.id for row in by_id.values() if row.category == by_id[component].category}
    variants = {component}
    for _ in by_id:
        variants |= {row.id for row in by_id.values() if row.variant_of in variants}
    brute = RiskBrute(case.rows, case.world)
    return {offer.company for node in related | variants for offer in brute.offers_of(node)}


# laws


@pytest.mark.parametrize("seed", range(40))
def test_gains_are_above_nothing_and_add_up(seed: int) -> None:
    case = Redundant(seed)
    for candidates in Candidates:
        answer = recommend_partnerships(case.network, case.network.nation_ids[0], case.target, 5, candidates=candidates)
        totals = [one.cumulative_reliability for one in answer.recommendations]
        for one, before in zip(answer.recommendations[1:], totals, strict=False):
            assert one.reliability_gain > 0
            assert one.cumulative_reliability == pytest.approx(before + one.reliability_gain)


# limits


def _sampled(network: Rows) -> Recommendations:
    return recommend_partnerships(network.network(), "nation:fra", SERVER, 3, nodes_max=4)


def test_too_large_a_diagram_is_sampled_and_said() -> None:
    answer = _sampled(edge_ai.rows())
    exact = recommend_partnerships(edge_ai.network(), "nation:fra", SERVER, 3)
    assert [one.component for one in answer.recommendations] == [one.component for one in exact.recommendations]
    assert [one.reliability_gain for one in answer.recommendations] == pytest.approx(
        [one.reliability_gain for one in exact.recommendations], rel=0.05
    )
    assert answer.meta.exactness is Exactness.HEURISTIC
    assert f"estimated from {common_samples.SAMPLES:,} samples" in (answer.meta.partial_because or "")
    assert "a better one may exist" in answer.guarantee


@pytest.mark.parametrize("seed", range(20))
def test_sampled_gains_come_near_the_exact_ones(seed: int) -> None:
    case = Redundant(seed)
    home = case.network.nation_ids[0]
    exact = recommend_partnerships(case.network, home, case.target, 1)
    found = recommend_partnerships(case.network, home, case.target, 1, nodes_max=1)
    for one, other in zip(exact.recommendations, found.recommendations, strict=True):
        assert other.reliability_gain == pytest.approx(one.reliability_gain, rel=0.2)


def test_at_the_end_of_its_time_the_search_says_what_it_left_untried() -> None:
    answer = recommend_partnerships(edge_ai.network(), "nation:fra", "component:hbm", 1, seconds=0)
    assert len(answer.recommendations) == 1
    rows = Rows(
        offers=[
            *[OfferRow(BOX, f"company:{one}", "nation:x") for one in "ab"],
            *[OfferRow(PART, f"company:{one}", "nation:x") for one in "cd"],
        ],
        requirements=[needs(BOX, PART)],
        headquarters={"company:e": "nation:y"},
    )
    cut = recommend_partnerships(rows.network(), "nation:x", BOX, 1, seconds=0)
    assert cut.meta.partial_because == "the time of 0 s ended before 1 components were tried"


@pytest.mark.parametrize("budget", [0, 11])
def test_a_budget_out_of_bounds_is_refused(budget: int) -> None:
    with pytest.raises(BadInput, match=f"budget must be 1 to 10, got {budget}"):
        recommend_partnerships(edge_ai.network(), "nation:fra", SERVER, budget)


def test_home_must_be_a_nation_that_is_recorded() -> None:
    with pytest.raises(BadInput, match="home must be the id of a nation, got bloc:eu"):
        recommend_partnerships(edge_ai.network(), "bloc:eu", SERVER)
    with pytest.raises(NotFound, match="nation:fr is not recorded; nearest: nation:fra"):
        recommend_partnerships(edge_ai.network(), "nation:fr", SERVER)
