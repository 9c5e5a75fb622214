"""Small random networks with everything that can go wrong in them: cycles, k of n, unknowns, dates, open lists."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.model.kinds import Capital, InputKind, Suppliers
from graph_service.model.world import World
from tests.networks import (
    AS_OF,
    Alternative,
    ComponentRow,
    DeploymentRow,
    Fact,
    MembershipRow,
    OfferRow,
    OwnershipRow,
    PartnershipRow,
    RequirementRow,
    Rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = [InputKind.CONSUMABLE] * 5 + [InputKind.ASSEMBLY, InputKind.CAPITAL, InputKind.SOFTWARE]


class RandomNetwork:
    """One network of a seed: its rows, a world, a target, what to exclude."""

    def __init__(self, seed: int, *, components: int = 7, offers: int = 12) -> None:
        self.choose = choose = random.Random(seed)
        self.names = [f"component:c{number}" for number in range(choose.randint(3, components))]
        self.companies = [f"company:f{number}" for number in range(choose.randint(1, 5))]
        self.nations = [f"nation:n{number}" for number in range(choose.randint(1, 4))]
        self.blocs = ["bloc:b0", "bloc:b1"]
        self.cyclic = choose.random() < 0.4
        supplied = [self._offer(place) for place in range(choose.randint(offers // 2, offers))]
        self.rows = Rows(
            components=[self._component(name) for name in self.names],
            deployments=[DeploymentRow("deployment:d0", self._fact())],
            offers=supplied,
            requirements=self._requirements(),
            ownerships=[
                OwnershipRow(
                    *choose.choices(self.companies, k=2), choose.choice([None, 20.0, 50.0, 51.0, 100.0]), self._fact()
                )
                for _ in range(choose.randint(0, 4))
            ],
            memberships=[
                MembershipRow(choose.choice(self.nations), choose.choice(self.blocs), self._fact())
                for _ in range(choose.randint(0, 4))
            ],
            partnerships=[
                PartnershipRow(f"partnership:p{place}", (choose.choice(supplied).name,), self._fact())
                for place in range(2)
            ],
        )
        self.world = World(
            as_of=AS_OF,
            min_confidence=choose.choice([0, 0, 0, 50]),
            capital=choose.choice([Capital.REQUIRED, Capital.REQUIRED, Capital.INSTALLED]),
            suppliers=choose.choice([Suppliers.RECORDED, Suppliers.RECORDED, Suppliers.RECORDED, Suppliers.OPEN]),
        )
        self.network = self.rows.network(self.world)
        deployed = self.network.present[self.network.node_by_id["deployment:d0"]]
        self.target = choose.choice([self.names[0], self.names[0], "deployment:d0" if deployed else self.names[0]])
        self.excluding = self._exclusions()

    def _component(self, name: str) -> ComponentRow:
        choose = self.choose
        return ComponentRow(
            name,
            kind=choose.choice(KINDS),
            category=choose.choice(["x", "y"]),
            complete=choose.choice([None, None, True, False]),
            variant_of=choose.choice([None, None, choose.choice(self.names)]),
        )

    def _fact(self) -> Fact:
        choose = self.choose
        return Fact(
            confidence=choose.choice([100, 100, 90, 60, 60, 30]),
            valid_from=choose.choice([*[None] * 9, date(2025, 1, 1), AS_OF, date(2027, 1, 1)]),
            valid_to=choose.choice([*[None] * 9, date(2030, 1, 1), AS_OF]),
        )

    def _offer(self, place: int) -> OfferRow:
        choose = self.choose
        company = choose.choice([*self.companies, None])
        return OfferRow(
            component=self.names[place] if place < len(self.names) - 1 else choose.choice(self.names),
            company=company,
            nation=choose.choice([*self.nations, None]) if company else choose.choice(self.nations),
            id=f"offer:o{place}",
            share=choose.choice([None, 20.0, 50.0, 99.5, 100.0]),
            basis=choose.choice([None, "revenue"]),
            year=choose.choice([None, 2024]),
            lead=choose.choice([None, 0.0, 1.0, 2.5, 4.0, 10.0]),
            cost=choose.choice([None, "0", "1.5", "2", "3", "3"]),
            currency=choose.choice(["EUR", "EUR", "EUR", "USD", None]),
            fact=self._fact(),
        )

    def _requirements(self) -> Sequence[RequirementRow]:
        choose = self.choose
        rows: list[RequirementRow] = []
        for place, name in enumerate(["deployment:d0", *self.names]):
            below = self.names if self.cyclic or place == 0 else self.names[place:]
            for _ in range(choose.choice([1, 2, 2, 3] if place < 3 else [0, 0, 1, 2]) if below else 0):
                met = choose.sample(below, min(len(below), choose.choice([1, 2, 2, 3])))
                rows.append(
                    RequirementRow(
                        of=name,
                        alternatives=tuple(
                            Alternative(one, efficiency=0.5, switch=choose.choice([None, 0.0, 1.0, 6.0])) for one in met
                        ),
                        k=choose.choice([1, 1, len(met)]) if len(met) < 3 else choose.randint(1, 3),
                        quantity=choose.choice([None, "0", "0.5", "2", "3"]),
                        optional=choose.random() < 0.1,
                        id=f"requirement:r{choose.randrange(10**6)}-{len(rows)}",
                        fact=self._fact(),
                    )
                )
        return rows

    def _exclusions(self) -> Exclusions:
        choose, network = self.choose, self.network

        def some(ids: Sequence[str], least: float) -> tuple[str, ...]:
            return tuple(one for one in ids if choose.random() < least)

        return Exclusions(
            nations=some(network.nation_ids, 0.1),
            blocs=some(network.bloc_ids, 0.07),
            companies=some(network.company_ids, 0.1),
            owner_groups=some(network.company_ids, 0.05),
            components=some(self.names, 0.08),
        )
