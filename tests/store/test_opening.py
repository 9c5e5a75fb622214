"""The settings name the store."""

from pathlib import Path

import pytest

from graph_service.errors import EngineNotStarted, Misconfigured
from graph_service.settings import Settings, read_settings
from graph_service.store.address import Engine
from graph_service.store.opening import open_store
from tests.servers.server import Neo4jServer


async def test_without_a_server_the_embedded_engine_of_the_data_directory_is_opened(tmp_path: Path) -> None:
    async with open_store(read_settings({"data_dir": tmp_path})) as store:
        await store.prepare()
        version = await store.data_version()

    assert store.engine is Engine.EMBEDDED
    assert version.version == "0"


async def test_with_a_server_that_server_is_opened(neo4j_2026: Neo4jServer) -> None:
    settings = read_settings(
        {
            "neo4j_uri": neo4j_2026.uri,
            "neo4j_username": neo4j_2026.username,
            "neo4j_password": neo4j_2026.password,
            "neo4j_database": neo4j_2026.database,
        }
    )

    async with open_store(settings) as store:
        await store.prepare()
        assert store.engine is Engine.NEO4J
        assert await store.read_text("RETURN 1", {}) == [[1]]


async def test_an_engine_that_cannot_start_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EngineNotStarted):
        async with open_store(read_settings({"data_dir": tmp_path / "file"})):
            pass


async def test_a_server_without_a_user_is_refused() -> None:
    with pytest.raises(Misconfigured, match="NEO4J_USERNAME and NEO4J_PASSWORD must be set"):
        async with open_store(Settings(neo4j_uri="bolt://127.0.0.1:1")):
            pass
