"""What several tests of the API ask for."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from graph_service.api.context import Service
from graph_service.facts.load import load
from graph_service.store.store import Store
from tests.api.plant import BUNDLE
from tests.shipped import service_over


@pytest_asyncio.fixture
async def service(store: Store) -> AsyncGenerator[Service]:
    """A service over F1 and a deployment that needs its GPU."""
    await load(store, BUNDLE)
    yield service_over(store)
