"""Paired samples: two formulas, each tried on the same random failures of elements (common random numbers)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graph_service.analysis.cuts.target_bits import common_bits
from graph_service.analysis.primitives.sweep import sweep_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.program import Budget

SAMPLES_PER_SWEEP: Final = 1 << 12
"""Samples of one target swept at once: a bit each at every node."""

EVERY: Final = (1 << SAMPLES_PER_SWEEP) - 1
"""The bits of all of these."""

SWEEPS: Final = 2
"""Sweeps of one target: a number, not a time, so that the same question has the same answer everywhere."""

SAMPLES: Final = SWEEPS * SAMPLES_PER_SWEEP
"""Samples of one target."""

BITS_MAX: Final = 1 << 28
"""Bits at all nodes of one sweep: 32 MB."""

DRAWS_KEPT: Final = 1 << 15
"""Random failures of elements that are kept for further samples: those of 16,000 elements, 16 MB."""

SEED: Final = 20_260_101
"""What random numbers start from."""


class Case(NamedTuple):
    """One target, by its place in both formulas, where some elements work and others have failed for certain."""

    target: int
    certain: frozenset[int]
    failed: frozenset[int]


class Counts(NamedTuple):
    """Of SAMPLES failures: in how many a target works in the better formula only, and in the worse one only."""

    gained: int
    lost: int


def counted(
    better: Formula, worse: Formula, cases: Sequence[Case], probability: float, budget: Budget
) -> Sequence[Counts]:
    """Let elements fail at random, in both formulas and in all cases alike; each case has bits of its own in a sweep.

    The formulas differ in own supplies only. Linear in their size and in the cases, the last of which are left out
    when the budget has ended.
    """
    at_once = max(1, BITS_MAX // (SAMPLES_PER_SWEEP * len(better.nodes)))
    counts: list[Counts] = []
    while len(counts) < len(cases) and (budget.left or not counts):
        counts += _counted(better, worse, cases[len(counts) : len(counts) + at_once], probability)
    return counts


def _counted(better: Formula, worse: Formula, cases: Sequence[Case], probability: float) -> Sequence[Counts]:
    counts = [Counts(0, 0)] * len(cases)
    for turn in range(SWEEPS):
        now, before = _swept(better, worse, _Drawn(turn, cases, probability))
        for number, case in enumerate(cases):
            fails, failed = _cut(now[case.target], number), _cut(before[case.target], number)
            more, less = (failed & ~fails).bit_count(), (fails & ~failed).bit_count()
            counts[number] = Counts(counts[number].gained + more, counts[number].lost + less)
    return counts


def _swept(better: Formula, worse: Formula, drawn: _Drawn) -> tuple[Sequence[int], Sequence[int]]:
    """Give the bits that fail each node of both formulas."""
    own = [common_bits(drawn, supplies) for supplies in better.supplies]
    others = [
        bits if one == other else common_bits(drawn, other)
        for bits, one, other in zip(own, better.supplies, worse.supplies, strict=True)
    ]
    for failing in (own, others):
        sweep_in_place(better.needs, better.condensation, better.condensation.groups, failing)
    return own, others


def _cut(bits: int, number: int) -> int:
    """Give the bits of one case."""
    return bits >> number * SAMPLES_PER_SWEEP & EVERY


class _Drawn(dict[int, int]):
    """The bits in which each element fails, case by case."""

    def __init__(self, turn: int, cases: Sequence[Case], probability: float) -> None:
        super().__init__()
        self.turn = turn
        self.count = len(cases)
        self.probability = probability
        self.certain: dict[int, int] = {}
        self.failed: dict[int, int] = {}
        for number, case in enumerate(cases):
            every = EVERY << number * SAMPLES_PER_SWEEP
            for given, elements in ((self.certain, case.certain), (self.failed, case.failed)):
                for element in elements:
                    given[element] = given.get(element, 0) | every

    def __missing__(self, element: int) -> int:
        one = drawn(self.turn, element, self.probability).to_bytes(SAMPLES_PER_SWEEP // 8, "little")
        bits = int.from_bytes(one * self.count, "little")
        bits = bits & ~self.certain.get(element, 0) | self.failed.get(element, 0)
        self[element] = bits
        return bits


@lru_cache(DRAWS_KEPT)
def drawn(turn: int, element: int, probability: float) -> int:
    """Draw the samples of one sweep, as bits, in which one element fails."""
    random = np.random.default_rng([SEED, turn, element])
    return int.from_bytes(np.packbits(random.random(SAMPLES_PER_SWEEP) < probability).tobytes())
