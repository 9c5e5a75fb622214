"""A service whose database is nowhere: enough for whatever is refused before the store is asked."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from graph_service.api.context import Service
from graph_service.settings import Settings
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.engines import LIMITS
from tests.shipped import service_over

NOWHERE = Address("bolt://127.0.0.1:1", "nobody", "nothing", "neo4j")


@asynccontextmanager
async def unconnected_service(**settings: Any) -> AsyncGenerator[Service]:
    """Give the service with these settings and defaults for the others."""
    async with Store.open(NOWHERE, LIMITS) as store:
        yield service_over(store, Settings(**settings))
