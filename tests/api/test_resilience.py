"""Resilience through GraphQL: who hurts most, how long stocks last, and what is refused."""

from graph_service.api.context import Service
from graph_service.model.operations import named_operations
from tests.api.asking import data, error

OPERATIONS = named_operations()


async def test_a_maker_that_is_no_single_point_is_among_those_that_hurt_the_network_most(
    shipped_service: Service,
) -> None:
    answer = (await data(shipped_service, OPERATIONS["who-hurts-the-network"].text))["criticality"]
    first = answer["rows"][:5]
    assert answer["meta"]["exactness"] == "EXACT"
    (tel,) = [row for row in first if row["entity"]["name"] == "Tokyo Electron"]
    surest = max(row["riskAchievementWorth"] for row in first)
    assert tel["riskAchievementWorth"] < surest
    assert surest * (1 - answer["reliability"]) > 0.999
    assert tel["systemicRisk"] > 0.3


async def test_without_recorded_stocks_survival_is_a_lower_bound_and_said_to_be_one(shipped_service: Service) -> None:
    answer = (await data(shipped_service, OPERATIONS["how-long-without-each-supplier"].text))["stressTest"]
    assert {row["timeToSurviveWeeks"] for row in answer["rows"]} == {0, None}
    assert {row["atRisk"] for row in answer["rows"]} == {"UNKNOWN", "NO"}
    assert answer["meta"]["exactness"] == "BOUNDED"
    assert "is not known and counts 0" in answer["meta"]["partialBecause"]


async def test_what_breaks_a_rule_is_refused_by_name(shipped_service: Service) -> None:
    query = 'query ($p: Float) { criticality(target: "component:ai-gpu", failureProbability: $p) { reliability } }'
    assert await error(shipped_service, query, p=2) == ("BAD_USER_INPUT", "failureProbability must be 0 to 1, got 2")
    query = 'query ($d: Decimal) { stressTest(target: "component:ai-gpu", demandPerWeek: $d) { rows { atRisk } } }'
    assert await error(shipped_service, query, d="0") == ("BAD_USER_INPUT", "demandPerWeek must be above 0, got 0")
    assert (await data(shipped_service, query, d=None))["stressTest"]["rows"]
