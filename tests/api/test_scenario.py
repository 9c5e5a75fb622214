"""Scenarios in answers: an added fact shows what it was given, and nothing of it is written (docs/semantics.md 3)."""

from dataclasses import fields
from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.api.schema import core, schema
from graph_service.model.operations import named_operations
from graph_service.reads.arguments import world_of
from graph_service.reads.projection import attribute
from graph_service.reads.scenario_facts import (
    ShownAlternative,
    ShownOffer,
    ShownPartnership,
    ShownParty,
    ShownRequirement,
)
from tests.api.asking import ask, data, error


@pytest.mark.parametrize(
    ("shown", "typename"),
    [
        (ShownAlternative, "Alternative"),
        (ShownOffer, "Offer"),
        (ShownPartnership, "Partnership"),
        (ShownParty, "PartnershipParty"),
        (ShownRequirement, "Requirement"),
    ],
)
def test_an_added_fact_has_every_field_of_its_type(shown: type, typename: str) -> None:
    names = {field.name for field in fields(shown)}
    assert {attribute(name) for name in core(schema()).type_map[typename].fields} <= names


WITHOUT_TAIWAN = """
query($scenario: ScenarioInput) {
  alternativeSupplierPaths(target: "component:hgx-server", excluding: {nations: ["nation:twn"]}, k: 1,
    world: {scenario: $scenario}) {
    feasible
    blockers { component { id } }
    solutions {
      offers {
        __typename id confidence validFrom validTo sharePct shareBasis leadTimeWeeks currency
        sources { note source { title } }
        company { name offers(first: 1) { totalCount } } nation { iso3 }
        component { id concentration { supplierCount } }
      }
      usesPartnerships {
        id name kind status confidence signedOn sources { note } covers { id }
        parties { role party { ... on Nation { iso3 } ... on Company { id name } } }
        enables { id company { name } }
      }
    }
  }
}
"""


async def blocking(service: Service) -> list[str]:
    """Give the components that block a server without Taiwan."""
    answer = (await data(service, WITHOUT_TAIWAN))["alternativeSupplierPaths"]
    assert answer["feasible"] == "NO"
    return [blocker["component"]["id"] for blocker in answer["blockers"]]


def offered(component: str, **more: Any) -> dict[str, Any]:
    return {"component": component, "company": "company:ats", "nation": "nation:fra", **more}


async def test_an_offer_that_is_supposed_makes_a_server_feasible_and_is_shown_as_given(
    shipped_service: Service,
) -> None:
    blockers = await blocking(shipped_service)
    scenario = {"addOffers": [offered(component, leadTimeWeeks=6, sharePct=5) for component in blockers]}
    answer = (await data(shipped_service, WITHOUT_TAIWAN, scenario=scenario))["alternativeSupplierPaths"]
    assert (answer["feasible"], answer["blockers"]) == ("YES", [])
    (solution,) = answer["solutions"]
    shown = [offer for offer in solution["offers"] if not offer["sources"]]
    slug = blockers[0].partition(":")[2]
    (first,) = [offer for offer in shown if offer["id"] == f"offer:ats.{slug}.fra"]
    assert first["component"].pop("concentration")["supplierCount"] >= 1
    assert first["company"].pop("offers")["totalCount"] >= 1
    assert first == {
        "__typename": "Offer",
        "id": f"offer:ats.{slug}.fra",
        "confidence": 100,
        "validFrom": None,
        "validTo": None,
        "sharePct": 5.0,
        "shareBasis": None,
        "leadTimeWeeks": 6.0,
        "currency": None,
        "sources": [],
        "company": {"name": "AT&S"},
        "component": {"id": blockers[0]},
        "nation": {"iso3": "FRA"},
    }
    assert len(shown) == len(blockers)


async def test_a_partnership_that_is_supposed_brings_its_offers_and_is_named_with_them(
    shipped_service: Service,
) -> None:
    blockers = await blocking(shipped_service)
    partnership = {
        "parties": ["nation:fra", "company:ats"],
        "covers": blockers,
        "enables": [offered(component) for component in blockers],
    }
    answer = await data(shipped_service, WITHOUT_TAIWAN, scenario={"addPartnerships": [partnership]})
    (solution,) = answer["alternativeSupplierPaths"]["solutions"]
    (used,) = [one for one in solution["usesPartnerships"] if one["id"] == "partnership:scenario-1"]
    enabled = used.pop("enables")
    assert {offer["company"]["name"] for offer in enabled} == {"AT&S"}
    assert len(enabled) == len(blockers)
    assert used == {
        "id": "partnership:scenario-1",
        "name": "Scenario 1",
        "kind": "scenario",
        "status": "scenario",
        "confidence": 100,
        "signedOn": None,
        "sources": [],
        "covers": [{"id": component} for component in sorted(blockers)],
        "parties": [
            {"role": None, "party": {"id": "company:ats", "name": "AT&S"}},
            {"role": None, "party": {"iso3": "FRA"}},
        ],
    }


async def test_an_offer_that_replaces_a_recorded_one_is_shown_instead_of_it(shipped_service: Service) -> None:
    query = """
    query($scenario: ScenarioInput) {
      alternativeSupplierPaths(target: "component:euv-scanner", excluding: {}, k: 1, world: {scenario: $scenario}) {
        solutions { offers { id confidence sharePct leadTimeWeeks sources { note } } }
      }
      node(id: "offer:asml.euv-scanner.nld") { ... on Offer { sharePct } }
    }
    """
    scenario = {
        "addOffers": [
            {"id": "offer:asml.euv-scanner.nld", "component": "component:euv-scanner", "company": "company:asml",
             "nation": "nation:nld", "leadTimeWeeks": 4}
        ]
    }  # fmt: skip
    answer = await data(shipped_service, query, scenario=scenario)
    offers = answer["alternativeSupplierPaths"]["solutions"][0]["offers"]
    assert [offer for offer in offers if offer["id"] == "offer:asml.euv-scanner.nld"] == [
        {"id": "offer:asml.euv-scanner.nld", "confidence": 100, "sharePct": None, "leadTimeWeeks": 4.0, "sources": []}
    ]
    assert answer["node"]["sharePct"] == 100


async def test_a_second_maker_takes_a_single_point_of_failure_away(shipped_service: Service) -> None:
    query = """
    query($scenario: ScenarioInput) {
      singlePointsOfFailure(target: "component:euv-optics", levels: [COMPANY], world: {scenario: $scenario}) {
        points { entity { id } }
      }
    }
    """
    second = {"addOffers": [{"component": "component:euv-optics", "company": "company:nikon", "nation": "nation:jpn"}]}
    before = (await data(shipped_service, query))["singlePointsOfFailure"]["points"]
    after = (await data(shipped_service, query, scenario=second))["singlePointsOfFailure"]["points"]
    gone = {point["entity"]["id"] for point in before} - {point["entity"]["id"] for point in after}
    assert gone == {"company:zeiss"}


async def test_a_removed_deployment_is_not_in_the_world(shipped_service: Service) -> None:
    query = """{ dependencyDepth(target: "deployment:jupiter", world: {scenario: {remove: ["deployment:jupiter"]}})
      { depth } }"""
    code, message = await error(shipped_service, query)
    assert (code, message) == ("NOT_IN_WORLD", "deployment:jupiter is removed by the scenario")


async def test_an_added_requirement_deepens_what_needs_it(shipped_service: Service) -> None:
    query = """
    query($scenario: ScenarioInput) {
      dependencyDepth(target: "component:euv-optics", world: {scenario: $scenario}) { tiers { component { id } } }
    }
    """
    needs = {"addRequirements": [{"of": "component:euv-optics", "anyOf": ["component:hbm"]}]}
    before = (await data(shipped_service, query))["dependencyDepth"]["tiers"]
    after = (await data(shipped_service, query, scenario=needs))["dependencyDepth"]["tiers"]
    assert {"component": {"id": "component:hbm"}} in after
    assert {"component": {"id": "component:hbm"}} not in before


async def test_scenarios_given_as_variables_and_in_the_document_are_the_same(shipped_service: Service) -> None:
    inline = """{ concentration(component: "component:hbm", by: COMPANY, world: {scenario: {addOffers: [
      {component: "component:hbm", company: "company:asml", nation: "nation:nld", sharePct: 10}]}})
      { hhi shareBasis shareSumPct supplierCount } }"""
    named = """query($world: WorldInput) { concentration(component: "component:hbm", by: COMPANY, world: $world)
      { hhi shareBasis shareSumPct supplierCount } }"""
    offer = {"component": "component:hbm", "company": "company:asml", "nation": "nation:nld", "sharePct": 10}
    world = {"scenario": {"addOffers": [offer]}}
    assert await data(shipped_service, inline) == await data(shipped_service, named, world=world)


async def test_a_field_below_an_analysis_is_computed_in_its_scenario(shipped_service: Service) -> None:
    query = """{ dependencyDepth(target: "component:euv-optics", world: {scenario: {addOffers: [
      {component: "component:euv-optics", company: "company:nikon", nation: "nation:jpn"}]}})
      { tiers { component { id concentration(by: COMPANY) { supplierCount } } } } }"""
    tiers = (await data(shipped_service, query))["dependencyDepth"]["tiers"]
    (scanner,) = [tier["component"] for tier in tiers if tier["component"]["id"] == "component:euv-optics"]
    assert scanner["concentration"]["supplierCount"] == 2


async def test_two_scenarios_in_one_operation_do_not_meet(shipped_service: Service) -> None:
    query = """
    query($one: ScenarioInput, $other: ScenarioInput) {
      one: alternativeSupplierPaths(target: "component:euv-optics", excluding: {companies: ["company:zeiss"]},
        world: {scenario: $one}) { ...found }
      other: alternativeSupplierPaths(target: "component:euv-optics", excluding: {companies: ["company:zeiss"]},
        world: {scenario: $other}) { ...found }
      none: alternativeSupplierPaths(target: "component:euv-optics", excluding: {companies: ["company:zeiss"]})
        { ...found }
    }
    fragment found on AlternativeSupply { feasible solutions { offers { id leadTimeWeeks company { id } } } }
    """

    def scenario(weeks: int) -> dict[str, Any]:
        offer = {
            "id": "offer:x",
            "component": "component:euv-optics",
            "company": "company:nikon",
            "leadTimeWeeks": weeks,
        }
        return {"addOffers": [offer]}

    response = await ask(shipped_service, query, one=scenario(1), other=scenario(2))
    assert "errors" not in response
    weeks = {
        name: [
            offer["leadTimeWeeks"]
            for found in answer["solutions"]
            for offer in found["offers"]
            if offer["id"] == "offer:x"
        ]
        for name, answer in response["data"].items()
    }
    assert response["data"]["none"]["feasible"] == "NO"
    assert (set(weeks["one"]), set(weeks["other"]), weeks["none"]) == ({1.0}, {2.0}, [])


async def test_a_deal_that_is_tried_frees_a_server_from_taiwan(shipped_service: Service) -> None:
    answer = await data(shipped_service, named_operations()["try-a-deal"].text)
    assert (answer["today"]["feasible"], answer["withTheDeal"]["feasible"]) == ("NO", "YES")
    assert answer["withTheDeal"]["solutions"][0]["usesPartnerships"][0]["name"] == "Server chips made in France"
    nations = [
        {point["entity"]["name"] for point in answer[name]["points"]} for name in ("nationsToday", "nationsWithTheDeal")
    ]
    assert nations[0] - nations[1] == {"Taiwan"}


async def test_a_scenario_is_applied_once_and_rests_on_the_world_without_it(shipped_service: Service) -> None:
    networks = shipped_service.networks
    given = {"world": {"scenario": {"addOffers": [offered("component:hbm")]}}}
    network = await networks.at(world_of(given))
    assert await networks.at(world_of(given)) is network
    base = await networks.at(world_of({}))
    assert network.requirements is base.requirements
    assert network.world == world_of(given)
