"""Random networks with stocks, efficiencies and shares of all sorts, and things that stop in them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from graph_service.analysis.disrupted.stops import Stop
from tests.analysis.random_networks import RandomNetwork
from tests.networks import (
    WORLD,
    Alternative,
    ComponentRow,
    MembershipRow,
    OfferRow,
    OwnershipRow,
    RequirementRow,
    Rows,
    needs,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class RandomRisk:
    """One network of a seed: its rows, a world, a target, and stops."""

    def __init__(self, seed: int, *, components: int = 7, offers: int = 14) -> None:
        base = RandomNetwork(seed, components=components, offers=offers)
        self.choose = random.Random(f"risk {seed}")
        self.world = base.world
        self.rows = replace(
            base.rows,
            components=[self._component(row) for row in base.rows.components],
            offers=[self._offer(row) for row in base.rows.offers],
            requirements=[self._requirement(row) for row in base.rows.requirements],
        )
        self.network = self.rows.network(self.world)
        self.target = base.target
        self.companies = [*self.network.company_ids]
        self.stops = self._stops()

    def _component(self, row: ComponentRow) -> ComponentRow:
        return replace(row, complete=self.choose.choice([None, True, True, False]))

    def _offer(self, row: OfferRow) -> OfferRow:
        choose = self.choose
        return replace(
            row,
            share=choose.choice([None, None, 0.0, 10.0, 20.0, 33.3, 50.0, 50.0, 80.0, 100.0]),
            basis=choose.choice([None, None, None, "revenue"]),
            year=choose.choice([None, None, None, 2024]),
            inventory=choose.choice([None, None, 0.0, 1.0, 2.5, 4.0, 12.0]),
        )

    def _requirement(self, row: RequirementRow) -> RequirementRow:
        choose = self.choose
        alike = choose.random() < 0.5
        return replace(
            row,
            alternatives=tuple(
                Alternative(one.component, efficiency=1.0 if alike else choose.choice([1.0, 0.8, 0.5, 0.25]))
                for one in row.alternatives
            ),
        )

    def _stops(self) -> Sequence[Stop]:
        choose, network = self.choose, self.network
        components = network.nodes.id[: network.nodes.component_count]
        named = [*network.nation_ids, *network.nation_ids, *network.company_ids, *network.bloc_ids]
        named += [*choose.sample(components, 1), *choose.sample(network.offers.id, min(2, len(network.offers.id)))]
        return [
            Stop(
                entity,
                whole_group=entity.startswith("company:") and choose.random() < 0.5,
                loss_pct=choose.choice([100.0, 100.0, 100.0, 40.0, 0.0]),
                duration_weeks=choose.choice([None, None, 2.0, 8.0]),
            )
            for entity in choose.sample(named, min(len(named), choose.choice([1, 1, 2, 3])))
        ]


class Redundant:
    """A network of a seed in which hardly anything fails alone: many offers and alternatives, cycles, k of n, blocs."""

    def __init__(self, seed: int) -> None:
        choose = random.Random(f"redundant {seed}")
        names = [f"component:c{number}" for number in range(choose.randint(4, 9))]
        companies = [f"company:f{number}" for number in range(choose.randint(4, 7))]
        nations = [f"nation:n{number}" for number in range(choose.randint(4, 6))]
        at_home = {company: choose.choice(nations) for company in companies}
        complete = choose.choice([True, True, None])
        offers = [
            OfferRow(
                name, company, at_home[company], f"offer:{place}-{number}", share=choose.choice([None, 10, 25, 40])
            )
            for place, name in enumerate(names)
            for number, company in enumerate(choose.sample(companies, choose.choice([1, 2, 2, 3, 3, 4])))
        ]
        requirements: list[RequirementRow] = []
        for place, name in enumerate(names[:-2]):
            below = [*names[place + 1 :], *choose.sample(names[: place + 1], choose.choice([0, 0, 1]))]
            for _ in range(choose.choice([1, 2, 2, 3])):
                met = choose.sample(below, min(len(below), choose.choice([2, 2, 3, 4])))
                requirements.append(needs(name, *met, k=choose.choice([1, 1, 1, len(met) - 1])))
        self.rows = Rows(
            components=[ComponentRow(name, complete=complete) for name in names],
            offers=offers,
            requirements=requirements,
            memberships=[
                MembershipRow(nation, bloc)
                for nation in nations
                for bloc in choose.sample(["bloc:p", "bloc:q", "bloc:r"], choose.choice([1, 1, 2]))
            ],
            ownerships=[OwnershipRow(*choose.sample(companies, 2), 60)],
        )
        self.world = WORLD
        self.network = self.rows.network()
        self.target = names[0]
