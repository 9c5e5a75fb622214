"""Laws of depth and alternatives that hold on every network."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from graph_service.analysis.alternatives import AlternativeSupply, alternative_supplier_paths
from graph_service.analysis.dependency_depth import DependencyDepth, dependency_depth
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.model.kinds import Answer, Level, Objective
from tests.analysis.random_networks import RandomNetwork
from tests.analysis.renaming import renamed
from tests.networks import OfferRow, Rows, needs

if TYPE_CHECKING:
    from graph_service.model.world import World

SEEDS = range(80)
NOBODY = Exclusions()


def turned(rows: Rows, seed: int) -> Rows:
    """Give the same facts in another order."""
    choose = random.Random(seed)

    def shuffled(facts: Any) -> Any:
        if isinstance(facts, dict):
            return dict(shuffled(list(facts.items())))
        return choose.sample(list(facts), len(facts))

    return Rows(**{field.name: shuffled(getattr(rows, field.name)) for field in fields(rows)})


def answers(rows: Rows, world: World, target: str, excluding: Exclusions) -> tuple[DependencyDepth, AlternativeSupply]:
    network = rows.network(world)
    return dependency_depth(network, target), alternative_supplier_paths(network, target, excluding, budget_seconds=60)


def without_time(answer: DependencyDepth | AlternativeSupply) -> object:
    return replace(answer, meta=replace(answer.meta, elapsed_ms=0.0))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_facts_changes_nothing(seed: int) -> None:
    case = RandomNetwork(seed)
    one = answers(case.rows, case.world, case.target, case.excluding)
    other = answers(turned(case.rows, seed), case.world, case.target, case.excluding)
    assert list(map(without_time, one)) == list(map(without_time, other))


@pytest.mark.parametrize("seed", SEEDS)
def test_other_names_change_nothing_but_names(seed: int) -> None:
    case = RandomNetwork(seed)
    choose = random.Random(seed)
    names = [*case.names, "deployment:d0", *case.companies, *case.nations]
    new_name = {
        name: f"{name.partition(':')[0]}:new{place}"
        for name, place in zip(names, choose.sample(range(100), len(names)), strict=True)
    }

    def other(name: str) -> str:
        return new_name.get(name, name)

    rows, excluding = renamed(case.rows, other), renamed(case.excluding, other)
    assert isinstance(rows, Rows)
    assert isinstance(excluding, Exclusions)
    depth, supply = answers(case.rows, case.world, case.target, case.excluding)
    depth_renamed, supply_renamed = answers(rows, case.world, new_name[case.target], excluding)
    assert sorted(
        (tier.tier_min, tier.tier_max, str(tier.total_quantity), new_name[tier.component]) for tier in depth.tiers
    ) == sorted(
        (tier.tier_min, tier.tier_max, str(tier.total_quantity), tier.component) for tier in depth_renamed.tiers
    )
    same = ("depth", "component_count", "company_count", "nation_count", "critical_lead_time_weeks")
    assert [getattr(depth, name) for name in same] == [getattr(depth_renamed, name) for name in same]
    assert (supply.feasible, supply.established) == (supply_renamed.feasible, supply_renamed.established)
    assert [found.offers for found in supply.solutions] == [found.offers for found in supply_renamed.solutions]
    assert len(supply.blockers) == len(supply_renamed.blockers)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_offer_never_hurts(seed: int) -> None:
    case = RandomNetwork(seed)
    choose = random.Random(seed)
    more = replace(
        case.rows, offers=[*case.rows.offers, OfferRow(choose.choice(case.names), "company:new", "nation:new")]
    )
    before = alternative_supplier_paths(case.network, case.target, case.excluding)
    after = alternative_supplier_paths(more.network(case.world), case.target, case.excluding)
    better = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}
    assert better[after.feasible] >= better[before.feasible]
    if before.feasible is after.feasible is Answer.YES:
        assert len(after.solutions[0].offers) <= len(before.solutions[0].offers)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_requirement_never_helps(seed: int) -> None:
    case = RandomNetwork(seed)
    choose = random.Random(seed)
    more = replace(case.rows, requirements=[*case.rows.requirements, needs(*choose.sample(case.names, 2))])
    before = alternative_supplier_paths(case.network, case.target, case.excluding)
    after = alternative_supplier_paths(more.network(case.world), case.target, case.excluding)
    better = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}
    assert better[after.feasible] <= better[before.feasible]
    assert (
        dependency_depth(more.network(case.world), case.target).depth
        >= dependency_depth(case.network, case.target).depth
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", [Level.COMPANY, Level.NATION])
def test_no_more_solutions_are_disjoint_than_each_cut_has_members(seed: int, level: Level) -> None:
    case = RandomNetwork(seed)
    network = case.network
    answer = alternative_supplier_paths(network, case.target, NOBODY, disjoint_by=level, k=20)
    shares = [set(found.companies if level is Level.COMPANY else found.nations) for found in answer.solutions]
    for element in network.company_ids if level is Level.COMPANY else network.nation_ids:
        gone = Exclusions(companies=(element,)) if level is Level.COMPANY else Exclusions(nations=(element,))
        if alternative_supplier_paths(network, case.target, gone, k=1).feasible is Answer.NO:
            assert answer.max_disjoint == 1
            assert all(element in share for share in shares)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_of_more_solutions_are_those_of_fewer(seed: int) -> None:
    case = RandomNetwork(seed)
    for objective in Objective:
        few, many = (
            alternative_supplier_paths(
                case.network, case.target, case.excluding, objective=objective, k=k, budget_seconds=60
            ).solutions
            for k in (2, 5)
        )
        assert many[:2] == few
