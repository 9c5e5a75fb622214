"""A service over the shipped facts, on each engine; loaded again only when another test emptied the store."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from graph_service.api.context import Service
from graph_service.app import service_over as built_over
from graph_service.facts.bundle import Bundle
from graph_service.facts.files import read_folder
from graph_service.facts.load import load
from graph_service.model.shipped import shipped
from graph_service.settings import Settings
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.engines import LIMITS, empty


@dataclass
class ShippedFacts:
    """The shipped facts, and which data version of each store holds exactly them."""

    bundle: Bundle
    version_by_uri: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="session")
def shipped_facts() -> ShippedFacts:
    """The shipped facts, read once."""
    return ShippedFacts(read_folder(shipped("seed/data")))


@pytest_asyncio.fixture(scope="module")
async def shipped_service(address: Address, shipped_facts: ShippedFacts) -> AsyncGenerator[Service]:
    """A service over the shipped facts, for tests that only read."""
    async with Store.open(address, LIMITS) as store:
        known = shipped_facts.version_by_uri.get(address.uri)
        if known is None or (await store.data_version()).version != known:
            await empty(address)
            report = await load(store, shipped_facts.bundle)
            shipped_facts.version_by_uri[address.uri] = report.data_version
        yield service_over(store)


def service_over(store: Store, settings: Settings | None = None) -> Service:
    """Put the parts of a service together over a store."""
    return built_over(store, settings or Settings())
