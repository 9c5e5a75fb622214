"""The analyses of alliances by brute force: worlds written anew as rows, every set of nations or companies tried."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from graph_service.model.kinds import Answer, Level
from tests.analysis.brute_reliability import ReliabilityBrute
from tests.analysis.brute_risk import RiskBrute
from tests.networks import OfferRow, PartnershipRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from graph_service.model.world import World
    from tests.networks import Rows

TENTH = Fraction(1, 10)
NEW = "company:zz-new"
"""A company that nobody else is, and behind all others by id, as a new one is ranked."""


def reliability(rows: Rows, world: World, target: str) -> Fraction | None:
    """Give the reliability at COMPANY, 0.1; None for an unknown target."""
    brute = ReliabilityBrute(rows, world, target, Level.COMPANY)
    return None if brute.is_unknown(target) else 1 - brute.failure(TENTH)


def points(rows: Rows, world: World, target: str) -> set[str]:
    """Give the companies and nations that alone stop the target."""
    brute = RiskBrute(rows, world)
    return {
        name
        for level in (Level.COMPANY, Level.NATION)
        for name in brute.elements(level, target)
        if brute.fails(target, level, [name])
    }


class CoverageBrute(RiskBrute):
    """What nations make of a chain."""

    def covered(self, node: str, nations: Collection[str]) -> Fraction:
        shares = self.shares(node)
        known = {name: share for name, share in shares.items() if share is not None}
        unknown = [name for name, share in shares.items() if share is None]
        total = sum(known.values(), Fraction(0))
        rest = max(Fraction(0), 100 - total)
        parts = {name: share / max(total, Fraction(100)) for name, share in known.items()}
        if unknown:
            parts |= dict.fromkeys(unknown, rest / 100 / len(unknown))
        else:
            parts = {name: share / total if total else Fraction(1, len(known)) for name, share in known.items()}
        return sum((part for name, part in parts.items() if self.offers[name].nation in nations), Fraction(0))

    def rows(self, target: str, nations: Collection[str]) -> dict[str, Fraction]:
        return {node: self.covered(node, nations) for node in self.closure(target) if self.offers_of(node)}

    def mean(self, target: str, nations: Collection[str]) -> Fraction:
        rows = self.rows(target, nations)
        return sum(rows.values(), Fraction(0)) / len(rows) if rows else Fraction(0)

    def made_in(self, nations: Collection[str]) -> set[str]:
        return {name for name, offer in self.offers.items() if offer.nation in nations}

    def works(self, target: str, nations: Collection[str], *, unknown_fails: bool) -> bool:
        return target not in self.failed(self.made_in(nations), unknown_fails=unknown_fails, opened=self.opened)

    def answer(self, target: str, nations: Collection[str]) -> Answer:
        if not self.works(target, nations, unknown_fails=False):
            return Answer.NO
        return Answer.YES if self.works(target, nations, unknown_fails=True) else Answer.UNKNOWN

    def partner_sets(self, target: str, nations: Collection[str]) -> list[tuple[str, ...]]:
        if self.answer(target, nations) is not Answer.NO:
            return []
        others = sorted({offer.nation for offer in self.offers.values() if offer.nation} - set(nations))
        found: list[tuple[str, ...]] = []
        for size in range(1, len(others) + 1):
            for chosen in combinations(others, size):
                is_minimal = not any(set(one) <= set(chosen) for one in found)
                if is_minimal and self.works(target, {*nations, *chosen}, unknown_fails=False):
                    found.append(chosen)
        return found[:4]

    def index(self, node: str) -> float | None:
        held: dict[str | None, float] = {}
        for name, share in self.shares(node).items():
            if share is not None:
                nation = self.offers[name].nation
                held[nation] = held.get(nation, 0.0) + float(share)
        return sum(share * share for share in held.values()) if held else None


class ImpactBrute:
    """Two worlds as rows: one with a partnership and one without what only it enables."""

    def __init__(self, rows: Rows, world: World, partnership: str) -> None:
        self.world = world
        now = RiskBrute(rows, world)
        enables = {row.id: set(row.enables) & set(now.offers) for row in now.partnerships}
        alone = enables.pop(partnership).difference(*enables.values())
        self.now = rows
        self.before = replace(rows, offers=[row for row in rows.offers if row.name not in alone])

    @staticmethod
    def memberships(rows: Rows, world: World) -> set[tuple[str, str]]:
        return {(row.nation, row.bloc) for row in RiskBrute(rows, world).memberships}

    def cuts_removed(self, target: str) -> set[frozenset[str]]:
        now, before = RiskBrute(self.now, self.world), RiskBrute(self.before, self.world)
        return {
            cut
            for level in (Level.COMPANY, Level.NATION)
            for _, cut in before.cut_sets(target, level, 2)
            if not now.fails(target, level, cut)
        }

    def reliability_delta(self, target: str) -> Fraction | None:
        now, before = (reliability(rows, self.world, target) for rows in (self.now, self.before))
        return None if now is None or before is None else now - before

    def hhi_delta(self, target: str) -> float | None:
        now, before = CoverageBrute(self.now, self.world), CoverageBrute(self.before, self.world)
        changes = [
            after - first
            for node in now.closure(target)
            if (after := now.index(node)) is not None and (first := before.index(node)) is not None
        ]
        return sum(changes) / len(changes) if changes else None

    def coverage_delta(self, target: str, home: Collection[str]) -> Fraction:
        now, before = CoverageBrute(self.now, self.world), CoverageBrute(self.before, self.world)
        return now.mean(target, home) - before.mean(target, home)


def additions(rows: Rows, world: World, target: str, nation: str, companies: Sequence[str]) -> Iterator[OfferRow]:
    """Give every offer that may be added, a new company's last of each component."""
    brute = RiskBrute(rows, world)
    for component in sorted(brute.closure(target)):
        if component in brute.kind:
            for company in [*companies, NEW]:
                yield OfferRow(component, company, nation, f"offer:added-{component[10:]}-{company[8:]}")


def with_partnerships(rows: Rows, seed: int) -> Rows:
    """Give rows with partnerships of all sorts of parties that enable, and share, some of the offers."""
    choose = random.Random(f"partnerships {seed}")
    names = [row.name for row in rows.offers]
    nations = sorted({row.nation for row in rows.offers if row.nation})
    parties = [*nations, *{row.company for row in rows.offers if row.company}, *{row.bloc for row in rows.memberships}]
    return replace(
        rows,
        partnerships=[
            PartnershipRow(
                f"partnership:p{number}",
                tuple(choose.sample(names, min(len(names), choose.choice([0, 1, 1, 2, 4])))),
                parties=tuple(choose.sample(sorted(parties), choose.choice([1, 2]))),
            )
            for number in range(2)
        ],
        headquarters={
            company: choose.choice(nations)
            for company in sorted({row.company for row in rows.offers if row.company})
            if nations and choose.random() < 0.7
        },
    )
