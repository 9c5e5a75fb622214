"""Measuring: the sides in turn, A B A B, each for some seconds, after both are warm."""

from __future__ import annotations

import itertools
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from benchmarks.reads.answers import count, difference, plain
from benchmarks.reads.client import ask_for, connections, prepared
from benchmarks.reads.cpu import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.reads.sides import Side
    from benchmarks.reads.workloads import Question, Workload

COMPARED: Final = 20
PREPARED: Final = 1_000
UNSEEN_PER_SECOND: Final = 2_000
DATABASE_TURNS: Final = 3
DATABASE_CLIENTS: Final = 8
"""Until a database in Java has compiled itself, its first ten thousand statements cost three times as much."""


class Different(Exception):
    """The sides answer one question differently, so there is nothing to time."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long the measuring takes."""

    rounds: int
    seconds: float
    warm_s: float


@dataclass(frozen=True, slots=True)
class Sample:
    """What one round of one side costs: milliseconds of CPU and of waiting per request, requests per second."""

    service_cpu_ms: float
    database_cpu_ms: float
    p50_ms: float
    p95_ms: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Series:
    """The rounds of one workload with one number of clients, of both sides."""

    workload: Workload
    clients: int
    ours: Sequence[Sample]
    peer: Sequence[Sample]


class Bench:
    """Both sides over one database."""

    def __init__(self, ours: Side, peer: Side, database_pid: int) -> None:
        self.ours = ours
        self._sides = (ours, peer)
        self._database_pid = database_pid

    async def compare(self, workload: Workload) -> int:
        """Ask both sides the first questions; give the objects of the first answer.

        Raises Different with the first place where answers differ, or where there is nothing in them.
        """
        objects = 0
        for number, question in zip(range(COMPARED), _questions(workload), strict=False):
            ours, peer = [await _answer(side, question, peer=bool(index)) for index, side in enumerate(self._sides)]
            found = difference(ours, peer)
            if found is None and count(ours) < 2:
                found = "there is nothing in the answers"
            if found is not None:
                texts = f"{question.texts.ours}\n{question.texts.peer}\n{question.variables}"
                raise Different(f"{workload.title}, question {number}: {found}\n{texts}")
            objects = objects or count(ours) - 1
        return objects

    async def warm_database(self, workload: Workload, times: Times, tell: Callable[[str], None]) -> None:
        """Have both sides ask in turn, so that neither is measured on a database that the other finds warmer."""
        sources = [_Source(side, workload, peer=bool(index)) for index, side in enumerate(self._sides)]
        for turn in range(DATABASE_TURNS):
            tell(f"warming, turn {turn + 1} of {DATABASE_TURNS}")
            for side, source in zip(self._sides, sources, strict=True):
                await self._sample(side, source, DATABASE_CLIENTS, times.warm_s)

    async def measure(self, workload: Workload, clients: int, times: Times, tell: Callable[[str], None]) -> Series:
        """Warm both sides, then measure them in turn."""
        samples: tuple[list[Sample], list[Sample]] = ([], [])
        sources = [_Source(side, workload, peer=bool(index)) for index, side in enumerate(self._sides)]
        for side, source in zip(self._sides, sources, strict=True):
            tell("warming")
            await self._sample(side, source, clients, times.warm_s)
        for round_ in range(times.rounds):
            tell(f"round {round_ + 1} of {times.rounds}")
            for side, source, kept in zip(self._sides, sources, samples, strict=True):
                kept.append(await self._sample(side, source, clients, times.seconds))
        return Series(workload, clients, *samples)

    async def _sample(self, side: Side, source: _Source, clients: int, seconds: float) -> Sample:
        requests = source.requests(seconds)
        async with connections(side.url, clients) as opened:
            before = cpu_seconds(side.pid), cpu_seconds(self._database_pid)
            asked = await ask_for(opened, requests, seconds)
            service, database = cpu_seconds(side.pid) - before[0], cpu_seconds(self._database_pid) - before[1]
        number = len(asked.latencies_s)
        latencies = sorted(asked.latencies_s)
        return Sample(
            service_cpu_ms=service / number * 1000,
            database_cpu_ms=database / number * 1000,
            p50_ms=statistics.median(latencies) * 1000,
            p95_ms=latencies[int(number * 0.95)] * 1000,
            per_second=number / asked.elapsed_s,
        )


class _Source:
    """The prepared requests of one side: the same ones for both, and in the same order."""

    def __init__(self, side: Side, workload: Workload, *, peer: bool) -> None:
        questions = itertools.islice(_questions(workload), COMPARED, None)
        self._unseen = workload.unseen
        self._fresh = (prepared(side.url, question, peer=peer) for question in questions)
        self._known = [] if self._unseen else list(itertools.islice(self._fresh, PREPARED))

    def requests(self, seconds: float) -> Iterator[bytes]:
        """Give requests for some seconds, prepared beforehand: for ever, or none twice."""
        if not self._unseen:
            return itertools.cycle(self._known)
        return iter(list(itertools.islice(self._fresh, int(seconds * UNSEEN_PER_SECOND))))


def _questions(workload: Workload) -> Iterator[Question]:
    """Give the questions in their order; of a workload of unseen texts none twice."""
    seen: set[str] = set()
    for number in itertools.count():
        question = workload.question(number)
        if workload.unseen and question.texts.ours in seen:
            continue
        seen.add(question.texts.ours)
        yield question


async def _answer(side: Side, question: Question, *, peer: bool) -> object:
    async with connections(side.url, 1) as (connection,):
        return plain(orjson.loads(await connection.ask(prepared(side.url, question, peer=peer)))["data"])
