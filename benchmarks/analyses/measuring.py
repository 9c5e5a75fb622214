"""Measuring: the times of one service over one network, in its own process, and what it takes of memory."""

from __future__ import annotations

import asyncio
import gc
import math
import statistics
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from benchmarks.analyses.questions import LOOK_UP, QUESTIONS, ROUNDS, SECONDS_OF_ONE, variables
from benchmarks.memory import peak_mb
from graph_service.analysis.primitives.closure import closure
from graph_service.api.execution import Executor, GraphQLRequest
from graph_service.app import running_service
from graph_service.commands.serve import share_processor
from graph_service.model.world import World, today
from graph_service.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from benchmarks.analyses.questions import Question
    from graph_service.api.context import Service
    from graph_service.network.network import SupplyNetwork
    from graph_service.store.transaction import WriteTransaction

LOADS = 5
LOADS_FIRST = 3
"""Loads that nobody measures: the database, too, is to be warm."""

SMALL_CLOSURE = range(120, 181)
LOOK_UP_PAUSE_SECONDS = 0.005


@dataclass
class Measured:
    """All figures of one size; `name` of a question with its target, times in ms."""

    components: int
    closures: dict[str, int] = field(default_factory=dict)
    p95_ms: dict[str, float] = field(default_factory=dict)
    median_ms: dict[str, float] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    stall_ms: dict[str, float] = field(default_factory=dict)
    load_ms: float = 0
    world_ms: float = 0
    peak_mb: float = 0
    reloading_peak_mb: float = 0


async def measured() -> Measured:
    """Measure everything on the store that the settings name."""
    settings = read_settings({"request_timeout_seconds": 300})
    async with running_service(settings) as service:
        network = await service.networks.at(World(as_of=today()))
        share_processor()
        found = Measured(network.nodes.component_count)
        targets = _targets(network)
        nation = network.nations.id[9]
        found.closures = {name: len(closure(network, network.node_by_id[one]).nodes) for name, one in targets.items()}
        look_up = Executor(service)
        some = network.nodes.id[0]
        await _asked(look_up, LOOK_UP, {"id": some})
        partnership = _partnership(network, targets["largest"])
        for question in QUESTIONS:
            target = targets.get(question.target, "")
            given = variables(question, target=target, nation=nation, partnership=partnership)
            await _measure(question, service, found, look_up, some, given)
        found.peak_mb = peak_mb()  # before any other version is loaded
        del network  # as a question that was answered lets go of it
        loads: list[float] = []
        for _ in range(LOADS_FIRST + LOADS):
            await service.store.write(_nothing)  # moves the data version
            loads.append(await _timed(service.networks.record))
        found.load_ms = statistics.median(loads[LOADS_FIRST:])
        await service.store.write(_nothing)
        found.stall_ms["network load"] = await _slowest_look_up(look_up, some, service.networks.record)
        found.world_ms = await _timed(lambda: service.networks.at(World(as_of=today(), min_confidence=1)))
        found.reloading_peak_mb = peak_mb()
        return found


async def _measure(
    question: Question, service: Service, found: Measured, look_up: Executor, some: str, given: Any
) -> None:
    name = f"{question.name}, {question.target}"
    settings = Settings(**{**service.settings.model_dump(), "solver_seconds": question.solver_seconds})
    executor = Executor(replace(service, settings=settings))

    async def ask() -> None:
        data = await _asked(executor, question.text, given)
        (answer,) = data.values()
        found.answers[name] = answer["meta"]["exactness"]

    await ask()
    times: list[float] = []
    ends = time.perf_counter() + SECONDS_OF_ONE
    while len(times) < ROUNDS and (len(times) < 3 or time.perf_counter() < ends):
        times.append(await _timed(ask))
    found.p95_ms[name] = sorted(times)[math.ceil(0.95 * len(times)) - 1]
    found.median_ms[name] = statistics.median(times)
    found.stall_ms[name] = await _slowest_look_up(look_up, some, ask)


async def _nothing(_: WriteTransaction) -> None:
    pass


async def _asked(executor: Executor, text: str, given: Any) -> Any:
    outcome = await executor.execute(GraphQLRequest(text, given))
    assert not outcome.response.get("errors"), outcome.response
    return outcome.response["data"]


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    gc.collect()
    begin = time.perf_counter()
    await work()
    return (time.perf_counter() - begin) * 1000


async def _slowest_look_up(executor: Executor, some: str, work: Callable[[], Awaitable[object]]) -> float:
    """Look something up again and again while `work` runs; give the slowest look-up in ms."""
    done = asyncio.ensure_future(work())
    slowest = 0.0
    while not done.done():
        begin = time.perf_counter()
        await _asked(executor, LOOK_UP, {"id": some})
        slowest = max(slowest, (time.perf_counter() - begin) * 1000)
        await asyncio.sleep(LOOK_UP_PAUSE_SECONDS)
    await done
    return slowest


def _partnership(network: SupplyNetwork, target: str) -> str:
    """Choose the first partnership that enables something behind the target."""
    nodes = frozenset(closure(network, network.node_by_id[target]).nodes)
    component = network.offers.component
    return next(
        name
        for name, enables in zip(network.partnerships.id, network.partnerships.enables, strict=True)
        if any(component[offer] in nodes for offer in enables)
    )


def _targets(network: SupplyNetwork) -> dict[str, str]:
    """Choose a system in the middle, the deployment with the largest closure, and a component with a small one."""
    ids, count = network.nodes.id, network.nodes.component_count

    def size(name: str) -> int:
        return len(closure(network, network.node_by_id[name]).nodes)

    deployments = ids[count:]
    some = [name for name in ids[:count] if name.startswith(("component:chip", "component:part", "component:material"))]
    small = next((name for name in some[:: max(1, len(some) // 400)] if size(name) in SMALL_CLOSURE), None)
    return {
        "typical": "component:system-000005",
        "largest": max(deployments[:20], key=size),
        "small": small or min(some[:400], key=lambda name: abs(size(name) - 150)),
    }
