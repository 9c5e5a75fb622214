"""Pages while data changes: what was seen is not seen again, and what stays is not missed."""

import pytest
from neo4j import AsyncGraphDatabase

from graph_service.facts.files import read_files
from graph_service.facts.load import load
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.api.asking import data
from tests.shipped import service_over

QUERY = """query($after: String, $before: String, $first: Int, $last: Int) {
  companies(first: $first, after: $after, last: $last, before: $before, orderBy: [{ kind: DESC }]) {
    totalCount nodes { id } pageInfo { startCursor endCursor } } }"""


def companies(*kinds: str) -> dict[str, str]:
    """Give a file of companies of these kinds, each named for its kind."""
    rows = "".join(f"company:{kind},{kind},{kind}\n" for kind in kinds)
    return {"companies.csv": f"id,name,kind\n{rows}"}


async def done_elsewhere(address: Address, text: str, node_id: str) -> None:
    """Let another program change a company, past every check of ours."""
    async with AsyncGraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        await driver.execute_query(f"MATCH (n:Company {{id: $id}}) {text}", {"id": node_id}, database_=address.database)


@pytest.mark.parametrize("way", ["forward", "backward"])
async def test_rows_that_come_and_go_move_no_page(store: Store, address: Address, way: str) -> None:
    service = service_over(store)
    await load(store, read_files(companies("b", "d", "f", "h", "j", "l")))
    size, cursor, end = ("last", "before", "startCursor") if way == "backward" else ("first", "after", "endCursor")
    page = (await data(service, QUERY, **{size: 3}))["companies"]
    seen = [node["id"].partition(":")[2] for node in page["nodes"]]
    assert seen == (["f", "d", "b"] if way == "backward" else ["l", "j", "h"])
    await load(store, read_files(companies("a", "e", "g", "k", "m")))
    await done_elsewhere(address, "DETACH DELETE n", f"company:{seen[0] if way == 'backward' else seen[-1]}")
    page = (await data(service, QUERY, **{size: 10, cursor: page["pageInfo"][end]}))["companies"]
    rest = [node["id"].partition(":")[2] for node in page["nodes"]]
    assert rest == (["m", "l", "k", "j", "h", "g"] if way == "backward" else ["g", "f", "e", "d", "b", "a"])
    assert page["totalCount"] == 10


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_a_company_that_lost_its_name_counts_and_is_on_no_page_by_name(
    store: Store, address: Address, direction: str
) -> None:
    await load(store, read_files(companies("a", "b", "c")))
    await done_elsewhere(address, "REMOVE n.name", "company:b")
    query = """query($by: SortDirection) {
      named: companies(orderBy: [{ name: $by }]) { totalCount nodes { id } }
      kinds: companies(orderBy: [{ kind: $by }]) { nodes { id } } }"""
    found = await data(service_over(store), query, by=direction)
    order = ["company:a", "company:b", "company:c"][:: 1 if direction == "ASC" else -1]
    assert found["named"]["totalCount"] == 3
    assert [node["id"] for node in found["named"]["nodes"]] == [each for each in order if each != "company:b"]
    assert [node["id"] for node in found["kinds"]["nodes"]] == order
