"""The goals: how many times less, or faster, than the peer."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.reads.measure import Sample, Series

WORST: Final = 0.8
"""No round may fall below this part of its goal."""


@dataclass(frozen=True, slots=True)
class Column:
    """One figure that is compared: the ratio of a round is above 1 where this service is better."""

    title: str
    ratio: Callable[[Sample, Sample], float]


SERVICE_CPU: Final = Column("service CPU", lambda ours, peer: _over(peer.service_cpu_ms, ours.service_cpu_ms))
DATABASE_CPU: Final = Column("database CPU", lambda ours, peer: _over(peer.database_cpu_ms, ours.database_cpu_ms))
P50: Final = Column("p50", lambda ours, peer: _over(peer.p50_ms, ours.p50_ms))
P95: Final = Column("p95", lambda ours, peer: _over(peer.p95_ms, ours.p95_ms))
THROUGHPUT: Final = Column("throughput", lambda ours, peer: _over(ours.per_second, peer.per_second))
COLUMNS: Final = (SERVICE_CPU, DATABASE_CPU, P50, P95, THROUGHPUT)

GOALS: Final[dict[tuple[str, int], dict[Column, float]]] = {
    ("look-up", 1): {SERVICE_CPU: 3, DATABASE_CPU: 1.8, P50: 2},
    ("look-up", 8): {SERVICE_CPU: 6, DATABASE_CPU: 4, P50: 1, THROUGHPUT: 3},
    ("look-up", 32): {SERVICE_CPU: 10, DATABASE_CPU: 8, P50: 1, THROUGHPUT: 6},
    ("small-nest", 1): {SERVICE_CPU: 3, DATABASE_CPU: 1.4, P50: 2},
    ("small-nest", 8): {THROUGHPUT: 2},
    ("rows", 1): {SERVICE_CPU: 6, DATABASE_CPU: 2.8, P50: 3.5},
    ("rows", 8): {THROUGHPUT: 4.5},
    ("big-nest", 1): {SERVICE_CPU: 4, DATABASE_CPU: 1.25, P50: 1.7},
    ("big-nest", 8): {THROUGHPUT: 2.5},
    ("page", 1): {SERVICE_CPU: 5, DATABASE_CPU: 1.5, P50: 2.2},
    ("page", 8): {THROUGHPUT: 3},
    ("unseen-look-up", 1): {P50: 3},
    ("unseen-page", 1): {P50: 4},
    ("unseen-shape", 1): {P50: 1},
}
"""By the key of a workload and the number of clients."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure of a series: the median over its rounds, the worst of them, and the goal where there is one."""

    median: float
    worst: float
    goal: float | None

    @property
    def met(self) -> bool:
        return self.goal is None or (self.median >= self.goal and self.worst >= WORST * self.goal)


def ratio(series: Series, column: Column) -> Ratio:
    """Compare the rounds of a series, each of ours with the peer's of the same round."""
    rounds: Sequence[float] = [column.ratio(*both) for both in zip(series.ours, series.peer, strict=True)]
    goal = GOALS.get((series.workload.key, series.clients), {}).get(column)
    return Ratio(statistics.median(rounds), min(rounds), goal)


def _over(one: float, other: float) -> float:
    """Divide; the kernel counts CPU in ticks, of which a short round may have none."""
    return one / other if other else float("nan")
