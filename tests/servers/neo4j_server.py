"""A Neo4j of a wanted release: the one that is given, else one in Docker, else one from its jars."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from tests.servers.given import given_server
from tests.servers.in_docker import server_in_docker
from tests.servers.on_java import server_on_java
from tests.servers.server import Neo4jServer, Release, Unreachable

WAYS = {
    "NEO4J_TEST_URI, NEO4J_TEST_USERNAME, NEO4J_TEST_PASSWORD name an empty server of that line": given_server,
    "Docker runs here": server_in_docker,
    "Maven fetches the server's jars (its Java comes with this project)": server_on_java,
}


@contextmanager
def neo4j_server(release: Release) -> Generator[Neo4jServer]:
    """Run a server of `release` for as long as the block lasts.

    Raises `Unreachable`, naming all ways and why each is closed, when there is none.
    """
    closed: list[str] = []
    with ExitStack() as stack:
        for name, way in WAYS.items():
            try:
                server = stack.enter_context(way(release))
            except Unreachable as reason:
                closed.append(f"{len(closed) + 1}. {name}: {reason}")
                continue
            yield server
            return
    ways = "\n".join(closed)
    raise Unreachable(f"The tests need a Neo4j {release.line}. There are three ways, and each is closed:\n{ways}")
