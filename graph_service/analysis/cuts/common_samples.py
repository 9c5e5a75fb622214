"""Common samples: what many changes of one formula mean, each tried on the same random failures (Monte Carlo)."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_service.analysis.cuts.difference import Difference
from graph_service.analysis.cuts.target_bits import bits_failing, common_bits, target_bits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph_service.analysis.solutions.formula import Formula

SAMPLES: Final = 1 << 13
"""Random failures, a bit each at every node: the standard error of a probability is at most 0.006."""

EVERY: Final = (1 << SAMPLES) - 1
"""The bits of all samples."""

SEED: Final = 20_260_102
"""What random numbers start from, so that the same question has the same answer."""


class CommonSamples:
    """A formula and random failures of its elements, each with one probability.

    An element fails alike in every formula that it is drawn for: what one more offer adds is never below nothing.
    """

    def __init__(self, formula: Formula, probability: float) -> None:
        self.formula = formula
        self.probability = probability
        self.drawn = {element: _drawn(element, probability) for element in formula.offers}

    def works(self, certain: Iterable[int]) -> float:
        """Say how likely the target works while these elements do."""
        return 1 - bits_failing(self.formula, self.drawn | dict.fromkeys(certain, 0)).bit_count() / SAMPLES

    def if_supplied(self, place: int, certain: frozenset[int]) -> Difference:
        """Say what it adds if a component, by its place, is always supplied; `certain` work wherever that matters.

        One sweep looks at both: without that in the lower half of the bits, with it in the upper one.
        """
        failed = frozenset(self.formula.supplies[place] or ())
        bits = self.drawn | dict.fromkeys(certain, 0) | dict.fromkeys(failed, EVERY)
        own = [_twice(common_bits(bits, supplies)) for supplies in self.formula.supplies]
        own[place] &= EVERY
        both = target_bits(self.formula, own)
        gained = both & EVERY & ~(both >> SAMPLES)
        works = 1 - self.probability
        scale = self.probability ** len(failed) * works ** len(certain)
        likely = (gained.bit_count() + 1) / (SAMPLES + 2)  # of nothing met, nothing certain follows
        return Difference(
            value=scale * gained.bit_count() / SAMPLES,
            works=works,
            certain=certain,
            failed=failed,
            while_working={
                element: scale * (gained & ~one).bit_count() / SAMPLES for element, one in self.drawn.items()
            },
            standard_error=scale * sqrt(likely * (1 - likely) / SAMPLES),
            samples=SAMPLES,
        )


def _twice(bits: int) -> int:
    return bits | bits << SAMPLES


def _drawn(element: int, probability: float) -> int:
    """Draw the samples, as bits, in which an element fails."""
    random = np.random.default_rng([SEED, element])
    return int.from_bytes(np.packbits(random.random(SAMPLES) < probability).tobytes())
