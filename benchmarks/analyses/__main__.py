"""Measure the analyses on generated networks: `python -m benchmarks.analyses 1000 10000 100000 > FILE.md`.

For each size a Neo4j of its own is started as the tests start theirs, or, with `--embedded`, the embedded engine;
it is filled with a generated network, and the service is measured in a process of its own.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks.analyses.measuring import Measured
from benchmarks.analyses.report import report
from tests.servers.neo4j_server import neo4j_server
from tests.servers.server import NEO4J_2026

SIZES = (1_000, 10_000, 100_000)
SERVER = replace(NEO4J_2026, page_cache="512m", heap="1g", collector="G1")
"""The memory of docker-compose.yml, and the garbage collector that Neo4j ships with.

The store of the largest network does not fit into the memory of the tests' servers, and their collector stops the
database for 0.16 s when the code that it has compiled grows.
"""


def main(arguments: Sequence[str]) -> None:
    """Measure each size and print the report."""
    parser = ArgumentParser(prog="python -m benchmarks.analyses", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="components of each network (%(default)s)")
    parser.add_argument("--embedded", action="store_true", help="on the embedded engine")
    asked = parser.parse_args(arguments)
    found = [_measured(size, embedded=asked.embedded) for size in asked.sizes]
    command = " ".join([parser.prog, *arguments])
    store = "the embedded engine" if asked.embedded else f"Neo4j Community {SERVER.version}"
    sys.stdout.write(report(found, command, store))


def _measured(size: int, *, embedded: bool) -> Measured:
    with (
        TemporaryDirectory(prefix="graph-service-benchmark-") as folder,
        _store(Path(folder), embedded=embedded) as environment,
    ):
        _run("-m", "graph_service", "generate", f"{folder}/facts", "--components", str(size), environment=environment)
        _run("-m", "graph_service", "seed", f"{folder}/facts", environment=environment)
        figures = _run("-m", "benchmarks.analyses.one", environment=environment)
    return Measured(**orjson.loads(figures.splitlines()[-1]))


@contextmanager
def _store(folder: Path, *, embedded: bool) -> Generator[dict[str, str]]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPH_SERVICE_"))}
    own |= {"GRAPH_SERVICE_WRITE_TIMEOUT_SECONDS": "600", "GRAPH_SERVICE_READ_TIMEOUT_SECONDS": "300"}
    if embedded:
        yield own | {"GRAPH_SERVICE_DATA_DIR": str(folder / "data")}
        return
    with neo4j_server(SERVER) as server:
        yield own | {
            "NEO4J_URI": server.uri,
            "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }


def _run(*arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, *arguments]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return result.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
