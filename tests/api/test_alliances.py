"""Questions of alliances over GraphQL: the shipped facts answered, a client's mistakes named."""

from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.model.operations import named_operations
from tests.api.asking import data, error

OPERATIONS = named_operations()
IMPACT_IN_A_WORLD = """
query ($world: WorldInput) {
  partnershipImpact(partnership: "partnership:jasm-jv", world: $world) { cutSetsRemoved }
}
"""


async def test_france_and_taiwan_need_the_same_nations_whoever_else_joins(shipped_service: Service) -> None:
    answer = (await data(shipped_service, OPERATIONS["france-and-taiwan-together"].text))["partnershipCoverage"]
    assert answer["feasible"] == "NO"
    assert 0 < answer["meanCoverage"] < 1
    sets = [{nation["name"] for nation in chosen} for chosen in answer["minimalPartnerSets"]]
    assert {"Netherlands", "Japan", "Germany", "United States"} < set.intersection(*sets)
    shares = [row["coveredPct"] for row in answer["rows"]]
    assert shares == sorted(shares)


async def test_the_first_partnerships_each_end_a_single_point_of_failure(shipped_service: Service) -> None:
    answer = (await data(shipped_service, OPERATIONS["which-partnerships-first"].text))["recommendPartnerships"]
    assert [one["rank"] for one in answer["recommendations"]] == [1, 2, 3]
    for one in answer["recommendations"]:
        assert one["singlePointsRemoved"]
        assert one["parties"][0]["name"] == "France"
        assert one["reliabilityGain"] > 0


async def test_a_signed_partnership_shows_what_it_enables_and_whom_that_reaches(shipped_service: Service) -> None:
    answer = (await data(shipped_service, OPERATIONS["what-a-partnership-changes"].text))["partnershipImpact"]
    assert [offer["nation"]["name"] for offer in answer["partnership"]["enables"]] == ["Japan"]
    assert answer["affectedTargets"]
    assert answer["singlePointsRemoved"] == []


@pytest.mark.parametrize(
    ("question", "variables", "code", "message"),
    [
        (
            '{ partnershipImpact(partnership: "partnership:jasm") { cutSetsRemoved } }',
            {},
            "NOT_FOUND",
            "partnership:jasm is not recorded; nearest: partnership:jasm-jv",
        ),
        (
            IMPACT_IN_A_WORLD,
            {"world": {"asOf": "2020-01-01"}},
            "NOT_IN_WORLD",
            "partnership:jasm-jv is valid from 2021-11-09",
        ),
        (
            '{ partnershipCoverage(home: ["company:tsmc"], target: "component:hbm") { meanCoverage } }',
            {},
            "BAD_USER_INPUT",
            "home must be ids of nations or blocs, got company:tsmc",
        ),
        (
            '{ recommendPartnerships(home: "nation:fra", target: "component:hbm", budget: 11) { guarantee } }',
            {},
            "BAD_USER_INPUT",
            "budget must be 1 to 10, got 11",
        ),
    ],
)
async def test_a_mistake_is_named(
    shipped_service: Service, question: str, variables: dict[str, Any], code: str, message: str
) -> None:
    found, words = await error(shipped_service, question, **variables)
    assert (found, words[: len(message)]) == (code, message)
