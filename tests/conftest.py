"""What any test may ask for: servers, engines, stores and services; each starts when the first test asks."""

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graph_service.logs import configure_logs
from tests.engines import address, store
from tests.servers.neo4j_server import neo4j_server
from tests.servers.server import NEO4J_5, NEO4J_2026, Neo4jServer
from tests.service import served
from tests.shipped import shipped_facts, shipped_service

configure_logs()

# Hypothesis takes a slow machine for a fault, above all at the first text in a fresh clone: it makes its tables then.
settings.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

__all__ = ["address", "shipped_facts", "shipped_service", "store"]


@pytest.hookimpl(tryfirst=True)  # before pytest itself puts together what shares an engine
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what reads the shipped facts, before any test empties a store: so each engine loads them once."""
    items.sort(key=lambda item: "shipped_service" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def neo4j_2026() -> Generator[Neo4jServer]:
    """A Neo4j of the current line."""
    with neo4j_server(NEO4J_2026) as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_5() -> Generator[Neo4jServer]:
    """A Neo4j of the line with long-term support."""
    with neo4j_server(NEO4J_5) as server:
        yield server


@pytest.fixture(scope="session")
def service_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service of `service_url` keeps its data."""
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="session")
def service_url(service_directory: Path) -> Generator[str]:
    """The base URL of a service that was started as people start it: embedded engine, shipped facts."""
    with served(service_directory) as url:
        yield url
