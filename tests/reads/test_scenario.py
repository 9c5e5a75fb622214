"""The arguments of a scenario: defaults, ids and every rule that they can break."""

from typing import Any

import pytest

from graph_service.errors import BadInput, GraphServiceError, LimitExceeded
from graph_service.model.scenario import THINGS_MAX, AddedOffer, AddedPartnership, AddedRequirement
from graph_service.reads.arguments import world_of
from graph_service.reads.scenario import scenario_of

OFFER: dict[str, Any] = {"company": "company:a", "component": "component:x", "nation": "nation:b"}


def refusal(given: dict[str, Any]) -> str:
    with pytest.raises(BadInput) as refused:
        scenario_of(given)
    return str(refused.value)


def test_an_added_offer_is_called_as_in_fact_files() -> None:
    scenario = scenario_of({"addOffers": [OFFER]})
    assert scenario
    assert scenario.offers == (AddedOffer("offer:a.x.b", "component:x", "company:a", "nation:b"),)


def test_requirements_and_partnerships_without_an_id_are_called_by_their_place() -> None:
    scenario = scenario_of(
        {
            "addRequirements": [
                {"of": "deployment:d", "anyOf": ["component:y", "component:x"]},
                {"id": "requirement:own", "of": "component:x", "anyOf": ["component:z"], "k": 1},
            ],
            "addPartnerships": [{"parties": ["nation:b", "company:a"], "enables": [OFFER]}],
        }
    )
    assert scenario
    assert scenario.requirements == (
        AddedRequirement("requirement:scenario-1", "deployment:d", ("component:x", "component:y")),
        AddedRequirement("requirement:own", "component:x", ("component:z",)),
    )
    assert scenario.partnerships == (
        AddedPartnership(
            "partnership:scenario-1",
            "Scenario 1",
            ("company:a", "nation:b"),
            enables=(AddedOffer("offer:a.x.b", "component:x", "company:a", "nation:b"),),
        ),
    )


@pytest.mark.parametrize("given", [None, {}, {"addOffers": None, "remove": []}])
def test_a_scenario_that_changes_nothing_is_none(given: Any) -> None:
    assert world_of({"world": {"scenario": given}}) == world_of({})


def test_the_same_scenario_in_another_order_of_removals_is_the_same_world() -> None:
    worlds = {
        world_of({"world": {"scenario": {"remove": ids}}}) for ids in (["offer:a", "offer:b"], ["offer:b", "offer:a"])
    }
    assert len(worlds) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"addOffers": [{"component": "component:x", "nation": "nation:b"}]}, "needs an id, got one of component:x"),
        ({"addOffers": [OFFER | {"component": "x"}]}, "an id must be kind:slug, such as nation:twn or"),
        ({"addOffers": [OFFER | {"id": "company:a"}]}, "the id of an added offer must be offer:slug, got 'company:a'"),
        ({"addOffers": [OFFER | {"id": ""}]}, "the id of an added offer must be offer:slug, got ''"),
        ({"addOffers": [OFFER | {"sharePct": 100.5}]}, "sharePct of offer:a.x.b must be 0 to 100, got 100.5"),
        ({"addOffers": [OFFER | {"sharePct": -1}]}, "sharePct of offer:a.x.b must be 0 to 100, got -1"),
        ({"addOffers": [OFFER | {"leadTimeWeeks": -1}]}, "leadTimeWeeks of offer:a.x.b must not be below 0, got -1"),
        ({"addOffers": [OFFER, OFFER]}, "addOffers and enables must name each id once, got offer:a.x.b twice"),
        (
            {"addOffers": [OFFER], "addPartnerships": [{"parties": ["nation:b"], "enables": [OFFER]}]},
            "addOffers and enables must name each id once, got offer:a.x.b twice",
        ),
        (
            {"addRequirements": [{"of": "component:x", "anyOf": []}]},
            "k of requirement:scenario-1 must be 1 to the 0 components of anyOf, got 1",
        ),
        (
            {"addRequirements": [{"of": "component:x", "anyOf": ["component:y"], "k": 0}]},
            "k of requirement:scenario-1 must be 1 to the 1 components of anyOf, got 0",
        ),
        (
            {"addRequirements": [{"of": "component:x", "anyOf": ["component:y"] * 2}]},
            "anyOf of requirement:scenario-1 must name each id once, got component:y twice",
        ),
        (
            {"addRequirements": [{"id": "offer:x", "of": "component:x", "anyOf": ["component:y"]}]},
            "the id of an added requirement must be requirement:slug, got 'offer:x'",
        ),
        (
            {"addPartnerships": [{"parties": []}]},
            "parties of partnership:scenario-1 must name at least one nation, company or bloc, got none",
        ),
        (
            {"addPartnerships": [{"id": "x", "parties": ["nation:b"]}]},
            "the id of an added partnership must be partnership:slug, got 'x'",
        ),
        (
            {"addPartnerships": [{"id": "partnership:p", "parties": ["nation:b"]}] * 2},
            "addPartnerships must name each id once, got partnership:p twice",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_is_broken_is_named_with_the_value(given: dict[str, Any], message: str) -> None:
    assert message in refusal(given)


@pytest.mark.parametrize(
    "given",
    [
        {"remove": ["offer:x"] * (THINGS_MAX + 1)},
        {"addOffers": [OFFER] * (THINGS_MAX + 1)},
        {"addRequirements": [{"of": "component:x", "anyOf": ["component:y"] * (THINGS_MAX + 1)}]},
        {"addPartnerships": [{"parties": ["nation:b"] * THINGS_MAX}]},
    ],
)
def test_a_scenario_has_a_size(given: dict[str, Any]) -> None:
    with pytest.raises(GraphServiceError, match="a scenario must name at most 1,000 ids, got 1,001") as refused:
        scenario_of(given)
    assert isinstance(refused.value, LimitExceeded)
