"""Depth and alternatives equal brute force on random networks: cycles, k-of-n, unknowns, groups, dated facts."""

import random

import pytest

from graph_service.analysis.alternatives import alternative_supplier_paths
from graph_service.analysis.dependency_depth import dependency_depth
from graph_service.model.kinds import Answer, Exactness, Level, Objective
from tests.analysis.brute import Brute
from tests.analysis.random_networks import RandomNetwork

SEEDS = range(200)
BUDGET_SECONDS = 120.0
"""Enough for the slowest machine: these tests are about what is best, not about what is quick."""


@pytest.mark.parametrize("seed", SEEDS)
def test_depth_is_that_of_the_definition(seed: int) -> None:
    case = RandomNetwork(seed)
    brute = Brute(case.rows, case.world)
    answer = dependency_depth(case.network, case.target)
    tier_min, tier_max = brute.tier_min(case.target), brute.tier_max(case.target)
    quantities = brute.quantities(case.target)
    weeks, unknown = brute.lead_time(case.target)
    assert {tier.component: (tier.tier_min, tier.tier_max, tier.total_quantity) for tier in answer.tiers} == {
        name: (tier_min[name], tier_max[name], quantities[name])
        for name in brute.closure(case.target)
        if name in brute.kind
    }
    assert answer.depth == max(tier_max.values())
    assert (answer.critical_lead_time_weeks, set(answer.lead_time_unknown)) == (weeks, unknown)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_solutions_are_those_of_trying_all(seed: int) -> None:
    case = RandomNetwork(seed)
    brute = Brute(case.rows, case.world)
    choose = random.Random(seed)
    every = brute.solutions(case.target, case.excluding)
    for objective in Objective:
        k = choose.choice([1, 2, 3, 20])
        answer = alternative_supplier_paths(
            case.network, case.target, case.excluding, objective=objective, k=k, budget_seconds=BUDGET_SECONDS
        )
        best = sorted(every, key=lambda chosen: brute.key(objective, case.target, case.excluding, chosen))
        assert (answer.feasible, answer.established) == brute.feasible(case.target, case.excluding)
        assert [frozenset(found.offers) for found in answer.solutions] == best[:k], objective
        assert answer.meta.exactness is Exactness.EXACT
        for found in answer.solutions:
            assert found.lead_time_weeks == brute.lead_time_of(case.target, case.excluding, found.offers)[0]
            assert found.cost == brute.cost(case.target, found.offers)[0]
        if answer.feasible is Answer.NO:
            blockers = tuple(blocker.component for blocker in answer.blockers)
            assert blockers == brute.blockers(case.target, case.excluding)
        else:
            assert answer.blockers == ()


@pytest.mark.parametrize("level", [Level.COMPANY, Level.OWNER_GROUP, Level.NATION])
@pytest.mark.parametrize("seed", SEEDS[:100])
def test_disjoint_solutions_are_the_best_family_of_the_greatest_size(seed: int, level: Level) -> None:
    case = RandomNetwork(seed)
    brute = Brute(case.rows, case.world)
    choose = random.Random(seed)
    objective, k = choose.choice(list(Objective)), choose.choice([1, 2, 3])
    key_of = {
        chosen: brute.key(objective, case.target, case.excluding, chosen)
        for chosen in brute.solutions(case.target, case.excluding)
    }
    families = list(brute.families(sorted(key_of, key=key_of.__getitem__), level))
    answer = alternative_supplier_paths(
        case.network,
        case.target,
        case.excluding,
        objective=objective,
        k=k,
        disjoint_by=level,
        budget_seconds=BUDGET_SECONDS,
    )
    greatest = max(map(len, families))
    size = min(k, greatest)
    best = min((one for one in families if len(one) == size), key=lambda one: [key_of[chosen] for chosen in one])
    assert answer.max_disjoint == greatest
    assert [frozenset(found.offers) for found in answer.solutions] == list(best)
