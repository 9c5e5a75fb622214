"""Single points of failure: worked numbers, brute force, laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from graph_service.analysis.single_points import single_points_of_failure
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.kinds import Capital, InputKind, Level, Suppliers
from graph_service.network.network import SupplyNetwork
from tests.analysis import edge_ai
from tests.analysis.brute_risk import RiskBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk
from tests.networks import (
    WORLD,
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

SEEDS = range(300)
BOX, PARTS = "component:box", "component:part"


def entities(network: SupplyNetwork, target: str, *levels: Level) -> list[str]:
    return [point.entity for point in single_points_of_failure(network, target, levels).points]


# worked numbers


def test_the_server_stands_on_three_companies_and_three_nations() -> None:
    points = single_points_of_failure(edge_ai.network(), SERVER).points
    assert [point.entity for point in points if point.level is Level.COMPANY] == [
        "company:designn",
        "company:lithox",
        "company:packa",
    ]
    assert [point.entity for point in points if point.level is Level.NATION] == [
        "nation:nld",
        "nation:twn",
        "nation:usa",
    ]
    assert all(point.established for point in points)


def test_memory_has_no_single_point() -> None:
    assert single_points_of_failure(edge_ai.network(), "component:hbm").points == ()


def test_the_chain_says_how_a_point_reaches_the_target() -> None:
    points = single_points_of_failure(edge_ai.network(deployment=True), "deployment:edge", [Level.COMPANY]).points
    why = {point.entity: point.why for point in points}
    assert why["company:lithox"] == (
        "company:lithox",
        "component:euv",
        "component:wafer",
        "component:gpu",
        SERVER,
        "deployment:edge",
    )


def test_a_component_is_told_once_in_its_own_chain() -> None:
    points = single_points_of_failure(edge_ai.network(), SERVER, [Level.COMPONENT]).points
    why = {point.entity: point.why for point in points}
    assert why["component:substrate"] == ("component:substrate", "component:adv-pack", "component:gpu", SERVER)
    assert SERVER not in why


# single rules


def test_a_lone_maker_is_established_only_where_the_list_is_complete() -> None:
    rows = Rows(
        offers=[OfferRow("component:scanner", "company:a", share=100), OfferRow("component:ore", "company:b")],
        requirements=[needs(BOX, "component:scanner"), needs(BOX, "component:ore")],
    )
    recorded = single_points_of_failure(rows.network(), BOX, [Level.COMPANY]).points
    assert [(point.entity, point.established) for point in recorded] == [("company:a", True), ("company:b", False)]
    opened = single_points_of_failure(rows.network(replace(WORLD, suppliers=Suppliers.OPEN)), BOX, [Level.COMPANY])
    assert [(point.entity, point.established) for point in opened.points] == [("company:a", True)]


def test_established_points_come_first_whatever_their_ids() -> None:
    rows = Rows(
        offers=[OfferRow("component:ore", "company:a"), OfferRow("component:scanner", "company:b", share=100)],
        requirements=[needs(BOX, "component:scanner"), needs(BOX, "component:ore")],
    )
    assert entities(rows.network(), BOX, Level.COMPANY) == ["company:b", "company:a"]


def test_two_of_three_alternatives_stand_one_failure_and_not_two_in_one_hand() -> None:
    offers = [
        OfferRow("component:x", "company:a"),
        OfferRow("component:y", "company:a"),
        OfferRow("component:z", "company:b"),
    ]
    for k, points in ((1, []), (2, ["company:a"]), (3, ["company:a", "company:b"])):
        rows = Rows(offers=offers, requirements=[needs(BOX, "component:x", "component:y", "component:z", k=k)])
        assert entities(rows.network(), BOX, Level.COMPANY) == points


def test_a_group_and_a_bloc_fail_as_one() -> None:
    rows = Rows(
        offers=[OfferRow(PARTS, "company:a", "nation:x"), OfferRow(PARTS, "company:b", "nation:y")],
        ownerships=[OwnershipRow("company:b", "company:a", 51)],
        memberships=[MembershipRow("nation:x", "bloc:z"), MembershipRow("nation:y", "bloc:z")],
    )
    assert entities(rows.network(), PARTS, *Level) == ["bloc:z", "company:a"]


def test_an_installed_machine_is_no_single_point() -> None:
    rows = Rows(
        components=[ComponentRow("component:tool", InputKind.CAPITAL)],
        offers=[OfferRow("component:tool", "company:a")],
        requirements=[needs(BOX, "component:tool")],
    )
    assert entities(rows.network(), BOX, Level.COMPANY) == ["company:a"]
    assert entities(rows.network(replace(WORLD, capital=Capital.INSTALLED)), BOX, Level.COMPANY) == []


def test_a_failure_that_goes_round_a_cycle_is_found_and_told_without_the_round() -> None:
    rows = Rows(
        offers=[OfferRow("component:ore", "company:a")],
        requirements=[
            needs("component:chip", "component:tool"),
            needs("component:tool", "component:chip"),
            needs("component:tool", "component:ore"),
        ],
    )
    (point,) = single_points_of_failure(rows.network(), "component:chip", [Level.COMPANY]).points
    assert point.why == ("company:a", "component:ore", "component:tool", "component:chip")


def test_unknown_inputs_work_and_are_named() -> None:
    rows = Rows(offers=[OfferRow(BOX, "company:a")], requirements=[needs(BOX, PARTS)])
    answer = single_points_of_failure(rows.network(), BOX, [Level.COMPANY])
    assert [point.entity for point in answer.points] == ["company:a"]
    assert answer.meta.unknown_inputs == (PARTS,)


def test_levels_without_facts_and_no_levels_give_no_points() -> None:
    assert entities(edge_ai.network(), SERVER, Level.BLOC) == []
    assert entities(edge_ai.network(), SERVER) == []


# brute force


@pytest.mark.parametrize("seed", SEEDS)
def test_points_of_every_level_are_those_of_trying_each_element(seed: int) -> None:
    case = RandomRisk(seed)
    brute = RiskBrute(case.rows, case.world)
    expected = [
        (not brute.fails(case.target, level, [entity], opened=True), entity, level)
        for level in Level
        for entity in brute.elements(level, case.target)
        if brute.fails(case.target, level, [entity])
    ]
    points = single_points_of_failure(case.network, case.target, Level).points
    assert [(not point.established, point.entity, point.level) for point in points] == sorted(expected)
    for point in points:
        failed = brute.fallen(*brute.taken(point.level, [point.entity]))
        chain = point.why if point.level is Level.COMPONENT else point.why[1:]
        assert (point.why[0], point.why[-1]) == (point.entity, case.target)
        assert failed.issuperset(chain)
        assert all(below in brute.inputs_of(above) for below, above in pairwise(chain))


# laws


def points_of(rows: Rows, case: RandomRisk) -> set[tuple[str, Level]]:
    points = single_points_of_failure(rows.network(case.world), case.target, Level).points
    return {(point.entity, point.level) for point in points}


@pytest.mark.parametrize("seed", range(150))
def test_more_supply_adds_no_single_point_and_more_needs_remove_none(seed: int) -> None:
    case = RandomRisk(seed)
    rows, choose = case.rows, case.choose
    before = points_of(rows, case)
    supplied = sorted({row.component for row in rows.offers if row.fact == Fact()})
    if supplied:
        # an offer of an unknown component makes it one that can fail; an offer that leaves a basis as it is
        added = OfferRow(choose.choice(supplied), choose.choice(case.companies or ["company:f0"]), id="offer:added")
        assert points_of(replace(rows, offers=[*rows.offers, added]), case) <= before
    place = choose.randrange(len(rows.requirements))
    row = rows.requirements[place]
    others = sorted({one.id for one in rows.components} - {met.component for met in row.alternatives})
    if others:
        met = (*row.alternatives, *needs(row.of, choose.choice(others)).alternatives)
        wider = [*rows.requirements[:place], replace(row, alternatives=met), *rows.requirements[place + 1 :]]
        assert points_of(replace(rows, requirements=wider), case) <= before
    more: list[RequirementRow] = [
        *rows.requirements,
        needs(case.target, choose.choice([one.id for one in rows.components])),
    ]
    assert points_of(replace(rows, requirements=more), case) >= before


@pytest.mark.parametrize("seed", range(100))
def test_names_and_order_change_nothing(seed: int) -> None:
    case = RandomRisk(seed)
    points = single_points_of_failure(case.network, case.target, Level).points
    rows = case.rows
    turned = replace(
        rows,
        components=rows.components[::-1],
        offers=[replace(row, id=f"offer:z{len(rows.offers) - place}") for place, row in enumerate(rows.offers)],
        requirements=[replace(row, id=f"requirement:z{place:03}") for place, row in enumerate(rows.requirements[::-1])],
        partnerships=(),
    )
    again = single_points_of_failure(turned.network(case.world), case.target, Level).points
    told = [(point.level, point.entity, point.established, len(point.why)) for point in points]
    assert [(point.level, point.entity, point.established, len(point.why)) for point in again] == told


# bad input


def test_a_target_must_be_recorded_of_the_right_kind_and_of_the_world() -> None:
    with pytest.raises(BadInput, match="must be a component or a deployment, got company:mema"):
        single_points_of_failure(edge_ai.network(), "company:mema")
    with pytest.raises(NotFound, match="component:gpus is not recorded; nearest: component:gpu"):
        single_points_of_failure(edge_ai.network(), "component:gpus")
    rows = Rows(deployments=[DeploymentRow("deployment:d", Fact(confidence=10))])
    with pytest.raises(NotInWorld, match="deployment:d is valid on all dates, with confidence 10"):
        single_points_of_failure(rows.network(replace(WORLD, min_confidence=50)), "deployment:d")
