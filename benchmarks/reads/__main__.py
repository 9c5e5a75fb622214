"""Measure reads beside the peer: `make bench`, or `python -m benchmarks.reads --quick`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from uvloop import new_event_loop

from benchmarks.reads.client import Failed
from benchmarks.reads.cpu import NotMeasurable
from benchmarks.reads.data import bundle, fill
from benchmarks.reads.hostile import refused
from benchmarks.reads.measure import Bench, Different, Times
from benchmarks.reads.report import page, print_tables
from benchmarks.reads.sides import Missing, database_pid, our_side, peer_side, require_peer
from benchmarks.reads.workloads import WORKLOADS
from tests.servers.on_java import server_on_java
from tests.servers.server import NEO4J_2026, Unreachable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.reads.hostile import Refused
    from benchmarks.reads.measure import Series
    from benchmarks.reads.workloads import Workload

Measured = tuple["list[Series]", dict[str, int], "Sequence[Refused]"]
QUICK = Times(rounds=2, seconds=1, warm_s=2)


def main(arguments: argparse.Namespace) -> int:
    """Measure, print the tables, write the page where one is asked for."""
    times = QUICK if arguments.quick else Times(arguments.rounds, arguments.seconds, arguments.warm)
    chosen = [workload for workload in WORKLOADS if not arguments.workload or workload.key in arguments.workload]
    try:
        results, objects, hostile = run(chosen, times, arguments.checkout)
    except Unreachable as error:
        _tell(f"The benchmark needs Neo4j {NEO4J_2026.version} from its jars: {error}. `make system` installs Maven.\n")
        return 1
    except (Missing, NotMeasurable, Different, Failed) as error:
        _tell(f"{error}\n")
        return 1
    print_tables(results, hostile)
    if arguments.page:
        arguments.page.write_text(page(results, objects, hostile, times, NEO4J_2026.version), encoding="utf-8")
    return 0


def run(chosen: Sequence[Workload], times: Times, checkout: Path | None) -> Measured:
    """Start a database and both sides, compare every answer, then measure every workload."""
    require_peer()
    _tell(f"Neo4j {NEO4J_2026.version} starts and is filled ...\n")
    with TemporaryDirectory(prefix="graph-service-bench-") as folder, server_on_java(NEO4J_2026) as server:
        asyncio.run(fill(server, bundle()))
        with our_side(server, Path(folder), checkout) as ours, peer_side(server) as peer:
            bench = Bench(ours, peer, database_pid(server))
            with asyncio.Runner(loop_factory=new_event_loop) as runner:
                return runner.run(_run(bench, chosen, times))


async def _run(bench: Bench, chosen: Sequence[Workload], times: Times) -> Measured:
    objects = {workload.key: await bench.compare(workload) for workload in chosen}
    await bench.warm_database(chosen[0], times, lambda step: _step("the database", step))
    results: list[Series] = []
    for workload in chosen:
        for clients in workload.clients:
            name = f"{workload.title}, {clients} client{'s' if clients > 1 else ''}"
            results.append(await bench.measure(workload, clients, times, lambda step, name=name: _step(name, step)))
    _step("hostile requests", "sent")
    hostile = await refused(bench.ours)
    _tell("\n")
    return results, objects, hostile


def _step(name: str, step: str) -> None:
    _tell(f"\r\033[K{name}: {step}" if sys.stderr.isatty() else f"{name}: {step}\n")


def _tell(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reads", description=__doc__)
    keys = [workload.key for workload in WORKLOADS]
    parser.add_argument("workload", nargs="*", help=f"which workloads; all unless given: {', '.join(keys)}")
    parser.add_argument("--quick", action="store_true", help="two rounds of one second, to see that all works")
    parser.add_argument("--rounds", type=_rounds, default=5, help="rounds of each side [5]")
    parser.add_argument("--seconds", type=float, default=3, help="seconds of one round of one side [3]")
    parser.add_argument("--warm", type=float, default=5, help="seconds of warming, for each side and workload [5]")
    parser.add_argument("--page", type=Path, help="write the tables there as Markdown, such as docs/performance.md")
    parser.add_argument("--checkout", type=Path, help="measure the service of another checkout of this project")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.workload) - set(keys)):
        parser.error(f"a workload is one of {', '.join(keys)}, got {', '.join(unknown)}")
    return arguments


def _rounds(text: str) -> int:
    rounds = int(text)
    if rounds < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, got {rounds}")
    return rounds


if __name__ == "__main__":
    sys.exit(main(_arguments()))
