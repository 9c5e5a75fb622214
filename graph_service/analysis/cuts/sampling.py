"""Sampling: how likely the target of a formula fails, from many random failures at once (Monte Carlo)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.cuts.diagram import Chances
from graph_service.analysis.cuts.target_bits import bits_failing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.analysis.solutions.program import Budget

SAMPLES_MAX: Final = 1 << 17
"""Samples of one answer: its standard error is at most 0.0014."""

SAMPLES_PER_SWEEP: Final = 1 << 12
"""Samples swept at once: a bit each at every node, so that 100,000 nodes stay within 60 MB."""

SEED: Final = 20_251_001
"""What random numbers start from, so that the same question has the same answer."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """Chances as they were met in so many samples, and the standard error of that of failure."""

    chances: Chances
    standard_error: float
    samples: int


def sampled(
    formula: Formula,
    probability: float,
    budget: Budget,
    *,
    samples_max: int = SAMPLES_MAX,
    per_sweep: int = SAMPLES_PER_SWEEP,
) -> Sampled:
    """Let elements fail at random, each with `probability`, until the budget ends, but at least once.

    One sweep serves many samples: the bits of a node's set are the samples in which it fails. What holds if an
    element works or fails is counted over the samples in which it does.
    """
    elements = formula.offers
    failed_with = dict.fromkeys(elements, 0)
    drawn_with = dict.fromkeys(elements, 0)
    failed = samples = 0
    while samples < samples_max and (not samples or budget.left > 0):
        drawn = {element: _drawn([SEED, element, samples], probability, per_sweep) for element in elements}
        bits = bits_failing(formula, drawn)
        failed += bits.bit_count()
        samples += per_sweep
        for element, one in drawn.items():
            failed_with[element] += (bits & one).bit_count()
            drawn_with[element] += one.bit_count()
    likely = (failed + 1) / (samples + 2)  # of nothing met, nothing certain follows
    return Sampled(
        chances=Chances(
            failure=failed / samples,
            if_works={
                element: _part(failed - failed_with[element], samples - drawn_with[element], failed / samples)
                for element in elements
            },
            if_fails={
                element: _part(failed_with[element], drawn_with[element], failed / samples) for element in elements
            },
        ),
        standard_error=sqrt(likely * (1 - likely) / samples),
        samples=samples,
    )


def _drawn(seed: Sequence[int], probability: float, count: int) -> int:
    """Draw the samples, as bits, in which one element fails; the same in whatever company it is drawn."""
    random = np.random.default_rng(seed)
    return int.from_bytes(np.packbits(random.random(count) < probability).tobytes())


def _part(some: int, of: int, otherwise: float) -> float:
    return some / of if of else otherwise
