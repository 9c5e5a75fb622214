"""Paths over GraphQL: every hop with its evidence, readable as what it is, alike on every engine."""

import itertools
from typing import Any

import pytest

from graph_service.api.context import Service
from tests.api.asking import data, error

PATHS = """query($from: ID!, $to: ID!, $direction: Direction!, $via: [Relation!], $excluding: Exclusions, $k: Int) {
  paths(from: $from, to: $to, direction: $direction, via: $via, excluding: $excluding, k: $k) {
    paths { length confidence hops {
      from { __typename id name ... on Company { headquarters { iso3 } } ... on Partnership { kind } }
      relation isUpstream confidence
      to { id }
      fact { __typename id confidence sources { note source { title } }
        ... on Offer { sharePct company { id } component { id } nation { id } }
        ... on Requirement { k alternatives { component { id } } }
        ... on Partnership { parties { party { ... on Entity { id } } } } }
    } }
    meta { exactness isPartial partialBecause unknownInputs { id } }
  }
}"""
ANSWERS: dict[str, Any] = {}
ENDS = [
    ("deployment:jupiter", "nation:twn", "UPSTREAM"),
    ("company:asml", "component:ai-gpu", "DOWNSTREAM"),
    ("nation:twn", "nation:fra", "BOTH"),
    ("bloc:quad", "component:hbm", "BOTH"),
]


@pytest.mark.parametrize(("start", "goal", "direction"), ENDS)
async def test_each_hop_is_borne_out_by_its_evidence_on_every_engine(
    shipped_service: Service, start: str, goal: str, direction: str
) -> None:
    asked = {"from": start, "to": goal, "direction": direction, "k": 5}
    answer = (await data(shipped_service, PATHS, **asked))["paths"]
    assert ANSWERS.setdefault(start, answer) == answer
    assert answer["meta"] == {"exactness": "EXACT", "isPartial": False, "partialBecause": None, "unknownInputs": []}
    assert answer["paths"]
    for path in answer["paths"]:
        hops = path["hops"]
        assert [hops[0]["from"]["id"], hops[-1]["to"]["id"], len(hops)] == [start, goal, path["length"]]
        assert path["confidence"] == min(hop["confidence"] for hop in hops)
        assert all(hop["to"]["id"] == after["from"]["id"] for hop, after in itertools.pairwise(hops))
        for hop in hops:
            assert hop["isUpstream"] is not (direction == "DOWNSTREAM") or direction == "BOTH"
            ends, fact = {hop["from"]["id"], hop["to"]["id"]}, hop["fact"]
            match hop["relation"]:
                case "SUPPLIES":
                    assert ends == {fact["company"]["id"], fact["component"]["id"]}
                case "MADE_IN":
                    assert ends == {fact["nation"]["id"], fact["component"]["id"]}
                case "REQUIRES":
                    assert ends & {each["component"]["id"] for each in fact["alternatives"]}
                case "PARTY_TO":
                    assert ends & {each["party"]["id"] for each in fact["parties"]}
                    assert fact["id"] in ends
                case "COVERS":
                    assert fact["id"] in ends
                case "ENABLES":
                    assert fact["component"]["id"] in ends
                case _:
                    assert fact is None
            assert fact is None or fact["confidence"] == hop["confidence"]


async def test_what_is_excluded_or_not_asked_for_is_on_no_path(shipped_service: Service) -> None:
    asked = {"from": "company:asml", "to": "component:ai-gpu", "direction": "DOWNSTREAM", "k": 10}
    without = await data(shipped_service, PATHS, **asked, excluding={"blocs": ["bloc:eu"]})
    assert not any(
        fact["nation"] and fact["nation"]["id"] == "nation:nld"
        for path in without["paths"]["paths"]
        for hop in path["hops"]
        for fact in [hop["fact"]]
        if fact and fact["__typename"] == "Offer"
    )
    only = await data(shipped_service, PATHS, **asked, via=["SUPPLIES", "REQUIRES"])
    relations = {hop["relation"] for path in only["paths"]["paths"] for hop in path["hops"]}
    assert relations == {"SUPPLIES", "REQUIRES"}


@pytest.mark.parametrize(
    ("start", "goal", "k", "code", "words"),
    [
        ("nation:twn", "nation:twn", 3, "BAD_USER_INPUT", "two entities"),
        ("nation:twn", "source:f1", 3, "BAD_USER_INPUT", "to must be a nation, bloc"),
        ("nation:twn", "company:tsmcc", 3, "NOT_FOUND", "nearest: company:tsmc"),
        ("nation:twn", "company:tsmc", 0, "BAD_USER_INPUT", "k must be 1 to 100, got 0"),
    ],
)
async def test_what_cannot_be_asked_names_the_rule(
    shipped_service: Service, start: str, goal: str, k: int, code: str, words: str
) -> None:
    found = await error(shipped_service, PATHS, **{"from": start, "to": goal, "direction": "BOTH", "k": k})
    assert (found[0], words in found[1]) == (code, True), found
