"""The analyses of risk by brute force: the words of docs/semantics.md, one by one, in exact fractions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from graph_service.model.ids import kind_of
from graph_service.model.kinds import ImpactStatus, InputKind, Kind, Level, Reallocation
from tests.analysis.brute import Brute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph_service.analysis.disrupted.stops import Stop
    from graph_service.model.world import World
    from tests.networks import OfferRow, RequirementRow, Rows

Losses = dict[str, Fraction]
LOWER, UPPER, ESTIMATE = "lower", "upper", "estimate"
BOUNDS = (LOWER, UPPER, ESTIMATE)


def exact(number: float) -> Fraction:
    """Read a number as it was written."""
    return Fraction(str(number))


class RiskBrute(Brute):
    """What stops, and what follows, over the rows of one world."""

    def __init__(self, rows: Rows, world: World) -> None:
        super().__init__(rows, world)
        deployed = {row.id for row in self._valid(rows.deployments)}
        self.present = [node for node in self.nodes if node in self.kind or node in deployed]

    # what stops

    def controllers(self, company: str) -> set[str]:
        """Give the company and all that control it."""
        found = {company}
        while True:
            owners = [
                row for row in self.ownerships if row.company == company and (row.share is None or row.share > 50)
            ]
            if not owners:
                return found
            company = min(owners, key=lambda row: (-(row.share or 0), row.owner)).owner
            if company in found:
                return found
            found.add(company)

    def touches(self, stop: Stop, offer: OfferRow) -> bool:
        match kind_of(stop.entity):
            case Kind.NATION:
                return offer.nation == stop.entity
            case Kind.BLOC:
                return any(row.bloc == stop.entity and row.nation == offer.nation for row in self.memberships)
            case Kind.COMPANY:
                whole = stop.whole_group and offer.company is not None
                return offer.company == stop.entity or (whole and stop.entity in self.controllers(offer.company or ""))
            case _:
                return offer.name == stop.entity

    def parts(self, stops: Iterable[Stop]) -> tuple[Losses, Losses]:
        """Give the lost parts of offers and of components that are named."""
        offers: Losses = dict.fromkeys(self.offers, Fraction(0))
        components: Losses = {}
        for stop in stops:
            part = exact(stop.loss_pct) / 100
            if stop.entity in self.kind:
                components[stop.entity] = max(components.get(stop.entity, Fraction(0)), part)
                continue
            for name, offer in self.offers.items():
                if self.touches(stop, offer):
                    lasting = Fraction(1)
                    if stop.duration_weeks is not None:
                        weeks = exact(stop.duration_weeks)
                        lasting = max(Fraction(0), weeks - exact(offer.inventory or 0)) / weeks
                    offers[name] = max(offers[name], part * lasting)
        return offers, components

    # failure and losses

    def never_ends(self, node: str) -> bool:
        return (
            node not in self.kind
            or self.kind[node] is InputKind.ASSEMBLY
            or self.is_unknown(node)
            or (self.opened and not self.is_complete(node))
        )

    def fallen(self, offers: Losses, components: Losses, *, opened: bool | None = None) -> set[str]:
        """Fail what must fail, again and again, until nothing more does."""
        is_open = self.opened if opened is None else opened

        def own_fails(node: str) -> bool:
            if components.get(node) == 1:
                return True
            if node not in self.kind or self.kind[node] is InputKind.ASSEMBLY or self.is_unknown(node):
                return False
            if is_open and not self.is_complete(node):
                return False
            return all(offers[offer.name] == 1 for offer in self.offers_of(node))

        failed = {node for node in self.nodes if own_fails(node)}
        while True:
            more = {
                row.of
                for row in self.requirements
                if row.of not in failed and sum(one.component not in failed for one in row.alternatives) < row.k
            }
            if not more:
                return failed
            failed |= more

    def shares(self, node: str) -> dict[str, Fraction | None]:
        """Give the known shares of the basis, in percent."""
        offers = self.offers_of(node)
        known = [offer for offer in offers if offer.share is not None]
        counts = Counter((offer.basis, offer.year) for offer in known)
        basis = min(counts, key=lambda one: (-counts[one], -(one[1] or 0), one[0] or ""), default=None)
        return {
            offer.name: exact(offer.share) if offer.share is not None and (offer.basis, offer.year) == basis else None
            for offer in offers
        }

    def own_loss(self, node: str, bound: str, offers: Losses, components: Losses) -> Fraction:
        named = components.get(node, Fraction(0))
        if self.never_ends(node):
            return named
        shares = self.shares(node)
        known = {name: share for name, share in shares.items() if share is not None}
        unknown = [name for name, share in shares.items() if share is None]
        total = sum(known.values(), Fraction(0))
        if total > 100:
            known = {name: share * 100 / total for name, share in known.items()}
            total = Fraction(100)
        rest = 100 - total
        lost = sum((share * offers[name] for name, share in known.items()), Fraction(0))
        parts = [offers[name] for name in shares]
        if bound == LOWER:
            lost += rest * min(parts)
        elif bound == UPPER:
            lost += rest * max(parts)
        elif unknown:
            lost += rest * sum((offers[name] for name in unknown), Fraction(0)) / len(unknown)
        elif total:
            lost = lost * 100 / total
        else:
            lost = 100 * sum(parts, Fraction(0)) / len(parts)
        return max(named, lost / 100)

    def requirement_value(self, row: RequirementRow, output: Mapping[str, Fraction]) -> Fraction:
        cycle = self.cycle_of(row.of) if self.is_in_cycle(row.of) else frozenset[str]()
        efficiency = [Fraction(1) if one.component in cycle else exact(one.efficiency) for one in row.alternatives]
        met = [part * output[one.component] for part, one in zip(efficiency, row.alternatives, strict=True)]
        return sorted(met, reverse=True)[row.k - 1] / sorted(efficiency, reverse=True)[row.k - 1]

    def losses(
        self, bound: str, offers: Losses, components: Losses, reallocation: Reallocation = Reallocation.PERFECT
    ) -> Losses:
        """Let output fall from 1 until it bears itself out: the greatest fixpoint."""
        own = {node: 1 - self.own_loss(node, bound, offers, components) for node in self.nodes}
        circular = {node: self.is_in_cycle(node) for node in self.nodes}
        output = dict.fromkeys(self.nodes, Fraction(1))
        while True:
            after: Losses = {}
            for node in self.nodes:
                least = min((self.requirement_value(row, output) for row in self.needs_of(node)), default=Fraction(1))
                multiplied = reallocation is Reallocation.PRO_RATA and not circular[node]
                after[node] = own[node] * least if multiplied else min(own[node], least)
            if after == output:
                return {node: 1 - part for node, part in output.items()}
            output = after

    def status(self, node: str, failed: Collection[str], losses: Mapping[str, Losses]) -> ImpactStatus:
        if node in failed:
            return ImpactStatus.FAILED
        if self.is_unknown(node):
            return ImpactStatus.UNKNOWN
        if losses[LOWER][node] > 0:
            return ImpactStatus.DEGRADED
        return ImpactStatus.AT_RISK if losses[UPPER][node] > 0 else ImpactStatus.AVAILABLE

    # elements

    def elements_of(self, level: Level, offer: OfferRow) -> set[str]:
        match level:
            case Level.COMPANY:
                return {offer.company} if offer.company else set()
            case Level.OWNER_GROUP:
                return {self.root(offer.company)} if offer.company else set()
            case Level.NATION:
                return {offer.nation} if offer.nation else set()
            case Level.BLOC:
                return {row.bloc for row in self.memberships if row.nation == offer.nation}
            case Level.COMPONENT:
                return set()

    def elements(self, level: Level, target: str) -> list[str]:
        closure = self.closure(target)
        if level is Level.COMPONENT:
            return sorted(node for node in closure - {target} if node in self.kind)
        offers = [offer for offer in self.offers.values() if offer.component in closure]
        return sorted({element for offer in offers for element in self.elements_of(level, offer)})

    def taken(self, level: Level, elements: Collection[str]) -> tuple[Losses, Losses]:
        """Give the lost parts when elements fail as a whole."""
        offers = {
            name: Fraction(not self.elements_of(level, offer).isdisjoint(elements))
            for name, offer in self.offers.items()
        }
        return offers, dict.fromkeys(elements, Fraction(1)) if level is Level.COMPONENT else {}

    def fails(self, target: str, level: Level, elements: Collection[str], *, opened: bool | None = None) -> bool:
        return target in self.fallen(*self.taken(level, elements), opened=opened)

    def cut_sets(self, target: str, level: Level, order_max: int) -> list[tuple[bool, frozenset[str]]]:
        """Give all minimal sets, and whether each also fails the target if lists are open."""
        found: list[frozenset[str]] = []
        for order in range(1, order_max + 1):
            for chosen in map(frozenset, combinations(self.elements(level, target), order)):
                if not any(one <= chosen for one in found) and self.fails(target, level, chosen):
                    found.append(chosen)
        return [(self.fails(target, level, one, opened=True), one) for one in found]

    def loss(self, target: str, level: Level, elements: Collection[str], bound: str) -> Fraction:
        return self.losses(bound, *self.taken(level, elements))[target]

    def worst(self, target: str, level: Level, budget: int) -> tuple[Fraction, list[tuple[str, ...]]]:
        """Give the greatest estimate, and all minimal sets that attain it."""
        elements = self.elements(level, target)
        every = [one for size in range(1, budget + 1) for one in combinations(elements, size)]
        cost = {one: self.loss(target, level, one, ESTIMATE) for one in every}
        greatest = max(cost.values(), default=Fraction(0))
        ties = [one for one in every if cost[one] == greatest]
        if greatest == 0:
            return greatest, []
        return greatest, [one for one in ties if not any(set(other) < set(one) for other in ties)]

    def through(self, target: str, level: Level, element: str) -> list[str]:
        """Follow losses, at most, from the target along needs that lose to alternatives that lose."""
        lost = self.losses(UPPER, *self.taken(level, [element]))
        output = {node: 1 - part for node, part in lost.items()}
        reached = {target} if lost[target] > 0 else set[str]()
        fresh: Sequence[str] = list(reached)
        while fresh:
            found = {
                one.component
                for node in fresh
                for row in self.needs_of(node)
                if self.requirement_value(row, output) < 1
                for one in row.alternatives
                if lost[one.component] > 0
            }
            fresh = sorted(found - reached)
            reached |= found
        offered = {offer.component for offer in self.offers.values() if element in self.elements_of(level, offer)}
        offered |= {element} if level is Level.COMPONENT else set()
        return sorted((reached & offered & self.closure(target)) - {target})
