"""Changes and quality through GraphQL: what the record says of itself, on every engine."""

from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.facts.check import LOOKED_AT, findings
from graph_service.model.operations import named_operations
from graph_service.model.world import today
from tests.api.asking import data, error
from tests.shipped import ShippedFacts

CHANGES = """
query($from: Date!, $to: Date!, $target: ID, $first: Int) {
  diff(from: $from, to: $to, target: $target) {
    totalCount
    changes(first: $first) { change field before after entity { __typename id ... on Nation { name } } }
    singlePointsAdded { id name }
    singlePointsRemoved { id name }
  }
}
"""


async def test_what_changed_in_a_year_is_told_by_entity(shipped_service: Service) -> None:
    answer = (await data(shipped_service, CHANGES, **{"from": "2025-01-01", "to": "2026-01-01", "first": 1000}))["diff"]
    assert answer["totalCount"] == len(answer["changes"]) > 20
    ids = [change["entity"]["id"] for change in answer["changes"]]
    assert ids == sorted(ids)
    kinds = {change["entity"]["__typename"] for change in answer["changes"]}
    assert {"Partnership", "Deployment", "Nation"} <= kinds
    assert {change["change"] for change in answer["changes"] if change["field"]} == {"CHANGED"}
    assert (answer["singlePointsAdded"], answer["singlePointsRemoved"]) == ([], [])


async def test_a_deployment_that_began_brought_its_single_points_of_failure(shipped_service: Service) -> None:
    dates = {"from": "2025-01-01", "to": "2026-01-01", "target": "deployment:jupiter"}
    answer = (await data(shipped_service, CHANGES, **dates))["diff"]
    assert "ASML" in {entity["name"] for entity in answer["singlePointsAdded"]}
    assert answer["singlePointsRemoved"] == []


@pytest.mark.parametrize(("first", "rows"), [(0, 0), (3, 3), (None, 100)])
async def test_the_first_changes_are_a_part_of_all(shipped_service: Service, first: int | None, rows: int) -> None:
    dates = {"from": "2010-01-01", "to": "2026-06-01"}
    answer = (await data(shipped_service, CHANGES, **dates, first=first))["diff"]
    assert answer["totalCount"] > 100
    assert len(answer["changes"]) == rows


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"first": 1001}, ("BAD_USER_INPUT", "changes: first must be 0 to 1000, got 1001")),
        ({"first": -1}, ("BAD_USER_INPUT", "changes: first must be 0 to 1000, got -1")),
        ({"target": "nation:twn"}, ("BAD_USER_INPUT", "must be a component or a deployment, got nation:twn")),
        ({"target": "component:hbmm"}, ("NOT_FOUND", "component:hbmm is not recorded; nearest: component:hbm")),
        ({"from": "2001-01-01", "to": "2002-01-01", "target": "deployment:jupiter"}, ("NOT_IN_WORLD", "valid from")),
    ],
)
async def test_a_question_that_makes_no_sense_is_told_why(
    shipped_service: Service, given: dict[str, Any], refusal: tuple[str, str]
) -> None:
    code, message = await error(shipped_service, CHANGES, **({"from": "2025-01-01", "to": "2026-01-01"} | given))
    assert code == refusal[0]
    assert refusal[1] in message


async def test_a_confidence_beyond_the_scale_is_refused(shipped_service: Service) -> None:
    query = '{ diff(from: "2025-01-01", to: "2026-01-01", minConfidence: 101) { totalCount } }'
    assert await error(shipped_service, query) == ("BAD_USER_INPUT", "minConfidence must be 0 to 100, got 101")


async def test_what_changed_this_year_names_what_can_stop_the_machine_that_began(shipped_service: Service) -> None:
    answer = (await data(shipped_service, named_operations()["what-changed"].text))["diff"]
    begun = {change["entity"]["id"] for change in answer["changes"] if change["change"] == "ADDED"}
    assert {"deployment:jupiter", "partnership:pax-silica"} <= begun
    assert "ASML" in {entity["name"] for entity in answer["singlePointsAdded"]}


QUALITY = "query($first: Int) { dataQuality(first: $first) { rule severity message entity { id } } }"


async def test_findings_are_those_of_the_command_gravest_first(
    shipped_service: Service, shipped_facts: ShippedFacts
) -> None:
    found = findings(shipped_facts.bundle, today())
    answer = (await data(shipped_service, QUALITY, first=1000))["dataQuality"]
    assert answer == [
        {"rule": one.rule, "severity": one.severity, "message": one.message, "entity": {"id": one.entity}}
        for one in found[:1000]
    ]
    assert len((await data(shipped_service, QUALITY))["dataQuality"]) == 100


@pytest.mark.parametrize("first", [-1, 1001])
async def test_findings_are_asked_for_by_the_thousand(shipped_service: Service, first: int) -> None:
    refusal = ("BAD_USER_INPUT", f"first must be 0 to 1000, got {first}")
    assert await error(shipped_service, QUALITY, first=first) == refusal


def test_the_kinds_of_rows_that_are_read_are_all_that_findings_need(shipped_facts: ShippedFacts) -> None:
    bundle = shipped_facts.bundle
    looked_at = type(bundle)({kind: bundle.of(kind) for kind in LOOKED_AT})
    assert findings(looked_at, today()) == findings(bundle, today())
