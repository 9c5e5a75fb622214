"""The named questions: each answers something worth reading on the shipped facts, the same on every engine."""

import re
from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.model.operations import named_operations
from tests.api.asking import data
from tests.api.sockets import begun, listening

OPERATIONS = named_operations()
ANSWERS: dict[str, Any] = {}
"""By question, the answer of the engine that came first; the others must give the same."""


def engine_free(value: Any) -> Any:
    """Leave out what differs from one load to the next: versions, instants of recording, durations."""
    if isinstance(value, dict):
        return {
            key: engine_free(below)
            for key, below in value.items()
            if key not in {"dataVersion", "recordedAt", "elapsedMs"}
        }
    return [engine_free(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", [name for name, each in OPERATIONS.items() if not each.streams])
async def test_each_question_is_answered_alike_on_every_engine(shipped_service: Service, name: str) -> None:
    answer = engine_free(await data(shipped_service, OPERATIONS[name].text))
    assert all(answer.values()), answer
    assert ANSWERS.setdefault(name, answer) == answer


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_file_says_its_question_and_what_the_answer_shows(name: str) -> None:
    first, second = OPERATIONS[name].text.splitlines()[:2]
    assert re.fullmatch(r"# \d+\. .*\?.*|# \d+\. .*\.", first)
    assert second.startswith("# Shows ")


async def test_each_subscription_begins_over_the_socket_and_leaves_it_open(service_url: str) -> None:
    streaming = [each for each in OPERATIONS.values() if each.streams]
    assert [each.name for each in streaming] == ["tell-my-dashboard"]
    async with begun(service_url) as client:
        for each in streaming:
            await client.subscribe(each.name, each.text)
        await listening(service_url, len(streaming))


async def test_a_csv_is_checked_with_the_risks_that_it_would_bring_and_take_away(shipped_service: Service) -> None:
    report = (await data(shipped_service, OPERATIONS["check-my-csv"].text))["importBundle"]
    assert (report["created"], report["rejected"], report["errors"]) == (7, 0, [])
    assert {each["id"] for each in report["singlePointsAdded"]} == {"company:only-valve", "nation:bel"}
    assert "company:aspeed" in {each["id"] for each in report["singlePointsRemoved"]}


async def test_the_largest_maker_of_hbm_is_named_with_its_source(shipped_service: Service) -> None:
    answer = await data(shipped_service, OPERATIONS["who-supplies-hbm"].text)
    offers = answer["component"]["offers"]["nodes"]
    largest = max(offers, key=lambda offer: offer["sharePct"])
    assert (largest["company"]["name"], largest["nation"]["name"]) == ("SK hynix", "South Korea")
    assert "Counterpoint" in largest["sources"][0]["source"]["title"]


async def test_gpus_come_without_taiwan_but_a_server_around_them_is_blocked(shipped_service: Service) -> None:
    answer = await data(shipped_service, OPERATIONS["gpus-without-taiwan"].text)
    assert answer["gpu"]["feasible"] == "YES"
    for solution in answer["gpu"]["solutions"]:
        assert "Taiwan" not in {nation["name"] for nation in solution["nations"]}
    assert (answer["server"]["feasible"], answer["server"]["solutions"]) == ("NO", [])
    for blocker in answer["server"]["blockers"]:
        assert {offer["nation"]["name"] for offer in blocker["lostOffers"]} == {"Taiwan"}


async def test_asml_can_stop_an_accelerator_and_that_is_established(shipped_service: Service) -> None:
    points = (await data(shipped_service, OPERATIONS["who-can-stop-it"].text))["singlePointsOfFailure"]["points"]
    (asml,) = [point for point in points if point["entity"]["name"] == "ASML"]
    assert asml["established"] is True
    assert [step["name"] for step in asml["why"]][:2] == ["ASML", "EUV lithography system"]
    assert asml["why"][-1]["name"] == "Data-centre GPU package"


async def test_without_taiwan_for_eight_weeks_a_server_fails_and_the_cause_starts_there(
    shipped_service: Service,
) -> None:
    targets = (await data(shipped_service, OPERATIONS["if-taiwan-stops"].text))["simulateDisruption"]["targets"]
    assert {target["status"] for target in targets} == {"FAILED"}
    assert {target["cause"][0]["name"] for target in targets} == {"Taiwan"}
