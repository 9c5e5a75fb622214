"""The analyses by brute force: the words of docs/semantics.md, one by one, over rows of facts, without the kernel."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from graph_service.model.kinds import Answer, Capital, InputKind, Level, Objective, Suppliers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from graph_service.analysis.primitives.exclusions import Exclusions
    from graph_service.model.world import World
    from tests.networks import OfferRow, RequirementRow, Rows

Row = TypeVar("Row")
INFINITE = float("inf")


class Brute:
    """The facts of one world, kept as rows."""

    def __init__(self, rows: Rows, world: World) -> None:
        self.world = world
        self.kind = {row.id: row.kind for row in rows.components}
        self.category = {row.id: row.category for row in rows.components}
        self.stated = {row.id: row.complete for row in rows.components}
        self.offers = {row.name: row for row in self._valid(rows.offers)}
        self.requirements = sorted(
            [row for row in self._valid(rows.requirements) if not row.optional and not self._installed(row)],
            key=lambda row: row.id,
        )
        self.ownerships = self._valid(rows.ownerships)
        self.memberships = self._valid(rows.memberships)
        self.partnerships = self._valid(rows.partnerships)
        self.nodes = [row.id for row in rows.components] + [row.id for row in rows.deployments]

    def _valid(self, rows: Iterable[Row]) -> list[Row]:
        as_of = self.world.as_of
        assert as_of is not None
        return [
            row
            for row in rows
            for fact in [row.fact]
            if fact.confidence >= self.world.min_confidence
            and (fact.valid_from is None or fact.valid_from <= as_of)
            and (fact.valid_to is None or as_of < fact.valid_to)
        ]

    def _installed(self, row: RequirementRow) -> bool:
        return self.world.capital is Capital.INSTALLED and all(
            self.kind[one.component] is InputKind.CAPITAL for one in row.alternatives
        )

    def offers_of(self, node: str) -> list[OfferRow]:
        return [offer for offer in self.offers.values() if offer.component == node]

    def needs_of(self, node: str) -> list[RequirementRow]:
        return [row for row in self.requirements if row.of == node]

    def inputs_of(self, node: str) -> set[str]:
        return {one.component for row in self.needs_of(node) for one in row.alternatives}

    def is_unknown(self, node: str) -> bool:
        return node in self.kind and self.kind[node] is not InputKind.ASSEMBLY and not self.offers_of(node)

    def is_complete(self, node: str) -> bool:
        stated = self.stated[node]
        if stated is not None:
            return stated
        known = [offer for offer in self.offers_of(node) if offer.share is not None]
        counts = Counter((offer.basis, offer.year) for offer in known)
        if not counts:
            return False
        basis = min(counts, key=lambda one: (-counts[one], -(one[1] or 0), one[0] or ""))
        return sum(offer.share or 0 for offer in known if (offer.basis, offer.year) == basis) >= 99.5

    # failure

    def failed(
        self,
        working_offers: Collection[str],
        *,
        withdrawn: Collection[str] = (),
        unknown_fails: bool,
        opened: bool,
        restored: Collection[str] = (),
    ) -> set[str]:
        """Fail what must fail, again and again, until nothing more does."""

        def own_fails(node: str) -> bool:
            if node not in self.kind or self.kind[node] is InputKind.ASSEMBLY or node in restored:
                return False
            if opened and (self.is_unknown(node) or not self.is_complete(node)):
                return False
            if self.is_unknown(node):
                return unknown_fails
            return all(offer.name not in working_offers for offer in self.offers_of(node))

        failed = {node for node in self.nodes if own_fails(node)}
        while True:
            more = {
                row.of
                for row in self.requirements
                if row.of not in failed
                and sum(
                    one.component not in failed and (one.component not in withdrawn or one.component in restored)
                    for one in row.alternatives
                )
                < row.k
            }
            if not more:
                return failed
            failed |= more

    @property
    def opened(self) -> bool:
        return self.world.suppliers is Suppliers.OPEN

    # exclusions

    def root(self, company: str) -> str:
        """Follow controlling owners to the end; round a cycle, to its least member."""
        trail = [company]
        while True:
            owners = [
                row for row in self.ownerships if row.company == trail[-1] and (row.share is None or row.share > 50)
            ]
            if not owners:
                return trail[-1]
            best = min(owners, key=lambda row: (-row.share if row.share is not None else 0, row.owner))
            if best.owner in trail:
                return min(trail[trail.index(best.owner) :])
            trail.append(best.owner)

    def lost(self, excluding: Exclusions) -> set[str]:
        nations = set(excluding.nations) | {row.nation for row in self.memberships if row.bloc in excluding.blocs}
        roots = {self.root(company) for company in excluding.owner_groups}
        return {
            name
            for name, offer in self.offers.items()
            if offer.nation in nations
            or offer.company in excluding.companies
            or (offer.company and self.root(offer.company) in roots)
            or offer.component in excluding.components
        }

    # depth

    def reach(self, start: str) -> set[str]:
        """Give what is reached from `start` in one step or more."""
        found: set[str] = set()
        fresh = self.inputs_of(start)
        while fresh:
            found |= fresh
            fresh = {below for node in fresh for below in self.inputs_of(node)} - found
        return found

    def closure(self, target: str) -> set[str]:
        return self.reach(target) | {target}

    def cycle_of(self, node: str) -> frozenset[str]:
        """Give the node with all that needs it and that it needs."""
        return frozenset({node} | {other for other in self.reach(node) if node in self.reach(other)})

    def is_in_cycle(self, node: str) -> bool:
        return node in self.reach(node)

    def tier_min(self, target: str) -> dict[str, int]:
        tiers = {target: 0}
        for _ in self.nodes:
            for node, tier in list(tiers.items()):
                for below in self.inputs_of(node):
                    tiers[below] = min(tiers.get(below, 10**6), tier + 1)
        return tiers

    def tier_max(self, target: str) -> dict[str, int]:
        closure = self.closure(target)
        start = self.cycle_of(target)

        def longest(cycle: frozenset[str]) -> int:
            above = {
                self.cycle_of(node) for node in closure - cycle if any(below in cycle for below in self.inputs_of(node))
            }
            arrived = [longest(one) + 1 for one in above]
            return max(arrived, default=0 if cycle == start else -(10**6)) + len(cycle) - 1

        return {node: longest(self.cycle_of(node)) for node in closure}

    def quantities(self, target: str) -> dict[str, Decimal | None]:
        totals: dict[str, Decimal | None] = {}
        spoilt: set[str] = set()

        def walk(node: str, units: Decimal) -> None:
            if self.is_in_cycle(node):
                spoilt.update(self.closure(node))
                return
            totals[node] = (totals.get(node) or Decimal(0)) + units
            for row in self.needs_of(node):
                for one in row.alternatives:
                    if row.quantity is None or len(row.alternatives) > 1:
                        spoilt.update(self.closure(one.component))
                    else:
                        walk(one.component, units * Decimal(row.quantity))

        walk(target, Decimal(1))
        return {node: None if node in spoilt else totals[node] for node in self.closure(target)}

    def lead_time(
        self, target: str, usable: Collection[str] | None = None, failed: Collection[str] = ()
    ) -> tuple[float | None, set[str]]:
        """Give the weeks and the components of unknown lead time, over what is reached through what has not failed."""
        part = _Part(self, usable, failed)
        closure = part.reach(target) | {target}
        unknown = {node for node in closure if node in self.kind and part.own(node) is None}
        if not any(part.own(node) is not None for node in closure):
            return None, unknown
        return part.weeks(target), unknown

    # alternatives

    def feasible(self, target: str, excluding: Exclusions, restored: Collection[str] = ()) -> tuple[Answer, bool]:
        left = set(self.offers) - self.lost(excluding)

        def fails(*, unknown_fails: bool, opened: bool) -> bool:
            return target in self.failed(
                left, withdrawn=excluding.components, unknown_fails=unknown_fails, opened=opened, restored=restored
            )

        if fails(unknown_fails=False, opened=self.opened):
            return Answer.NO, fails(unknown_fails=False, opened=True)
        if fails(unknown_fails=True, opened=self.opened):
            return Answer.UNKNOWN, False
        return Answer.YES, True

    def solutions(self, target: str, excluding: Exclusions) -> list[frozenset[str]]:
        """Give every inclusion-minimal set of offers that keeps the target unfailed, by trying all."""
        answer, _ = self.feasible(target, excluding)
        if answer is Answer.NO:
            return []
        closure = self.closure(target)
        left = sorted(
            name for name in set(self.offers) - self.lost(excluding) if self.offers[name].component in closure
        )
        found: list[frozenset[str]] = []
        for size in range(len(left) + 1):
            for chosen in map(frozenset, combinations(left, size)):
                if any(one <= chosen for one in found):
                    continue
                if target not in self.failed_with(chosen, excluding, answer):
                    found.append(chosen)
        return found

    def failed_with(self, chosen: Collection[str], excluding: Exclusions, answer: Answer) -> set[str]:
        return self.failed(
            chosen, withdrawn=excluding.components, unknown_fails=answer is Answer.YES, opened=self.opened
        )

    def key(
        self, objective: Objective, target: str, excluding: Exclusions, chosen: frozenset[str]
    ) -> tuple[object, ...]:
        offers = [self.offers[name] for name in chosen]
        ties = (len(chosen), *sorted(chosen))
        match objective:
            case Objective.OFFERS:
                return ties
            case Objective.RISK:
                works = 1.0
                for _ in {offer.company or offer.name for offer in offers}:
                    works *= 1 - 0.1
                return (1 - works, *ties)
            case Objective.CONFIDENCE:
                return (-min((offer.fact.confidence for offer in offers), default=100), *ties)
            case Objective.COST:
                cost, currency = self.cost(target, chosen)
                return (cost is None, *self._currency_rank(currency, target, excluding), cost or 0, *ties)
            case Objective.LEAD_TIME:
                weeks, unknown = self.lead_time_of(target, excluding, chosen)
                return (len(unknown), INFINITE if weeks is None else weeks, *ties)

    def cost(self, target: str, chosen: Collection[str]) -> tuple[Decimal | None, str | None]:
        totals = self.quantities(target)
        amounts: list[tuple[Decimal, str]] = []
        for name in chosen:
            offer = self.offers[name]
            units = totals[offer.component]
            if units is None or offer.cost is None or offer.currency is None:
                return None, None
            amounts.append((units * Decimal(offer.cost), offer.currency))
        if len({currency for _, currency in amounts}) > 1:
            return None, None
        return sum((amount for amount, _ in amounts), Decimal(0)), amounts[0][1] if amounts else None

    def _currency_rank(self, currency: str | None, target: str, excluding: Exclusions) -> tuple[object, ...]:
        """Rank currencies by how many priced offers that can be used are in them."""
        if currency is None:
            return ()
        answer, _ = self.feasible(target, excluding)
        left = set(self.offers) - self.lost(excluding)
        failed = self.failed_with(left, excluding, answer)
        part = _Part(self, left, failed | set(excluding.components))
        usable = part.reach(target) | {target}
        counts = Counter(
            offer.currency
            for name, offer in self.offers.items()
            if name in left
            and offer.component in usable
            and self.kind[offer.component] is not InputKind.ASSEMBLY
            and not (self.opened and not self.is_complete(offer.component))
            and self.cost(target, [name])[0] is not None
        )
        return (-counts[currency], currency)

    def lead_time_of(
        self, target: str, excluding: Exclusions, chosen: Collection[str]
    ) -> tuple[float | None, set[str]]:
        answer, _ = self.feasible(target, excluding)
        failed = self.failed_with(chosen, excluding, answer)
        return self.lead_time(target, chosen, failed | set(excluding.components))

    def share(self, level: Level, name: str) -> str:
        offer = self.offers[name]
        if level is Level.NATION:
            return offer.nation or name
        if offer.company is None:
            return name
        return offer.company if level is Level.COMPANY else self.root(offer.company)

    def families(self, solutions: Sequence[frozenset[str]], level: Level) -> Iterator[tuple[frozenset[str], ...]]:
        """Give all families of solutions of which no two share anything, each in the order of `solutions`."""
        shares = [frozenset(self.share(level, name) for name in one) for one in solutions]

        def families_from(first: int, used: frozenset[str]) -> Iterator[tuple[frozenset[str], ...]]:
            yield ()
            for place in range(first, len(solutions)):
                if used.isdisjoint(shares[place]):
                    for rest in families_from(place + 1, used | shares[place]):
                        yield (solutions[place], *rest)

        return families_from(0, frozenset())

    def blockers(self, target: str, excluding: Exclusions) -> tuple[str, ...]:
        lost = self.lost(excluding)
        gone = sorted(
            node
            for node in self.closure(target)
            if node in excluding.components
            or (self.offers_of(node) and all(offer.name in lost for offer in self.offers_of(node)))
        )
        for size in range(len(gone) + 1):
            for restored in combinations(gone, size):
                if self.feasible(target, excluding, restored)[0] is not Answer.NO:
                    return restored
        raise AssertionError("restoring everything makes the target feasible")


class _Part:
    """What is left of a network with some offers only, and without what has failed; lead times over it."""

    def __init__(self, brute: Brute, usable: Collection[str] | None, failed: Collection[str]) -> None:
        self.brute = brute
        self.usable = usable
        self.failed = failed

    def met(self, row: RequirementRow) -> list[tuple[str, float]]:
        return [(one.component, one.switch or 0) for one in row.alternatives if one.component not in self.failed]

    def inputs(self, node: str) -> set[str]:
        return {name for row in self.brute.needs_of(node) for name, _ in self.met(row)}

    def reach(self, start: str) -> set[str]:
        found: set[str] = set()
        fresh = self.inputs(start)
        while fresh:
            found |= fresh
            fresh = {below for node in fresh for below in self.inputs(node)} - found
        return found

    def own(self, node: str) -> float | None:
        known = [
            offer.lead
            for offer in self.brute.offers_of(node)
            if offer.lead is not None and (self.usable is None or offer.name in self.usable)
        ]
        return min(known, default=None)

    def weeks(self, node: str) -> float:
        cycle = {node} | {other for other in self.reach(node) if node in self.reach(other)}
        needs = [
            sorted(0.0 if name in cycle else self.weeks(name) + switch for name, switch in self.met(row))[row.k - 1]
            for member in cycle
            for row in self.brute.needs_of(member)
        ]
        return sum(self.own(member) or 0 for member in cycle) + max(needs, default=0)
