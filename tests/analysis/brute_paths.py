"""Paths by brute force: the words of docs/semantics.md 38 over rows of facts, without the kernel."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.model.kinds import Direction, Relation
from tests.analysis.brute import Brute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph_service.analysis.primitives.exclusions import Exclusions
    from graph_service.model.world import World
    from tests.networks import Rows


@dataclass(frozen=True)
class Step:
    low: str
    high: str
    relation: Relation
    confidence: int
    fact: str | None
    offer: str | None = None


class PathBrute(Brute):
    """The relations of one world, and every simple path over them."""

    def __init__(self, rows: Rows, world: World) -> None:
        super().__init__(rows, world)
        self.rows = rows
        self.steps = list(self._steps())

    def _steps(self) -> Iterator[Step]:
        yield from self._supply()
        yield from self._plain()
        yield from self._agreements()

    def _supply(self) -> Iterator[Step]:
        for name, offer in self.offers.items():
            for end, relation in ((offer.company, Relation.SUPPLIES), (offer.nation, Relation.MADE_IN)):
                if end:
                    yield Step(offer.component, end, relation, offer.fact.confidence, name, name)
        gone = {row.id for row in self.rows.deployments} - self._deployed()
        for row in self.requirements:
            if row.of not in gone:
                for met in row.alternatives:
                    yield Step(row.of, met.component, Relation.REQUIRES, row.fact.confidence, row.id)

    def _plain(self) -> Iterator[Step]:
        for row in self.ownerships:
            yield Step(row.company, row.owner, Relation.OWNED_BY, row.fact.confidence, None)
        for row in self.memberships:
            yield Step(row.nation, row.bloc, Relation.MEMBER_OF, row.fact.confidence, None)
        deployments = [row for row in self.rows.deployments if row.id in self._deployed()]
        for low, high, relation in (
            *((row.id, row.variant_of, Relation.VARIANT_OF) for row in self.rows.components),
            *((company, nation, Relation.HEADQUARTERED_IN) for company, nation in self.rows.headquarters.items()),
            *((row.id, row.location, Relation.LOCATED_IN) for row in deployments),
            *((row.id, row.operator, Relation.OPERATED_BY) for row in deployments),
        ):
            if high:
                yield Step(low, high, relation, 100, None)

    def _agreements(self) -> Iterator[Step]:
        for row in self.partnerships:
            for party in row.parties:
                yield Step(row.id, party, Relation.PARTY_TO, row.fact.confidence, row.id)
            for component in row.covers:
                yield Step(component, row.id, Relation.COVERS, row.fact.confidence, row.id)
            for name in set(row.enables) & set(self.offers):
                offer = self.offers[name]
                yield Step(offer.component, row.id, Relation.ENABLES, offer.fact.confidence, name, name)

    def _deployed(self) -> set[str]:
        return {row.id for row in self._valid(self.rows.deployments)}

    def entities(self) -> set[str]:
        """Give every entity that is a fact of the world or always there."""
        return {end for step in self.steps for end in (step.low, step.high)} | self._deployed()

    def paths(
        self,
        start: str,
        goal: str,
        *,
        via: Collection[Relation],
        direction: Direction,
        k: int,
        excluding: Exclusions,
    ) -> list[list[tuple[str, str, str, bool, int, str | None]]]:
        """Give the first k paths: hops as (from, relation, to, upstream, confidence, fact)."""
        best = self._best(via, direction, excluding)
        found: list[tuple[str, ...]] = []
        for length in range(1, len(self.entities()) + 1):
            walked = list(self._walks((start,), goal, length, best))
            found += sorted(walked)
            if len(found) >= k:
                break
        return [
            [self._hop(step, one, other) for one, other in itertools.pairwise(path) for step in [best[one][other]]]
            for path in found[:k]
        ]

    def _best(
        self, via: Collection[Relation], direction: Direction, excluding: Exclusions
    ) -> dict[str, dict[str, Step]]:
        """Give the evidence of each pair that may be walked: the surest, then with a fact, then the least id."""
        gone = set(excluding.nations) | set(excluding.blocs) | set(excluding.companies) | set(excluding.components)
        gone |= {row.nation for row in self.memberships if row.bloc in excluding.blocs}
        roots = {self.root(company) for company in excluding.owner_groups}
        companies = {end for step in self.steps for end in (step.low, step.high) if end.startswith("company:")}
        gone |= {company for company in companies if roots and self.root(company) in roots}
        best: dict[str, dict[str, Step]] = {}
        for step in self.steps:
            ends = {step.low, step.high}
            if step.offer:
                offer = self.offers[step.offer]
                ends |= {offer.component, offer.company or "", offer.nation or ""}
            if step.relation not in via or ends & gone or step.low == step.high:
                continue
            for one, other, way in (
                (step.low, step.high, Direction.UPSTREAM),
                (step.high, step.low, Direction.DOWNSTREAM),
            ):
                if direction in {way, Direction.BOTH}:
                    known = best.setdefault(one, {}).get(other)
                    if known is None or self._rank(step, one) < self._rank(known, one):
                        best[one][other] = step
        return best

    @staticmethod
    def _rank(step: Step, start: str) -> tuple[object, ...]:
        relation = list(Relation).index(step.relation)
        return (-step.confidence, step.fact is None, step.fact or "", relation, step.low != start)

    def _walks(
        self, path: tuple[str, ...], goal: str, length: int, best: dict[str, dict[str, Step]]
    ) -> Iterator[tuple[str, ...]]:
        if path[-1] == goal:
            if len(path) == length + 1:
                yield path
            return
        if len(path) <= length:
            for other in best.get(path[-1], ()):
                if other not in path and self._leads((*path, other), goal, best):
                    yield from self._walks((*path, other), goal, length, best)

    @staticmethod
    def _leads(path: tuple[str, ...], goal: str, best: dict[str, dict[str, Step]]) -> bool:
        """Tell whether the goal can be reached from the end of a path without meeting the path again."""
        reached, open_ends = set(path), [path[-1]]
        while open_ends and goal not in reached:
            others = [other for other in best.get(open_ends.pop(), ()) if other not in reached]
            reached.update(others)
            open_ends += others
        return goal in reached

    @staticmethod
    def _hop(step: Step, one: str, other: str) -> tuple[str, str, str, bool, int, str | None]:
        return one, step.relation.value, other, step.low == one, step.confidence, step.fact
