"""Stores whose library also holds the statements of these tests."""

import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from graph_service.model.shipped import shipped
from graph_service.store.address import Address, FixedAddress
from graph_service.store.queries import QueryLibrary
from graph_service.store.store import Store
from tests.engines import LIMITS, empty
from tests.store.proxy import Proxy

STATEMENTS = Path(__file__).parent / "statements"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> QueryLibrary:
    """The shipped statements, and those of tests/store/statements as `test/...`."""
    folder = tmp_path_factory.mktemp("library") / "cypher"
    shutil.copytree(shipped("cypher"), folder)
    shutil.copytree(STATEMENTS, folder / "test")
    return QueryLibrary(folder)


@pytest_asyncio.fixture
async def store(address: Address, library: QueryLibrary) -> AsyncGenerator[Store]:
    """A store that holds nothing."""
    await empty(address)
    async with Store.over(FixedAddress(address), LIMITS, library) as store:
        yield store


@pytest_asyncio.fixture(params=["plain", "encrypted"])
async def proxy(request: pytest.FixtureRequest, address: Address) -> AsyncGenerator[Proxy]:
    """A wire to the store that can be cut, with and without TLS."""
    async with Proxy.to(address, encrypted=request.param == "encrypted") as proxy:
        yield proxy


@pytest_asyncio.fixture
async def wired_store(store: Store, proxy: Proxy, library: QueryLibrary) -> AsyncGenerator[Store]:
    """The same store, reached through `proxy`."""
    async with Store.over(FixedAddress(proxy.address), LIMITS, library) as wired:
        yield wired
