"""Where answers flip as weaker facts are left out: against asking the same at every least confidence."""

import random
from dataclasses import replace

import pytest

from graph_service.analysis.alternatives import alternative_supplier_paths
from graph_service.analysis.confidence import ConfidenceSensitivity, confidence_sensitivity
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.analysis.single_points import single_points_of_failure
from graph_service.errors import NotFound, NotInWorld
from graph_service.model.kinds import Answer, Exactness, Level
from graph_service.model.scenario import AddedOffer, Scenario
from graph_service.model.world import World
from graph_service.network.mask import masked
from graph_service.network.network import SupplyNetwork
from tests.analysis.random_networks import RandomNetwork
from tests.networks import WORLD, DeploymentRow, Fact, OfferRow, RequirementRow, Rows, needs

NOTHING = Exclusions()


def sensitivity(
    rows: Rows, target: str, world: World = WORLD, excluding: Exclusions = NOTHING
) -> ConfidenceSensitivity:
    record = rows.record()
    return confidence_sensitivity(record, masked(record, world), target, excluding)


def asked(record: SupplyNetwork, world: World, target: str, excluding: Exclusions) -> tuple[Answer | None, set[str]]:
    """Ask both questions in one world, with nothing of what is under test."""
    network = masked(record, world)
    try:
        points = single_points_of_failure(network, target).points
    except NotInWorld:
        return None, set()
    answer = alternative_supplier_paths(network, target, excluding, k=1).feasible
    return answer, {point.entity for point in points}


def sure(*confidences: int) -> list[Fact]:
    return [Fact(confidence) for confidence in confidences]


@pytest.mark.parametrize("seed", range(40))
def test_every_step_is_where_asking_anew_gives_another_answer(seed: int) -> None:
    case = RandomNetwork(seed)
    choose = random.Random(seed)
    world = case.world
    if seed % 3 == 0:
        offer = AddedOffer(
            "offer:o1", choose.choice(case.names), nation=choose.choice(case.network.nation_ids), share_pct=50
        )
        world = replace(world, scenario=Scenario(offers=(offer,), remove=("offer:o2",)))
    record = case.rows.record()
    found = confidence_sensitivity(record, masked(record, world), case.target, case.excluding)
    answers = {
        least: asked(record, replace(world, min_confidence=least), case.target, case.excluding)
        for least in (world.min_confidence, *range(world.min_confidence, 101))
        if least in {world.min_confidence, 100} or least % 10 in {0, 1}
    }
    steps = {step.min_confidence: step for step in found.steps}
    feasible, points = found.feasible, set(found.single_points)
    for least, (answer, stopping) in answers.items():
        if least in steps:
            step = steps.pop(least)
            assert (step.feasible, step.single_points_added, step.single_points_removed) != (feasible, (), ())
            assert set(step.single_points_removed) <= points
            feasible, points = step.feasible, points - set(step.single_points_removed) | set(step.single_points_added)
        assert (answer, stopping) == (feasible, points)
    assert not steps
    flips = [least for least, (answer, _) in answers.items() if answer != found.feasible]
    assert found.flips_at_min_confidence == (flips[0] if flips else None)
    moves = [least for least, (_, stopping) in answers.items() if stopping != set(found.single_points)]
    assert found.single_points_flip_at_min_confidence == (moves[0] if moves else None)
    assert found.confidence == (flips[0] - 1 if flips else 100)
    assert found.meta.exactness is Exactness.EXACT


def test_an_answer_is_as_sure_as_the_weakest_fact_of_its_surest_supply() -> None:
    weak, strong, need = sure(40, 60, 80)
    rows = Rows(
        offers=[
            OfferRow("component:x", "company:a", "nation:n", fact=weak),
            OfferRow("component:x", "company:b", "nation:m", fact=strong),
            OfferRow("component:top", "company:c", "nation:m"),
        ],
        requirements=[replace(needs("component:top", "component:x"), fact=need)],
    )
    found = sensitivity(rows, "component:top")
    assert (found.feasible, found.confidence, found.flips_at_min_confidence) == (Answer.YES, 60, 61)
    assert [(step.min_confidence, step.feasible) for step in found.steps] == [
        (41, Answer.YES),
        (61, Answer.UNKNOWN),
        (81, Answer.YES),
    ]
    assert found.single_points_flip_at_min_confidence == 41
    assert found.steps[0].single_points_added == ("company:b",)
    assert found.single_points == ("company:c", "nation:m")


def test_a_requirement_that_is_left_out_makes_the_impossible_possible_again() -> None:
    rows = Rows(
        offers=[OfferRow("component:top", "company:a", "nation:n"), OfferRow("component:x", "company:b", "nation:m")],
        requirements=[replace(needs("component:top", "component:x"), fact=Fact(30))],
    )
    found = sensitivity(rows, "component:top", excluding=Exclusions(nations=("nation:m",)))
    assert (found.feasible, found.confidence, found.flips_at_min_confidence) == (Answer.NO, 30, 31)
    assert found.steps[0].feasible is Answer.YES


def test_what_is_certain_never_flips() -> None:
    found = sensitivity(Rows(offers=[OfferRow("component:x", "company:a", "nation:n")]), "component:x")
    assert (found.confidence, found.flips_at_min_confidence, found.steps) == (100, None, ())


def test_a_deployment_that_nobody_is_sure_of_ends_the_answer() -> None:
    rows = Rows(
        deployments=[DeploymentRow("deployment:d", Fact(70))],
        offers=[OfferRow("component:x", "company:a", "nation:n")],
        requirements=[needs("deployment:d", "component:x")],
    )
    (step,) = sensitivity(rows, "deployment:d").steps
    assert (step.min_confidence, step.feasible, step.single_points_removed) == (71, None, ("company:a", "nation:n"))
    with pytest.raises(NotInWorld):
        sensitivity(rows, "deployment:d", replace(WORLD, min_confidence=71))


def test_a_world_that_asks_for_sure_facts_starts_there() -> None:
    rows = Rows(offers=[OfferRow("component:x", f"company:{fact.confidence}", fact=fact) for fact in sure(20, 50, 90)])
    found = sensitivity(rows, "component:x", replace(WORLD, min_confidence=30))
    assert [step.min_confidence for step in found.steps] == [51, 91]


def test_facts_that_the_target_does_not_rest_on_are_no_steps() -> None:
    rows = Rows(
        offers=[OfferRow("component:x", "company:a"), OfferRow("component:y", "company:b", fact=Fact(10))],
        requirements=[RequirementRow("component:y", needs("", "component:x").alternatives, fact=Fact(20))],
    )
    assert sensitivity(rows, "component:x").steps == ()


def test_the_levels_asked_for_are_those_of_the_single_points() -> None:
    record = Rows(offers=[OfferRow("component:x", "company:a", "nation:n")]).record()
    found = confidence_sensitivity(record, masked(record, WORLD), "component:x", NOTHING, [Level.NATION])
    assert found.single_points == ("nation:n",)


def test_beyond_its_budget_the_answer_says_what_was_not_tried() -> None:
    record = Rows(offers=[OfferRow("component:x", "company:a", fact=Fact(50))]).record()
    found = confidence_sensitivity(record, masked(record, WORLD), "component:x", NOTHING, budget_seconds=0)
    assert (found.meta.exactness, found.meta.partial_because) == (
        Exactness.BOUNDED,
        "within 0 s, least confidences from 51 on were not tried",
    )


def test_an_unknown_target_or_exclusion_is_told() -> None:
    rows = Rows(offers=[OfferRow("component:x", "company:a")])
    with pytest.raises(NotFound):
        sensitivity(rows, "component:y")
    with pytest.raises(NotFound):
        sensitivity(rows, "component:x", excluding=Exclusions(nations=("nation:zzz",)))
