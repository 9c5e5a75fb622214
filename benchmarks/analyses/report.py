"""The report: a table of times with goals and growth, as Markdown."""

from __future__ import annotations

import math
import os
import platform
from typing import TYPE_CHECKING

from benchmarks.analyses.questions import QUESTIONS, ROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.analyses.measuring import Measured

LOAD_GOAL_MS = 3_000
STALL_GOAL_MS = 100
MEMORY_GOAL_MB = 1_024 * 1_048_576 / 1e6


def report(found: Sequence[Measured], command: str, store: str) -> str:
    """Write the figures of all sizes."""
    return "\n".join([*_head(found, command, store), *_table(found), "", *_stalls(found), ""])


def _head(found: Sequence[Measured], command: str, store: str) -> Iterator[str]:
    yield "# Speed of the analyses"
    yield ""
    yield f"Made by `{command}` on {platform.machine()} with {os.cpu_count()} processors,"
    yield f"Python {platform.python_version()}, {store}. Networks are those of `graph-service generate` (seed 0)."
    yield f"Times are milliseconds through GraphQL, the network loaded: p95 of up to {ROUNDS} rounds, and the median"
    yield "in brackets; the network load is a median of five. The database runs on the same processors."
    yield "`typical` is a system of the first tier, `largest` the deployment that needs most, `small` a component with"
    yield "about 150 inputs. Growth is the exponent e of size^e between the smallest and the largest network."
    yield "A goal that is missed is in bold."
    yield ""
    sizes = " · ".join(f"{one.components:,} components: {_closures(one)}" for one in found)
    yield f"Closures: {sizes}."
    yield ""


def _closures(one: Measured) -> str:
    return ", ".join(f"{name} {size:,}" for name, size in one.closures.items())


def _table(found: Sequence[Measured]) -> Iterator[str]:
    yield f"| question | {' | '.join(f'{one.components:,}' for one in found)} | goal | growth |"
    yield f"| --- |{' ---: |' * len(found)} --- | ---: |"
    for question in QUESTIONS:
        name = f"{question.name}, {question.target}"
        cells = [
            f"{_cell(one.p95_ms[name], question.goal_ms.get(one.components))} ({_cell(one.median_ms[name], None)})"
            + ("" if one.answers[name] == "EXACT" or question.solver_seconds < 1 else f" {one.answers[name]}")
            for one in found
        ]
        goals = ", ".join(f"{goal:,.0f} at {size:,}" for size, goal in question.goal_ms.items())
        yield f"| {name} | {' | '.join(cells)} | {goals} | {_growth(found, [one.p95_ms[name] for one in found])} |"
    rest = {
        "network load": ([one.load_ms for one in found], f"{LOAD_GOAL_MS:,} at 100,000", LOAD_GOAL_MS),
        "first look at a new world": ([one.world_ms for one in found], "", math.inf),
        "memory at most, answering, MB": (
            [one.peak_mb for one in found],
            f"{MEMORY_GOAL_MB:,.0f} at 100,000",
            MEMORY_GOAL_MB,
        ),
        "memory at most, after new versions of the data, MB": ([one.reloading_peak_mb for one in found], "", math.inf),
    }
    for name, (values, goal, most) in rest.items():
        yield f"| {name} | {' | '.join(_cell(value, most) for value in values)} | {goal} | {_growth(found, values)} |"


def _stalls(found: Sequence[Measured]) -> Iterator[str]:
    yield "## A look-up while it runs"
    yield ""
    yield "The slowest of the look-ups by id that are asked again and again while the question is answered, in ms;"
    yield f"the goal is {STALL_GOAL_MS}."
    yield ""
    yield f"| while | {' | '.join(f'{one.components:,}' for one in found)} |"
    yield f"| --- |{' ---: |' * len(found)}"
    for name in found[0].stall_ms:
        yield f"| {name} | {' | '.join(_cell(one.stall_ms[name], STALL_GOAL_MS) for one in found)} |"


def _cell(value: float, goal: float | None) -> str:
    shown = f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
    return f"**{shown}**" if goal is not None and value > goal else shown


def _growth(found: Sequence[Measured], values: Sequence[float]) -> str:
    if len(found) < 2 or not values[0] > 0:
        return "-"
    return f"{math.log(values[-1] / values[0]) / math.log(found[-1].components / found[0].components):.2f}"
