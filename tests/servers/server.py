"""What the tests know of a Neo4j: which release they ask for, and the running server they get."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Release:
    """One release of Neo4j Community and what it needs to run from its jars."""

    version: str
    main_class: str
    java_oldest: int
    java_newest: int
    settings: tuple[str, ...] = ()
    page_cache: str = "64m"
    """What a server from jars holds of its store in memory; enough for tests."""
    heap: str = "512m"
    """What a server from jars works with; enough for tests."""
    collector: str = "Serial"
    """The garbage collector of a server from jars; this one takes the least memory."""

    @property
    def image(self) -> str:
        """The name of its Docker image."""
        return f"neo4j:{self.version}-community"

    @property
    def line(self) -> str:
        """The release without its patch number: `2026.09`, `5.26`."""
        return self.version.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running Neo4j that the tests may fill and clear."""

    uri: str
    username: str
    password: str
    database: str = "neo4j"


class Unreachable(Exception):
    """One way to a server is closed; the message says why."""


NEO4J_2026 = Release(
    version="2026.09.0",
    main_class="org.neo4j.server.Neo4jCommunity",
    java_oldest=21,
    java_newest=25,
    settings=("server.fleet_discovery.enabled=false", "dbms.fleet_manager.enabled=false"),
)
NEO4J_5 = Release(
    version="5.26.28",
    main_class="org.neo4j.server.CommunityEntryPoint",
    java_oldest=17,
    java_newest=21,
)
