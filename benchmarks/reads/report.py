"""The tables: ratios beside their goals, and the medians behind them; on a terminal and as a page."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table

from benchmarks.reads.goals import COLUMNS, WORST, ratio
from benchmarks.reads.hostile import TIMES
from benchmarks.reads.measure import DATABASE_TURNS
from benchmarks.reads.sides import versions

if TYPE_CHECKING:
    from benchmarks.reads.goals import Ratio
    from benchmarks.reads.hostile import Refused
    from benchmarks.reads.measure import Sample, Series, Times

Rows = Sequence[Sequence[str]]
RATIO_TITLES: Final = ("workload", "clients", *(column.title for column in COLUMNS))
SAMPLE_TITLES: Final = ("workload", "clients", "side", "service CPU", "database CPU", "p50", "p95", "requests/s")
HOSTILE_TITLES: Final = ("request", "bytes", "status", "until refused", "slowest look-up beside")
WIDTH_MIN: Final = 140
OUR_PACKAGES: Final = ("graph-service", "strawberry-graphql", "graphql-core", "neo4j", "uvicorn")
EXPLAINED: Final = f"""\
Each figure is how many times less, or faster, this service is than the peer: above 1 is better. It is the median over
the rounds, then the worst round in brackets, then the goal. A goal is met (✓) where the median reaches it and no round
is below {WORST:.0%} of it."""


def print_tables(results: Sequence[Series], hostile: Sequence[Refused]) -> None:
    """Show the tables on the terminal."""
    console = Console()
    console.width = max(console.width, WIDTH_MIN)
    for title, titles, rows in (
        ("ratios to the peer: median (worst round) / goal", RATIO_TITLES, ratio_rows(results)),
        ("medians, milliseconds per request", SAMPLE_TITLES, sample_rows(results)),
        ("hostile requests", HOSTILE_TITLES, hostile_rows(hostile)),
    ):
        table = Table(title=title)
        for number, name in enumerate(titles):
            table.add_column(name, justify="left" if number == 0 else "right")
        for row in rows:
            table.add_row(*row)
        console.print(table)


def page(
    results: Sequence[Series], objects: Mapping[str, int], hostile: Sequence[Refused], times: Times, neo4j: str
) -> str:
    """Write docs/performance.md."""
    peer = ", ".join(f"{name} {found}" for name, found in versions().items())
    ours = ", ".join(f"{name} {version(name)}" for name in OUR_PACKAGES)
    asked = (
        f"- {series.workload.title} ({objects[series.workload.key]:,} objects):\n  `{question.ours}`"
        for series, question in ((series, series.workload.question(0).texts) for series in _once(results))
    )
    return f"""\
# Performance

Reads of this service beside a tuned peer, graphql-yoga with graphql-jit and @neo4j/graphql, on one Neo4j and one data
set. `make bench` measures and writes this page; `python -m benchmarks.reads --help` lists what can be chosen.

## Ratios

{EXPLAINED}

{_markdown(RATIO_TITLES, ratio_rows(results))}

## Medians

Milliseconds per request, and requests per second.

{_markdown(SAMPLE_TITLES, sample_rows(results))}

## Hostile requests

Each was sent {TIMES} times to this service: the longest until it was refused, and the slowest look-up of another client
meanwhile, in milliseconds.

{_markdown(HOSTILE_TITLES, hostile_rows(hostile))}

## How it is measured

{times.rounds} rounds of {times.seconds:g} s for each side in turn, after {times.warm_s:g} s of warming each, in one
run; before all, {DATABASE_TURNS} turns of these warm the database, which is a JVM. Both sides, each one process, the
database and the client share one machine and nothing is pinned. CPU is that of the processes, divided by requests.
Before anything is timed, the answers of both sides are compared.
The peer keeps parsed, validated and compiled documents, takes plain integers, and runs in production mode. This service
runs with its defaults, but for pages of 1,000 rows. It also checks the dates of every offer, since its reads are of a
world; the peer is not asked to.

- {datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores ({_processor()})
- here: Python {platform.python_version()}, {ours}
- peer: {peer}
- database: Neo4j Community {neo4j}

## What is asked

{chr(10).join(asked)}
"""


def ratio_rows(results: Sequence[Series]) -> Rows:
    return [(*_named(series), *(_ratio(ratio(series, column)) for column in COLUMNS)) for series in results]


def sample_rows(results: Sequence[Series]) -> Rows:
    return [
        (*_named(series), side, *_medians(samples))
        for series in results
        for side, samples in (("here", series.ours), ("peer", series.peer))
    ]


def hostile_rows(hostile: Sequence[Refused]) -> Rows:
    return [
        (each.name, f"{each.size:,}", str(each.status), f"{each.longest_ms:.1f}", f"{each.slowest_look_up_ms:.1f}")
        for each in hostile
    ]


def _ratio(found: Ratio) -> str:
    goal = "" if found.goal is None else f" / {found.goal:g} {'✓' if found.met else '✗'}"
    return f"{found.median:.2f} ({found.worst:.2f}){goal}"


def _medians(samples: Sequence[Sample]) -> Iterable[str]:
    for name in ("service_cpu_ms", "database_cpu_ms", "p50_ms", "p95_ms"):
        yield f"{statistics.median(getattr(sample, name) for sample in samples):.2f}"
    yield f"{statistics.median(sample.per_second for sample in samples):,.0f}"


def _named(series: Series) -> tuple[str, str]:
    return series.workload.title, str(series.clients)


def _once(results: Sequence[Series]) -> Iterable[Series]:
    return {series.workload.key: series for series in results}.values()


def _markdown(titles: Sequence[str], rows: Rows) -> str:
    lines = [titles, ["---", *("---:" for _ in titles[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
