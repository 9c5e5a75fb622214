"""Reliability: how likely a target keeps working if each element of a level fails with one probability."""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log1p
from typing import TYPE_CHECKING, Final, NamedTuple

from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.cuts.diagram import NODES_MAX, Chances, TooLarge, chances
from graph_service.analysis.cuts.element_formula import element_formula, formula_with, needs_formula
from graph_service.analysis.cuts.narrowing import SURE, narrowed
from graph_service.analysis.cuts.sampling import sampled
from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.primitives.sweep import places
from graph_service.analysis.solutions.program import Budget
from graph_service.errors import BadInput
from graph_service.model.kinds import InputKind, Level, Suppliers
from graph_service.network.shares import is_complete

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph_service.analysis.solutions.formula import Formula
    from graph_service.network.network import SupplyNetwork

PROBABILITY: Final = 0.1
"""That one element fails, unless somebody says otherwise."""

BUDGET_SECONDS: Final = 10.0
"""How long one reliability may take: half for the exact method, half for sampling."""


class AddedOffer(NamedTuple):
    """An offer on trial: of a component, by its node number, from a company and a nation, by ids.

    Ids that the network does not know stand for new ones; None for no company, or no nation.
    """

    component: int
    company: str | None = None
    nation: str | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """The probability that a target works; None for an unknown target.

    `failure` is 1 - value, without rounding where it is small. `standard_error` is None where the value is exact,
    else `estimated_because` says why it is not. `if_works` and `if_fails` give the probability of failure if an
    element, by its id, works or fails for certain, as far as elements were asked for and touch the target.
    """

    value: float | None
    failure: float | None = None
    standard_error: float | None = None
    estimated_because: str | None = None
    if_works: Mapping[str, float] | None = None
    if_fails: Mapping[str, float] | None = None


def reliability(
    network: SupplyNetwork,
    target: int,
    level: Level = Level.COMPANY,
    probability: float = PROBABILITY,
    *,
    added: Iterable[AddedOffer] = (),
    removed: Iterable[int] = (),
    each: bool = False,
    budget_seconds: float = BUDGET_SECONDS,
) -> Reliability:
    """Say how likely `target`, a node number, works if each element of the level fails (docs/semantics.md 10, 26).

    `added` and `removed` (offer numbers) change the record first: a component without any offer left is unknown.
    `each` asks for what each element means to it. Exact, or sampled where that is too large. For many variants of
    one network make one `Reliabilities`. Raises BadInput for a probability out of bounds.
    """
    of_target = Reliabilities(network, target, level, probability)
    return of_target.of(added=added, removed=removed, each=each, budget_seconds=budget_seconds)


class Reliabilities:
    """What the variants of one network have in common: the closure of a target, its needs, its elements."""

    def __init__(
        self, network: SupplyNetwork, target: int, level: Level = Level.COMPANY, probability: float = PROBABILITY
    ) -> None:
        if not 0 <= probability <= 1:
            raise BadInput(f"failureProbability must be 0 to 1, got {probability:g}")
        self.network = network
        self.target = target
        self.level = level
        self.probability = probability
        self.elements = elements_behind(network, target, level, closure(network, target).nodes)
        self.needs = needs_formula(network, target)

    def of(
        self,
        *,
        added: Iterable[AddedOffer] = (),
        removed: Iterable[int] = (),
        each: bool = False,
        budget_seconds: float = BUDGET_SECONDS,
        nodes_max: int = NODES_MAX,
    ) -> Reliability:
        """Give the reliability of the network, or of a variant of it, as `reliability` does."""
        changed = _Changed(self.network, list(added), frozenset(removed))
        if changed.is_unknown(self.target):
            return Reliability(None)
        place = {name: number for number, name in enumerate(self.elements.ids)}
        formula = self._formula(changed, place)
        found = _found(formula, self.probability, budget_seconds, nodes_max, each=each)
        return _named(found, place) if each else found.reliability

    def _formula(self, changed: _Changed, place: dict[str, int]) -> Formula:
        elements, network = self.elements, self.network
        if not changed.components or self.level is Level.COMPONENT:
            return element_formula(network, self.needs, elements, network.always_supplied)
        supplies: list[set[tuple[int, ...]]] = []
        for node in self.needs.nodes:
            always = changed.always(node) if node in changed.components else network.always_supplied[node]
            offered = {elements.of_offer(offer) for offer in changed.offers_of(node)}
            offered |= {self._elements_of(one, place) for one in changed.added if one.component == node}
            supplies.append(set() if always else offered)
        return formula_with(self.needs, supplies)

    def _elements_of(self, offer: AddedOffer, place: dict[str, int]) -> tuple[int, ...]:
        """Give the places of the elements that an added offer fails with; new elements get new ones."""
        names: Iterable[str | None]
        if self.level is Level.NATION:
            names = [offer.nation]
        elif self.level is Level.BLOC:
            names = sorted(self._blocs_of(offer.nation))
        else:
            names = [self._group_of(offer.company) if self.level is Level.OWNER_GROUP else offer.company]
        return tuple(sorted([place.setdefault(name, len(place)) for name in names if name is not None]))

    def _group_of(self, company: str | None) -> str | None:
        known = None if company is None else self.network.company_by_id.get(company)
        return company if known is None else self.network.company_ids[self.network.group_of[known]]

    def _blocs_of(self, nation: str | None) -> set[str]:
        memberships, network = self.network.memberships, self.network
        return {
            network.bloc_ids[bloc]
            for member, bloc in zip(memberships.nation, memberships.bloc, strict=True)
            if network.nation_ids[member] == nation
        }


class _Changed:
    """A record with offers added and removed."""

    def __init__(self, network: SupplyNetwork, added: Sequence[AddedOffer], removed: frozenset[int]) -> None:
        self.network = network
        self.added = added
        self.removed = removed
        self.components = {one.component for one in added} | {network.offers.component[offer] for offer in removed}

    def offers_of(self, node: int) -> list[int]:
        """Give the recorded offers that are left."""
        return [offer for offer in self.network.offers_of[node] if offer not in self.removed]

    def is_unknown(self, node: int) -> bool:
        """Tell whether nothing is recorded of a component's supply any more (docs/semantics.md 10)."""
        network = self.network
        if node not in self.components:
            return network.unknown[node]
        ours = node < network.nodes.component_count and network.nodes.input_kind[node] is not InputKind.ASSEMBLY
        return ours and not self.offers_of(node) and all(one.component != node for one in self.added)

    def always(self, node: int) -> bool:
        """Tell whether nothing can end an own supply (docs/semantics.md 5, 44); an added offer has no share."""
        network = self.network
        if network.supplied_as_recorded[node]:
            return True
        is_open = network.world is not None and network.world.suppliers is Suppliers.OPEN
        return is_open and not is_complete(network.offers, self.offers_of(node), network.nodes.offers_complete[node])


@dataclass(frozen=True, slots=True)
class _Found:
    """A reliability, and by the places of elements what it would be if one of them works or fails."""

    reliability: Reliability
    if_works: Mapping[int, float]
    if_fails: Mapping[int, float]


def _found(formula: Formula, probability: float, budget_seconds: float, nodes_max: int, *, each: bool) -> _Found:
    """Take out what never fails, and what alone fails the target; of the rest make a diagram, or samples."""
    fallible = narrowed(formula, SURE - 1)
    if fallible is None or not fallible.nodes:
        return _joined(frozenset(), Chances(0.0, {}, {}), probability)
    swept = CutSweep(fallible)
    points = frozenset(places(swept.failing[0]))
    rest = narrowed(fallible, SURE - 1, never=points)
    assert rest is not None, "nothing fails while nothing has failed"
    if not rest.nodes:
        return _joined(points, Chances(0.0, {}, {}), probability)
    try:
        exact = chances(rest, probability, Budget(budget_seconds / 2), nodes_max=nodes_max, each=each)
    except TooLarge as reason:
        estimate = sampled(rest, probability, Budget(budget_seconds / 2))
        because = f"the exact method needs {reason}; estimated from {estimate.samples:,} samples"
        return _joined(points, estimate.chances, probability, (estimate.standard_error, because))
    return _joined(points, exact, probability)


def _joined(
    points: frozenset[int], rest: Chances, probability: float, estimate: tuple[float, str] | None = None
) -> _Found:
    """Put together what fails alone and the rest, which have no element in common."""

    def failure(count: int, other: float) -> float:
        """Give the probability that any of so many points, or the rest, fails."""
        if other >= 1 or (count and probability >= 1):
            return 1.0
        return -expm1((count * log1p(-probability) if count else 0.0) + log1p(-other))

    all_points = failure(len(points), 0.0)
    whole = failure(len(points), rest.failure)
    without_one = failure(len(points) - 1, rest.failure)
    error, because = estimate or (None, None)
    return _Found(
        reliability=Reliability(
            value=(1 - all_points) * (1 - rest.failure),
            failure=whole,
            standard_error=None if error is None else (1 - all_points) * error,
            estimated_because=because,
        ),
        if_works=dict.fromkeys(points, without_one)
        | {element: failure(len(points), chance) for element, chance in rest.if_works.items()},
        if_fails=dict.fromkeys(points, 1.0)
        | {element: failure(len(points), chance) for element, chance in rest.if_fails.items()},
    )


def _named(found: _Found, place: Mapping[str, int]) -> Reliability:
    """Name elements; those that cannot matter leave the target as it is."""
    ours = found.reliability
    assert ours.failure is not None
    return Reliability(
        value=ours.value,
        failure=ours.failure,
        standard_error=ours.standard_error,
        estimated_because=ours.estimated_because,
        if_works={name: found.if_works.get(number, ours.failure) for name, number in place.items()},
        if_fails={name: found.if_fails.get(number, ours.failure) for name, number in place.items()},
    )
