"""Confidence on the shipped facts: the answer flips where asking with that minConfidence says so."""

from graph_service.api.context import Service
from tests.api.asking import data

SENSITIVITY = """
{
  confidenceSensitivity(target: "component:ai-gpu", excluding: {nations: ["nation:twn"]}) {
    feasible confidence flipsAtMinConfidence singlePoints { id } singlePointsFlipAtMinConfidence
    steps { minConfidence feasible singlePointsAdded { id } singlePointsRemoved { name } }
    meta { exactness asOf }
  }
}
"""
ANEW = """
query($least: Int) {
  alternativeSupplierPaths(target: "component:ai-gpu", excluding: {nations: ["nation:twn"]}, k: 1,
    world: {minConfidence: $least}) { feasible }
  singlePointsOfFailure(target: "component:ai-gpu", world: {minConfidence: $least}) { points { entity { id } } }
}
"""


async def test_the_answer_flips_where_asking_anew_says_so(shipped_service: Service) -> None:
    found = (await data(shipped_service, SENSITIVITY))["confidenceSensitivity"]
    assert found["meta"]["exactness"] == "EXACT"
    for least, flipped in ((found["confidence"], False), (found["flipsAtMinConfidence"], True)):
        anew = await data(shipped_service, ANEW, least=least)
        assert (anew["alternativeSupplierPaths"]["feasible"] != found["feasible"]) is flipped
    first = {point["id"] for point in found["singlePoints"]}
    for least in (found["singlePointsFlipAtMinConfidence"] - 1, found["singlePointsFlipAtMinConfidence"]):
        points = (await data(shipped_service, ANEW, least=least))["singlePointsOfFailure"]["points"]
        same = {point["entity"]["id"] for point in points} == first
        assert same is (least < found["singlePointsFlipAtMinConfidence"])
