"""A Neo4j that whoever runs the tests has started: NEO4J_TEST_URI."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from neo4j import Driver, GraphDatabase

from tests.servers.server import Neo4jServer, Release, Unreachable


@contextmanager
def given_server(release: Release) -> Generator[Neo4jServer]:
    """Use the server at NEO4J_TEST_URI if it is of the wanted line, and leave it empty.

    A server that cannot be used although it was named is an error of its own, not a closed way: the driver's.
    Raises `Unreachable` when none is named, when it is of another line, or when it holds data, which tests would wipe.
    """
    uri = os.environ.get("NEO4J_TEST_URI")
    if not uri:
        raise Unreachable("it is not set")
    username = os.environ.get("NEO4J_TEST_USERNAME", "neo4j")
    password = os.environ.get("NEO4J_TEST_PASSWORD", "")
    server = Neo4jServer(uri, username, password)
    with GraphDatabase.driver(uri, auth=(username, password)) as driver:
        version = _version(driver, server.database)
        if not version.startswith(release.line):
            raise Unreachable(f"the server there is a {version}")
        if nodes := _nodes(driver, server.database):
            raise Unreachable(f"the server there holds {nodes} nodes, and the tests would wipe them")
        yield server
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=server.database)


def _version(driver: Driver, database: str) -> str:
    records, _, _ = driver.execute_query(
        "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version",
        database_=database,
    )
    return str(records[0]["version"])


def _nodes(driver: Driver, database: str) -> int:
    records, _, _ = driver.execute_query("MATCH (n) RETURN count(n) AS nodes", database_=database)
    return int(records[0]["nodes"])
