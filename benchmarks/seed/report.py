"""The report: what seeding takes on each engine, as Markdown."""

from __future__ import annotations

import os
import platform
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.seed.figures import Figures

    Found = Mapping[str, Mapping[str, Figures]]

CORES_GOAL: Final = 0.3
MEMORY_GOAL_MB: Final = 500
ROWS_SHOWN: Final = 10_000
"""Kinds with fewer rows are left out of the rates: a second more or less is all of their time."""


def report(found: Found, command: str) -> str:
    """Write the figures of all engines; `found` holds those of each command by engine."""
    return "\n".join([*_head(command), *_commands(found), *_rates(found), ""])


def _head(command: str) -> Iterator[str]:
    load, _, _ = os.getloadavg()
    yield "# Speed of seed and export"
    yield ""
    yield f"Made by `{command}` on {platform.machine()} with {os.cpu_count()} processors,"
    yield f"Python {platform.python_version()}; the load average was {load:.1f} at the end. Facts are those of"
    yield "`graph-service generate` (seed 0). CPU, as a share of one core, and memory at most are those of the command"
    yield "itself; the database runs on the same processors. The goals are those of seeding an empty store."
    yield ""


def _commands(found: Found) -> Iterator[str]:
    yield f"| store | command | rows | seconds | rows/s | cores (goal {CORES_GOAL}) | MB (goal {MEMORY_GOAL_MB}) |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for engine, by_command in found.items():
        for name, one in by_command.items():
            rate = f"{one.rows / one.wall_s:,.0f}" if one.rows else ""
            goals = (CORES_GOAL, MEMORY_GOAL_MB) if one.written else (inf, inf)
            cores = _cell(one.cpu_s / one.wall_s, goals[0], ".2f")
            memory = _cell(one.peak_mb, goals[1], ",.0f")
            yield f"| {engine} | {name} | {_count(one.rows)} | {one.wall_s:.0f} | {rate} | {cores} | {memory} |"


def _rates(found: Found) -> Iterator[str]:
    yield ""
    yield "## Rates by kind"
    yield ""
    yield "Seeding the empty store: rows with those of their parts (alternatives of requirements), relationships with"
    yield "the citations of sources, all of which are written in the seconds that are given."
    yield ""
    yield "| store | kind | rows | relationships | seconds | rows/s | relationships/s |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for engine, by_command in found.items():
        for kind, one in next(iter(by_command.values())).written.items():
            if one.rows >= ROWS_SHOWN:
                rates = f"{one.rows / one.seconds:,.0f} | {one.relationships / one.seconds:,.0f}"
                yield f"| {engine} | {kind} | {one.rows:,} | {one.relationships:,} | {one.seconds:.1f} | {rates} |"


def _cell(value: float, goal: float, form: str) -> str:
    return f"**{value:{form}}**" if value > goal else f"{value:{form}}"


def _count(rows: int) -> str:
    return f"{rows:,}" if rows else ""
