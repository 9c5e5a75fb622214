"""Measure seeding and exporting on both engines: `python -m benchmarks.seed 100000 > docs/performance-seed.md`.

A network of so many components is generated. Then, for the embedded engine and a Neo4j started as the tests start
theirs, each of them empty, it is seeded, seeded again without a change, and exported, each in a process of its own.
"""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks.seed.figures import Figures
from benchmarks.seed.report import report
from tests.servers.neo4j_server import neo4j_server
from tests.servers.server import NEO4J_2026
from tests.service import command, own_environment

COMPONENTS = 100_000
EMBEDDED, NEO4J = "embedded", "neo4j"
TITLES = {EMBEDDED: "embedded engine", NEO4J: f"Neo4j Community {NEO4J_2026.version}"}


def main(arguments: Sequence[str]) -> None:
    """Measure both engines, or the one that is named, and print the report."""
    parser = ArgumentParser(prog="python -m benchmarks.seed", description=__doc__)
    parser.add_argument("components", nargs="?", type=int, default=COMPONENTS, help="of the network (%(default)s)")
    parser.add_argument("--engine", choices=TITLES, help="only this one")
    asked = parser.parse_args(arguments)
    engines = list(TITLES) if asked.engine is None else [asked.engine]
    with TemporaryDirectory(prefix="graph-service-benchmark-") as name:
        folder = Path(name)
        command("generate", "facts", "--components", str(asked.components), directory=folder).check_returncode()
        found = {TITLES[engine]: _measured(engine, folder) for engine in engines}
    sys.stdout.write(report(found, " ".join([parser.prog, *arguments])))


def _measured(engine: str, folder: Path) -> dict[str, Figures]:
    with _environment(engine, folder / engine) as environment:
        return {
            "seed, empty store": _run("seed", folder / "facts", environment),
            "seed again, no change": _run("seed", folder / "facts", environment),
            "export as fact files": _run("export", folder / engine / "exported", environment),
        }


@contextmanager
def _environment(engine: str, folder: Path) -> Generator[Mapping[str, str]]:
    if engine == EMBEDDED:
        yield own_environment(folder)
        return
    with neo4j_server(NEO4J_2026) as server:
        access = {
            "NEO4J_URI": server.uri,
            "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }
        yield own_environment(folder, access)


def _run(name: str, folder: Path, environment: Mapping[str, str]) -> Figures:
    """Run one command in a process of its own; the database is no part of its figures."""
    sys.stderr.write(f"{name} {folder} ...\n")
    one = [sys.executable, "-m", "benchmarks.seed.one", name, str(folder)]
    result = subprocess.run(one, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True)
    return Figures.of(orjson.loads(result.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main(sys.argv[1:])
