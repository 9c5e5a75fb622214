"""Recommended partnerships: which few offers, added one after another, make a target most reliable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.common_samples import SAMPLES
from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.cuts.element_formula import element_formula, needs_formula
from graph_service.analysis.partnerships.candidates import CandidateOffers
from graph_service.analysis.partnerships.next_offer import NODES_MAX, NextOffer, OfferSearch
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.nations import nations_of
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.program import Budget
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Candidates, Exactness, Kind, Level
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.network.network import SupplyNetwork

BUDGET_MAX: Final = 10
"""Offers that one answer recommends, at most."""

SECONDS: Final = 2.0
"""How long is searched before components are left untried; each rank takes its part of what is left."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An offer to add: of a component, by a supplier (None: a new company), made in the second of the parties.

    `reliability_gain` is what it adds after those ranked before it, `cumulative_reliability` what all of these make.
    """

    rank: int
    component: str
    supplier: str | None
    parties: tuple[str, ...]
    rationale: str
    single_points_removed: tuple[str, ...]
    reliability_gain: float
    cumulative_reliability: float


@dataclass(frozen=True, slots=True)
class Recommendations:
    """Offers to add, the one that adds most first, and in words what is known of this order."""

    guarantee: str
    recommendations: tuple[Recommendation, ...]
    meta: AnalysisMeta


def recommend_partnerships(
    network: SupplyNetwork,
    home: str,
    target: str,
    budget: int = 3,
    *,
    candidates: Candidates = Candidates.ANY,
    seconds: float = SECONDS,
    nodes_max: int = NODES_MAX,
) -> Recommendations:
    """Rank the offers that would add most to the reliability of a target (docs/semantics.md 26, 45).

    Each rank is the best next step, level COMPANY, probability 0.1; a set chosen as a whole may gain more. Each new
    company is another one. Fewer than `budget` where nothing adds anything any more, none for an unknown target.
    Exact unless decision diagrams get too large or the time ends, which the answer says. Raises BadInput for a home
    that is no nation or a budget out of bounds, NotFound and NotInWorld as `target_number` does.
    """
    stopwatch = Stopwatch()
    if not 1 <= budget <= BUDGET_MAX:
        raise BadInput(f"budget must be 1 to {BUDGET_MAX}, got {budget}")
    if kind_of(home) is not Kind.NATION:
        raise BadInput(f"home must be the id of a nation, got {home}")
    (at_home,) = nations_of(network, "home", [home])
    start = target_number(network, target)
    nodes = closure(network, start).nodes
    ranking = _Ranking(network, start, nodes, CandidateOffers(network, at_home, candidates), Budget(seconds), nodes_max)
    ranked = [] if network.unknown[start] else ranking.ranked(home, budget)
    because = ranking.why_partial()
    return Recommendations(
        guarantee=GUARANTEES[because is None].format(GROUPS[candidates]),
        recommendations=tuple(ranked),
        meta=stopwatch.meta(
            network,
            semantics="offers that add most to reliability at COMPANY, 0.1, one by one (docs/semantics.md 26, 45)",
            algorithm="greedy; decision diagrams of where one more offer of a component matters, greatest bounds first",
            exactness=Exactness.EXACT if because is None else Exactness.HEURISTIC,
            partial_because=because,
            unknown=unknown_in(network, nodes),
        ),
    )


GUARANTEES: Final = {
    True: "Exact, rank by rank: no other single offer {} adds more after those ranked before it. "
    "Offers chosen together, instead of one after another, may add more.",
    False: "Each rank is the best single offer found {} after those ranked before it; gains are estimates, "
    "so a better one may exist.",
}

GROUPS: Final = {
    Candidates.ANY: "by any company or a new one",
    Candidates.NEAR: "by a new company or one that makes something of the same category",
}


class _World:
    """The formula of a target at one level, which offers are added to."""

    def __init__(self, network: SupplyNetwork, needs: Formula, start: int, level: Level, nodes: Sequence[int]) -> None:
        elements = elements_behind(network, start, level, nodes)
        self.formula = element_formula(network, needs, elements, network.always_supplied)
        self.ids = list(elements.ids)
        self.place_of = {key: places[0] for key, places in elements.places_of_key.items()}
        self.points = CutSweep(self.formula).failing[0]

    def add(self, component: int, key: int, name: str) -> Collection[str]:
        """Let one more element, by its number or NONE for a new one, supply a component; give the points removed."""
        if key == NONE or key not in self.place_of:
            self.ids.append(name)
            added = len(self.ids) - 1
            if key != NONE:
                self.place_of[key] = added
        else:
            added = self.place_of[key]
        supplies = list(self.formula.supplies)
        place = self.formula.nodes.index(component)
        supplies[place] = tuple(sorted({*(supplies[place] or ()), added}))
        self.formula = replace(self.formula, supplies=supplies)
        before, self.points = self.points, CutSweep(self.formula).failing[0]
        gone = before & ~self.points
        return [name for number, name in enumerate(self.ids) if gone >> number & 1]


class _Ranking:
    """The offers chosen so far, and the world with them."""

    def __init__(
        self,
        network: SupplyNetwork,
        start: int,
        nodes: Sequence[int],
        candidates: CandidateOffers,
        time: Budget,
        nodes_max: int,
    ) -> None:
        self.network = network
        self.candidates = candidates
        self.time = time
        self.nodes_max = nodes_max
        self.untried = 0
        self.sampled = False
        needs = needs_formula(network, start)
        self.companies = _World(network, needs, start, Level.COMPANY, nodes)
        self.nations = _World(network, needs, start, Level.NATION, nodes)

    def ranked(self, home: str, budget: int) -> list[Recommendation]:
        """Choose offers one after another, as long as they add something."""
        found: list[Recommendation] = []
        reliability: float | None = None
        while len(found) < budget:
            world = self.companies
            nodes_max = 0 if self.sampled else self.nodes_max
            time = Budget(self.time.left / (budget - len(found)))
            search = OfferSearch(world.formula, world.place_of, self.candidates, time, nodes_max)
            best = search.best()
            self.untried += search.left_untried
            self.sampled = search.samples is not None
            if best is None:
                break
            reliability = (search.reliability if reliability is None else reliability) + best.gain
            found.append(self._recommended(home, len(found) + 1, best, reliability))
        return found

    def why_partial(self) -> str | None:
        """Say what is not exact about the ranks, if anything."""
        parts: list[str] = []
        if self.sampled:
            parts.append(
                f"the exact method needs diagrams that are too large; gains are estimated from {SAMPLES:,} samples"
            )
        if self.untried:
            parts.append(f"the time of {self.time.seconds:g} s ended before {self.untried:,} components were tried")
        return "; ".join(parts) or None

    def _recommended(self, home: str, rank: int, best: NextOffer, reliability: float) -> Recommendation:
        network = self.network
        component = network.nodes.id[best.component]
        nation = self.candidates.nation(best.component, best.company)
        supplier = None if best.company == NONE else network.company_ids[best.company]
        party = network.nation_ids[nation]
        before = self._suppliers_of(best.component)
        removed = [
            *self.companies.add(best.component, best.company, supplier or "a new company"),
            *self.nations.add(best.component, nation, party),
        ]
        return Recommendation(
            rank=rank,
            component=component,
            supplier=supplier,
            parties=(home, party),
            rationale=_rationale(component, before, supplier, party, sorted(removed)),
            single_points_removed=tuple(sorted(removed)),
            reliability_gain=best.gain,
            cumulative_reliability=reliability,
        )

    def _suppliers_of(self, component: int) -> Sequence[str]:
        place = self.companies.formula.nodes.index(component)
        return [self.companies.ids[one] for one in self.companies.formula.supplies[place] or ()]


def _rationale(component: str, before: Sequence[str], supplier: str | None, party: str, removed: Sequence[str]) -> str:
    """Say in plain words why an offer helps."""
    by = supplier or "a new company"
    if len(before) == 1:
        now = f"Only {before[0]} supplies {component}"
    else:
        now = f"{component} has {len(before)} suppliers, which can fail together: {', '.join(before)}"
    if not removed:
        return f"{now}. With {by} making it in {party} as well, the target keeps working when they fail."
    return f"{now}. With {by} making it in {party} as well, {', '.join(removed)} alone can no longer stop the target."
