"""The next offer: which one, added to a world, makes a target most reliable (docs/semantics.md 26, 45).

One more offer of a component matters where its own supply has failed and, were it restored, the target would work.
How likely that is does not depend on who makes the offer, and bounds what anybody's can add; how likely it is that
one company works then, or the nation of manufacture, is a part of the same answer. So components are tried one by
one, those with the greatest bounds first, and not every component with every company.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.common_samples import CommonSamples
from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.cuts.diagram import TooLarge, chances
from graph_service.analysis.cuts.difference import ELEMENTS_MAX, Difference, difference
from graph_service.analysis.cuts.narrowing import SURE, narrowed
from graph_service.analysis.cuts.target_bits import bits_failing, target_bits
from graph_service.analysis.primitives.sweep import places
from graph_service.analysis.reliability import PROBABILITY
from graph_service.analysis.solutions.program import Budget
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph_service.analysis.partnerships.candidates import CandidateOffers
    from graph_service.analysis.solutions.formula import Formula, Supplies

NODES_MAX: Final = 1 << 16
"""Nodes of one decision diagram; beyond, what a component adds is sampled."""

DIAGRAM_SECONDS: Final = 5.0
"""How long one decision diagram may take; one of so few nodes takes a small part of that."""

ALIKE: Final = 1e-9
"""Gains that differ by a lesser part of them are ties: they differ by rounding only."""

WORKS: Final = 1 - PROBABILITY


@dataclass(frozen=True, slots=True)
class NextOffer:
    """An offer to add: of a component, by a company or NONE for a new one; and what it adds to the reliability."""

    component: int
    company: int
    gain: float


@dataclass(frozen=True, slots=True)
class _Trial:
    """A component to try, by its place in the formula and its number, and the most that an offer of it can add.

    `certain` are the elements that work wherever another offer matters.
    """

    place: int
    component: int
    certain: frozenset[int]
    bound: float

    def is_beaten_by(self, best: NextOffer) -> bool:
        """Tell whether nothing that it can add is more, or as much and ranked before it."""
        if self.bound < best.gain * (1 - ALIKE):
            return True
        return self.bound <= best.gain * (1 + ALIKE) and self.component > best.component


class OfferSearch:
    """One world of a target, at level COMPANY, and the search for the offer to add to it.

    Exact as long as diagrams have at most `nodes_max` nodes; `samples` is None then, else what all gains rest on.
    """

    def __init__(
        self,
        formula: Formula,
        place_of_company: Mapping[int, int],
        candidates: CandidateOffers,
        time: Budget,
        nodes_max: int,
    ) -> None:
        self.place_of_company = place_of_company
        self.candidates = candidates
        self.time = time
        self.nodes_max = nodes_max
        self.left_untried = 0
        fallible = narrowed(formula, SURE - 1)
        assert fallible is not None, "nothing fails while nothing has failed"
        self.formula = fallible
        self.samples: CommonSamples | None = None
        self.points = frozenset[int]()
        self.rest_works = 1.0
        if fallible.nodes:
            self.points = frozenset(places(CutSweep(fallible).failing[0]))
            self._weigh_rest()

    @property
    def reliability(self) -> float:
        """How likely the target works in this world."""
        return WORKS ** len(self.points) * self.rest_works

    def best(self) -> NextOffer | None:
        """Find the offer that adds most; of ties that of the least component, then company, a new one last.

        None where nothing adds anything. Components that the time does not suffice for are counted in `left_untried`.
        """
        try:
            return self._best()
        except TooLarge:
            self.samples = CommonSamples(self.formula, PROBABILITY)
            return self._best()

    def _weigh_rest(self) -> None:
        """Say how likely the target works while all single points do."""
        rest = narrowed(self.formula, SURE - 1, never=self.points)
        assert rest is not None, "nothing fails while nothing has failed"
        if not rest.nodes:
            return
        if self.nodes_max and len(rest.offers) <= ELEMENTS_MAX:
            try:
                found = chances(rest, PROBABILITY, Budget(DIAGRAM_SECONDS), nodes_max=self.nodes_max, each=False)
            except TooLarge:
                pass
            else:
                self.rest_works = 1 - found.failure
                return
        self.samples = CommonSamples(self.formula, PROBABILITY)
        self.rest_works = self.samples.works(self.points)

    def _best(self) -> NextOffer | None:
        best = self._best_of(sorted(self._freeing_trials(), key=_by_bound), None)
        others = [trial for trial in self._trials() if best is None or not trial.is_beaten_by(best)]
        if len(others) > 1:
            first = self._mattering(others)
            others.sort(key=lambda trial: (-trial.bound, trial.place not in first, trial.component))
        return self._best_of(others, best)

    def _best_of(self, trials: Sequence[_Trial], best: NextOffer | None) -> NextOffer | None:
        for number, trial in enumerate(trials):
            if best is not None:
                if trial.is_beaten_by(best):
                    continue
                if self.time.left <= 0:
                    self.left_untried += len(trials) - number
                    break
            found = self._tried(trial)
            if found is not None and (best is None or _is_better(found, best)):
                best = found
        return best

    def _trials(self) -> Iterator[_Trial]:
        """Give the components with suppliers all of which must have failed, but no single point, for it to matter.

        Those with a single point among several suppliers are left out: while they have failed, the target has.
        """
        for place, supplies in enumerate(self.formula.supplies):
            if supplies is not None and self.points.isdisjoint(supplies):
                rest_works = min(1.0, self.rest_works / WORKS ** len(supplies))
                bound = WORKS ** len(self.points) * PROBABILITY ** len(supplies) * rest_works
                yield _Trial(place, self.formula.nodes[place], self.points, bound)

    def _freeing_trials(self) -> Iterator[_Trial]:
        """Give the components with one supplier, a single point that another supplier would make none.

        Another one matters where the first has failed; all else then works at most as likely as while it works.
        """
        bound = WORKS ** (len(self.points) - 1) * PROBABILITY * self.rest_works
        for place in sorted(self._freed()):
            supplies = self.formula.supplies[place]
            assert supplies is not None, "it has one supplier"
            yield _Trial(place, self.formula.nodes[place], self.points - set(supplies), bound)

    def _mattering(self, trials: Sequence[_Trial]) -> set[int]:
        """Find the places of these components that fail the target if nothing but their suppliers does; a bit each."""
        bits_of = dict.fromkeys(self.formula.offers, 0)
        for bit, trial in enumerate(trials):
            for element in self.formula.supplies[trial.place] or ():
                bits_of[element] |= 1 << bit
        failing = bits_failing(self.formula, bits_of)
        return {trial.place for bit, trial in enumerate(trials) if failing >> bit & 1}

    def _freed(self) -> set[int]:
        """Find the components with one supplier, a single point, that is none any more if somebody else supplies them.

        A bit for each: set at all other components of the same only supplier.
        """
        by_point: dict[int, list[int]] = {}
        for place, supplies in enumerate(self.formula.supplies):
            if supplies is not None and len(supplies) == 1 and supplies[0] in self.points:
                by_point.setdefault(supplies[0], []).append(place)
        own = [0] * len(self.formula.nodes)
        bit_of = {place: bit for bit, place in enumerate([one for some in by_point.values() for one in some])}
        for together in by_point.values():
            bits = sum([1 << bit_of[place] for place in together])
            for place in together:
                own[place] = bits & ~(1 << bit_of[place])
        failing = target_bits(self.formula, own)
        return {place for place, bit in bit_of.items() if not failing >> bit & 1}

    def _tried(self, trial: _Trial) -> NextOffer | None:
        if self.samples is not None:
            return self._by_whom(trial.component, self.samples.if_supplied(trial.place, trial.certain))
        supplies: list[Supplies] = list(self.formula.supplies)
        supplies[trial.place] = None
        better, time = replace(self.formula, supplies=supplies), Budget(DIAGRAM_SECONDS)
        added = difference(
            better, self.formula, PROBABILITY, time, certain=trial.certain, nodes_max=self.nodes_max, sample=False
        )
        return self._by_whom(trial.component, added)

    def _by_whom(self, component: int, added: Difference) -> NextOffer | None:
        """Choose the company whose offer adds most: one that works wherever one more offer matters, if there is one."""
        best: NextOffer | None = None
        for company in self.candidates.suppliers(component):
            element = None if company == NONE else self.place_of_company.get(company)
            gain = added.while_works(element)
            if gain > 0 and (best is None or gain > best.gain * (1 + ALIKE)):
                best = NextOffer(component, company, gain)
        return best


def _by_bound(trial: _Trial) -> tuple[float, int]:
    return -trial.bound, trial.component


def _is_better(one: NextOffer, other: NextOffer) -> bool:
    if one.component < other.component:
        return one.gain >= other.gain * (1 - ALIKE)
    return one.gain > other.gain * (1 + ALIKE)
