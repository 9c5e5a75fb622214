"""Aggregates and groups against a plain reading of the shipped fact files."""

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.api.schema import core, schema
from graph_service.facts.files import read_files
from graph_service.facts.load import load
from graph_service.reads.measures import GROUPINGS, MEASURES
from graph_service.store.store import Store
from tests.api.asking import data, error
from tests.api.test_filters import PLURAL, Facts, Filters
from tests.shipped import ShippedFacts, service_over

NUMBERS = ("sharePct", "leadTimeWeeks", "timeToRecoverWeeks", "inventoryWeeks", "confidence")
FIGURES = "{ count min max avg sum }"
OFFERS = "count " + " ".join(f"{name} {FIGURES}" for name in NUMBERS)


@pytest.fixture(scope="module")
def facts(shipped_facts: ShippedFacts) -> Facts:
    return Facts(shipped_facts.bundle)


def figures(values: Sequence[Any]) -> dict[str, Any]:
    """Sum up what is known."""
    known = [value for value in values if value is not None]
    if not known:
        return {"count": 0, "min": None, "max": None, "avg": None, "sum": None}
    total = fsum(known)
    return {
        "count": len(known),
        "min": min(known),
        "max": max(known),
        "avg": pytest.approx(total / len(known)),
        "sum": pytest.approx(total),
    }


def of_offers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"count": len(rows)} | {name: figures([row[name] for row in rows]) for name in NUMBERS}


def grouped(rows: Sequence[dict[str, Any]], key: Callable[[dict[str, Any]], Any]) -> dict[Any, list[dict[str, Any]]]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def test_every_measure_and_grouping_is_a_field_and_a_value_of_the_schema() -> None:
    types: Any = core(schema()).type_map
    for typename, measures in MEASURES.items():
        assert set(types[f"{typename}Aggregate"].fields) == {"count", *measures}
        assert set(types[f"{typename}Group"].values) == set(GROUPINGS[typename])


@pytest.mark.parametrize("seed", range(4))
async def test_an_aggregate_is_of_all_rows_that_the_filter_keeps(
    shipped_service: Service, facts: Facts, seed: int
) -> None:
    where = Filters(seed).where("offer")
    query = (
        "query($where: OfferWhere) { offers(where: $where, first: 1)"
        f" {{ totalCount nodes {{ id }} aggregate {{ {OFFERS} }} }} }}"
    )
    found = (await data(shipped_service, query, where=where))["offers"]
    rows = [row for row in facts.of("offer") if facts.matches(row, where)]
    assert found["aggregate"] == of_offers(rows), where
    assert found["totalCount"] == len(rows)


@pytest.mark.parametrize("by", ["NATION", "COMPANY", "COMPONENT", "HEADQUARTERS", "CATEGORY"])
async def test_offers_in_groups_are_those_of_the_files(shipped_service: Service, facts: Facts, by: str) -> None:
    def key(row: dict[str, Any]) -> Any:
        match by:
            case "HEADQUARTERS":
                return row["company"] and facts.rows[row["company"]]["headquarters"]
            case "CATEGORY":
                return facts.rows[row["component"]]["category"]
            case _:
                return row[by.lower()]

    query = (
        "query($by: OfferGroup!) { offers(first: 0) { groups(by: $by, first: 1000)"
        f" {{ group {{ id }} value aggregate {{ {OFFERS} }} }} }} }}"
    )
    found = (await data(shipped_service, query, by=by))["offers"]["groups"]
    expected = grouped(facts.of("offer"), key)
    order = sorted(expected, key=lambda each: (-len(expected[each]), each is None, each))
    assert [row["value"] if by == "CATEGORY" else row["group"] and row["group"]["id"] for row in found] == order
    assert [row["aggregate"] for row in found] == [of_offers(expected[each]) for each in order]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("function", ["sum", "avg", "max", "min", "count"])
async def test_groups_come_in_the_order_of_a_figure_and_the_unknown_last(
    shipped_service: Service, facts: Facts, function: str, direction: str
) -> None:
    order = [{"sharePct": {function: direction}}]
    query = (
        "query($order: [OfferGroupOrder!]) { offers(first: 0) { groups(by: COMPANY, orderBy: $order, first: 1000)"
        " { group { id } } } }"
    )
    found = (await data(shipped_service, query, order=order))["offers"]["groups"]
    rank: list[tuple[Any, ...]] = []
    for company, rows in grouped(facts.of("offer"), lambda row: row["company"]).items():
        known = [row["sharePct"] for row in rows if row["sharePct"] is not None]
        value = len(known) if function == "count" else None
        if known and function != "count":
            total = round(fsum(known), 6)
            value = {"sum": total, "avg": round(fsum(known) / len(known), 6), "max": max(known), "min": min(known)}[
                function
            ]
        value = value if value is None or direction == "ASC" else -value
        rank.append((value is None, value or 0, company is None, company or ""))
    assert [row["group"]["id"] if row["group"] else "" for row in found] == [each[-1] for each in sorted(rank)]


@pytest.mark.parametrize(
    ("kind", "by", "name"),
    [
        ("company", "HEADQUARTERS", "headquarters"),
        ("company", "KIND", "kind"),
        ("component", "CATEGORY", "category"),
        ("component", "INPUT_KIND", "inputKind"),
        ("nation", "REGION", "region"),
        ("nation", "GDPR_TRANSFER", "gdprTransfer"),
        ("partnership", "KIND", "kind"),
        ("partnership", "STATUS", "status"),
    ],
)
async def test_other_rows_are_grouped_likewise(
    shipped_service: Service, facts: Facts, kind: str, by: str, name: str
) -> None:
    query = (
        f"{{ them: {PLURAL[kind]}(first: 0) {{ aggregate {{ count }} groups(by: {by}, first: 1000)"
        " { group { id } value aggregate { count } } } }"
    )
    found = (await data(shipped_service, query))["them"]
    expected = grouped(facts.of(kind), lambda row: row[name])
    order = sorted(expected, key=lambda each: (-len(expected[each]), each is None, each))
    assert found["aggregate"]["count"] == len(facts.of(kind))
    assert [
        (row["group"]["id"] if row["group"] else row["value"], row["aggregate"]["count"]) for row in found["groups"]
    ] == [(each, len(expected[each])) for each in order]


@pytest.mark.parametrize(("by", "link", "prefix"), [("PARTY", "party", ""), ("NATION", "party", "nation:")])
async def test_a_partnership_counts_in_the_group_of_each_party(
    shipped_service: Service, facts: Facts, by: str, link: str, prefix: str
) -> None:
    held = {row["id"]: row for row in facts.of("partnership")}
    groups: dict[str, list[str]] = {}
    for each in facts.parties:
        if each["partnership"] in held and each[link].startswith(prefix):
            groups.setdefault(each[link], []).append(held[each["partnership"]]["signedOn"])
    without = set(held) - {each["partnership"] for each in facts.parties if each[link].startswith(prefix)}
    query = (
        f"{{ partnerships {{ groups(by: {by}, first: 1000)"
        " { group { __typename id name } aggregate { count signedOn { count min max } } } } }"
    )
    found = (await data(shipped_service, query))["partnerships"]["groups"]
    of_none = [row["aggregate"]["count"] for row in found if row["group"] is None]
    assert of_none == ([len(without)] if without else [])
    got = {row["group"]["id"]: row["aggregate"] for row in found if row["group"]}
    assert set(got) == set(groups)
    for party, signed in groups.items():
        known = [date for date in signed if date is not None]
        dates = {"count": len(known), "min": min(known, default=None), "max": max(known, default=None)}
        assert got[party] == {"count": len(signed), "signedOn": dates}, party


async def test_aggregates_below_nodes_are_of_the_rows_of_each(shipped_service: Service, facts: Facts) -> None:
    query = (
        "query($where: OfferWhere) { companies(first: 100, orderBy: [{ name: ASC }]) { aggregate { count }"
        " nodes { id headquarters { id companies(first: 0) { aggregate { count } } }"
        f" offers(where: $where, first: 1) {{ totalCount all: aggregate {{ {OFFERS} }} aggregate {{ count }}"
        f" groups(by: NATION) {{ group {{ id name }} aggregate {{ count sharePct {FIGURES} }} }} }} }} }} }}"
    )
    where = {"confidence": {"gte": 30}}
    found = (await data(shipped_service, query, where=where))["companies"]
    assert found["aggregate"]["count"] == len(facts.of("company"))
    at_home = grouped(facts.of("company"), lambda row: row["headquarters"])
    offers = grouped([row for row in facts.of("offer") if row["confidence"] >= 30], lambda row: row["company"])
    assert len(found["nodes"]) == 100
    for node in found["nodes"]:
        rows = offers.get(node["id"], [])
        assert node["offers"]["all"] == of_offers(rows), node["id"]
        assert node["offers"]["totalCount"] == node["offers"]["aggregate"]["count"] == len(rows)
        made_in = grouped(rows, lambda row: row["nation"])
        order = sorted(made_in, key=lambda each: (-len(made_in[each]), each is None, each))
        assert [row["group"] and row["group"]["id"] for row in node["offers"]["groups"]] == order
        for row, nation in zip(node["offers"]["groups"], order, strict=True):
            assert row["aggregate"] == {
                "count": len(made_in[nation]),
                "sharePct": figures([each["sharePct"] for each in made_in[nation]]),
            }
        if node["headquarters"]:
            count = node["headquarters"]["companies"]["aggregate"]["count"]
            assert count == len(at_home[node["headquarters"]["id"]])


async def test_aggregates_stand_below_any_kind_of_field(shipped_service: Service, facts: Facts) -> None:
    query = """{
      node(id: "partnership:seed-tw-fr") { ... on Partnership { parties { party {
        __typename ... on Nation { id companies(first: 0) { aggregate { count } groups(by: KIND) { value } } }
        ... on Company { id offers { aggregate { count } } } } } } }
      nodes(ids: ["component:hbm", "nation:kor", "component:no-such"]) {
        ... on Component { offers { aggregate { count } } usedIn { totalCount aggregate { count } } }
        ... on Nation { blocs { members { id companies(first: 0) { aggregate { count } } } } } }
      search(text: "HBM", kinds: [COMPONENT], first: 5) { hits { entity {
        ... on Component { id offers(first: 0) { totalCount aggregate { count } } } } } }
      component(by: { id: "component:hbm" }) { offers(first: 0) { groups(by: COMPANY, first: 2) {
        group { id ... on Company { offers(first: 0) { totalCount aggregate { count } } headquarters { iso3 } } } } } }
    }"""
    found = await data(shipped_service, query)
    companies = grouped(facts.of("company"), lambda row: row["headquarters"])
    parties = [each["party"] for each in found["node"]["parties"]]
    assert {each["__typename"] for each in parties} == {"Nation"}
    for each in parties:
        assert each["companies"]["aggregate"]["count"] == len(companies[each["id"]])
    hbm, korea, unknown = found["nodes"]
    offers = grouped(facts.of("offer"), lambda row: row["component"])
    assert hbm["offers"]["aggregate"]["count"] == len(offers["component:hbm"])
    assert hbm["usedIn"]["aggregate"]["count"] == hbm["usedIn"]["totalCount"] > 0
    for bloc in korea["blocs"]:
        for member in bloc["members"]:
            assert member["companies"]["aggregate"]["count"] == len(companies.get(member["id"], []))
    assert unknown is None
    assert len(found["search"]["hits"]) > 1
    for hit in found["search"]["hits"]:
        count = len(offers.get(hit["entity"]["id"], []))
        assert hit["entity"]["offers"] == {"totalCount": count, "aggregate": {"count": count}}
    for row in found["component"]["offers"]["groups"]:
        rows = [each for each in facts.of("offer") if each["company"] == row["group"]["id"]]
        assert row["group"]["offers"] == {"totalCount": len(rows), "aggregate": {"count": len(rows)}}


async def test_one_group_can_be_read_in_several_ways(shipped_service: Service) -> None:
    query = """{ partnerships { groups(by: PARTY, first: 5) { group { id } named: group { __typename name }
      aggregate { count } n: aggregate { count confidence { max } } value } } }"""
    for row in (await data(shipped_service, query))["partnerships"]["groups"]:
        assert set(row["group"]) == {"id"}
        assert row["named"]["__typename"].lower() == row["group"]["id"].partition(":")[0]
        assert row["n"]["count"] == row["aggregate"]["count"]
        assert row["value"] is None
    found = await data(
        shipped_service, "{ components { groups(by: CATEGORY, first: 1) { value x: value group { id } } } }"
    )
    ((row),) = found["components"]["groups"]
    assert (row["value"], row["group"]) == (row["x"], None)


async def test_the_world_of_the_root_counts_in_aggregates_too(shipped_service: Service, facts: Facts) -> None:
    query = """query($world: WorldInput) { nation(iso: "TWN", world: $world) {
      partnerships(first: 0) { totalCount aggregate { count } groups(by: KIND) { aggregate { count } } } }
      nations(world: $world) { groups(by: BLOC) {
        group { ... on Bloc { id members { id } } } aggregate { count } } } }"""
    for world in ({"minConfidence": 60}, {"asOf": "2023-01-01"}, {"allDates": True}):
        found = await data(shipped_service, query, world=world)
        partnerships = found["nation"]["partnerships"]
        assert partnerships["totalCount"] == partnerships["aggregate"]["count"]
        assert partnerships["totalCount"] == sum(row["aggregate"]["count"] for row in partnerships["groups"])
        for row in found["nations"]["groups"]:
            assert row["group"] is None or row["aggregate"]["count"] == len(row["group"]["members"])


DEPLOYMENTS = """id,name,mode,capex,opex_per_year,price_per_hour,currency
deployment:a,A,CLOUD,0.1,7,,EUR
deployment:b,B,CLOUD,0.2,,,EUR
deployment:c,C,EDGE,1234567890.5,,3.25,EUR
deployment:d,D,EDGE,,9,,USD
deployment:e,E,HYBRID,,,5,
"""


async def test_decimals_are_summed_up_where_their_unit_is_one_and_known(store: Store) -> None:
    await load(store, read_files({"deployments.csv": DEPLOYMENTS}))
    figures = "{ count unit min max avg sum }"
    query = (
        f"{{ deployments(first: 0) {{ aggregate {{ capex {figures} opexPerYear {figures} pricePerHour {figures} }}"
        " groups(by: MODE, orderBy: [{ count: DESC }]) { value aggregate { capex { unit sum } } } } }"
    )
    found = (await data(service_over(store), query))["deployments"]
    unknown = {"unit": None, "min": None, "max": None, "avg": None, "sum": None}
    assert found["aggregate"] == {
        "capex": {
            "count": 3,
            "unit": "EUR",
            "min": "0.1",
            "max": "1234567890.5",
            "avg": "411522630.267",
            "sum": "1234567890.8",
        },
        "opexPerYear": {"count": 2} | unknown,
        "pricePerHour": {"count": 2} | unknown,
    }
    assert found["groups"] == [
        {"value": "CLOUD", "aggregate": {"capex": {"unit": "EUR", "sum": "0.3"}}},
        {"value": "EDGE", "aggregate": {"capex": {"unit": "EUR", "sum": "1234567890.5"}}},
        {"value": "HYBRID", "aggregate": {"capex": {"unit": None, "sum": None}}},
    ]


async def test_a_list_without_rows_comes_to_nothing_and_claims_nothing(shipped_service: Service) -> None:
    query = (
        "{ offers(where: { confidence: { gt: 100 } }) { aggregate { count sharePct { count min max avg sum }"
        " unitCost { count unit sum } } groups(by: NATION) { value } } }"
    )
    found = (await data(shipped_service, query))["offers"]
    assert found == {
        "aggregate": {
            "count": 0,
            "sharePct": {"count": 0, "min": None, "max": None, "avg": None, "sum": None},
            "unitCost": {"count": 0, "unit": None, "sum": None},
        },
        "groups": [],
    }


@pytest.mark.parametrize("first", [-1, 1001])
async def test_groups_are_at_most_as_many_as_a_list_may_have(shipped_service: Service, first: int) -> None:
    query = f"{{ offers {{ groups(by: NATION, first: {first}) {{ value }} }} }}"
    assert await error(shipped_service, query) == (
        "BAD_USER_INPUT",
        f"groups: first must be 0 to 1000, got {first}",
    )


async def test_no_groups_are_none(shipped_service: Service) -> None:
    found = await data(shipped_service, "{ offers { groups(by: NATION, first: 0) { value } } }")
    assert found["offers"]["groups"] == []
