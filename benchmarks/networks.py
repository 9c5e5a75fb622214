"""Synthetic supply networks of any size: layered, with alternatives, k-of-n and shared suppliers."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from graph_service.model.kinds import GdprTransfer, InputKind
from graph_service.model.world import World
from graph_service.network.mask import masked
from graph_service.network.network import SupplyNetwork
from graph_service.network.tables import (
    NONE,
    Companies,
    Deployments,
    Memberships,
    Nations,
    Nodes,
    Offers,
    Ownerships,
    Partnerships,
    Requirements,
    Validity,
)

WORLD = World(as_of=date(2026, 1, 1))


def layered_network(
    component_count: int, *, company_count: int, nation_count: int = 60, tier_count: int = 8, seed: int = 7
) -> SupplyNetwork:
    """Build a network in which each component needs two to four things of the next tiers and has one to five offers."""
    choose = random.Random(seed)
    per_tier = component_count // tier_count
    tiers = [range(tier * per_tier, (tier + 1) * per_tier) for tier in range(tier_count)]
    of: list[int] = []
    alternatives: list[tuple[int, ...]] = []
    for tier, components in enumerate(tiers[:-1]):
        for component in components:
            for _ in range(choose.choice((2, 3, 4))):
                below = tiers[min(tier_count - 1, tier + choose.choice((1, 1, 1, 2)))]
                of.append(component)
                alternatives.append(tuple(sorted(choose.sample(below, min(len(below), choose.choice((1, 1, 2, 3)))))))
    offers = [
        (component, company)
        for component in range(per_tier * tier_count)
        for company in choose.sample(range(company_count), choose.choice((1, 1, 2, 2, 3, 4, 5)))
    ]
    nation_of = [choose.randrange(nation_count) for _ in range(company_count)]
    return masked(
        SupplyNetwork(
            data_version=f"layered-{component_count}-{seed}",
            world=None,
            nodes=_nodes(per_tier * tier_count),
            deployments=Deployments([], [], [], [], [], [], [], [], []),
            companies=Companies([f"company:c{company:06}" for company in range(company_count)], nation_of),
            nations=Nations(
                [f"nation:n{nation:03}" for nation in range(nation_count)],
                [GdprTransfer.NONE] * nation_count,
                [None] * nation_count,
                [None] * nation_count,
            ),
            bloc_ids=[],
            offers=_offers(offers, nation_of, choose),
            requirements=_requirements(of, alternatives, choose),
            ownerships=Ownerships(company=[], owner=[], share_pct=[], validity=_always(0)),
            memberships=Memberships(nation=[], bloc=[], validity=_always(0)),
            partnerships=Partnerships(id=[], parties=[], covers=[], enables=[], validity=_always(0)),
            present=[True] * (per_tier * tier_count),
        ),
        WORLD,
    )


def _nodes(count: int) -> Nodes:
    return Nodes(
        id=[f"component:p{node:06}" for node in range(count)],
        component_count=count,
        input_kind=[InputKind.CONSUMABLE] * count,
        category=["part"] * count,
        offers_complete=[None] * count,
        needs_external_service=[None] * count,
        variant_of=[NONE] * count,
        validity=_always(count),
    )


def _offers(rows: list[tuple[int, int]], nation_of: list[int], choose: random.Random) -> Offers:
    count = len(rows)
    return Offers(
        id=[f"offer:o{offer:07}" for offer in range(count)],
        component=[component for component, _ in rows],
        company=[company for _, company in rows],
        nation=[nation_of[company] for _, company in rows],
        share_pct=[None] * count,
        share_basis=[None] * count,
        share_year=[None] * count,
        lead_time_weeks=[choose.choice((None, *map(float, range(2, 30)))) for _ in rows],
        time_to_recover_weeks=[None] * count,
        inventory_weeks=[None] * count,
        capacity=[None] * count,
        unit_cost=[Decimal(choose.randrange(1, 10_000)) / 100 for _ in rows],
        currency=["USD"] * count,
        validity=Validity(
            confidence=[choose.choice((40, 60, 80, 100)) for _ in rows],
            valid_from=[None] * count,
            valid_to=[None] * count,
        ),
    )


def _requirements(of: list[int], alternatives: list[tuple[int, ...]], choose: random.Random) -> Requirements:
    return Requirements(
        id=[f"requirement:r{requirement:07}" for requirement in range(len(of))],
        of=of,
        k=[2 if len(met) > 2 and choose.random() < 0.2 else 1 for met in alternatives],
        quantity=[Decimal(choose.randrange(1, 50)) / 10 for _ in of],
        optional=[False] * len(of),
        alternatives=alternatives,
        efficiency=[(1.0,) * len(met) for met in alternatives],
        switch_time_weeks=[tuple(choose.choice((None, 2.0, 8.0)) for _ in met) for met in alternatives],
        validity=_always(len(of)),
    )


def _always(count: int) -> Validity:
    return Validity(confidence=[100] * count, valid_from=[None] * count, valid_to=[None] * count)
