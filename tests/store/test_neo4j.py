"""What only a Neo4j server does, of both lines."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from neo4j import AsyncGraphDatabase

from graph_service.errors import DeadlineExceeded, StatementRefused
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.engines import LIMITS, empty, prepare
from tests.servers.server import Neo4jServer

SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 1000000) AS b WITH a WHERE a < 0 RETURN count(a) AS {mark}"


@pytest.fixture(params=["neo4j_2026", "neo4j_5"])
def server(request: pytest.FixtureRequest) -> Neo4jServer:
    return request.getfixturevalue(request.param)


@pytest_asyncio.fixture
async def routed_store(server: Neo4jServer) -> AsyncGenerator[Store]:
    """A store that is reached as a cluster is: the driver asks for a routing table first."""
    uri = server.uri.replace("bolt://", "neo4j://")
    address = Address(uri, server.username, server.password, server.database)
    await prepare(address)
    await empty(address)
    async with Store.open(address, LIMITS) as store:
        yield store


async def running(server: Neo4jServer, mark: str) -> int:
    """Count the statements that run now and hold `mark`."""
    async with AsyncGraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        records, _, _ = await driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery", database_=server.database)
    return sum(mark in record["currentQuery"] for record in records)


async def test_a_write_is_there_for_the_next_read_of_a_cluster(routed_store: Store) -> None:
    for number in range(20):
        await routed_store.begin_import(f"note {number}")

        assert (await routed_store.data_version()).importing == f"note {number}"


async def test_the_server_stops_a_read_whose_time_is_over(server: Neo4jServer, routed_store: Store) -> None:
    with pytest.raises(DeadlineExceeded):
        await routed_store.read_text(SLOW.format(mark="overtime"), timeout_s=0.5)

    async with asyncio.timeout(30):
        while await running(server, "overtime"):
            await asyncio.sleep(0.1)


async def test_the_server_stops_a_read_that_nobody_waits_for(server: Neo4jServer, routed_store: Store) -> None:
    reading = asyncio.create_task(routed_store.read_text(SLOW.format(mark="unwanted"), timeout_s=3))
    async with asyncio.timeout(30):
        while not await running(server, "unwanted"):
            await asyncio.sleep(0.05)
        reading.cancel()
        while await running(server, "unwanted"):
            await asyncio.sleep(0.1)


async def test_a_text_that_writes_is_no_read(routed_store: Store) -> None:
    with pytest.raises(StatementRefused, match=r"Statement\.AccessMode"):
        await routed_store.read_text("CREATE (n:Nation {id: 'nation:twn'})")


async def test_an_unknown_name_is_no_warning_and_a_deprecation_is_one(routed_store: Store) -> None:
    await routed_store.read_text("MATCH (n:Nowhere)-[:NOTHING]->() RETURN n.absent AS absent")

    with pytest.warns(DeprecationWarning, match="id"):
        await routed_store.read_text("MATCH (n:Nation) RETURN id(n) AS id")
