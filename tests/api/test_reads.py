"""Reads over the shipped facts, the same on every engine."""

import csv
from datetime import date
from pathlib import Path

import pytest

from graph_service.api.context import Service
from graph_service.model.shipped import shipped
from tests.api.asking import data, error


def rows(name: str) -> list[dict[str, str]]:
    with Path(shipped("seed/data"), f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def test_each_kind_has_as_many_nodes_as_its_file_has_rows(shipped_service: Service) -> None:
    found = await data(
        shipped_service,
        "{ nations { totalCount } companies { totalCount } components { totalCount } blocs { id }"
        " offers(world: { allDates: true }) { totalCount } partnerships(world: { allDates: true }) { totalCount }"
        " deployments(world: { allDates: true }) { totalCount } }",
    )
    for kind in ("nations", "companies", "components", "offers", "partnerships", "deployments"):
        assert found[kind]["totalCount"] == len(rows(kind)), kind
    assert len(found["blocs"]) == len(rows("blocs"))


async def test_pages_walk_through_all_companies_once_in_the_order_of_names(shipped_service: Service) -> None:
    names: list[tuple[str, str]] = []
    after = None
    while True:
        page = (
            await data(
                shipped_service,
                "query($after: String) { companies(first: 100, after: $after)"
                " { nodes { id name } pageInfo { hasNextPage hasPreviousPage endCursor } } }",
                after=after,
            )
        )["companies"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        names += [(node["name"], node["id"]) for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert names == sorted((row["name"], row["id"]) for row in rows("companies"))


async def test_a_cursor_of_any_row_goes_on_behind_that_row(shipped_service: Service) -> None:
    query = "query($after: String) { nations(first: 3, after: $after) { edges { cursor node { id } } } }"
    edges = (await data(shipped_service, query))["nations"]["edges"]
    behind = (await data(shipped_service, query, after=edges[0]["cursor"]))["nations"]["edges"]
    assert [edge["node"]["id"] for edge in behind[:2]] == [edge["node"]["id"] for edge in edges[1:]]


async def test_first_zero_gives_no_rows_and_the_right_total(shipped_service: Service) -> None:
    page = (await data(shipped_service, "{ nations(first: 0) { totalCount nodes { id } edges { cursor } } }"))[
        "nations"
    ]
    assert page == {"totalCount": len(rows("nations")), "nodes": [], "edges": []}


@pytest.mark.parametrize("as_of", ["2023-06-01", "2024-06-01", "2026-01-01"])
@pytest.mark.parametrize("confidence", [0, 30, 60])
async def test_a_world_holds_the_partnerships_of_its_date_and_confidence(
    shipped_service: Service, as_of: str, confidence: int
) -> None:
    expected = [
        row["id"]
        for row in rows("partnerships")
        if int(row["confidence"] or 50) >= confidence
        and (not row["valid_from"] or date.fromisoformat(row["valid_from"]) <= date.fromisoformat(as_of))
        and (not row["valid_to"] or date.fromisoformat(row["valid_to"]) > date.fromisoformat(as_of))
    ]
    found = await data(
        shipped_service,
        "query($world: WorldInput) { partnerships(first: 0, world: $world) { totalCount }"
        ' nation(iso: "TWN", world: $world) { partnerships(first: 100) { nodes { id } } } }',
        world={"asOf": as_of, "minConfidence": confidence},
    )
    of_taiwan = {row["partnership"] for row in rows("parties") if row["party"] == "nation:twn"}
    assert found["partnerships"]["totalCount"] == len(expected)
    assert {node["id"] for node in found["nation"]["partnerships"]["nodes"]} == of_taiwan & set(expected)


async def test_a_field_with_a_world_of_its_own_follows_that_one(shipped_service: Service) -> None:
    found = await data(
        shipped_service,
        '{ nation(iso: "IN") { now: blocs { id } sure: blocs(world: { minConfidence: 90 }) { id } } }',
    )
    assert {"id": "bloc:quad"} in found["nation"]["now"]
    assert found["nation"]["now"] != found["nation"]["sure"]


@pytest.mark.parametrize("iso", ["TW", "tw", "TWN", "twn", "nation:twn", "Nation:TWN"])
async def test_a_nation_is_found_by_either_code_or_id_in_any_case(shipped_service: Service, iso: str) -> None:
    found = await data(shipped_service, "query($iso: String!) { nation(iso: $iso) { id } }", iso=iso)
    assert found["nation"] == {"id": "nation:twn"}


@pytest.mark.parametrize(
    "query",
    [
        '{ it: node(id: "component:no-such") { id } }',
        '{ it: node(id: "no id at all") { id } }',
        '{ it: nation(iso: "Atlantis") { id } }',
        '{ it: component(by: { name: "No such part" }) { id } }',
        '{ it: company(by: { lei: "00000000000000000000" }) { id } }',
        '{ it: partnership(id: "nation:twn") { id } }',
    ],
)
async def test_a_look_up_of_something_unknown_is_null_without_an_error(shipped_service: Service, query: str) -> None:
    assert await data(shipped_service, query) == {"it": None}


async def test_nodes_come_in_the_order_asked_for_with_null_for_the_unknown(shipped_service: Service) -> None:
    ids = ["component:hbm", "nation:zzz", "company:tsmc", "component:hbm", "offer:asml.euv-scanner.nld"]
    found = await data(
        shipped_service,
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Entity { name } ... on Fact { confidence } } }",
        ids=ids,
    )
    assert [node and node["id"] for node in found["nodes"]] == [
        "component:hbm", None, "company:tsmc", "component:hbm", "offer:asml.euv-scanner.nld",
    ]  # fmt: skip
    assert found["nodes"][2] == {"__typename": "Company", "id": "company:tsmc", "name": "TSMC"}


async def test_every_offer_of_hbm_says_who_says_so(shipped_service: Service) -> None:
    found = await data(
        shipped_service,
        '{ component(by: { id: "component:hbm" }) { offers { totalCount nodes { company { name } sharePct'
        " sources { source { title } } } } } }",
    )
    offers = found["component"]["offers"]
    assert offers["totalCount"] == 3
    assert {(offer["company"]["name"], offer["sharePct"]) for offer in offers["nodes"]} >= {("SK hynix", 62.0)}
    assert all(offer["sources"] for offer in offers["nodes"])


async def test_aliases_of_one_field_with_other_arguments_stay_apart(shipped_service: Service) -> None:
    found = await data(
        shipped_service,
        '{ a: nation(iso: "FR") { name p: companies(first: 1) { nodes { id } }'
        ' q: companies(first: 2) { nodes { id } } } b: nation(iso: "DE") { name } }',
    )
    assert (found["a"]["name"], found["b"]["name"]) == ("France", "Germany")
    assert found["a"]["q"]["nodes"][:1] == found["a"]["p"]["nodes"]
    assert len(found["a"]["q"]["nodes"]) == 2


async def test_skip_and_include_leave_fields_out(shipped_service: Service) -> None:
    query = 'query($with: Boolean!) { nation(iso: "FR") { id @skip(if: $with) name @include(if: $with) } }'
    assert await data(shipped_service, query, **{"with": True}) == {"nation": {"name": "France"}}
    assert await data(shipped_service, query, **{"with": False}) == {"nation": {"id": "nation:fra"}}


async def test_depth_inside_a_read_is_that_of_the_analysis(shipped_service: Service) -> None:
    found = await data(
        shipped_service,
        '{ component(by: { id: "component:ai-gpu" }) { offersComplete dependencyDepth { ...Depth } }'
        ' dependencyDepth(target: "component:ai-gpu") { ...Depth } }'
        " fragment Depth on DependencyDepth { depth tiers { component { name } } }",
    )
    assert found["component"]["dependencyDepth"] == found["dependencyDepth"]
    assert found["dependencyDepth"]["depth"] > 3


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("{ nations(first: 101) { totalCount } }", "BAD_USER_INPUT", "first must be 0 to 100, got 101"),
        ("{ nations(first: -1) { totalCount } }", "BAD_USER_INPUT", "first must be 0 to 100, got -1"),
        ('{ nations(after: "x!") { totalCount } }', "BAD_USER_INPUT", "after must be a cursor"),
        ('{ nations(after: "W1siaWQiXSxbIngiXV0") { totalCount } }', "BAD_USER_INPUT", "cursor of the order name, id"),
        ('{ nation(iso: "FR") { companies(first: 1000) { totalCount } } }', "BAD_USER_INPUT", "got 1000"),
        (
            "{ offers(world: { minConfidence: 101 }) { totalCount } }",
            "BAD_USER_INPUT",
            "minConfidence must be 0 to 100",
        ),
        ('{ offers(world: { asOf: "2026-13-01" }) { totalCount } }', "GRAPHQL_VALIDATION_FAILED", "2026-13-01"),
        (
            '{ dependencyDepth(target: "component:ai-gpu", world: { allDates: true }) { depth } }',
            "BAD_USER_INPUT",
            "allDates",
        ),
        ('{ dependencyDepth(target: "component:ai-gpuu") { depth } }', "NOT_FOUND", "component:ai-gpu"),
        ('{ dependencyDepth(target: "nation:twn") { depth } }', "BAD_USER_INPUT", "nation:twn"),
        ('{ search(text: "x", first: 101) { totalCount } }', "BAD_USER_INPUT", "first must be 0 to 100, got 101"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED", "nothing"),
        ("{ nations {", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
    ],
)
async def test_bad_input_gets_a_code_and_a_message_with_value_and_rule(
    shipped_service: Service, query: str, code: str, words: str
) -> None:
    found = await error(shipped_service, query)
    assert found[0] == code
    assert words in found[1]
