"""The difference between two formulas of one target: how much likelier it works in one than in the other.

What must fail, and what must not, for the two to differ at all is taken out first; so a difference that is small
beside the reliability itself is still exact, or, where it is sampled, still told from none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.diagram import NODES_MAX, TooLarge, chances
from graph_service.analysis.cuts.narrowing import SURE, narrowed
from graph_service.analysis.cuts.paired_samples import SAMPLES, SAMPLES_PER_SWEEP, SWEEPS, Case, Counts, counted, drawn
from graph_service.analysis.cuts.target_bits import bits_failing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula, Supplies
    from graph_service.analysis.solutions.program import Budget

ELEMENTS_MAX: Final = 300
"""Elements of one diagram: beyond, as a rule, it gets too large, and finding that out takes seconds."""

NEGLIGIBLE: Final = 1e-9
"""What two formulas may differ by at most, that is not worth a diagram."""

ROUNDING: Final = 1e-14
"""Differences of two probabilities below this are none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How much likelier the target works, in all and by what element works beside.

    `value` is the probability that it works in the one and fails in the other, less the other way round. `certain`
    elements work whenever the two differ, `failed` ones have failed. `standard_error` is None where this is exact.
    """

    value: float
    works: float
    certain: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()
    while_working: Mapping[int, float] = field(default_factory=dict[int, float])
    standard_error: float | None = None
    samples: int = 0

    def while_works(self, element: int | None) -> float:
        """Give the part of it in which an element works; None, or one of no formula, is independent of all."""
        if element in self.certain:
            return self.value
        if element in self.failed:
            return 0.0
        return self.value * self.works if element is None else self.while_working.get(element, self.value * self.works)


def difference(
    better: Formula,
    worse: Formula,
    probability: float,
    budget: Budget,
    *,
    certain: frozenset[int] = frozenset(),
    nodes_max: int = NODES_MAX,
    elements_max: int = ELEMENTS_MAX,
    sample: bool = True,
) -> Difference:
    """Say how much likelier the target of `better` works than that of `worse`, which differs in own supplies only.

    Each element fails with `probability`; `certain` are elements that fail the target alone in both. Exact, or,
    where a diagram gets too large or the most that they can differ is NEGLIGIBLE, sampled: with the same failures in
    both formulas. Raises TooLarge instead where not allowed to `sample`.
    """
    works = 1 - probability
    failed = failed_wherever_they_differ(zip(better.supplies, worse.supplies, strict=True))
    if failed is None or not failed.isdisjoint(certain):
        return Difference(0.0, works)
    both = [narrowed(one, SURE - 1, failed=failed, never=certain) for one in (better, worse)]
    scale = _scale(certain, failed, probability)
    try:
        allowed = 0 if sample and scale < NEGLIGIBLE else elements_max
        found = _exact(both, probability, budget, nodes_max, allowed)
    except TooLarge:
        if not sample:
            raise
        found = _sampled(both, probability)
    return Difference(
        value=scale * found.value,
        works=works,
        certain=certain,
        failed=failed,
        while_working={element: scale * part for element, part in found.while_working.items()},
        standard_error=None if found.standard_error is None else scale * found.standard_error,
        samples=found.samples,
    )


def sampled_differences(
    better: Formula, worse: Formula, cases: Sequence[Case], probability: float, budget: Budget
) -> Sequence[Difference]:
    """Sample what `difference` says of several targets of two formulas, all on the same failures.

    A case states what is certain and what has failed wherever the two differ. `while_working` stays empty. The last
    cases are left out when the budget has ended.
    """
    found: list[Difference] = []
    for case, counts in zip(cases, counted(better, worse, cases, probability, budget), strict=False):
        scale = _scale(case.certain, case.failed, probability)
        value, error = _estimated(counts)
        found.append(
            Difference(
                value=scale * value,
                works=1 - probability,
                certain=case.certain,
                failed=case.failed,
                standard_error=scale * error,
                samples=SAMPLES,
            )
        )
    return found


def _scale(certain: frozenset[int], failed: frozenset[int], probability: float) -> float:
    """Say how likely some elements work and others have failed."""
    return probability ** len(failed) * (1 - probability) ** len(certain)


def failed_wherever_they_differ(supplies: Iterable[tuple[Supplies, Supplies]]) -> frozenset[int] | None:
    """Give the elements that have failed wherever some own supply differs; None if none ever does."""
    common: frozenset[int] | None = None
    for one, other in supplies:
        if one == other:
            continue
        needed = one if other is None else other
        assert needed is not None, "they differ, so one of them can fail"
        common = frozenset(needed) if common is None else common.intersection(needed)
    return common


def _exact(
    both: Sequence[Formula | None], probability: float, budget: Budget, nodes_max: int, elements_max: int
) -> Difference:
    works = 1 - probability
    count = len({element for formula in both if formula is not None for element in formula.offers})
    if count > elements_max:
        raise TooLarge(f"a diagram of {count:,} elements, {elements_max:,} at most")
    failure: list[float] = []
    if_works: list[Mapping[int, float]] = []
    for formula in both:
        if formula is None or not formula.nodes:
            failure.append(1.0 if formula is None else 0.0)
            if_works.append({})
        else:
            found = chances(formula, probability, budget, nodes_max=nodes_max)
            failure.append(found.failure)
            if_works.append(found.if_works)
    return Difference(
        value=_rounded(failure[1] - failure[0]),
        works=works,
        while_working={
            element: works * _rounded(if_works[1].get(element, failure[1]) - if_works[0].get(element, failure[0]))
            for element in sorted({*if_works[0], *if_works[1]})
        },
    )


def _rounded(value: float) -> float:
    return 0.0 if abs(value) < ROUNDING else value


def _sampled(both: Sequence[Formula | None], probability: float) -> Difference:
    """Let elements fail at random, in both formulas alike."""
    elements = sorted({element for formula in both if formula is not None for element in formula.offers})
    every = (1 << SAMPLES_PER_SWEEP) - 1
    gained = lost = 0
    while_working = dict.fromkeys(elements, 0)
    for turn in range(SWEEPS):
        failing = {element: drawn(turn, element, probability) for element in elements}
        better, worse = [every if one is None else bits_failing(one, failing) for one in both]
        more, less = worse & ~better, better & ~worse
        gained, lost = gained + more.bit_count(), lost + less.bit_count()
        for element, bits in failing.items():
            while_working[element] += (more & ~bits).bit_count() - (less & ~bits).bit_count()
    value, error = _estimated(Counts(gained, lost))
    return Difference(
        value=value,
        works=1 - probability,
        while_working={element: count / SAMPLES for element, count in while_working.items()},
        standard_error=error,
        samples=SAMPLES,
    )


def _estimated(counts: Counts) -> tuple[float, float]:
    """Give the difference of two probabilities and its standard error."""
    gained, lost = counts
    likely = (gained + lost + 1) / (SAMPLES + 2)  # of nothing met, nothing certain follows
    return (gained - lost) / SAMPLES, sqrt(likely * (1 - likely) / SAMPLES)
