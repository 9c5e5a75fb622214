"""Random networks with stocks, efficiencies and shares of all sorts, and things that stop in them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from graph_service.analysis.stops import Stop
from tests.analysis.random_networks import RandomNetwork
from tests.networks import Alternative, ComponentRow, OfferRow, RequirementRow

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
