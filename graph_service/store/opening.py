"""Opening: the store that the settings name."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from graph_service.settings import server_access
from graph_service.store.address import Address
from graph_service.store.data_directory import DataDirectory
from graph_service.store.engine import EngineOptions
from graph_service.store.joining import SharedEngine
from graph_service.store.limits import StoreLimits
from graph_service.store.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph_service.settings import Settings


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncGenerator[Store]:
    """Open the Neo4j server of NEO4J_URI, or else the embedded engine of GRAPH_SERVICE_DATA_DIR.

    A server is first met by the first statement; the embedded engine is started or joined here, and what fails
    then raises EngineNotStarted.
    """
    limits = StoreLimits(
        read_timeout_s=settings.read_timeout_seconds,
        write_timeout_s=settings.write_timeout_seconds,
        connect_timeout_s=settings.connect_timeout_seconds,
        connections_max=settings.connections_max,
    )
    server = server_access(settings)
    if server is not None:
        async with Store.open(Address(*server), limits) as store:
            yield store
        return
    options = EngineOptions(
        heap_megabytes=settings.engine_heap_megabytes,
        # The engine knows one limit for all statements, so it is the longest of them; the store holds each to its own.
        statement_timeout_s=max(settings.read_timeout_seconds, settings.write_timeout_seconds),
        start_timeout_s=settings.engine_start_timeout_seconds,
    )
    async with (
        SharedEngine.open(DataDirectory(settings.data_dir), options) as engine,
        Store.over(engine, limits) as store,
    ):
        yield store
