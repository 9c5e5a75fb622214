"""Partner sets: the smallest sets of nations that, beside those at home, can supply a target (docs/semantics.md 33).

A set suffices if it meets each set of nations without which the rest of the world does not suffice. Those sets are
found as they are needed: the least set that meets all known ones either suffices, and is the answer, or shows one
more (implicit hitting sets; Reiter 1987).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_service.analysis.cuts.cut_sweep import CutSweep
from graph_service.analysis.cuts.hitting import HittingSets, OutOfSteps, Steps, bits_of
from graph_service.analysis.primitives.sweep import places
from graph_service.analysis.solutions.formula import Formula, Supplies, formula_behind
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph_service.network.network import SupplyNetwork

SETS_MAX: Final = 4
"""Sets that an answer holds."""


@dataclass(frozen=True, slots=True)
class PartnerSets:
    """Sets of nation numbers, each sorted, smallest first, then by numbers; `cut` says what was left open."""

    found: tuple[tuple[int, ...], ...] = ()
    cut: str | None = None


def partner_sets(network: SupplyNetwork, target: int, inside: Collection[int], steps: Steps) -> PartnerSets:
    """Find the first sets of nations with which a target that is infeasible inside these nations can be supplied.

    Unknown components work. An offer without a nation is made nowhere. Exact within the steps; where they end, what
    is given is inclusion-minimal still, but others may be smaller or missing.
    """
    formula = _formula(network, target, inside)
    usable = formula.with_only(formula.offers)
    if usable is None:
        return PartnerSets()
    always, rest = _needed(usable.reduced())
    if not rest.nodes:
        return PartnerSets((tuple(sorted(always)),))
    return _Search(rest, always, steps).run()


def _formula(network: SupplyNetwork, target: int, inside: Collection[int]) -> Formula:
    """Write the formula of the target with nations outside in the place of offers."""
    nation, offers_of, always = network.offers.nation, network.offers_of, network.always_supplied

    def supplies_of(node: int) -> Supplies:
        if always[node] or not offers_of[node]:
            return None
        nations = {nation[offer] for offer in offers_of[node]}
        return tuple(sorted(nations - {NONE})) if nations.isdisjoint(inside) else None

    return formula_behind(network, [target], b"\1" * len(network.nodes.id), supplies_of)


def _needed(formula: Formula) -> tuple[frozenset[int], Formula]:
    """Give the nations that each set holds, and the formula of what is left to choose."""
    needed = frozenset(places(CutSweep(formula).failing[0]))
    if not needed:
        return needed, formula
    supplies = [None if one is None or not needed.isdisjoint(one) else one for one in formula.supplies]
    return needed, replace(formula, supplies=supplies).reduced()


class _Search:
    """The search for the sets that complete what each of them holds; nations by their place among those left."""

    def __init__(self, formula: Formula, always: frozenset[int], steps: Steps) -> None:
        self.formula = formula
        self.always = always
        self.steps = steps
        self.nations = formula.offers
        self.place = {nation: place for place, nation in enumerate(self.nations)}
        self.offered = [
            None if supplies is None else bits_of([self.place[nation] for nation in supplies])
            for supplies in formula.supplies
        ]
        self.spare = [len(met) - k for met, k in zip(formula.alternatives, formula.k, strict=True)]
        asked = formula.needed_always()
        self.hitting = HittingSets(len(self.nations), steps)
        for node, nations in enumerate(self.offered):
            if nations is not None and asked[node]:
                self.hitting.add(nations)

    def run(self) -> PartnerSets:
        """Find the first sets, as far as the steps last."""
        found: list[int] = []
        try:
            while len(found) < SETS_MAX:
                least = self._next()
                if least is None:
                    return PartnerSets(self._named(found))
                found.append(least)
                self.hitting.forbid(least)
        except OutOfSteps:
            cut = f"the search ended after {self.steps.allowed:,} steps"
            if found:
                return PartnerSets(self._named(found), f"{cut} before all of the first {SETS_MAX} sets were found")
            return PartnerSets(self._named([self._some()]), f"{cut}; smaller sets, and others, may exist")
        return PartnerSets(self._named(found))

    def _next(self) -> int | None:
        """Give the next set: the least that meets all that it must and holds none that was found.

        What any set lacks that meets all known ones must be met, too: small ones, found quickly, show most of it.
        """
        while not self._suffices(some := self.hitting.some()):
            self.hitting.add(self._blocking(some))
        while True:
            least = self.hitting.least()
            if least is None or self._suffices(least):
                return least
            self.hitting.add(self._blocking(least))

    def _blocking(self, chosen: int) -> int:
        """Find an inclusion-minimal set of nations, none of them chosen, without which the rest does not suffice."""
        blocking = 0
        waiting = [[place for place in range(len(self.nations)) if not chosen >> place & 1]]
        while waiting:
            self.steps.take(len(self.offered))
            some = waiting.pop()
            if not self._suffices(chosen | bits_of(some)):
                chosen |= bits_of(some)
            elif len(some) == 1:
                blocking |= bits_of(some)
            else:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
        return blocking

    def _some(self) -> int:
        """Give an inclusion-minimal set that suffices: nations that supply the fewest components are left out first."""
        chosen = (1 << len(self.nations)) - 1
        supplied = [0] * len(self.nations)
        for nations in self.offered:
            for place in places(nations or 0):
                supplied[place] += 1
        for place in sorted(places(chosen), key=lambda place: (supplied[place], -place)):
            if self._suffices(chosen & ~(1 << place)):
                chosen &= ~(1 << place)
        return chosen

    def _suffices(self, chosen: int) -> bool:
        """Tell whether the target stays unfailed with these nations; ends as soon as it fails."""
        fallen = [node for node, nations in enumerate(self.offered) if nations is not None and not nations & chosen]
        failed = bytearray(len(self.offered))
        for node in fallen:
            failed[node] = 1
        spare = list(self.spare)
        users, owner = self.formula.users, self.formula.owner
        for node in fallen:  # grows while it is walked
            for need in users[node]:
                spare[need] -= 1
                if spare[need] < 0 and not failed[owner[need]]:
                    if not owner[need]:
                        return False
                    failed[owner[need]] = 1
                    fallen.append(owner[need])
        return not failed[0]

    def _named(self, found: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        return tuple(
            [tuple(sorted([*self.always, *[self.nations[place] for place in places(chosen)]])) for chosen in found]
        )
