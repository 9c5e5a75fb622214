"""The worked numbers of F1, the made-up supply chain of an AI server (tests/data/f1)."""

import pytest

from graph_service.analysis.alternatives import alternative_supplier_paths
from graph_service.analysis.dependency_depth import dependency_depth
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Answer, Level
from tests.analysis.edge_ai import SERVER, network

NOBODY = Exclusions()
WITHOUT_TAIWAN = Exclusions(nations=("nation:twn",))


def test_the_server_stands_three_tiers_deep_on_seven_inputs() -> None:
    answer = dependency_depth(network(), SERVER)
    assert (answer.depth, answer.component_count, answer.company_count, answer.nation_count) == (3, 7, 11, 7)
    tiers = {tier.component: tier.tier_max for tier in answer.tiers}
    assert (tiers["component:wafer"], tiers["component:euv"], tiers[SERVER]) == (2, 3, 0)


def test_a_wafer_without_taiwan_comes_from_the_other_foundry() -> None:
    answer = alternative_supplier_paths(network(), "component:wafer", WITHOUT_TAIWAN)
    assert answer.feasible is Answer.YES
    assert all("company:fabb" in found.companies for found in answer.solutions)


def test_a_gpu_without_taiwan_is_blocked_by_packaging_alone() -> None:
    answer = alternative_supplier_paths(network(), "component:gpu", WITHOUT_TAIWAN)
    assert (answer.feasible, answer.solutions) == (Answer.NO, ())
    (blocker,) = answer.blockers
    assert blocker.component == "component:adv-pack"
    assert [offer.partition(":")[2].partition(".")[0] for offer in blocker.lost_offers] == ["packa"]


def test_the_smallest_solution_of_the_server_uses_seven_companies() -> None:
    (found,) = alternative_supplier_paths(network(), SERVER, NOBODY, k=1).solutions
    assert len(found.companies) == 7


@pytest.mark.parametrize(("component", "greatest"), [("component:ssd", 2), ("component:gpu", 1)])
def test_disjoint_supplies_by_company(component: str, greatest: int) -> None:
    answer = alternative_supplier_paths(network(), component, NOBODY, disjoint_by=Level.COMPANY)
    assert answer.max_disjoint == greatest
    companies = [set(found.companies) for found in answer.solutions]
    assert sum(map(len, companies)) == len(set().union(*companies))


def test_a_deployment_is_the_root_of_a_formula_like_any_component() -> None:
    answer = dependency_depth(network(deployment=True), "deployment:edge")
    assert (answer.depth, answer.component_count) == (4, 8)
    assert SERVER in {tier.component for tier in answer.tiers}


@pytest.mark.parametrize(
    ("excluding", "kind", "words"),
    [
        (Exclusions(nations=("nation:twm",)), NotFound, "nation:twm.*nation:twn"),
        (Exclusions(companies=("nation:twn",)), BadInput, "nation:twn"),
        (Exclusions(components=("component:gpuu",)), NotFound, "component:gpuu"),
    ],
)
def test_an_exclusion_that_names_nothing_says_what_is_near(
    excluding: Exclusions, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        alternative_supplier_paths(network(), SERVER, excluding)


@pytest.mark.parametrize("k", [0, 21, -1])
def test_a_number_of_solutions_beyond_its_bounds_names_value_and_rule(k: int) -> None:
    with pytest.raises(BadInput, match=f"k must be 1 to 20, got {k}"):
        alternative_supplier_paths(network(), SERVER, NOBODY, k=k)


@pytest.mark.parametrize("level", [Level.BLOC, Level.COMPONENT])
def test_solutions_cannot_be_disjoint_by_what_overlaps(level: Level) -> None:
    with pytest.raises(BadInput, match=f"disjointBy must be COMPANY, OWNER_GROUP or NATION, got {level}"):
        alternative_supplier_paths(network(), SERVER, NOBODY, disjoint_by=level)


def test_a_search_without_time_says_so_and_still_gives_a_complete_solution() -> None:
    answer = alternative_supplier_paths(network(), SERVER, NOBODY, k=3, budget_seconds=1e-9)
    assert (answer.feasible, answer.meta.is_partial) == (Answer.YES, True)
    assert answer.meta.partial_because
    assert len(answer.solutions[0].companies) >= 7
