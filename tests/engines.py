"""The engines that a contract must hold on: a test that takes `store` runs on each, on an empty database."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from neo4j import AsyncGraphDatabase

from graph_service.store.address import Address
from graph_service.store.data_directory import DataDirectory
from graph_service.store.engine import EngineOptions
from graph_service.store.joining import SharedEngine
from graph_service.store.limits import StoreLimits
from graph_service.store.store import Store
from tests.servers.server import Neo4jServer

SERVERS = {"neo4j-2026": "neo4j_2026", "neo4j-5": "neo4j_5"}
LIMITS = StoreLimits(read_timeout_s=30, write_timeout_s=60, warns=True)
OPTIONS = EngineOptions(statement_timeout_s=30, start_timeout_s=120)


@pytest_asyncio.fixture(scope="session", params=["embedded", *SERVERS])
async def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Address]:
    """The address of each engine in turn, with the schema made."""
    if request.param == "embedded":
        async with SharedEngine.open(DataDirectory(tmp_path_factory.mktemp("embedded")), OPTIONS) as engine:
            found = await engine.address()
            await prepare(found)
            yield found
        return
    server: Neo4jServer = request.getfixturevalue(SERVERS[request.param])
    found = Address(server.uri, server.username, server.password, server.database)
    await prepare(found)
    yield found


@pytest_asyncio.fixture
async def store(address: Address) -> AsyncGenerator[Store]:
    """A store that holds nothing."""
    await empty(address)
    async with Store.open(address, LIMITS) as store:
        yield store


async def prepare(address: Address) -> None:
    """Make the constraints and indexes."""
    async with Store.open(address, LIMITS) as store:
        await store.prepare()


async def empty(address: Address) -> None:
    """Take everything away but the schema."""
    async with AsyncGraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n", database_=address.database)
